"""The encoders that ship, read back into Detoxify's format and scored by the real package."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.classify.detoxify_engine import DetoxifyFiles, DetoxifyScorer
from core.classify.encoder import Encoder, EncoderFiles
from core.classify.engine import SHIPPED, shipped_model
from core.classify.model_file import file_sha256

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]  # transformers warns about itself
TEXTS = (
    "thank you for the kind answer",
    "you are a worthless idiot and everybody knows it",
    "i will find you and break your legs",
    "people like her do not belong in this country",
    "谢谢你的文章写得很好",
    "你这个不要脸的汉奸走狗",
    "obrigado pelo artigo",
    "dziękuję za odpowiedź",
)


@pytest.mark.parametrize("name", SHIPPED)
def test_detoxify_gives_the_scores_of_the_shipped_file(name: str, tmp_path: Path) -> None:
    from rebuild_checkpoint import rebuild

    folder = shipped_model(name)
    fields = json.loads((folder / "model.json").read_text("utf-8"))
    path = rebuild(folder, tmp_path)
    files = DetoxifyFiles(name, "0", path, file_sha256(path), tmp_path, frozenset({"en"}))
    theirs = DetoxifyScorer(files).score(TEXTS, ["en"] * len(TEXTS))
    encoder = Encoder(EncoderFiles(name, folder / fields["weights"], folder / fields["tokenizer"], 192))
    ours = 1 / (1 + np.exp(-encoder.logits(TEXTS)))
    # The product also rounds what flows between the weights, which the checkpoint does not.
    assert np.abs(theirs - ours).max() < 0.08
    assert np.abs(theirs - ours).mean() < 0.01
    assert theirs[1, 0] > 0.5 > theirs[0, 0]
