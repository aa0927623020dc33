"""Quick held-out figures while training: AUC per label on a fixed small sample."""

import logging
from typing import Any

import numpy as np
import torch
from measures import auc
from rows import ALWAYS, WRITTEN, Rows

from core.domain.classification import LABELS

log = logging.getLogger("validate")


def logits_of(model: Any, rows: Rows, chosen: Any, device: str, batch: int = 64) -> Any:
    """Logits of these rows, shape (len(chosen), 7), in their order."""
    order = np.argsort(rows.lengths[chosen], kind="stable")
    table = np.zeros((len(chosen), len(LABELS)), np.float32)
    model.eval()
    with torch.no_grad():
        for i in range(0, len(order), batch):
            part = order[i : i + batch]
            ids, mask = rows.batch(chosen[part], device)
            table[part] = model(input_ids=ids, attention_mask=mask).logits.float().cpu().numpy()
    return table


def sample(rows: Rows, most: int) -> Any:
    """Half Jigsaw (abusive rows first, they are few), the rest everything else; the same every time."""
    rng = np.random.default_rng(0)
    held = rng.permutation(np.flatnonzero(rows.held))
    ours = np.char.startswith(rows.source[held], WRITTEN)
    jigsaw = held[rows.source[held] == ALWAYS]
    abusive = np.nan_to_num(rows.labels[jigsaw]).max(axis=1) >= 0.5
    parts = [
        jigsaw[abusive][: most // 4],
        jigsaw[~abusive][: most // 4],
        held[ours][: most // 4],
        held[~ours & (rows.source[held] != ALWAYS)][: most // 4],
    ]
    return np.concatenate(parts)


def validate(model: Any, rows: Rows, device: str, most: int = 1600) -> dict[str, float]:
    """AUC per label on Jigsaw, of toxicity on ours and on the rest, and per source where rows suffice."""
    chosen = sample(rows, most)
    table = logits_of(model, rows, chosen, device)
    source = rows.source[chosen]
    groups = {"jigsaw": source == ALWAYS, "written": np.char.startswith(source, WRITTEN)}
    groups["others"] = ~groups["jigsaw"] & ~groups["written"]
    found: dict[str, float] = {}
    for name, here in groups.items():
        for k, label in enumerate(LABELS):
            known = here & ~np.isnan(rows.labels[chosen, k])
            yes = rows.labels[chosen][known, k] >= 0.5
            if yes.sum() >= 8 and (~yes).sum() >= 8:
                found[f"{name} {label}"] = auc(yes, table[known, k].astype(np.float64))
    jigsaw = [value for key, value in found.items() if key.startswith("jigsaw")]
    if jigsaw:
        found["jigsaw mean"] = float(np.mean(jigsaw))
    log.info("held out: %s", ", ".join(f"{key} {value:.4f}" for key, value in found.items()))
    return found
