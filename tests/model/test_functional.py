"""The suites of our own sentences: read as written, balanced, never trained on."""

from collections import Counter
from pathlib import Path

import pytest

MANY = dict.fromkeys(("en", "zh"), 300) | dict.fromkeys(("pt", "pl", "de"), 120)
SOME = dict.fromkeys(("ko", "hi"), 80) | dict.fromkeys(("zh-Hant", "es", "fr"), 60)
INDEPENDENT = MANY | SOME | dict.fromkeys(("ta", "ur-Latn"), 50)  # sentences of a language at least


def write(folder: Path, text: str) -> None:
    (folder / "tiny").mkdir()
    (folder / "tiny" / "zh-Hant.txt").write_text(text, "utf-8")


def test_sections_comments_and_unseen_characters(tmp_path: Path) -> None:
    from functional import Sentence, read_suite

    write(tmp_path, "# note\n[one | abusive]\na\\u200bb\n\n[two, more | harmless]\n  c #\n")
    sentences = read_suite("tiny", tmp_path)
    assert sentences == [
        Sentence("zh-Hant", "one", "a\u200bb", abusive=True),
        Sentence("zh-Hant", "two, more", "  c #", abusive=False),
    ]
    assert sentences[0].language == "zh"


@pytest.mark.parametrize(
    "text", ["early\n[one | abusive]\n", "[one | rude]\na\n", "[one]\na\n", "[one | abusive\na\n"]
)
def test_a_line_outside_a_section_is_refused(tmp_path: Path, text: str) -> None:
    from functional import read_suite

    write(tmp_path, text)
    with pytest.raises(ValueError, match=r"zh-Hant\.txt:1"):
        read_suite("tiny", tmp_path)


def test_a_suite_that_is_not_there_is_refused(tmp_path: Path) -> None:
    from functional import read_suite

    with pytest.raises(ValueError, match="no suite"):
        read_suite("tiny", tmp_path)


def test_the_first_suite_is_complete() -> None:
    from functional import read_suite

    counts = Counter((s.tag, s.abusive) for s in read_suite("first"))
    assert counts == {("en", True): 33, ("en", False): 57, ("zh", True): 27, ("zh", False): 42}


def test_the_independent_suite_covers_every_function_in_every_language() -> None:
    from functional import read_suite

    sentences = read_suite("independent")
    counts = Counter(s.tag for s in sentences)
    assert counts.keys() == INDEPENDENT.keys()
    functions = {(s.functionality, s.abusive) for s in sentences}
    assert len({name for name, _ in functions}) == len(functions) == 37
    for tag, least in INDEPENDENT.items():
        part = [s for s in sentences if s.tag == tag]
        assert len(part) >= least
        assert 0.55 < sum(s.abusive for s in part) / len(part) < 0.65
        assert {(s.functionality, s.abusive) for s in part} == functions
        assert len({s.text for s in part}) == len(part)


def test_no_sentence_of_a_suite_is_trained_on() -> None:
    from augment import compose
    from functional import SUITES, read_suite

    from core.classify.fold import fold

    trained = {fold(w.text).text for w in compose()}
    tried = [s for suite in SUITES for s in read_suite(suite)]
    assert not [s for s in tried if fold(s.text).text in trained]


def test_the_report_counts_right_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    from evaluate import by_function

    from core.classify.engine import load_default

    by_function(load_default(names=["linear"]))
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("veiled threat (abusive) | ") for line in lines)
    assert {line.split(" | ")[1] for line in lines if "not scored" in line} == {"es", "fr", "ur-Latn"}
    first = next(line for line in lines if line.startswith("first | en | ") and "=" in line)
    right = int(first.split(" | ")[2].split("/")[0])
    assert right == 90 - sum(line.startswith("  wrong: | en |") for line in lines)
