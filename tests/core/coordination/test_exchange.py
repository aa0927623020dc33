"""Tables that leave a person's machine for an organisation: what they hold, what they find."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from core.coordination.exchange import (
    MEETING_SCHEMA,
    SHARED_SCHEMA,
    meetings,
    received_elsewhere,
    shared_table,
)
from core.errors import BadInput

KEY = bytes(range(32))
START = datetime(2026, 5, 1, 9, tzinfo=UTC)
CAMPAIGN = "The so-called reporter Mira Olan sold her own village for a foreign pension"
CAMPAIGN_ZH = "所谓记者米拉为了外国养老金出卖了自己的家乡，全村人都不会原谅她"


def posts(name: str, texts: list[str], **columns: list[object]) -> pl.DataFrame:
    """One post per text, each by another sender."""
    count = len(texts)
    return pl.DataFrame(
        {
            "post_id": [f"{name}-{i}" for i in range(count)],
            "author_id": [f"{name}-sender-{i}" for i in range(count)],
            "created_at": [START + timedelta(hours=i) for i in range(count)],
            "text": texts,
            **columns,
        }
    )


def a_person(name: str, own: str) -> pl.DataFrame:
    """Mentions of one person: a campaign with small changes, and what only this person receives."""
    campaign = [CAMPAIGN, CAMPAIGN + "!!", f"{CAMPAIGN} x7q2", CAMPAIGN.replace("pension", "pensions")]
    chinese = [CAMPAIGN_ZH, CAMPAIGN_ZH + "。", CAMPAIGN_ZH]
    ordinary = [f"{own} and the {thing} were a fine evening out" for thing in ("play", "soup", "walk")]
    same = [f"See you all at the {own} harvest market this coming Sunday morning"] * 3
    return posts(name, campaign + chinese + ordinary + same)


def tables(folder: Path, count: int = 3) -> list[Path]:
    """One table per person."""
    written = []
    for i in range(count):
        path = folder / f"client-{i}.parquet"
        shared_table(a_person(f"p{i}", f"Town{i}"), client=f"client-{i}", key=KEY).write_parquet(path)
        written.append(path)
    return written


def test_a_table_holds_no_word_no_sender_and_no_time_of_day() -> None:
    table = shared_table(a_person("p0", "Harbour"), client="c", key=KEY)
    assert table.schema == pl.Schema(SHARED_SCHEMA)
    shown = table.write_csv()
    assert table.height >= 3
    for secret in ("Mira", "reporter", "米拉", "p0-sender", "Harbour", "harvest", "09:00"):
        assert secret.lower() not in shown.lower()


def test_what_fewer_than_three_senders_share_stays_at_home() -> None:
    two = posts("p", [CAMPAIGN, CAMPAIGN])
    assert shared_table(two, client="c", key=KEY).is_empty()
    same_sender = posts("p", [CAMPAIGN] * 5).with_columns(author_id=pl.lit("one"))
    assert shared_table(same_sender, client="c", key=KEY).is_empty()


def test_people_who_received_the_same_text_meet_although_its_edges_differ(tmp_path: Path) -> None:
    met = meetings(tables(tmp_path))
    assert met.schema == pl.Schema(MEETING_SCHEMA)
    assert set(met["clients"]) == {3}
    own = pl.read_parquet(tmp_path / "client-1.parquet")
    elsewhere = received_elsewhere(own, met)
    # The campaign in English and in Chinese; not the market that only this person heard of.
    assert elsewhere.height == 2
    assert elsewhere["others"].to_list() == [2, 2]
    assert own["template"].n_unique() == 4


def test_links_tags_and_pictures_meet_too(tmp_path: Path) -> None:
    frame = {
        "urls": [
            ["https://WWW.example.org/story?utm=1"],
            ["http://example.org/story"],
            ["example.org/story/"],
        ],
        "hashtags": [["#One", "two"], ["TWO", "one"], ["one", "Two"]],
        "media": [["00ff00ff00ff00ff"]] * 3,
    }
    paths = []
    for name in ("a", "b"):
        paths.append(tmp_path / f"{name}.parquet")
        shared_table(posts(name, ["look", "see", "this"], **frame), client=name, key=KEY).write_parquet(
            paths[-1]
        )
    assert set(meetings(paths)["kind"]) == {"link", "tags", "picture"}


def test_another_key_meets_nothing(tmp_path: Path) -> None:
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for path, key in zip(paths, (KEY, bytes(32)), strict=True):
        shared_table(a_person(path.stem, "Town"), client=path.stem, key=key).write_parquet(path)
    assert meetings(paths).is_empty()


def test_a_foreign_file_is_refused_by_name(tmp_path: Path) -> None:
    good = tables(tmp_path, 1)
    other = tmp_path / "other.parquet"
    pl.DataFrame({"client": ["c"], "text": ["word"]}).write_parquet(other)
    with pytest.raises(BadInput, match=r"other\.parquet"):
        meetings([*good, other])
    other.write_bytes(b"not parquet")
    with pytest.raises(BadInput, match=r"other\.parquet"):
        meetings([*good, other])
    with pytest.raises(BadInput, match="32 bytes"):
        shared_table(a_person("p", "Town"), client="c", key=b"short")


def test_the_documented_path_on_dask_finds_the_same(tmp_path: Path) -> None:
    import dask

    people = [(f"client-{i}", a_person(f"p{i}", f"Town{i % 4}")) for i in range(6)]
    paths = [tmp_path / f"{client}.parquet" for client, _ in people]
    for path, (client, frame) in zip(paths, people, strict=True):
        shared_table(frame, client=client, key=KEY).write_parquet(path)
    page = (Path(__file__).parents[3] / "docs/organisation.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {"KEY": KEY}
    exec(compile(code, "docs/organisation.md", "exec"), names)  # noqa: S102 - our own page
    with dask.config.set(scheduler="synchronous"):
        found = names["met_on_dask"](people)
    remote = pl.DataFrame(
        [
            {"artifact": artifact, "kind": kind, **total, "clients": len(total["clients"])}
            for artifact, kind, total in found
        ],
        schema=MEETING_SCHEMA,
    )
    local = meetings(paths)
    assert local.height >= 2
    assert remote.sort("artifact").equals(local.sort("artifact"))
