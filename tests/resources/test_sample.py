"""The sample data: reproducible, well formed, and fiction down to the last address."""

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from core.domain.ids import PlatformName
from core.domain.mention import Mention, MentionKind
from core.imports.counting import count_rows
from core.imports.frames import load_frame
from core.imports.reader import read_mentions

ROOT = Path(__file__).parents[2]
SAMPLE = files("resources") / "sample"
FILES = {"mentions.jsonl", "labels.json", "README.md"}


@pytest.fixture(scope="module")
def mentions() -> list[Mention]:
    with as_file(SAMPLE / "mentions.jsonl") as path:
        rows = list(read_mentions(path, platform=PlatformName("sample")))
    assert [row.problem for row in rows if row.problem] == []
    return [row.mention for row in rows if row.mention]


@pytest.fixture(scope="module")
def labels() -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = json.loads((SAMPLE / "labels.json").read_text("utf-8"))
    return found


def test_the_generator_gives_the_shipped_bytes(tmp_path: Path) -> None:
    script = ROOT / "packaging" / "sample" / "make_sample.py"
    # Another hash seed: nothing may depend on the order of a set.
    subprocess.run([sys.executable, script, tmp_path], check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    for name in sorted(FILES):
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_two_thousand_mentions_over_five_weeks(mentions: list[Mention]) -> None:
    assert len(mentions) == 2000
    assert len({mention.remote_id for mention in mentions}) == 2000
    times = [mention.created_at for mention in mentions if mention.created_at]
    assert len(times) == 2000
    assert times == sorted(times)
    assert 28 <= (times[-1] - times[0]).days <= 35
    for mention in mentions:
        assert mention.author.created_at is not None
        assert mention.created_at is not None
        assert mention.author.created_at < mention.created_at


def test_rows_and_frame_agree(mentions: list[Mention]) -> None:
    with as_file(SAMPLE / "mentions.jsonl") as path:
        loaded = load_frame(path)
        assert count_rows(path) == 2000
    assert loaded.dropped == 0
    assert loaded.frame["text"].to_list() == [mention.text for mention in mentions]
    assert loaded.frame["urls"].to_list() == [list(mention.urls) for mention in mentions]


def test_languages(mentions: list[Mention]) -> None:
    spoken = Counter(mention.lang for mention in mentions)
    assert spoken["en"] > 800
    assert spoken["zh"] > 400
    assert spoken["zh-TW"] > 120
    assert spoken["es"] > 90
    assert spoken["ar"] > 70
    assert spoken[None] > 50


def test_labels_cover_every_post(mentions: list[Mention], labels: dict[str, dict[str, str | None]]) -> None:
    assert set(labels) == {mention.remote_id for mention in mentions}
    kinds = Counter(label["kind"] for label in labels.values())
    for kind, least in (
        ("kind", 250), ("critic", 200), ("question", 120), ("neutral", 180), ("birthday", 60), ("slogan", 90),
        ("news-share", 80), ("repost", 50), ("spam", 40), ("insult", 90), ("slur", 15), ("threat", 10),
        ("doxxing", 6), ("sexual", 5), ("campaign", 500),
    ):  # fmt: skip
        assert kinds[kind] >= least, kind
    assert {label["campaign"] for label in labels.values()} == {None, "A", "B"}


def test_campaigns_have_enough_senders_who_post_more_than_once(
    mentions: list[Mention], labels: dict[str, dict[str, str | None]]
) -> None:
    posts: dict[str | None, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        posts[labels[mention.remote_id]["campaign"]][mention.author.remote_id] += 1
    assert (len(posts["A"]), len(posts["B"])) == (60, 35)
    assert min(posts["A"].values()) >= 4
    assert min(posts["B"].values()) >= 4
    assert not posts["A"].keys() & posts["B"].keys()
    assert not posts[None].keys() & (posts["A"].keys() | posts["B"].keys())


def test_ordinary_people_do_not_sound_like_a_machine(
    mentions: list[Mention], labels: dict[str, dict[str, str | None]]
) -> None:
    free = [
        m.text for m in mentions if labels[m.remote_id]["kind"] in ("kind", "critic", "question", "neutral")
    ]
    assert len(set(free)) >= 900
    assert len(set(free)) >= 0.99 * len(free)


def test_evasion_is_present(mentions: list[Mention], labels: dict[str, dict[str, str | None]]) -> None:
    own = [m.text for m in mentions if labels[m.remote_id]["campaign"] == "A"]
    rest = [m.text for m in mentions if labels[m.remote_id]["campaign"] is None]
    hidden = re.compile("[\u200b\u200c\u2060\ufeff]|[a-z][а-яі]|[а-яі][a-z]")
    assert sum(bool(hidden.search(text)) for text in own) > 60
    assert not any(hidden.search(text) for text in rest)


def test_followed_people_and_kinds_of_mention(mentions: list[Mention]) -> None:
    followed = {mention.author.remote_id for mention in mentions if mention.author.followed}
    assert 5 <= len(followed) <= 12
    for mention in mentions:
        assert mention.author.followed == (mention.author.remote_id in followed)
    kinds = Counter(mention.kind for mention in mentions)
    assert kinds[MentionKind.REPLY] > 900
    assert kinds[MentionKind.REPOST] == 60
    assert kinds[MentionKind.IMPORTED] > 400


def test_senders_are_one_person_each(mentions: list[Mention]) -> None:
    handles = {(mention.author.remote_id, mention.author.handle.lower()) for mention in mentions}
    assert len(handles) == len({sender for sender, _ in handles}) == len({handle for _, handle in handles})
    names = "".join({mention.author.display_name for mention in mentions})
    for script in ("[一-鿿]", "[؀-ۿ]", "[\U0001f300-\U0001faff]", "[é-ú]"):
        assert re.search(script, names), script


@pytest.mark.parametrize("name", sorted(FILES))
def test_only_reserved_domains_and_phone_numbers(name: str) -> None:
    text = (SAMPLE / name).read_bytes().decode("utf-8")
    for host in re.findall(r"https?://([^/\s\"?#]+)", text):
        assert re.search(r"\.(example|test|invalid)$", host), host
    assert not re.search(r"\b\w+\.(com|org|net|io|cn|gov|me|co|news|info)\b", text)
    for number in re.findall(r"\b\d{3}-\d{4}\b", re.sub(r"\d{4}-\d{2}-\d{2}T", "", text)):
        assert re.fullmatch(r"555-01\d\d", number), number
    assert not re.search(r"\+\d{7,}|\b\d{3}[ .]\d{3}[ .]\d{4}\b", text)
