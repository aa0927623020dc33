"""The line a person gives to somebody: SIZE:ROOT, for copying, reading out, or scanning."""

from base64 import b64encode
from datetime import datetime


def hand_over_line(size: int, root: bytes) -> str:
    """`SIZE:` and the root in 44 base64 characters; what `verify.py --root` takes."""
    return f"{size}:{b64encode(root).decode('ascii')}"


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of a QR code, True for dark, without the quiet zone (add four squares on each side).

    Error correction Q: a quarter of a printed code may be stained.
    """
    import segno

    return tuple(tuple(bool(cell) for cell in line) for line in segno.make_qr(text, error="q").matrix)


def hand_over_text(size: int, root: bytes, at: datetime, to: str = "") -> str:
    """A page of plain text around the line, for paper or a message. Times in UTC."""
    last, receiver = size - 1, f"For: {to}\n" if to else ""
    return (
        "Fingerprint of a Breakwater evidence log\n"
        "========================================\n\n"
        f"{hand_over_line(size, root)}\n\n"
        f"Made: {at.strftime('%Y-%m-%d %H:%M:%S')} UTC\n{receiver}\n"
        "Please keep this line, and note the day you received it.\n\n"
        f"It stands for everything in the log up to entry #{last}. It contains none of the messages and\n"
        "none can be worked out from it. If a packet from this log is ever doubted, whoever holds the line\n"
        "can check that nothing up to that entry was changed, added or left out since:\n\n"
        "    python3 verify.py PACKET --root LINE\n\n"
        "It does not show who wrote a message, or that the log was true when the line was made.\n"
    )
