"""What is remembered of a campaign, to bytes and back. Sender ids are ours, as text."""

import json
import math
from typing import TYPE_CHECKING

from core.errors import DataDamaged

if TYPE_CHECKING:
    from core.coordination.continuing import Campaign

_VERSION = 1


def encode(memory: "Campaign") -> bytes:
    """The bytes kept in the store."""
    last = None if math.isnan(memory.last) else memory.last
    kept = {
        "version": _VERSION,
        "members": sorted(memory.members),
        "texts": list(memory.texts),
        "things": sorted(memory.things),
        "born": list(memory.born),
        "last": last,
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def decode(key: str, kept: bytes) -> "Campaign":
    """The reverse, under the key it is kept by. Raises `DataDamaged`."""
    from core.coordination.continuing import Campaign

    try:
        found = json.loads(kept)
        return Campaign(
            key=key,
            members=frozenset(found["members"]),
            texts=tuple(found["texts"]),
            things=frozenset(found["things"]),
            born=tuple(found["born"]),
            last=float("nan") if found["last"] is None else float(found["last"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataDamaged(what="campaign memory") from error


def content(memory: "Campaign") -> frozenset[str]:
    """Everything it shared, in one set: texts, links, tag sets, reposts."""
    return memory.things | {f"t:{text}" for text in memory.texts}
