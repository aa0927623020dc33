"""The detail pane's sections for what was captured: strangers' words and pictures only when asked for."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image  # noqa: TID253 - makes the picture

from app.services.capture import Surroundings
from core.domain.capture import (
    ContextPost,
    ContextRole,
    Media,
    MediaState,
    MentionVersion,
    PostState,
    Standing,
    StandingChange,
)
from core.domain.ids import EntrySeq, MentionId, RemoteId, SenderId
from core.domain.inbox import InboxRow
from core.domain.mention import Attachment, MentionKind
from ui.inbox.detail import Detail
from ui.inbox.detail_pane import DetailPane
from ui.inbox.reveal import Reveal
from ui.theme.theme import Theme
from ui.theme.tokens import Scheme
from ui.widgets.buttons import TextButton
from ui.widgets.untrusted_text import PlainLabel

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = MentionId(1)
ROW = InboxRow(
    mention_id=ONE, sender_id=SenderId(1), account_id=None, platform="bluesky", remote_id="p", handle="eve",
    display_name="Eve", followed=False, muted=False, blocked=False, kind=MentionKind.REPLY, text="vile",
    lang="en", url=None, created_at=AT, received_at=AT, entry_seq=4, review=None, abusive=True, in_scope=True,
    language="en", categories=(), reasons=(), scores={}, model_label=None, threshold=None, group_key=None,
    group_size=0,
)  # fmt: skip


def post(role: ContextRole, text: str) -> ContextPost:
    return ContextPost(
        role, RemoteId("r" + text), RemoteId("a"), "bob.test", "Bob", text, AT, None, EntrySeq(5)
    )


def media(number: int, state: MediaState, reason: str | None = None) -> Media:
    kept = state is MediaState.CAPTURED
    return Media(
        number, ONE, number, Attachment("image", "r", "ALT-TEXT"), state, reason,
        "image/png" if kept else None, 9 if kept else None, 9 if kept else None, None, None,
        EntrySeq(6) if kept else None, AT if kept else None,
    )  # fmt: skip


def pane(qtbot: Any, around: Surroundings, row: InboxRow = ROW) -> DetailPane:
    made = DetailPane(Theme(Scheme.LIGHT))
    qtbot.addWidget(made)
    made.show_detail(Detail(row, around=around), Reveal.CATEGORY)
    return made


def words(made: DetailPane) -> str:
    return "\n".join(label.text() for label in made.findChildren(PlainLabel) if label.isVisibleTo(made))


def press(made: DetailPane, text: str) -> None:
    (button,) = [
        one for one in made.findChildren(TextButton) if one.text().startswith(text) and one.isVisibleTo(made)
    ]
    button.click()


def test_own_words_are_shown_and_others_only_when_asked_for(qtbot: Any) -> None:
    posts = (post(ContextRole.OWN, "MY-WORDS"), post(ContextRole.BEFORE, "THEIR-WORDS"))
    made = pane(qtbot, Surroundings(ONE, conversation=posts))
    assert "MY-WORDS" in words(made)
    assert "THEIR-WORDS" not in words(made)
    press(made, "Show what the other")
    assert "THEIR-WORDS" in words(made)
    # Hiding the message hides them again; so does leaving it.
    made.show_level(Reveal.CATEGORY)
    qtbot.wait(1)
    assert "THEIR-WORDS" not in words(made)


def test_a_conversation_still_to_come(qtbot: Any) -> None:
    assert "fetched after the next check" in words(pane(qtbot, Surroundings(ONE, conversation_waits=True)))


def test_later_texts(qtbot: Any) -> None:
    around = Surroundings(ONE, versions=(MentionVersion(ONE, "LATER", "v", AT, EntrySeq(9)),))
    made = pane(qtbot, around)
    assert "changed this post after it was sealed" in words(made)
    assert "LATER" not in words(made)
    press(made, "Show the later texts")
    assert "LATER" in words(made)
    open_row = replace(ROW, abusive=False)
    assert "LATER" in words(pane(qtbot, around, open_row))


@pytest.mark.parametrize("state", list(PostState))
def test_standing(qtbot: Any, state: PostState) -> None:
    change = StandingChange(state, PostState.UP, AT, AT, EntrySeq(7))
    standing = Standing(ONE, state, AT, AT, EntrySeq(7), (change,))
    asked: list[bool] = []
    made = pane(qtbot, Surroundings(ONE, standing=standing, can_check=True))
    made.check_wanted.connect(lambda: asked.append(True))
    shown = words(made)
    assert "Last looked" in shown
    assert ("still there 2026-03-01" in shown) == state.gone
    press(made, "Look again now")
    assert asked == [True]


def test_nothing_is_asked_where_nobody_can(qtbot: Any) -> None:
    made = pane(qtbot, Surroundings(ONE, media=(media(1, MediaState.OFFERED),)))
    texts = [one.text() for one in made.findChildren(TextButton) if one.isVisibleTo(made)]
    assert "Get the pictures for this post…" not in texts
    assert "Look again now" not in texts
    assert "Not wanted" in texts


def test_pictures_are_asked_for_shown_and_hidden(qtbot: Any) -> None:
    around = Surroundings(
        ONE,
        media=(media(1, MediaState.CAPTURED), media(2, MediaState.REFUSED, "damaged")),
        picture_hosts=("cdn.example",),
    )
    made = pane(qtbot, around)
    wanted: list[int] = []
    made.picture_wanted.connect(wanted.append)
    assert "damaged" in words(made)
    assert "under 18" in words(made)
    assert "ALT-TEXT" not in words(made)
    press(made, "Show the picture")
    assert wanted == [1]
    out = BytesIO()
    Image.new("RGB", (600, 300), "navy").save(out, "PNG")
    made.show_picture(1, out.getvalue())
    assert "ALT-TEXT" in words(made)
    press(made, "Hide again")
    assert "ALT-TEXT" not in words(made)
    made.show_picture(77, out.getvalue())  # of a message left meanwhile
    assert "ALT-TEXT" not in words(made)


def test_erasing_is_asked_for(qtbot: Any) -> None:
    made = pane(qtbot, Surroundings(ONE, media=(media(3, MediaState.CAPTURED),)))
    wanted: list[int] = []
    made.erase_wanted.connect(wanted.append)
    press(made, "Erase for good")
    assert wanted == [3]
