from hypothesis import given
from hypothesis import strategies as st

from core.coordination.edits import Change, side_by_side


@given(st.lists(st.text(max_size=40), max_size=5))
def test_edits_give_both_texts_back(texts: list[str]) -> None:
    for text, edits in zip(texts, side_by_side(texts), strict=True):
        assert "".join(e.text for e in edits if e.change is not Change.REMOVED) == text
        assert "".join(e.text for e in edits if e.change is not Change.ADDED) == texts[0]


def test_what_changed_is_marked() -> None:
    _, edits = side_by_side(["leave the town", "leave our town"])
    assert next(e.change for e in edits) is Change.SAME
    assert {e.change for e in edits} == {Change.SAME, Change.ADDED, Change.REMOVED}
