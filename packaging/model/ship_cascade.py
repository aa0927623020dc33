"""From an exported transformer to a shipped cascade: blend, band and thresholds, all from held-out rows.

    python packaging/model/ship_cascade.py --data DATA --cache CACHE --export FOLDER \\
        --out resources/models/minilm-en --posts everyday.parquet [--version 0.1.0]

FOLDER is what `train_transformer.py export` wrote. The linear model must lie in `resources/models`.
Blend weights are fitted on one half of the held-out rows and tried on the other; thresholds use both.
`--posts` names everyday posts (a column `text`); every second distinct one bounds the thresholds, the
others are left for evaluation. Other languages have files of ours for that in `everyday/`.
"""

import argparse
import json
import logging
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import posts
from blend import Rows, band, fit, join, settled_scale
from calibrate import F32, NEVER, Pool, at_rate, thresholds
from corpus import bucket, load
from measures import auc
from train_linear import (
    EASY_RATE,
    LEAST_POSITIVES,
    ORDINARY_SOURCES,
    OTHER_RATE,
    TOXICITY_RATE,
    like_everyday,
    with_written,
)

from core.classify.cascade import KIND
from core.classify.encoder import Encoder, EncoderFiles
from core.classify.engine import shipped_model
from core.classify.features import model_text
from core.classify.fold import fold
from core.classify.linear import LinearScorer, load_linear
from core.classify.model_file import file_sha256
from core.domain.classification import LABELS

log = logging.getLogger("ship_cascade")

LENGTH = 192
POSTS_LANGUAGE = "en"  # of the everyday posts
MOST_POSTS = 1500  # of one file
MOST_OTHERS = 6000  # held-out rows that are not Jigsaw's; scoring them takes the time
POSTS_RATE = {"gentle": 0.008, "balanced": 0.02, "strict": 0.06}
# Share of decisions the first stage may lose. In English it then settles half of calm posts, in Chinese two
# thirds; elsewhere it knows less.
LOST = {"en": 0.006, "zh": 0.006}
LOST_ELSEWHERE = 0.002
OWN_RATE = {"gentle": 0.0005, "balanced": 0.001, "strict": 0.003}
LEAST_OWN = 60  # of our own held-out sentences that show a label, for it to decide by them alone
_WEIGHT = {"jigsaw_toxic_comments": 1.0, "written": 0.3}


@dataclass(frozen=True, slots=True)
class Held:
    """Held-out rows of one language with the logits of both stages."""

    source: Any
    family: Any
    labels: F32
    first: F32
    second: F32
    half: Any

    def rows(self, chosen: Any) -> Rows:
        """What the blend is fitted on."""
        weight = np.array([_WEIGHT.get(s, 0.5) for s in self.source], np.float32)
        return Rows(self.first[chosen], self.second[chosen], self.labels[chosen], weight[chosen])


def held_out(args: argparse.Namespace, language: str, linear: LinearScorer, encoder: Encoder) -> Held:
    """Score held-out rows of the language: all of Jigsaw and ours, a seeded part of the rest."""
    kept: Path = args.export / f"held-{language}.npz"  # to try other thresholds without scoring again
    if args.again and kept.exists():
        return Held(**np.load(kept, allow_pickle=False))
    corpus = load(args.data, args.cache, "pair")
    corpus = corpus.take((corpus.lang == language) & corpus.held_out)
    corpus, family = with_written(corpus, args.seed)
    fits = (corpus.lang == language) & corpus.held_out
    rows = np.flatnonzero(fits)
    others = ~np.isin(corpus.source[rows], ("jigsaw_toxic_comments", "written"))
    rng = np.random.default_rng(args.seed)
    dropped = rng.permutation(rows[others])[MOST_OTHERS:]
    rows = np.setdiff1d(rows, dropped)
    texts = [corpus.texts[i] for i in rows]
    log.info("%s: scoring %d held-out rows", language, len(rows))
    held = Held(
        corpus.source[rows],
        family[rows],
        corpus.labels[rows],
        linear.logits(texts),
        encoder.logits(texts),
        np.array([bucket(t + " ") % 2 == 0 for t in texts]),
    )
    np.savez(kept, **asdict(held))
    return held


def report(held: Held, tables: dict[str, F32], tried: Any) -> dict[str, float]:
    """AUC per table of scores, source and label, on the rows of `tried`."""
    sources = {name: held.source == name for name in ("jigsaw_toxic_comments", "written")}
    sources["others"] = ~np.isin(held.source, list(sources))
    found: dict[str, float] = {}
    for source, rows in sources.items():
        for k, label in enumerate(LABELS):
            here = rows & tried & ~np.isnan(held.labels[:, k])
            yes = held.labels[here, k] >= 0.5
            if yes.sum() >= 8 and (~yes).sum() >= 8:
                for name, table in tables.items():
                    found[f"{source} {label} {name}"] = auc(yes, table[here, k].astype(np.float64))
    for name in tables:
        six = [v for key, v in found.items() if key.startswith("jigsaw") and key.endswith(f" {name}")]
        if six:
            found[f"jigsaw mean of {len(six)} {name}"] = float(np.mean(six))
    for key, value in found.items():
        log.info("%s %.4f", key, value)
    return found


