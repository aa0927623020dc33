"""From a notification as Bluesky sends it to a `Mention`.

Nothing in a notification is trusted: its record was written by the sender, who may not have used an
ordinary app. What identifies the post must be there, or `Unreadable` names the field; everything
else is taken when it has the right shape and left out when not.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from core.connectors.bluesky.pictures import attachments_in
from core.connectors.bluesky.session import PLATFORM
from core.connectors.bluesky.shapes import (
    as_object,
    author_of,
    maybe_object,
    moment,
    objects,
    optional_text,
    text_in,
    web_address,
)
from core.connectors.untrusted_json import Unreadable, readable
from core.domain.ids import RemoteId
from core.domain.mention import Mention, MentionKind

KINDS: Final = {
    "reply": MentionKind.REPLY,
    "mention": MentionKind.MENTION,
    "quote": MentionKind.QUOTE,
}
# A post holds 3,000 bytes of text; lists longer than this are an attack. The raw bytes keep them all.
_MOST_ITEMS: Final = 100


def map_notification(untrusted: object, own_did: RemoteId) -> Mention:
    """The mention in one notification. Raises `Unreadable` naming the field that is wrong."""
    note = as_object(untrusted, "notification")
    kind = KINDS.get(text_in(note, "reason"))
    if kind is None:
        raise Unreadable("reason: not one that was asked for")
    record = as_object(note.get("record"), "record")
    author = author_of(note.get("author"))
    uri = text_in(note, "uri")
    features = list(_features(record))
    return Mention(
        platform=PLATFORM,
        remote_id=RemoteId(readable(uri)),
        author=author,
        kind=kind,
        text=readable(text_in(record, "text")),
        created_at=moment(record.get("createdAt")),
        lang=_first_text(record.get("langs")),
        url=web_address(uri, author.remote_id),
        urls=_unique(_urls(record, features)),
        hashtags=_unique(_hashtags(record, features)),
        mentions=_unique(_values(features, "mention", "did")),
        reply_to=_reply_to(record),
        repost_of=_shared(record, own_did),
        version=optional_text(note.get("cid")),
        answers=_quoted(record) if kind is MentionKind.QUOTE else _reply_to(record),
        attachments=attachments_in(record, author.remote_id),
    )


def _features(record: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    for facet in objects(record.get("facets")):
        yield from objects(facet.get("features"))


def _values(features: list[Mapping[str, object]], kind: str, name: str) -> Iterator[object]:
    for feature in features:
        if feature.get("$type") == f"app.bsky.richtext.facet#{kind}":
            yield feature.get(name)


def _urls(record: Mapping[str, object], features: list[Mapping[str, object]]) -> Iterator[object]:
    yield from _values(features, "link", "uri")
    embed = maybe_object(record.get("embed"))
    for holder in (embed, maybe_object(embed.get("media"))):
        yield maybe_object(holder.get("external")).get("uri")


def _hashtags(record: Mapping[str, object], features: list[Mapping[str, object]]) -> Iterator[object]:
    yield from _values(features, "tag", "tag")
    tags = record.get("tags")
    yield from tags if isinstance(tags, list) else ()


def _reply_to(record: Mapping[str, object]) -> RemoteId | None:
    parent = maybe_object(maybe_object(record.get("reply")).get("parent"))
    uri = optional_text(parent.get("uri"))
    return RemoteId(uri) if uri else None


def _quoted(record: Mapping[str, object]) -> RemoteId | None:
    quoted = maybe_object(maybe_object(record.get("embed")).get("record"))
    # With pictures or a link beside the quote, the reference sits one level deeper.
    uri = optional_text(quoted.get("uri")) or optional_text(maybe_object(quoted.get("record")).get("uri"))
    return RemoteId(uri) if uri else None


def _shared(record: Mapping[str, object], own_did: RemoteId) -> RemoteId | None:
    """The post quoted, unless it is the person's own: that is why it arrived, not something shared."""
    uri = _quoted(record)
    return None if uri is None or uri.startswith(f"at://{own_did}/") else uri


def _unique(untrusted_values: Iterator[object]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in untrusted_values:
        text = optional_text(value)
        if text and len(found) < _MOST_ITEMS:
            found[text] = None
    return tuple(found)


def _first_text(untrusted: object) -> str | None:
    return optional_text(untrusted[0]) if isinstance(untrusted, list) and untrusted else None
