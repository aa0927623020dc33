"""Commands that work on files alone: no data folder, no keyring, no network."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

import polars as pl

from app.cli.output import Json, Output
from app.services.verify import parse_anchor, read_certificates, verify_file
from core.classify.engine import load_default
from core.coordination.grouping import group_posts
from core.domain.classification import Classification, Reason
from core.domain.coordination import Grouping
from core.domain.text import escape_surrogates
from core.errors import BadInput, UnusableFolder
from core.export.verify import Verdict
from core.imports.frames import load_frame

# Lines scored per model call: streams with bounded memory, and copies inside a batch cost nothing.
_BATCH = 2_048


def classify(arguments: argparse.Namespace, output: Output) -> int:
    """`breakwater classify`: JSONL in, JSONL out, in the same order.

    A line that cannot be read is named on stderr and has no line in the output; the rest is
    scored, and the exit code is 1.
    """
    scored = bad = 0
    with _text_source(arguments.file) as lines:
        classifier = load_default()
        for batch in _batches(lines):
            items: list[tuple[Json, str]] = []
            for number, line in batch:
                try:
                    items.append(_item(line))
                except BadInput as problem:
                    bad += 1
                    output.say(f"Line {number}: {problem.params['why']}; left out.")
            for (item_id, _), verdict in zip(
                items, classifier.classify([text for _, text in items]), strict=True
            ):
                output.line(classification_json(item_id, verdict))
            scored += len(items)
    output.say(f"Scored {scored} texts with {classifier.model.label}; {bad} lines left out.")
    return 1 if bad else 0


def group(arguments: argparse.Namespace, output: Output) -> int:
    """`breakwater group`: one JSON object on stdout. Rows that cannot be read are counted on stderr."""
    loaded = load_frame(arguments.file)
    found = group_posts(loaded.frame)
    output.line(grouping_json(found))
    output.say(
        f"{found.posts} posts by {found.authors} senders: {len(found.groups)} groups "
        f"in {found.seconds:.2f} s."
    )
    if found.posts and not _timed(loaded.frame):
        output.say(
            "None of these posts has a time. Without times one occasion cannot be told from two, so that "
            "next to nothing is shown: add the column created_at."
        )
    if loaded.dropped:
        output.say(f"{loaded.dropped} rows lack an id or text, or cannot be read; left out.")
    return 1 if loaded.dropped and not found.posts else 0


def _timed(frame: pl.DataFrame) -> bool:
    return "created_at" in frame.columns and frame["created_at"].null_count() < frame.height


def verify(arguments: argparse.Namespace, output: Output) -> int:
    """`breakwater verify`: check a packet, ours or anyone's."""
    key = _hex_key(arguments.key) if arguments.key else None
    result = verify_file(
        arguments.packet,
        key=key,
        anchors=[parse_anchor(one) for one in arguments.root],
        stamp_roots=read_certificates(arguments.authority) if arguments.authority else (),
        original=arguments.original,
    )
    output.data(
        {
            "ok": result.ok,
            "verdict": result.verdict.value,
            "items": result.items,
            "faults": [{"where": fault.seq, "what": fault.what} for fault in result.faults],
            "stamps": [
                {"size": one.size, "at": one.at.isoformat() if one.at else None} for one in result.stamps
            ],
            "redacted": result.redacted,
            "derived": result.derived,
        }
    )
    output.say(f"This packet {_SENTENCE[result.verdict]}.")
    for fault in result.faults:
        output.say(f"  {fault.what}")
    for stamp in result.stamps:
        told = f"at {stamp.at.isoformat()}" if stamp.at else "by an authority we cannot vouch for"
        output.say(f"  Time stamp over the first {stamp.size} entries, {told}.")
    if result.redacted:
        output.say(f"  {result.redacted} items are redacted: only their place in the log is proven.")
    if arguments.original and result.ok:
        output.say(f"  All {result.derived} items fit the original packet.")
    return 0 if result.ok else 1


def classification_json(item_id: Json, verdict: Classification) -> Json:
    """One line of `classify`; the form is stable."""
    return {
        "id": item_id,
        "scores": {label: round(score, 6) for label, score in verdict.scores.items()},
        "abusive": verdict.abusive,
        "categories": [category.value for category in verdict.categories],
        "reasons": [reason_json(reason) for reason in verdict.reasons],
        "language": verdict.language,
        "in_scope": verdict.in_scope,
        "model": verdict.model.label,
    }


def reason_json(reason: Reason) -> Json:
    """One reason; spans are code point offsets into the text as given."""
    return {
        "category": reason.category.value,
        "decider": reason.decider.value,
        "name": reason.name,
        "spans": [list(span) for span in reason.spans],
        "score": reason.score,
        "threshold": reason.threshold,
    }


def grouping_json(found: Grouping) -> Json:
    """The object `group` prints; the form is stable."""
    return {
        "groups": [
            {
                "id": one.key,
                "members": list(one.members),
                "posts": list(one.posts),
                "strength": one.strength.value,
                "reasons": [
                    {
                        "family": reason.family.value,
                        "sentence": reason.sentence,
                        "observed": reason.observed,
                        "expected": reason.expected,
                    }
                    for reason in one.reasons
                ],
                "caveats": list(one.caveats),
            }
            for one in found.groups
        ],
        "posts": found.posts,
        "authors": found.authors,
        "seconds": round(found.seconds, 3),
    }


@contextmanager
def _text_source(name: str) -> Iterator[TextIO]:
    if name == "-":
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8-sig", errors="replace") as file:
            yield file
    except OSError as error:
        raise UnusableFolder(path=name, why=error.strerror or "unreadable") from error


def _item(untrusted_line: str) -> tuple[Json, str]:
    try:
        item = json.loads(untrusted_line)
        item_id, text = item["id"], item["text"]
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise BadInput(what="line", why="needs a JSON object with id and text") from error
    if not isinstance(text, str):
        raise BadInput(what="line", why="text is not a string")
    return item_id, escape_surrogates(text)


def _batches(lines: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while batch := list(islice(numbered, _BATCH)):
        yield batch


_SENTENCE = {
    Verdict.BROKEN: "does not verify: it was changed, or it is not one of ours",
    Verdict.CONSISTENT: "is internally consistent; without a key or root from outside that proves no more",
    Verdict.SIGNED: "is intact and was signed by the key you gave",
    Verdict.ANCHORED: "is intact and matches the root you gave",
    Verdict.SIGNED_AND_ANCHORED: "is intact, was signed by the key you gave and matches the root you gave",
}


def _hex_key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise BadInput(what="key", why="is not hexadecimal") from error
    if len(key) != 32:
        raise BadInput(what="key", why="is not 32 bytes long")
    return key
