"""From a wish to act to its outcome: plan, preview, send, and the offer to undo."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from app.jobs.changes import ChangeKind
from app.jobs.observer import Lane
from core.domain.ids import BatchId, MentionId, SenderId
from core.domain.response import ActionBatch, ActionKind, ActionPlan, ItemState
from core.errors import AppError
from ui.background import Background
from ui.messages import Words, words_for
from ui.notices import Notice
from ui.respond.words import action_running, batch_done_title, batch_outcome
from ui.wording import translate

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.respond import RespondReport

_CONTEXT = "Respond"
_CHANGES: Final = (ChangeKind.ACTIONS, ChangeKind.MENTIONS, ChangeKind.EVIDENCE)


class AskFirst(Protocol):
    """Shows a plan and calls back with the reason once the person agrees."""

    def __call__(self, plan: ActionPlan, agreed: Callable[[str], None]) -> None:
        """Show the preview."""


class RespondFlow:
    """The one road to an action, used by every screen."""

    def __init__(
        self,
        services: "Services",
        background: Background,
        ask_first: AskFirst,
        post: Callable[[Notice], None],
        show_activity: Callable[[], None],
    ) -> None:
        self._services = services
        self._background = background
        self._ask_first = ask_first
        self._post = post
        self._show_activity = show_activity

    def begin(self, kind: ActionKind, senders: Sequence[SenderId], mentions: Sequence[MentionId]) -> None:
        """Plan and preview; nothing is sent yet."""
        work = partial(self._services.respond.plan, kind, "", senders=list(senders), mentions=list(mentions))
        self._background.read("respond-plan", work, self._preview, self._problem)

    def resume(self, batch: ActionBatch) -> None:
        """Go on with what is still waiting in a batch."""
        waiting = sum(item.state is ItemState.PLANNED for item in batch.items)
        self._send(batch.id, batch.kind, waiting)

    def undo(self, batch_id: BatchId) -> None:
        """Take a whole batch back."""
        self._background.start(
            f"batch-{batch_id}",
            translate(_CONTEXT, "Undoing"),
            partial(self._services.respond.undo, batch_id),
            self._undone,
            lane=Lane.NETWORK,
            changes=_CHANGES,
        )

    def _preview(self, plan: ActionPlan) -> None:
        self._ask_first(plan, lambda reason: self._start(replace(plan, reason=reason)))

    def _start(self, plan: ActionPlan) -> None:
        def stored(batch_id: BatchId) -> None:
            self._send(batch_id, plan.kind, len(plan.targets))

        self._background.read(
            "respond-start", partial(self._services.respond.start, plan), stored, self._problem
        )

    def _send(self, batch_id: BatchId, kind: ActionKind, people: int) -> None:
        self._background.start(
            f"batch-{batch_id}",
            action_running(kind, people),
            partial(self._services.respond.send, batch_id),
            self._sent,
            lane=Lane.NETWORK,
            changes=_CHANGES,
        )

    def _sent(self, report: "RespondReport") -> None:
        batch = report.batch
        if report.stopped_by is not None:
            words = words_for(report.stopped_by)
            rest = translate(_CONTEXT, "The rest waits under Activity.")
            self._post(
                Notice(
                    Words(words.title, f"{words.explanation} {rest}", translate(_CONTEXT, "Show activity")),
                    act=self._show_activity,
                )
            )
            return
        outcome = batch_outcome(batch)
        if batch.kind is ActionKind.REPORT:
            self._post(Notice(Words(batch_done_title(batch), outcome, ""), good=True))
            return
        words = Words(batch_done_title(batch), outcome, translate(_CONTEXT, "Undo"))
        self._post(Notice(words, good=True, act=lambda: self.undo(batch.id)))

    def _undone(self, report: "RespondReport") -> None:
        if report.stopped_by is not None:
            self._problem(report.stopped_by)
            return
        words = Words(translate(_CONTEXT, "Taken back"), batch_outcome(report.batch), "")
        self._post(Notice(words, good=True))

    def _problem(self, error: Exception) -> None:
        self._post(Notice(words_for(error if isinstance(error, AppError) else AppError())))
