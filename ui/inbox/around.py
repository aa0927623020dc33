"""What the person asks for around one mention: looking again, pictures, erasing. In workers, as ever."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from app.jobs.changes import ChangeKind
from app.jobs.observer import Lane
from core.domain.ids import MentionId
from ui.background import Background
from ui.messages import Words, words_for
from ui.notices import Notice
from ui.widgets.standing_words import state_sentence
from ui.wording import translate

if TYPE_CHECKING:
    from app.jobs.context import JobContext
    from app.services.bundle import Services
    from app.services.capture import Surroundings
    from app.services.media import PictureReport
    from app.services.recheck import RecheckReport

_CONTEXT: Final = "Around"
_CHANGED: Final = (ChangeKind.MENTIONS, ChangeKind.EVIDENCE)
# Written into the log for good: what was done, no more.
_ERASED: Final = "erased by the person"


class AroundActions:
    """Starts the jobs; what they changed comes back through the ordinary refresh."""

    def __init__(self, services: "Services", background: Background, post: Callable[[Notice], None]) -> None:
        self._services, self._background, self._post = services, background, post

    def read(self, mention_id: MentionId, then: "Callable[[Surroundings], None]") -> None:
        """What is known around a mention."""
        self._background.read("inbox-captures", partial(self._services.captures.around, mention_id), then)

    def check(self, mention_id: MentionId) -> None:
        """Look whether the post is still there."""
        captures = self._services.captures

        def work(context: "JobContext") -> "tuple[RecheckReport, Surroundings]":
            return captures.rechecks.now([mention_id], context), captures.around(mention_id)

        self._background.start(
            f"recheck-{mention_id}",
            translate(_CONTEXT, "Looking whether it is still there"),
            work,
            self._checked,
            lane=Lane.NETWORK,
            changes=_CHANGED,
        )

    def fetch(self, mention_id: MentionId) -> None:
        """Fetch the pictures of a post; the person has agreed."""
        fetch = self._services.captures.media.fetch
        self._background.start(
            f"pictures-{mention_id}",
            translate(_CONTEXT, "Fetching pictures"),
            partial(fetch, mention_id),
            self._fetched,
            lane=Lane.NETWORK,
            changes=_CHANGED,
        )

    def refuse(self, mention_id: MentionId) -> None:
        """Do not offer the pictures of a post again."""
        refuse = self._services.captures.media.refuse
        self._background.start(
            f"pictures-no-{mention_id}", "", lambda _: refuse(mention_id), changes=_CHANGED
        )

    def show(self, media_id: int, then: Callable[[bytes], None]) -> None:
        """The picture, drawn anew by the limited process."""
        self._background.read("inbox-picture", partial(self._services.captures.media.preview, media_id), then)

    def erase(self, media_id: int) -> None:
        """Delete a picture for good; the person has agreed."""
        erase = self._services.captures.media.erase
        self._background.start(
            f"erase-picture-{media_id}",
            "",
            lambda _: erase(media_id, _ERASED),
            self._erased,
            changes=_CHANGED,
        )

    def _checked(self, found: "tuple[RecheckReport, Surroundings]") -> None:
        report, around = found
        if report.stopped_by is not None:
            self._post(Notice(words_for(report.stopped_by)))
            return
        standing = around.standing
        if standing is None or report.unknown:
            title = translate(_CONTEXT, "The platform gave no clear answer")
            self._post(Notice(Words(title, translate(_CONTEXT, "It is asked again tomorrow."), "")))
        else:
            self._post(Notice(Words(state_sentence(standing.state), "", ""), good=True))

    def _fetched(self, report: "PictureReport") -> None:
        if report.stopped_by is not None:
            self._post(Notice(words_for(report.stopped_by)))
        elif report.captured:
            title = translate(_CONTEXT, "Fetched and sealed")
            note = translate(_CONTEXT, "It stays hidden until you ask to see it.")
            self._post(Notice(Words(title, note, ""), good=True))
        else:
            title = translate(_CONTEXT, "No picture could be kept")
            self._post(Notice(Words(title, translate(_CONTEXT, "The message says why."), "")))

    def _erased(self, _: None) -> None:
        self._post(Notice(Words(translate(_CONTEXT, "The picture is erased"), "", ""), good=True))
