"""Planning and pacing of mutes, blocks and reports."""