def limits(held: Held, joined: F32, easy: F32, real: F32, language: str) -> dict[str, dict[str, float]]:
    """Thresholds per level and label. `easy`, `real`: scores of everyday posts of ours, and of real ones."""
    # Ours are left out but for the easy ones below: they are full of traps, as everyday posts are not.
    common = set(ORDINARY_SOURCES.get(language, held.source.tolist())) - {"written"}
    ordinary = np.isin(held.source, list(common)) & (held.labels[:, 0] < 0.5)
    pool = Pool(held.labels, ordinary, easy)
    found = thresholds(joined, pool, TOXICITY_RATE.get(language, OTHER_RATE), EASY_RATE)
    collected = held.labels[held.source != "written"]
    for level, row in found.items():
        for k, label in enumerate(LABELS):
            if (collected[:, k] >= 0.5).sum() < LEAST_POSITIVES:
                row[label] = max(row[label], own_limit(held, joined, k, OWN_RATE[level]))
            if len(real) and row[label] < NEVER:
                share = POSTS_RATE[level] * (1.0 if label == "toxicity" else 0.3)
                row[label] = round(min(max(row[label], at_rate(real[:, k], share)), 0.995), 4)
    return found


def own_limit(held: Held, joined: F32, k: int, rate: float) -> float:
    """Where only our own sentences show a label: high enough that next to nothing else is flagged.

    That is next to no text a collection holds, and next to none of our own that is said not to be it, traps
    included. `NEVER` where ours are few too.
    """
    ours = held.source == "written"
    if (held.labels[ours, k] >= 0.5).sum() < LEAST_OWN:
        return NEVER
    traps = ours & (held.labels[:, k] < 0.5)
    return round(max(at_rate(joined[~ours, k], rate), at_rate(joined[traps, k], 5 * rate)), 4)


@dataclass(frozen=True, slots=True)
class Joined:
    """What is written of one language: how its stages are joined, and how well that does."""

    band: float
    scale: F32
    blend: F32
    limits: dict[str, dict[str, float]]
    figures: dict[str, float]


def join_stages(args: argparse.Namespace, language: str, linear: LinearScorer, encoder: Encoder) -> Joined:
    """Fit, set limits and try out one language."""
    held = held_out(args, language, linear, encoder)
    blend = fit(held.rows(np.ones(len(held.half), bool)))
    joined = join(held.first, held.second, blend)
    files = args.posts if language == POSTS_LANGUAGE else []
    texts = _prepared(
        [text for file in files for text in posts.for_limits(posts.real(file, args.kind))[:MOST_POSTS]]
    )
    real_scores = join(linear.logits(texts), encoder.logits(texts), blend)
    easy = joined[like_everyday(held.family) & (held.labels[:, 0] < 0.5)]
    if ours := _prepared(posts.for_limits(posts.written(language))):
        easy = join(linear.logits(ours), encoder.logits(ours), blend)
    found = limits(held, joined, easy, real_scores, language)
    first = linear.probabilities(held.first, [language] * len(held.first))
    value = 0.0
    if linear.holds(language):
        lowest = np.array([found["strict"][label] for label in LABELS], np.float32)
        value = round(band(first, joined, lowest, LOST.get(language, LOST_ELSEWHERE)), 5)
    settled = _settled(linear, texts, language, value)
    log.info("%s: band %.4f settles %.3f of everyday posts", language, value, settled)
    scale = settled_scale(first, joined, value)
    unseen = join(held.first, held.second, fit(held.rows(held.half)))
    cascade = np.where(first[:, :1] < value, first * scale, unseen)
    tables = {"linear": first, "encoder": held.second, "both": unseen, "cascade": cascade}
    return Joined(value, scale, blend, found, report(held, tables, ~held.half))


def ship(args: argparse.Namespace) -> dict[str, Any]:
    """Write the model folder and return the fields of its model.json."""
    linear = load_linear(shipped_model("linear"))
    weights, tokenizer = args.export / "model.int8.onnx", args.export / "tokenizer.json"
    encoder = Encoder(EncoderFiles(args.out.name, weights, tokenizer, LENGTH))
    found = {language: join_stages(args, language, linear, encoder) for language in args.languages}
    args.out.mkdir(parents=True, exist_ok=True)
    for path in (weights, tokenizer):
        shutil.copyfile(path, args.out / path.name)
    fields = {
        "name": args.out.name,
        "version": args.version,
        "kind": KIND,
        "weights": weights.name,
        "sha256": file_sha256(weights),
        "tokenizer": tokenizer.name,
        "tokenizer_sha256": file_sha256(tokenizer),
        "length": LENGTH,
        "base": {"name": "linear", "sha256": linear.info.weights_sha256},
        "labels": list(LABELS),
        "band": {language: one.band for language, one in found.items()},
        "settled_scale": {language: _rounded(one.scale) for language, one in found.items()},
        "blend": {language: [_rounded(row) for row in one.blend] for language, one in found.items()},
        "thresholds": {
            level: {language: one.limits[level] for language, one in found.items()} for level in POSTS_RATE
        },
        "training": json.loads((args.export / "facts.json").read_text("utf-8")),
        "held_out": {
            language: {key: round(v, 4) for key, v in one.figures.items()} for language, one in found.items()
        },
    }
    (args.out / "model.json").write_text(json.dumps(fields, indent=1) + "\n", "utf-8")
    return fields


def _prepared(texts: list[str]) -> list[str]:
    return [model_text(fold(text).text) for text in texts]


def _rounded(row: F32) -> list[float]:
    return [round(float(v), 5) for v in row]


def _settled(linear: LinearScorer, texts: list[str], language: str, value: float) -> float:
    if not texts:
        return 0.0
    return float((linear.score(texts, [language] * len(texts))[:, 0] < value).mean())


def main() -> None:
    """Blend, calibrate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "breakwater-model")
    parser.add_argument("--export", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--posts", type=Path, nargs="*", default=[])
    parser.add_argument("--kind", help="only posts with this value in a column `kind`")
    parser.add_argument("--again", action="store_true", help="use the held-out scores of the last run")
    parser.add_argument("--languages", nargs="+", default=["en"])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--version", default="0.1.0")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    ship(parser.parse_args())


if __name__ == "__main__":
    main()
