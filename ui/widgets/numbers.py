"""Figures for people."""

from ui.wording import number, translate


def figure(value: float) -> str:
    """A count or a small expected number, without false precision."""
    if 0 < value < 0.1:
        return translate("Figure", "less than 0.1")
    return number(round(value)) if value >= 10 or value == int(value) else f"{value:.1f}"
