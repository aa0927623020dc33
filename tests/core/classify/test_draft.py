"""Edits keep every character's place of origin."""

from hypothesis import given
from hypothesis import strategies as st

from core.classify.draft import Draft, Edit


def test_same_length_edits_move_nothing() -> None:
    draft = Draft("k1ll")
    assert draft.apply([(1, 2, "i")])
    assert (draft.text, draft.moved) == ("kill", False)
    assert not draft.apply([])


def test_removal_and_growth_keep_the_extent() -> None:
    draft = Draft("a--b!c")
    draft.apply([(1, 3, ""), (4, 5, "xy")])
    assert draft.text == "abxyc"
    assert list(zip(draft.starts, draft.ends, strict=True)) == [(0, 1), (3, 4), (4, 5), (4, 5), (5, 6)]


def test_edits_of_edits_lead_back_to_the_first_text() -> None:
    draft = Draft("a..b..c")
    draft.apply([(1, 3, ""), (4, 6, "")])
    draft.apply([(0, 2, "z")])
    assert draft.text == "zc"
    assert (draft.starts, draft.ends) == ([0, 6], [4, 7])


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    text = draw(st.text(alphabet="abcd", max_size=20))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [[(a, b, draw(st.text(alphabet="xy", max_size=3))) for a, b in pairs]]


@given(edited())
def test_places_stay_ordered_and_inside(case: tuple[str, list[list[Edit]]]) -> None:
    text, rounds = case
    draft = Draft(text)
    for edits in rounds:
        draft.apply(edits)
    assert len(draft.starts) == len(draft.ends) == len(draft.text)
    assert all(0 <= a < b <= len(text) for a, b in zip(draft.starts, draft.ends, strict=True))
    assert draft.starts == sorted(draft.starts)
