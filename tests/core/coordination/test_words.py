import polars as pl

from core.coordination.words import terms


def of(*texts: str) -> list[list[str]]:
    found = terms(pl.Series(texts, dtype=pl.String))
    return [found.filter(pl.col("text") == n)["term"].to_list() for n in range(len(texts))]


def test_words_pairs_and_tags() -> None:
    assert of("@ava Ask HER who paid for the ferry trip! #FerryGate https://x.example/a") == [
        ["#ferrygate", "ask", "ferry", "ferry trip", "paid", "trip"]
    ]


def test_disguised_words_are_the_same_words() -> None:
    plain, disguised = of("the harbour money", "the hаrbоur mo\u200bney")
    assert plain == disguised
    assert of("привет миру") == [["миру", "привет", "привет миру"]]


def test_chinese_is_cut_where_words_end() -> None:
    (found,) = of("她拿了别人的钱就来写我们的港口")
    assert "别人" in found
    assert "港口" in found
    assert not any(joint in term for term in found for joint in "的了就她")


def test_chinese_words_that_hold_a_joint_stay_whole() -> None:
    (found,) = of("和平是我们的目的")
    assert found == ["和平", "目的"]


def test_traditional_and_simplified_are_one() -> None:
    assert of("港口的報導") == of("港口的报导")


def test_stretches_of_long_runs_need_edges_of_their_own() -> None:
    found = of("港口新闻天天骗人钱财", "听说港口新闻昨日停刊", "港口新闻无人相信")
    assert all("港口" in one or "港口新闻" in one for one in found[:1])
    assert not any("闻天" in one for one in found)


def test_nothing_to_say() -> None:
    assert of("", "!!!", "🙂 @ava") == [[], [], []]
    assert terms(pl.Series([], dtype=pl.String)).height == 0
