"""Choosing, fetching and loading official models; the embedded one whenever that fails."""

import hashlib
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from file_server import FileServer, Served
from tiny_checkpoints import publish

from app.jobs.context import JobContext
from app.services.models import ModelService
from core.classify.downloads import Downloads
from core.classify.engine import EmbeddedClassifier, load_default
from core.classify.official import HOSTS, OFFICIAL, Official
from core.domain.classification import LABELS
from core.errors import AppError, DiskFull, ModelUnusable, Offline
from core.system.settings import Device, ModelChoice, Settings

torch = pytest.importorskip("torch")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
EMBEDDED = load_default()


@dataclass
class Shop:
    """A made-up release page with one model, and a service that may fetch from it."""

    server: FileServer
    published: Path
    home: Path
    settings: Settings = Settings(model=ModelChoice.ORIGINAL)  # noqa: RUF009 - frozen

    def offer(self, base: str, **options: Any) -> Official:
        model = publish(self.published, base, self.server.url, **options)
        for file in model.files:
            self.server.files[file.name] = Served((self.published / file.name).read_bytes())
        self.model = replace(model, key="original")
        return self.model

    def service(self) -> ModelService:
        return ModelService(
            self.home,
            lambda: self.settings,
            lambda: EMBEDDED,
            catalogue=(self.model,),
            downloads=lambda folder: Downloads(folder, {"127.0.0.1"}, plain_http=True),
        )

    def name(self) -> str:
        return self.model.checkpoint.name


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    server = FileServer()
    yield Shop(server, tmp_path / "published", tmp_path / "models")
    server.close()


def fell_back(service: ModelService) -> object:
    """The embedded model is in use; returns why."""
    assert service.load() is EMBEDDED
    assert isinstance(service.problem, AppError)
    return service.problem.params.get("why")


@pytest.mark.parametrize(
    ("base", "classes"), [("bert", 6), ("roberta", 16), ("xlm-roberta", 16), ("albert", 6)]
)
def test_each_kind_is_fetched_made_ready_and_scores_as_the_package_does(
    shop: Shop, base: str, classes: int
) -> None:
    shop.offer(base, classes=classes)
    service = shop.service()
    assert not service.state("original").ready
    assert service.get("original", JobContext()).ready
    classifier = service.load()
    assert service.problem is None
    assert isinstance(classifier, EmbeddedClassifier)
    texts = ["you are an idiot!", "hello kind"]
    if base == "bert":
        texts.append("word " * 2_000)  # longer than the model reads at once
    found = classifier.classify(texts)
    assert [one.in_scope for one in found[:1]] == [True]
    expected = _by_transformers(shop, texts[:2])
    for one, row in zip(found, expected, strict=False):
        names = (
            list(LABELS) if classes == 16 else ["toxicity", "severe_toxicity", "obscene", "threat", "insult"]
        )
        scores = dict(zip(names, row, strict=False))
        for label, score in scores.items():
            assert one.scores[label] == pytest.approx(score, abs=1e-5)


def _by_transformers(shop: Shop, texts: list[str]) -> list[list[float]]:
    """Independent of our loading: the class named in the file, its weights, the published word pieces."""
    import transformers

    content = torch.load(shop.published / shop.name(), weights_only=True)
    arguments = content["config"]["arch"]["args"]
    folder = shop.home / "original"
    tokenizer = getattr(transformers, arguments["tokenizer_name"]).from_pretrained(folder)
    config = transformers.AutoConfig.from_pretrained(folder)
    model = getattr(transformers, arguments["model_name"])(config).eval()
    model.load_state_dict(content["state_dict"])
    with torch.no_grad():
        return torch.sigmoid(model(**tokenizer(texts, return_tensors="pt", padding=True))[0]).tolist()


def test_a_stopped_fetch_is_continued(shop: Shop) -> None:
    shop.offer("bert")
    served = shop.server.files[shop.name()]
    served.cut_after = len(served.data) // 2
    service = shop.service()
    with pytest.raises(Offline):
        service.get("original", JobContext())
    state = service.state("original")
    assert 0 < state.fetched < state.model.size
    assert fell_back(service) == "not-fetched"
    served.cut_after = None
    assert service.get("original", JobContext()).ready
    assert shop.server.asked[-1][1].startswith("bytes=")


def _behead(content: dict[str, Any]) -> None:
    state = content["state_dict"]
    content["state_dict"] = {name: state[name] for name in state if not name.startswith("classifier")}


def _add(content: dict[str, Any]) -> None:
    content["state_dict"]["surprise"] = torch.zeros(1)


def _rename(content: dict[str, Any]) -> None:
    content["config"]["arch"]["args"]["tokenizer_name"] = "EvilTokenizer"


