"""Asking one authority for a time stamp."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import randbits

from core.anchoring.authorities import Authority
from core.anchoring.post import post
from core.anchoring.refusal import Refused, Why
from core.anchoring.rfc3161 import NONCE_BYTES, Stamp, check_answer, question

Post = Callable[[str, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One authority asked: `stamp` when its token holds, else `why` not. `token`: what came back, or None."""

    authority: Authority
    token: bytes | None
    stamp: Stamp | None
    why: Why | None = None


def ask_for_stamp(root: bytes, authority: Authority, send: Post = post) -> Attempt:
    """Ask it to stamp a root (32 bytes). A failure of any kind is in the answer, never raised."""
    nonce = randbits(8 * NONCE_BYTES)
    try:
        token = send(authority.url, question(root, nonce))
        stamp = check_answer(token, root, authority.roots, nonce=nonce)
    except Refused as refused:
        return Attempt(authority, refused.untrusted_answer, None, refused.why)
    return Attempt(authority, token, stamp)
