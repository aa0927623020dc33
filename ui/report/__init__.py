"""The readable report of an evidence packet."""
