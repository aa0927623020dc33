"""Reading a file from end to end: good rows in, bad rows reported, whatever the bytes."""

import csv
import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.ids import PlatformName
from core.domain.mention import MentionKind, Received
from core.errors import AppError, BadInput, UnusableFolder
from core.imports import problems
from core.imports.columns import COLUMNS, DATES, LISTS
from core.imports.reader import read_mentions

PLATFORM = PlatformName("import")
HEADING = b"post_id,author_id,text\n"


def read(folder: Path, name: str, data: bytes) -> list[Received]:
    path = folder / name
    path.write_bytes(data)
    return list(read_mentions(path, platform=PLATFORM))


def texts(rows: list[Received]) -> list[str]:
    return [row.mention.text for row in rows if row.mention]


def test_every_column_reaches_the_mention(tmp_path: Path) -> None:
    row = {
        "post_id": "p1",
        "author_id": 12345678901234567890,
        "author_handle": "@lantern_sum",
        "author_name": "沈 Lantern 🏮",
        "author_created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "created_at": "2026-03-01T12:00:00+02:00",
        "text": "hello\nthere",
        "lang": "en",
        "urls": ["https://news.example/a"],
        "hashtags": ["#harbour", "dock"],
        "mentions": ["@mei"],
        "reply_to": "p0",
        "author_followed": True,
        "url": "https://social.example/p1",
        "like_count": {"ignored": [1, 2]},
    }
    raw = json.dumps(row).encode()
    (received,) = read(tmp_path, "a.jsonl", raw + b"\n")
    mention = received.mention
    assert mention is not None
    assert received.raw == raw
    assert (received.line, received.source, received.method) == (1, "a.jsonl", "import-jsonl")
    assert mention.author.remote_id == "12345678901234567890"
    assert mention.author.handle == "lantern_sum"
    assert mention.author.display_name == "沈 Lantern 🏮"
    assert mention.author.created_at == datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)
    assert mention.author.followed
    assert mention.created_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert mention.kind is MentionKind.REPLY
    assert mention.urls == ("https://news.example/a",)
    assert mention.hashtags == ("harbour", "dock")
    assert mention.mentions == ("mei",)
    assert mention.url == "https://social.example/p1"


@pytest.mark.parametrize(
    ("reply_to", "repost_of", "kind"),
    [
        (None, None, MentionKind.IMPORTED),
        ("x", None, MentionKind.REPLY),
        ("x", "y", MentionKind.REPOST),
        ("", " ", MentionKind.IMPORTED),
    ],
)
def test_kind_follows_reply_and_repost(
    tmp_path: Path, reply_to: str | None, repost_of: str | None, kind: MentionKind
) -> None:
    row = {"post_id": 1, "author_id": 2, "text": "", "reply_to": reply_to, "repost_of": repost_of}
    (received,) = read(tmp_path, "a.ndjson", json.dumps(row).encode())
    assert received.mention is not None
    assert received.mention.kind is kind


def test_names_fall_back_so_that_there_is_something_to_show(tmp_path: Path) -> None:
    (received,) = read(tmp_path, "a.jsonl", b'{"post_id":"1","author_id":"a9","text":"x"}')
    assert received.mention is not None
    assert received.mention.author.handle == "a9"
    assert received.mention.author.display_name == "a9"


BAD_JSON_ROWS = [
    (b"not json", problems.NOT_JSON),
    (b"[]", problems.NOT_OBJECT),
    (b"7", problems.NOT_OBJECT),
    (b"\xff{}", problems.NOT_UTF8),
    (b'{"post_id":"1","author_id":"2"}', "text is missing."),
    (b'{"post_id":"","author_id":"2","text":"x"}', "post_id is empty."),
    (b'{"post_id":1.5,"author_id":"2","text":"x"}', problems.ID_NUMBER.format(column="post_id")),
    (b'{"post_id":true,"author_id":"2","text":"x"}', "post_id is not text."),
    (b'{"post_id":"a\\u0000","author_id":"2","text":"x"}', problems.ID_CONTROL.format(column="post_id")),
    (b'{"post_id":"1","author_id":"2","text":"x","text":"y"}', "The row gives text twice."),
    (b'{"post_id":"1","author_id":"2","text":["x"]}', "text is not text."),
    (b'{"post_id":"1","author_id":"2","text":"x","created_at":"soon"}', "created_at is not a date"),
    (b'{"post_id":"1","author_id":"2","text":"x","urls":[1]}', "urls is not a list of text."),
    (b'{"post_id":"1","author_id":"2","text":"x","urls":{}}', "urls is not a list of text."),
    (b'{"post_id":"1","author_id":"2","text":"x","lang":NaN}', problems.NOT_JSON),
    (b'{"post_id":"1","author_id":"2","text":"x","n":' + b"9" * 5000 + b"}", problems.HUGE_NUMBER),
    (b'{"post_id":"1","author_id":"2","text":"x","n":' + b"[" * 70 + b"]" * 70 + b"}", problems.TOO_DEEP),
    (b'{"n":' + b"[" * 200_000, problems.TOO_DEEP),
]


