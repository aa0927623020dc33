"""The labelled texts: read, folded once (cached), split by folded text, labels cleaned.

Used by the training scripts of this folder; run them by path from the repository root.
"""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.classify.features import MAX_CHARS, model_text
from core.classify.fold import fold
from core.domain.classification import LABELS

# Sources whose negatives say "not this kind of hate", so that their toxicity holds only ones.
POSITIVES_ONLY = (
    "edos_2023",
    "guest_misogyny_2021",
    "stormfront_hate_2018",
    "hatemoji_build",
    "implicit_hate_2021",
    "swsr_2022",
    "iwg_refugees_2016",
)
# Known faults of sources, answered with less weight: davidson over-labels African American English,
# hatexplain holds only the posts its raters disagreed on, toxic spans are pre-selected.
SOURCE_WEIGHT = {"davidson_2017": 0.5, "hatexplain_disagreement": 0.5, "civil_comments_toxic_spans": 0.5}
HOLDOUT_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Corpus:
    """Parallel columns: prepared text, language, source, labels (n, 7; NaN is unknown), weight, split."""

    texts: list[str]
    lang: npt.NDArray[np.str_]
    source: npt.NDArray[np.str_]
    labels: npt.NDArray[np.float32]
    weight: npt.NDArray[np.float32]
    held_out: npt.NDArray[np.bool_]

    def take(self, where: npt.NDArray[np.bool_]) -> "Corpus":
        """The rows where the mask is true."""
        texts = [t for t, w in zip(self.texts, where, strict=True) if w]
        return Corpus(
            texts,
            self.lang[where],
            self.source[where],
            self.labels[where],
            self.weight[where],
            self.held_out[where],
        )


def bucket(text: str) -> int:
    """0..99, the same for the same folded text on every machine: decides the split."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:4], "big") % 100


def _folded(folder: Path, cache: Path) -> pl.DataFrame:
    cached = cache / "folded.parquet"
    if cached.exists():
        return pl.read_parquet(cached)
    frame = pl.concat([pl.read_parquet(f) for f in sorted(folder.glob("*.parquet"))])
    texts = [model_text(fold(t).text)[:MAX_CHARS] for t in frame["text"]]
    frame = frame.with_columns(pl.Series("folded", texts))
    cache.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(cached)
    return frame


def load(folder: Path, cache: Path, positives_only: str = "drop") -> Corpus:
    """Read every source below `folder`.

    `positives_only` says what to do with toxicity of sources that only hold ones: "drop" makes it
    unknown, "pair" reads their negatives as 0 at half weight, "keep" leaves it.
    """
    frame = _folded(folder, cache)
    labels = frame.select(LABELS).to_numpy().astype(np.float32)
    source = frame["source"].to_numpy().astype(str)
    weight = np.array([SOURCE_WEIGHT.get(s, 1.0) for s in source], dtype=np.float32)
    lonely = np.isin(source, POSITIVES_ONLY)
    if positives_only == "drop":
        labels[lonely, 0] = np.nan
    elif positives_only == "pair":
        labels[lonely & np.isnan(labels[:, 0]), 0] = 0.0
        weight[lonely] = 0.5
    texts = frame["folded"].to_list()
    held_out = np.array([bucket(t) < HOLDOUT_PERCENT for t in texts])
    return Corpus(texts, frame["lang"].to_numpy().astype(str), source, labels, weight, held_out)
