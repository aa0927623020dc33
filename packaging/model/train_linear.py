"""Train and write the embedded linear model: one command from the data folder to the shipped file.

    python packaging/model/train_linear.py --data /work/shared/data/toxicity --out resources/models/linear

Seeded, logged, and resumable: folded texts, counts and the fit of the sample are kept in --cache.
About 25 minutes on one core and 4 GB of memory.
"""

import argparse
import json
import logging
import time
from pathlib import Path

import augment
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from calibrate import NEVER, Pool, platt, thresholds
from corpus import Corpus, load
from regression import F32, Fitted, count, fit, inverse_frequency

from core.classify.features import COLUMNS, FEATURES_VERSION, model_text, weigh
from core.classify.fold import fold
from core.classify.linear import KIND
from core.classify.model_file import file_sha256
from core.domain.classification import LABELS

log = logging.getLogger("train_linear")

# Valid where there is enough training text in the script people use: Urdu is romanised in our data,
# French and Arabic come from one keyword-collected source, Japanese from 437 rows.
LANGUAGES = ("en", "zh", "pt", "pl", "ko", "de", "hi", "ta")
# Share of held-out clean posts that toxicity may flag at the balanced level. English clean posts come
# from ordinary talk; elsewhere they are the clean half of collections made around abuse, far harder
# than everyday posts, so a larger share is allowed there and our own ordinary posts bound it.
TOXICITY_RATE = {"en": 0.03, "zh": 0.09}
OTHER_RATE = 0.05
EASY_RATE = 0.03
ORDINARY_SOURCES = {"en": ("wikipedia_context_toxicity", "jigsaw_toxic_comments", "written")}
# Of our own harmless families, those that look like everyday posts (not the traps).
SAFE_FAMILIES = ("ordinary", "criticism", "identity-neutral", "identity-positive")
SAFE_PARTS = ("everyday", "ordinary", "daily", "meet", "news", "debate", "short-ok", "short-safe")
WRITTEN_WEIGHT = 1.5
PER_FRAME = 8  # fillings of one frame of ours: more of them would outweigh what people wrote
# A label decides in a language only when collected texts held out there show it this often; our own
# sentences alone teach a label too narrowly to be trusted with decisions (but `ship_cascade.own_limit`).
LEAST_POSITIVES = 20


