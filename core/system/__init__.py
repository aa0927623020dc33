"""The machine we run on: folders, clocks, secrets, logs."""
