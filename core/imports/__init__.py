"""Reading mentions from files other programs wrote.

`reader.read_mentions` streams rows for the store; `frames.read_frame` loads a whole file as columns
for grouping; `counting.count_rows` feeds a progress bar. The format is described in `columns`.
"""
