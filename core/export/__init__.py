"""Evidence packets: what they hold, how they are written, and how anyone checks them."""
