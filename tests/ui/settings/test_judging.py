"""The cards about judging: nothing changes before it was shown what it would do."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import app.bootstrap
from app.services.bundle import Services
from app.services.learning import Lesson
from core.classify.engine import load_default
from core.classify.own_words import checked
from core.domain.classification import Category
from core.domain.learning import Effect, Shift, WordSeverity
from core.errors import ModelUnusable
from core.system.settings import ModelChoice, Strictness
from ui.inbox.honesty import honesty, moved_by_person
from ui.settings.about import blocks, card_text, plain_words
from ui.settings.effects import effect_sentence, shift_sentence
from ui.settings.models_dialog import ModelsDialog
from ui.settings.words_dialog import KINDS, SEVERITIES, WordsDialog, severity_name
from ui.shell.desk import Desk
from ui.shell.places import Place
from ui.widgets.language_words import language_name

Settle = Callable[[], None]
EMBEDDED = load_default()


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for this before `desk`: the embedded model judges instead of the two-word one."""
    monkeypatch.setattr(app.bootstrap, "_load_classifier", lambda folder: EMBEDDED)


@pytest.fixture
def judged(services: Services, desk: Desk, settle: Settle) -> Desk:
    """The desk with the embedded model, on the settings."""
    services.models._embedded = lambda: EMBEDDED
    services.classify.reload()
    desk.intake.judge()
    desk.go(Place.SETTINGS)
    settle()
    return desk


def texts(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_a_level_says_first_what_it_would_do(judged: Desk, settle: Settle) -> None:
    card = judged.judging.hiding
    card.level.setCurrentIndex(2)
    settle()
    assert not card.box.isHidden()
    assert card.effect.text().endswith(".")
    assert "Looking" not in card.effect.text()
    assert judged._preferences.now.level is Strictness.BALANCED
    card.undo()
    assert card.box.isHidden()
    assert card.level.currentIndex() == 1
    card.level.setCurrentIndex(0)
    settle()
    card.apply()
    assert judged._preferences.now.level is Strictness.GENTLE
    assert card.box.isHidden()


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (Effect(0, 0, 0), "Nothing that is here now would change."),
        (
            Effect(41, 3, 2),
            "This would hide 41 more and show 3 again; 2 are from people you follow, who are never hidden.",
        ),
        (Effect(41, 0, 0), "This would hide 41 more."),
        (
            Effect(0, 0, 1),
            "This would hide nothing more; one is from somebody you follow, who is never hidden.",
        ),
    ],
)
def test_effects_in_words(effect: Effect, words: str) -> None:
    assert effect_sentence(effect) == words


def test_shifts_in_words() -> None:
    fine = shift_sentence(Shift("en", "insult", -0.5, 0, 12))
    assert "12 messages as fine" in fine
    assert "“insult” in English needs a stronger sign" in fine
    assert "weaker sign" in shift_sentence(Shift("zh", "toxicity", 0.5, 9, 0))
    assert language_name("zh") == "Chinese"


def test_a_word_is_tried_looked_for_changed_and_dropped(judged: Desk, settle: Settle) -> None:
    dialog = judged.judging.words.open()
    settle()
    assert not dialog.add.isEnabled()
    dialog.term.setText("number")
    dialog.kind.setCurrentIndex(KINDS.index(Category.TRAITOR))
    dialog.try_it()
    settle()
    assert "messages here" in dialog.said.text()
    dialog.save()
    settle()
    assert dialog.term.text() == ""
    assert [one.term for one in judged._services.words.list()] == ["number"]
    assert "One word" in judged.judging.words.count.text()
    dialog._edit(judged._services.words.list()[0])
    assert dialog.term.text() == "number"
    assert KINDS[dialog.kind.currentIndex()] is Category.TRAITOR
    dialog._store("word-remove", lambda _: judged._services.words.remove(["number"]))
    settle()
    assert judged._services.words.list() == ()
    dialog.close()


def test_what_cannot_be_looked_for_is_said(judged: Desk, settle: Settle) -> None:
    dialog = judged.judging.words.open()
    dialog.term.setText("!!")
    dialog.save()
    settle()
    assert dialog.said.text()
    assert judged._services.words.list() == ()
    dialog.close()


def test_a_list_is_handed_on_and_taken_in_only_after_a_question(
    judged: Desk, settle: Settle, tmp_path: Path
) -> None:
    word = checked("小红帽", Category.INSULT, WordSeverity.MILD, "<b>why</b>")
    judged._services.words.save([word], None, app_context())
    dialog = judged.judging.words.open()
    settle()
    assert "<b>why</b>" in texts(dialog)
    path = tmp_path / "words.json"
    dialog.hand_on(path)
    settle()
    assert "1 words" in dialog.said.text()
    judged._services.words.remove(["小红帽"])
    dialog.take_in(path)
    settle()
    assert judged._services.words.list() == ()
    question = dialog.findChildren(type(dialog).__mro__[1])[-1]
    assert "not signed" in texts(question)
    question.accept()
    settle()
    assert [one.term for one in judged._services.words.list()] == ["小红帽"]
    path.write_text("{}")
    dialog.take_in(path)
    settle()
    assert dialog.said.text()
    dialog.close()


