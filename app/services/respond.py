"""Mute, block and report: previewed, stored as a plan, sent item by item, and undone as a whole."""

import json
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from app.jobs.context import JobContext
from app.services.accounts import AccountService
from app.services.patience import patiently
from app.services.sync import SyncService
from core.domain.evidence import EntryKind
from core.domain.ids import AccountId, BatchId, MentionId, SenderId
from core.domain.response import ActionBatch, ActionItem, ActionKind, ActionPlan, ItemState
from core.errors import AppError, NotFound, Offline, OutcomeUnknown, SignInNeeded, UnsupportedHere, WaitNeeded
from core.ports import Clock, Connector
from core.respond.pacing import Pace
from core.respond.planning import Candidate, plan_actions
from core.storage import Store

# Failures after which the rest of the batch waits rather than fails: nothing is wrong with the items.
_STOPPING = (SignInNeeded, Offline, WaitNeeded)
_Step = Callable[[ActionItem, Connector], None]


@dataclass(frozen=True, slots=True)
class RespondReport:
    """How a batch stands after sending or undoing. `stopped_by` says why it waits, if it does."""

    batch: ActionBatch
    stopped_by: AppError | None = None


class RespondService:
    """Everything the person does about senders."""

    def __init__(self, store: Store, accounts: AccountService, sync: SyncService, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._sync = sync
        self._clock = clock

    def plan(
        self,
        kind: ActionKind,
        reason: str,
        *,
        senders: Sequence[SenderId] = (),
        mentions: Sequence[MentionId] = (),
    ) -> ActionPlan:
        """What would happen: who is hit and who is left out. Sends nothing, stores nothing.

        A report on a mention names that post; a report on a sender names the account. Raises
        `NotFound` for a sender or mention that is not stored.
        """
        with self._store.read() as unit:
            by_mention = unit.actions.senders_of(mentions)
            posts = {sender: mention for mention, sender in reversed(by_mention)}
            wanted = {*senders, *posts}
            contacts = unit.actions.contacts(sorted(wanted))
            _all_found("mention", set(mentions) - {mention for mention, _ in by_mention})
            _all_found("sender", wanted - {contact.sender_id for contact in contacts})
        infos = {one.platform: one for one in self._accounts.available()}
        candidates = [
            Candidate(
                sender_id=contact.sender_id,
                account_id=contact.account_id,
                handle=contact.handle,
                followed=contact.followed,
                mention_id=posts.get(contact.sender_id),
                supported=contact.platform in infos and kind in infos[contact.platform].actions,
            )
            for contact in contacts
        ]
        public = any(
            kind in infos[contact.platform].public_actions
            for contact in contacts
            if contact.platform in infos
        )
        return plan_actions(kind, reason, candidates, public=public)

    def start(self, plan: ActionPlan) -> BatchId:
        """Store a plan; `send` carries it out."""
        with self._store.write() as unit:
            batch_id = unit.actions.start(plan, self._clock.now())
            unit.log.append(
                EntryKind.ACTION,
                facts={"act": plan.kind.value, "batch": batch_id, "count": len(plan.targets)},
            )
        return batch_id

    def batches(self) -> tuple[ActionBatch, ...]:
        """Every batch, newest first."""
        with self._store.read() as unit:
            return unit.actions.batches()

    def batch(self, batch_id: BatchId) -> ActionBatch:
        """One batch. Raises `NotFound`."""
        with self._store.read() as unit:
            return unit.actions.batch(batch_id)

    def recover(self) -> tuple[BatchId, ...]:
        """After a crash: what was being sent becomes unknown; returns batches that can go on."""
        with self._store.write() as unit:
            unit.actions.sending_to_unknown(self._clock.now())
            return unit.actions.unfinished()

    def send(self, batch_id: BatchId, context: JobContext) -> RespondReport:
        """Send what is still planned, at the platform's pace. Stopping leaves the rest planned.

        Muting or blocking someone takes their posts out of what the platform lists, so everything is
        fetched and sealed first; what cannot be fetched now does not keep the person unprotected.
        """
        batch = self.batch(batch_id)
        planned = [item for item in batch.items if item.state is ItemState.PLANNED]
        for account_id in sorted({item.target.account_id for item in planned}):
            self._sync.sync(account_id, context)
        stopped = self._each(planned, context, lambda item, door: self._send_one(batch, item, door, context))
        return RespondReport(self.batch(batch_id), stopped)

    def undo(self, batch_id: BatchId, context: JobContext) -> RespondReport:
        """Restore what was before: lift what this batch set, and nothing that was so already."""
        batch = self.batch(batch_id)
        if batch.kind is ActionKind.REPORT:
            raise UnsupportedHere(what="undo-report", where="platform")
        with self._store.write() as unit:
            unit.actions.cancel_planned(batch_id, self._clock.now())
        done = [item for item in batch.items if item.state is ItemState.DONE]
        stopped = self._each(done, context, lambda item, door: self._undo_one(batch, item, door, context))
        return RespondReport(self.batch(batch_id), stopped)

    def _each(self, items: Sequence[ActionItem], context: JobContext, step: _Step) -> AppError | None:
        """Apply a step to items at the platform's pace; returns what stopped it early, if anything."""
        with ExitStack() as stack:
            doors: dict[AccountId, tuple[Connector, Pace]] = {}
            for done, item in enumerate(items):
                context.checkpoint()
                account_id = item.target.account_id
                if account_id not in doors:
                    doors[account_id] = self._open(account_id, stack)
                door, pace = doors[account_id]
                context.sleep(pace.wait(self._clock.now()))
                try:
                    step(item, door)
                except _STOPPING as failure:
                    return failure
                context.progress(done + 1, len(items))
        return None

    def _open(self, account_id: AccountId, stack: ExitStack) -> tuple[Connector, Pace]:
        account, connector = self._accounts.open(account_id)
        stack.callback(connector.close)
        return connector, Pace(self._accounts.info(account.platform).actions_per_minute)

    def _send_one(self, batch: ActionBatch, item: ActionItem, door: Connector, context: JobContext) -> None:
        with self._store.write() as unit:
            unit.actions.set_state(item.id, ItemState.SENDING, self._clock.now())
            target = unit.actions.remote_target(item, batch.reason)
        try:
            receipt = patiently(partial(door.act, batch.kind, target), context)
        except OutcomeUnknown as failure:
            self._settle(batch, item, ItemState.UNKNOWN, error_code=failure.code)
        except _STOPPING as failure:
            self._settle(batch, item, ItemState.PLANNED, error_code=failure.code)
            raise
        except AppError as failure:
            self._settle(batch, item, ItemState.FAILED, error_code=failure.code)
        else:
            state = ItemState.ALREADY if receipt.already else ItemState.DONE
            self._settle(batch, item, state, receipt=receipt.ref)

    def _undo_one(self, batch: ActionBatch, item: ActionItem, door: Connector, context: JobContext) -> None:
        with self._store.read() as unit:
            target = unit.actions.remote_target(item, batch.reason)
        try:
            patiently(partial(door.undo, batch.kind, target, item.receipt), context)
        except _STOPPING:
            raise
        except AppError as failure:
            # Still in force: it stays DONE, with the reason, so that undo can be tried again.
            self._settle(batch, item, ItemState.DONE, error_code=failure.code)
        else:
            self._settle(batch, item, ItemState.UNDONE)

    def _settle(
        self,
        batch: ActionBatch,
        item: ActionItem,
        state: ItemState,
        *,
        receipt: str | None = None,
        error_code: str | None = None,
    ) -> None:
        """Record an outcome, its log entry and what is now in force, together."""
        sender_id, on = item.target.sender_id, _IN_FORCE.get(state)
        act = {"kind": batch.kind.value, "sender": item.target.handle, "receipt": receipt or item.receipt}
        facts = {"act": batch.kind.value, "batch": batch.id, "item": item.id, "outcome": state.value}
        with self._store.write() as unit:
            unit.actions.set_state(item.id, state, self._clock.now(), receipt=receipt, error_code=error_code)
            if batch.kind is ActionKind.MUTE:
                unit.mentions.mark_sender(sender_id, muted=on)
            elif batch.kind is ActionKind.BLOCK:
                unit.mentions.mark_sender(sender_id, blocked=on)
            unit.log.append(EntryKind.ACTION, content=json.dumps(act, sort_keys=True).encode(), facts=facts)


def _all_found(what: str, missing: AbstractSet[int]) -> None:
    if missing:
        raise NotFound(what=what, name=min(missing))


# What an outcome says about the platform; outcomes not listed leave our knowledge as it is.
_IN_FORCE = {ItemState.DONE: True, ItemState.ALREADY: True, ItemState.UNDONE: False}
