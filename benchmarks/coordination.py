"""Grouping against its targets, and against two peers on the same files.

    python benchmarks/coordination.py [--big]

Reads shared/data/coordination beside the checkout when it is there, and makes files of its own with
`generate_mentions`. `--big` adds a million posts (minutes to make). Each run is a process of its own, so
that peak memory is its own. Time is of the processor, so that a busy machine does not show. Precision
and recall count accounts; accused is the share of ordinary ones.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

import polars as pl
from generate_mentions import generate

from core.coordination.grouping import group_posts
from core.domain.coordination import Strength

SHARED = Path(__file__).parents[2] / "shared" / "data" / "coordination"
# (file, precision, recall, accused, seconds, MB) that issue 5 asks for; None where it asks nothing.
TARGETS: dict[str, tuple[float | None, float | None, float | None, float | None, float | None]] = {
    "syn_dev_10k": (0.98, 0.95, 0.001, None, None),
    "syn_dev_100k": (0.98, 0.95, 0.001, 6, 400),
    "real_ira_2015aug_vs_debate": (0.95, 0.45, 0, None, None),
    "real_china_hk2019_positive_only": (None, 0.35, None, None, None),
    "own_100k": (0.98, 0.90, 0.001, 6, 400),
    "own_1m": (0.98, 0.90, 0.001, 60, 1500),
}
BLIND = ("author_created_at", "author_handle", "author_name")
SEEDS = range(8)  # further sets of the second generator, small ones, for what must never happen


def _as_is(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def _blind(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop(BLIND, strict=False)


def _clean(frame: pl.DataFrame) -> pl.DataFrame:
    accused = frame.filter(pl.col("campaign").is_not_null())["author_id"].unique()
    return frame.filter(~pl.col("author_id").is_in(accused.implode()))


def _text_only(frame: pl.DataFrame) -> pl.DataFrame:
    return _blind(frame).drop("created_at", strict=False)


VIEWS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "as it is": _as_is,
    "no dates or handles": _blind,
    "campaigns removed": _clean,
    "removed, no dates": lambda frame: _blind(_clean(frame)),
    "text only": _text_only,
    "removed, text only": lambda frame: _text_only(_clean(frame)),
}


def ours(frame: pl.DataFrame) -> list[set[str]]:
    """Our groups, those called strong first."""
    return [set(group.members) for group in group_posts(frame).groups]


def ours_possible(frame: pl.DataFrame) -> list[set[str]]:
    """Only our groups called possible: what share of them is right tells what the word is worth."""
    groups = group_posts(frame).groups
    return [set(group.members) for group in groups if group.strength is Strength.POSSIBLE]


def toolkit(frame: pl.DataFrame) -> list[set[str]]:
    """QUT's coordination-network-toolkit: exact co-posting within an hour, at least twice."""
    from coordination_network_toolkit.compute_networks import compute_co_tweet_network
    from coordination_network_toolkit.graph import get_edge_rows
    from coordination_network_toolkit.preprocess import preprocess_data
    from networkx import Graph, connected_components

    cells = frame.filter(pl.col("created_at").is_not_null()).select(
        "post_id", "author_id", "repost_of", "text", pl.col("created_at").dt.epoch("s")
    )
    rows = ((post, who, who, repost or "", "", text, at, []) for post, who, repost, text, at in cells.rows())
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "peer.db")
        preprocess_data(path, rows)
        compute_co_tweet_network(path, 3600, min_edge_weight=2, n_threads=2)
        graph = Graph((str(row[1]), str(row[2])) for row in get_edge_rows(path, "co_tweet"))
    return [set(part) for part in connected_components(graph) if len(part) >= 3]


def minhash(frame: pl.DataFrame) -> list[set[str]]:
    """datasketch MinHash-LSH at Jaccard 0.8 over word triples; senders of one bucket are a group."""
    from datasketch import MinHash, MinHashLSH

    index, texts = MinHashLSH(threshold=0.8, num_perm=64), frame["text"].to_list()
    signatures = []
    for number, text in enumerate(texts):
        signature = MinHash(num_perm=64)
        words = text.lower().split()
        signature.update_batch([" ".join(words[i : i + 3]).encode() for i in range(max(1, len(words) - 2))])
        index.insert(number, signature)
        signatures.append(signature)
    authors, parent = frame["author_id"].to_list(), list(range(len(texts)))
    for number, signature in enumerate(signatures):
        first = min(index.query(signature))
        parent[number] = parent[first] if first < number else first
    groups: dict[int, set[str]] = {}
    for number, root in enumerate(parent):
        groups.setdefault(root, set()).add(authors[number])
    return [group for group in groups.values() if len(group) >= 3]


