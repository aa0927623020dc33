"""What stands beside the items: threads, pictures, whether posts are still up, and anchors of the log."""

from core.domain.evidence import Anchor
from core.export.blanks import blanked
from core.export.contents import ContextItem, MediaItem, StandingItem, VersionItem
from core.export.records import utc


def context_record(item: int, one: ContextItem) -> dict[str, object]:
    """A post of the thread around an item. `role` own: the person's own words."""
    post = one.post
    record: dict[str, object] = {
        "item": item,
        "role": post.role.value,
        "post": {
            "id": post.remote_id,
            "url": post.url,
            "text": post.text,
            "created_at": utc(post.created_at),
        },
        "author": {
            "id": post.author_remote_id,
            "handle": post.author_handle,
            "display_name": post.author_name,
        },
        "sealed_as": int(one.sealed.entry.seq),
    }
    if one.sealed.withheld:
        record["blanked"] = blanked({"post": record["post"], "author": record["author"]})
    return record


def version_record(item: int, one: VersionItem) -> dict[str, object]:
    """A later text of the item itself, as the platform showed it after an edit."""
    version = one.version
    record: dict[str, object] = {
        "item": item,
        "role": "later-text",
        "post": {"id": None, "url": None, "text": version.text, "created_at": None},
        "author": None,
        "seen_at": utc(version.seen_at),
        "sealed_as": int(one.sealed.entry.seq),
    }
    if one.sealed.withheld:
        record["blanked"] = blanked({"post": record["post"], "author": None})
    return record


def media_record(item: int, one: MediaItem, file: str | None) -> dict[str, object]:
    """A picture or film: its file under `data/`, None when it was erased, and what it is."""
    media = one.media
    return {
        "item": item,
        "position": media.position,
        "file": file,
        "type": media.media_type,
        "kind": media.attachment.kind,
        "description_given": media.attachment.alt,
        "width": media.width,
        "height": media.height,
        "captured_at": utc(media.captured_at),
        "sealed_as": int(one.sealed.entry.seq),
    }


def standing_records(item: int, one: StandingItem) -> list[dict[str, object]]:
    """Every change we saw, resting on its sealed answer; last, how it stood when last looked for."""
    rows: list[dict[str, object]] = [
        {
            "item": item,
            "state": change.state.value,
            "was": change.was.value,
            "looked_before_at": utc(change.last_at),
            "seen_at": utc(change.seen_at),
            "sealed_as": int(change.entry_seq),
        }
        for change in one.standing.history
    ]
    now = one.standing
    rows.append(
        {
            "item": item,
            "state": now.state.value,
            "since": utc(now.since),
            "checked_at": utc(now.checked_at),
            "sealed_as": None,
        }
    )
    return rows


def sealed_record(seq: int, sealed: dict[str, object]) -> dict[str, object]:
    """An entry of the log that one of the lists above rests on."""
    return {"seq": seq, "sealed": sealed}


def anchor_record(anchor: Anchor, token: str | None) -> dict[str, object]:
    """A root of the log that left the computer; `token` is the authority's answer, a file under `data/`."""
    return {
        "size": anchor.size,
        "root": anchor.root.hex(),
        "kind": anchor.kind.value,
        "receiver": anchor.receiver,
        "made_at": utc(anchor.made_at),
        "attested_at": utc(anchor.attested_at),
        "token": token,
    }
