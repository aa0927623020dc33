"""What the core asks of the outside world, as Protocols.

The store is not here: there is one store, it opens in milliseconds, and tests use the real one
(docs/decisions/0003-one-store.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from core.domain.account import Account
from core.domain.capture import Answered, Conversation, PostRef, PostStatus
from core.domain.classification import Category, Classification, ModelInfo
from core.domain.evidence import Moment
from core.domain.ids import PlatformName, RemoteId
from core.domain.mention import Attachment, Page
from core.domain.response import ActionKind


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The current time, aware, UTC."""
        ...

    def moment(self) -> Moment:
        """A reading of every clock, for the evidence log."""
        ...


class SecretStore(Protocol):
    """Where sign-ins are kept. Raises `KeyringLocked` or `KeyringMissing`; never falls back."""

    def get(self, name: str) -> str | None:
        """The secret, or None when there is none by this name."""
        ...

    def set(self, name: str, secret: str) -> None:
        """Store or replace a secret."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret; not an error when there is none."""
        ...


class Classifier(Protocol):
    """Scores texts on this machine."""

    @property
    def model(self) -> ModelInfo:
        """The weights in use."""
        ...

    def classify(self, texts: Sequence[str]) -> list[Classification]:
        """One verdict per text, in order. Any text is accepted, the empty one too.

        Equal folded texts are scored once per call. Raises `ModelUnusable`.
        """
        ...


@dataclass(frozen=True, slots=True)
class ConnectorInfo:
    """What a platform needs and can do; dialogs and buttons are drawn from it.

    An action missing from `actions` is not offered. `public_actions` can be seen by other people.
    `actions_per_minute` is the pace that stays well inside the platform's limits.
    """

    platform: PlatformName
    title: str
    default_service: str
    handle_hint: str
    secret_hint: str
    actions: frozenset[ActionKind]
    public_actions: frozenset[ActionKind]
    actions_per_minute: int
    # Its connectors are `ChecksPosts`.
    checks_posts: bool = False
    # The servers its connectors, being `ServesPictures`, ask for pictures; none: they are not.
    picture_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A successful sign-in: who it is, and the secret to keep for next time."""

    remote_id: RemoteId
    handle: str
    service_url: str
    secret: str


@dataclass(frozen=True, slots=True)
class RemoteTarget:
    """Whom an action hits, in the platform's terms.

    `post`, `version` and `category` are set for a report on a post; `reason` is sent along with it.
    """

    sender: RemoteId
    post: RemoteId | None = None
    version: str | None = None
    reason: str = ""
    category: Category | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform's answer to an action.

    `already` means the state existed before: undoing the batch must not remove it.
    `ref` is what undo needs, such as a block record's URI.
    """

    already: bool
    ref: str | None


class Connector(Protocol):
    """One signed-in account on one platform.

    Every method raises only `AppError` children: `SignInNeeded`, `WaitNeeded`, `Offline`,
    `PlatformRefused`, `PlatformGarbled`, and for actions `OutcomeUnknown`.
    """

    def fetch_mentions(self, cursor: str | None, since: datetime | None) -> Page:
        """One page, newest first: from the top when `cursor` is None, else after it.

        The walk ends (`Page.cursor` is None) at the end of what the platform has, or once a whole
        page was indexed before `since`. Items that cannot be parsed come back with a problem, raw.
        """
        ...

    def act(self, kind: ActionKind, target: RemoteTarget) -> Receipt:
        """Mute, block or report."""
        ...

    def undo(self, kind: ActionKind, target: RemoteTarget, ref: str | None) -> None:
        """Take back a mute or block made with `act`. Reports cannot be taken back: `UnsupportedHere`."""
        ...

    def close(self) -> None:
        """Release the network connection."""
        ...


@runtime_checkable
class ChecksPosts(Protocol):
    """A connector that can say whether posts are still there, without the senders learning of it.

    Only the person's own service is asked. Raises like `Connector`.
    """

    @property
    def posts_per_check(self) -> int:
        """How many posts one call may name."""
        ...

    def check_posts(self, posts: Sequence[PostRef]) -> tuple[PostStatus, ...]:
        """One status per post, in order. What cannot be told is `UNKNOWN`."""
        ...


@runtime_checkable
class ShowsConversations(Protocol):
    """A connector that can show what a post answers."""

    def conversation(self, post: RemoteId) -> Conversation | None:
        """`post` and the posts above it, oldest first; None when the platform shows it no more.

        `post` is a mention's `Mention.answers`. Raises like `Connector`.
        """
        ...


@runtime_checkable
class ServesPictures(Protocol):
    """A connector that can fetch a post's pictures from the platform's own picture server."""

    def picture(self, attachment: Attachment) -> Answered | None:
        """The file as served; None when it is gone. Raises like `Connector`, and `UnsupportedHere`
        for an attachment that names nothing on the platform's own servers."""
        ...


class Platform(Protocol):
    """The door to one platform, listed in the registry."""

    @property
    def info(self) -> ConnectorInfo:
        """What it needs and can do; reading it imports nothing heavy."""
        ...

    def sign_in(self, handle: str, secret: str, service_url: str) -> SignedIn:
        """Check a sign-in. Raises `SignInRefused`, `Offline`, `WaitNeeded`, `PlatformGarbled`."""
        ...

    def open(self, account: Account, secrets: SecretStore) -> Connector:
        """A connector for a stored account; renewed tokens are written back to `secrets`."""
        ...
