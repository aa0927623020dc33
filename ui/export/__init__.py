"""Export packets: choosing, writing and checking them."""