def like_everyday(families: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
    """Which rows of ours look like everyday posts, by the name of their family."""
    return np.array([f in SAFE_FAMILIES or any(part in f for part in SAFE_PARTS) for f in families.tolist()])


def with_written(corpus: Corpus, seed: int) -> tuple[Corpus, npt.NDArray[np.str_]]:
    """The corpus with our own texts appended, and the family of each row."""
    rows = augment.compose(seed, PER_FRAME)
    labels = np.full((len(rows), len(LABELS)), np.nan, np.float32)
    for i, row in enumerate(rows):
        for name, value in row.labels.items():
            labels[i, LABELS.index(name)] = value
    texts = [model_text(fold(row.text).text) for row in rows]
    joined = Corpus(
        [*corpus.texts, *texts],
        np.concatenate([corpus.lang, np.array([r.lang for r in rows])]),
        np.concatenate([corpus.source, np.full(len(rows), "written")]),
        np.concatenate([corpus.labels, labels]),
        np.concatenate([corpus.weight, np.full(len(rows), WRITTEN_WEIGHT, np.float32)]),
        np.concatenate([corpus.held_out, np.array([r.held_out for r in rows])]),
    )
    family = np.concatenate([np.full(len(corpus.texts), ""), np.array([r.family for r in rows])])
    return joined, family


def counted(corpus: Corpus, own: int, cache: Path) -> sp.csr_matrix[np.float32]:
    """Feature counts; those of the collections are kept in the cache."""
    kept = cache / f"counts-{FEATURES_VERSION}-{COLUMNS}.npz"
    if kept.exists():
        main = sp.load_npz(kept)
    else:
        main = count(corpus.texts[:-own])
        sp.save_npz(kept, main, compressed=False)
    counts: sp.csr_matrix[np.float32] = sp.vstack([main, count(corpus.texts[-own:])], format="csr")
    return counts


def train(args: argparse.Namespace, corpus: Corpus, counts: sp.csr_matrix[np.float32]) -> Fitted:
    """Fit a quarter of the rows first, then all, started from there."""
    rows = np.flatnonzero(~corpus.held_out)
    sources = np.unique(corpus.source)
    groups = np.searchsorted(sources, corpus.source)
    idf = inverse_frequency(counts[rows])
    rng = np.random.default_rng(args.seed)
    fitted = _resumed(args.start, len(sources)) if args.start else None
    steps = ((1.0, args.rounds),) if fitted else ((0.25, args.rounds), (1.0, args.rounds))
    for share, rounds in steps:
        chosen = np.sort(rng.choice(rows, int(len(rows) * share), replace=False))
        kept = args.cache / f"fit-{args.seed}-{args.penalty:g}-{args.rounds}-{share:g}.npz"
        if kept.exists():
            saved = np.load(kept)
            fitted = Fitted(saved["w"], saved["b"], saved["idf"])
            continue
        log.info("fitting %d rows", len(chosen))
        fitted = fit(
            counts[chosen],
            corpus.labels[chosen],
            corpus.weight[chosen],
            groups[chosen],
            idf=idf,
            penalty=args.penalty,
            rounds=rounds,
            log=log.info,
            start=fitted,
            n_groups=len(sources),
        )
        np.savez(kept, w=fitted.weights, b=fitted.group_bias, idf=fitted.idf)
    if fitted is None:
        raise SystemExit("nothing to fit")
    return fitted


def _resumed(path: Path, n_groups: int) -> Fitted:
    """An earlier fit. The problem is convex: where it starts changes how long it takes, not where it ends."""
    saved = np.load(path)
    bias = np.zeros((n_groups, len(LABELS)), np.float32)
    bias[: len(saved["b"])] = saved["b"]
    return Fitted(saved["w"], bias, saved["idf"])


def quantised(fitted: Fitted) -> tuple[npt.NDArray[np.int8], F32, float]:
    """The shipped table (COLUMNS, 8), the step of each label and of the idf."""
    # The few largest weights are clipped: a finer step for all others costs less than it gains.
    scale = np.array([np.quantile(np.abs(w[w != 0]), 0.9999) / 127 for w in fitted.weights.T], np.float32)
    table = np.zeros((COLUMNS, len(LABELS) + 1), np.int8)
    table[:, :-1] = np.clip(np.rint(fitted.weights / scale), -127, 127).astype(np.int8)
    idf_scale = float(fitted.idf.max()) / 255
    table[:, -1] = np.rint(fitted.idf / idf_scale).astype(np.uint8).view(np.int8)
    return table, scale, idf_scale


def calibrated(
    corpus: Corpus, family: npt.NDArray[np.str_], logits: F32, group_bias: F32, sources: npt.NDArray[np.str_]
) -> dict[str, dict[str, object]]:
    """Slope, bias and thresholds per language, from held-out rows only."""
    out: dict[str, dict[str, object]] = {"slope": {}, "bias": {}, "thresholds": {}}
    levels: dict[str, dict[str, dict[str, float]]] = {"gentle": {}, "balanced": {}, "strict": {}}
    english: list[tuple[float, float]] = []
    for language in LANGUAGES:  # English first
        rows = (corpus.lang == language) & corpus.held_out
        z, y, src, fam = logits[rows], corpus.labels[rows], corpus.source[rows], family[rows]
        here = [i for i, s in enumerate(sources) if s in set(corpus.source[corpus.lang == language])]
        start = [(1.0, float(group_bias[here, k].mean())) for k in range(len(LABELS))]
        pairs = [platt(z[:, k], y[:, k], *(english or start)[k]) for k in range(len(LABELS))]
        english = english or pairs  # a label a language never shows is scaled as in English
        out["slope"][language] = [round(a, 5) for a, _ in pairs]
        out["bias"][language] = [round(b, 5) for _, b in pairs]
        scores = np.stack([1 / (1 + np.exp(-(a * z[:, k] + b))) for k, (a, b) in enumerate(pairs)], axis=1)
        easy = like_everyday(fam) & (y[:, 0] < 0.5)
        collected = y[src != "written"]
        silent = [k for k in range(len(LABELS)) if (collected[:, k] >= 0.5).sum() < LEAST_POSITIVES]
        common = np.isin(src, ORDINARY_SOURCES.get(language, tuple(sources)))
        pool = Pool(y, common & (y[:, 0] < 0.5), scores[easy].astype(np.float32))
        found = thresholds(
            scores.astype(np.float32), pool, TOXICITY_RATE.get(language, OTHER_RATE), EASY_RATE
        )
        for level, row in found.items():
            row |= {LABELS[k]: NEVER for k in silent}
            levels[level][language] = row
    out["thresholds"] = dict(levels)
    return out


def main() -> None:
    """Read, fit, calibrate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "breakwater-model")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--penalty", type=float, default=1e-6)
    parser.add_argument("--rounds", type=int, default=120)
    parser.add_argument("--positives-only", choices=("drop", "pair", "keep"), default="drop")
    parser.add_argument("--start", type=Path, help="continue from a fit in the cache (fit-*.npz)")
    parser.add_argument("--version", default="0.1.0")
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(args.cache / "train_linear.log")],
    )
    started = time.monotonic()
    corpus = load(args.data, args.cache, args.positives_only)
    plain = len(corpus.texts)
    corpus, family = with_written(corpus, args.seed)
    counts = counted(corpus, len(corpus.texts) - plain, args.cache)
    log.info("%d texts, %d features", len(corpus.texts), counts.nnz)
    fitted = train(args, corpus, counts)
    table, scale, idf_scale = quantised(fitted)
    as_shipped = Fitted(
        table[:, :-1] * scale, fitted.group_bias, table[:, -1].view(np.uint8).astype(np.float32) * idf_scale
    )
    logits = np.zeros((len(corpus.texts), len(LABELS)), np.float32)
    held = np.flatnonzero(corpus.held_out)
    logits[held] = weigh(counts[held], as_shipped.idf) @ as_shipped.weights
    args.out.mkdir(parents=True, exist_ok=True)
    np.save(args.out / "weights.npy", table)
    fields = {
        "name": "linear",
        "version": args.version,
        "kind": KIND,
        "features_version": FEATURES_VERSION,
        "weights": "weights.npy",
        "sha256": file_sha256(args.out / "weights.npy"),
        "labels": list(LABELS),
        "scale": [float(s) for s in scale],
        "idf_scale": idf_scale,
        **calibrated(corpus, family, logits, fitted.group_bias, np.unique(corpus.source)),
        "training": {
            "rows": int((~corpus.held_out).sum()),
            "held_out": int(corpus.held_out.sum()),
            "sources": sorted(set(corpus.source)),
            "seed": args.seed,
            "penalty": args.penalty,
            "rounds": args.rounds,
            "resumed": bool(args.start),
            "positives_only": args.positives_only,
        },
    }
    (args.out / "model.json").write_text(json.dumps(fields, indent=1) + "\n", "utf-8")
    log.info("written to %s after %.0f s", args.out, time.monotonic() - started)


if __name__ == "__main__":
    main()
