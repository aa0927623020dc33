"""What a post answers: `getPostThread` upwards, sealed whole and read post by post."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from core.connectors.bluesky.session import Session, error_name, refusal, xrpc
from core.connectors.bluesky.shapes import (
    as_object,
    author_of,
    maybe_object,
    moment,
    post_parts,
    text_in,
    web_address,
)
from core.connectors.http import Request
from core.connectors.untrusted_json import Unreadable, parse_json, readable
from core.domain.capture import Answered, ContextPost, ContextRole, Conversation
from core.domain.ids import RemoteId
from core.errors import PlatformGarbled

# Each post above nests one level deeper in the answer, and 64 levels are read at most.
_MOST_ABOVE: Final = 40


def conversation(session: Session, origin: str, own_did: RemoteId, post: RemoteId) -> Conversation | None:
    """`post` and what stands above it; None when it is gone or not shown to the person."""
    if post_parts(post) is None:
        return None
    params = (("uri", post), ("depth", "0"), ("parentHeight", str(_MOST_ABOVE)))
    path = xrpc("app.bsky.feed.getPostThread")
    answer = session.ask(Request("GET", path, params))
    if answer.status == 400 and error_name(answer) == "NotFound":
        return None
    if answer.status != 200:
        raise refusal(answer)
    try:
        thread = maybe_object(maybe_object(parse_json(answer.body)).get("thread"))
    except Unreadable as error:
        raise PlatformGarbled(platform="bluesky", what=str(error)) from error
    posts, cut = _posts(thread, own_did)
    if not posts:
        return None
    asked = f"{origin}{path}?{urlencode(params)}"
    return Conversation(posts, cut, Answered(asked, 200, answer.body, answer.date))


def _posts(thread: Mapping[str, object], own_did: RemoteId) -> tuple[tuple[ContextPost, ...], bool]:
    """From the oldest to the one asked for; a post that cannot be read leaves a gap."""
    found: list[ContextPost] = []
    cut = False
    while thread:
        view = maybe_object(thread.get("post"))
        try:
            found.append(_post(view, own_did))
        except Unreadable:
            cut = True
        above = maybe_object(thread.get("parent"))
        if not above:
            # The beginning, or as far up as was asked.
            cut = cut or "reply" in maybe_object(view.get("record"))
        thread = above
    return tuple(reversed(found)), cut


def _post(view: Mapping[str, object], own_did: RemoteId) -> ContextPost:
    author = author_of(view.get("author"))
    record = as_object(view.get("record"), "record")
    uri = text_in(view, "uri")
    return ContextPost(
        role=ContextRole.OWN if author.remote_id == own_did else ContextRole.BEFORE,
        remote_id=RemoteId(uri),
        author_remote_id=author.remote_id,
        author_handle=author.handle,
        author_name=author.display_name,
        text=readable(text_in(record, "text")),
        created_at=moment(record.get("createdAt")),
        url=web_address(uri, author.remote_id),
    )
