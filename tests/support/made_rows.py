"""Made-up inbox rows for tests of the window."""

from datetime import UTC, datetime

from core.domain.classification import Category, Decider, Reason
from core.domain.ids import MentionId, SenderId
from core.domain.inbox import InboxRow
from core.domain.mention import MentionKind

WHEN = datetime(2026, 3, 1, tzinfo=UTC)


def made_row(
    number: int = 1,
    text: str = "you grobble of a person",
    *,
    spans: tuple[tuple[int, int], ...] = ((4, 11),),
    abusive: bool | None = True, in_scope: bool | None = True, followed: bool = False,
) -> InboxRow:  # fmt: skip
    """One message by a made-up sender; hidden unless told otherwise."""
    reasons = (Reason(Category.INSULT, Decider.LEXICON, "english:grobble", spans),) if abusive else ()
    return InboxRow(
        MentionId(number), SenderId(number), None, "testland", f"p{number}", "mean", "Mean One", followed,
        False, False, MentionKind.REPLY, text, "en", None, WHEN, WHEN, number, None, abusive, in_scope, "en",
        (Category.INSULT,) if abusive else (), reasons, {}, "words@1", 0.5, None, 0,
    )  # fmt: skip
