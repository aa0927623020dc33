"""The window over the real services: a real store, a made-up platform, a two-word classifier."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_campaign import OTHER_SCRIPT, MadeTown
from made_up import author, received
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import app.bootstrap
from app.jobs.context import JobContext
from app.services.bundle import Services
from core.domain.account import Account
from core.domain.classification import LABELS, Category, Classification, Decider, ModelInfo, Reason
from core.domain.ids import AccountId, PlatformName, RemoteId
from core.domain.mention import Page, Received
from core.domain.response import ActionKind
from core.errors import SignInRefused
from core.ports import Connector, ConnectorInfo, Receipt, RemoteTarget, SecretStore, SignedIn
from ui.settings.preferences import PreferenceStore
from ui.shell.desk import Desk
from ui.shell.job_relay import JobRelay
from ui.theme.theme import Theme
from ui.theme.tokens import Scheme

TESTLAND = PlatformName("testland")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# What the classifier below takes for abuse: a word, and what it stands for.
WORDS = {"grobble": Category.INSULT, "flarn": Category.THREAT}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The off-screen platform warns about every window's size hints; nothing else is let through."""
    for item in items:
        if "/tests/ui/" in str(item.path):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


class WordClassifier:
    """Implements `core.ports.Classifier` with two made-up words; Arabic is out of its scope."""

    model = ModelInfo("words", "1", "0" * 64)

    def classify(self, texts: Sequence[str]) -> list[Classification]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Classification:
        found = [(text.find(word), word, category) for word, category in WORDS.items() if word in text]
        reasons = [
            Reason(category, Decider.LEXICON, f"english:{word}", ((at, at + len(word)),))
            for at, word, category in found
        ]
        reasons += [Reason(Category.TOXIC, Decider.MODEL, "toxicity", (), 0.91, 0.5)] if found else []
        categories = tuple(sorted({reason.category for reason in reasons}, key=lambda one: one.rank))
        arabic = any("\u0600" <= char <= "\u06ff" for char in text)
        scores = dict.fromkeys(LABELS, 0.91 if found else 0.02)
        language = "ar" if arabic else "en"
        return Classification(
            scores, bool(found), categories, tuple(reasons), language, not arabic, self.model, 0.5
        )


@dataclass
class Testland:
    """A platform in memory: implements `core.ports.Platform` and remembers who is muted and blocked."""

    inbox: list[Received] = field(default_factory=list)
    acted: list[tuple[ActionKind, str]] = field(default_factory=list)
    in_force: set[tuple[ActionKind, str]] = field(default_factory=set)
    fail: Callable[[str], None] = lambda _: None

    @property
    def info(self) -> ConnectorInfo:
        return ConnectorInfo(
            TESTLAND, "Testland", "https://testland.example", "name", "word",
            frozenset(ActionKind), frozenset({ActionKind.BLOCK}), 100_000,
        )  # fmt: skip

    def sign_in(self, handle: str, secret: str, service_url: str) -> SignedIn:
        if secret != "open sesame":
            raise SignInRefused(platform="Testland", handle=handle)
        return SignedIn(RemoteId(f"me-{handle}"), handle, service_url, "token")

    def open(self, account: Account, secrets: SecretStore) -> Connector:
        del account, secrets
        return self

    def fetch_mentions(self, cursor: str | None, since: datetime | None) -> Page:
        del cursor, since
        return Page(tuple(self.inbox), None)

    def act(self, kind: ActionKind, target: RemoteTarget) -> Receipt:
        self.fail(target.sender)
        self.acted.append((kind, target.sender))
        already = (kind, target.sender) in self.in_force
        self.in_force.add((kind, target.sender))
        return Receipt(already, f"ref-{target.sender}")

    def undo(self, kind: ActionKind, target: RemoteTarget, ref: str | None) -> None:
        assert ref == f"ref-{target.sender}"
        self.in_force.discard((kind, target.sender))

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def found() -> Iterator[Services]:
    """Two campaigns among ordinary people, found."""
    with app.bootstrap.open_sample() as opened:
        town = MadeTown()
        opened.ingest.take(town.ordinary() + town.campaign(), None)
        opened.ingest.take(town.campaign(OTHER_SCRIPT, name="b", size=9), None)
        opened.group.run(JobContext())
        assert len(opened.inbox.groups()) == 2
        yield opened


@pytest.fixture
def testland(monkeypatch: pytest.MonkeyPatch) -> Testland:
    """The only platform there is."""
    land = Testland()
    monkeypatch.setattr(app.bootstrap, "platforms", lambda: (land,))
    return land


@pytest.fixture
def services(testland: Testland, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Real services over a throw-away folder, with one account connected."""
    monkeypatch.setattr(app.bootstrap, "_load_classifier", lambda folder: WordClassifier())
    with app.bootstrap.open_sample() as opened:
        opened.accounts.add(TESTLAND, "me", "open sesame")
        yield opened


def fill(services: Services, account: AccountId | None) -> None:
    """Nine kind messages, three insults by one person, a threat, an Arabic one, and a friend's joke."""
    posts = [received(n, f"thank you, number {n}", author(f"kind{n}")) for n in range(9)]
    posts += [received(20 + n, f"you are a grobble, number {n}", author("mean")) for n in range(3)]
    posts.append(received(30, "the flarn will find you", author("dark")))
    posts.append(received(31, "شكرا لك على هذا المقال", author("sara")))
    posts.append(received(32, "you old grobble!", author("pal", followed=True)))
    services.ingest.take(posts, account)
    from app.jobs.context import JobContext

    services.classify.run(JobContext())


@pytest.fixture
def filled(services: Services) -> Services:
    """The services with messages in them."""
    fill(services, services.accounts.list()[0].id)
    return services


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light look, applied."""
    theme = Theme(Scheme.LIGHT)
    theme.apply()
    return theme


@pytest.fixture
def desk(
    *,
    qtbot: QtBot,
    theme: Theme,
    filled: Services,
    relay: JobRelay,
    tmp_path: Path,
    settle: Callable[[], None],
) -> Desk:
    """The working window's inside, on the inbox, with everything read."""
    desk = Desk(
        theme, filled, relay, preferences=PreferenceStore(tmp_path / "settings.json"), now=lambda: NOW
    )
    qtbot.addWidget(desk)
    desk.resize(1280, 800)
    desk.show()
    settle()
    return desk


@pytest.fixture(autouse=True)
def no_leftover_windows(qtbot: QtBot) -> Iterator[None]:
    """A test that leaves a window open fails. Closed ones go too: each new style would dress them again."""
    yield
    qtbot.waitUntil(lambda: not _open_windows())
    for widget in QApplication.topLevelWidgets():
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _open_windows() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
