"""Resuming exactly where a page ended."""

import pytest

from core.connectors.bluesky.cursor import Resume
from core.connectors.untrusted_json import Slice

AT = "2026-03-01T12:00:00.000Z"


def item(name: str, at: str = AT) -> Slice:
    return Slice(name.encode(), {"uri": name, "indexedAt": at})


def test_seen_items_are_dropped_and_only_those() -> None:
    cursor = Resume.after(AT, [item("newer", "2026-03-01T12:00:00.001Z"), item("a"), item("b")])
    resume = Resume.parse(cursor)
    assert resume is not None
    assert resume.at == AT
    assert resume.overlapping == "2026-03-01T12:00:00.001Z"
    assert [one.raw for one in resume.unseen([item("a"), item("b"), item("c"), item("newer")])] == [
        b"c",
        b"newer",
    ]


def test_items_without_a_name_are_told_by_their_bytes() -> None:
    nameless = Slice(b'{"indexedAt": 1}', {"indexedAt": AT})
    resume = Resume.parse(Resume.after(AT, [nameless]))
    assert resume is not None
    assert resume.unseen([nameless, Slice(b"null", None)]) == (Slice(b"null", None),)


def test_the_services_own_cursor_is_accepted() -> None:
    assert Resume.parse(AT) == Resume(AT)
    assert Resume.after(AT, [item("x", "2026-03-01T12:00:00.500Z")]) == AT


@pytest.mark.parametrize(
    "cursor", ["", "3kabc", "1709294400000::bafy", "2026-99-01T12:00:00.000Z", AT + "~zz"]
)
def test_other_cursors_are_left_alone(cursor: str) -> None:
    assert Resume.parse(cursor) is None
    assert Resume.after(cursor, [item("a")]) == cursor


def test_the_end_of_time() -> None:
    assert Resume.parse("9999-12-31T23:59:59.999Z") is None
