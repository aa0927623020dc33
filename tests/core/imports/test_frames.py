"""Whole files as columns: the same values as the row reader, on the fast paths and the slow one."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.ids import PlatformName
from core.errors import BadInput
from core.imports import frames, problems
from core.imports.frames import SCHEMA, load_frame, read_frame
from core.imports.reader import read_mentions

ROWS = [
    {
        "post_id": str(n),
        "author_id": f"a{n % 3}",
        "author_handle": "@dock" if n % 2 else None,
        "author_name": " 港口 😀 ",
        "author_created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "created_at": f"2026-03-01T12:00:{n:02}Z" if n % 4 else f"{1772366400 + n}",
        "text": "" if n == 3 else f'line\n"{n}", 5" nails' if n % 2 else f"{n}",
        "lang": "zh",
        "urls": ["https://a.example/x;y"] * (n % 3),
        "hashtags": ["#dock", "harbour"][: n % 3],
        "mentions": ["@mei"] * (n % 2),
        "reply_to": "r" if n % 5 else "",
        "author_followed": n == 4,
    }
    for n in range(12)
]


def write_all(folder: Path, rows: list[dict[str, object]]) -> list[Path]:
    """The rows in every format we read, through polars' own writers."""
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    paths = [folder / name for name in ("a.jsonl", "a.jsonl.gz", "a.csv", "b.csv", "a.parquet")]
    paths[0].write_bytes(lines)
    paths[1].write_bytes(gzip.compress(lines))
    frame = pl.DataFrame(rows)
    flat = frame.with_columns(pl.col(pl.List(pl.String)).list.join(" "))
    flat.write_csv(paths[2])
    paths[3].write_bytes("\ufeff".encode("utf-16-le") + flat.write_csv(separator="\t").encode("utf-16-le"))
    frame.write_parquet(paths[4])
    return paths


def test_every_format_gives_the_same_frame(tmp_path: Path) -> None:
    loaded = [load_frame(path) for path in write_all(tmp_path, ROWS)]
    for one in loaded:
        assert one.dropped == 0
        assert dict(one.frame.schema) == SCHEMA
        assert one.frame.equals(loaded[0].frame)


def test_frames_hold_what_the_row_reader_finds(tmp_path: Path) -> None:
    for path in write_all(tmp_path, ROWS):
        mentions = [row.mention for row in read_mentions(path, platform=PlatformName("import"))]
        for row, mention in zip(read_frame(path).iter_rows(named=True), mentions, strict=True):
            assert mention is not None
            assert row["post_id"] == mention.remote_id
            assert row["author_id"] == mention.author.remote_id
            assert (row["author_handle"] or row["author_id"]) == mention.author.handle
            assert row["author_name"] == mention.author.display_name
            assert row["author_created_at"] == mention.author.created_at
            assert row["author_followed"] == mention.author.followed
            assert row["created_at"] == mention.created_at
            assert row["text"] == mention.text
            assert tuple(row["urls"]) == mention.urls
            assert tuple(row["hashtags"]) == mention.hashtags
            assert row["reply_to"] == mention.reply_to


_GOOD = st.fixed_dictionaries(
    {
        "post_id": st.text("ab1 é", min_size=1).filter(str.strip),
        "author_id": st.text("xy", min_size=1),
        "text": st.text(st.sampled_from('ab,;"\n\r\t\\港 '), max_size=12),
        "lang": st.sampled_from(["en", "", "zh"]),
        "created_at": st.sampled_from(["2026-03-01T12:00:00Z", "2026-03-01", "1772366400", "", "bad"]),
    }
)


