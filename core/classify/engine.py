"""The classifier the product uses: folding, languages, words, rules and one model, joined.

Scores each distinct folded text once, remembers recent verdicts across calls, and works in bounded
batches. Thread-safe after construction; a lock guards the memory of verdicts.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from core.classify.cascade import KIND as CASCADE
from core.classify.cascade import load_cascade
from core.classify.fold import Folded, fold
from core.classify.language import LanguageIdentifier
from core.classify.level import Level
from core.classify.lexicon import Lexicon, Term, load_packs
from core.classify.linear import load_linear
from core.classify.model_file import read_model
from core.classify.occlusion import Decided, Rescore, Span, explain, without
from core.classify.scorer import TOXICITY, Scorer, Scores
from core.classify.threads import usable_threads
from core.classify.verdict import (
    bad_language_only,
    decided_labels,
    find_words,
    is_abusive,
    model_reasons,
    swears_at_nobody,
)
from core.domain.classification import LABELS, Category, Classification, Decider, ModelInfo, Reason
from core.errors import ModelUnusable

# Folders in `resources/models`. To add an encoder for more languages, add its folder and its name here.
SHIPPED: Final = ("minilm-en", "e5-many")
MAX_TEXT: Final = 20_000  # characters read of one text; posts are far shorter
_SHARE: Final = 16  # distinct texts that are worth a thread
_BATCH: Final = 512  # distinct texts in memory at a time
_REMEMBERED: Final = 8_192  # verdicts kept across calls
_OFTEN_SWEARS: Final = (Category.TOXIC, Category.INSULT)
_WINDOW: Final = 900  # characters of a long text the model reads at once

Key = tuple[str, str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What all texts with one key share. Spans of model reasons are in folded offsets."""

    language: str
    in_scope: bool
    scores: tuple[float, ...]
    model: tuple[Reason, ...]
    threshold: float


