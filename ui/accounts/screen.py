"""Accounts: what is connected, and the other ways in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.domain.account import Account, AccountState
from core.ports import ConnectorInfo
from ui.background import Background
from ui.theme.theme import Theme
from ui.widgets.buttons import TextButton
from ui.widgets.drawing import Drawing
from ui.widgets.layouts import column, empty, frame, row, scrolled
from ui.widgets.untrusted_text import PlainLabel, one_line
from ui.wording import day_time, translate

if TYPE_CHECKING:
    from app.services.bundle import Services

_CONTEXT = "Accounts"


class AccountsScreen(QWidget):
    """A card for each connected account; below, connect another or import a file."""

    connect_wanted = Signal(object)
    # (what the platform needs, the account whose sign-in ended)
    renew_wanted = Signal(object, object)
    remove_wanted = Signal(object)
    import_wanted = Signal()

    def __init__(
        self, theme: Theme, services: "Services", background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._services, self._background = theme, services, background
        self._list: QVBoxLayout = column(gap=3)
        body = QWidget()
        body.setMaximumWidth(920)
        body.setLayout(column(self._list, self._other_ways(), None, gap=4, margins=(6, 5, 6, 6)))
        self.setLayout(column(scrolled(body)))

    def refresh(self) -> None:
        """Read the accounts again."""

        def work() -> tuple[tuple[Account, ...], tuple[ConnectorInfo, ...]]:
            return self._services.accounts.list(), self._services.accounts.available()

        self._background.read("accounts", work, lambda found: self._show(*found))

    def _show(self, accounts: tuple[Account, ...], available: tuple[ConnectorInfo, ...]) -> None:
        empty(self._list)
        infos = {info.platform: info for info in available}
        for account in accounts:
            self._list.addWidget(self._card(account, infos.get(account.platform)))
        if not accounts:
            self._list.addWidget(
                PlainLabel(translate(_CONTEXT, "No account is connected yet."), role="lead").wrapped()
            )
        for info in available:
            self._list.addWidget(self._offer(info))

    def _card(self, account: Account, info: ConnectorInfo | None) -> QWidget:
        title = info.title if info is not None else account.platform
        name = PlainLabel(f"@{one_line(account.handle, 200)}", role="lead").wrapped()
        active = account.state is AccountState.ACTIVE
        if not active:
            ended = translate(_CONTEXT, "Needs a new sign-in. Until then nothing new is fetched.")
            note = PlainLabel(ended, role="urgent").wrapped()
        elif account.synced_at is None:
            note = PlainLabel(translate(_CONTEXT, "Not checked yet"), role="soft")
        else:
            checked = translate(_CONTEXT, "Last checked {time}").format(time=day_time(account.synced_at))
            note = PlainLabel(checked, role="soft")
        where = PlainLabel(
            f"{one_line(title, 60)} · {one_line(account.service_url, 120)}", role="caption"
        ).wrapped()
        remove = TextButton(self._theme, translate(_CONTEXT, "Disconnect…"), "remove", "quiet")
        remove.on_click(lambda: self.remove_wanted.emit(account))
        acts: list[QWidget] = [remove]
        if info is not None and not active:
            renew = TextButton(self._theme, translate(_CONTEXT, "Sign in again…"), "accounts", "primary")
            acts.append(renew.on_click(lambda: self.renew_wanted.emit(info, account)))
        line = row(
            _drawing(self._theme, "accounts"),
            column(name, note, where, gap=0),
            row(*acts, gap=2),
            gap=4,
            margins=(4, 3, 3, 3),
        )
        line.setStretch(1, 1)
        return frame("card", line)

    def _offer(self, info: ConnectorInfo) -> QWidget:
        title = PlainLabel(
            translate(_CONTEXT, "Connect {platform}").format(platform=one_line(info.title, 60)), role="strong"
        )
        note = PlainLabel(
            translate(
                _CONTEXT,
                "Fetches replies, mentions and quotes aimed at you. The sign-in stays on this "
                "computer, in the key store.",
            ),
            role="soft",
        ).wrapped()
        connect = TextButton(self._theme, translate(_CONTEXT, "Connect…"), "plus", "primary")
        connect.on_click(lambda: self.connect_wanted.emit(info))
        line = row(
            _drawing(self._theme, "plus"), column(title, note, gap=0), connect, gap=4, margins=(4, 3, 3, 3)
        )
        line.setStretch(1, 1)
        return frame("card", line)

    def _other_ways(self) -> QWidget:
        title = PlainLabel(translate(_CONTEXT, "Import a file"), role="strong")
        note = PlainLabel(
            translate(
                _CONTEXT,
                "Messages saved as JSONL, CSV or Parquet. Rows that cannot be read are named and kept.",
            ),
            role="soft",
        ).wrapped()
        self.import_file = TextButton(self._theme, translate(_CONTEXT, "Import…"), "import")
        self.import_file.clicked.connect(self.import_wanted)
        line = row(
            _drawing(self._theme, "import"),
            column(title, note, gap=0),
            self.import_file,
            gap=4,
            margins=(4, 3, 3, 3),
        )
        line.setStretch(1, 1)
        return frame("card", line)


def _drawing(theme: Theme, name: str) -> Drawing:
    drawing = Drawing(theme, name, 28)
    drawing.setFixedSize(32, 32)
    return drawing
