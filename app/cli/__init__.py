"""The command line: the same services as the window, for people and scripts without one.

Exit codes: 0 did the job, 1 could not, 2 wrong usage. Human text goes to stderr, data to stdout.
"""
