"""Shapes of campaigns as rows: what is read of them, and the selects they are read with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, select

from core.domain.campaign import CampaignCard, CampaignState, ReEmergence
from core.domain.ids import MentionId, SenderId
from core.domain.inbox import GroupCard
from core.storage.tables import campaign_member, campaign_post, mention

POSTS: Final = campaign_post.join(mention, mention.c.id == campaign_post.c.mention_id)


@dataclass(frozen=True, slots=True)
class KnownCampaign:
    """What matching a new grouping against an old campaign needs. Senders are our ids as text.

    `members` were ever part of it; `removed` are those whom the person took out. Of the senders asked for.
    """

    key: str
    number: int
    title: str
    state: CampaignState
    split_from: str | None
    memory: bytes
    members: frozenset[str]
    removed: frozenset[str]


@dataclass(frozen=True, slots=True)
class CampaignPost:
    """One post tied to a campaign: by whom, and when in microseconds since the epoch (UTC)."""

    mention_id: MentionId
    sender_id: SenderId
    at: datetime


def kept_posts(key: str) -> ColumnElement[bool]:
    """Posts of a campaign by senders who were not taken out."""
    out = select(campaign_member.c.sender_id).where(
        campaign_member.c.campaign_key == key, campaign_member.c.removed
    )
    return (campaign_post.c.campaign_key == key) & mention.c.sender_id.not_in(out)


def sizes() -> Select[Any]:
    """Senders and posts of every campaign, without those taken out."""
    here = (campaign_member.c.campaign_key == campaign_post.c.campaign_key) & (
        campaign_member.c.sender_id == mention.c.sender_id
    )
    return (
        select(
            campaign_post.c.campaign_key.label("key"),
            func.count().label("posts"),
            func.count(func.distinct(mention.c.sender_id)).label("senders"),
        )
        .select_from(POSTS.join(campaign_member, here))
        .where(~campaign_member.c.removed)
        .group_by(campaign_post.c.campaign_key)
    )


def card(row: Row[Any], group: GroupCard | None, counts: Row[Any] | None) -> CampaignCard:
    again = None
    if row.re_emerged_at is not None:
        again = ReEmergence(row.re_emerged_at, row.re_emerged_new, row.re_emerged_gone, row.re_emerged_quiet)
    return CampaignCard(
        key=row.key,
        number=row.number,
        title=row.title,
        state=CampaignState(row.state),
        found_at=row.found_at,
        first_at=row.first_at,
        last_at=row.last_at,
        group=group,
        re_emerged=again,
        senders=counts.senders if counts else 0,
        posts=counts.posts if counts else 0,
        split_from=row.split_from,
    )
