"""Everything captured around mentions: are they still there, what did they answer, their pictures."""

from dataclasses import dataclass, replace
from typing import Final

from app.jobs.context import JobContext
from app.services.accounts import AccountService
from app.services.conversations import ConversationReport, ConversationService
from app.services.media import MediaService
from app.services.recheck import RecheckReport, RecheckService
from core.domain.capture import ContextPost, Media, MentionVersion, Standing, TakedownLine
from core.domain.ids import MentionId
from core.errors import AppError
from core.ports import Clock
from core.storage import Store

# What follows one sync at most, so that a long backlog is worked off in the background over many.
_POSTS: Final = 500
_CONVERSATIONS: Final = 60


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around one mention.

    `conversation_waits`: still to be fetched. `can_check` and `picture_hosts` (empty: cannot) say what a
    connected account could ask for.
    """

    mention_id: MentionId
    standing: Standing | None = None
    conversation: tuple[ContextPost, ...] = ()
    conversation_waits: bool = False
    media: tuple[Media, ...] = ()
    versions: tuple[MentionVersion, ...] = ()
    can_check: bool = False
    picture_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was captured after a sync."""

    conversations: ConversationReport
    rechecks: RecheckReport

    @property
    def stopped_by(self) -> AppError | None:
        """The first error that ended a part early."""
        return self.conversations.stopped_by or self.rechecks.stopped_by


class CaptureService:
    """The door to captures; `rechecks` and `media` do what the person asks for."""

    def __init__(self, store: Store, accounts: AccountService, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self.rechecks = RecheckService(store, accounts, clock)
        self.media = MediaService(store, accounts, clock)
        self._conversations = ConversationService(store, accounts, clock)

    def follow_up(self, context: JobContext) -> FollowUp:
        """After a sync: conversations of new mentions, then posts whose time to be looked for has come."""
        return FollowUp(self._conversations.due(context, _CONVERSATIONS), self.rechecks.due(context, _POSTS))

    def around(self, mention_id: MentionId) -> Surroundings:
        """What is known around one mention. Raises `NotFound`."""
        with self._store.read() as unit:
            platform = unit.mentions.get(mention_id).mention.platform
            found = Surroundings(
                mention_id=mention_id,
                standing=unit.standings.many([mention_id]).get(mention_id),
                conversation=unit.contexts.of([mention_id]).get(mention_id, ()),
                conversation_waits=unit.contexts.is_waiting(mention_id),
                media=unit.media.of([mention_id]).get(mention_id, ()),
                versions=unit.versions.of([mention_id]).get(mention_id, ()),
            )
            connected = {account.platform for account in unit.accounts.all()}
        infos = [one for one in self._accounts.available() if one.platform == platform]
        if not infos or platform not in connected:
            return found
        return replace(found, can_check=infos[0].checks_posts, picture_hosts=infos[0].picture_hosts)

    def ledger(self) -> tuple[TakedownLine, ...]:
        """How many posts are gone: a line per platform, then one per campaign."""
        with self._store.read() as unit:
            return unit.standings.ledger()
