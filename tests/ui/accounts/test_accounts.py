"""An account whose sign-in ended: the card offers to renew it, and a refusal leaves the form whole."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.services.bundle import Services
from core.domain.account import AccountState
from ui.accounts.sign_in import SignInDialog
from ui.shell.desk import Desk
from ui.shell.places import Place
from ui.theme.tokens import Scheme
from ui.widgets.buttons import TextButton

Settle = Callable[[], None]


@pytest.fixture
def dialog(desk: Desk, services: Services, settle: Settle) -> SignInDialog:
    services.accounts.mark_sign_in_needed(services.accounts.list()[0].id)
    desk.go(Place.ACCOUNTS)
    settle()
    (renew,) = [one for one in desk.accounts.findChildren(TextButton) if one.text() == "Sign in again…"]
    renew.click()
    (opened,) = desk.findChildren(SignInDialog)
    return opened


def test_only_the_password_is_asked_for_again(
    dialog: SignInDialog, desk: Desk, services: Services, settle: Settle
) -> None:
    (account,) = services.accounts.list()
    assert account.state is AccountState.SIGN_IN_NEEDED
    assert (dialog.handle.text(), dialog.service.text()) == (account.handle, account.service_url)
    dialog.secret.setText("open sesame")
    dialog.go.click()
    settle()
    (account,) = services.accounts.list()
    assert account.state is AccountState.ACTIVE
    settle()
    assert not [one for one in desk.accounts.findChildren(TextButton) if one.text() == "Sign in again…"]


def test_a_refusal_squeezes_nothing(dialog: SignInDialog, settle: Settle, qtbot: QtBot) -> None:
    tall = dialog.handle.height()
    dialog.secret.setText("wrong")
    dialog.go.click()
    settle()
    assert "did not accept" in dialog.problem.text()
    qtbot.waitUntil(dialog.problem.isVisible)
    for field in dialog.findChildren(QLineEdit):
        assert field.height() == tall
    assert dialog.problem.height() >= dialog.problem.heightForWidth(dialog.problem.width())
    dialog.reject()


def test_drawings_follow_the_theme(desk: Desk, settle: Settle) -> None:
    desk.go(Place.ACCOUNTS)
    settle()
    drawings = [label for label in desk.accounts.findChildren(QLabel) if not label.pixmap().isNull()]
    before = [drawing.pixmap().toImage() for drawing in drawings]
    assert len(before) >= 2
    dark = desk._theme.tokens.scheme is Scheme.DARK
    desk._theme.use(Scheme.LIGHT if dark else Scheme.DARK, 100)
    assert all(one.pixmap().toImage() != image for one, image in zip(drawings, before, strict=True))