@given(st.lists(_GOOD, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_native_csv_and_json_agree_with_the_row_reader(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    names = ("post_id", "author_id", "text", "lang", "created_at")
    cut = [[row[name] for name in names] for row in rows]
    quoted = ['"' + '","'.join(cell.replace('"', '""') for cell in cells) + '"\r\n' for cells in cut]
    heading = ",".join(names) + "\r\n"
    (tmp_path / "a.csv").write_text(heading + "".join(quoted), encoding="utf-8", newline="")
    from_json, from_csv = (load_frame(tmp_path / name) for name in ("a.jsonl", "a.csv"))
    assert from_json.frame.equals(from_csv.frame)
    assert from_json.dropped == from_csv.dropped == 0
    assert from_json.frame["text"].to_list() == [row["text"] for row in rows]
    for row, moment in zip(rows, from_json.frame["created_at"], strict=True):
        assert (moment is None) == (row["created_at"] in ("", "bad"))


def test_rows_without_a_required_cell_are_left_out_and_counted(tmp_path: Path) -> None:
    good = '{"post_id":"1","author_id":"2","text":"ok"}\n'
    for extra in ("", "not json\n", '{"post_id":"1","author_id":"2","text":"\\ud800"}\n'):
        path = tmp_path / "a.jsonl"
        path.write_text(
            good + '{"post_id":" ","author_id":"2","text":"x"}\n{"post_id":"3","text":"x"}\n' + extra
        )
        loaded = load_frame(path)
        assert loaded.frame["text"].to_list()[0] == "ok"
        assert loaded.dropped == 2 + extra.startswith("not")
    assert loaded.frame["text"].to_list() == ["ok", "\\ud800"]
    csv = tmp_path / "a.csv"
    csv.write_text("post_id,author_id,text\n1,2,ok\n,2,x\n3,,x\n4,2,\n1.2E+18,2,x\n")
    assert load_frame(csv).frame["text"].to_list() == ["ok", ""]
    assert load_frame(csv).dropped == 3


def test_a_csv_file_with_oddities_takes_the_slow_path(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('post_id,author_id,text\n1,2,5" nail\n2,2,"open\n3,2,x,extra\n4,2,last\n')
    loaded = load_frame(path)
    assert loaded.frame["text"].to_list() == ['5" nail', "last"]
    assert loaded.dropped == 2


def test_parquet_types_other_programs_write(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame(
        {
            "Post_ID": pl.Series([1, 2], dtype=pl.Int64),
            "author_id": pl.Series([b"x", b"y"], dtype=pl.Binary),
            "text": pl.Series(["a", None], dtype=pl.Categorical),
            "created_at": pl.Series([date(2026, 3, 1), None]),
            "author_created_at": pl.Series([1772366400, 1772366400000]),
            "urls": pl.Series([["u"], None], dtype=pl.List(pl.String)),
            "hashtags": ["#a b", None],
            "nested": [{"t": datetime(2026, 3, 1, tzinfo=UTC), "n": [1.5]}, None],
            "far": pl.Series([10**17, None]).cast(pl.Datetime("us")),
            "ratio": [float("nan"), 0.5],
            "span": pl.Series([5, None]).cast(pl.Duration("ms")),
        }
    ).write_parquet(path)
    loaded = load_frame(path)
    assert loaded.dropped == 1
    (row,) = loaded.frame.iter_rows(named=True)
    assert (row["post_id"], row["author_id"], row["text"]) == ("1", "x", "a")
    assert row["created_at"] == datetime(2026, 3, 1, tzinfo=UTC)
    assert row["author_created_at"] == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert (row["urls"], row["hashtags"]) == (["u"], ["a", "b"])
    first, second = read_mentions(path, platform=PlatformName("import"))
    assert first.mention is not None
    assert first.mention.remote_id == "1"
    assert first.mention.author.created_at == row["author_created_at"]
    assert second.problem == problems.MISSING.format(column="text")
    raw = json.loads(first.raw)
    assert raw["Post_ID"] == 1
    assert raw["created_at"] == "2026-03-01T00:00:00.000000Z"
    assert raw["far"] == "5138-11-16T09:46:40.000000Z"
    assert raw["ratio"] == "nan"
    assert first.raw.decode() == json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def test_required_columns_of_a_parquet_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"post_id": ["1"], "text": ["x"]}).write_parquet(path)
    for use in (load_frame, lambda path: list(read_mentions(path, platform=PlatformName("import")))):
        with pytest.raises(BadInput) as caught:
            use(path)
        assert caught.value.params["why"] == problems.NO_COLUMNS_TABLE.format(columns="author_id")


def test_a_decoder_that_dies_is_a_refusal_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"post_id": ["1"], "author_id": ["2"], "text": ["x"]}).write_parquet(path)
    monkeypatch.setattr("core.imports.parquet_rows._CODE", "import os; os.abort()")
    for use in (load_frame, lambda path: list(read_mentions(path, platform=PlatformName("import")))):
        with pytest.raises(BadInput) as caught:
            use(path)
        assert caught.value.params["why"] == problems.PARQUET_FAILED


def test_json_that_polars_reads_differently_takes_the_slow_path() -> None:
    lone = frames._LONE_SURROGATE
    assert lone.search(rb'"\ud83d"')
    assert lone.search(rb'"\uDE00"')
    assert lone.search(rb'"\ud83dx\ude00"')
    assert not lone.search(rb'"\ud83d\ude00\uD83D\uDE00"')
