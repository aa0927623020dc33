"""Asking authorities in order until one gives a token that holds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from secrets import randbits

from core.anchoring.authorities import Authority
from core.anchoring.post import post
from core.anchoring.refusal import Refused, Why
from core.anchoring.rfc3161 import NONCE_BYTES, Stamp, check_answer, question

Post = Callable[[str, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One authority asked: `stamp` when its token holds, else `why` not. `token` is what came back, if any."""

    authority: Authority
    token: bytes | None
    stamp: Stamp | None
    why: Why | None = None


def attempts(root: bytes, authorities: Iterable[Authority], send: Post = post) -> Iterator[Attempt]:
    """Ask one after the other, ending with the first whose token holds; none of them stops the next."""
    for authority in authorities:
        attempt = _attempt(root, authority, send)
        yield attempt
        if attempt.stamp is not None:
            return


def _attempt(root: bytes, authority: Authority, send: Post) -> Attempt:
    nonce = randbits(8 * NONCE_BYTES)
    try:
        token = send(authority.url, question(root, nonce))
        stamp = check_answer(token, root, authority.roots, nonce=nonce)
    except Refused as refused:
        return Attempt(authority, refused.untrusted_answer, None, refused.why)
    return Attempt(authority, token, stamp)
