"""Looking at pictures from strangers without letting them near the program: a limited process does it."""
