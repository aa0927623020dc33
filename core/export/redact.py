"""Redacted copies: the same packet with other people, or the person's own details, blanked.

The sealed original is never touched. A redacted item shows its leaf in the log and the proof for it, and
neither its envelope nor its bytes: the envelope names the plain SHA-256 of the bytes, and from that a short
blanked word (a telephone number, a name) could be found by trying. The salt in the envelope makes the leaf
silent. Whoever later gets the original can check that the copy comes from it (`core.export.blanks.derives`).
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final
from urllib.parse import unquote

from core.domain.capture import ContextPost
from core.domain.classification import Classification
from core.domain.ids import RemoteId
from core.domain.inbox import NameSeen
from core.domain.mention import Mention
from core.errors import BadInput
from core.export.contents import (
    ContextItem,
    CoordinationSection,
    Items,
    PacketContents,
    PacketItem,
    StandingItem,
    VersionItem,
)
from core.export.layout import BLANK

# One length for every blank: how long a hidden name was is told to nobody.
MARK: Final = BLANK * 5
_SHORTEST: Final = 2
_JSON_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")


class Blanked(Enum):
    """Whole kinds of details to blank."""

    OTHERS = "others"  # everyone named in posts besides their sender
    OWN_ACCOUNT = "own-account"  # the person's own handles, ids and names
    NOTES = "notes"  # what the person wrote about single items


@dataclass(frozen=True, slots=True)
class Redaction:
    """What to blank: `words` wherever they stand, ignoring case; `spans` (start, end) in the text of the
    item of that entry; whole `kinds`; and `own` names what OWN_ACCOUNT means. Raises `BadInput` for a
    word of one character, which would blank nearly everything."""

    words: tuple[str, ...] = ()
    spans: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    kinds: frozenset[Blanked] = frozenset()
    own: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if any(len(one.strip()) < _SHORTEST for one in self.words):
            raise BadInput(what="redaction", why="has a word of fewer than two characters")

    @property
    def anything(self) -> bool:
        """Whether this blanks anything at all."""
        return bool(self.words or self.kinds or any(self.spans.values()))


def redacted(contents: PacketContents, redaction: Redaction) -> PacketContents:
    """The contents of a redacted copy. Items are blanked as they are walked, so memory stays bounded."""
    blank = _Blank(_everywhere(redaction))
    return replace(
        contents,
        items=_RedactedItems(contents.items, redaction),
        counted=_RedactedItems(contents.counted, redaction) if contents.counted is not None else None,
        account=MARK if Blanked.OWN_ACCOUNT in redaction.kinds else blank(contents.account),
        narrative=blank(contents.narrative),
        answers={name: blank(text) for name, text in contents.answers.items()},
        reports_made=tuple(
            replace(one, to=blank(one.to), reference=blank(one.reference), about=blank(one.about))
            for one in contents.reports_made
        ),
        coordination=tuple(_section(one, blank) for one in contents.coordination),
        anchors=tuple(replace(one, receiver=blank(one.receiver)) for one in contents.anchors),
        redacted=True,
    )


@dataclass(frozen=True, slots=True)
class _RedactedItems:
    items: Items
    redaction: Redaction

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[PacketItem]:
        return (_redacted_item(item, self.redaction) for item in self.items)


class _Blank:
    """Replaces words in a text; longer ones first, so that no part of one is left standing."""

    def __init__(self, words: Iterable[str]) -> None:
        wanted = sorted(
            {one.strip() for one in words if len(one.strip()) >= _SHORTEST}, key=len, reverse=True
        )
        patterns = (r"\s+".join(map(re.escape, one.split())) for one in wanted)
        self._form = re.compile("|".join(patterns), re.IGNORECASE) if wanted else None
        self._folded = [_folded(one) for one in wanted]

    def __call__(self, text: str) -> str:
        if self._form is None:
            return text
        blanked = self._form.sub(MARK, text)
        # Written in look-alike letters it slipped past the pattern: then nothing of the text is shown.
        return MARK if self._stands_in_text(blanked) else blanked

    def stands_in(self, raw: bytes) -> bool:
        """Whether one of the words stands in these bytes, however they are written."""
        if not self._folded:
            return False
        text = raw.decode("utf-8", "replace")
        plain = _JSON_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text).encode("utf-16", "surrogatepass")
        text = "\n".join((text, plain.decode("utf-16", "replace")))
        return self._stands_in_text("\n".join((text, html.unescape(text), unquote(text))))

    def _stands_in_text(self, text: str) -> bool:
        seen = _folded(text)
        return any(one in seen for one in self._folded)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _everywhere(redaction: Redaction) -> tuple[str, ...]:
    own = redaction.own if Blanked.OWN_ACCOUNT in redaction.kinds else ()
    return (*redaction.words, *own, *(one.lstrip("@") for one in own))


def _redacted_item(item: PacketItem, redaction: Redaction) -> PacketItem:
    blank = _Blank((*_everywhere(redaction), *_others(item, redaction)))
    spans = redaction.spans.get(int(item.entry.seq), ())
    mention = _redacted_mention(item.mention, blank, spans)
    names = tuple(NameSeen(blank(one.handle), blank(one.display_name), one.seen_at) for one in item.names)
    raw = item.raw()
    touched = mention != item.mention or names != item.names
    touched = touched or (raw is not None and (blank.stands_in(raw) or _names_others(item, redaction)))
    hidden = Blanked.NOTES in redaction.kinds
    return replace(
        item,
        mention=mention,
        names=names,
        classification=_without_spans(item.classification, blank) if touched else item.classification,
        note=MARK if item.note and hidden else blank(item.note),
        context=tuple(_redacted_context(one, blank) for one in item.context),
        versions=tuple(_redacted_version(one, blank) for one in item.versions),
        # A picture cannot be blanked here, so it stays away.
        media=(),
        standing=_withheld(item.standing),
        redacted=touched,
    )


def _redacted_mention(mention: Mention, blank: _Blank, spans: Sequence[tuple[int, int]]) -> Mention:
    author = mention.author
    return replace(
        mention,
        author=replace(
            author,
            remote_id=RemoteId(blank(author.remote_id)),
            handle=blank(author.handle),
            display_name=blank(author.display_name),
        ),
        text=blank(_cut_spans(mention.text, spans)),
        remote_id=RemoteId(blank(mention.remote_id)),
        url=_maybe(blank, mention.url),
        urls=tuple(map(blank, mention.urls)),
        hashtags=tuple(map(blank, mention.hashtags)),
        mentions=tuple(map(blank, mention.mentions)),
        reply_to=None if mention.reply_to is None else RemoteId(blank(mention.reply_to)),
        repost_of=None if mention.repost_of is None else RemoteId(blank(mention.repost_of)),
    )


def _maybe(blank: _Blank, text: str | None) -> str | None:
    return None if text is None else blank(text)


def _cut_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        if 0 <= start < end <= len(text):
            text = text[:start] + MARK + text[end:]
    return text


def _others(item: PacketItem, redaction: Redaction) -> Iterator[str]:
    """Names of everyone in the post besides its sender and the person."""
    if Blanked.OTHERS not in redaction.kinds:
        return
    mine = {one.lstrip("@").casefold() for one in redaction.own}
    author = item.mention.author
    mine |= {author.handle.casefold(), str(author.remote_id).casefold()}
    for name in item.mention.mentions:
        if (plain := name.lstrip("@")).casefold() not in mine:
            yield plain
    for one in item.context:
        post = one.post
        if post.author_handle.casefold() not in mine and str(post.author_remote_id).casefold() not in mine:
            yield from (post.author_handle, str(post.author_remote_id), post.author_name)


def _names_others(item: PacketItem, redaction: Redaction) -> bool:
    """Bytes as received name people by ids that no handle gives away: withheld when anyone is named."""
    return Blanked.OTHERS in redaction.kinds and bool(item.mention.mentions or item.mention.reply_to)


def _redacted_context(one: ContextItem, blank: _Blank) -> ContextItem:
    """Threads are full of other people: their bytes always stay away from a redacted copy."""
    post = one.post
    shown: ContextPost = replace(
        post,
        remote_id=RemoteId(blank(post.remote_id)),
        author_remote_id=RemoteId(blank(post.author_remote_id)),
        author_handle=blank(post.author_handle),
        author_name=blank(post.author_name),
        text=blank(post.text),
        url=_maybe(blank, post.url),
    )
    return replace(one, post=shown, sealed=replace(one.sealed, withheld=True))


def _redacted_version(one: VersionItem, blank: _Blank) -> VersionItem:
    version = replace(one.version, text=blank(one.version.text))
    return replace(one, version=version, sealed=replace(one.sealed, withheld=True))


def _withheld(standing: StandingItem | None) -> StandingItem | None:
    """A platform's answer about a post names people too."""
    if standing is None:
        return None
    return replace(standing, sealed=tuple(replace(one, withheld=True) for one in standing.sealed))


def _without_spans(verdict: Classification | None, blank: _Blank) -> Classification | None:
    """Where in the text a reason stood says how long the blanks are."""
    if verdict is None:
        return None
    return replace(
        verdict, reasons=tuple(replace(one, name=blank(one.name), spans=()) for one in verdict.reasons)
    )


def _section(one: CoordinationSection, blank: _Blank) -> CoordinationSection:
    reasons = tuple(replace(reason, sentence=blank(reason.sentence)) for reason in one.reasons)
    return replace(one, members=tuple(map(blank, one.members)), reasons=reasons)
