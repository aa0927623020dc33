"""From a data folder to a shipped model, on tiny data; and the checkpoint through the real detoxify."""

import json
import logging
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.classify.cascade import load_cascade
from core.classify.encoder import Encoder, EncoderFiles
from core.classify.engine import shipped_model
from core.domain.classification import LABELS

pytestmark = [
    pytest.mark.filterwarnings(
        "ignore"
    ),  # torch's exporter and onnxruntime's quantiser warn about themselves
    pytest.mark.slow,
]
TEXTS = (
    "you red idiot",
    "what a warm clown you are",
    "thanks for the old book",
    "i will hurt you",
    "a green day in the park with a long text that goes on and on",
    "ok",
)


@dataclass(frozen=True, slots=True)
class Trained:
    work: Path
    out: Path
    model: Any


@pytest.fixture(scope="module")
def trained(data: Path, backbone: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    import augment
    import rows
    import torch
    import train_transformer as script

    place = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "compose", lambda seed: augment.compose(seed, per_frame=1)[::9])
        plan = rows.Plan(layers=2, length=24, batch=16, rate=2e-3, warmup=20)
        rows.prepare(plan, data, backbone, place / "cache", place / "work")
    work = place / "work"
    threads = torch.get_num_threads()
    script.train(work, "cpu", minutes=0.05)
    script.decay(work, "cpu", steps=40)
    torch.set_num_threads(threads)
    model = script.build(work, fresh=False)
    model.load_state_dict(torch.load(work / script.SHIPPED, weights_only=True))
    samples = rows.read_rows(work).samples()
    script.export(model.eval(), work / "tokenizer.json", place / "out", samples)
    (place / "out" / script.FACTS).write_bytes((work / script.FACTS).read_bytes())
    return Trained(work, place / "out", model)


def test_rows_hold_both_kinds_and_keep_our_frames_apart(trained: Trained) -> None:
    from rows import read_plan, read_rows

    rows = read_rows(trained.work)
    assert read_plan(trained.work).languages == ("en",)
    assert {"jigsaw_toxic_comments", "davidson_2017"} <= set(rows.source.tolist())
    ours = np.char.startswith(rows.source, "written:")
    assert rows.held[ours].any()
    assert not rows.held[ours].all()
    assert np.isnan(rows.labels[~ours][:, LABELS.index("sexual_explicit")]).all()
    abusive = (rows.source == "jigsaw_toxic_comments") & (rows.labels[:, 0] == 1)
    assert (rows.rate[abusive] == 1).all()
    assert rows.lengths.max() <= 24


def test_an_epoch_is_the_same_again_and_never_holds_held_out_rows(trained: Trained) -> None:
    from rows import batches, read_plan, read_rows

    rows, plan = read_rows(trained.work), read_plan(trained.work)
    first, again, other = (batches(rows, plan, epoch) for epoch in (0, 0, 1))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert sorted(np.concatenate(first)) != sorted(np.concatenate(other))
    taken = np.concatenate(first)
    assert len(set(taken.tolist())) == len(taken)
    assert not rows.held[taken].any()


def test_training_goes_on_where_it_stopped_and_decay_leaves_it_alone(trained: Trained) -> None:
    import torch
    import train_transformer as script

    before = torch.load(trained.work / script.STABLE, weights_only=True)["place"]
    assert before["step"] > 0
    assert not (trained.work / script.DECAY).exists()
    script.train(trained.work, "cpu", minutes=0.01)
    after = torch.load(trained.work / script.STABLE, weights_only=True)["place"]
    assert after["step"] > before["step"]
    assert "branched" not in after
    assert after["tokens"] > before["tokens"]


def test_other_rows_begin_a_new_epoch(trained: Trained, tmp_path: Path) -> None:
    import rows as rows_module
    import train_transformer as script

    rows = rows_module.read_rows(trained.work)
    run = script.Run(None, (None, None))  # type: ignore[arg-type]
    run.seek(rows)
    run.place["at"] = 7
    run.seek(rows)
    assert (run.place["epoch"], run.place["at"]) == (0, 7)
    rows.digest = "changed"
    run.seek(rows)
    assert (run.place["epoch"], run.place["at"]) == (1, 0)


