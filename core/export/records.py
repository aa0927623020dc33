"""One item as a JSON record (the exact copy) and as a spreadsheet row (for looking through)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from core.domain.classification import Classification
from core.domain.evidence import EvidenceEntry
from core.export.blanks import blanked
from core.export.contents import PacketItem
from core.export.spreadsheet import cell

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

COLUMNS: Final = (
    "seq",
    "posted_at_utc",
    "received_at_utc",
    "sealed_at_utc",
    "platform",
    "handle",
    "sender_id",
    "display_name",
    "text",
    "url",
    "post_id",
    "kind",
    "language",
    "note_by_the_person",
    "assessed_as",
    "model",
    "groups",
    "sha256_of_sealed_bytes",
)


def utc(at: datetime | None) -> str | None:
    """ISO 8601 with microseconds in UTC, ending in Z."""
    if at is None:
        return None
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def sealed_at(envelope: dict[str, Any]) -> datetime:
    """The wall clock when the entry was sealed."""
    return _EPOCH + timedelta(microseconds=envelope["recv_utc_us"])


def json_line(record: Mapping[str, object]) -> bytes:
    """A record as one line of JSON. Lone surrogates, should any appear, become JSON escapes."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def table_row(item: PacketItem, envelope: dict[str, Any]) -> list[str]:
    """The item as cells that no spreadsheet runs, in the order of `COLUMNS`."""
    mention, verdict = item.mention, item.classification
    cells = (
        item.entry.seq,
        utc(mention.created_at),
        utc(item.received_at),
        None if item.redacted else utc(sealed_at(envelope)),
        mention.platform,
        mention.author.handle,
        mention.author.remote_id,
        mention.author.display_name,
        mention.text,
        mention.url,
        mention.remote_id,
        mention.kind.value,
        mention.lang,
        item.note,
        " ".join(one.value for one in verdict.categories) if verdict else None,
        verdict.model.label if verdict else None,
        " ".join(item.group_keys),
        None if item.redacted else envelope["sha256"],
    )
    return [cell("" if one is None else str(one)) for one in cells]


def item_record(item: PacketItem, envelope: dict[str, Any], raw: str | None) -> dict[str, object]:
    """Everything about an item; `raw` is the file under `data/` that holds its bytes, if one does."""
    record: dict[str, object] = {
        "seq": int(item.entry.seq),
        "sealed_at": None if item.redacted else utc(sealed_at(envelope)),
        "received_at": utc(item.received_at),
        "post": _post(item),
        "sender": _sender(item),
        "note_by_the_person": item.note,
        "sealed": sealed(item.entry, envelope, raw, withheld=item.redacted),
        "our_assessment": _assessment(item.classification),
        "our_groups": list(item.group_keys),
    }
    if item.redacted:
        record["blanked"] = blanked({"post": record["post"], "sender": record["sender"]})
    return record


def sealed(
    entry: EvidenceEntry, envelope: dict[str, Any], raw: str | None, *, withheld: bool
) -> dict[str, object]:
    """The proof of one entry. A withheld one shows its leaf alone: the envelope names the hash of the
    bytes, from which a short blanked word could be guessed; the salt in it keeps the leaf silent."""
    shown: dict[str, object] = {"leaf": entry.leaf.hex(), "proof": f"proofs/{entry.seq}.tlog-proof"}
    if withheld:
        return {"envelope": None, **shown, "raw": None, "erased": False, "redacted": True}
    erased = raw is None and envelope["sha256"] is not None
    return {"envelope": entry.envelope.decode("utf-8"), **shown, "raw": raw, "erased": erased}


def _post(item: PacketItem) -> dict[str, object]:
    mention = item.mention
    return {
        "platform": mention.platform,
        "id": mention.remote_id,
        "url": mention.url,
        "kind": mention.kind.value,
        "text": mention.text,
        "language_as_given": mention.lang,
        "created_at": utc(mention.created_at),
        "links": list(mention.urls),
        "hashtags": list(mention.hashtags),
        "mentions": list(mention.mentions),
        "reply_to": mention.reply_to,
        "repost_of": mention.repost_of,
        "version": mention.version,
    }


def _sender(item: PacketItem) -> dict[str, object]:
    author = item.mention.author
    return {
        "id": author.remote_id,
        "handle": author.handle,
        "display_name": author.display_name,
        "account_created_at": utc(author.created_at),
        "names_seen": [
            {"handle": one.handle, "display_name": one.display_name, "seen_at": utc(one.seen_at)}
            for one in item.names
        ],
    }


def _assessment(verdict: Classification | None) -> dict[str, object] | None:
    if verdict is None:
        return None
    return {
        "categories": [one.value for one in verdict.categories],
        "scores": verdict.scores,
        "threshold": verdict.threshold,
        "reasons": [
            {"category": r.category.value, "decided_by": r.decider.value, "name": r.name, "spans": r.spans}
            for r in verdict.reasons
        ],
        "language": verdict.language,
        "model_valid_for_language": verdict.in_scope,
        "model": verdict.model.label,
        "model_sha256": verdict.model.weights_sha256,
    }
