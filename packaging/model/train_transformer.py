"""Fine-tune the pruned multilingual backbone on the seven labels: resumable, seeded, CPU or GPU.

    python packaging/model/train_transformer.py prepare --data DATA --backbone FILE --work WORK
    python packaging/model/train_transformer.py train   --work WORK [--minutes 30] [--device cuda]
    python packaging/model/train_transformer.py export  --work WORK --out resources/models/NAME

`prepare` folds, splits, prunes the vocabulary and writes everything training needs below WORK.
`train` continues from the last checkpoint in WORK, stops after --minutes or --epochs, and can be
started again with the same command until it is done. `export` writes a Detoxify-format checkpoint
and an int8 ONNX file, and compares the two. Full plan (docs/model-card.md): 12 layers, 3 epochs,
learning rate 1.2e-4, length 128, bf16 on a GPU.
"""

import argparse
import json
import logging
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from augment import compose, disguise
from backbone import keep_list, prune, read, tokenizer_json
from corpus import load
from export_onnx import export
from torch import nn

from core.classify.features import model_text
from core.classify.fold import fold
from core.domain.classification import LABELS

log = logging.getLogger("train_transformer")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is; stored beside its checkpoints and refused when it changes half-way."""

    layers: int = 12
    length: int = 128
    batch: int = 32
    epochs: float = 3.0
    rate: float = 1.2e-4
    warmup: float = 0.06
    seed: int = 7
    sample: int = 0  # rows; 0 is all
    written_copies: int = 2


def prepare(args: argparse.Namespace) -> None:
    """Texts, labels, tokenizer and pruned weights, below the work folder."""
    from random import Random

    from tokenizers import Tokenizer

    args.work.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        layers=args.layers, sample=args.sample, epochs=args.epochs, rate=args.rate, length=args.length
    )
    corpus = load(args.data, args.work, "pair")
    texts, labels, weight, held = list(corpus.texts), corpus.labels, corpus.weight, corpus.held_out
    lang = corpus.lang.tolist()
    source = corpus.source.tolist()
    chosen = _sample(plan, held, lang)
    texts = [texts[i] for i in chosen]
    lang, source = [lang[i] for i in chosen], [source[i] for i in chosen]
    rng = Random(plan.seed)
    rows = compose(plan.seed)
    extra = [(r, r.text) for r in rows] + [
        (r, disguise(r.text, rng)) for r in rows if not r.held_out for _ in range(plan.written_copies - 1)
    ]
    own = np.full((len(extra), len(LABELS)), np.nan, np.float32)
    for i, (row, _) in enumerate(extra):
        for name, value in row.labels.items():
            own[i, LABELS.index(name)] = value
    texts += [model_text(fold(text).text) for _, text in extra]
    backbone = read(args.backbone)
    tokenizer = Tokenizer.from_str(tokenizer_json(backbone.pieces))
    pruned = prune(backbone, keep_list(tokenizer, backbone.pieces, corpus.texts), plan.layers)
    (args.work / "tokenizer.json").write_text(tokenizer_json(pruned.pieces), "utf-8")
    tokenizer = Tokenizer.from_str(tokenizer_json(pruned.pieces))
    tokenizer.enable_truncation(plan.length)
    ids = [np.array(e.ids, np.int32) for e in tokenizer.encode_batch(texts)]
    np.savez(
        args.work / "rows.npz",
        ids=np.concatenate(ids),
        lengths=np.array([len(i) for i in ids]),
        labels=np.concatenate([labels[chosen], own]),
        weight=np.concatenate([weight[chosen], np.full(len(extra), 1.5, np.float32)]),
        held=np.concatenate([held[chosen], np.array([r.held_out for r, _ in extra])]),
        lang=np.array(lang + [r.lang for r, _ in extra]),
        source=np.array(source + ["written:" + r.family for r, _ in extra]),
    )
    torch.save({n: torch.from_numpy(np.array(w)) for n, w in pruned.weights.items()}, args.work / "start.pt")
    (args.work / "sizes.json").write_text(json.dumps(pruned.sizes), "utf-8")
    (args.work / "plan.json").write_text(json.dumps(asdict(plan)), "utf-8")
    log.info(
        "%d texts, %d pieces, mean length %.1f", len(ids), len(pruned.pieces), np.mean([len(i) for i in ids])
    )


def _sample(plan: Plan, held: Any, lang: list[str]) -> Any:
    """All rows, or a seeded sample of the training rows: languages in scope only, half English."""
    rows = np.arange(len(lang))
    if not plan.sample:
        return rows
    rng = np.random.default_rng(plan.seed)
    parts = [rows[held]]
    shares = {"en": 0.5, "zh": 0.35, "pt": 0.05, "pl": 0.03, "ko": 0.03, "de": 0.02, "hi": 0.01, "ta": 0.01}
    for name, share in shares.items():
        pool = rows[~held & (np.array(lang) == name)]
        parts.append(rng.choice(pool, min(len(pool), int(plan.sample * share)), replace=False))
    return np.sort(np.concatenate(parts))


def build(work: Path, *, fresh: bool) -> Any:
    """A BertForSequenceClassification of the pruned size; `fresh` starts from the backbone."""
    from transformers import BertConfig, BertForSequenceClassification

    sizes = json.loads((work / "sizes.json").read_text("utf-8"))
    config = BertConfig(
        **sizes,
        num_labels=len(LABELS),
        problem_type="multi_label_classification",
        pad_token_id=1,
        hidden_act="gelu",
        layer_norm_eps=1e-12,
        id2label=dict(enumerate(LABELS)),
        label2id={name: i for i, name in enumerate(LABELS)},
    )
    torch.manual_seed(Plan().seed)
    model = BertForSequenceClassification(config)
    if fresh:
        missing, unexpected = model.bert.load_state_dict(
            torch.load(work / "start.pt", weights_only=True), strict=False
        )
        if unexpected or any("pooler" not in name and "position_ids" not in name for name in missing):
            raise SystemExit(f"backbone does not fit: {missing} {unexpected}")
    return model


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

    def batch(self, rows: Any, device: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Padded ids and mask."""
        longest = int(self.lengths[rows].max())
        ids = np.ones((len(rows), longest), np.int64)
        for k, r in enumerate(rows):
            ids[k, : self.lengths[r]] = self.ids[self.starts[r] : self.starts[r] + self.lengths[r]]
        mask = np.arange(longest)[None, :] < self.lengths[rows][:, None]
        return torch.from_numpy(ids).to(device), torch.from_numpy(mask.astype(np.int64)).to(device)


