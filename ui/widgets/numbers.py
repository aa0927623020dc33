"""Figures for people."""

from ui.wording import number, translate


def figure(value: float) -> str:
    """A count or a small expected number, without false precision."""
    if value >= 10 or value == int(value):
        return number(round(value))
    return f"{value:.1f}" if value >= 0.1 else translate("Figure", "less than 0.1")
