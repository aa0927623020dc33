"""Dialogs of one width that are as tall as their wrapped words need."""

from PySide6.QtWidgets import QDialog


def fit(dialog: QDialog, width: int) -> None:
    """Fix the size. Qt's own guess takes the height at another width, and squeezes what stands below."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        dialog.setFixedSize(width, layout.totalHeightForWidth(width))