def rows_of(work: Path) -> Rows:
    """What `prepare` wrote."""
    data = np.load(work / "rows.npz", allow_pickle=False)
    starts = np.cumsum(data["lengths"]) - data["lengths"]
    return Rows(
        data["ids"],
        starts,
        data["lengths"],
        data["labels"],
        data["weight"],
        data["held"],
        data["lang"],
        data["source"],
    )


def batches(rows: Rows, plan: Plan, epoch: int) -> list[Any]:
    """The training batches of an epoch: rows of similar length together, batches in random order."""
    rng = np.random.default_rng(plan.seed + epoch)
    chosen = rng.permutation(np.flatnonzero(~rows.held))
    blocks = [chosen[i : i + plan.batch * 64] for i in range(0, len(chosen), plan.batch * 64)]
    found = []
    for block in blocks:
        ordered = block[np.argsort(rows.lengths[block], kind="stable")]
        found += [ordered[i : i + plan.batch] for i in range(0, len(ordered), plan.batch)]
    return [found[i] for i in rng.permutation(len(found))]


def train(args: argparse.Namespace) -> None:
    """Continue training until the plan is done or the minutes are over."""
    plan = Plan(**json.loads((args.work / "plan.json").read_text("utf-8")))
    rows = rows_of(args.work)
    torch.manual_seed(plan.seed)
    device = args.device
    saved = args.work / "checkpoint.pt"
    model = build(args.work, fresh=not saved.exists()).to(device)
    optimizer = torch.optim.AdamW(_groups(model, plan.rate), betas=(0.9, 0.98))
    steps_per_epoch = math.ceil(int((~rows.held).sum()) / plan.batch)
    total = max(int(steps_per_epoch * plan.epochs), 1)
    step = 0
    if saved.exists():
        state = torch.load(saved, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step = int(state["step"])
        log.info("resumed at step %d of %d", step, total)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: _rate(s + step, total, plan.warmup))
    until = time.monotonic() + args.minutes * 60
    while step < total and time.monotonic() < until:
        epoch, at = divmod(step, steps_per_epoch)
        for chosen in batches(rows, plan, epoch)[at:]:
            loss = _step(model, rows, chosen, device)
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step % 50 == 0:
                log.info("step %d of %d, loss %.4f", step, total, loss)
            if step % 400 == 0:
                _save(saved, model, optimizer, step)
            if step >= total or time.monotonic() > until:
                break
    _save(saved, model, optimizer, step)
    log.info("at step %d of %d", step, total)
    validate(model, rows, device)