@pytest.mark.parametrize(("bad", "sentence"), BAD_JSON_ROWS, ids=range(len(BAD_JSON_ROWS)))
def test_a_bad_json_row_is_reported_and_the_rest_goes_in(tmp_path: Path, bad: bytes, sentence: str) -> None:
    good = b'{"post_id":"%d","author_id":"2","text":"ok"}'
    rows = read(tmp_path, "a.jsonl", good % 1 + b"\n" + bad + b"\n\n" + good % 2)
    assert [row.line for row in rows] == [1, 2, 4]
    assert texts(rows) == ["ok", "ok"]
    assert rows[1].mention is None
    assert rows[1].raw == bad
    assert (rows[1].problem or "").startswith(sentence)


def test_brackets_inside_text_are_not_depth(tmp_path: Path) -> None:
    row = json.dumps({"post_id": "1", "author_id": "2", "text": "[{" * 500 + '\\"['})
    assert len(texts(read(tmp_path, "a.jsonl", row.encode()))) == 1


def test_an_unclosed_string_full_of_escapes_is_refused_quickly(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.jsonl", b'{"a":[' + b"[" * 64 + b'"' + b'\\"' * 300_000)
    assert row.problem == problems.TOO_DEEP


def test_lone_surrogates_are_written_visibly(tmp_path: Path) -> None:
    row = b'{"post_id":"1","author_id":"2","text":"a\\ud83d b\\ud83d\\ude00","author_name":"\\udc00"}'
    (received,) = read(tmp_path, "a.jsonl", row)
    assert received.mention is not None
    assert received.mention.text == "a\\ud83d b😀"
    assert received.mention.author.display_name == "\\udc00"
    received.mention.text.encode()


def test_a_row_over_the_limit_is_reported_with_its_size_and_hash(tmp_path: Path) -> None:
    long = b'{"post_id":"1","author_id":"2","text":"' + b"x" * 2_000_000 + b'"}'
    rows = read(tmp_path, "a.jsonl", long + b'\r\n{"post_id":"2","author_id":"2","text":"ok"}\r\n')
    assert rows[0].raw == long[:4096]
    assert "2000041 bytes" in (rows[0].problem or "")
    assert [row.line for row in rows] == [1, 2]
    assert texts(rows) == ["ok"]


def test_bom_crlf_and_no_last_line_end(tmp_path: Path) -> None:
    one, two = (b'{"post_id":"%d","author_id":"2","text":"t"}' % n for n in (1, 2))
    rows = read(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + one + b"\r\n" + two)
    assert [row.raw for row in rows] == [one, two]


def test_a_json_list_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, "a.jsonl", b'[{"post_id":1}]')
    assert caught.value.params["why"] == problems.JSON_LIST


def test_csv_records_may_span_lines_and_keep_their_bytes(tmp_path: Path) -> None:
    record = b'1,2,"one ""two""\r\nthree"'
    rows = read(tmp_path, "a.csv", HEADING + record + b'\r\n2,2,plain 5" nail\n,,\n3,2,\n')
    assert [row.line for row in rows] == [2, 4, 6]
    assert rows[0].raw == record
    assert texts(rows) == ['one "two"\r\nthree', 'plain 5" nail', ""]


def test_csv_rows_of_the_wrong_width(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", HEADING + b"1,2,x,y\n1,2\n1,2,x\n")
    assert [row.problem for row in rows] == [problems.MORE_CELLS, "text is missing.", None]


def test_an_unclosed_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", HEADING + b'1,2,"open\n2,2,b\n3,2,c\n')
    assert [row.problem for row in rows] == [problems.OPEN_QUOTE, None, None]
    assert rows[0].raw == b'1,2,"open'
    assert texts(rows) == ["b", "c"]


def test_a_file_of_unclosed_marks_ends_in_bounded_time(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", HEADING + b'x","\n' * 5_000)
    assert len(rows) == 101
    assert all(row.problem == problems.OPEN_QUOTE for row in rows)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_csv_with_tabs_as_spreadsheets_save_it(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff".encode(encoding)
    # U+0A0A and U+0D0A hold bytes that look like line ends.
    record = '1\t2\t"港口 \u0a0a\u0d0a\r\n😀"'
    data = mark + f"post_id\tauthor_id\ttext\r\n{record}\r\n2\t2\t\ud83d\r\n".encode(
        encoding, "surrogatepass"
    )
    rows = read(tmp_path, "a.csv", data)
    assert texts(rows) == ["港口 \u0a0a\u0d0a\r\n😀", "\\ud83d"]
    assert rows[0].raw == record.encode(encoding)
    assert [row.line for row in rows] == [2, 4]


@pytest.mark.parametrize(
    "data",
    [
        b"Post_ID ; AUTHOR_ID;text;more\n1;2;hi;x",
        b"sep=;\npost_id;author_id;text\n1;2;hi",
        b"\xef\xbb\xbfpost_id,author_id,text\r1,2,hi\r",
        b'"post_id"\t"author_id"\t"text"\n"1"\t"2"\t"hi"\n',
    ],
)
def test_headings_and_separators_people_really_have(tmp_path: Path, data: bytes) -> None:
    assert texts(read(tmp_path, "a.csv", data)) == ["hi"]


def test_lists_dates_and_flags_in_csv_cells(tmp_path: Path) -> None:
    data = (
        b"post_id,author_id,text,urls,hashtags,created_at,author_followed\n"
        b'1,2,x,https://a.example/p;q=1;https://b.example/,"[""#one"", ""two""]",1700000000,yes\n'
        b"1,2,x,https://a.example https://b.example/,#one;two,1700000000123,0\n"
        b"1,2,x,[oops,,,\n"
    )
    rows = read(tmp_path, "a.csv", data)
    first, second = (row.mention for row in rows[:2])
    assert first is not None
    assert second is not None
    assert first.urls == ("https://a.example/p;q=1", "https://b.example/")
    assert first.hashtags == second.hashtags == ("one", "two")
    assert first.created_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert second.created_at == datetime(2023, 11, 14, 22, 13, 20, 123000, tzinfo=UTC)
    assert (first.author.followed, second.author.followed) == (True, False)
    assert rows[2].problem == "urls is not a list of text."


BAD_FILES = [
    ("a.csv", b"", problems.NO_HEADING),
    ("a.csv", b"post_id,text\n1,2\n", problems.NO_COLUMNS.format(columns="author_id")),
    ("a.csv", b"post_id,author_id,text,text\n", problems.COLUMN_TWICE.format(column="text")),
    ("a.csv", b"\xff\xfa\xfb\n", problems.HEADING_TEXT),
    ("a.csv", "post_id,author_id,text\n".encode("utf-16-le"), problems.HEADING_TEXT),
    ("a.csv", b"x" * 1_100_000, problems.HEADING_LONG),
    ("a.csv", b"PK\x03\x04....", problems.WORKBOOK),
    ("a.jsonl", b"\x1f\x8b\x08", problems.ARCHIVE),
    ("a.jsonl.gz", b"\x1f\x8b\x08\x00garbage", problems.BAD_GZIP),
    ("a.jsonl.gz", gzip.compress(b"{}\n" * 1000)[:-9], problems.BAD_GZIP),
    ("a.csv.gz", b"plain", problems.BAD_GZIP),
    ("a.xlsx", b"", problems.WORKBOOK),
    ("a.zip", b"", problems.ARCHIVE),
    ("a.txt", b"", problems.UNKNOWN_TYPE),
    ("a.parquet", b"", problems.NOT_PARQUET),
    ("a.parquet", b"PAR1" + b"\x00" * 50 + b"PAR1", problems.NOT_PARQUET),
    ("a.parquet", b"PAR1" + b"\xff" * 20 + b"\x10\0\0\0PARE", problems.ENCRYPTED),
    ("a.parquet", b"PARE" + b"\xff" * 20, problems.ENCRYPTED),
]


@pytest.mark.parametrize(("name", "data", "why"), BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_file_that_cannot_be_used_says_what_to_do(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, name, data)
    assert caught.value.params["why"] == why
    assert caught.value.params["what"] == name


def test_missing_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name, why in (("none.csv", problems.NO_FILE), ("folder.csv", problems.NOT_A_FILE)):
        with pytest.raises(UnusableFolder) as caught:
            read_mentions(tmp_path / name, platform=PLATFORM)
        assert caught.value.params["why"] == why
    with pytest.raises(UnusableFolder):
        read_mentions(Path("nul\0byte.csv"), platform=PLATFORM)


def test_problems_of_the_file_are_raised_before_the_first_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text\nx\n")
    with pytest.raises(BadInput):
        read_mentions(tmp_path / "a.csv", platform=PLATFORM)


def test_empty_json_lines_and_heading_only(tmp_path: Path) -> None:
    assert read(tmp_path, "a.jsonl", b"") == []
    assert read(tmp_path, "a.jsonl", b"\n \r\n") == []
    assert read(tmp_path, "a.csv", HEADING) == []


def test_gzip_and_a_bomb(tmp_path: Path) -> None:
    good = gzip.compress(HEADING + b"1,2,hi\n")
    assert texts(read(tmp_path, "a.csv.gz", good)) == ["hi"]
    bomb = gzip.compress(b"\0" * (80 << 20), compresslevel=1)
    with pytest.raises(BadInput) as caught:
        read(tmp_path, "a.jsonl.gz", bomb)
    assert caught.value.params["why"] == problems.NO_LINES


def test_a_stream_left_half_way_closes_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(HEADING + b"1,2,a\n" * 50_000)
    stream = read_mentions(tmp_path / "a.csv", platform=PLATFORM)
    assert next(stream).line == 2
    del stream  # an open file would be a ResourceWarning, and that fails the test


# Round trip: the same rows written in three formats are the same mentions.

_ID = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=20
).filter(lambda text: text == text.strip())
_WORD = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters="#＃@;["), min_size=1, max_size=9
)
_NAME = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
_TIME = st.none() | st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_ROW = st.fixed_dictionaries(
    {name: _NAME for name in COLUMNS}
    | {
        "post_id": _ID,
        "author_id": _ID,
        "reply_to": st.none() | _ID,
        "repost_of": st.none() | _ID,
        "text": _TEXT,
    }
    | {name: st.lists(_WORD, max_size=3) for name in LISTS}
    | {name: _TIME for name in DATES}
    | {"author_followed": st.booleans()}
)
_IO = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def as_json(rows: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(row, default=datetime.isoformat).encode() + b"\n" for row in rows)


def as_csv(rows: list[dict[str, object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = {name: " ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
        writer.writerow("" if cells[name] is None else cells[name] for name in COLUMNS)
    return out.getvalue().encode()


def as_parquet(rows: list[dict[str, object]]) -> bytes:
    out = io.BytesIO()
    types = dict.fromkeys(COLUMNS, pl.String()) | dict.fromkeys(DATES, pl.Datetime("us", "UTC"))
    types |= dict.fromkeys(LISTS, pl.List(pl.String())) | {"author_followed": pl.Boolean()}
    pl.DataFrame(rows, schema=types).write_parquet(out)
    return out.getvalue()


def check_rows(found: list[Received], rows: list[dict[str, object]]) -> None:
    assert [row.problem for row in found] == [None] * len(rows)
    for received, row in zip(found, rows, strict=True):
        assert received.mention is not None
        assert received.mention.text == row["text"]
        assert received.mention.created_at == row["created_at"]
        assert list(received.mention.urls) == row["urls"]


@given(st.lists(_ROW, max_size=6))
@_IO
def test_good_rows_are_the_same_mentions_in_json_and_csv(
    tmp_path: Path, rows: list[dict[str, object]]
) -> None:
    found = read(tmp_path, "a.jsonl", as_json(rows))
    check_rows(found, rows)
    assert [row.mention for row in found] == [row.mention for row in read(tmp_path, "a.csv", as_csv(rows))]


@given(st.lists(_ROW, max_size=30))
@settings(_IO, max_examples=12)  # each example starts a process
def test_good_rows_are_the_same_mentions_in_parquet(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    found = read(tmp_path, "a.parquet", as_parquet(rows))
    check_rows(found, rows)
    as_lines = read(tmp_path, "a.jsonl", as_json(rows))
    assert [row.mention for row in found] == [row.mention for row in as_lines]


# Any bytes: rows or a refusal, never anything else.

_SCRAPS = st.sampled_from(
    [
        HEADING, b'"', b'""', b",", b"\n", b"\r\n", b"\r", b";", b"\t", b"sep=;", b"\x00", b"\xff", b"\xfe",
        b'{"post_id":"1","author_id":"2","text":"', b'"}\n', b"\\ud800", b"\\u0000", b"{", b"[", b"]", b"}",
        b'"text":', b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", "post_id,author_id,text\n".encode("utf-16-le"),
        "港口😀".encode(), b"1e999", b"9" * 30, b"PAR1", b"PK\x03\x04", b"\x1f\x8b\x08\x00",
    ]
)  # fmt: skip
_BYTES = st.binary(max_size=200) | st.lists(_SCRAPS | st.binary(max_size=5), max_size=30).map(b"".join)


@given(_BYTES, st.sampled_from(["a.jsonl", "a.csv", "a.parquet", "a.csv.gz", "a.ndjson.gz"]))
@settings(_IO, max_examples=400)
def test_no_bytes_can_crash_the_reader(tmp_path: Path, data: bytes, name: str) -> None:
    if name.endswith(".gz") and len(data) % 2:
        data = gzip.compress(data)
    try:
        rows = read(tmp_path, name, data)
    except AppError as error:
        str(error).encode()
        return
    for row in rows:
        assert (row.mention is None) == (row.problem is not None)
        assert row.line is not None
        if row.mention is not None:
            repr(row.mention).encode()
            row.mention.text.encode()
        assert name.endswith("gz") or row.raw in data


@given(st.data())
@settings(_IO, max_examples=12)
def test_a_parquet_file_with_changed_bytes_never_crashes(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(as_parquet([{"post_id": "1", "author_id": "2", "text": "x", "urls": ["u"]}] * 20))
    for at in data.draw(st.lists(st.integers(4, len(whole) - 1), max_size=4)):
        whole[at] = data.draw(st.integers(0, 255))
    try:
        rows = read(tmp_path, "a.parquet", bytes(whole))
    except AppError:
        return
    assert all((row.mention is None) == (row.problem is not None) for row in rows)


def test_a_long_line_inside_an_open_cell_and_half_a_character(tmp_path: Path) -> None:
    long = b"x" * 1_100_000
    rows = read(tmp_path, "a.csv", HEADING + b'1,2,"open\n2,2,b\n' + long + b"\n3,2,c\n")
    assert [(row.problem or "")[:24] for row in rows] == [
        problems.OPEN_QUOTE[:24],
        "",
        "The row is longer than 1",
        "",
    ]
    assert texts(rows) == ["b", "c"]
    half = '1\t2\t"a\n'.encode("utf-16-le")[:-2] + b"\x00\n\x00"
    data = "\ufeffpost_id\tauthor_id\ttext\n".encode("utf-16-le") + half
    assert [row.problem for row in read(tmp_path, "b.csv", data)] == [problems.NOT_UTF16]


def test_a_record_over_the_limit_spanning_lines(tmp_path: Path) -> None:
    record = b'1,2,"' + b"x" * 500_000 + b"\n" + b"y" * 600_000 + b'"'
    rows = read(tmp_path, "a.csv", HEADING + record + b"\n2,2,ok\n")
    assert [row.line for row in rows] == [2, 4]
    assert rows[0].raw == record[:4096]
    assert f"{len(record)} bytes" in (rows[0].problem or "")
    assert texts(rows) == ["ok"]
