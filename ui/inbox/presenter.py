"""Decisions of the inbox: which pile, which pages, how far a text is shown, what is asked of services."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from app.jobs.changes import ChangeKind
from core.domain.classification import Category
from core.domain.ids import MentionId, SenderId
from core.domain.inbox import GroupCard, InboxCounts, InboxFilter, InboxRow, Order, Queue, Review, SenderCard
from core.domain.response import ActionKind
from ui.background import Background
from ui.inbox.around import AroundActions
from ui.inbox.detail import Detail
from ui.inbox.model import PAGE, MentionModel
from ui.inbox.reveal import Reveal, next_level
from ui.inbox.row_words import review_done
from ui.messages import Words
from ui.notices import Notice
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.capture import Surroundings

# Picked rows beyond this are not counted by sender on each change of the selection.
_COUNTED: Final = 2_000
# Piles where the worst comes first rather than the newest.
_URGENT_FIRST: Final = (Queue.NEEDS_ATTENTION, Queue.ABUSE)
Act = Callable[[ActionKind, Sequence[SenderId], Sequence[MentionId]], None]


class InboxView(Protocol):
    """What the presenter tells the widgets."""

    def show_filter(self, chosen: InboxFilter) -> None:
        """Which pile, group or search is shown."""

    def show_counts(self, counts: InboxCounts) -> None:
        """The figures beside the piles."""

    def show_total(self, total: int) -> None:
        """How many messages the list holds; 0 shows the empty words."""

    def show_loading(self) -> None:
        """The list is being fetched."""

    def show_detail(self, detail: Detail, level: Reveal) -> None:
        """One mention."""

    def show_level(self, level: Reveal) -> None:
        """The same mention, further or hidden again."""

    def show_nothing(self) -> None:
        """No mention chosen."""

    def show_many(self, messages: int, people: int | None) -> None:
        """Several chosen."""

    def show_problem(self, error: Exception) -> None:
        """The list could not be read."""


class InboxPresenter:
    """Testable without a window: takes services, a background and a view."""

    def __init__(
        self,
        services: "Services",
        background: Background,
        model: MentionModel,
        *,
        act: Act,
        post: Callable[[Notice], None],
    ) -> None:
        self._services = services
        self._background = background
        self._act = act
        self._post = post
        self.around = AroundActions(services, background, post)
        self.model = model
        self.filter = InboxFilter(queue=Queue.KIND_FIRST)
        self._view: InboxView | None = None
        self._ranges: tuple[range, ...] = ()
        self._detail: Detail | None = None
        self._actions: dict[str, frozenset[ActionKind]] = {}
        self._generation = 0

    def attach(self, view: InboxView) -> None:
        """Connect the widgets and show the first pile."""
        self._view = view
        self.model.page_wanted.connect(self._fetch_page)
        self.learn_actions()
        self.show(self.filter)

    def learn_actions(self) -> None:
        """Which actions connected platforms offer; again after an account was added or removed."""
        self._background.read("inbox-actions", self._read_actions, self._got_actions)

    def show(self, chosen: InboxFilter) -> None:
        """Another pile, group or search."""
        self.filter = chosen
        self._generation += 1
        self._forget_choice()
        view = self._shown()
        view.show_filter(chosen)
        view.show_loading()
        self.model.restart(0)
        self._count(restart=True)

    def choose(self, pile: Queue | Category) -> None:
        """A row of the queue pane."""
        if isinstance(pile, Queue):
            order = Order.URGENT if pile in _URGENT_FIRST else Order.NEWEST
            self.show(InboxFilter(queue=pile, order=order))
        else:
            self.show(InboxFilter(queue=Queue.ABUSE, category=pile))

    def search(self, words: str) -> None:
        """Search everywhere; clearing the field returns to the pile that was shown."""
        words = words.strip()
        if words == self.filter.search:
            return
        self.show(replace(self.filter, search=words))

    def show_group(self, key: str) -> None:
        """Every message of one group."""
        self.show(InboxFilter(queue=Queue.ALL, group_key=key))

    def show_sender(self, sender_id: SenderId) -> None:
        """Every message of one sender."""
        self.show(InboxFilter(queue=Queue.ALL, sender_id=sender_id))

    def refresh(self) -> None:
        """Something in the store changed."""
        self._count(restart=False)
        if self._detail is not None:
            self._fetch_detail(self._detail.row.mention_id)

    def pick(self, ranges: Sequence[range]) -> None:
        """The selection changed, as ranges of places. What was revealed is hidden again."""
        self._ranges = tuple(ranges)
        chosen = sum(len(one) for one in ranges)
        first = self.model.held(ranges[0].start) if chosen == 1 else None
        shown = self._detail.row.mention_id if self._detail is not None else None
        if first is not None and first.mention_id == shown:
            return
        self.model.hide_all()
        self._detail = None
        if chosen > 1:
            self._shown().show_many(chosen, self._people(ranges))
        elif first is not None:
            self._set_detail(Detail(first, actions=self._actions_for(first)))
            self._fetch_around(first)
        else:
            self._shown().show_nothing()

    def reveal(self, level: Reveal | None = None) -> None:
        """One step further, or straight to a level; COUNT hides again."""
        if self._detail is None or not self._detail.row.hidden:
            return
        mention = self._detail.row
        shown = max(self.model.level_of(mention), Reveal.CATEGORY)
        wanted = next_level(shown) if level is None else level
        if level is Reveal.COUNT or wanted <= self.model.floor:
            self.hide()
            return
        self.model.reveal(mention.mention_id, wanted)
        self._shown().show_level(wanted)

    def hide(self) -> None:
        """Hide what was revealed."""
        self.model.hide_all()
        if self._detail is not None:
            self._shown().show_level(self.model.level_of(self._detail.row))

    def act(self, kind: ActionKind) -> None:
        """Mute, block or report whoever is picked."""

        def then(rows: Sequence[InboxRow]) -> None:
            if kind is ActionKind.REPORT:
                self._act(kind, (), [row.mention_id for row in rows])
            elif rows:
                self._act(kind, list(dict.fromkeys(row.sender_id for row in rows)), ())

        self._with_picked(then)

    def act_on_group(self, key: str, kind: ActionKind) -> None:
        """The same for everyone in a group."""
        self._background.read(
            "group-members", partial(self._services.group.members, key), lambda who: self._act(kind, who, ())
        )

    def with_detail(self, then: Callable[[MentionId], None]) -> None:
        """Call back with the one mention that is shown."""
        if self._detail is not None:
            then(self._detail.row.mention_id)

    def review(self, review: Review | None) -> None:
        """The person's own decision on what is picked."""

        def then(rows: Sequence[InboxRow]) -> None:
            self._review([row.mention_id for row in rows], review)

        self._with_picked(then)

    def _review(self, ids: Sequence[MentionId], review: Review | None) -> None:
        def undo_offered(_: None) -> None:
            if review is not None:
                words = Words(review_done(review, len(ids)), "", translate("Inbox", "Undo"))
                self._post(Notice(words, good=True, act=lambda: self._review(ids, None)))

        self._background.start(
            f"review-{ids[0]}",
            "",
            lambda _: self._services.inbox.review(ids, review),
            undo_offered,
            changes=(ChangeKind.MENTIONS, ChangeKind.EVIDENCE),
        )

    def _with_picked(self, then: Callable[[Sequence[InboxRow]], None]) -> None:
        """Call back with every picked row: those far from what is on screen have to be read first."""
        if self._detail is not None:
            then([self._detail.row])
            return
        ranges, chosen, inbox = self._ranges, self.filter, self._services.inbox
        if not ranges:
            return

        def work() -> list[InboxRow]:
            return [row for one in ranges for row in inbox.rows(chosen, one.start, len(one))]

        self._background.read("inbox-picked", work, lambda rows: then(rows) if rows else None)

    def _people(self, ranges: Sequence[range]) -> int | None:
        """How many senders the picked rows have; None while some rows are not loaded."""
        held = [self.model.held(place) for one in ranges for place in one[:_COUNTED]]
        if any(row is None for row in held) or any(len(one) > _COUNTED for one in ranges):
            return None
        return len({row.sender_id for row in held if row is not None})

    def _count(self, *, restart: bool) -> None:
        chosen = self.filter
        inbox = self._services.inbox
        self._background.read("inbox-counts", inbox.counts, self._shown().show_counts)
        self._background.read(
            "inbox-total",
            partial(inbox.count, chosen),
            partial(self._got_total, self._generation, restart),
            self._shown().show_problem,
        )

    def _got_total(self, generation: int, restart: bool, total: int) -> None:
        if generation != self._generation:
            return
        if restart:
            self.model.restart(total)
        else:
            self.model.resize(total)
        self._shown().show_total(total)

    def _fetch_page(self, page: int) -> None:
        generation = self._generation
        work = partial(self._services.inbox.rows, self.filter, page * PAGE, PAGE)

        def then(rows: list[InboxRow]) -> None:
            if generation == self._generation:
                self.model.put_page(page, rows)

        def failed(error: Exception) -> None:
            self.model.page_failed(page)
            self._shown().show_problem(error)

        self._background.read(f"inbox-page-{generation}-{page}", work, then, failed)

    def _fetch_around(self, mention: InboxRow) -> None:
        """The sender and group of the chosen mention."""

        def work() -> tuple[SenderCard, GroupCard | None]:
            sender = self._services.inbox.sender(mention.sender_id)
            found = [card for card in self._services.inbox.groups() if card.key == mention.group_key]
            return sender, found[0] if found else None

        def then(found: tuple[SenderCard, GroupCard | None]) -> None:
            if self._detail is not None and self._detail.row.mention_id == mention.mention_id:
                self._set_detail(replace(self._detail, sender=found[0], group=found[1]))

        self._background.read("inbox-around", work, then)

        def surrounded(around: "Surroundings") -> None:
            if self._detail is not None and self._detail.row.mention_id == around.mention_id:
                self._set_detail(replace(self._detail, around=around))

        self.around.read(mention.mention_id, surrounded)

    def _fetch_detail(self, mention_id: MentionId) -> None:
        def then(row: InboxRow) -> None:
            if self._detail is not None and self._detail.row.mention_id == row.mention_id:
                self._set_detail(replace(self._detail, row=row, actions=self._actions_for(row)))
                self._fetch_around(row)

        self._background.read("inbox-detail", partial(self._services.inbox.detail, mention_id), then)

    def _set_detail(self, detail: Detail) -> None:
        self._detail = detail
        self._shown().show_detail(detail, self.model.level_of(detail.row))

    def _forget_choice(self) -> None:
        self._ranges = ()
        self._detail = None
        self._shown().show_nothing()

    def _read_actions(self) -> dict[str, frozenset[ActionKind]]:
        accounts = self._services.accounts
        connected = {account.platform for account in accounts.list()}
        return {info.platform: info.actions for info in accounts.available() if info.platform in connected}

    def _got_actions(self, actions: dict[str, frozenset[ActionKind]]) -> None:
        self._actions = actions
        if self._detail is not None:
            self._set_detail(replace(self._detail, actions=self._actions_for(self._detail.row)))

    def _actions_for(self, row: InboxRow) -> frozenset[ActionKind]:
        return self._actions.get(row.platform, frozenset())

    def _shown(self) -> InboxView:
        assert self._view is not None  # noqa: S101 - attach() comes first
        return self._view
