"""Long work: what runs, how far it is, and how it is stopped."""
