"""Mute, block and report: preview before, activity and undo after."""
