"""The grammar of one CSV record, as spreadsheets write it (RFC 4180, read leniently).

A quotation mark opens a quoted cell only at the cell's start; elsewhere it is an ordinary character.
Inside, two marks stand for one, and line ends belong to the cell.
"""


def stays_open(text: str, delimiter: str, *, inside: bool) -> bool:
    """Whether a quoted cell is still open at the end of this line.

    `inside` says that one was open at its start, from an earlier line of the same record.
    """
    at = 0
    if not inside:
        inside, at = _opening(text, delimiter, at, first=True)
    while inside:
        at = _closing(text, at) + 1
        if at == 0:
            return True
        inside, at = _opening(text, delimiter, at, first=False)
    return False


def _opening(text: str, delimiter: str, at: int, *, first: bool) -> tuple[bool, int]:
    if first and text.startswith('"'):
        return True, 1
    found = text.find(delimiter + '"', at)
    return found >= 0, found + 2


def _closing(text: str, at: int) -> int:
    """Index of the mark that closes a quoted cell whose content begins at `at`, or -1."""
    end = text.find('"', at)
    while end >= 0 and text.startswith('"', end + 1):
        end = text.find('"', end + 2)
    return end


def split_cells(text: str, delimiter: str) -> list[str]:
    """The cells of one complete record. A cell left open reaches to the end."""
    if '"' not in text:
        return text.split(delimiter)
    cells: list[str] = []
    at = 0
    while True:
        quoted = ""
        if text.startswith('"', at):
            close = _closing(text, at + 1)
            close = len(text) if close < 0 else close
            quoted = text[at + 1 : close].replace('""', '"')
            at = close + 1
        end = text.find(delimiter, at)
        cells.append(quoted + (text[at:] if end < 0 else text[at:end]))
        if end < 0:
            return cells
        at = end + 1
