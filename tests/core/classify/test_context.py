"""What stands around a word."""

import pytest

from core.classify import context


def around(text: str) -> tuple[str, int, int]:
    start = text.index("<")
    end = text.index(">") - 1
    return text.replace("<", "").replace(">", ""), start, end


@pytest.mark.parametrize(
    "marked",
    [
        "he called me a <wug>",
        "someone said <wug> to me",
        'they wrote "<wug>" again',
        "the slur <wug> hurts",
        "<wug> is a slur",
        "stop calling women <wug>",
        "i was called <wug>",
        "他们骂我<坏>",
        "别再说<坏>了",
        "收到“<坏>”的私信",
        "me llamaron <wug>",
    ],
)
def test_reported(marked: str) -> None:
    assert context.reported(*around(marked))


@pytest.mark.parametrize(
    "marked", ["you <wug>", "such a <wug>!", "don't be a 'hero', <wug>", "你<坏>", "she's a <wug> you know"]
)
def test_not_reported(marked: str) -> None:
    assert not context.reported(*around(marked))


@pytest.mark.parametrize(
    "marked",
    ["you are not a <wug>", "never <wug>", "你不是<坏>", "no eres un <wug>", "she isn't such a <wug>"],
)
def test_negated(marked: str) -> None:
    text, start, _ = around(marked)
    assert context.negated(text, start)


@pytest.mark.parametrize("marked", ["i am such a <wug>", "as a proud <wug>", "我真是个<坏>", "soy un <wug>"])
def test_of_oneself(marked: str) -> None:
    text, start, _ = around(marked)
    assert context.of_oneself(text, start)


@pytest.mark.parametrize(
    "marked", ["you <wug>", "@someone <wug>", "<wug>!", "shut up <wug>", "你这个<坏>", "يا <سيء>"]
)
def test_aimed(marked: str) -> None:
    assert context.aimed(*around(marked))


@pytest.mark.parametrize(
    "marked",
    [
        "the ending of that film was <wug> in my humble opinion",
        "这部电影的结局真的有点<坏>我觉得还行吧没那么好看",
    ],
)
def test_not_aimed(marked: str) -> None:
    assert not context.aimed(*around(marked))
