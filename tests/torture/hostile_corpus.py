"""The fixed corpus: inputs of kinds that once broke some program, each with a name."""

import gzip
import io
import json
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator

Files = dict[str, bytes]

DEEP = 100_000
# Texts that a platform, a spreadsheet or a terminal might choke on.
TEXTS: dict[str, str] = {
    "NUL": "before\x00after",
    "lone high surrogate": "\ud800",
    "lone low surrogate": "x\udfffx",
    "surrogates in the wrong order": "\udc00\ud83d",
    "bidi override": "user\u202egnp.exe",
    "bidi isolates never closed": "\u2066" * 500,
    "zero width": "a\u200b\u200c\u200d\ufeffb",
    "tag characters": "\U000e0041\U000e0042",
    "combining marks": "e" + "\u0301" * 5_000,
    "formula": '=HYPERLINK("https://example.invalid","x")',
    "formula after a tab": "\t=1+1",
    "formula, full width": "\uff1d1+1",
    "formula, at sign": "@SUM(1,2)",
    "formula, minus": "-2+3+cmd|' /C calc'!A0",
    "newlines": "a\r\nb\nc\rd\u2028e\u2029f\x85g",
    "terminal": "\x1b[2J\x1b]0;owned\x07",
    "markup": "<img src=file:///etc/passwd><script>alert(1)</script>",
    "quotes": '"""\'\'\'"',
    "noncharacter": "\ufffe\uffff",
    "private use": "\ue000\U0010fffd",
    "very long": "x" * 200_000,
    "path": "../../../../etc/passwd",
    "empty": "",
    "blanks": " \t \u3000 ",
}
_ROW = {"post_id": "1", "author_id": "a", "text": "hello"}


def json_files() -> Iterator[tuple[str, str, bytes]]:
    """Name, file name, bytes."""
    for field in ("post_id", "author_id", "author_handle", "text", "created_at", "urls"):
        for name, text in TEXTS.items():
            yield f"json {field}: {name}", "x.jsonl", json.dumps(_ROW | {field: text}).encode()
    for name, value in _VALUES.items():
        for field in ("post_id", "text", "created_at", "hashtags"):
            line = f'{{"post_id":"1","author_id":"a","text":"t","{field}":{value}}}'
            yield f"json {field} is {name}", "x.jsonl", line.encode()
    whole = json.dumps(_ROW).encode()
    for name, data in {
        "an array of rows": b"[" + whole + b"]",
        "no object": b'7\n"x"\nnull\ntrue\n[]',
        "cut short": whole[:-4],
        "two objects on a line": whole + whole,
        "trailing comma": b'{"post_id":"1","author_id":"a","text":"t",}',
        "single quotes": b"{'post_id':'1'}",
        "comment": b"// x\n" + whole,
        "repeated name": b'{"post_id":"1","post_id":"2","author_id":"a","text":"t"}',
        "deep lists": b"[" * DEEP,
        "deep maps": b'{"a":' * DEEP,
        "deep in text": b'{"post_id":"1","author_id":"a","text":' + b"[" * 500 + b"]" * 500 + b"}",
        "not UTF-8": b'{"post_id":"1","author_id":"a","text":"\xff\xfe\xc0\x80"}',
        "overlong UTF-8": b'{"post_id":"\xc0\xaf","author_id":"a","text":"t"}',
        "UTF-8 surrogates": b'{"post_id":"1","author_id":"a","text":"\xed\xa0\x80"}',
        "an endless line": b"x" * (3 << 20),
        "many blank lines": b"\n" * 200_000,
        "NUL bytes": bytes(10_000),
        "nothing": b"",
        "a mark alone": b"\xef\xbb\xbf",
        "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + whole,
        "a bad escape": b'{"post_id":"\\x41","author_id":"a","text":"t"}',
        "a half escape": b'{"post_id":"\\ud83d\\u0041","author_id":"a","text":"t"}',
        "a control in a string": b'{"post_id":"1","author_id":"a","text":"a\x01b"}',
        "numbers no one can hold": b'{"post_id":' + b"9" * 100_000 + b',"author_id":"a","text":"t"}',
    }.items():
        yield f"json {name}", "x.jsonl", data
    yield from _encoded("json", "x.jsonl", json.dumps(_ROW | {"text": "naïve 汉字 😀"}, ensure_ascii=False))
    yield from _packed(whole)


_VALUES = {
    "a huge integer": "9" * 5_000,
    "a huge exponent": "1e400",
    "minus zero": "-0.0",
    "NaN": "NaN",
    "infinity": "-Infinity",
    "a map": '{"a":{"b":1}}',
    "a list": '[1,[2],"x",null]',
    "true": "true",
    "null": "null",
    "2^53+1": "9007199254740993",
}


