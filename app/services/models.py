"""Choosing the model that judges: the one that comes with the program, or an official Detoxify one.

An official model is fetched only when asked for, kept in the data folder, and checked each time it is
loaded. Whatever is wrong with it, the embedded model goes on working, and `problem` says why.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.jobs.context import JobContext
from core.classify.downloads import Downloads, RemoteFile, Whole, matches
from core.classify.level import Level
from core.classify.official import (
    HOSTS,
    OFFICIAL,
    Official,
    devices,
    inspect,
    missing_packages,
    ready_files,
    stay_offline,
    write_architecture,
)
from core.errors import AppError, ModelUnusable
from core.ports import Classifier
from core.system.private_files import read_private, write_private
from core.system.settings import ModelChoice, Settings

_HASHES: Final = "hashes.json"  # whole hashes, recorded when a model was first made ready; never forgotten
_READY: Final = "ready.json"
_LIMIT: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class ModelState:
    """One official model as it is here. `fetched` of about `model.size` bytes are on this computer."""

    model: Official
    fetched: int
    ready: bool


class ModelService:
    """Lists, fetches, checks, removes and loads models."""

    def __init__(
        self,
        folder: Path,
        settings: Callable[[], Settings],
        embedded: Callable[[], Classifier],
        *,
        catalogue: Sequence[Official] = OFFICIAL,
        downloads: Callable[[Path], Downloads] = lambda folder: Downloads(folder, HOSTS),
    ) -> None:
        self._folder, self._settings, self._embedded = folder, settings, embedded
        self._catalogue, self._downloads = catalogue, downloads
        # Why the chosen model does not judge; which one is being fetched now.
        self.problem: AppError | None = None
        self.fetching = ""

    def list(self) -> tuple[ModelState, ...]:
        """Every official model, and how much of it is here."""
        return tuple(self.state(one.key) for one in self._catalogue)

    def state(self, key: str) -> ModelState:
        """One of them. Raises `ModelUnusable` with why: unknown."""
        model = self._find(key)
        fetched = sum(self._at(model).present(file) for file in model.files)
        return ModelState(model, fetched, self._recorded(model) is not None)

    def missing_packages(self) -> tuple[str, ...]:
        """What this installation lacks for official models; empty when they can run."""
        return missing_packages()

    def devices(self) -> tuple[str, ...]:
        """Where a model could run here. Slow the first time."""
        return devices()

    def get(self, key: str, context: JobContext) -> ModelState:
        """Fetch what is missing and make it ready; a stopped fetch is continued by the next.

        Raises `Offline`, `DiskFull`, `UnusableFolder` or `ModelUnusable`.
        """
        model = self._find(key)
        self._need_packages(model)
        self.fetching = key
        try:
            before, hashes = 0, {}
            for file in model.files:
                found = self._fetch(model, file, before, context)
                before += found.size
                hashes[file.name] = found.sha256
            return self._make_ready(model, hashes, context)
        finally:
            self.fetching = ""

    def adopt(self, key: str, source: Path, context: JobContext) -> ModelState:
        """The same from a folder that holds the files already, for people who cannot reach the addresses."""
        model = self._find(key)
        self._need_packages(model)
        known, hashes = self._hashes(), {}
        for file in model.files:
            context.checkpoint()
            found = self._at(model).adopt(file, source / file.name, known.get(file.name, ""))
            hashes[file.name] = found.sha256
        return self._make_ready(model, hashes, context)

    def remove(self, key: str) -> None:
        """Delete a model's files; the recorded hashes stay, so that a later fetch must match them."""
        model = self._find(key)
        self._ready_note(model).unlink(missing_ok=True)
        for file in model.files:
            self._at(model).forget(file)

    def load(self) -> Classifier:
        """The chosen classifier; the embedded one when the chosen cannot be used (see `problem`)."""
        self.problem = None
        settings = self._settings()
        if settings.model is ModelChoice.EMBEDDED:
            return self._embedded()
        try:
            return self._load_official(self._find(settings.model.value), settings)
        except AppError as error:
            self.problem = error
            return self._embedded()

    def _load_official(self, model: Official, settings: Settings) -> Classifier:
        from core.classify.detoxify_engine import DetoxifyClassifier

        self._need_packages(model)
        sha256 = self._recorded(model)
        if sha256 is None:
            raise ModelUnusable(name=model.key, why="not-fetched")
        self._check_vocabulary(model)
        stay_offline()
        device = settings.device.value if settings.device.value in devices() else "cpu"
        files = ready_files(model, self._folder_of(model), sha256)
        return DetoxifyClassifier(files, Level(settings.level.value), device)

    def _check_vocabulary(self, model: Official) -> None:
        from core.classify.model_file import file_sha256

        known = self._hashes()
        for file in model.vocabulary:
            try:
                found = file_sha256(self._folder_of(model) / file.name)
            except OSError as error:
                raise ModelUnusable(name=model.key, why="missing") from error
            if found != known.get(file.name) or not matches(file.sha256, found):
                raise ModelUnusable(name=model.key, why="hash")

    def _fetch(self, model: Official, file: RemoteFile, before: int, context: JobContext) -> Whole:
        def on_bytes(done: int, total: int) -> None:
            context.checkpoint()
            rest = max(model.size - before - file.size, 0)
            context.progress(before + done, before + total + rest, "bytes")

        return self._at(model).fetch(file, on_bytes, self._hashes().get(file.name, ""))

    def _make_ready(self, model: Official, hashes: dict[str, str], context: JobContext) -> ModelState:
        """Look inside, write what the checkpoint lacks, load it once: only then is it ready."""
        from core.classify.detoxify_engine import DetoxifyScorer

        context.checkpoint()
        folder, checkpoint = self._folder_of(model), model.checkpoint
        sha256 = hashes[checkpoint.name]
        try:
            content = inspect(model, folder / checkpoint.name)
            write_architecture(model, folder, content)
            stay_offline()
            DetoxifyScorer(ready_files(model, folder, sha256)).score(["hello"], ["en"])
        except ModelUnusable:
            self._at(model).forget(checkpoint)
            raise
        write_private(self._folder / _HASHES, json.dumps({**self._hashes(), **hashes}, indent=1).encode())
        write_private(self._ready_note(model), json.dumps({"sha256": sha256}).encode())
        return self.state(model.key)

    def _recorded(self, model: Official) -> str | None:
        """The whole hash of a model that was made ready and whose files are all there."""
        present = all((self._folder_of(model) / file.name).is_file() for file in model.files)
        sha256 = _read_json(self._ready_note(model)).get("sha256")
        return sha256 if present and isinstance(sha256, str) else None

    def _hashes(self) -> dict[str, str]:
        return _read_json(self._folder / _HASHES)

    def _need_packages(self, model: Official) -> None:
        if missing_packages():
            raise ModelUnusable(name=model.key, why="torch")

    def _find(self, key: str) -> Official:
        for one in self._catalogue:
            if one.key == key:
                return one
        raise ModelUnusable(name=key, why="unknown")

    def _at(self, model: Official) -> Downloads:
        return self._downloads(self._folder_of(model))

    def _folder_of(self, model: Official) -> Path:
        return self._folder / model.key

    def _ready_note(self, model: Official) -> Path:
        return self._folder_of(model) / _READY


def _read_json(path: Path) -> dict[str, str]:
    try:
        data = read_private(path, limit=_LIMIT)
        found = json.loads(data) if data else {}
    except (AppError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
