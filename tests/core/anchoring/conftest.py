"""A real authority for these tests."""

from timestamp_testbed import authority

__all__ = ["authority"]