@pytest.mark.parametrize(("change", "why"), [(_behead, "weights"), (_add, "weights"), (_rename, "format")])
def test_a_checkpoint_with_other_keys_is_refused_and_deleted(
    shop: Shop, change: Callable[[dict[str, Any]], None], why: str
) -> None:
    shop.offer("bert", change=change)
    service = shop.service()
    with pytest.raises(ModelUnusable) as caught:
        service.get("original", JobContext())
    assert caught.value.params["why"] == why
    assert not service.state("original").ready
    assert not (shop.home / "original" / shop.name()).exists()
    assert fell_back(service) == "not-fetched"


def test_code_in_a_checkpoint_is_not_run(shop: Shop, tmp_path: Path) -> None:
    shop.offer("bert")
    trace = tmp_path / "ran"

    class Payload:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (trace,))

    evil = pickle.dumps({"config": Payload(), "state_dict": {}})
    shop.server.files[shop.name()].data = evil
    digest = hashlib.sha256(evil).hexdigest()[:8]
    shop.model = replace(shop.model, checkpoint=replace(shop.model.checkpoint, sha256=digest))
    with pytest.raises(ModelUnusable) as caught:
        shop.service().get("original", JobContext())
    assert caught.value.params["why"] == "unsafe-or-damaged"
    assert not trace.exists()


def test_a_wrong_hash_leaves_nothing_and_the_embedded_model_working(shop: Shop) -> None:
    shop.offer("bert")
    shop.server.files[shop.name()].data += b"x"
    service = shop.service()
    with pytest.raises(ModelUnusable):
        service.get("original", JobContext())
    assert not list((shop.home / "original").glob("*.ckpt*"))
    assert fell_back(service) == "not-fetched"


@pytest.mark.parametrize("which", ["checkpoint", "vocabulary"])
def test_a_file_changed_on_disk_is_noticed_at_the_next_start(shop: Shop, which: str) -> None:
    model = shop.offer("bert")
    service = shop.service()
    service.get("original", JobContext())
    name = model.checkpoint.name if which == "checkpoint" else model.vocabulary[0].name
    path = shop.home / "original" / name
    path.write_bytes(path.read_bytes() + b" ")
    assert fell_back(service) == "hash"
    path.unlink()
    assert fell_back(service) == "not-fetched"


def test_the_whole_hash_of_the_first_time_binds_later_fetches(shop: Shop) -> None:
    """Another file with the same published beginning is refused once the whole hash is known."""
    shop.offer("bert")
    service = shop.service()
    service.get("original", JobContext())
    service.remove("original")
    assert not service.state("original").fetched
    hashes = shop.home / "hashes.json"
    known = hashlib.sha256(shop.server.files[shop.name()].data).hexdigest()
    assert known in hashes.read_text()
    hashes.write_text(hashes.read_text().replace(known, known[:8] + "0" * 56))
    with pytest.raises(ModelUnusable) as caught:
        service.get("original", JobContext())
    assert caught.value.params["why"] == "changed"


def test_a_full_disk_stops_the_fetch(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.offer("bert")
    import shutil

    usage = shutil.disk_usage("/")._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    service = shop.service()
    with pytest.raises(DiskFull):
        service.get("original", JobContext())
    assert fell_back(service) == "not-fetched"


def test_files_from_a_stick_need_no_network(shop: Shop) -> None:
    shop.offer("bert")
    service = shop.service()
    assert service.adopt("original", shop.published, JobContext()).ready
    assert shop.server.asked == []
    assert service.load() is not EMBEDDED


def test_a_device_that_is_not_there_is_the_processor(shop: Shop) -> None:
    shop.offer("bert")
    shop.settings = Settings(model=ModelChoice.ORIGINAL, device=Device.MPS)
    service = shop.service()
    service.get("original", JobContext())
    assert service.load() is not EMBEDDED
    assert "cpu" in service.devices()


def test_without_the_packages_nothing_is_fetched(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.offer("bert")
    monkeypatch.setattr("app.services.models.missing_packages", lambda: ("torch",))
    service = shop.service()
    with pytest.raises(ModelUnusable):
        service.get("original", JobContext())
    assert shop.server.asked == []
    assert fell_back(service) == "torch"


def test_the_embedded_model_asks_nobody(shop: Shop) -> None:
    shop.offer("bert")
    shop.settings = Settings()
    service = shop.service()
    assert service.load() is EMBEDDED
    assert service.problem is None
    assert shop.server.asked == []


def test_the_catalogue_is_that_of_the_package() -> None:
    from detoxify.detoxify import MODEL_URLS

    assert {one.key: one.checkpoint.url for one in OFFICIAL} == MODEL_URLS
    assert {one.key for one in OFFICIAL} == {one.value for one in ModelChoice} - {"embedded"}
    for one in OFFICIAL:
        assert "zh" not in one.languages
        assert f"-{one.checkpoint.sha256[:8]}.ckpt" in one.checkpoint.url
        for file in one.files:
            assert file.url.startswith("https://")
            assert file.url.split("/")[2] in HOSTS
            assert file is one.checkpoint or len(file.sha256) == 64
