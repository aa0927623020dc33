"""Where a walk through the notifications resumes, exactly.

The service's cursor is the last item's time in milliseconds, and the next page begins strictly before
it. A sender chooses the date of a post, so many posts can share a millisecond, and those beyond the
end of a page would never be shown. Our cursor therefore also says which items of its millisecond were
seen: the next page is asked for from one millisecond later, and the seen ones are dropped.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from core.connectors.bluesky.shapes import moment
from core.connectors.untrusted_json import Slice

_OURS: Final = re.compile(r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)(?:~(?P<seen>[0-9a-f,]*))?")
_DIGEST_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Resume:
    """Before the millisecond `at`, and within it all but `seen`."""

    at: str
    seen: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, cursor: str) -> "Resume | None":
        """None for a cursor of a service that does not count in times."""
        match = _OURS.fullmatch(cursor)
        if match is None or _later(match["at"]) is None:
            return None
        return cls(match["at"], frozenset(filter(None, (match["seen"] or "").split(","))))

    @classmethod
    def after(cls, cursor: str, items: Iterable[Slice]) -> str:
        """The cursor to keep after a page: the service's own, with the items seen at its time."""
        if cls.parse(cursor) is None:
            return cursor
        seen = sorted({_mark(item) for item in items if _field(item, "indexedAt") == cursor})
        return f"{cursor}~{','.join(seen)}" if seen else cursor

    @property
    def overlapping(self) -> str:
        """The service's cursor that shows the whole millisecond again."""
        return _later(self.at) or self.at

    def unseen(self, items: Iterable[Slice]) -> tuple[Slice, ...]:
        """The items without those already seen."""
        return tuple(item for item in items if _mark(item) not in self.seen)


def _later(cursor: str) -> str | None:
    read = moment(cursor)
    try:
        later = read + timedelta(milliseconds=1) if read else None
    except OverflowError:
        return None
    return later.isoformat(timespec="milliseconds").replace("+00:00", "Z") if later else None


def _mark(item: Slice) -> str:
    """Names a post; an item without a name is told by its bytes."""
    uri = _field(item, "uri")
    name = item.raw if uri is None else uri.encode("utf-8", "surrogatepass")
    return hashlib.sha256(name).hexdigest()[: 2 * _DIGEST_BYTES]


def _field(item: Slice, name: str) -> str | None:
    value = item.value.get(name) if isinstance(item.value, dict) else None
    return value if isinstance(value, str) else None
