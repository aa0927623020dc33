"""Fine-tune an encoder on the seven labels: resumable, seeded, on a CPU or a GPU.

    python packaging/model/train_transformer.py prepare --data DATA --backbone minilm --from PATH --work WORK
    python packaging/model/train_transformer.py train   --work WORK [--minutes 60] [--device cuda]
    python packaging/model/train_transformer.py decay   --work WORK --steps 400
    python packaging/model/train_transformer.py average --work WORK --other resources/models/minilm-en
    python packaging/model/train_transformer.py export  --work WORK --out FOLDER

`prepare` folds, samples, tokenises and writes everything training needs below WORK; it may be run again
with more texts between two runs of `train`. `train` warms up, then keeps a constant rate and can be
continued as often as wanted: it stops after --minutes or on SIGTERM and saves. `decay` branches from
where `train` stands and lowers the rate to nothing over --steps; what it leaves is the model to ship,
while `train` can go on from the undecayed weights. `average` mixes that with an encoder that shipped
before, weight by weight: both come from one run, and the mean keeps what the older one knew of the
collections and what the newer one learnt of our sentences (Wortsman et al. 2022, arXiv:2109.01903).
`export` writes a Detoxify-format checkpoint and an int8 ONNX file and compares the two.
"""

import argparse
import contextlib
import ctypes
import json
import logging
import os
import signal
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import torch
from export_onnx import export
from rows import Plan, Rows, batches, prepare, read_plan, read_rows
from torch import nn
from validate import validate

from core.domain.classification import LABELS

log = logging.getLogger("train_transformer")

STABLE, DECAY, SHIPPED, FACTS = "stable.pt", "decay.pt", "shipped.pt", "facts.json"
_M_MMAP_MAX, _M_TRIM_THRESHOLD = -4, -1  # glibc's mallopt(3)
_SAVE_EVERY, _VALIDATE_EVERY, _LOG_EVERY = 300.0, 1200.0, 25  # seconds, seconds, steps


