"""Single cells: what is accepted, what is refused, and with which sentence."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imports import values
from core.imports.problems import RowProblem

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00",
        "2026-03-01T14:00:00+02:00",
        "2026-03-01 12:00:00 UTC",
        "20260301T120000Z",
        "  2026-03-01T12:00:00.000Z ",
        "Sun Mar 01 12:00:00 +0000 2026",
        "Sun Mar 01 07:00:00 -0500 2026",
        "1772366400",
        "1772366400.0",
        "1772366400000",
        1772366400,
        1772366400.0,
        1772366400000,
        NOON.replace(tzinfo=None),
        NOON.astimezone(timezone(timedelta(hours=9))),
    ],
)
def test_one_moment_in_many_spellings(written: object) -> None:
    found = values.optional_date(written, "created_at")
    assert found == NOON
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_no_date(blank: object) -> None:
    assert values.optional_date(blank, "created_at") is None


@pytest.mark.parametrize(
    "wrong",
    [
        "yesterday",
        "20260301",  # neither a plausible number of seconds nor a written date
        "20260301120000",
        "2026-13-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "Wed Foo 10 20:19:24 +0000 2018",
        "٢٠٢٦-٠٣-٠١",
        "2026-03-01" + "0" * 5000,
        0,
        -5,
        10**40,
        float("nan"),
        float("inf"),
        True,
        ["2026-03-01"],
    ],
)
def test_what_is_not_a_date(wrong: object) -> None:
    with pytest.raises(RowProblem, match=r"^created_at is not a date"):
        values.optional_date(wrong, "created_at")


@given(st.datetimes(datetime(1980, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001 - zones are the point
def test_a_date_without_a_zone_is_utc(naive: datetime) -> None:
    assert values.optional_date(naive.isoformat(), "created_at") == naive.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", ()),
        (None, ()),
        ([], ()),
        ("#a;b  #c;", ("a", "b", "c")),
        ('["#a", " b "]', ("a", "b")),
        (("x",), ("x",)),
    ],
)
def test_lists_of_tags(written: object, found: tuple[str, ...]) -> None:
    assert values.optional_list(written, "hashtags") == found


def test_semicolons_inside_web_addresses_stay() -> None:
    written = "https://a.example/x;v=1?q=a;b;https://b.example ; http://c.example;"
    assert values.optional_list(written, "urls") == (
        "https://a.example/x;v=1?q=a;b",
        "https://b.example",
        "http://c.example",
    )


@pytest.mark.parametrize("wrong", [7, {}, [1], [None], [["a"]], "[1]", "[oops", "[" * 5000, '{"a":1}'])
def test_what_is_not_a_list(wrong: object) -> None:
    if isinstance(wrong, str) and not wrong.startswith("["):
        assert values.optional_list(wrong, "urls") == (wrong,)
        return
    with pytest.raises(RowProblem, match=r"^urls is not a list"):
        values.optional_list(wrong, "urls")


def test_a_very_long_list_is_refused() -> None:
    with pytest.raises(RowProblem, match=r"^mentions has more than 1,000"):
        values.optional_list(["a"] * 1001, "mentions")


@pytest.mark.parametrize(
    ("written", "flag"), [(True, True), ("YES", True), ("0", False), (None, False), (1, True), ("", False)]
)
def test_flags(written: object, flag: bool) -> None:
    assert values.optional_flag(written, "author_followed") is flag


@pytest.mark.parametrize("wrong", ["maybe", 2, 1.0, []])
def test_what_is_not_a_flag(wrong: object) -> None:
    with pytest.raises(RowProblem, match=r"^author_followed is not true or false"):
        values.optional_flag(wrong, "author_followed")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (None, "post_id is missing."),
        (" ", "post_id is empty."),
        (1.5, "post_id is a number with a fraction"),
        ("1.23457E+18", "post_id is a number with a fraction"),
        (False, "post_id is not text."),
        ("a\x85b", "post_id contains a control character."),
        ("x" * 1025, "post_id is longer than"),
    ],
)
def test_what_is_not_an_id(wrong: object, sentence: str) -> None:
    with pytest.raises(RowProblem) as caught:
        values.required_id(wrong, "post_id")
    assert str(caught.value).startswith(sentence)


def test_ids_are_text() -> None:
    assert values.required_id(2**70, "post_id") == str(2**70)
    assert values.required_id(" at://did:plc:x/y ", "post_id") == "at://did:plc:x/y"
    assert values.optional_id("", "reply_to") is None


@given(st.text(st.characters()))
def test_any_text_becomes_storable_text(text: str) -> None:
    values.required_text(text, "text").encode()


def test_problems_never_repeat_the_content() -> None:
    marker = "marker-9f3a"
    for parse in (values.optional_date, values.optional_flag):
        with pytest.raises(RowProblem) as caught:
            parse(marker, "x")
        assert marker not in str(caught.value)
