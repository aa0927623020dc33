import polars as pl
import pytest

from core.coordination import fold


def folds(*texts: str) -> list[str]:
    return pl.DataFrame({"t": list(texts)}).select(fold.folded(pl.col("t")))["t"].to_list()


def one(expression: pl.Expr, value: object) -> object:
    return pl.DataFrame({"t": [value]}, strict=False).select(expression)["t"].item()


@pytest.mark.parametrize(
    "disguised",
    [
        "@ava.bsky.social Pay the HARBOUR fee!",
        "pay the harbour fee https://x.example/a?b=1",
        "Pay the hаrbоur fee",  # Cyrillic a and o
        "Pay the har\u200bbour\u00ad fee",
        "𝗣𝗮𝘆 the harbour fee 🚢",
        "ＰＡＹ the harbour fee #portnews",
        "pay the harbour fee x7k2",
        "RT @someone: pay the harbour fee",
    ],
)
def test_disguises_fold_to_the_same_text(disguised: str) -> None:
    assert folds(disguised) == folds("Pay the harbour fee.")


def test_chinese_right_after_a_mention_stays() -> None:
    assert folds("@ava是骗子") == ["是骗子"]


def test_traditional_and_simplified_are_one() -> None:
    assert folds("她出賣了港口") == folds("她出卖了 港口！")


def test_a_post_without_words_folds_to_nothing() -> None:
    assert folds("@ava 🙂", "", "https://x.example", "@ava @bee") == [""] * 4


@pytest.mark.parametrize("text", ["h\u200bello", "hеllo", "𝕳𝖊llo", "say h a t e r s now"])
def test_marks_of_evasion_are_seen(text: str) -> None:
    assert one(fold.evasive(pl.col("t")), text) is True


@pytest.mark.parametrize("text", ["hello", "Привет, как дела", "family 👨‍👩‍👧", "می‌خواهم", "Ｏ K", "I a m"])
def test_ordinary_writing_carries_no_mark(text: str) -> None:
    assert one(fold.evasive(pl.col("t")), text) is False


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://www.Paper.example/a-story?utm_source=q", "http://paper.example/a-story/"),
        ("https://paper.example/maple-388?id=77", "https://paper.example/maple-388?id=78"),
        ("https://m.video.example/watch?v=Ab1&t=9", "https://video.example/watch?list=3&v=Ab1"),
    ],
)
def test_same_page(url: str, same: str) -> None:
    page = fold.canonical_url(pl.col("t"))
    assert one(page, url) == one(page, same)


def test_different_videos_differ() -> None:
    page = fold.canonical_url(pl.col("t"))
    assert one(page, "https://v.example/watch?v=Ab1") != one(page, "https://v.example/watch?v=ab1")


def test_wishes_weigh_nothing_and_chinese_weighs_more() -> None:
    def weigh(text: str) -> object:
        return pl.DataFrame({"t": folds(text)}).select(fold.weight(pl.col("t")))["t"].item()

    assert weigh("happy birthday!!") < 0
    assert weigh("祝你生日快乐") < 0
    assert weigh("记住她今天说的每一句话") == 33
    assert weigh("remember every word") == 17


def test_tags_are_a_set() -> None:
    tags = fold.tag_set(pl.col("t"))
    assert one(tags, ["#Port", "ferry", "PORT"]) == "ferry port"
    assert pl.DataFrame({"t": [[]]}, schema={"t": pl.List(pl.String)}).select(tags).item() is None
