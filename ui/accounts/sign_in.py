"""The sign-in form, drawn from what the platform says it needs."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from core.domain.account import Account
from core.errors import AppError
from core.ports import ConnectorInfo
from ui.messages import words_for
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.layouts import column, frame, row
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import translate

_CONTEXT = "SignIn"
_WIDTH: Final = 460


class SignInDialog(QDialog):
    """Emits handle, secret and service; stays open until told the sign-in was good."""

    # (handle, secret, service address)
    wanted = Signal(str, str, str)

    def __init__(
        self,
        theme: Theme,
        info: ConnectorInfo,
        parent: QWidget | None = None,
        *,
        account: Account | None = None,
    ) -> None:
        """With `account`, its sign-in is renewed: only the password is missing."""
        super().__init__(parent)
        self.info = info
        platform = one_line(info.title, 60)
        self.setWindowTitle(translate(_CONTEXT, "Connect an account"))
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
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
        if account is not None:
            _fill(self.handle, account.handle)
            _fill(self.service, account.service_url)
        self.problem = PlainLabel(role="strong").wrapped()
        self._why = PlainLabel(role="soft").wrapped()
        self._problem_box = frame("notice", column(self.problem, self._why, gap=0, margins=(3, 2, 3, 2)))
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
        (self.secret if account is not None else self.handle).setFocus()
        self._refresh()
        self._fit()

    def waiting(self) -> None:
        """The platform is being asked."""
        self.go.setEnabled(False)
        self.go.setText(translate(_CONTEXT, "Checking…"))
        self._problem_box.hide()
        self._fit()

    def refused(self, error: Exception) -> None:
        """Say why, keep what was typed except the secret."""
        words = words_for(error if isinstance(error, AppError) else AppError())
        self.problem.setText(words.title)
        self._why.setText(words.explanation)
        self._problem_box.show()
        self._fit()
        self.secret.clear()
        self.secret.setFocus()
        self.go.setText(translate(_CONTEXT, "Connect"))
        self._refresh()

    def _fit(self) -> None:
        """As tall as the words ask for: a problem must not squeeze the fields."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 - set when it was made
        layout.activate()
        self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))

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


def _fill(field: QLineEdit, untrusted: str) -> None:
    """As it is, without marks of ours: what stands in a field is what is sent. Fields know no markup."""
    field.setText(untrusted)


def _named(name: str, field: QLineEdit) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(PlainLabel(name, role="section"), field, gap=1))
    return holder
