"""Frozen values and pure rules of the product; standard library only."""
