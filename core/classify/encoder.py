"""A small transformer as an int8 ONNX file: texts in, logits out. No torch.

Every text is scored alone. The file quantises activations while it runs, over everything it is given at
once, so that in a batch a text's score would depend on its neighbours (measured: by up to .08); alone it
is always the same, and as fast, since nothing is padded. Texts are spread over threads instead.
onnxruntime and tokenizers are loaded with the first text.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from core.classify.threads import usable_threads
from core.domain.classification import LABELS
from core.errors import ModelUnusable

Logits = npt.NDArray[np.float32]  # (texts, len(LABELS))


@dataclass(frozen=True, slots=True)
class EncoderFiles:
    """Checked files of an encoder. `length` is the most tokens read of one text."""

    name: str
    weights: Path
    tokenizer: Path
    length: int


class Encoder:
    """Thread-safe: the session is made once under a lock and may then be run from many threads."""

    def __init__(self, files: EncoderFiles) -> None:
        self._files = files
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def logits(self, texts: Sequence[str]) -> Logits:
        """Logits of prepared texts, in order. Raises `ModelUnusable`."""
        out = np.zeros((len(texts), len(LABELS)), dtype=np.float32)
        if not texts:
            return out
        session, tokenizer = self._open()
        encoded = tokenizer.encode_batch([t.encode("utf-8", "replace").decode() for t in texts])
        ids = [np.array([e.ids], dtype=np.int32) for e in encoded]
        threads = min(usable_threads(), len(ids))
        try:
            if threads == 1:
                for row, one in enumerate(ids):
                    out[row] = _run(session, one)
                return out
            with ThreadPoolExecutor(threads, thread_name_prefix="encoder") as pool:
                shares = [range(k, len(ids), threads) for k in range(threads)]
                done = [pool.submit(_share, session, ids, share, out) for share in shares]
                for future in done:
                    future.result()
        except Exception as error:  # onnxruntime raises its own family, without a common base
            raise ModelUnusable(name=self._files.name, why="predict") from error
        return out

    def _open(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> tuple[Any, Any]:
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            session = onnxruntime.InferenceSession(
                str(self._files.weights),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # slower than the two steps of the file
            )
            tokenizer = Tokenizer.from_file(str(self._files.tokenizer))
        except Exception as error:  # both raise bare Exception for files they cannot read
            raise ModelUnusable(name=self._files.name, why="malformed") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._files.length)
        return session, tokenizer


def _run(session: Any, ids: npt.NDArray[np.int32]) -> Logits:
    (logits,) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    row: Logits = logits[0]
    return row


def _share(session: Any, ids: Sequence[npt.NDArray[np.int32]], rows: range, out: Logits) -> None:
    for row in rows:
        out[row] = _run(session, ids[row])
