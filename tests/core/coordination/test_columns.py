from datetime import UTC, date, datetime

import polars as pl
import pytest

from core.coordination.columns import SCHEMA, normalise
from core.errors import BadInput

BASE = {"post_id": ["1", "2"], "author_id": ["a", "b"], "text": ["x", None]}


def test_missing_columns_become_nulls_and_ids_become_texts() -> None:
    frame = normalise(
        pl.DataFrame({"post_id": [1, 2], "author_id": [7, 8], "text": ["x", None], "extra": [1, 2]})
    )
    assert dict(frame.schema) == dict(SCHEMA)
    assert frame["post_id"].to_list() == ["1", "2"]
    assert frame["text"].to_list() == ["x", ""]
    assert frame["urls"].null_count() == 2


@pytest.mark.parametrize("name", ["post_id", "author_id", "text"])
def test_required_columns(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        normalise(pl.DataFrame(BASE).drop(name))
    assert caught.value.params["what"] == name


def test_an_empty_id_is_named_with_its_line() -> None:
    with pytest.raises(BadInput) as caught:
        normalise(pl.DataFrame(BASE | {"author_id": ["a", None]}))
    assert caught.value.params == {"what": "author_id", "why": "empty value", "line": 2}


@pytest.mark.parametrize(
    "times",
    [
        ["2026-01-02T03:04:05Z", None],
        ["2026-01-02T04:04:05+01:00", None],
        [datetime(2026, 1, 2, 3, 4, 5), None],  # noqa: DTZ001  # naive on purpose
        [datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), None],
    ],
)
def test_times_are_utc(times: list[object]) -> None:
    frame = normalise(pl.DataFrame(BASE | {"created_at": times}))
    assert frame["created_at"].to_list() == [datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), None]


def test_dates_are_midnight() -> None:
    frame = normalise(pl.DataFrame(BASE | {"author_created_at": [date(2026, 1, 2), None]}))
    assert frame["author_created_at"][0] == datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"created_at": ["yesterday", None]},
        {"created_at": [3, 4]},
        {"urls": ["a", "b"]},
        {"lang": [["x"], []]},
    ],
)
def test_what_cannot_be_read_is_refused(wrong: dict[str, list[object]]) -> None:
    with pytest.raises(BadInput) as caught:
        normalise(pl.DataFrame(BASE | wrong))
    assert caught.value.params["what"] in wrong


def test_a_repeated_post_counts_once() -> None:
    frame = normalise(pl.DataFrame({"post_id": ["1", "1"], "author_id": ["a", "a"], "text": ["x", "y"]}))
    assert frame["text"].to_list() == ["x"]
