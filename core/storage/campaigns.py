"""Campaigns over time, and the person's decisions about them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    case,
    delete,
    func,
    literal,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from core.domain.campaign import (
    LEAST_MEMBERS,
    CampaignCard,
    CampaignState,
    Member,
    ReEmergence,
    TakenDown,
    Text,
)
from core.domain.capture import PostState
from core.domain.ids import MentionId, SenderId
from core.domain.inbox import GroupCard
from core.errors import NotFound
from core.storage.campaign_rows import POSTS, CampaignPost, KnownCampaign, card, kept_posts, sizes
from core.storage.capture_tables import standing
from core.storage.tables import (
    campaign,
    campaign_member,
    campaign_post,
    group_member,
    group_post,
    mention,
    meta,
    sender,
    sender_group,
)

_CHUNK = 500
_JUDGED, _FOLLOWED = "groups-judged", "groups-followed"
_GONE = (PostState.DELETED.value, PostState.ACCOUNT_GONE.value, PostState.SUSPENDED.value)
# What a group shown lists, and where it comes from.
_LISTED = ((group_post, campaign_post.c.mention_id), (group_member, mention.c.sender_id))
_standings = POSTS.join(standing, standing.c.mention_id == mention.c.id)


class CampaignReader:
    """Reads campaigns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, among: Sequence[SenderId] | None = None) -> tuple[KnownCampaign, ...]:
        """Every campaign ever found, oldest first; with all its senders, or those `among` these."""
        members: dict[str, list[str]] = defaultdict(list)
        removed: dict[str, list[str]] = defaultdict(list)
        parts = [select(campaign_member)]
        if among is not None:
            parts = [
                select(campaign_member).where(campaign_member.c.sender_id.in_(among[at : at + _CHUNK]))
                for at in range(0, len(among), _CHUNK)
            ]
        for row in (row for part in parts for row in self._connection.execute(part)):
            members[row.campaign_key].append(str(row.sender_id))
            if row.removed:
                removed[row.campaign_key].append(str(row.sender_id))
        rows = self._connection.execute(select(campaign).order_by(campaign.c.number))
        return tuple(
            KnownCampaign(
                row.key, row.number, row.title, CampaignState(row.state), row.split_from, row.memory,
                frozenset(members[row.key]), frozenset(removed[row.key]),
            )
            for row in rows
        )  # fmt: skip

    def cards(self, groups: Sequence[GroupCard]) -> tuple[CampaignCard, ...]:
        """Every campaign: those shown first and largest first, then the others by number."""
        shown = {group.key: group for group in groups}
        counts = {row.key: row for row in self._connection.execute(sizes())}
        rows = self._connection.execute(select(campaign).order_by(campaign.c.number)).all()
        cards = [card(row, shown.get(row.key), counts.get(row.key)) for row in rows]
        return tuple(sorted(cards, key=lambda card: (card.group is None, -card.senders, card.number)))

    def found(self) -> frozenset[str]:
        """Campaigns that the last full grouping found, shown or dismissed."""
        return frozenset(self._connection.execute(select(sender_group.c.key)).scalars())

    def marks(self) -> tuple[MentionId, MentionId]:
        """The last mention that a full grouping saw, and the last one compared with the campaigns known."""
        rows = self._connection.execute(select(meta).where(meta.c.name.in_((_JUDGED, _FOLLOWED))))
        held = {row.name: MentionId(int(row.value)) for row in rows}
        return held.get(_JUDGED, MentionId(0)), held.get(_FOLLOWED, MentionId(0))

    def state(self, key: str) -> CampaignState:
        """Whether it is shown or dismissed. Raises `NotFound`."""
        found = self._connection.execute(
            select(campaign.c.state).where(campaign.c.key == key)
        ).scalar_one_or_none()
        if found is None:
            raise NotFound(what="group", name=key)
        return CampaignState(found)

    def texts(self, key: str, limit: int) -> list[Text]:
        """What was sent, each wording once, most senders first."""
        people = func.count(func.distinct(mention.c.sender_id))
        rows = self._connection.execute(
            select(mention.c.text, func.count().label("posts"), people.label("people"))
            .select_from(POSTS)
            .where(campaign_post.c.campaign_key == key, mention.c.repost_of.is_(None), mention.c.text != "")
            .group_by(mention.c.text)
            .order_by(people.desc(), func.count().desc(), mention.c.text)
            .limit(limit)
        )
        return [Text(row.text, row.posts, row.people) for row in rows]

    def members(self, key: str) -> tuple[Member, ...]:
        """Its senders, in the order they joined, those taken out last."""
        written = self._connection.execute(
            select(mention.c.sender_id, func.count())
            .select_from(POSTS)
            .where(campaign_post.c.campaign_key == key)
            .group_by(mention.c.sender_id)
        )
        posts: dict[int, int] = {who: count for who, count in written}
        gone = self.gone(key)
        rows = self._connection.execute(
            select(sender, campaign_member.c.joined_at, campaign_member.c.removed)
            .join(campaign_member, campaign_member.c.sender_id == sender.c.id)
            .where(campaign_member.c.campaign_key == key)
            .order_by(campaign_member.c.removed, campaign_member.c.joined_at, sender.c.id)
        )
        return tuple(
            Member(
                SenderId(row.id), row.handle, row.display_name, row.platform, row.created_at, row.joined_at,
                posts.get(row.id, 0), row.followed, row.removed, SenderId(row.id) in gone,
            )
            for row in rows
            if row.removed or row.id in posts
        )  # fmt: skip

    def posts(self, key: str, *, everyone: bool = False) -> list[CampaignPost]:
        """Its posts in order of time, without those of senders taken out unless `everyone` is wanted."""
        mine = campaign_post.c.campaign_key == key if everyone else kept_posts(key)
        rows = self._connection.execute(
            select(mention.c.id, mention.c.sender_id, mention.c.shown_at)
            .select_from(POSTS)
            .where(mine)
            .order_by(mention.c.shown_at, mention.c.id)
        )
        return [CampaignPost(MentionId(row.id), SenderId(row.sender_id), row.shown_at) for row in rows]

    def moments(self, key: str) -> list[tuple[SenderId, int]]:
        """Who posted when, in order of time, as microseconds since the epoch; nobody taken out."""
        at = type_coerce(mention.c.shown_at, BigInteger)
        rows = self._connection.execute(
            select(mention.c.sender_id, at)
            .select_from(POSTS)
            .where(kept_posts(key))
            .order_by(at, mention.c.id)
        )
        return [(who, when) for who, when in rows]

    def gone(self, key: str) -> dict[SenderId, datetime]:
        """Senders none of whose posts looked at is still up, and since when the last one is gone."""
        state = standing.c.state
        rows = self._connection.execute(
            select(mention.c.sender_id, func.max(standing.c.since))
            .select_from(_standings)
            .where(campaign_post.c.campaign_key == key, state != PostState.UNKNOWN.value)
            .group_by(mention.c.sender_id)
            .having(func.count() == func.sum(case((state.in_(_GONE), 1), else_=0)))
        )
        return {SenderId(who): since for who, since in rows}

    def taken_down(self, key: str) -> TakenDown:
        """What became of its posts, as far as looked."""
        state = standing.c.state
        where = campaign_post.c.campaign_key == key
        by_state = select(state, func.count()).select_from(_standings).where(where).group_by(state)
        counts: dict[str, int] = {name: count for name, count in self._connection.execute(by_state)}
        looked = select(func.max(standing.c.checked_at)).select_from(_standings).where(where)
        total = select(func.count()).select_from(campaign_post).where(where)
        return TakenDown(
            posts=self._connection.execute(total).scalar_one(),
            checked=sum(counts.values()),
            up=counts.get(PostState.UP.value, 0),
            deleted=counts.get(PostState.DELETED.value, 0),
            account_gone=counts.get(PostState.ACCOUNT_GONE.value, 0),
            suspended=counts.get(PostState.SUSPENDED.value, 0),
            hidden=counts.get(PostState.HIDDEN.value, 0),
            senders_gone=len(self.gone(key)),
            last_checked=self._connection.execute(looked).scalar_one(),
        )


