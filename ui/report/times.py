"""Times as the report writes them."""

from datetime import UTC, datetime


def minute(at: datetime | None) -> str:
    """Day and minute, in UTC."""
    return "unknown" if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