def build(work: Path, *, fresh: bool) -> Any:
    """A BertForSequenceClassification of the planned size; `fresh` starts from the backbone.

    No dropout: a run sees most texts once or twice, and drawing the masks is a sixth of the time.
    """
    from transformers import BertConfig, BertForSequenceClassification

    sizes: dict[str, Any] = json.loads((work / "sizes.json").read_text("utf-8"))
    labelled: dict[str, Any] = {
        "num_labels": len(LABELS),
        "id2label": dict(enumerate(LABELS)),
        "label2id": {name: i for i, name in enumerate(LABELS)},
    }
    config = BertConfig(
        **sizes,
        **labelled,
        problem_type="multi_label_classification",
        hidden_act="gelu",
        layer_norm_eps=1e-12,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    plan = read_plan(work)
    torch.manual_seed(plan.seed)
    model = BertForSequenceClassification(config)
    # Gradients of the word table only where words occurred: most of the weights are rows of it.
    model.bert.embeddings.word_embeddings.sparse = True
    for part in [model.bert.embeddings, *model.bert.encoder.layer][: plan.frozen + 1 if plan.frozen else 0]:
        part.requires_grad_(False)
    if fresh:
        weights = torch.load(work / "start.pt", weights_only=True)
        missing, unexpected = model.bert.load_state_dict(weights, strict=False)
        if unexpected or any("pooler" not in name and "position_ids" not in name for name in missing):
            raise SystemExit(f"backbone does not fit: {missing} {unexpected}")
    return model


@dataclass(slots=True)
class Run:
    """A model in training with its two optimizers (words are updated sparsely) and its place."""

    model: Any
    optimizers: tuple[torch.optim.Optimizer, ...]
    place: dict[str, Any] = field(
        default_factory=lambda: {"step": 0, "epoch": 0, "at": 0, "rows": "", "tokens": 0}
    )

    def save(self, path: Path) -> None:
        """All or nothing."""
        partial = path.with_suffix(".part")
        state = {
            "model": self.model.state_dict(),
            "optimizers": [o.state_dict() for o in self.optimizers],
            "place": self.place,
        }
        torch.save(state, partial)
        partial.replace(path)

    def load(self, path: Path, device: str) -> None:
        """Continue where `save` was."""
        state = torch.load(path, map_location=device, weights_only=True)
        self.model.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.place = state["place"]

    def rate(self, factor: float) -> None:
        """Multiply the planned rates by `factor`."""
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["planned"] * factor

    def seek(self, rows: Rows) -> None:
        """With other rows than before, a new epoch begins."""
        if self.place["rows"] not in ("", rows.digest):
            self.place["epoch"] += 1
            self.place["at"] = 0
        self.place["rows"] = rows.digest


def new_run(work: Path, plan: Plan, device: str, *, fresh: bool) -> Run:
    """Head and pooler learn faster, words slower; no weight decay on biases and norms."""
    model = build(work, fresh=fresh).to(device)
    words = model.bert.embeddings.word_embeddings.weight
    groups = []
    for name, parameter in model.named_parameters():
        if parameter is words or not parameter.requires_grad:
            continue
        rate = plan.rate * (4.0 if name.startswith(("classifier", "bert.pooler")) else 1.0)
        decay = 0.0 if parameter.ndim < 2 else 0.01
        groups.append({"params": [parameter], "lr": rate, "planned": rate, "weight_decay": decay})
    dense = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    if not words.requires_grad:
        return Run(model, (dense,))
    slow = plan.rate * 0.5
    sparse = torch.optim.SparseAdam([{"params": [words], "lr": slow, "planned": slow}], betas=(0.9, 0.98))
    return Run(model, (dense, sparse))


def step(run: Run, rows: Rows, chosen: Any, device: str) -> float:
    """One update; returns the loss, unknown labels left out."""
    ids, mask = rows.batch(chosen, device)
    target = torch.from_numpy(rows.labels[chosen]).to(device)
    known = ~torch.isnan(target)
    run.model.train()
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
        logits = run.model(input_ids=ids, attention_mask=mask).logits
    each = nn.functional.binary_cross_entropy_with_logits(
        logits.float(), target.nan_to_num(), reduction="none"
    )
    cost = known * torch.from_numpy(rows.weight[chosen]).to(device)[:, None]
    loss = (each * cost).sum() / cost.sum().clamp(min=1)
    loss.backward()  # type: ignore[no-untyped-call]
    dense = [p for group in run.optimizers[0].param_groups for p in group["params"]]
    nn.utils.clip_grad_norm_(dense, 1.0)
    for optimizer in run.optimizers:
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    run.place["step"] += 1
    run.place["at"] += 1
    run.place["tokens"] += int(mask.sum())
    return float(loss.detach())


@dataclass(slots=True)
class Clock:
    """When to save, to validate and to stop."""

    until: float
    saved: float = field(default_factory=time.monotonic)
    validated: float = field(default_factory=time.monotonic)
    stopped: bool = False

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Asked to end: finish the step, save, leave."""
        self.stopped = True

    def over(self) -> bool:
        """Stopped or out of time."""
        return self.stopped or time.monotonic() > self.until

    def due(self, what: str, every: float) -> bool:
        """Whether `what` was last done longer than `every` seconds ago; remembers that it is done now."""
        now = time.monotonic()
        if now - getattr(self, what) < every:
            return False
        setattr(self, what, now)
        return True


class Threads:
    """How many threads a step on the CPU takes: whichever number is faster just now.

    On a machine that others use, two threads that wait for each other can be slower than one. The
    number in use is kept for a while, then the other is tried for two steps.
    """

    _KEEP, _TRY = 14, 2

    def __init__(self) -> None:
        self._most = min(os.cpu_count() or 1, torch.get_num_threads())
        self._pace = dict.fromkeys({1, self._most}, 0.0)
        self._steps = 0

    def choose(self) -> int:
        """Set the threads for the next step."""
        if self._steps % (self._KEEP + self._TRY) < self._KEEP:
            chosen = max(self._pace, key=lambda n: (self._pace[n], n))
        else:
            chosen = min(self._pace, key=lambda n: (self._pace[n], n))
        self._steps += 1
        if chosen != torch.get_num_threads():
            torch.set_num_threads(chosen)
        return chosen

    def record(self, threads: int, tokens: int, seconds: float) -> None:
        """Remember how fast a step went; recent steps count most."""
        pace = tokens / max(seconds, 1e-9)
        self._pace[threads] = 0.6 * self._pace[threads] + 0.4 * pace if self._pace[threads] else pace


def train(work: Path, device: str, minutes: float) -> None:
    """The stable phase: warm-up, then a constant rate, for as long as it is given."""
    plan, rows = read_plan(work), read_rows(work)
    run = new_run(work, plan, device, fresh=not (work / STABLE).exists())
    if (work / STABLE).exists():
        run.load(work / STABLE, device)
    clock = Clock(time.monotonic() + minutes * 60)
    signal.signal(signal.SIGTERM, clock.stop)
    _loop(run, rows, plan, device, clock=clock, path=work / STABLE, steps=None)


def decay(work: Path, device: str, steps: int) -> None:
    """From a copy of the stable weights, the rate falls linearly to nothing. Resumable."""
    plan, rows = read_plan(work), read_rows(work)
    run = new_run(work, plan, device, fresh=False)
    begun = work / DECAY
    run.load(begun if begun.exists() else work / STABLE, device)
    run.place.setdefault("branched", run.place["step"])
    clock = Clock(float("inf"))
    signal.signal(signal.SIGTERM, clock.stop)
    _loop(run, rows, plan, device, clock=clock, path=begun, steps=steps)
    if not clock.stopped:
        torch.save(run.model.state_dict(), work / SHIPPED)
        (work / FACTS).write_text(json.dumps(_facts(plan, rows, run.place), indent=1), "utf-8")
        begun.unlink()


def average(work: Path, folder: Path, share: float) -> None:
    """Replace what `decay` left by its mean with a shipped encoder of the same run, which counts `share`."""
    from rebuild_checkpoint import read_back

    fields: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
    older = read_back(folder / fields["weights"])
    newer: dict[str, torch.Tensor] = torch.load(work / SHIPPED, weights_only=True)
    if older.keys() != newer.keys():
        raise SystemExit(f"not the same architecture: {sorted(older.keys() ^ newer.keys())[:4]}")
    mean = {name: share * older[name] + (1 - share) * newer[name] for name in newer}
    torch.save(mean, work / SHIPPED)
    facts: dict[str, Any] = json.loads((work / FACTS).read_text("utf-8"))
    facts["averaged_with"] = {"name": fields["name"], "version": fields["version"], "share": share}
    (work / FACTS).write_text(json.dumps(facts, indent=1), "utf-8")


def _facts(plan: Plan, rows: Rows, place: dict[str, Any]) -> dict[str, Any]:
    """What people may want to know of a run later."""
    used = ~rows.held & (rows.rate > 0)
    return asdict(plan) | {
        "steps": place["step"],
        "of_them_decaying": place["step"] - place["branched"],
        "tokens": place["tokens"],
        "texts_to_draw_from": int(used.sum()),
        "sources": sorted({str(s).split(":")[0] for s in set(rows.source[used].tolist())}),
    }


def _loop(
    run: Run, rows: Rows, plan: Plan, device: str, *, clock: Clock, path: Path, steps: int | None
) -> None:
    """`steps` None: constant rate until the clock ends it. Else decay over so many from the branch."""
    run.seek(rows)
    threads = Threads()
    place, losses, begun = run.place, [], time.monotonic()
    tokens = place["tokens"]
    log.info("from step %d, epoch %d, batch %d", place["step"], place["epoch"], place["at"])
    while not clock.over() and not _finished(place, steps):
        todo = batches(rows, plan, place["epoch"])
        for chosen in todo[place["at"] :]:
            run.rate(_factor(place, plan, steps))
            count, before, started = threads.choose(), place["tokens"], time.monotonic()
            losses.append(step(run, rows, chosen, device))
            threads.record(count, place["tokens"] - before, time.monotonic() - started)
            if place["step"] % _LOG_EVERY == 0:
                pace = (place["tokens"] - tokens) / (time.monotonic() - begun)
                recent = sum(losses[-100:]) / len(losses[-100:])
                log.info(
                    "step %d, epoch %d, batch %d of %d, loss %.4f, %.0f tokens/s, %d threads",
                    place["step"], place["epoch"], place["at"], len(todo), recent, pace, count,
                )  # fmt: skip
            if clock.due("saved", _SAVE_EVERY):
                run.save(path)
            if clock.due("validated", _VALIDATE_EVERY):
                validate(run.model, rows, device)
            if clock.over() or _finished(place, steps):
                break
        else:
            place["epoch"] += 1
            place["at"] = 0
    run.save(path)
    if not clock.stopped:
        validate(run.model, rows, device)


def _finished(place: dict[str, Any], steps: int | None) -> bool:
    return steps is not None and place["step"] - place["branched"] >= steps


def _factor(place: dict[str, Any], plan: Plan, steps: int | None) -> float:
    if steps is None:
        return min(1.0, float(place["step"] + 1) / max(plan.warmup, 1))
    return 1.0 - float(place["step"] - place["branched"]) / steps


def _shares(given: list[str]) -> dict[str, float]:
    pairs = (one.split("=") for one in given)
    return {language: float(share) for language, share in pairs}


def keep_memory() -> None:
    """Have glibc keep freed memory instead of handing it back after every layer.

    Measured: page faults of fresh memory took two thirds of a step on a virtual machine. Elsewhere
    than on glibc nothing is changed.
    """
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_M_MMAP_MAX, 0)
        libc.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)


def main() -> None:
    """Run one of the five commands."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("prepare", "train", "decay", "average", "export"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "breakwater-model")
    parser.add_argument("--backbone", default=Plan().backbone)
    parser.add_argument("--from", type=Path, dest="origin")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--languages", nargs="+", default=list(Plan().languages))
    parser.add_argument("--layers", type=int, default=Plan().layers)
    parser.add_argument("--length", type=int, default=Plan().length)
    parser.add_argument("--batch", type=int, default=Plan().batch)
    parser.add_argument("--rate", type=float, default=Plan().rate)
    parser.add_argument("--sample", type=float, default=Plan().sample)
    parser.add_argument("--shares", nargs="*", default=[], metavar="LANGUAGE=SHARE")
    parser.add_argument("--frozen", type=int, default=Plan().frozen)
    parser.add_argument("--minutes", type=float, default=1e6)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--other", type=Path, help="folder of a shipped encoder")
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(args.work / "log.txt")],
    )
    keep_memory()
    if args.command == "prepare":
        plan = Plan(
            args.backbone, tuple(args.languages), args.layers, args.length, args.batch, args.rate,
            sample=args.sample, shares=_shares(args.shares), frozen=args.frozen,
        )  # fmt: skip
        prepare(plan, args.data, args.origin, args.cache, args.work)
    elif args.command == "train":
        train(args.work, args.device, args.minutes)
    elif args.command == "decay":
        decay(args.work, args.device, args.steps)
    elif args.command == "average":
        average(args.work, args.other, args.share)
    else:
        model = build(args.work, fresh=False)
        model.load_state_dict(torch.load(args.work / SHIPPED, weights_only=True))
        export(model.eval(), args.work / "tokenizer.json", args.out, read_rows(args.work).samples())
        (args.out / FACTS).write_bytes((args.work / FACTS).read_bytes())


if __name__ == "__main__":
    main()
