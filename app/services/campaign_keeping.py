"""Keeps campaigns in line with what grouping finds, inside one write unit."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.services.campaign_memory import content, decode, encode
from core.coordination.matching import Found, Known, Part, Uses, assign
from core.coordination.re_emergence import microseconds, re_emergence
from core.domain.campaign import CampaignState
from core.domain.coordination import Grouping, SenderGroup, Strength
from core.domain.evidence import EntryKind
from core.domain.ids import MentionId, SenderId
from core.storage.campaign_rows import KnownCampaign
from core.storage.store import WriteUnit

if TYPE_CHECKING:
    import polars as pl

    from core.coordination.continuing import Campaign, Continuation

_STRONG_FROM = 5


@dataclass(frozen=True, slots=True)
class Followed:
    """What new posts added: how many posts and new senders, and to how many campaigns shown."""

    posts: int
    joined: int
    campaigns: int


def settle(
    unit: WriteUnit, posts: "pl.DataFrame", found: Grouping, memories: "Sequence[Campaign]", now: datetime
) -> None:
    """Make the stored campaigns and the groups shown what this full grouping says.

    `memories` belong to `found.groups`, in order. What the person decided holds.
    """
    from core.coordination.continuing import remember

    stored = unit.campaigns.known()
    held = {one.key: decode(one.key, one.memory) for one in stored}
    removed = {one.key: one.removed for one in stored}
    groups = [
        Found(group.key, frozenset(group.members), content(memory))
        for group, memory in zip(found.groups, memories, strict=True)
    ]

    def uses(number: int, keys: Collection[str]) -> Uses:
        return _uses(posts, found.groups[number], [held[key] for key in keys])

    parts = assign(groups, _known(stored, held), uses)
    made = [_group_of(part, [found.groups[number] for number in part.groups], posts) for part in parts]
    # A part keeps its own memory; only those that differ from the group as found need a new one.
    changed = [
        group for part, group in zip(parts, made, strict=True) if part.left_out or len(part.groups) > 1
    ]
    again = (
        {one.key: one for one in remember(posts, replace(found, groups=tuple(changed)))} if changed else {}
    )
    unit.groups.keep_only([part.key for part in parts])
    for part, group in zip(parts, made, strict=True):
        memory = again.get(part.key) or memories[part.groups[0]]
        unit.campaigns.put(part.key, encode(memory), now, split_from=None)
        unit.groups.put(part.key, group, now)
        # Posts of those taken out stay at hand, unseen, so that taking it back needs no new grouping.
        out = removed.get(part.key, frozenset())
        wanted = _posts_by([found.groups[number] for number in part.groups], part.members | out, posts)
        unit.campaigns.set_posts(part.key, [MentionId(int(post)) for post in wanted])
        _note_return(unit, part.key)
        unit.campaigns.show(part.key)
    for key in held.keys() - {part.key for part in parts}:
        unit.campaigns.set_posts(key, ())
        unit.campaigns.show(key)


def follow(unit: WriteUnit, continued: "Sequence[Continuation]", now: datetime) -> Followed:
    """Let new posts join the campaigns they continue, dismissed ones too: they grow out of sight."""
    people = sorted({int(who) for one in continued for who in (*one.members, *one.joined)})
    stored = {one.key: one for one in unit.campaigns.known(among=[SenderId(who) for who in people])}
    hidden = frozenset[str]().union(*(one.members for one in stored.values() if _dismissed(one)))
    posts = joined = shown = 0
    for one in continued:
        known = stored[one.key]
        fresh = [MentionId(int(post)) for post in one.posts]
        # Senders of something dismissed are not shown again through another campaign.
        kept_out = frozenset() if _dismissed(known) else hidden - known.members
        if kept_out:
            sent_by = {post.id: str(post.sender_id) for post in unit.mentions.many(fresh)}
            fresh = [post for post in fresh if sent_by[post] not in kept_out]
        unit.campaigns.grow(one.key, fresh)
        newcomers = set(one.joined) - kept_out
        if newcomers:
            memory = decode(one.key, known.memory)
            unit.campaigns.put(one.key, encode(replace(memory, members=memory.members | newcomers)), now)
            _note_return(unit, one.key)  # only new senders can make one
        if known.state is CampaignState.ACTIVE:
            new = newcomers - known.removed - known.members
            posts, joined, shown = posts + len(fresh), joined + len(new), shown + 1
    return Followed(posts, joined, shown)


def _dismissed(campaign: KnownCampaign) -> bool:
    return campaign.state is CampaignState.DISMISSED


def _note_return(unit: WriteUnit, key: str) -> None:
    """Whether new senders took it up again is kept, and told in the log when it was not known."""
    gone = {who: microseconds(since) for who, since in unit.campaigns.gone(key).items()}
    found = re_emergence(unit.campaigns.moments(key), gone)
    if found is not None and unit.campaigns.set_re_emerged(key, found):
        facts: dict[str, str | int] = {
            "act": "campaign-re-emerged",
            "campaign": key,
            "since": found.since.isoformat(),
            "new_senders": found.new_senders,
            "senders_gone": found.gone,
            "quiet_days": found.quiet_days,
        }
        unit.log.append(EntryKind.NOTE, facts=facts)


def _known(stored: Sequence[KnownCampaign], held: "dict[str, Campaign]") -> list[Known]:
    return [
        Known(
            key=one.key,
            members=one.members | held[one.key].members,
            removed=one.removed,
            content=content(held[one.key]),
            dismissed=one.state is CampaignState.DISMISSED,
            named=bool(one.title),
            family=one.split_from or one.key,
        )
        for one in stored
    ]


def _uses(posts: "pl.DataFrame", group: SenderGroup, memories: "Sequence[Campaign]") -> Uses:
    """How many posts of each sender fit each campaign."""
    import polars as pl

    from core.coordination.continuing import continue_campaigns

    frame = posts.filter(pl.col("post_id").is_in(list(group.posts)))
    author = dict(zip(frame["post_id"].to_list(), frame["author_id"].to_list(), strict=True))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in continue_campaigns(memories, frame):
        for post in one.posts:
            found[author[post]][one.key] += 1
        for who in one.watched:
            found[who][one.key] += 1
    return found


def _group_of(part: Part, groups: Sequence[SenderGroup], posts: "pl.DataFrame") -> SenderGroup:
    """What is told of one part: its own posts, with the figures of the group that it was found in."""
    main = groups[0]
    caveats = main.caveats
    strength = main.strength
    if part.left_out:
        caveats += (_left_out(part.left_out),)
    if len(part.members) < _STRONG_FROM:
        strength = Strength.POSSIBLE
    return SenderGroup(
        key=part.key,
        members=tuple(sorted(part.members)),
        posts=_posts_by(groups, part.members, posts),
        strength=strength,
        reasons=main.reasons,
        caveats=caveats,
    )


def _posts_by(
    groups: Sequence[SenderGroup], people: Collection[str], posts: "pl.DataFrame"
) -> tuple[str, ...]:
    """The groups' posts that these senders wrote."""
    import polars as pl

    wanted = {post for group in groups for post in group.posts}
    own = pl.col("post_id").is_in(list(wanted)) & pl.col("author_id").is_in(list(people))
    return tuple(posts.filter(own)["post_id"].to_list())


def _left_out(count: int) -> str:
    who = "one sender more, who is" if count == 1 else f"{count} senders more, who are"
    return f"The figures describe the group as it was found, with {who} not part of it by your decision."
