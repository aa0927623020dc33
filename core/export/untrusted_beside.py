"""Checking the lists beside the items: threads, pictures, whether posts are still up, anchors."""

from collections.abc import Mapping
from typing import Any

from core.export import layout
from core.export.blanks import blanked
from core.export.timestamps import imprint_of
from core.export.untrusted_log import UntrustedLog


class Beside:
    """Holds what the lists refer to. Every method raises `ValueError`, `KeyError` or `TypeError`."""

    def __init__(
        self,
        items: Mapping[int, str | None],
        sealed: Mapping[int, str | None],
        log: UntrustedLog,
    ) -> None:
        self._items, self._sealed, self._log = items, sealed, log
        self._anchors = 0

    def check(self, name: str, record: dict[str, Any]) -> tuple[int, str] | None:
        """Check one line of a list; for an anchor with a time stamp, gives its size and file."""
        if name == layout.ANCHORS:
            return self._anchor(record)
        if record["item"] not in self._items:
            raise ValueError("belongs to no item")
        seq = record["sealed_as"]
        if name == layout.STANDING and seq is None:
            return None
        if type(seq) is not int or seq not in self._sealed:
            raise ValueError("rests on no entry")
        if name == layout.CONTEXT:
            self._context(record)
        if name == layout.MEDIA_LIST and record["file"] != self._sealed[seq]:
            raise ValueError("names another file than its entry")
        return None

    def root_under(self, token: bytes, size: int) -> bytes:
        """The root over `size` entries, which this time stamp must be over."""
        root = self._log.root(size)
        if imprint_of(token) != root:
            raise ValueError("a time stamp over something else")
        return root

    def _context(self, record: dict[str, Any]) -> None:
        shown = {"post": record["post"], "author": record["author"]}
        if record.get("blanked", {}) != blanked(shown):
            raise ValueError("redacted in other places than it says")

    def _anchor(self, record: dict[str, Any]) -> tuple[int, str] | None:
        size, token = record["size"], record["token"]
        self._anchors += 1
        if self._anchors > layout.MOST_ANCHORS:
            raise ValueError("more anchors than a packet holds")
        if type(size) is not int or not 0 < size <= len(self._log.leaves):
            raise ValueError("an anchor of another log")
        if record["root"] != self._log.root(size).hex():
            raise ValueError("an anchor of another log")
        if token is None:
            return None
        if type(token) is not str:
            raise TypeError("no file")
        return size, token
