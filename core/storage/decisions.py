"""What the person decided about campaigns: kept as it was said, applied, and taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.campaign import CampaignState, Decision, DecisionKind
from core.errors import NotFound
from core.storage.campaigns import CampaignWriter
from core.storage.tables import campaign, campaign_decision, campaign_member


class DecisionReader:
    """Reads decisions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, key: str | None = None) -> tuple[Decision, ...]:
        """What the person decided, about one campaign or all, newest first."""
        statement = select(campaign_decision).order_by(campaign_decision.c.id.desc())
        if key is not None:
            statement = statement.where(campaign_decision.c.campaign_key == key)
        return tuple(_decision(row) for row in self._connection.execute(statement))

    def get(self, decision_id: int) -> Decision:
        """One decision. Raises `NotFound`."""
        return _decision(self._row(decision_id))

    def _row(self, decision_id: int) -> Row[Any]:
        row = self._connection.execute(
            select(campaign_decision).where(campaign_decision.c.id == decision_id)
        ).one_or_none()
        if row is None:
            raise NotFound(what="decision", name=decision_id)
        return row


class DecisionWriter(DecisionReader):
    """Records decisions. A campaign's state, title and removals are what those not undone say."""

    def __init__(self, connection: Connection, campaigns: CampaignWriter) -> None:
        super().__init__(connection)
        self._campaigns = campaigns

    def decide(self, key: str, kind: DecisionKind, detail: dict[str, Any], now: datetime) -> Decision:
        """Record a decision and let it take effect. Raises `NotFound` for an unknown campaign."""
        self._campaigns.state(key)
        made = self._connection.execute(
            insert(campaign_decision)
            .values(campaign_key=key, kind=kind.value, detail=detail, at=now)
            .returning(campaign_decision.c.id)
        ).scalar_one()
        self._apply(key, now)
        return self.get(made)

    def undo(self, decision_id: int, now: datetime) -> Decision:
        """Take a decision back; twice changes nothing. Raises `NotFound`."""
        row = self._row(decision_id)
        if row.undone_at is None:
            self._connection.execute(
                update(campaign_decision).where(campaign_decision.c.id == decision_id).values(undone_at=now)
            )
            self._apply(row.campaign_key, now)
        return self.get(decision_id)

    def hand_over(self, start: str, end: str, kind: DecisionKind, now: datetime) -> None:
        """Decisions of this kind about one campaign now hold for another that takes it in."""
        theirs = (campaign_decision.c.campaign_key == start) & (campaign_decision.c.kind == kind.value)
        self._connection.execute(update(campaign_decision).where(theirs).values(campaign_key=end))
        self._apply(end, now)

    def _apply(self, key: str, now: datetime) -> None:
        rows = self._connection.execute(
            select(campaign_decision)
            .where(campaign_decision.c.campaign_key == key, campaign_decision.c.undone_at.is_(None))
            .order_by(campaign_decision.c.id)
        ).all()
        kinds = {DecisionKind(row.kind) for row in rows}
        titles = [row.detail["title"] for row in rows if row.kind == DecisionKind.RENAME.value]
        state = CampaignState.DISMISSED if DecisionKind.DISMISS in kinds else CampaignState.ACTIVE
        self._connection.execute(
            update(campaign)
            .where(campaign.c.key == key)
            .values(state=state.value, title=titles[-1] if titles else "", decided_at=now)
        )
        out = [who for row in rows if row.kind == DecisionKind.REMOVE.value for who in row.detail["senders"]]
        self._take_out(key, list(dict.fromkeys(out)), now)
        self._campaigns.show(key)

    def _take_out(self, key: str, senders: list[int], now: datetime) -> None:
        """Exactly these are taken out; also those who are no member now, so that they never return."""
        mine = campaign_member.c.campaign_key == key
        self._connection.execute(update(campaign_member).where(mine).values(removed=False))
        if senders:
            self._connection.execute(
                upsert(campaign_member).on_conflict_do_update(
                    index_elements=["campaign_key", "sender_id"], set_={"removed": True}
                ),
                [
                    {"campaign_key": key, "sender_id": who, "joined_at": now, "removed": True}
                    for who in senders
                ],
            )


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        id=row.id,
        key=row.campaign_key,
        kind=DecisionKind(row.kind),
        at=row.at,
        undone_at=row.undone_at,
        senders=len(row.detail.get("senders", ())),
        title=row.detail.get("title", ""),
        part=row.detail.get("part"),
    )
