"""Times stand in the person's zone, and in UTC beside it only where that is another time."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.services.evidence import LogSummary
from core.domain.ids import EntrySeq, MentionId, SenderId
from core.domain.inbox import InboxRow
from core.domain.mention import MentionKind
from ui.evidence.log_card import LogCard
from ui.inbox.detail import Detail
from ui.inbox.detail_pane import DetailPane
from ui.inbox.reveal import Reveal
from ui.theme.theme import Theme
from ui.widgets.untrusted_text import PlainLabel

AT = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)
ROW = InboxRow(
    mention_id=MentionId(1), sender_id=SenderId(1), account_id=None, platform="bluesky", remote_id="p",
    handle="eve", display_name="Eve", followed=False, muted=False, blocked=False, kind=MentionKind.REPLY,
    text="hello", lang="en", url=None, created_at=AT, received_at=AT, entry_seq=EntrySeq(4), review=None,
    abusive=False, in_scope=True, language="en", categories=(), reasons=(), scores={}, model_label=None,
    threshold=None, group_key=None, group_size=0,
)  # fmt: skip


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The computer's zone, for one test."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def shown(widget: DetailPane | LogCard) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisibleTo(widget)]


@pytest.mark.parametrize(
    ("zone", "times"),
    [
        ("UTC", ["12:34:56 (UTC)"]),
        ("Etc/UTC", ["12:34:56 (UTC)"]),
        ("Europe/Berlin", ["13:34:56 (CET)", "12:34:56 UTC"]),
        ("Europe/London", ["12:34:56 (GMT)", "12:34:56 UTC"]),
    ],
    indirect=["zone"],
)
def test_no_time_is_said_twice(qtbot: QtBot, theme: Theme, zone: str, times: list[str]) -> None:
    pane, card = DetailPane(theme), LogCard(theme)
    qtbot.addWidget(pane)
    qtbot.addWidget(card)
    pane.show_detail(Detail(ROW), Reveal.FULL)
    card.show_state(LogSummary(3, "ab" * 22, AT, 1, "cd" * 32))
    told = "\n".join(shown(pane))
    sent = told[told.index("Sent") : told.index("Received")]
    assert sent.count("34:56") == len(times)
    assert all(one in sent for one in times)
    held = [text for text in shown(card) if "34:56" in text]
    assert len(held) == len(times)
    assert all(text.endswith(one) for text, one in zip(held, times, strict=True))
