"""Plain words and drawings for categories, deciders and evidence families."""

from typing import Final

from core.domain.classification import Category, Decider, Reason
from core.domain.coordination import Family, Strength
from ui.widgets.untrusted_text import one_line
from ui.wording import QT_TRANSLATE_NOOP, translate

# Category -> (name, icon, palette token of its marker).
_CATEGORIES: Final[dict[Category, tuple[str, str, str]]] = {
    Category.THREAT: (QT_TRANSLATE_NOOP("Category", "Threat"), "attention", "urgent"),
    Category.DOXXING: (QT_TRANSLATE_NOOP("Category", "Private details"), "doxxing", "urgent"),
    Category.PILE_ON: (QT_TRANSLATE_NOOP("Category", "Call to pile on"), "pile-on", "note"),
    Category.SEXUAL: (QT_TRANSLATE_NOOP("Category", "Sexual"), "tag", "note"),
    Category.IDENTITY_ATTACK: (QT_TRANSLATE_NOOP("Category", "Against who you are"), "tag", "note"),
    Category.SLUR: (QT_TRANSLATE_NOOP("Category", "Slur"), "tag", "note"),
    Category.TRAITOR: (QT_TRANSLATE_NOOP("Category", "“Traitor” talk"), "tag", "note"),
    Category.INSULT: (QT_TRANSLATE_NOOP("Category", "Insult"), "tag", "text-soft"),
    Category.OBSCENE: (QT_TRANSLATE_NOOP("Category", "Obscene"), "tag", "text-soft"),
    Category.TOXIC: (QT_TRANSLATE_NOOP("Category", "Hostile"), "tag", "text-soft"),
}

_FAMILIES: Final[dict[Family, str]] = {
    Family.CO_SHARING: QT_TRANSLATE_NOOP("Family", "Same content"),
    Family.REPETITION: QT_TRANSLATE_NOOP("Family", "Same words"),
    Family.CREATION: QT_TRANSLATE_NOOP("Family", "Accounts made together"),
    Family.NAMES: QT_TRANSLATE_NOOP("Family", "Names of one pattern"),
    Family.SYNCHRONY: QT_TRANSLATE_NOOP("Family", "At the same moments"),
    Family.OBFUSCATION: QT_TRANSLATE_NOOP("Family", "Same disguises"),
    Family.REPLY_BURST: QT_TRANSLATE_NOOP("Family", "Replies in one burst"),
    Family.SCRIPT: QT_TRANSLATE_NOOP("Family", "Texts from one script"),
}

_STRENGTHS: Final[dict[Strength, str]] = {
    Strength.STRONG: QT_TRANSLATE_NOOP("Strength", "Strong signs"),
    Strength.POSSIBLE: QT_TRANSLATE_NOOP("Strength", "Possible signs"),
}


def category_name(category: Category) -> str:
    """What a person would call it."""
    return translate("Category", _CATEGORIES[category][0])


def category_icon(category: Category) -> str:
    """Name of its drawing."""
    return _CATEGORIES[category][1]


def category_token(category: Category) -> str:
    """Palette token of its small marker."""
    return _CATEGORIES[category][2]


def family_name(family: Family) -> str:
    """A kind of evidence in three words."""
    return translate("Family", _FAMILIES[family])


def strength_name(strength: Strength) -> str:
    """The calibrated word for a group."""
    return translate("Strength", _STRENGTHS[strength])


def reason_sentence(reason: Reason) -> str:
    """Why a category was given, naming what decided and how near the line it was.

    The word itself is never spelled out: it is marked in the text once the person asks for the text.
    """
    name = category_name(reason.category)
    if reason.decider is Decider.MODEL:
        return _model_sentence(reason, name)
    if reason.decider is Decider.LEXICON:
        text = translate("Reason", "{category}: a word from the list “{name}” is in it.")
        return text.format(category=name, name=_list_name(reason.name.partition(":")[0]))
    text = translate("Reason", "{category}: the rule “{name}” matches.")
    rule = reason.name.rpartition(".")[2].replace("-", " ")
    return text.format(category=name, name=one_line(rule))


def _list_name(pack: str) -> str:
    names = {
        "english": translate("Reason", "English words"),
        "chinese": translate("Reason", "Chinese words"),
        "spanish": translate("Reason", "Spanish words"),
        "arabic": translate("Reason", "Arabic words"),
        "own": translate("Reason", "your own words"),
    }
    return names.get(pack, one_line(pack))


def _model_sentence(reason: Reason, category: str) -> str:
    label = one_line(reason.name.replace("_", " "))
    if reason.score is None or reason.threshold is None:
        return translate("Reason", "{category}: the model's label “{name}”.").format(
            category=category, name=label
        )
    text = translate(
        "Reason", "{category}: the model gives “{name}” {score} of 1; from {threshold} on it is hidden."
    )
    return text.format(
        category=category, name=label, score=f"{reason.score:.2f}", threshold=f"{reason.threshold:.2f}"
    )
