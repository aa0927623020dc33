"""Figures for the model card: the classifier as shipped, on rows and sentences it was not trained on.

    python packaging/model/evaluate.py --data DATA_FOLDER [--model linear] [--posts FILE.parquet ...]

`--posts` names Parquet files of everyday posts (a column `text`), to see how many are flagged: every
second distinct one, those that `ship_cascade.py` does not set thresholds with.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import polars as pl
from augment import compose
from bias import measure
from bias import sentences as bias_sentences
from corpus import HOLDOUT_PERCENT, bucket
from functional import sentences
from measures import auc, macro_f1

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.classify.engine import EmbeddedClassifier, load_default, load_scorer
from core.classify.features import MAX_CHARS, model_text
from core.classify.fold import fold
from core.classify.lexicon import load_packs
from core.domain.classification import LABELS


def held_out(folder: Path) -> pl.DataFrame:
    """The held-out rows with their original text."""
    frame = pl.concat([pl.read_parquet(f) for f in sorted(folder.glob("*.parquet"))])
    keep = [bucket(model_text(fold(t).text)[:MAX_CHARS]) < HOLDOUT_PERCENT for t in frame["text"]]
    return frame.filter(pl.Series(keep))


def by_source(classifier: EmbeddedClassifier, frame: pl.DataFrame, most: int) -> None:
    """AUC per label, F1 and flag rates per source, on at most so many rows of each."""
    print("source | lang | rows | AUC per label | macro-F1 | flagged of abusive | of clean | in scope")
    means = []
    for (source, lang), rows in frame.group_by(["source", "lang"], maintain_order=True):
        part = rows.sample(min(most, len(rows)), seed=7)
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
        fine = verdict.abusive == abusive
        table[lang, group, abusive].append(fine)
        if not fine:
            missed.append((lang, group, text, verdict.scores["toxicity"], [r.name for r in verdict.reasons]))
    for (lang, group, abusive), right in table.items():
        print(f"{lang} | {group} | {'abusive' if abusive else 'harmless'} | {sum(right)}/{len(right)}")
    for lang in ("en", "zh"):
        every = [r for (la, _, _), right in table.items() if la == lang for r in right]
        kind = [r for (la, _, ab), right in table.items() if la == lang and not ab for r in right]
        print(f"{lang}: overall {np.mean(every):.3f}, harmless {np.mean(kind):.3f}")
    for row in missed:
        print("  wrong:", *row, sep=" | ")


def by_family(classifier: EmbeddedClassifier, most: int = 60) -> None:
    """Share decided rightly of our composed sentences whose frames were kept back, per family."""
    rows = [w for w in compose() if w.held_out and w.lang in ("en", "zh") and "toxicity" in w.labels]
    rng = np.random.default_rng(0)
    table: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for i in rng.permutation(len(rows)):
        row = rows[i]
        table[row.lang, row.family, row.labels["toxicity"] >= 0.5].append(row.text)
    means: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for (lang, family, abusive), texts in sorted(table.items()):
        found = [f.abusive == abusive for f in classifier.classify(texts[:most])]
        means[lang, abusive].append(float(np.mean(found)))
        kind = "abusive" if abusive else "harmless"
        print(f"kept back | {lang} | {family} | {kind} | {np.mean(found):.3f} of {len(found)}")
    for (lang, abusive), values in means.items():
        kind = "abusive" if abusive else "harmless"
        print(f"kept back | {lang} | mean over families | {kind} | {np.mean(values):.3f}")


def by_identity(classifier: EmbeddedClassifier) -> None:
    """Madlibs-style bias of the toxicity score, for terms seen in training and for new ones."""
    rows = bias_sentences()
    found = classifier.classify([row.text for row in rows])
    scores = np.array([f.scores["toxicity"] for f in found])
    for known in (False, True):
        part = [row for row in rows if row.known == known]
        here = np.array([row.known == known for row in rows])
        b = measure(part, scores[here])
        said = np.array([f.abusive for f in found])[here]
        hateful = np.array([row.hateful for row in part])
        print(
            f"identity terms {'in training' if known else 'never seen'}: AUC {b.overall:.3f}; lowest term: "
            f"subgroup {b.subgroup:.3f}, BPSN {b.bpsn:.3f}, BNSP {b.bnsp:.3f} ({b.worst}); "
            f"flagged of hateful {said[hateful].mean():.3f}, of harmless {said[~hateful].mean():.3f}"
        )


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", default="linear", help="a name in resources/models, or a folder")
    parser.add_argument("--posts", type=Path, nargs="*", default=[])
    parser.add_argument("--languages", nargs="*", help="only these, of the held-out rows")
    parser.add_argument("--most", type=int, default=1_000_000, help="held-out rows of a source at most")
    parser.add_argument("--kind", help="only posts with this value in a column `kind`")
    parser.add_argument("--only-functional", action="store_true")
    args = parser.parse_args()
    folder = Path(args.model)
    classifier = (
        EmbeddedClassifier(load_scorer(folder), load_packs())
        if folder.is_dir()
        else load_default(name=args.model)
    )
    by_function(classifier)
    by_family(classifier)
    by_identity(classifier)
    if args.only_functional:
        return
    for path in args.posts:
        frame = pl.read_parquet(path)
        if args.kind:
            frame = frame.filter(pl.col("kind") == args.kind)
        texts = frame["text"].unique(maintain_order=True).to_list()[1::2][:3000]
        found = classifier.classify(texts)
        flagged = np.mean([f.abusive for f in found])
        print(f"{path.stem}: flagged {flagged:.4f} of {len(texts)} distinct posts")
    frame = held_out(args.data)
    by_source(
        classifier, frame.filter(pl.col("lang").is_in(args.languages)) if args.languages else frame, args.most
    )


if __name__ == "__main__":
    main()
