"""A pattern is left out only where it cannot match; ordinary posts leave out nearly all."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from core.classify import rules
from core.classify.fold import fold
from core.classify.needed import needed
from core.classify.prefilter import Prefilter

WRITTEN = Path(__file__).resolve().parents[3] / "packaging" / "model" / "written"
TESTS = [path.stem for path in sorted(Path(__file__).parent.glob("test_rules*.py"))]


def _sentences(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for key, inner in value.items() for s in _sentences(key) + _sentences(inner)]
    return [s for inner in value for s in _sentences(inner)] if isinstance(value, list | tuple) else []


def _texts() -> list[str]:
    """Our own development frames and every sentence of the tests of rules, folded."""
    frames = [line for path in sorted(WRITTEN.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    sys.path.insert(0, str(Path(__file__).parent))
    modules = [importlib.import_module(name) for name in TESTS]
    spoken = [
        s
        for module in modules
        for name in vars(module)
        if name.isupper()
        for s in _sentences(getattr(module, name))
    ]
    return [fold(text).text for text in (*frames[::12], *spoken)]


def test_no_match_is_left_out() -> None:
    texts = _texts()
    matched = 0
    for text in texts:
        possible = rules.prefilter().possible(text)
        for number, rule in enumerate(rules.RULES):
            if number not in possible:
                assert not rule.pattern.search(text), (rule.name, text)
            else:
                matched += bool(rule.pattern.search(text))
    assert matched > 400


def test_every_way_through_every_rule_needs_something() -> None:
    for rule in rules.RULES:
        for sets in needed(rule.pattern.pattern):
            assert sets, rule.name
            assert all(string for strings in sets for string in strings), rule.name


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\b(?:stop|quit) now\b", "please quit now"),
        (r"a{2,3}b", "aab"),
        (r"(?:ab)?c(?=d)", "cd"),
        (r"x[1-3]y|long \w+ tail", "a long thin tail"),
        (r"[^a]bc\d{3}(?!z)", "zbc123"),
        (r"(?:we|i) (?:\w+ ){0,2}?(?:hit|will (?:kick|bite) .*you)", "i really will kick and you"),
        (r"你(?:家|的?[车房]子?)在.{0,3}(?:烧|炸)", "你的车子在这烧"),
        (r"\w+", "anything"),
    ],
)
@pytest.mark.parametrize("shift", range(5))
def test_a_match_is_found_wherever_it_starts(pattern: str, text: str, shift: int) -> None:
    assert re.search(pattern, text)
    assert Prefilter(["never here", pattern]).possible("." * shift + text) == {1}


def test_ordinary_posts_try_next_to_nothing() -> None:
    posts = (
        "The new season starts on Friday and I have already bought my ticket for the first match.",
        "If you like bread, try the bakery on the corner; they have great rolls and your kids will love it.",
        "Someone should write about how the council handled the flooding, it has been a long week.",
        "今天下班去买菜,晚上想做一锅汤,你们有什么建议吗?",
        "What a lovely photo, say hello to your sister from me!",
    )
    tried = [len(rules.prefilter().possible(fold(post).text)) for post in posts]
    assert sum(tried) <= len(posts)
