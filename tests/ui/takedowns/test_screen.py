"""The ledger as shown: figures, words for nothing and for failure, looking again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.services.recheck import RecheckReport
from app.services.takedowns import NamedLine, table
from core.domain.capture import TakedownLine
from core.domain.ids import MentionId, PlatformName
from core.errors import Offline
from ui.messages import Words
from ui.takedowns.screen import TakedownScreen
from ui.theme.theme import Theme
from ui.theme.tokens import Scheme
from ui.widgets.untrusted_text import PlainLabel

LINE = TakedownLine(
    platform=PlatformName("bluesky"),
    campaign_key=None,
    stored=10,
    checked=8,
    up=3,
    hidden=1,
    deleted=2,
    removed=0,
    account_gone=1,
    deactivated=0,
    suspended=1,
    last_checked=datetime(2026, 3, 1, 12, tzinfo=UTC),
)


class Now:
    """Work done at once, in the test's own thread."""

    def read(self, key: str, work: Callable[[], Any], then: Callable[[Any], None], *_: object) -> None:
        then(work())

    def start(
        self, key: str, title: str, work: Callable[[Any], Any], then: Callable[[Any], None], **_: object
    ) -> bool:
        then(work(None))
        return True


def screen(qtbot: Any, lines: list[NamedLine], report: RecheckReport | None = None) -> TakedownScreen:
    services = SimpleNamespace(
        takedowns=SimpleNamespace(lines=lambda: tuple(lines)),
        captures=SimpleNamespace(rechecks=SimpleNamespace(everything=lambda _: report)),
        sample=False,
    )
    made = TakedownScreen(Theme(Scheme.LIGHT), services, Now())  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.refresh()
    return made


def words(made: TakedownScreen) -> str:
    return "\n".join(label.text() for label in made.findChildren(PlainLabel))


def test_counts(qtbot: Any) -> None:
    group = NamedLine(replace(LINE, campaign_key="k"), "3")
    shown = words(screen(qtbot, [NamedLine(LINE, None), group]))
    assert "4 of 8 posts looked for are gone." in shown
    assert "Bluesky" in shown
    assert "Group 3" in shown
    # A state nobody is in is left out.
    assert "Taken down by moderators" not in shown
    assert "Deleted by the sender" in shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            replace(LINE, checked=0, last_checked=None),
            "10 messages are kept here. They have not been looked for",
        ),
        (
            replace(LINE, deleted=0, account_gone=0, suspended=0, up=7),
            "All 8 posts looked for are still up.",
        ),
    ],
)
def test_nothing_gone(qtbot: Any, line: TakedownLine, said: str) -> None:
    assert said in words(screen(qtbot, [NamedLine(line, None)]))


def test_nothing_kept(qtbot: Any) -> None:
    made = screen(qtbot, [])
    assert made.empty.isVisibleTo(made)


def test_looking_again(qtbot: Any) -> None:
    for report, said in (
        (RecheckReport(checked=8, changed=(MentionId(1), MentionId(2))), "Looked for 8 posts"),
        (RecheckReport(stopped_by=Offline(host="x.example")), ""),
    ):
        heard: list[Words] = []
        made = screen(qtbot, [NamedLine(LINE, None)], report)
        made.said.connect(heard.append)
        made.look_again()
        assert heard[0].title.startswith(said)
        assert heard[0].title


def test_the_table_runs_nothing_in_a_spreadsheet() -> None:
    evil = NamedLine(LINE, '=HYPERLINK("https://evil.example")')
    text = table([evil]).decode("utf-8-sig")
    assert '"\'=HYPERLINK(""https://evil.example"")"' in text
    assert text.splitlines()[0].startswith('"platform","group","kept"')
