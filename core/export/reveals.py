"""What a packet tells its reader, counted from what would really be written."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.domain.capture import ContextRole
from core.export.contents import PacketContents, PacketItem
from core.export.templates import CaseField

_NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Reveals:
    """Counts and a few examples. `others` are people named or quoted besides senders and the person;
    `zones` the UTC offsets of the person's computer; `log_entries` is how much the log holds in all, which
    the packet tells by number, not content. `hidden` items are redacted, `erased` have no bytes."""

    items: int
    account: str
    narrative: bool
    name: bool
    contact: bool
    notes: int
    own_words: int
    others: int
    other_names: tuple[str, ...]
    senders: int
    groups: int
    pictures: int
    originals: int
    posted_times: int
    zones: tuple[str, ...]
    reports_made: int
    log_entries: int
    anchors: int
    hidden: int
    erased: int


@dataclass(slots=True)
class _Seen:
    notes: int = 0
    own_words: int = 0
    pictures: int = 0
    originals: int = 0
    posted: int = 0
    hidden: int = 0
    erased: int = 0
    senders: set[tuple[str, str]] = field(default_factory=set)
    others: dict[str, None] = field(default_factory=dict)
    zones: set[str] = field(default_factory=set)

    def take(self, item: PacketItem, own: frozenset[str]) -> None:
        mention = item.mention
        self.notes += bool(item.note.strip())
        self.own_words += sum(one.post.role is ContextRole.OWN for one in item.context)
        self.pictures += len(item.media)
        self.posted += mention.created_at is not None
        self.senders.add((str(mention.platform), str(mention.author.remote_id)))
        self.others.update(dict.fromkeys(_others(item, own)))
        if item.redacted:
            self.hidden += 1
            return
        kept = item.raw() is not None
        self.originals += kept
        self.erased += not kept
        self.zones.add(str(json.loads(item.entry.envelope).get("tz", "")))


def reveals(contents: PacketContents, own: Iterable[str] = ()) -> Reveals:
    """Walk the contents once. `own` are the person's own handles and ids."""
    mine = frozenset(one.lstrip("@").casefold() for one in own)
    seen = _Seen()
    for item in contents.items:
        seen.take(item, mine)
    said = {name for name, text in contents.answers.items() if text.strip()}
    contact = {CaseField.NOTIFIER_CONTACT.value, CaseField.NOTIFIER_EMAIL.value}
    return Reveals(
        items=len(contents.items),
        account=contents.account,
        narrative=bool(contents.narrative.strip()),
        name=CaseField.NOTIFIER_NAME.value in said,
        contact=bool(contact & said),
        notes=seen.notes,
        own_words=seen.own_words,
        others=len(seen.others),
        other_names=tuple(seen.others)[:_NAMES_SHOWN],
        senders=len(seen.senders),
        groups=len(contents.coordination),
        pictures=seen.pictures,
        originals=seen.originals,
        posted_times=seen.posted,
        zones=tuple(sorted(seen.zones - {""})),
        reports_made=len(contents.reports_made),
        log_entries=len(contents.log.leaves),
        anchors=len(contents.anchors),
        hidden=seen.hidden,
        erased=seen.erased,
    )


def _others(item: PacketItem, own: frozenset[str]) -> Iterable[str]:
    author = item.mention.author
    skipped = own | {author.handle.casefold(), str(author.remote_id).casefold()}
    names = [name.lstrip("@") for name in item.mention.mentions]
    names += [
        one.post.author_handle
        for one in item.context
        if one.post.role is not ContextRole.OWN and str(one.post.author_remote_id).casefold() not in skipped
    ]
    return (name for name in names if name and name.casefold() not in skipped and not _is_blank(name))


def _is_blank(name: str) -> bool:
    return not name.strip("\u2588")


def reveals_lines(what: Reveals) -> tuple[str, ...]:
    """The same in English sentences, for the command line."""
    lines = [
        f"the full text of {what.items} posts by {what.senders} senders, with their ids and handles",
        f"your account: {what.account}",
    ]
    said = [
        (what.name, "your name"),
        (what.contact, "how to reach you"),
        (what.narrative, "your own account of what happened"),
        (what.notes, f"your notes on {what.notes} posts"),
        (what.own_words, f"{what.own_words} posts of your own, as context"),
        (what.reports_made, f"{what.reports_made} earlier reports with their numbers"),
        (what.others, f"the names of {what.others} other people, such as {', '.join(what.other_names)}"),
        (what.pictures, f"{what.pictures} pictures that were sent to you"),
        (
            what.originals,
            f"{what.originals} posts as received, byte by byte: they can say more than the text",
        ),
        (what.posted_times, "when each post was made and received"),
        (what.zones, f"the time zone of your computer (UTC {', '.join(what.zones)})"),
        (what.groups, f"{what.groups} groups of senders who acted in step"),
        (
            what.anchors,
            f"{what.anchors} time stamps and hand-overs of the log, and to whom",
        ),
        (True, f"that your log holds {what.log_entries} entries, without what the others say"),
        (what.hidden, f"withheld: parts of {what.hidden} posts are blanked, and their bytes left out"),
        (what.erased, f"withheld: the bytes of {what.erased} posts, which you erased"),
    ]
    return (*lines, *(words for there, words in said if there))
