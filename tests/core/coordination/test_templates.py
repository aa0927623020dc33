import numpy as np
import polars as pl

from core.coordination.templates import leaders

LONG = "thecouncilkeepspostponingtheferrybecausenobodywantstopay"


def lead(*texts: str, wide: bool = False) -> list[int]:
    return leaders(
        pl.Series(texts, dtype=pl.String), pl.Series([wide] * len(texts), dtype=pl.Boolean)
    ).tolist()


def test_small_edits_follow_the_first() -> None:
    assert lead(LONG, LONG + "again", "ask" + LONG, "somethingelsealtogetherunrelated") == [0, 0, 0, 3]


def test_chinese_edits_follow_the_first() -> None:
    first = "记住她今天说的每一句话出卖乡亲的人迟早要还"
    assert lead(first, first + "的", "港口今天的风很大船都停了没有人出门", wide=True) == [0, 0, 2]


def test_followers_are_like_their_leader_not_like_each_other() -> None:
    rng = np.random.default_rng(3)
    chain = ["".join(rng.choice(list("abcdefghijklmnop"), 60))]
    for _ in range(40):  # each text is like the one before; the last has nothing of the first
        at = int(rng.integers(50))
        chain.append(chain[-1][:at] + "".join(rng.choice(list("abcdefghijklmnop"), 8)) + chain[-1][at + 8 :])
    found = lead(*chain)
    assert len(set(found)) > 3
    assert all(found[leader] == leader for leader in found)


def test_short_and_empty_texts_lead_themselves() -> None:
    assert lead("", "ab", "abc") == [0, 1, 2]
    assert lead() == []
    assert lead("x") == [0]


def test_order_alone_decides_who_leads() -> None:
    assert lead(LONG + "again", LONG) == [0, 0]
