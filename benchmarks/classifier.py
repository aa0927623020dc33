"""Classifier speed beside its peers: same posts, same run, interleaved rounds; ratios are what counts.

    python benchmarks/classifier.py [--rounds 3]

Ours does more per post than any peer: folding, language, word packs, rules, model and reasons with
spans. "Detoxify shape" is `Detoxify.predict` over a bert-base of the official architecture with random
weights (speed does not depend on their values) and a vocabulary in which every word is one token,
which flatters it. alt-profanity-check and better-profanity take part when installed.
"""

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "packaging" / "model"))

from augment import compose, disguise

from core.classify.engine import load_default

Run = Callable[[list[str]], object]
_DETOXIFY_POSTS = 96  # enough for a steady rate; it takes seconds for these
_TARGET_RAW, _TARGET_BARRAGE = 20, 100


def posts(count: int = 2000, seed: int = 11) -> list[str]:
    """Distinct posts of two to four of our own sentences, one in ten disguised."""
    rng = random.Random(seed)
    pool = [w.text for w in compose() if w.lang in ("en", "zh")]
    found: dict[str, None] = {}
    while len(found) < count:
        text = " ".join(rng.sample(pool, rng.randint(2, 4)))
        found[disguise(text, rng) if rng.random() < 0.1 else text] = None
    return list(found)


def barrage(distinct: list[str], count: int = 4000) -> list[str]:
    """A copy-paste attack: thirty texts, sent over and over with changed case and spacing."""
    rng = random.Random(5)
    texts = distinct[:30]
    return [
        rng.choice((str, str.upper, lambda t: t.replace(" ", "  ")))(rng.choice(texts)) for _ in range(count)
    ]


def detoxify_shape(folder: Path, texts: list[str]) -> Run:
    """A random bert-base loaded by the detoxify package, called in batches of 32."""
    import torch
    from detoxify import Detoxify
    from transformers import BertConfig, BertForSequenceClassification

    words = sorted({w for t in texts for w in "".join(c if c.isalnum() else " " for c in t.lower()).split()})
    signs = [chr(c) for c in range(33, 127)]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *signs, *words]
    (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(vocabulary)), "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BertTokenizer"}), "utf-8")
    config = BertConfig(num_labels=7)
    config.save_pretrained(folder)
    labels = [
        "toxicity",
        "severe_toxicity",
        "obscene",
        "identity_attack",
        "insult",
        "threat",
        "sexual_explicit",
    ]
    arguments = {
        "num_classes": 7,
        "model_type": str(folder),
        "model_name": "BertForSequenceClassification",
        "tokenizer_name": "BertTokenizer",
    }
    content = {
        "config": {"arch": {"args": arguments}, "dataset": {"args": {"classes": labels}}},
        "state_dict": BertForSequenceClassification(config).state_dict(),
    }
    torch.save(content, folder / "bert-base.ckpt")
    model: Any = Detoxify(checkpoint=str(folder / "bert-base.ckpt"), huggingface_config_path=str(folder))

    def run(batch: list[str]) -> None:
        ordered = sorted(batch, key=len)
        for i in range(0, len(ordered), 32):
            model.predict(ordered[i : i + 32])

    return run


def peers() -> dict[str, Run]:
    """The word-list peers that are installed."""
    found: dict[str, Run] = {}
    try:
        from profanity_check import predict_prob

        found["alt-profanity-check"] = predict_prob
    except ImportError:
        print("alt-profanity-check: not installed, left out")
    try:
        from better_profanity import profanity

        profanity.load_censor_words()
        found["better-profanity"] = lambda batch: [profanity.contains_profanity(t) for t in batch]
    except ImportError:
        print("better-profanity: not installed, left out")
    return found


def ours(batch: list[str]) -> None:
    """A fresh classifier (no remembered verdicts), weights already on disk cache."""
    load_default().classify(batch)


def rate(run: Run, batch: list[str]) -> float:
    """Posts a second of one call."""
    started = time.perf_counter()
    run(batch)
    return len(batch) / (time.perf_counter() - started)


def memory_mb() -> float:
    """Peak resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print rates and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    distinct = posts()
    attack = barrage(distinct)
    idle = memory_mb()
    ours(distinct)
    print(f"memory over idle after {len(distinct)} posts: {memory_mb() - idle:.0f} MB (target 600)")
    with tempfile.TemporaryDirectory() as folder:
        runs: dict[str, tuple[Run, list[str]]] = {
            "breakwater, distinct posts": (ours, distinct),
            "breakwater, copy-paste barrage": (ours, attack),
        }
        try:
            runs["Detoxify shape (bert-base)"] = (
                detoxify_shape(Path(folder), distinct),
                distinct[:_DETOXIFY_POSTS],
            )
        except ImportError:
            print("detoxify: not installed, left out")
        runs |= {name: (run, distinct) for name, run in peers().items()}
        rates: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(rounds):
            for name, (run, batch) in runs.items():
                rates[name].append(rate(run, batch))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    base = medians.get("Detoxify shape (bert-base)")
    for name, median in medians.items():
        spread = f"{min(rates[name]):.0f}-{max(rates[name]):.0f}"
        ratio = f"{median / base:8.1f}x Detoxify" if base else ""
        print(f"{name:34} {median:9.0f} posts/s ({spread}) {ratio}")
    if base:
        raw = medians["breakwater, distinct posts"] / base
        copies = medians["breakwater, copy-paste barrage"] / base
        print(f"targets: {raw:.1f}x raw (>= {_TARGET_RAW}), {copies:.1f}x barrage (>= {_TARGET_BARRAGE})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
