"""What the transformer is trained on: texts chosen, tokenised and written once below a work folder.

Each row has a rate, the chance to be taken in one epoch, so that the many easy clean rows do not use up
the time; the choice is drawn anew each epoch and is the same for the same seed.
"""

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from augment import compose, disguise, dress
from backbone import start
from corpus import Corpus, load

from core.classify.features import model_text
from core.classify.fold import fold
from core.domain.classification import LABELS

log = logging.getLogger("rows")

# Chance of a row in one epoch, per source. Abusive Jigsaw rows always take part: they alone carry the
# rare labels (threat, severe, obscene). A source not named here takes part in full.
RATES = {
    "jigsaw_toxic_comments": 0.8,
    "wikipedia_context_toxicity": 0.2,
    "davidson_2017": 0.25,
    "hatexplain_disagreement": 0.35,
    "civil_comments_toxic_spans": 0.35,
    "implicit_hate_2021": 0.5,
    "stormfront_hate_2018": 0.4,
    "edos_2023": 0.35,
    "guest_misogyny_2021": 0.3,
    "hatemoji_build": 1.0,
    "uli_2023": 0.3,
    "mlma_2019": 0.3,
}
ALWAYS = "jigsaw_toxic_comments"
WRITTEN_WEIGHT = 1.5
FAMILY_SHARE = 150  # rows of a family of ours in an epoch, or a quarter of it when that is more
DISGUISED, DRESSED = 0.3, 0.3  # of our own texts, as further copies
WRITTEN = "written:"  # leads the source of a row of ours; its family follows


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is; stored beside its checkpoints."""

    backbone: str = "minilm"
    languages: tuple[str, ...] = ("en",)
    layers: int = 6
    length: int = 64
    batch: int = 48
    rate: float = 1.2e-4
    warmup: int = 100  # steps
    seed: int = 7
    sample: float = 1.0  # of every source's rate
    shares: dict[str, float] = field(default_factory=dict)  # per language, of its collected rows' rates
    frozen: int = 0  # lowest layers, and the word table, that stay as the backbone has them; 0: none


def read_plan(work: Path) -> Plan:
    """The plan of a work folder."""
    fields = json.loads((work / "plan.json").read_text("utf-8"))
    return Plan(**fields | {"languages": tuple(fields["languages"])})


def prepare(plan: Plan, data: Path, backbone: Path, cache: Path, work: Path) -> None:
    """Write rows.npz, tokenizer.json, start.pt, sizes.json and plan.json below `work`."""
    from tokenizers import Tokenizer

    corpus = load(data, cache, "pair")
    corpus = corpus.take(np.isin(corpus.lang, plan.languages))
    work.mkdir(parents=True, exist_ok=True)
    found = start(plan.backbone, backbone, corpus.texts, plan.layers, work / "pieces.json")
    (work / "tokenizer.json").write_text(found.tokenizer, "utf-8")
    tokenizer = Tokenizer.from_str(found.tokenizer)
    tokenizer.enable_truncation(plan.length)
    texts, columns = _columns(plan, corpus)
    ids = [np.array(e.ids, np.int32) for e in tokenizer.encode_batch(texts)]
    lengths = np.array([len(i) for i in ids])
    np.savez(work / "rows.npz", ids=np.concatenate(ids), lengths=lengths, **columns)
    torch.save(found.weights, work / "start.pt")
    (work / "sizes.json").write_text(json.dumps(found.sizes), "utf-8")
    (work / "plan.json").write_text(json.dumps(asdict(plan)), "utf-8")
    expected = (columns["rate"] * ~columns["held"]) @ lengths
    log.info("%d texts, %.0f tokens expected in an epoch", len(ids), expected)


def _columns(plan: Plan, corpus: Corpus) -> tuple[list[str], dict[str, Any]]:
    """Texts of the collections and of ours, and what is known of each."""
    rng = Random(plan.seed)
    rows = [r for r in compose(plan.seed) if r.lang in plan.languages]
    extra = [(r, r.text) for r in rows]
    ours = [r for r in rows if not r.held_out]
    extra += [(r, disguise(r.text, rng)) for r in ours if rng.random() < DISGUISED]
    extra += [(r, dress(r.text, r.lang, rng)) for r in ours if rng.random() < DRESSED]
    own = np.full((len(extra), len(LABELS)), np.nan, np.float32)
    for i, (row, _) in enumerate(extra):
        for name, value in row.labels.items():
            own[i, LABELS.index(name)] = value
    columns = {
        "labels": np.concatenate([corpus.labels, own]),
        "weight": np.concatenate([corpus.weight, np.full(len(extra), WRITTEN_WEIGHT, np.float32)]),
        "held": np.concatenate([corpus.held_out, np.array([r.held_out for r, _ in extra])]),
        "lang": np.concatenate([corpus.lang, np.array([r.lang for r, _ in extra])]),
        "source": np.concatenate([corpus.source, np.array([WRITTEN + r.family for r, _ in extra])]),
        "rate": np.concatenate([_rates(plan, corpus), _own_rates([r.family for r, _ in extra])]),
    }
    return [*corpus.texts, *(model_text(fold(text).text) for _, text in extra)], columns


def _rates(plan: Plan, corpus: Corpus) -> Any:
    rates = np.array([RATES.get(s, 1.0) for s in corpus.source], np.float32)
    rates[(corpus.source == ALWAYS) & (np.nan_to_num(corpus.labels).max(axis=1) >= 0.5)] = 1.0
    shares = np.array([plan.shares.get(language, 1.0) for language in corpus.lang], np.float32)
    return rates * shares * np.float32(plan.sample)


def _own_rates(families: list[str]) -> Any:
    """Families that a few slots multiply are thinned, the small ones are not."""
    _, place, counts = np.unique(families, return_inverse=True, return_counts=True)
    return np.clip(FAMILY_SHARE / counts, 0.25, 1.0)[place].astype(np.float32)


@dataclass(slots=True)
class Rows:
    """Token ids of all rows in one flat array, and what is known of each row."""

    ids: Any
    starts: Any
    lengths: Any
    labels: Any
    weight: Any
    held: Any
    lang: Any
    source: Any
    rate: Any
    digest: str
    pad: int

    def tokens(self, row: int) -> Any:
        """The token ids of one row."""
        return self.ids[self.starts[row] : self.starts[row] + self.lengths[row]]

    def batch(self, rows: Any, device: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Padded ids and mask."""
        longest = int(self.lengths[rows].max())
        ids = np.full((len(rows), longest), self.pad, np.int64)
        for k, r in enumerate(rows):
            ids[k, : self.lengths[r]] = self.tokens(r)
        mask = np.arange(longest)[None, :] < self.lengths[rows][:, None]
        return torch.from_numpy(ids).to(device), torch.from_numpy(mask.astype(np.int64)).to(device)

    def samples(self, each: int = 16) -> list[Any]:
        """Token ids of some training rows of every language, the same every time."""
        rng = np.random.default_rng(0)
        found: list[Any] = []
        for language in np.unique(self.lang):
            rows = rng.permutation(np.flatnonzero((self.lang == language) & ~self.held))[:each]
            found += [self.tokens(r) for r in rows]
        return found