def csv_files() -> Iterator[tuple[str, str, bytes]]:
    head = "post_id,author_id,text,author_handle,created_at\n"
    for column in range(4):
        for name, text in TEXTS.items():
            cells = ["1", "a", "t", "h", ""]
            cells[column] = text
            row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
            data = (head + row + "\n").encode("utf-8", "surrogatepass")
            yield f"csv column {column}: {name}", "x.csv", data
    for name, text in {
        "no heading": "",
        "wrong heading": "a,b,c\n1,2,3\n",
        "a heading twice": "post_id,post_id,author_id,text\n1,2,a,t\n",
        "an endless heading": "x" * (2 << 20) + "\n",
        "thousands of columns": ",".join(f"c{n}" for n in range(20_000)) + "\n",
        "more cells": head + "1,a,t,h,,,,,,\n",
        "fewer cells": head + "1\n",
        "a quote never closed": head + '1,a,"' + "line\n" * 5_000,
        "quotes never closed, often": head + '1,a,"x\n' * 500,
        "a quote in a cell": head + '1,a,say "hi" now,h,\n',
        "a delimiter hint": "sep=;\n" + head.replace(",", ";") + "1;a;t;h;\n",
        "carriage returns alone": (head + "1,a,t,h,\n").replace("\n", "\r"),
        "only delimiters": head + ",,,,\n" * 2_000,
        "a million commas": head + "," * 1_000_000 + "\n",
    }.items():
        yield f"csv {name}", "x.csv", text.encode()
    yield from _encoded("csv", "x.csv", head + "1,a,naïve 汉字 😀,h,\n")


def _encoded(kind: str, name: str, text: str) -> Iterator[tuple[str, str, bytes]]:
    for encoding in (
        *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "utf-8-sig", "gb18030"),
        *("big5", "shift_jis", "latin-1", "cp037", "koi8-r", "iso2022_jp"),
    ):
        data = text.encode(encoding, "replace")
        yield f"{kind} in {encoding}", name, data
    yield f"{kind} in utf-16, cut in a character", name, text.encode("utf-16")[:-1]


def _packed(whole: bytes) -> Iterator[tuple[str, str, bytes]]:
    packed = gzip.compress(whole)
    flipped = bytearray(packed)
    flipped[-6] ^= 1
    for name, data in {
        "a bomb of one line": gzip.compress(b"x" * (100 << 20), 9),
        "a bomb of rows": gzip.compress((whole + b"\n") * 20_000, 9),
        "packed twice": gzip.compress(packed),
        "cut short": packed[:-6],
        "wrong checksum": bytes(flipped),
        "another length": packed[:-4] + struct.pack("<I", 5),
        "not packed": whole,
        "two parts": packed + packed,
        "rubbish behind": packed + b"rubbish",
        "nothing": b"",
    }.items():
        yield f"gzip {name}", "x.jsonl.gz", data
    for name, data in {
        "an archive": _zip({"x.jsonl": whole}),
        "zlib": zlib.compress(whole),
        "an image": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "a program": b"\x7fELF" + bytes(1000),
        "a database": b"SQLite format 3\x00" + bytes(1000),
    }.items():
        yield f"jsonl that is {name}", "x.jsonl", data
    for name, data in {
        "nothing": b"",
        "a beginning": b"PAR1",
        "a beginning and an end": b"PAR1" + bytes(100) + b"\xff\xff\xff\x7fPAR1",
        "no parquet": whole,
        "zeros": bytes(10_000),
    }.items():
        yield f"parquet: {name}", "x.parquet", data


def answers() -> Iterator[tuple[str, bytes]]:
    """Bodies a platform, or someone in between, might send for a page of notifications."""
    note = {"uri": "at://did:plc:m/app.bsky.feed.post/3k", "cid": "c", "reason": "reply", "isRead": False}
    note |= {"author": {"did": "did:plc:m", "handle": "m.test"}, "indexedAt": "2026-03-01T10:00:00Z"}
    note |= {"record": {"$type": "app.bsky.feed.post", "text": "hi", "createdAt": "2026-03-01T10:00:00Z"}}
    for place in ("text", "handle", "did", "uri", "createdAt"):
        for name, text in TEXTS.items():
            yield f"answer {place}: {name}", _page([_with(note, place, text)])
    for name, value in _VALUES.items():
        for place in ("text", "did", "uri"):
            body = _page([_with(note, place, "\x07here")]).replace(b'"\\u0007here"', value.encode())
            yield f"answer {place} is {name}", body
    whole = _page([note])
    for name, body in {
        "nothing": b"",
        "no list": b'{"cursor":"x"}',
        "a list that is none": b'{"notifications":{}}',
        "two lists": b'{"notifications":[],"notifications":[1]}',
        "a login page": b"<!doctype html><html></html>",
        "cut short": whole[:-9],
        "rubbish behind": whole + b"x",
        "deep": b'{"notifications":' + b"[" * DEEP,
        "deep in an item": b'{"notifications":[' + b'{"a":' * 70 + b"1" + b"}" * 70 + b"]}",
        "a null item": b'{"notifications":[null,7,"x",[]]}',
        "not UTF-8": whole.replace(b'"hi"', b'"\xff\xfe"'),
        "a mark": b"\xef\xbb\xbf" + whole,
        "utf-16": whole.decode().encode("utf-16"),
        "a cursor that is a number": whole.replace(b'"cursor": "c"', b'"cursor": 7'),
        "many brackets in a string": _page([_with(note, "text", "[{" * 50_000)]),
        "many items": _page([note] * 3_000),
    }.items():
        yield f"answer {name}", body


