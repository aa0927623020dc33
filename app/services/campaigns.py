"""Campaigns as the person sees them, and what they decide: dismiss, take out, split, rename, undo."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.services.campaign_memory import decode, encode
from app.services.posts_frame import posts_frame
from core.domain.campaign import (
    LEAST_MEMBERS,
    CampaignCard,
    CampaignDetail,
    CampaignState,
    CampaignStory,
    Decision,
    DecisionKind,
    Member,
    SplitOffer,
)
from core.domain.coordination import Grouping, SenderGroup, Strength
from core.domain.evidence import EntryKind
from core.domain.ids import SenderId
from core.domain.text import escape_surrogates
from core.errors import BadInput
from core.ports import Clock
from core.storage import Store
from core.storage.store import ReadUnit, WriteUnit

if TYPE_CHECKING:
    from core.coordination.continuing import Campaign

LONGEST_TITLE = 80
_TEXTS_READ = 400


class CampaignService:
    """Every decision is an entry in the log, and can be undone."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def cards(self) -> tuple[CampaignCard, ...]:
        """Every campaign: those shown first, largest first; then dismissed ones and those no longer found."""
        with self._store.read() as unit:
            return unit.campaigns.cards(unit.groups.cards())

    def card(self, key: str) -> CampaignCard:
        """One campaign. Raises `NotFound`."""
        with self._store.read() as unit:
            return _card(unit, key)

    def detail(self, key: str) -> CampaignDetail:
        """What the pane needs at once. Raises `NotFound`."""
        from app.services.campaign_texts import families

        with self._store.read() as unit:
            card = _card(unit, key)
            texts = unit.campaigns.texts(key, _TEXTS_READ)
            taken_down = unit.campaigns.taken_down(key)
            decisions = unit.decisions.all(key)
        return CampaignDetail(card, families(texts), taken_down, decisions)

    def members(self, key: str) -> tuple[Member, ...]:
        """Its senders, in the order they joined, those taken out last."""
        with self._store.read() as unit:
            return unit.campaigns.members(key)

    def story(self, key: str) -> CampaignStory:
        """Themes, taken tags and threads, facts about profiles. Takes seconds on a large store."""
        from app.services.campaign_texts import story

        with self._store.read() as unit:
            columns = unit.mentions.for_grouping()
            posts = {card.key: unit.campaigns.posts(card.key) for card in unit.campaigns.cards(())}
        return story(key, columns, posts)

    def decisions(self) -> tuple[Decision, ...]:
        """Everything decided, newest first."""
        with self._store.read() as unit:
            return unit.decisions.all()

    def dismiss(self, key: str) -> Decision:
        """Never show this group, however it grows, until the person takes that back. Raises `NotFound`."""
        with self._store.write() as unit:
            return self._decide(unit, key, DecisionKind.DISMISS, {})

    def remove(self, key: str, senders: Sequence[SenderId]) -> Decision:
        """Take senders out for good. Raises `NotFound`; `BadInput` when none of them is in it."""
        with self._store.write() as unit:
            inside = {member.sender_id: member for member in unit.campaigns.members(key)}
            wanted = [who for who in dict.fromkeys(senders) if who in inside]
            if not wanted:
                raise BadInput(what="senders", why="none of them is in this group")
            names = [inside[who].handle for who in wanted]
            return self._decide(unit, key, DecisionKind.REMOVE, {"senders": wanted}, {"senders": names})

    def rename(self, key: str, title: str) -> Decision:
        """The person's own name for it; empty: its number again. Raises `NotFound`, `BadInput`."""
        cleaned = " ".join(escape_surrogates(title).split())
        if len(cleaned) > LONGEST_TITLE:
            raise BadInput(what="title", why=f"is longer than {LONGEST_TITLE} characters")
        with self._store.write() as unit:
            return self._decide(unit, key, DecisionKind.RENAME, {"title": cleaned}, {"title": cleaned})

    def offer_split(self, key: str) -> SplitOffer | None:
        """Two halves by what was sent; None when it does not fall into two. Raises `NotFound`."""
        from app.services.campaign_texts import halves

        with self._store.read() as unit:
            unit.campaigns.state(key)
            posts = unit.campaigns.posts(key)
            texts = unit.mentions.many([post.mention_id for post in posts])
        return halves(key, texts)

    def split(self, offer: SplitOffer) -> Decision:
        """Make the moving half a campaign of its own; the two are kept apart from now on."""
        from core.coordination.continuing import remember

        with self._store.write() as unit:
            card = _card(unit, offer.key)
            if (
                card.group is None
                or min(len(offer.moving.senders), len(offer.staying.senders)) < LEAST_MEMBERS
            ):
                raise BadInput(what="split", why="leaves fewer than three senders, or is not shown now")
            moving = set(offer.moving.senders)
            rows = unit.campaigns.posts(offer.key)
            part = _free_key(unit, offer.key)
            sides = [
                _half(offer.key, [row for row in rows if row.sender_id not in moving], card),
                _half(part, [row for row in rows if row.sender_id in moving], card),
            ]
            frame = posts_frame(unit.mentions.for_grouping(only=[row.mention_id for row in rows]))
            rest, own = remember(frame, Grouping(tuple(sides), len(rows), card.senders, 0.0))
            now = self._clock.now()
            unit.campaigns.put(part, encode(own), now, split_from=card.split_from or card.key)
            unit.campaigns.put(offer.key, encode(rest), now)
            for side in sides:
                unit.groups.put(side.key, side, now)
            unit.campaigns.move(offer.key, part, offer.moving.senders)
            unit.campaigns.show(part)
            return self._decide(
                unit, offer.key, DecisionKind.SPLIT, {"part": part, "senders": list(offer.moving.senders)}
            )

    def undo(self, decision_id: int) -> Decision:
        """Take one decision back; twice changes nothing. Raises `NotFound`, `BadInput`."""
        with self._store.write() as unit:
            decision = unit.decisions.get(decision_id)
            if decision.undone_at is not None:
                return decision
            if decision.kind is DecisionKind.SPLIT and decision.part is not None:
                self._rejoin(unit, decision.key, decision.part)
            undone = unit.decisions.undo(decision_id, self._clock.now())
            act = f"campaign-{decision.kind.value}-undo"
            facts: dict[str, str | int] = {"act": act, "campaign": decision.key, "decision": decision_id}
            unit.log.append(EntryKind.NOTE, facts=facts)
            return undone

    def _rejoin(self, unit: WriteUnit, key: str, part: str) -> None:
        """Put a split half back. Whom the person took out of it stays out of the whole."""
        known = {one.key: one for one in unit.campaigns.known()}
        if part not in known:
            return
        if known[part].state is CampaignState.DISMISSED:
            raise BadInput(what="undo", why="its other half is dismissed; show that again first")
        own, whole = decode(part, known[part].memory), decode(key, known[key].memory)
        now = self._clock.now()
        unit.campaigns.put(key, encode(_joined(whole, own)), now)
        unit.campaigns.move(part, key)
        unit.decisions.hand_over(part, key, DecisionKind.REMOVE, now)
        unit.campaigns.drop(part)

    def _decide(
        self,
        unit: WriteUnit,
        key: str,
        kind: DecisionKind,
        detail: dict[str, Any],
        sealed: dict[str, Any] | None = None,
    ) -> Decision:
        """Record a decision. Names and titles go into the sealed bytes, which can be erased."""
        made = unit.decisions.decide(key, kind, detail, self._clock.now())
        unit.log.append(
            EntryKind.NOTE,
            content=json.dumps(sealed, sort_keys=True).encode() if sealed else None,
            facts={
                "act": f"campaign-{kind.value}",
                "campaign": key,
                "decision": made.id,
                "senders": made.senders,
            },
        )
        return made


