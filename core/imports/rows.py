"""From one row's cells to a mention."""

from collections.abc import Mapping

from core.domain.ids import PlatformName, RemoteId
from core.domain.mention import Author, Mention, MentionKind
from core.imports import values


def mention_from(untrusted_row: Mapping[str, object], platform: PlatformName) -> Mention:
    """The mention a row describes. Raises `RowProblem` when a cell cannot be understood.

    Names outside `columns.COLUMNS` are ignored. A missing handle falls back to the author's id, a
    missing display name to the handle, so that there is always something to show.
    """
    cell = untrusted_row.get
    reply_to = values.optional_id(cell("reply_to"), "reply_to")
    repost_of = values.optional_id(cell("repost_of"), "repost_of")
    return Mention(
        platform=platform,
        remote_id=RemoteId(values.required_id(cell("post_id"), "post_id")),
        author=_author(untrusted_row),
        kind=_kind(reply_to, repost_of),
        text=values.required_text(cell("text"), "text"),
        created_at=values.optional_date(cell("created_at"), "created_at"),
        lang=values.optional_text(cell("lang"), "lang"),
        url=values.optional_text(cell("url"), "url"),
        urls=values.optional_list(cell("urls"), "urls"),
        hashtags=values.optional_list(cell("hashtags"), "hashtags"),
        mentions=values.optional_list(cell("mentions"), "mentions"),
        reply_to=None if reply_to is None else RemoteId(reply_to),
        repost_of=None if repost_of is None else RemoteId(repost_of),
    )


def _author(untrusted_row: Mapping[str, object]) -> Author:
    cell = untrusted_row.get
    remote_id = values.required_id(cell("author_id"), "author_id")
    handle = values.optional_text(cell("author_handle"), "author_handle")
    handle = (handle or "").removeprefix("@") or remote_id
    return Author(
        remote_id=RemoteId(remote_id),
        handle=handle,
        display_name=values.optional_text(cell("author_name"), "author_name") or handle,
        created_at=values.optional_date(cell("author_created_at"), "author_created_at"),
        followed=values.optional_flag(cell("author_followed"), "author_followed"),
    )


def _kind(reply_to: str | None, repost_of: str | None) -> MentionKind:
    if repost_of is not None:
        return MentionKind.REPOST
    return MentionKind.IMPORTED if reply_to is None else MentionKind.REPLY
