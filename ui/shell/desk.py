"""The working window's inside: rail, top bar, notices, screens, job bar, over one set of services."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.jobs.changes import ChangeKind, ChangeSet
from app.jobs.observer import Lane
from core.domain.account import Account
from core.domain.ids import BatchId
from core.domain.response import ActionPlan
from core.ports import ConnectorInfo
from core.system.settings import Settings
from ui.accounts.screen import AccountsScreen
from ui.accounts.sign_in import SignInDialog
from ui.evidence.screen import EvidenceScreen
from ui.export.flow import PacketFlow
from ui.groups.screen import GroupsScreen
from ui.inbox.model import MentionModel
from ui.inbox.presenter import InboxPresenter
from ui.inbox.view import InboxScreen
from ui.messages import Words, words_for
from ui.notices import MessageCenter, Notice
from ui.respond.activity import ActivityScreen
from ui.respond.flow import RespondFlow
from ui.respond.preview import PreviewDialog
from ui.settings.judging import judged_by, judging_cards, model_problem
from ui.settings.preferences import PreferenceStore, floor_of
from ui.settings.protection import ProtectionCard
from ui.settings.screen import SettingsScreen
from ui.shell.intake import Intake
from ui.shell.job_bar import JobBar
from ui.shell.job_relay import JobRelay
from ui.shell.places import PLACES, Place, place_name
from ui.shell.rail import Rail
from ui.shell.sample_strip import SampleStrip
from ui.shell.top_bar import TopBar
from ui.takedowns.screen import TakedownScreen
from ui.theme.theme import Theme
from ui.widgets.ask import ask, open_dialog
from ui.widgets.layouts import column, row
from ui.widgets.untrusted_text import one_line
from ui.wording import day_time, translate

if TYPE_CHECKING:
    from app.services.bundle import Services
    from core.export.verify import PacketReport

_CONTEXT = "Desk"
# Hostile posts are deleted soon after they land: look often, well inside the platforms' limits.
_SYNC_EVERY_MS = 120_000
_MENTIONS = {ChangeKind.MENTIONS, ChangeKind.SCORES, ChangeKind.GROUPS, ChangeKind.ACTIONS}


class Desk(QWidget):
    """Wires screens to each other; no screen knows another."""

    hide_wanted = Signal()
    keys_wanted = Signal()
    leave_wanted = Signal()
    lock_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        services: "Services",
        relay: JobRelay,
        *,
        preferences: PreferenceStore,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._services, self._relay, self._preferences = theme, services, relay, preferences
        self.messages = MessageCenter(theme)
        self.jobs = JobBar(theme)
        self.top = TopBar(theme)
        self.rail = Rail(theme)
        self.intake = Intake(services, relay, self.messages.post, partial(self.go, Place.ACCOUNTS))
        self.flow = RespondFlow(
            services, relay, self._preview, self.messages.post, partial(self.go, Place.ACTIVITY)
        )
        self._judged_by = judged_by(preferences.now)
        self._told: object = None
        self._make_screens(now)
        self._lay_out()
        self._connect()
        self.model.set_floor(floor_of(preferences.now))
        self.presenter.attach(self.inbox)
        self.go(Place.INBOX)
        self._read_checked()

    @property
    def place(self) -> Place:
        """Where we are."""
        return self._place

    def go(self, place: Place) -> None:
        """Show a screen, freshly read."""
        self._place = place
        if place is not Place.INBOX:
            self.presenter.hide()
        if place is not Place.GROUPS:
            self.groups.hide_texts()
        self.rail.mark(place)
        self.top.title.setText(place_name(place))
        self.top.search.setVisible(place is Place.INBOX)
        self._pages.setCurrentWidget(self._screens[place])
        self._refresh(place)

    def use_preferences(self, wanted: Settings) -> None:
        """How much hidden messages show, and how readily they are hidden."""
        if floor_of(wanted) is not self.model.floor:
            self.model.set_floor(floor_of(wanted))
            self.presenter.hide()
        if judged_by(wanted) != self._judged_by:
            self._judged_by = judged_by(wanted)
            self._services.classify.reload()
            self.intake.judge()

    def post_words(self, words: Words) -> None:
        """A notice without a next step."""
        self.messages.post(Notice(words))

    def recovered(self, unfinished: Sequence[BatchId]) -> None:
        """Batches that were cut off by a crash: say so, send nothing by itself."""
        if unfinished:
            title = translate(_CONTEXT, "Something you began is not finished")
            words = Words(title, translate(_CONTEXT, "It waits under Activity."), translate(_CONTEXT, "Show"))
            self.messages.post(Notice(words, act=partial(self.go, Place.ACTIVITY)))

    def cover(self) -> None:
        """Hide what was revealed: the window is being hidden."""
        self.presenter.hide()
        self.groups.hide_texts()

    def choose_files(self) -> None:
        """Pick files to import."""
        kinds = translate(_CONTEXT, "Messages (*.jsonl *.ndjson *.csv *.parquet);;All files (*)")
        names, _ = QFileDialog.getOpenFileNames(self, translate(_CONTEXT, "Import files"), "", kinds)
        self.intake.import_files([Path(name) for name in names])

    def connect_first(self) -> None:
        """Open the sign-in form of the first platform there is."""
        self._relay.read(
            "platforms", self._services.accounts.available, lambda found: self.connect_account(found[0])
        )

    def connect_account(self, info: ConnectorInfo, account: Account | None = None) -> None:
        """Ask for a sign-in; with `account`, for its new one."""
        dialog = SignInDialog(self._theme, info, self, account=account)
        dialog.wanted.connect(partial(self._sign_in, dialog))
        open_dialog(dialog)

    # Putting it together.

    def _make_screens(self, now: Callable[[], datetime]) -> None:
        theme, services, relay = self._theme, self._services, self._relay
        self.model = MentionModel(self)
        self.presenter = InboxPresenter(
            services, relay, self.model, act=self.flow.begin, post=self.messages.post
        )
        self.inbox = InboxScreen(theme, self.presenter, now)
        self.groups = GroupsScreen(theme, services, relay, self.presenter.act_on_group, self.messages.post)
        self.evidence = EvidenceScreen(theme, services, relay, partial(_verify_packet, services))
        self.takedowns = TakedownScreen(theme, services, relay)
        self.packets = PacketFlow(
            theme, services, relay, post=self.messages.post, check=self.evidence.verify_packet, parent=self
        )
        self.activity = ActivityScreen(theme, services, relay, self.flow)
        self.accounts = AccountsScreen(theme, services, relay)
        self.settings = SettingsScreen(theme, self._preferences, self._setting_cards())
        self._screens: dict[Place, QWidget] = {
            Place.INBOX: self.inbox,
            Place.GROUPS: self.groups,
            Place.EVIDENCE: self.evidence,
            Place.TAKEDOWNS: self.takedowns,
            Place.ACTIVITY: self.activity,
            Place.ACCOUNTS: self.accounts,
            Place.SETTINGS: self.settings,
        }
        self._pages = QStackedWidget()
        self._pages.setObjectName("pages")
        for place in PLACES:
            self._pages.addWidget(self._screens[place])

    def _setting_cards(self) -> list[QWidget]:
        theme, services, relay, preferences = self._theme, self._services, self._relay, self._preferences
        self.judging = judging_cards(theme, relay, preferences, services, self.intake.judge)
        cards = self.judging.all
        if services.protection is not None:
            card = ProtectionCard(theme, relay, preferences, services.protection)
            card.reopen_wanted.connect(self.reopen_wanted)
            cards.append(card)
        return cards

    def _tell_model_problem(self) -> None:
        """Once: the chosen model does not judge, the built-in one does."""
        problem = self._services.models.problem
        if problem is not None and problem is not self._told:
            words = model_problem(self._preferences.now, problem)
            self.messages.post(Notice(words, act=partial(self.go, Place.SETTINGS)))
        self._told = problem

    def _lay_out(self) -> None:
        parts: list[QWidget] = [self.top]
        if self._services.sample:
            self.sample = SampleStrip(self._theme)
            self.sample.leave_wanted.connect(self.leave_wanted)
            self.top.sync.hide()
            parts.append(self.sample)
        work = column(*parts, self.messages, self._pages, self.jobs, gap=0)
        work.setStretchFactor(self._pages, 1)
        whole = row(self.rail, work, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.top.searched.connect(self.presenter.search)
        self.top.sync_wanted.connect(self.intake.sync)
        self._timer = QTimer(self)
        self._timer.setInterval(_SYNC_EVERY_MS)
        self._timer.timeout.connect(lambda: self.intake.sync(asked=False))
        if not self._services.sample:
            self._timer.start()
        self.top.hide_wanted.connect(self.hide_wanted)
        self.top.keys_wanted.connect(self.keys_wanted)
        self.inbox.group_wanted.connect(self._show_group)
        self.groups.messages_wanted.connect(self._show_group_messages)
        self.evidence.export_wanted.connect(self.packets.begin)
        self.evidence.packet_wanted.connect(self.packets.check)
        self.takedowns.save_wanted.connect(self._save_takedowns)
        self.takedowns.said.connect(self.post_words)
        self.accounts.connect_wanted.connect(self.connect_account)
        self.accounts.renew_wanted.connect(self.connect_account)
        self.accounts.remove_wanted.connect(self._ask_remove)
        self.accounts.import_wanted.connect(self.choose_files)
        self._preferences.changed.connect(self.use_preferences)
        self._preferences.failed.connect(lambda error: self.messages.post(Notice(words_for(error))))
        self._relay.changed.connect(self._changed)
        self._relay.notice.connect(self.messages.post)
        self._relay.job_began.connect(self.jobs.begin)
        self._relay.job_progressed.connect(self.jobs.progress)
        self._relay.job_ended.connect(self.jobs.end)
        self.jobs.cancel_wanted.connect(self._relay.cancel)

    # Following what happens.

    def _changed(self, changes: ChangeSet) -> None:
        if changes.kinds & _MENTIONS:
            self.presenter.refresh()
        if ChangeKind.SCORES in changes.kinds:
            self._tell_model_problem()
        if ChangeKind.ACCOUNTS in changes.kinds:
            self.presenter.learn_actions()
            self._read_checked()
        if self._place is not Place.INBOX:
            self._refresh(self._place)

    def _read_checked(self) -> None:
        """When the accounts were last asked, beside the button that asks them."""

        def then(accounts: tuple[Account, ...]) -> None:
            times = [account.synced_at for account in accounts if account.synced_at is not None]
            if times:
                checked = translate(_CONTEXT, "Checked {time}").format(time=day_time(max(times)))
                self.top.status.setText(checked)

        self._relay.read("accounts-checked", self._services.accounts.list, then)

    def _refresh(self, place: Place) -> None:
        refresh: dict[Place, Callable[[], None]] = {
            Place.GROUPS: self.groups.refresh,
            Place.EVIDENCE: self.evidence.refresh,
            Place.TAKEDOWNS: self.takedowns.refresh,
            Place.ACTIVITY: self.activity.refresh,
            Place.ACCOUNTS: self.accounts.refresh,
            Place.SETTINGS: self.judging.refresh,
        }
        if place in refresh:
            refresh[place]()

    def _show_group(self, key: str) -> None:
        self.groups.prefer(key)
        self.go(Place.GROUPS)

    def _show_group_messages(self, key: str) -> None:
        self.presenter.show_group(key)
        self.go(Place.INBOX)

    # Questions.

    def _preview(self, plan: ActionPlan, agreed: Callable[[str], None]) -> None:
        dialog = PreviewDialog(self._theme, plan, self)
        dialog.confirmed.connect(agreed)
        open_dialog(dialog)

    def _sign_in(self, dialog: SignInDialog, handle: str, secret: str, service: str) -> None:
        dialog.waiting()
        add = self._services.accounts.add

        def connected(account: Account) -> None:
            dialog.accept()
            title = translate(_CONTEXT, "Connected as @{handle}").format(handle=one_line(account.handle, 120))
            self.messages.post(Notice(Words(title, "", ""), good=True))
            self.intake.sync()

        self._relay.start(
            "sign-in",
            "",
            lambda _: add(dialog.info.platform, handle, secret, service or None),
            connected,
            dialog.refused,
            lane=Lane.NETWORK,
            changes=(ChangeKind.ACCOUNTS, ChangeKind.EVIDENCE),
        )

    def _ask_remove(self, account: Account) -> None:
        handle = one_line(account.handle, 120)
        ask(
            self._theme,
            self,
            translate(_CONTEXT, "Disconnect @{handle}?").format(handle=handle),
            translate(_CONTEXT, "The sign-in is deleted from this computer. Messages and evidence stay."),
            translate(_CONTEXT, "Disconnect"),
            lambda: self._remove(account),
        )

    def _remove(self, account: Account) -> None:
        remove = self._services.accounts.remove
        changes = (ChangeKind.ACCOUNTS, ChangeKind.EVIDENCE)
        self._relay.start(f"remove-{account.id}", "", lambda _: remove(account.id), changes=changes)

    def _save_takedowns(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            translate(_CONTEXT, "Save the table"),
            "takedowns.csv",
            translate(_CONTEXT, "Tables (*.csv)"),
        )
        if name:
            self.takedowns.write(Path(name))


def _verify_packet(services: "Services", path: Path) -> "PacketReport":
    """In a worker: by this log's own key first; a packet of somebody else's is checked without one."""
    from app.services.verify import verify_file

    key = bytes.fromhex(services.evidence.state().public_key)
    ours = verify_file(path, key=key, anchors=())
    return ours if ours.ok else verify_file(path, key=None, anchors=())