def _card(unit: ReadUnit | WriteUnit, key: str) -> CampaignCard:
    unit.campaigns.state(key)
    return next(card for card in unit.campaigns.cards(unit.groups.cards()) if card.key == key)


def _free_key(unit: WriteUnit, key: str) -> str:
    taken = {one.key for one in unit.campaigns.known()}
    return next(made for number in range(2, len(taken) + 3) if (made := f"{key}-{number}") not in taken)


def _half(key: str, rows: Sequence[Any], card: CampaignCard) -> SenderGroup:
    """A half with the evidence of the whole, and a word that it is the whole's."""
    group = card.group
    assert group is not None  # noqa: S101 - checked by the caller
    people = tuple(sorted({str(row.sender_id) for row in rows}))
    said = "You split this group. The figures describe it as it was found, both halves together."
    return SenderGroup(
        key=key,
        members=people,
        posts=tuple(str(row.mention_id) for row in rows),
        strength=group.strength if len(people) >= 5 else Strength.POSSIBLE,
        reasons=group.reasons,
        caveats=(*(one for one in group.caveats if one != said), said),
    )


def _joined(one: "Campaign", other: "Campaign") -> "Campaign":
    from dataclasses import replace

    return replace(
        one,
        members=one.members | other.members,
        texts=tuple(sorted({*one.texts, *other.texts})),
        things=one.things | other.things,
        born=tuple(sorted((*one.born, *other.born))),
        last=max(one.last, other.last) if other.last == other.last else one.last,
    )
