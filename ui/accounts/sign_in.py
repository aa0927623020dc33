"""The sign-in form, drawn from what the platform says it needs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from core.errors import AppError
from core.ports import ConnectorInfo
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import translate

_CONTEXT = "SignIn"


class SignInDialog(QDialog):
    """Emits handle, secret and service; stays open until told the sign-in was good."""

    # (handle, secret, service address)
    wanted = Signal(str, str, str)

    def __init__(self, theme: Theme, info: ConnectorInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.info = info
        platform = one_line(info.title, 60)
        self.setWindowTitle(translate(_CONTEXT, "Connect an account"))
        self.setModal(True)
        self.resize(460, 400)
        title = PlainLabel(translate(_CONTEXT, "Connect {platform}").format(platform=platform), role="title")
        note = PlainLabel(
            translate(
                _CONTEXT,
                "Use an app password, made in the platform's own settings. You can withdraw it there "
                "at any time.",
            ),
            role="soft",
        ).wrapped()
        self.handle = _field(one_line(info.handle_hint, 80), translate(_CONTEXT, "Handle"))
        self.secret = _field(one_line(info.secret_hint, 80), translate(_CONTEXT, "App password"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.service = _field("", translate(_CONTEXT, "Service address"))
        self.service.setText(info.default_service)
        self.problem = PlainLabel(role="urgent").wrapped()
        self._problem_box = frame("notice", column(self.problem, margins=(3, 2, 3, 2)))
        self._problem_box.hide()
        self.go = TextButton(theme, translate(_CONTEXT, "Connect"), "check", "primary").on_click(self._submit)
        self.go.setDefault(True)
        cancel = TextButton(theme, translate(_CONTEXT, "Cancel")).on_click(self.reject)
        self.setLayout(
            column(
                title, note, _named(translate(_CONTEXT, "Handle"), self.handle),
                _named(translate(_CONTEXT, "App password"), self.secret),
                _named(translate(_CONTEXT, "Service address"), self.service),
                self._problem_box, None, row(None, cancel, self.go, gap=2), gap=3, margins=(6, 6, 6, 5),
            )
        )  # fmt: skip
        for field in (self.handle, self.secret):
            field.textChanged.connect(self._refresh)
        self._refresh()

    def waiting(self) -> None:
        """The platform is being asked."""
        self.go.setEnabled(False)
        self.go.setText(translate(_CONTEXT, "Checking…"))
        self._problem_box.hide()

    def refused(self, error: Exception) -> None:
        """Say why, keep what was typed except the secret."""
        words = words_for(error if isinstance(error, AppError) else AppError())
        self.problem.setText(f"{words.title}. {words.explanation}")
        self._problem_box.show()
        self.secret.clear()
        self.secret.setFocus()
        self.go.setText(translate(_CONTEXT, "Connect"))
        self._refresh()

    def _refresh(self) -> None:
        self.go.setEnabled(bool(self.handle.text().strip() and self.secret.text()))

    def _submit(self) -> None:
        if self.go.isEnabled():
            self.wanted.emit(self.handle.text().strip(), self.secret.text(), self.service.text().strip())


def _field(hint: str, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleName(name)
    return field


def _named(name: str, field: QLineEdit) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(PlainLabel(name, role="section"), field, gap=1))
    return holder
