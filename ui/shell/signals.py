"""Ending in order when the system says so (log-out, shutdown, Ctrl-C): work stops, the data close."""

import signal
import socket
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

_ENDINGS: Final = (signal.SIGINT, signal.SIGTERM)


class QuitOnSignals(QObject):
    """Quits the application on SIGINT and SIGTERM while it lives.

    Python runs its handlers only between its own instructions, and Qt's loop has none: the byte
    that Python writes to the wake-up socket is what makes the loop turn.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._old_fd = signal.set_wakeup_fd(self._write.fileno())
        # By way of the loop: a signal that comes before it turns would find nothing to quit.
        self._old = {
            number: signal.signal(number, lambda *_: QTimer.singleShot(0, app.quit)) for number in _ENDINGS
        }

    def release(self) -> None:
        """Give the signals back."""
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_fd)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _woken(self) -> None:
        self._read.recv(64)