class EmbeddedClassifier:
    """A `core.ports.Classifier` around any `Scorer`."""

    def __init__(
        self,
        scorer: Scorer,
        lexicon: Lexicon,
        level: Level = Level.BALANCED,
        identifier: LanguageIdentifier | None = None,
    ) -> None:
        self._scorer = scorer
        self._lexicon = lexicon
        self._level = level
        self._identifier = identifier or LanguageIdentifier()
        self._memory: OrderedDict[Key, _Verdict] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def model(self) -> ModelInfo:
        """The weights in use."""
        return self._scorer.info

    @property
    def level(self) -> Level:
        """How much is hidden."""
        return self._level

    def at_level(self, level: Level) -> "EmbeddedClassifier":
        """The same model at another level; shares the loaded weights."""
        return EmbeddedClassifier(self._scorer, self._lexicon, level, self._identifier)

    @property
    def scorer(self) -> Scorer:
        """The model and its thresholds."""
        return self._scorer

    def personal(self, scorer: Scorer, words: Iterable[Term]) -> "EmbeddedClassifier":
        """The same with another scorer around the weights, also looking for the person's own words."""
        return EmbeddedClassifier(scorer, self._lexicon.with_own(words), self._level, self._identifier)

    def classify(self, texts: Sequence[str]) -> list[Classification]:
        """One verdict per text, in order. Raises `ModelUnusable`."""
        results: list[Classification] = []
        for start in range(0, len(texts), _BATCH):
            folded = [fold(text[:MAX_TEXT]) for text in texts[start : start + _BATCH]]
            keys = [self._key(f) for f in folded]
            verdicts = self._verdicts(dict(zip(keys, folded, strict=True)))
            results += [self._finish(f, verdicts[key]) for f, key in zip(folded, keys, strict=True)]
        return results

    def _key(self, folded: Folded) -> Key:
        return folded.text, self._scorer.prepare(folded), folded.stretched

    def _verdicts(self, wanted: dict[Key, Folded]) -> dict[Key, _Verdict]:
        known: dict[Key, _Verdict] = {}
        with self._lock:
            for key in wanted:
                if key in self._memory:
                    self._memory.move_to_end(key)
                    known[key] = self._memory[key]
        fresh = [key for key in wanted if key not in known]
        known |= zip(fresh, self._score([wanted[key] for key in fresh], fresh), strict=True)
        with self._lock:
            for key in fresh:
                self._memory[key] = known[key]
            while len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)
        return known

    def _score(self, folded: Sequence[Folded], keys: Sequence[Key]) -> list[_Verdict]:
        """Verdicts in order. Threads share a batch: while one computes, another looks for reasons."""
        languages = self._identifier.identify(f.text for f in folded)
        rows = list(zip(folded, [key[1] for key in keys], languages, strict=True))
        numbers: dict[str, int] = {}  # texts that are the same to the model stay together
        places = [numbers.setdefault(prepared, len(numbers)) for _, prepared, _ in rows]
        threads = min(usable_threads(), max(1, len(numbers) // _SHARE))
        if threads == 1:  # also when all verdicts were remembered
            return self._judge(rows)
        shares = [[i for i, place in enumerate(places) if place % threads == k] for k in range(threads)]
        with ThreadPoolExecutor(threads, thread_name_prefix="classify") as pool:
            done = [pool.submit(self._judge, [rows[i] for i in own]) for own in shares]
            judged = {
                i: verdict
                for own, future in zip(shares, done, strict=True)
                for i, verdict in zip(own, future.result(), strict=True)
            }
        return [judged[i] for i in range(len(rows))]

    def _judge(self, rows: Sequence[tuple[Folded, str, str]]) -> list[_Verdict]:
        """Of folded text, what the model reads of it, and language."""
        if not rows:
            return []
        folded, prepared, languages = zip(*rows, strict=True)
        asked = _Asked(self._scorer.score)
        scores = [tuple(row) for row in asked(prepared, languages).tolist()]
        shown = self._shown(folded, languages, scores, self._rescore(asked))
        return [self._one(*row) for row in zip(folded, languages, scores, shown, strict=True)]

    def _shown(
        self,
        folded: Sequence[Folded],
        languages: Sequence[str],
        scores: Sequence[tuple[float, ...]],
        rescore: Rescore,
    ) -> list[dict[int, tuple[Span, ...]]]:
        """Per text, the labels that decide and the folded spans that made them; one question for all."""
        shown: list[dict[int, tuple[Span, ...]]] = [{} for _ in folded]
        asked: dict[int, Decided] = {}
        for i, (one, language, row) in enumerate(zip(folded, languages, scores, strict=True)):
            thresholds = self._scorer.thresholds(language, self._level)
            labels = decided_labels(row, thresholds) if self._scorer.holds(language) else ()
            if labels:
                asked[i] = Decided(one.text, language, labels, row, thresholds)
        for i, found in zip(asked, explain(list(asked.values()), self._quick, rescore), strict=True):
            shown[i] = found
        self._prefer_swears({i: folded[i] for i in asked}, asked, shown, rescore)
        return shown

    def _prefer_swears(
        self,
        folded: dict[int, Folded],
        asked: dict[int, Decided],
        shown: list[dict[int, tuple[Span, ...]]],
        rescore: Rescore,
    ) -> None:
        """Where taking out swear words thrown at nobody undoes a label, they are what is shown for it."""
        swears = {i: spans for i, f in folded.items() if (spans := swears_at_nobody(f, self._lexicon))}
        if not swears:
            return
        rest = [without(folded[i].text, spans, " ") for i, spans in swears.items()]
        table = rescore(rest, [asked[i].language for i in swears])
        for row, (i, spans) in zip(table, swears.items(), strict=True):
            for label in shown[i]:
                if row[label] < asked[i].thresholds[label]:
                    shown[i][label] = spans

    def _quick(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        """Parts of folded texts, taken as folded: folding them again would cost more than scoring."""
        prepared = [self._scorer.prepare(Folded(t, t, None, None, (), False)) for t in texts]
        return _Asked(self._scorer.quick)(prepared, languages)

    def _rescore(self, asked: "_Asked") -> Rescore:
        """Altered texts, folded anew: taking something out may undo or make a disguise."""
        return lambda texts, languages: asked([self._scorer.prepare(fold(t)) for t in texts], languages)

    def _one(
        self,
        folded: Folded,
        language: str,
        scores: tuple[float, ...],
        shown: dict[int, tuple[Span, ...]],
    ) -> _Verdict:
        """The verdict; outside the model's languages the scores decide nothing."""
        thresholds = self._scorer.thresholds(language, self._level)
        in_scope = self._scorer.holds(language)
        reasons = tuple(self._milder(folded, r) for r in model_reasons(scores, thresholds, shown))
        return _Verdict(language, in_scope, scores, reasons, thresholds[TOXICITY])

    def _milder(self, folded: Folded, reason: Reason) -> Reason:
        """A label that rests on a swear thrown at nobody is filed as bad language, not as abuse."""
        if reason.category in _OFTEN_SWEARS and bad_language_only(folded, reason.spans, self._lexicon):
            return replace(reason, category=Category.OBSCENE)
        return reason

    def _finish(self, folded: Folded, verdict: _Verdict) -> Classification:
        words = find_words(folded, self._lexicon)
        reasons = words.reasons(self._level)
        reasons += [
            replace(reason, spans=tuple(folded.span(*span) for span in reason.spans))
            for reason in verdict.model
        ]
        reasons.sort(key=lambda r: (r.category.rank, r.decider is Decider.MODEL))
        categories = sorted({r.category for r in reasons}, key=lambda c: c.rank)
        return Classification(
            scores=dict(zip(LABELS, verdict.scores, strict=True)),
            abusive=is_abusive(reasons, self._level),
            categories=tuple(categories),
            reasons=tuple(reasons),
            language=verdict.language,
            in_scope=verdict.in_scope,
            model=self._scorer.info,
            threshold=verdict.threshold,
            word_rank=words.rank(),
        )


class _Asked:
    """Scores of texts of any length: of a long one the highest of its windows, per label.

    Each window is asked about once as long as this lives, also for posts that differ only in what the
    model does not see (handles, addresses, digits).
    """

    def __init__(self, score: Rescore) -> None:
        self._score = score
        self._rows: dict[tuple[str, str], npt.NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str], languages: Sequence[str]) -> Scores:
        if not texts:
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        windows = [
            [(part, language) for part in _windows(text)]
            for text, language in zip(texts, languages, strict=True)
        ]
        fresh = dict.fromkeys(key for own in windows for key in own if key not in self._rows)
        table = self._score([text for text, _ in fresh], [language for _, language in fresh])
        self._rows.update(zip(fresh, table, strict=True))
        rows = np.array([self._rows[key] for own in windows for key in own])
        starts = np.cumsum([0, *(len(own) for own in windows[:-1])])
        highest: Scores = np.maximum.reduceat(rows, starts, axis=0)
        return highest


def _windows(text: str) -> list[str]:
    if len(text) <= _WINDOW:
        return [text]
    return [text[i : i + _WINDOW] for i in range(0, len(text), _WINDOW * 2 // 3)]


def load_default(level: Level = Level.BALANCED, names: Sequence[str] = SHIPPED) -> EmbeddedClassifier:
    """The shipped models and word packs. Raises `ModelUnusable` when files are missing or damaged."""
    return EmbeddedClassifier(load_shipped(names), load_packs(), level)


def load_shipped(names: Sequence[str] = SHIPPED) -> Scorer:
    """Models of `resources/models` as one. Raises `ModelUnusable`."""
    return load_scorer(*(shipped_model(name) for name in names))


def load_scorer(*folders: Path) -> Scorer:
    """One linear model, or encoders that stand on the same one. Raises `ModelUnusable`."""
    if len(folders) == 1 and read_model(folders[0]).kind != CASCADE:
        return load_linear(folders[0])
    return load_cascade(*folders)


def shipped_model(name: str) -> Path:
    """The folder of a model in `resources/models`. Raises `ModelUnusable` when there is none."""
    folder = (
        Path(str(resources.files("resources"))) / "models" / name
    )  # plain files in every packaging we use
    if not folder.is_dir():
        raise ModelUnusable(name=name, why="missing")
    return folder
