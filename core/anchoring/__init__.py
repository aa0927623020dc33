"""Roots of the log that leave the machine: time stamps (RFC 3161) and the line a person hands over."""
