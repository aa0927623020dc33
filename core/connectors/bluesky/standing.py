"""Whether posts are still there, asked of the person's own service.

One `getPosts` names up to 25 posts. What it leaves out may be deleted, removed by moderators, of an
account that is gone, closed or suspended, or merely not shown because one of the two blocks the other.
So the authors are asked for next (`getProfiles`, then `getProfile` for those it leaves out, whose error
says which of the three), and each post left over by its record, which a block does not hide. The
sender's server is asked nothing: all of it is answered by the person's service from its own index.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from core.connectors.bluesky.session import Session, error_name, refusal, xrpc
from core.connectors.bluesky.shapes import author_of, maybe_object, objects, post_parts
from core.connectors.http import Answer, Request
from core.connectors.untrusted_json import Unreadable, parse_json, parse_page
from core.domain.capture import Answered, PostRef, PostState, PostStatus
from core.domain.ids import RemoteId
from core.domain.mention import Author
from core.errors import PlatformGarbled

# The service's own maximum for getPosts and getProfiles.
MOST: Final = 25
_LABELERS: Final = "atproto-content-labelers"
_TAKEN_DOWN: Final = frozenset({"!takedown", "!suspend"})
_BY_ERROR: Final = {"AccountTakedown": PostState.SUSPENDED, "AccountDeactivated": PostState.DEACTIVATED}
_BLOCKS: Final = ("blocking", "blockedBy", "blockingByList", "blockedByList")


@dataclass(frozen=True, slots=True)
class _Found:
    """One item of a list: the answer that holds it, cut to its own bytes, and its value."""

    answer: Answered
    value: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list answered: items by id, the whole answer, and who labels for this service."""

    items: Mapping[str, _Found]
    whole: Answered
    labelers: tuple[str, ...]


class PostChecks:
    """Asks as one signed-in account."""

    def __init__(self, session: Session, origin: str) -> None:
        self._session = session
        self._origin = origin

    def check(self, posts: Sequence[PostRef]) -> tuple[PostStatus, ...]:
        """One status per post, in order; at most `MOST` posts."""
        # One address that is none would make the service refuse all of them.
        ours = [one for one in posts if (post_parts(one.post) or ("", ""))[0] == one.author]
        found: dict[RemoteId, PostStatus] = {}
        if ours:
            listed = self._list("app.bsky.feed.getPosts", "uris", [one.post for one in ours], "posts", "uri")
            found = {one.post: _up(one, listed.items[one.post]) for one in ours if one.post in listed.items}
            missing = [one for one in ours if one.post not in found]
            if missing:
                found |= self._missing(missing, listed)
        return tuple(found.get(one.post) or PostStatus(one.post, PostState.UNKNOWN, ()) for one in posts)

    def _missing(self, posts: Sequence[PostRef], listed: _Listed) -> dict[RemoteId, PostStatus]:
        authors = list(dict.fromkeys(one.author for one in posts))
        profiles = self._list("app.bsky.actor.getProfiles", "actors", authors, "profiles", "did")
        lost = {did: self._lost_account(did) for did in authors if did not in profiles.items}
        found: dict[RemoteId, PostStatus] = {}
        for one in posts:
            if one.author in lost:
                state, answer = lost[one.author]
                found[one.post] = PostStatus(one.post, state, (listed.whole, profiles.whole, answer))
                continue
            profile = profiles.items[one.author]
            state, answers = self._left_out(one, profile.value, listed.labelers)
            author = _author(profile.value)
            found[one.post] = PostStatus(one.post, state, (listed.whole, profile.answer, *answers), author)
        return found

    def _lost_account(self, did: RemoteId) -> tuple[PostState, Answered]:
        """Why an account is not listed."""
        answer, told = self._ask("app.bsky.actor.getProfile", (("actor", did),))
        state = _BY_ERROR.get(error_name(answer), PostState.UNKNOWN)
        if error_name(answer) == "InvalidRequest" and _message(answer) == "Profile not found":
            state = PostState.ACCOUNT_GONE
        return state, told

    def _left_out(
        self, one: PostRef, profile: Mapping[str, object], labelers: Sequence[str]
    ) -> tuple[PostState, tuple[Answered, ...]]:
        """Why a post of an account that is there is not listed."""
        did, key = post_parts(one.post) or ("", "")
        params = (("repo", did), ("collection", "app.bsky.feed.post"), ("rkey", key))
        answer, record = self._ask("com.atproto.repo.getRecord", params)
        if error_name(answer) == "RecordNotFound":
            return PostState.DELETED, (record,)
        if answer.status != 200:
            return PostState.UNKNOWN, (record,)
        viewer = maybe_object(profile.get("viewer"))
        if any(viewer.get(name) for name in _BLOCKS) or not labelers:
            return PostState.HIDDEN, (record,)
        wanted = (("uriPatterns", one.post), *(("sources", source) for source in labelers))
        answer, labels = self._ask("com.atproto.label.queryLabels", wanted)
        removed = answer.status == 200 and _taken_down(answer, one.post)
        return PostState.REMOVED if removed else PostState.HIDDEN, (record, labels)

    def _list(self, nsid: str, name: str, ids: Sequence[str], key: str, id_name: str) -> _Listed:
        answer, told = self._ask(nsid, tuple((name, one) for one in ids))
        if answer.status != 200:
            raise refusal(answer)
        try:
            slices, others = parse_page(answer.body, key)
        except Unreadable as error:
            raise PlatformGarbled(platform="bluesky", what=str(error)) from error
        if key in others:
            raise PlatformGarbled(platform="bluesky", what=key)
        items: dict[str, _Found] = {}
        for one in slices:
            value = maybe_object(one.value)
            ident = value.get(id_name)
            if isinstance(ident, str):
                items[ident] = _Found(Answered(told.asked, 200, one.raw, told.server_date), value)
        labelers = answer.headers.get(_LABELERS, "")
        dids = (one.partition(";")[0].strip() for one in labelers.split(","))
        return _Listed(items, told, tuple(did for did in dids if did.startswith("did:")))

    def _ask(self, nsid: str, params: tuple[tuple[str, str], ...]) -> tuple[Answer, Answered]:
        """One answer, also when it is a refusal; a failing server raises."""
        answer = self._session.ask(Request("GET", xrpc(nsid), params))
        if answer.status not in (200, 400, 404):
            raise refusal(answer)
        asked = f"{self._origin}{xrpc(nsid)}?{urlencode(params)}"
        return answer, Answered(asked, answer.status, answer.body, answer.date)


def _up(one: PostRef, found: _Found) -> PostStatus:
    return PostStatus(one.post, PostState.UP, (found.answer,), _author(found.value.get("author")))


def _author(untrusted: object) -> Author | None:
    try:
        return author_of(untrusted)
    except Unreadable:
        return None


def _message(answer: Answer) -> str:
    try:
        fields = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    return str(fields.get("message", "")) if isinstance(fields, dict) else ""


def _taken_down(answer: Answer, uri: str) -> bool:
    try:
        fields = maybe_object(parse_json(answer.body))
    except Unreadable:
        return False
    return any(
        label.get("uri") == uri and label.get("val") in _TAKEN_DOWN and not label.get("neg")
        for label in objects(fields.get("labels"))
    )