def _page(notes: list[object]) -> bytes:
    return json.dumps({"notifications": notes, "cursor": "c"}).encode()


def _with(note: dict, place: str, text: str) -> dict:
    made = json.loads(json.dumps(note))
    holder = {"text": "record", "createdAt": "record", "handle": "author", "did": "author"}.get(place)
    (made[holder] if holder else made)[place] = text
    return made


NAMES = (
    *("../evil", "data/../../evil", "/etc/passwd", "C:\\evil", "C:/evil", "data\\raw\\evil"),
    *("data/raw/../evil", "./bagit.txt", "data//entries.jsonl", "BAGIT.TXT", "bagit.txt/", "evil/"),
    *("data/raw/" + "A" * 64, "data/raw/" + "a" * 63, "data/proofs/01.tlog-proof", "x" * 5_000),
    *("data/proofs/-1.tlog-proof", "data/proofs/\u0661.tlog-proof", "data/evil\u202etxt.exe", "CON", "aux"),
    *("data/inner.zip", "evil.html", ".DS_Store", "__MACOSX/x", "data/media/../../x", "\\\\host\\share"),
    *("data/entries.jsonl.", "data /x", "data/raw/x/y", "~/x", "$HOME/x", "bagit.txt\n", "a" * 300 + "/b"),
)


def zips(genuine: Files) -> Iterator[tuple[str, bytes]]:
    """Packets as zip files that try to be more than that."""
    for number, name in enumerate(NAMES):
        yield f"zip name {number}", _zip(genuine | {name: b"evil"})
    raw = next(name for name in genuine if name.startswith("data/raw/"))
    for name, target in (("README.txt", 40 << 20), ("data/entries.csv", 120 << 20), (raw, 80 << 20)):
        yield f"zip bomb in {name[:20]}", _zip(genuine | {name: bytes(target)})
    whole = _zip(genuine)
    yield "zip with a link", _linked(genuine)
    yield "zip with the same name twice", _twice(genuine)
    yield "zip in a zip", _zip({"packet.zip": whole})
    yield "zip with rubbish before", b"MZ" + bytes(500) + whole
    yield "zip with rubbish behind", whole + bytes(500)
    yield "zip with a comment", whole[:-2] + struct.pack("<H", 5) + b"hello"
    yield "zip cut in half", whole[: len(whole) // 2]
    yield "zip without a directory", whole[: whole.index(b"PK\x01\x02")]
    yield "zip that is empty", b"PK\x05\x06" + bytes(18)
    yield "zip that is none", b"not a zip"
    yield "zip of nothing", b""
    at = whole.index(b"PK\x01\x02")
    for field, (place, size) in {
        "flags": (8, 2),
        "method": (10, 2),
        "checksum": (16, 4),
        "packed size": (20, 4),
        "size": (24, 4),
        "name length": (28, 2),
        "extra length": (30, 2),
        "comment length": (32, 2),
        "disk": (34, 2),
        "attributes": (38, 4),
        "offset": (42, 4),
    }.items():
        for value in (0, 1, (1 << 8 * size) - 1):
            lied = whole[: at + place] + value.to_bytes(size, "little") + whole[at + place + size :]
            yield f"zip whose {field} says {value}", lied
    end = whole.rindex(b"PK\x05\x06")
    for place in (8, 10, 12, 16):
        yield (
            f"zip whose directory lies at {place}",
            whole[: end + place] + b"\xff\xff" + whole[end + place + 2 :],
        )


def _zip(contents: Files) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in contents.items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _linked(genuine: Files) -> bytes:
    buffer = io.BytesIO(_zip({name: data for name, data in genuine.items() if name != "data/case.json"}))
    link = zipfile.ZipInfo("data/case.json")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def _twice(genuine: Files) -> bytes:
    buffer = io.BytesIO(_zip(genuine))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr("bagit.txt", genuine["bagit.txt"])
    return buffer.getvalue()
