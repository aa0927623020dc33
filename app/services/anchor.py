"""Letting a root of the log leave the machine, and saying truthfully how far that protects.

A chain on one computer proves nothing against its owner. A time-stamp token, or a line that somebody
else holds, does: up to the entry it was made for.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from app.jobs.context import JobContext
from core.anchoring.authorities import Authority, added
from core.anchoring.hand_over import hand_over_line, hand_over_text
from core.anchoring.plan import AnchorPlan, When, read_plan, written_plan
from core.anchoring.post import post
from core.anchoring.roots import roots_at
from core.anchoring.stamping import Attempt, Post, ask_for_stamp
from core.anchoring.standing import (
    Checked,
    Protection,
    Standing,
    TokenCheck,
    checked,
    last_failure,
    newest,
    token_check,
)
from core.domain.evidence import Anchor, AnchorKind, AnchorState, EntryKind, LogState
from core.errors import BadInput, NotFound
from core.ports import Clock
from core.storage import ReadUnit, Store, WriteUnit

_LONGEST_RECEIVER = 200
_Change = Callable[[AnchorPlan], AnchorPlan]


@dataclass(frozen=True, slots=True)
class StampReport:
    """One act of stamping: what each authority asked gave, in order. At most the last is confirmed."""

    anchors: tuple[Anchor, ...]

    @property
    def confirmed(self) -> Anchor | None:
        """The anchor that counts, if any authority gave one."""
        return next((one for one in self.anchors if one.state is AnchorState.CONFIRMED), None)


@dataclass(frozen=True, slots=True)
class HandOver:
    """What to give to somebody: `line` is SIZE:ROOT for the log as it was at `at`."""

    size: int
    root: bytes
    at: datetime

    @property
    def line(self) -> str:
        """The line to copy, read out or scan."""
        return hand_over_line(self.size, self.root)

    def page(self, to: str = "") -> str:
        """A page of plain text around the line."""
        return hand_over_text(self.size, self.root, self.at, to)


@dataclass(frozen=True, slots=True)
class Overview:
    """All there is to show; `anchors` oldest first."""

    protection: Protection
    anchors: tuple[Checked, ...]
    plan: AnchorPlan


class AnchorService:
    """Time stamps, hand-overs, and what they are worth."""

    def __init__(self, store: Store, clock: Clock, send: Post = post) -> None:
        self._store = store
        self._clock = clock
        self._send = send
        # Neither anchors nor, between two choices, roots change: a token is checked once.
        self._held: dict[tuple[int, bytes], bool] = {}

    def plan(self) -> AnchorPlan:
        """What the person chose; off before they did."""
        with self._store.read() as unit:
            return read_plan(unit.anchors.plan())

    def set_when(self, when: When) -> AnchorPlan:
        """Stamp by itself this often. Switching it on means the person was told what authorities learn."""
        return self._change(lambda plan: replace(plan, when=when, agreed=plan.agreed or when is not When.OFF))

    def agree(self) -> AnchorPlan:
        """The person was told what an authority learns, and said yes."""
        return self._change(lambda plan: replace(plan, agreed=True))

    def add_authority(self, name: str, untrusted_url: str, untrusted_root: bytes) -> Authority:
        """Add an authority with its own root certificate, asked first from now on. Raises `BadInput`."""
        authority = added(name, untrusted_url, untrusted_root, self._clock.now())
        self._change(lambda plan: plan.with_authority(authority))
        return authority

    def use_authority(self, url: str, *, used: bool) -> AnchorPlan:
        """Ask this one, or ask it no more; its older tokens still count. Raises `NotFound`."""
        return self._change(lambda plan: plan.with_use(url, used=used))

    def ask_first(self, url: str) -> AnchorPlan:
        """Ask this one before the others. Raises `NotFound`."""
        return self._change(lambda plan: plan.with_first(url))

    def stamp(self, context: JobContext) -> StampReport:
        """Have everything up to now stamped. Only the 32-byte root goes out.

        A failure is in the report, not raised; it is kept, and never counts. Raises `NotFound` when no
        authority is left to ask, `Cancelled`.
        """
        with self._store.read() as unit:
            plan, state = read_plan(unit.anchors.plan()), unit.log.state()
        if not plan.asked:
            raise NotFound(what="authority", name="any")
        made: list[Attempt] = []
        for done, authority in enumerate(plan.asked):
            context.checkpoint()
            context.progress(done, len(plan.asked), authority.host)
            made.append(ask_for_stamp(state.root, authority, self._send))
            if made[-1].stamp is not None:
                break
        with self._store.write() as unit:
            return StampReport(tuple(self._keep(unit, state, one) for one in made))

    def stamp_if_due(self, context: JobContext) -> StampReport | None:
        """Stamp when the person switched it on, it is time, and there is something new; else None."""
        with self._store.read() as unit:
            plan = read_plan(unit.anchors.plan())
            if plan.when.pause is None or not plan.asked:
                return None
            last = unit.anchors.newest(AnchorKind.RFC3161)
            if last is not None and self._clock.now() - last.made_at < plan.when.pause:
                return None
            stamped = unit.anchors.newest(AnchorKind.RFC3161, AnchorState.CONFIRMED)
            if not unit.anchors.uncovered(stamped.size if stamped else 0).substantial:
                return None
        return self.stamp(context)

    def offer(self) -> HandOver:
        """The line for everything up to now. Nothing is recorded yet."""
        with self._store.read() as unit:
            state = unit.log.state()
        if not state.size:
            raise NotFound(what="entry", name="any")
        return HandOver(state.size, state.root, self._clock.now())

    def record_hand_over(self, given: HandOver, to: str) -> Anchor:
        """Note in the log that the line was given to somebody, in the person's words. Raises `BadInput`."""
        receiver = " ".join(to.split())
        if not receiver or len(receiver) > _LONGEST_RECEIVER:
            raise BadInput(what="receiver", why="is empty or too long")
        with self._store.write() as unit:
            if roots_at(unit.log.leaves(), (given.size,)).get(given.size) != given.root:
                raise BadInput(what="root", why="is not of this log")
            made = Anchor(
                id=0,
                size=given.size,
                root=given.root,
                kind=AnchorKind.HANDED_OVER,
                receiver=receiver,
                state=AnchorState.CONFIRMED,
                token=None,
                made_at=self._clock.now(),
                attested_at=None,
            )
            return _sealed(unit, made)

    def checked_in(self, unit: ReadUnit) -> tuple[Checked, ...]:
        """Every anchor with what it is worth now, oldest first. Takes a pass over the log."""
        anchors = unit.anchors.all()
        roots = roots_at(unit.log.leaves(), (one.size for one in anchors)) if anchors else {}
        return checked(anchors, roots, self._memory(read_plan(unit.anchors.plan())))

    def protection(self) -> Protection:
        """How far the log is protected. Takes a pass over the log."""
        return self.overview().protection

    def overview(self) -> Overview:
        """The protection, every anchor behind it, and the person's plan, all of one moment."""
        with self._store.read() as unit:
            plan, found = read_plan(unit.anchors.plan()), self.checked_in(unit)
            stamped, handed = newest(found, Standing.STAMPED), newest(found, Standing.HANDED_OVER)
            newer = unit.anchors.uncovered(max((one.size for one in (stamped, handed) if one), default=0))
            protection = Protection(
                entries=unit.log.size(),
                stamped=stamped,
                handed_over=handed,
                newer=newer.entries,
                newer_messages=newer.messages,
                contradicted=_of(found, Standing.CONTRADICTED),
                unverifiable=_of(found, Standing.UNVERIFIABLE),
                failure=last_failure(found),
                when=plan.when,
            )
        return Overview(protection, found, plan)

    def _memory(self, plan: AnchorPlan) -> TokenCheck:
        check = token_check(plan)

        def holds(anchor: Anchor) -> bool:
            key = (anchor.id, sha256(anchor.root + (anchor.token or b"")).digest())
            if key not in self._held:
                self._held[key] = check(anchor)
            return self._held[key]

        return holds

    def _keep(self, unit: WriteUnit, state: LogState, attempt: Attempt) -> Anchor:
        """Store what an authority gave; what does not hold is kept as failed and seals nothing."""
        made = Anchor(
            id=0,
            size=state.size,
            root=state.root,
            kind=AnchorKind.RFC3161,
            receiver=attempt.authority.url,
            state=AnchorState.CONFIRMED if attempt.stamp else AnchorState.FAILED,
            token=attempt.token,
            made_at=self._clock.now(),
            attested_at=attempt.stamp.at if attempt.stamp else None,
            error_code=attempt.why.value if attempt.why else None,
        )
        return _sealed(unit, made) if attempt.stamp else unit.anchors.add(made)

    def _change(self, change: _Change) -> AnchorPlan:
        with self._store.write() as unit:
            plan = change(read_plan(unit.anchors.plan()))
            unit.anchors.set_plan(written_plan(plan))
        # An authority may have got another root.
        self._held.clear()
        return plan


def _sealed(unit: WriteUnit, made: Anchor) -> Anchor:
    """Store an anchor together with the entry that records the act."""
    entry = unit.log.append(
        EntryKind.ANCHORED,
        facts={
            "size": made.size,
            "root": made.root.hex(),
            "kind": made.kind.value,
            "receiver": made.receiver,
            "token_sha256": sha256(made.token).hexdigest() if made.token is not None else None,
            "attested_at": made.attested_at.isoformat() if made.attested_at else None,
        },
    )
    unit.log.flush()
    return unit.anchors.add(made, entry.seq)


def _of(found: tuple[Checked, ...], standing: Standing) -> tuple[Anchor, ...]:
    return tuple(one.anchor for one in found if one.standing is standing)
