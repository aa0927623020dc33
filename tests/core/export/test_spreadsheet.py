"""No cell is ever a formula, and every text comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.spreadsheet import cell, uncell

PAYLOADS = [
    "=1+1",
    "+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\u3000\uff1d1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM",
    "\ufe63\uff11",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "\x00=1",
    "\u0301=1",
    "|calc",
    "%0A=1",
    "'=1",
]


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_a_spreadsheet_might_run_is_marked(text: str) -> None:
    assert cell(text).startswith("'")
    assert uncell(cell(text)) == text.replace("\x00", "\u2400")


@pytest.mark.parametrize(
    "text", ["", "hello", "1=1", "你好", "a-b", "(=1)", '"=1"', "https://x.invalid/?a=b"]
)
def test_ordinary_text_stays(text: str) -> None:
    assert cell(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_every_text_comes_back_through_a_file(text: str) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([cell(text), "after"])
    buffer.seek(0)
    ((shown, after),) = csv.reader(buffer)
    assert after == "after"
    assert uncell(shown) == text
    assert not shown.lstrip().startswith(tuple("=+-@|%\uff1d\uff0b\uff0d\uff20"))
