"""Colours, type, icons and the style sheet: how every screen looks."""
