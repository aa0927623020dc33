"""Figures for the model card: the classifier as shipped, on rows and sentences it was not trained on.

    python packaging/model/evaluate.py --data DATA_FOLDER [--model linear] [--posts FILE.parquet ...]

`--posts` names Parquet files of everyday posts (a column `text`), to see how many are flagged.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from corpus import HOLDOUT_PERCENT, bucket
from functional import sentences

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.classify.engine import EmbeddedClassifier, load_default
from core.classify.features import MAX_CHARS, model_text
from core.classify.fold import fold
from core.domain.classification import LABELS

_Bools = npt.NDArray[np.bool_]


def auc(positive: _Bools, score: npt.NDArray[np.float64]) -> float:
    """Area under the ROC curve by ranks (ties shared)."""
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place]
    n, p = len(score), int(positive.sum())
    return float((rank[positive].sum() - p * (p + 1) / 2) / (p * (n - p)))


def macro_f1(truth: _Bools, said: _Bools) -> float:
    """Mean of the F1 of both classes."""
    parts = []
    for t, s in ((truth, said), (~truth, ~said)):
        hit = int((t & s).sum())
        parts.append(2 * hit / max(int(t.sum() + s.sum()), 1))
    return sum(parts) / 2


def held_out(folder: Path) -> pl.DataFrame:
    """The held-out rows with their original text."""
    frame = pl.concat([pl.read_parquet(f) for f in sorted(folder.glob("*.parquet"))])
    keep = [bucket(model_text(fold(t).text)[:MAX_CHARS]) < HOLDOUT_PERCENT for t in frame["text"]]
    return frame.filter(pl.Series(keep))


def by_source(classifier: EmbeddedClassifier, frame: pl.DataFrame) -> None:
    """AUC per label, F1 and flag rates per source."""
    print("source | lang | rows | AUC per label | macro-F1 | flagged of abusive | of clean | in scope")
    means = []
    for (source, lang), part in frame.group_by(["source", "lang"], maintain_order=True):
        found = classifier.classify(part["text"].to_list())
        aucs = []
        for label in LABELS:
            truth = part[label].to_numpy()
            known = ~np.isnan(truth)
            yes = truth[known] >= 0.5
            if yes.sum() >= 5 and (~yes).sum() >= 5:
                score = np.array([f.scores[label] for f in found])[known]
                aucs.append(f"{label} {auc(yes, score):.3f}")
                if source == "jigsaw_toxic_comments":
                    means.append(auc(yes, score))
        said = np.array([f.abusive for f in found])
        toxic = part["toxicity"].to_numpy()
        known = ~np.isnan(toxic)
        yes = toxic[known] >= 0.5
        rates = ""
        if yes.any() and (~yes).any():
            s = said[known]
            rates = f"{macro_f1(yes, s):.3f} | {s[yes].mean():.3f} | {s[~yes].mean():.3f}"
        scope = np.mean([f.in_scope for f in found])
        print(f"{source} | {lang} | {len(part)} | {', '.join(aucs)} | {rates} | {scope:.2f}")
    if means:
        print(f"jigsaw mean AUC over {len(means)} labels: {np.mean(means):.4f}")


def by_function(classifier: EmbeddedClassifier) -> None:
    """Accuracy per group of our own sentences."""
    rows = sentences()
    found = classifier.classify([text for _, _, text, _ in rows])
    table: dict[tuple[str, str, bool], list[bool]] = defaultdict(list)
    missed = []
    for (lang, group, text, abusive), verdict in zip(rows, found, strict=True):
        right = verdict.abusive == abusive
        table[lang, group, abusive].append(right)
        if not right:
            missed.append((lang, group, text, verdict.scores["toxicity"], [r.name for r in verdict.reasons]))
    for (lang, group, abusive), right in table.items():
        print(f"{lang} | {group} | {'abusive' if abusive else 'harmless'} | {sum(right)}/{len(right)}")
    for lang in ("en", "zh"):
        every = [r for (la, _, _), right in table.items() if la == lang for r in right]
        kind = [r for (la, _, ab), right in table.items() if la == lang and not ab for r in right]
        print(f"{lang}: overall {np.mean(every):.3f}, harmless {np.mean(kind):.3f}")
    for row in missed:
        print("  wrong:", *row, sep=" | ")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", default="linear")
    parser.add_argument("--posts", type=Path, nargs="*", default=[])
    parser.add_argument("--only-functional", action="store_true")
    args = parser.parse_args()
    classifier = load_default(name=args.model)
    by_function(classifier)
    if args.only_functional:
        return
    for path in args.posts:
        texts = pl.read_parquet(path)["text"].unique(maintain_order=True).head(4000).to_list()
        found = classifier.classify(texts)
        flagged = np.mean([f.abusive for f in found])
        print(f"{path.stem}: flagged {flagged:.4f} of {len(texts)} distinct posts")
    by_source(classifier, held_out(args.data))


if __name__ == "__main__":
    main()