def test_training_lowers_the_loss(trained: Trained) -> None:
    import train_transformer as script
    from rows import read_rows
    from validate import logits_of

    rows = read_rows(trained.work)
    chosen = np.flatnonzero(~rows.held)[:200]
    labels = rows.labels[chosen]
    known = ~np.isnan(labels)

    def loss(model: Any) -> float:
        z = logits_of(model, rows, chosen, "cpu")
        return float((np.logaddexp(0, z) - np.nan_to_num(labels) * z)[known].mean())

    assert loss(trained.model) < 0.8 * loss(script.build(trained.work, fresh=True))


def test_the_real_detoxify_package_gives_the_same_scores(trained: Trained) -> None:
    from core.classify.detoxify_engine import DetoxifyFiles, DetoxifyScorer
    from core.classify.model_file import file_sha256

    folder = trained.out / "detoxify"
    checkpoint = folder / "model.ckpt"
    files = DetoxifyFiles("tiny", "0", checkpoint, file_sha256(checkpoint), folder, frozenset({"en"}))
    theirs = DetoxifyScorer(files).score(list(TEXTS), ["en"] * len(TEXTS))
    ours = 1 / (1 + np.exp(-_onnx(trained).logits(list(TEXTS))))
    assert np.abs(theirs - ours).max() < 0.03  # int8 against full precision
    assert np.abs(theirs - _torch(trained)).max() < 1e-5


def _onnx(trained: Trained) -> Encoder:
    files = EncoderFiles("tiny", trained.out / "model.int8.onnx", trained.out / "tokenizer.json", 48)
    return Encoder(files)


def _torch(trained: Trained) -> Any:
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(trained.out / "tokenizer.json"))
    rows = []
    for text in TEXTS:
        ids = torch.tensor([tokenizer.encode(text).ids])
        with torch.no_grad():
            rows.append(torch.sigmoid(trained.model(input_ids=ids).logits)[0].numpy())
    return np.stack(rows)