class CampaignWriter(CampaignReader):
    """Keeps campaigns and decisions. After a change, `show` brings the groups shown in line."""

    def put(self, key: str, memory: bytes, now: datetime, *, split_from: str | None = None) -> None:
        """A new campaign, or a new memory for one already known."""
        last = self._connection.execute(select(func.max(campaign.c.number))).scalar_one() or 0
        fresh = {
            "number": last + 1, "title": "", "state": CampaignState.ACTIVE.value, "split_from": split_from,
            "found_at": now, "re_emerged_new": 0, "re_emerged_gone": 0, "re_emerged_quiet": 0,
        }  # fmt: skip
        statement = upsert(campaign).values(key=key, memory=memory, **fresh)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_={"memory": memory})
        )

    def mark(self, *, judged: MentionId | None = None, followed: MentionId | None = None) -> None:
        """Remember how far grouping and comparing came."""
        for name, reached in ((_JUDGED, judged), (_FOLLOWED, followed)):
            if reached is not None:
                statement = upsert(meta).values(name=name, value=str(reached).encode())
                self._connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["name"], set_={"value": statement.excluded.value}
                    )
                )

    def drop(self, key: str) -> None:
        """Forget a campaign, its posts, members and decisions."""
        self._connection.execute(delete(sender_group).where(sender_group.c.key == key))
        self._connection.execute(delete(campaign).where(campaign.c.key == key))

    def set_posts(self, key: str, posts: Sequence[MentionId]) -> None:
        """Its posts are exactly these."""
        self._connection.execute(delete(campaign_post).where(campaign_post.c.campaign_key == key))
        self.add_posts(key, posts)

    def add_posts(self, key: str, posts: Sequence[MentionId]) -> None:
        """These posts belong to it, too; their senders become members from their first post on."""
        for at in range(0, len(posts), _CHUNK):
            self._add_posts(key, posts[at : at + _CHUNK])

    def _add_posts(self, key: str, posts: Sequence[MentionId]) -> None:
        rows = [{"campaign_key": key, "mention_id": one} for one in posts]
        self._connection.execute(upsert(campaign_post).on_conflict_do_nothing(), rows)
        first = (
            select(literal(key), mention.c.sender_id, func.min(mention.c.shown_at), literal(False))
            .where(mention.c.id.in_(posts))
            .group_by(mention.c.sender_id)
        )
        into = upsert(campaign_member).from_select(
            ["campaign_key", "sender_id", "joined_at", "removed"], first
        )
        earlier = func.min(campaign_member.c.joined_at, into.excluded.joined_at)
        self._connection.execute(
            into.on_conflict_do_update(
                index_elements=["campaign_key", "sender_id"], set_={"joined_at": earlier}
            )
        )

    def grow(self, key: str, posts: Sequence[MentionId]) -> None:
        """`add_posts`, and `show` for these alone: the cost is that of what is new."""
        self.add_posts(key, posts)
        held = select(group_member.c.sender_id).where(group_member.c.group_key == key).limit(1)
        if self._connection.execute(held).first() is None:
            self.show(key)  # it may be large enough only now
            return
        for at in range(0, len(posts), _CHUNK):
            mine = kept_posts(key) & mention.c.id.in_(posts[at : at + _CHUNK])
            self._enlist(key, mine)
            self._widen(key, mine)

    def _widen(self, key: str, posts: ColumnElement[bool]) -> None:
        """Let the campaign's time reach to these posts."""
        first, last = func.min(mention.c.shown_at), func.max(mention.c.shown_at)
        span = self._connection.execute(select(first, last).select_from(POSTS).where(posts)).one()
        if span[0] is not None:
            began, ended = (literal(at, mention.c.shown_at.type) for at in span)
            values = {
                "first_at": func.min(campaign.c.first_at, began),
                "last_at": func.max(campaign.c.last_at, ended),
            }
            self._connection.execute(update(campaign).where(campaign.c.key == key).values(values))

    def move(self, start: str, end: str, senders: Sequence[SenderId] | None = None) -> None:
        """Move senders (all when None) with their posts from one campaign to another."""
        rows = self.posts(start, everyone=True)
        wanted = None if senders is None else set(senders)
        posts = [row.mention_id for row in rows if wanted is None or row.sender_id in wanted]
        people = {row.sender_id for row in rows if wanted is None or row.sender_id in wanted}
        self.add_posts(end, posts)
        self._leave(campaign_post, campaign_post.c.mention_id, start, posts)
        self._leave(campaign_member, campaign_member.c.sender_id, start, sorted(people))

    def _leave(self, table: Table, column: ColumnElement[int], key: str, ids: Sequence[int]) -> None:
        for at in range(0, len(ids), _CHUNK):
            chunk = ids[at : at + _CHUNK]
            self._connection.execute(delete(table).where(table.c.campaign_key == key, column.in_(chunk)))

    def show(self, key: str) -> None:
        """Bring the group shown in line: nobody taken out, nothing dismissed, never fewer than three."""
        mine = kept_posts(key)
        count, first, last = self._connection.execute(
            select(
                func.count(func.distinct(mention.c.sender_id)),
                func.min(mention.c.shown_at),
                func.max(mention.c.shown_at),
            )
            .select_from(POSTS)
            .where(mine)
        ).one()
        self._connection.execute(
            update(campaign).where(campaign.c.key == key).values(first_at=first, last_at=last)
        )
        found = select(sender_group.c.key).where(sender_group.c.key == key)
        listed = self._connection.execute(found).first() is not None
        shown = self.state(key) is CampaignState.ACTIVE and listed and count >= LEAST_MEMBERS
        for table, column in _LISTED:
            # Only what changed is written.
            inside = select(column).select_from(POSTS).where(mine)
            gone = table.c[column.name].not_in(inside) if shown else literal(True)
            self._connection.execute(delete(table).where(table.c.group_key == key, gone))
        if shown:
            self._enlist(key, mine)

    def _enlist(self, key: str, posts: ColumnElement[bool]) -> None:
        """Put these posts and their senders into the group shown."""
        for table, column in _LISTED:
            rows = select(literal(key), column).select_from(POSTS).where(posts).distinct()
            into = upsert(table).from_select(["group_key", column.name], rows)
            self._connection.execute(into.on_conflict_do_nothing())

    def set_re_emerged(self, key: str, found: ReEmergence) -> bool:
        """Record that new senders took it up; True when this was not known yet."""
        before = self._connection.execute(
            select(campaign.c.re_emerged_at).where(campaign.c.key == key)
        ).scalar_one()
        self._connection.execute(
            update(campaign)
            .where(campaign.c.key == key)
            .values(
                re_emerged_at=found.since,
                re_emerged_new=found.new_senders,
                re_emerged_gone=found.gone,
                re_emerged_quiet=found.quiet_days,
            )
        )
        return before is None or before != found.since
