"""CSV cells agree with the standard library wherever that one reads a record at all."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports.csv_cells import split_cells, stays_open

MESSY = st.text(st.sampled_from('",a \n'), max_size=30)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=6))
def test_what_a_writer_wrote_is_read_back(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="", quoting=csv.QUOTE_ALL).writerow(cells)
    assert split_cells(out.getvalue(), ",") == cells


@given(MESSY)
def test_lenient_reading_agrees_with_the_standard_library(text: str) -> None:
    if stays_open(text, ",", inside=False) or "\n" in split_outside(text):
        return
    expected = next(csv.reader([text]), [""]) or [""]
    assert split_cells(text, ",") == expected


def split_outside(text: str) -> str:
    """The part of a record outside quoted cells."""
    kept, inside = [], False
    for at, char in enumerate(text):
        if char == '"' and (inside or at == 0 or text[at - 1] == ","):
            inside = not inside
        elif not inside:
            kept.append(char)
    return "".join(kept)


@given(st.lists(MESSY, min_size=1, max_size=5))
def test_openness_can_be_followed_line_by_line(parts: list[str]) -> None:
    whole = "\n".join(parts).split("\n")
    inside = False
    for count, line in enumerate(whole, start=1):
        inside = stays_open(line, ",", inside=inside)
        assert inside == stays_open("\n".join(whole[:count]), ",", inside=False) or not inside
        if not inside:
            break  # the record ends here; what follows is another one


@pytest.mark.parametrize(
    ("text", "open_after"),
    [
        ('a,"b', True),
        ('a,"b"', False),
        ('a,"b""', True),
        ('a,"b"",', True),
        ('a "b', False),
        ('"', True),
        ('""', False),
    ],
)
def test_openness(text: str, open_after: bool) -> None:
    assert stays_open(text, ",", inside=False) is open_after


def test_an_open_cell_reaches_to_the_end() -> None:
    assert split_cells('a,"b,c', ",") == ["a", "b,c"]
