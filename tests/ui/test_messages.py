import pytest

from core.errors import AppError
from ui.messages import has_words, words_for, words_for_bug


def _all_errors(base: type[AppError]) -> list[type[AppError]]:
    found = [base]
    for child in base.__subclasses__():
        found += _all_errors(child)
    return found


@pytest.mark.parametrize("error", _all_errors(AppError), ids=lambda error: error.__name__)
def test_every_error_has_words(error: type[AppError]) -> None:
    assert has_words(error)
    words = words_for(error())
    assert words.title
    assert words.explanation
    assert "{" not in words.title + words.explanation + words.action


def test_parameters_are_filled_and_made_safe() -> None:
    from core.errors import PlatformRefused

    words = words_for(PlatformRefused(platform="Bluesky", status=400, reason="no\u202e<b>"))
    assert words.title == "\u2068Bluesky\u2069 said no"
    assert "⟨U+202E⟩<b>" in words.explanation


def test_a_bug_says_its_reference() -> None:
    assert "ab12" in words_for_bug("ab12").explanation
