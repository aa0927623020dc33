"""The takedown ledger as people read it: lines with names, and a table for a spreadsheet."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from core.domain.capture import TakedownLine
from core.export.spreadsheet import cell
from core.storage import Store
from core.system.private_files import write_private

_COLUMNS: Final = (
    "platform",
    "group",
    "kept",
    "looked_for",
    "still_up",
    "up_but_hidden_from_you",
    "deleted_by_sender",
    "taken_down_by_moderators",
    "account_gone",
    "account_closed",
    "account_suspended",
    "last_looked_utc",
)


@dataclass(frozen=True, slots=True)
class NamedLine:
    """One line of the ledger. `group` is the person's name for a campaign, or its number as text; None
    on a line for a whole platform."""

    line: TakedownLine
    group: str | None


class TakedownService:
    """Reads and writes the ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lines(self) -> tuple[NamedLine, ...]:
        """Platforms first, then campaigns, the largest first."""
        with self._store.read() as unit:
            lines = unit.standings.ledger()
            names = {one.key: one.title or str(one.number) for one in unit.campaigns.known()}
        lines = tuple(sorted(lines, key=lambda line: (line.campaign_key is not None, -line.stored)))
        return tuple(
            NamedLine(line, names.get(line.campaign_key, "?") if line.campaign_key else None)
            for line in lines
        )

    def save(self, path: Path) -> None:
        """Write the ledger as CSV, readable by the person alone. Raises `UnusableFolder` or `DiskFull`."""
        write_private(path, table(self.lines()))


def table(lines: Sequence[NamedLine]) -> bytes:
    """The ledger as CSV in UTF-8 with a mark; no cell runs as a formula."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in lines:
        line = one.line
        looked = line.last_checked.strftime("%Y-%m-%dT%H:%M:%SZ") if line.last_checked else ""
        cells = (
            line.platform,
            one.group or "",
            line.stored,
            line.checked,
            line.up,
            line.hidden,
            line.deleted,
            line.removed,
            line.account_gone,
            line.deactivated,
            line.suspended,
            looked,
        )
        writer.writerow([cell(str(value)) for value in cells])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "backslashreplace")
