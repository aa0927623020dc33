"""Plain words for what a change would do and for what was learnt."""

from typing import Final

from core.domain.learning import Effect, Shift
from ui.widgets.language_words import language_name
from ui.wording import QT_TRANSLATE_NOOP, counted, number, translate

_CONTEXT = "Effect"
_LABELS: Final = {
    "toxicity": QT_TRANSLATE_NOOP("Effect", "hostile"),
    "severe_toxicity": QT_TRANSLATE_NOOP("Effect", "very hostile"),
    "obscene": QT_TRANSLATE_NOOP("Effect", "obscene"),
    "identity_attack": QT_TRANSLATE_NOOP("Effect", "against who you are"),
    "insult": QT_TRANSLATE_NOOP("Effect", "insult"),
    "sexual_explicit": QT_TRANSLATE_NOOP("Effect", "sexual"),
}


def label_name(label: str) -> str:
    """A label of the model in plain words."""
    return translate(_CONTEXT, _LABELS[label]) if label in _LABELS else label.replace("_", " ")


def effect_sentence(effect: Effect) -> str:
    """“This would hide 41 more and show 3 again; 2 are from people you follow, who are never hidden.”"""
    if not (effect.hidden or effect.shown or effect.followed):
        return translate(_CONTEXT, "Nothing that is here now would change.")
    parts = []
    if effect.hidden:
        parts.append(translate(_CONTEXT, "hide {n} more").format(n=number(effect.hidden)))
    if effect.shown:
        parts.append(translate(_CONTEXT, "show {n} again").format(n=number(effect.shown)))
    both = translate(_CONTEXT, " and ").join(parts)
    if not both:
        both = translate(_CONTEXT, "hide nothing more")
    sentence = translate(_CONTEXT, "This would {what}").format(what=both)
    if effect.followed:
        friends = counted(
            effect.followed,
            translate(_CONTEXT, "; one is from somebody you follow, who is never hidden"),
            translate(_CONTEXT, "; {n} are from people you follow, who are never hidden"),
        )
        sentence += friends
    return sentence + "."


def shift_sentence(shift: Shift) -> str:
    """Why and how one label moved."""
    if shift.amount < 0:
        count = shift.said_fine
        text = translate(
            _CONTEXT, "You marked {n} messages as fine, so “{label}” in {language} needs a stronger sign."
        )
    else:
        count = shift.said_abuse
        text = translate(
            _CONTEXT, "You marked {n} messages as hostile, so “{label}” in {language} needs a weaker sign."
        )
    return text.format(n=number(count), label=label_name(shift.label), language=language_name(shift.language))
