"""Notices that nobody has touched the window for a while."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_SIGNS: Final = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Absence(QObject):
    """Emits `gone` after the set time without a key, wheel or mouse; every sign of life starts it anew."""

    gone = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.gone)
        app.installEventFilter(self)

    def wait(self, minutes: float | None) -> None:
        """Watch for so many minutes without a sign; None stops watching."""
        if minutes is None:
            self._timer.stop()
        else:
            self._timer.start(int(minutes * 60_000))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start the time anew at every sign; nothing is swallowed."""
        if event.type() in _SIGNS and self._timer.isActive():
            self._timer.start()
        return False
