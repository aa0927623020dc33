"""Reading mentions from files other programs wrote."""