def app_context():
    from app.jobs.context import JobContext

    return JobContext()


def test_learning_shows_reasons_before_it_applies_and_can_be_undone(judged: Desk, settle: Settle) -> None:
    card = judged.judging.learning
    assert "not marked any" in card.marked.text()
    shift = Shift("en", "insult", -0.6, 0, 12)
    card.show_lesson(Lesson(12, 1, (), (shift,), Effect(0, 7, 0)))
    assert "12 messages as fine" in card.marked.text()
    assert "show 7 again" in card.effect.text()
    assert not card.box.isHidden()
    assert card.forget.isHidden()
    card._apply()
    settle()
    assert "+yours." in judged._services.classify.classifier().model.label
    assert not card.forget.isHidden()
    judged._services.learning.reset()
    card.refresh()
    settle()
    assert card.forget.isHidden()
    assert "+yours." not in judged._services.classify.classifier().model.label


def test_models_say_what_they_cannot_do_and_fetch_only_when_asked(judged: Desk, settle: Settle) -> None:
    dialog: ModelsDialog = judged.judging.model.open()
    settle()
    shown = texts(dialog)
    assert shown.count("Does not read Chinese") == 5
    assert "438 MB" in shown
    assert "Apache-2.0" in shown
    dialog._failed(ModelUnusable(name="x", why="hash"))
    settle()
    assert "not the one that was published" in dialog.said.text()
    assert "built-in model goes on" in dialog.said.text()
    assert not list((judged._services.folder.root / "models").glob("*"))
    dialog.close()


def test_a_model_that_is_not_there_leaves_the_built_in_one_and_says_so(judged: Desk, settle: Settle) -> None:
    from core.system.settings import Settings

    judged._services.models._settings = lambda: Settings(model=ModelChoice.UNBIASED)
    judged._preferences.set(model=ModelChoice.UNBIASED)
    settle()
    assert "not in use" in texts(judged.messages)
    assert judged._services.classify.classifier().model == EMBEDDED.model
    judged.judging.refresh()
    settle()
    assert "has not been fetched" in judged.judging.model.problem.text()


def test_the_model_card_is_readable_in_the_program(judged: Desk, settle: Settle, qtbot: QtBot) -> None:
    dialog = judged.judging.model.open_about()
    settle()
    shown = texts(dialog)
    assert EMBEDDED.model.label in shown
    assert len(shown) > 3_000
    assert "**" not in shown
    assert "| ---" not in shown
    dialog.close()
    assert len(blocks(card_text())) > 10
    assert len(blocks("# a\n\n## b\n\n- c\n  d\n\n| e | f |\n| --- | --- |\n| g | h |\n")) == 4


def test_three_plain_sentences_come_before_the_card(judged: Desk, settle: Settle) -> None:
    dialog = judged.judging.model.open_about()
    settle()
    said = [label.text() for label in dialog.plain]
    assert "looks hostile" in said[0]
    assert "on this computer" in said[1]
    assert "wrong" in said[2]
    # The messages are English and, one of them, Arabic, which this model does not read.
    figures = json.loads((files("resources") / "models" / "measured.json").read_text())
    english = figures[EMBEDDED.model.label.partition("@")[0]]["en"]
    assert f"found {english['found']} of 100" in said[3]
    assert f"took {english['wrong']} of 100" in said[3]
    assert "Arabic" in said[4]
    assert "the model does not read" in said[4]
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert shown.index(said[4]) < shown.index("In detail: the model card")
    dialog.close()


def test_how_often_it_is_wrong_before_there_are_messages_and_after_corrections() -> None:
    label = EMBEDDED.model.label
    assert "English" in plain_words(label, ())[3]
    assert "in our test the model found" in plain_words(label, ())[3]
    assert "no figures" in plain_words(label, [("fr", True)])[3]
    assert len(plain_words("detoxify-unbiased@0.3-alpha", ())) == 3
    assert "from before" in plain_words("linear@0.2.1+yours.0a1b2c3d", [("en", True)])[-1]


def test_honesty_by_language() -> None:
    label = EMBEDDED.model.label
    assert "of 100 hostile messages" in honesty("en", "linear@0.2.1", in_scope=True)
    assert "does not read" in honesty("es", label, in_scope=False)
    assert "no figures" in honesty("en", "detoxify-unbiased@0.3-alpha", in_scope=True)
    assert honesty(None, None, in_scope=None) == ""
    assert moved_by_person("linear@0.2.1+yours.0a1b2c3d")
    assert not moved_by_person(label)


def test_every_severity_has_words() -> None:
    assert len({severity_name(one) for one in SEVERITIES}) == len(WordSeverity)
    assert WordsDialog.changed is not None
