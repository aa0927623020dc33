"""How far the model is to be believed in one language, in words and figures."""

import json
from functools import cache
from importlib.resources import files

from ui.widgets.language_words import language_name
from ui.widgets.untrusted_text import one_line
from ui.wording import translate

_CONTEXT = "Honesty"


def honesty(language: str | None, model_label: str | None, *, in_scope: bool | None) -> str:
    """One sentence; empty before a message was judged."""
    if not model_label or not language or in_scope is None:
        return ""
    name = one_line(language_name(language), 40)
    if not in_scope:
        return translate(
            _CONTEXT,
            "{language}: the model does not read this language. Only word lists and rules looked at it, so "
            "nothing here says it is safe.",
        ).format(language=name)
    figures = _measured_in(model_label).get(language)
    if figures is None:
        return translate(
            _CONTEXT, "{language}: the model reads it, but we have no figures on how well."
        ).format(language=name)
    text = translate(
        _CONTEXT,
        "{language}: in our test the model found {found} of 100 hostile messages and took {wrong} of 100 "
        "ordinary ones for hostile.",
    )
    return text.format(language=name, found=figures["found"], wrong=figures["wrong"])


def measured_languages(model_label: str) -> frozenset[str]:
    """Those for which we know how often the model is wrong."""
    return frozenset(_measured_in(model_label))


def moved_by_person(model_label: str | None) -> bool:
    """Whether thresholds had been moved by what the person marked (core.classify.calibration)."""
    return "+yours." in (model_label or "")


def _measured_in(model_label: str) -> dict[str, dict[str, int]]:
    return _measured().get(model_label.partition("@")[0], {})


@cache
def _measured() -> dict[str, dict[str, dict[str, int]]]:
    text = files("resources").joinpath("models", "measured.json").read_text("utf-8")
    return {name: found for name, found in json.loads(text).items() if isinstance(found, dict)}
