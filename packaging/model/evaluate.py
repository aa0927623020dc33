"""Figures for the model card: the classifier as shipped, on rows and sentences it was not trained on.

    python packaging/model/evaluate.py --data DATA_FOLDER [--model linear] [--posts FILE.parquet ...]
    python packaging/model/evaluate.py --only suites|sentences [--model linear]

`--posts` names Parquet files of everyday posts (a column `text`), to see how many are flagged: every
second distinct one, those that `ship_cascade.py` does not set thresholds with. `--only suites` stops
after the functional suites, `--only sentences` after our other sentences too: neither reads the data.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import posts
from augment import compose
from bias import measure
from bias import sentences as bias_sentences
from corpus import HOLDOUT_PERCENT, bucket
from functional import SUITES, Sentence, read_suite
from measures import auc, macro_f1

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.classify.engine import SHIPPED, EmbeddedClassifier, load_scorer, shipped_model
from core.classify.features import MAX_CHARS, model_text
from core.classify.fold import fold
from core.classify.lexicon import load_packs
from core.classify.scorer import Scorer
from core.domain.classification import LABELS, Classification


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


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a suite and what the classifier said."""

    sentence: Sentence
    said: Classification

    @property
    def right(self) -> bool:
        """Whether it was flagged exactly if it had to be."""
        return self.said.abusive == self.sentence.abusive


def by_function(classifier: EmbeddedClassifier) -> None:
    """Right of all per functionality and language, and per language, of each suite of our own sentences.

    Wrong sentences are shown of the first suite only: whoever corrects something must not see the others'.
    """
    for suite in SUITES:
        sentences = read_suite(suite)
        found = classifier.classify([sentence.text for sentence in sentences])
        rows = [Judged(*pair) for pair in zip(sentences, found, strict=True)]
        _functions(suite, rows)
        _languages(suite, rows, classifier.scorer)
        if suite == "first":
            for row in rows:
                if not row.right:
                    one, said = row.sentence, row.said
                    reasons = [reason.name for reason in said.reasons]
                    print("  wrong:", one.tag, one.functionality, one.text, reasons, sep=" | ")


def _functions(suite: str, rows: Sequence[Judged]) -> None:
    tags = sorted({row.sentence.tag for row in rows})
    table: dict[tuple[str, bool], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        one = row.sentence
        table[one.functionality, one.abusive][one.tag].append(row.right)
    print(suite, *tags, sep=" | ")
    for (functionality, abusive), by_tag in sorted(table.items(), key=lambda item: not item[0][1]):
        counts = (f"{sum(by_tag[tag])}/{len(by_tag[tag])}" if tag in by_tag else "-" for tag in tags)
        print(f"{functionality} ({'abusive' if abusive else 'harmless'})", *counts, sep=" | ")


def _languages(suite: str, rows: Sequence[Judged], scorer: Scorer) -> None:
    """A language the model is not for has no accuracy: only word packs and rules should decide there."""
    print("suite | language | overall | abusive | harmless | taken as a language of the model")
    for tag in sorted({row.sentence.tag for row in rows}):
        part = [row for row in rows if row.sentence.tag == tag]
        abusive = [row.right for row in part if row.sentence.abusive]
        harmless = [row.right for row in part if not row.sentence.abusive]
        scored = scorer.holds(part[0].sentence.language)
        cells = (_share(abusive + harmless) if scored else "not scored", _share(abusive), _share(harmless))
        print(suite, tag, *cells, f"{np.mean([row.said.in_scope for row in part]):.2f}", sep=" | ")


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right)}/{len(right)} = {np.mean(right):.3f}"


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


def flagged(classifier: EmbeddedClassifier, name: str, texts: Sequence[str]) -> None:
    """The share of everyday posts that are flagged."""
    share = np.mean([found.abusive for found in classifier.classify(texts)])
    print(f"{name}: flagged {share:.4f} of {len(texts)} distinct posts")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the sources; needed unless --only")
    parser.add_argument("--model", nargs="+", default=SHIPPED, help="names in resources/models, or folders")
    parser.add_argument("--posts", type=Path, nargs="*", default=[])
    parser.add_argument("--languages", nargs="*", help="only these, of the held-out rows")
    parser.add_argument("--most", type=int, default=1_000_000, help="held-out rows of a source at most")
    parser.add_argument("--kind", help="only posts with this value in a column `kind`")
    parser.add_argument("--only", choices=("suites", "sentences"))
    args = parser.parse_args()
    if not (args.only or args.data):
        parser.error("--data or --only is needed")
    folders = [Path(model) if Path(model).is_dir() else shipped_model(model) for model in args.model]
    classifier = EmbeddedClassifier(load_scorer(*folders), load_packs())
    by_function(classifier)
    if args.only == "suites":
        return
    by_family(classifier)
    by_identity(classifier)
    for path in sorted(posts.FOLDER.glob("*.txt")):
        flagged(classifier, f"everyday {path.stem}", posts.for_measuring(posts.written(path.stem)))
    if args.only:
        return
    for path in args.posts:
        flagged(classifier, path.stem, posts.for_measuring(posts.real(path, args.kind))[:3000])
    frame = held_out(args.data)
    by_source(
        classifier, frame.filter(pl.col("lang").is_in(args.languages)) if args.languages else frame, args.most
    )


if __name__ == "__main__":
    main()