def test_shipping_writes_a_folder_the_engine_opens(
    trained: Trained, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import argparse

    import ship_cascade
    import train_linear

    monkeypatch.setattr(ship_cascade, "LENGTH", 48)  # the tiny encoder has 64 places
    monkeypatch.setattr(train_linear, "PER_FRAME", 1)
    shutil.copytree(shipped_model("linear"), tmp_path / "linear")
    args = argparse.Namespace(
        data=data, cache=tmp_path, export=trained.out, out=tmp_path / "tiny-en", posts=[], kind=None,
        languages=["en"], seed=7, version="0.0.1", again=False,
    )  # fmt: skip
    fields = ship_cascade.ship(args)
    assert len(fields["blend"]["en"]) == len(LABELS)
    scorer = load_cascade(tmp_path / "tiny-en")
    assert scorer.info.version.endswith("+0.0.1")
    found = scorer.score(["you blue idiot", "thanks for the blue book"], ["en", "en"])
    assert found[0, 0] > found[1, 0]
    stored = json.loads((tmp_path / "tiny-en" / "model.json").read_text("utf-8"))
    assert stored["training"]["of_them_decaying"] == 40
    levels = stored["thresholds"]
    assert levels["gentle"]["en"]["toxicity"] >= levels["balanced"]["en"]["toxicity"]
    assert levels["balanced"]["en"]["toxicity"] >= levels["strict"]["en"]["toxicity"]


def test_a_table_made_of_four_bit_blocks_is_found_again_exactly() -> None:
    from export_onnx import four_bits

    rng = np.random.default_rng(3)
    whole = rng.integers(-8, 8, (50, 4, 32))
    scale = rng.uniform(-0.1, 0.1, (50, 4, 1)).astype(np.float16)
    table = (whole * scale.astype(np.float32)).astype(np.float32).reshape(50, 128)
    table[7, :32] = 0
    packed, scales = four_bits(table)
    halves = np.stack([packed & 15, packed >> 4], axis=-1).reshape(50, 4, 32).astype(np.int8)
    again = np.where(halves > 7, halves - 16, halves) * scales.astype(np.float32)[:, :, None]
    assert np.abs(again.reshape(50, 128) - table).max() == 0


def test_a_word_table_that_was_not_trained_is_packed_and_scores_the_same(
    trained: Trained, tmp_path: Path
) -> None:
    import copy

    import torch
    from export_onnx import onnx_int8
    from rows import read_rows

    samples = read_rows(trained.work).samples()
    model = copy.deepcopy(trained.model)
    words = model.bert.embeddings.word_embeddings.weight
    onnx_int8(model, tmp_path / "trained.onnx", samples)
    words.requires_grad_(False)
    with torch.no_grad():
        words.copy_(torch.round(words / words.abs().max() * 7) / 64)  # of the grid
    onnx_int8(model, tmp_path / "packed.onnx", samples)
    sizes = [_bits(tmp_path / name) for name in ("packed.onnx", "trained.onnx")]
    assert sizes == [4, 8]
    files = EncoderFiles("tiny", tmp_path / "packed.onnx", trained.out / "tokenizer.json", 48)
    found = 1 / (1 + np.exp(-Encoder(files).logits(TEXTS)))
    assert np.abs(found - _torch(replace(trained, model=model))).max() < 0.06


def test_an_average_lies_between_what_shipped_and_what_was_trained(trained: Trained, tmp_path: Path) -> None:
    import torch
    import train_transformer as script

    work, folder = tmp_path / "work", tmp_path / "before"
    work.mkdir()
    folder.mkdir()
    shutil.copyfile(trained.out / "model.int8.onnx", folder / "model.int8.onnx")
    (folder / "model.json").write_text('{"name": "before", "version": "1", "weights": "model.int8.onnx"}')
    older = trained.model.state_dict()
    newer = {name: value + 0.1 if value.is_floating_point() else value for name, value in older.items()}
    torch.save(newer, work / script.SHIPPED)
    shutil.copyfile(trained.work / script.FACTS, work / script.FACTS)
    script.average(work, folder, 0.75)
    mean = torch.load(work / script.SHIPPED, weights_only=True)
    for name, value in older.items():
        assert (mean[name] - (value + 0.025)).abs().max() < 0.01, name  # rounding of the shipped file
    facts = json.loads((work / script.FACTS).read_text("utf-8"))
    assert facts["averaged_with"] == {"name": "before", "version": "1", "share": 0.75}
    torch.save({"other": torch.zeros(1)}, work / script.SHIPPED)
    with pytest.raises(SystemExit, match="architecture"):
        script.average(work, folder, 0.5)


def _bits(path: Path) -> int:
    """In which a word is kept."""
    import onnx

    kinds = {onnx.TensorProto.INT4: 4, onnx.TensorProto.INT8: 8, onnx.TensorProto.UINT8: 8}
    (bits,) = (
        kinds[table.data_type]
        for table in onnx.load(str(path)).graph.initializer
        if "word_embeddings.weight" in table.name and table.data_type in kinds and len(table.dims) == 2
    )
    return bits


def test_a_stopped_run_saves_and_leaves(trained: Trained) -> None:
    import train_transformer as script

    clock = script.Clock(until=time.monotonic() + 1000)
    assert not clock.over()
    clock.stop(15, None)
    assert clock.over()
    assert not clock.due("saved", 60)
    assert clock.due("saved", 0)


def test_threads_follow_what_is_faster() -> None:
    import train_transformer as script

    threads = script.Threads()
    threads._pace, threads._most = {1: 0.0, 2: 0.0}, 2
    for _ in range(64):
        count = threads.choose()
        threads.record(count, 100, 1.0 if count == 1 else 3.0)
    assert threads._pace[1] > threads._pace[2]
    chosen = [threads.choose() for _ in range(16)]
    assert chosen.count(1) == 14
    assert logging.getLogger("train_transformer") is script.log