def _groups(model: nn.Module, rate: float) -> list[dict[str, Any]]:
    """Weight decay off for biases and norms; lower layers learn slower; the head learns faster."""
    groups = []
    for name, parameter in model.named_parameters():
        scale = (
            4.0 if name.startswith(("classifier", "bert.pooler")) else 0.5 if "embeddings" in name else 1.0
        )
        decay = 0.0 if parameter.ndim < 2 else 0.01
        groups.append({"params": [parameter], "lr": rate * scale, "weight_decay": decay})
    return groups


def _rate(step: int, total: int, warmup: float) -> float:
    rise = max(int(total * warmup), 1)
    return step / rise if step < rise else max(0.0, (total - step) / max(total - rise, 1))


def _step(model: Any, rows: Rows, chosen: Any, device: str) -> float:
    ids, mask = rows.batch(chosen, device)
    target = torch.from_numpy(rows.labels[chosen]).to(device)
    known = ~torch.isnan(target)
    model.train()
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
        logits = model(input_ids=ids, attention_mask=mask).logits
    each = nn.functional.binary_cross_entropy_with_logits(
        logits.float(), target.nan_to_num(), reduction="none"
    )
    cost = known * torch.from_numpy(rows.weight[chosen]).to(device)[:, None]
    loss = (each * cost).sum() / cost.sum().clamp(min=1)
    loss.backward()
    return float(loss.detach())


def _save(path: Path, model: nn.Module, optimizer: Any, step: int) -> None:
    partial = path.with_suffix(".part")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, partial)
    partial.replace(path)


def validate(model: Any, rows: Rows, device: str, most: int = 6000) -> dict[str, float]:
    """AUC per source on a seeded sample of the held-out rows."""
    from evaluate import auc, macro_f1

    rng = np.random.default_rng(0)
    held = rng.permutation(np.flatnonzero(rows.held))[:most]
    held = held[np.argsort(rows.lengths[held], kind="stable")]
    model.eval()
    logits = []
    with torch.no_grad():
        for i in range(0, len(held), 64):
            ids, mask = rows.batch(held[i : i + 64], device)
            logits.append(model(input_ids=ids, attention_mask=mask).logits.float().cpu().numpy())
    table = np.concatenate(logits)
    found: dict[str, float] = {}
    source = rows.source[held]
    for name in sorted(set(source.tolist())):
        for k, label in enumerate(LABELS):
            here = (source == name) & ~np.isnan(rows.labels[held, k])
            yes = rows.labels[held][here, k] >= 0.5
            if yes.sum() >= 5 and (~yes).sum() >= 5:
                found[f"{name}/{label}"] = auc(yes, table[here, k].astype(np.float64))
                if name == "cold_2022":
                    found["cold macro-F1"] = max(
                        macro_f1(yes, table[here, k] > t)
                        for t in np.quantile(table[here, k], np.linspace(0.2, 0.8, 31))
                    )
    own = np.char.startswith(source, "written")
    for language in ("en", "zh"):
        here = own & (rows.lang[held] == language)
        yes = rows.labels[held][here, 0] >= 0.5
        if yes.any() and (~yes).any():
            found[f"written {language}"] = auc(yes, table[here, 0].astype(np.float64))
    for key, value in found.items():
        log.info("held-out %s %.4f", key, value)
    return found


def main() -> None:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("prepare", "train", "export"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--backbone", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--length", type=int, default=128)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--minutes", type=float, default=1e6)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(args.work / "log.txt")],
    )
    if args.command == "prepare":
        prepare(args)
    elif args.command == "train":
        train(args)
    else:
        model = build(args.work, fresh=False)
        model.load_state_dict(torch.load(args.work / "checkpoint.pt", weights_only=True)["model"])
        export(model.eval(), args.work / "tokenizer.json", args.out)


if __name__ == "__main__":
    main()
