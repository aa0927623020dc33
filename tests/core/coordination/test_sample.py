"""The shipped sample: both campaigns whole, nobody else."""

import json
from importlib.resources import files

import polars as pl
import pytest

from core.coordination.grouping import group_posts
from core.domain.coordination import Strength


@pytest.mark.parametrize("missing", [[], ["author_created_at", "author_handle"]])
def test_both_campaigns_and_nobody_else(missing: list[str]) -> None:
    folder = files("resources") / "sample"
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in (folder / "mentions.jsonl").read_text(encoding="utf-8").splitlines()]
    campaigns: dict[str, set[str]] = {}
    for row in rows:
        campaign = labels[row["post_id"]]["campaign"]
        if campaign:
            campaigns.setdefault(campaign, set()).add(row["author_id"])
    found = group_posts(pl.DataFrame(rows, infer_schema_length=None).drop(missing)).groups
    assert all(group.strength is Strength.STRONG for group in found)
    members = [set(group.members) for group in found]
    if missing:
        assert all(any(group <= campaign for campaign in campaigns.values()) for group in members)
        assert sum(map(len, members)) >= 0.6 * sum(map(len, campaigns.values()))
    else:
        assert sorted(map(sorted, members)) == sorted(map(sorted, campaigns.values()))