def read_rows(work: Path) -> Rows:
    """What `prepare` wrote."""
    data = np.load(work / "rows.npz", allow_pickle=False)
    fields = {name: data[name] for name in data.files}
    starts = np.cumsum(fields["lengths"]) - fields["lengths"]
    digest = hashlib.sha256(fields["ids"].tobytes() + fields["rate"].tobytes()).hexdigest()[:16]
    pad = int(json.loads((work / "sizes.json").read_text("utf-8"))["pad_token_id"])
    return Rows(starts=starts, digest=digest, pad=pad, **fields)


def batches(rows: Rows, plan: Plan, epoch: int) -> list[Any]:
    """The training batches of an epoch: rows of similar length together, batches in random order."""
    rng = np.random.default_rng([plan.seed, epoch])
    taken = ~rows.held & (rng.random(len(rows.held)) < rows.rate)
    chosen = rng.permutation(np.flatnonzero(taken))
    blocks = [chosen[i : i + plan.batch * 64] for i in range(0, len(chosen), plan.batch * 64)]
    found = []
    for block in blocks:
        ordered = block[np.argsort(rows.lengths[block], kind="stable")]
        found += [ordered[i : i + plan.batch] for i in range(0, len(ordered), plan.batch)]
    return [found[i] for i in rng.permutation(len(found))]
