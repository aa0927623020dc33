"""The evidence log: where it stands and whether it holds."""
