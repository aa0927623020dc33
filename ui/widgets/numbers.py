"""Figures for people."""

from ui.wording import number, translate


def figure(value: float) -> str:
    """A small expected number, without false precision. What chance gives is never said to be nothing."""
    if value < 0.1:
        return translate("Figure", "less than 0.1")
    return number(round(value)) if value >= 10 or value == int(value) else f"{value:.1f}"