METHODS = {"ours": ours, "possible": ours_possible, "toolkit": toolkit, "minhash": minhash}


def _peak_mb() -> float:
    """Most memory of this process. Linux counts a parent's into a child's rusage, but not into VmHWM."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: Path, view: str, method: str) -> dict[str, float]:
    """One method on one view of one file, in this process."""
    frame = VIEWS[view](pl.read_parquet(path))
    labels = frame.group_by("author_id").agg(pl.col("campaign").is_not_null().any().alias("bad"))
    bad = set(labels.filter(pl.col("bad"))["author_id"].to_list())
    began = time.process_time()
    groups = METHODS[method](frame.drop("campaign", "kind")) if frame.height else []
    seconds = time.process_time() - began
    found: set[str] = set().union(*groups)
    ordinary = labels.height - len(bad)
    return {
        "posts": frame.height,
        "precision": len(found & bad) / len(found) if found else float("nan"),
        "recall": len(found & bad) / len(bad) if bad else float("nan"),
        "accused": len(found - bad) / ordinary if ordinary else 0.0,
        "groups": len(groups),
        "mostly_ordinary": sum(2 * len(group & bad) < len(group) for group in groups),
        "seconds": seconds,
        "mb": _peak_mb(),
    }


def _line(path: Path, view: str, method: str) -> None:
    command = [sys.executable, __file__, "--one", str(path), view, method]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["failed"]
        print(f"{path.stem:34} {view:20} {method:8} not run: {reason[0][:70]}")
        return
    got = json.loads(done.stdout.splitlines()[-1])  # peers print on the way
    verdict = _verdict(path.stem, view, got) if method == "ours" else ""
    print(
        f"{path.stem:34} {view:20} {method:8} P {got['precision']:.3f}  R {got['recall']:.3f}  "
        f"accused {got['accused']:.3%}  groups {got['groups']:>4} ({got['mostly_ordinary']} mostly "
        f"ordinary)  {got['seconds']:.1f} CPU s  {got['mb']:.0f} MB{verdict}",
        flush=True,
    )


def _verdict(name: str, view: str, got: dict[str, float]) -> str:
    """Whether the figures meet issue 5."""
    if "removed" in view:
        return "  ok" if got["groups"] == 0 else "  MISSED groups in clean data"
    target = TARGETS.get(name)
    if target is None:
        return ""
    if view == "text only" and "china" not in name:
        return ""
    if view == "no dates or handles":
        if name.startswith("real"):
            return ""
        target = (0.98, 0.60, 0.001, None, None)
    missed = [
        label
        for label, wanted, value, sign in zip(
            ("precision", "recall", "accused", "seconds", "memory"),
            target,
            (got["precision"], got["recall"], got["accused"], got["seconds"], got["mb"]),
            (-1, -1, 1, 1, 1),
            strict=True,
        )
        if wanted is not None and not sign * value <= sign * wanted
    ]
    return "  MISSED " + ", ".join(missed) if missed else "  ok"


def _files(folder: Path, big: bool) -> list[Path]:
    """What there is to measure: the shared sets, and our own made into `folder`."""
    files = sorted(SHARED.glob("*.parquet"))
    sizes = {"own_100k": (100_000, 7)} | ({"own_1m": (1_000_000, 7)} if big else {})
    sizes |= {f"own_seed{seed}_{posts}": (posts, 100 + seed) for seed in SEEDS for posts in (3_000, 20_000)}
    for name, (posts, seed) in sizes.items():
        files.append(folder / f"{name}.parquet")
        generate(posts, seed=seed).write_parquet(files[-1])
    return files


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--big", action="store_true", help="also a million posts of our own")
    parser.add_argument("--one", nargs=3, metavar=("FILE", "VIEW", "METHOD"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(Path(options.one[0]), options.one[1], options.one[2])))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = _files(Path(folder), options.big)
        for path in files:
            for view in VIEWS:
                if "positive_only" not in path.stem or view == "as it is":
                    _line(path, view, "ours")
            if "own" in path.stem:
                _line(path, "as it is", "possible")
        for path in files:
            if "10k" in path.stem or "ira" in path.stem:
                for method in ("toolkit", "minhash"):
                    _line(path, "as it is", method)


if __name__ == "__main__":
    main()
