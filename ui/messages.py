"""Words for every error: what happened, what it means, and what to do next."""

from dataclasses import dataclass
from typing import Final

from core.errors import AppError
from ui.widgets.untrusted_text import one_line
from ui.wording import QT_TRANSLATE_NOOP, translate

_CONTEXT: Final = "messages"


@dataclass(frozen=True, slots=True)
class Words:
    """A title, one or two sentences, and the label of the next step (empty when there is none to offer)."""

    title: str
    explanation: str
    action: str


# Codes of core.errors -> (title, explanation, action). {name} is filled from the error's parameters.
_WORDS: Final[dict[str, tuple[str, str, str]]] = {
    "app": (
        QT_TRANSLATE_NOOP("messages", "Something did not work"),
        QT_TRANSLATE_NOOP("messages", "The step was stopped. Nothing that was already stored is lost."),
        QT_TRANSLATE_NOOP("messages", "Try again"),
    ),
    "sign-in-needed": (
        QT_TRANSLATE_NOOP("messages", "{platform} asks you to sign in again"),
        QT_TRANSLATE_NOOP(
            "messages",
            "The sign-in stored for {handle} no longer works. Nothing is fetched until it is renewed.",
        ),
        QT_TRANSLATE_NOOP("messages", "Sign in again"),
    ),
    "sign-in-refused": (
        QT_TRANSLATE_NOOP("messages", "{platform} did not accept this sign-in"),
        QT_TRANSLATE_NOOP(
            "messages",
            "Check the handle {handle} and the app password. An app password is not your normal password.",
        ),
        QT_TRANSLATE_NOOP("messages", "Try again"),
    ),
    "wait-needed": (
        QT_TRANSLATE_NOOP("messages", "{platform} asks us to slow down"),
        QT_TRANSLATE_NOOP(
            "messages", "Waiting {seconds} seconds before going on. Nothing is lost meanwhile."
        ),
        "",
    ),
    "offline": (
        QT_TRANSLATE_NOOP("messages", "{host} could not be reached"),
        QT_TRANSLATE_NOOP("messages", "Check the connection. Everything already received can still be read."),
        QT_TRANSLATE_NOOP("messages", "Try again"),
    ),
    "platform-refused": (
        QT_TRANSLATE_NOOP("messages", "{platform} said no"),
        QT_TRANSLATE_NOOP("messages", "The platform answered {status}: {reason}"),
        "",
    ),
    "platform-garbled": (
        QT_TRANSLATE_NOOP("messages", "{platform} answered something unreadable"),
        QT_TRANSLATE_NOOP(
            "messages", "What was unclear: {what}. What arrived is kept in the evidence log as it came."
        ),
        QT_TRANSLATE_NOOP("messages", "Try again later"),
    ),
    "outcome-unknown": (
        QT_TRANSLATE_NOOP("messages", "No answer from {platform}"),
        QT_TRANSLATE_NOOP(
            "messages",
            "The request was sent, but it is not known whether it worked. "
            "It is marked “unknown” and not sent again by itself.",
        ),
        QT_TRANSLATE_NOOP("messages", "Show activity"),
    ),
    "unsupported-here": (
        QT_TRANSLATE_NOOP("messages", "Not possible here"),
        QT_TRANSLATE_NOOP("messages", "{where} cannot do this: {what}."),
        "",
    ),
    "not-found": (
        QT_TRANSLATE_NOOP("messages", "Not found"),
        QT_TRANSLATE_NOOP("messages", "There is no {what} by the name {name}."),
        "",
    ),
    "disk-full": (
        QT_TRANSLATE_NOOP("messages", "The disk is full"),
        QT_TRANSLATE_NOOP(
            "messages", "There is no room left at {path}. Free some space; everything stored so far is safe."
        ),
        QT_TRANSLATE_NOOP("messages", "Try again"),
    ),
    "unusable-folder": (
        QT_TRANSLATE_NOOP("messages", "This place cannot be used"),
        QT_TRANSLATE_NOOP("messages", "{path}: {why}"),
        QT_TRANSLATE_NOOP("messages", "Choose another"),
    ),
    "bad-input": (
        QT_TRANSLATE_NOOP("messages", "This could not be used"),
        QT_TRANSLATE_NOOP("messages", "{what}: {why}"),
        QT_TRANSLATE_NOOP("messages", "Choose another"),
    ),
    "data-damaged": (
        QT_TRANSLATE_NOOP("messages", "A check found damage"),
        QT_TRANSLATE_NOOP(
            "messages",
            "{what} is not as it was stored. Nothing is repaired or "
            "deleted by itself; make a copy of the data folder first.",
        ),
        QT_TRANSLATE_NOOP("messages", "Check the log"),
    ),
    "newer-data": (
        QT_TRANSLATE_NOOP("messages", "These data are from a newer version"),
        QT_TRANSLATE_NOOP(
            "messages",
            "The data folder is in format {found}; this version reads up "
            "to {known}. Nothing was changed. Please use the newer version.",
        ),
        "",
    ),
    "already-running": (
        QT_TRANSLATE_NOOP("messages", "It is already open"),
        QT_TRANSLATE_NOOP(
            "messages", "Another window is using these data. Please use that one, or close it first."
        ),
        "",
    ),
    "keyring-locked": (
        QT_TRANSLATE_NOOP("messages", "The system keyring is locked"),
        QT_TRANSLATE_NOOP(
            "messages", "Your key is in it. Unlock the keyring and try again, or use a passphrase."
        ),
        QT_TRANSLATE_NOOP("messages", "Try again"),
    ),
    "keyring-missing": (
        QT_TRANSLATE_NOOP("messages", "This computer has no keyring"),
        QT_TRANSLATE_NOOP(
            "messages",
            "Your data can be protected by a passphrase instead. They are never stored unprotected.",
        ),
        QT_TRANSLATE_NOOP("messages", "Use a passphrase"),
    ),
    "passphrase-needed": (
        QT_TRANSLATE_NOOP("messages", "A passphrase is needed"),
        QT_TRANSLATE_NOOP("messages", "Your data are protected by the passphrase you chose."),
        QT_TRANSLATE_NOOP("messages", "Enter the passphrase"),
    ),
    "passphrase-wrong": (
        QT_TRANSLATE_NOOP("messages", "That passphrase does not open your data"),
        QT_TRANSLATE_NOOP(
            "messages",
            "Check capital letters and the keyboard layout. Nothing is ever deleted after a wrong try.",
        ),
        QT_TRANSLATE_NOOP("messages", "Try again"),
    ),
    "model-unusable": (
        QT_TRANSLATE_NOOP("messages", "The language model cannot be used"),
        QT_TRANSLATE_NOOP(
            "messages",
            "{name}: {why}. Until it works, the built-in model judges, or messages wait in “Not scored”.",
        ),
        "",
    ),
}


class _Filled(dict[str, str]):
    """Parameters for a sentence; one that is missing reads as an ellipsis, never as a crash."""

    def __missing__(self, key: str) -> str:
        return "…"


# Why a model cannot be used (`ModelUnusable`, parameter why).
_MODEL_WHYS: Final = {
    "hash": QT_TRANSLATE_NOOP("messages", "the file is not the one that was published"),
    "changed": QT_TRANSLATE_NOOP("messages", "the file is not the one fetched the first time"),
    "not-fetched": QT_TRANSLATE_NOOP("messages", "it has not been fetched yet"),
    "missing": QT_TRANSLATE_NOOP("messages", "a file of it is missing"),
    "too-large": QT_TRANSLATE_NOOP("messages", "the file is larger than it may be"),
    "status": QT_TRANSLATE_NOOP("messages", "the server does not give it out"),
    "host": QT_TRANSLATE_NOOP("messages", "the server sent us somewhere we do not go"),
    "torch": QT_TRANSLATE_NOOP("messages", "this installation lacks what it runs on"),
    "detoxify": QT_TRANSLATE_NOOP("messages", "this installation lacks what it runs on"),
    "device": QT_TRANSLATE_NOOP("messages", "it does not run on the device chosen"),
    "unsafe-or-damaged": QT_TRANSLATE_NOOP("messages", "the file is damaged or holds more than a model"),
    "weights": QT_TRANSLATE_NOOP("messages", "parts of the model are missing or unknown"),
    "format": QT_TRANSLATE_NOOP("messages", "the file is not a model of this kind"),
    "unknown": QT_TRANSLATE_NOOP("messages", "there is no model of this name"),
}


def words_for(error: AppError) -> Words:
    """The words for an error, its parameters made safe to show."""
    title, explanation, action = _WORDS.get(error.code, _WORDS["app"])
    filled = _Filled({name: one_line(str(value)) for name, value in error.params.items()})
    why = error.params.get("why")
    if error.code == "model-unusable" and why in _MODEL_WHYS:
        filled["why"] = translate(_CONTEXT, _MODEL_WHYS[str(why)])

    def say(text: str) -> str:
        return translate(_CONTEXT, text).format_map(filled) if text else ""

    return Words(say(title), say(explanation), say(action))


def has_words(error: type[AppError]) -> bool:
    """Whether this very class, not just its parent, has words."""
    return error.code in _WORDS


def words_for_bug(reference: str) -> Words:
    """An apology for a fault of ours, with the number under which the log has it."""
    return Words(
        translate(_CONTEXT, "Sorry, that is a fault of ours"),
        translate(_CONTEXT, "The step was stopped; what was stored is safe. Reference {reference}.").format(
            reference=reference
        ),
        "",
    )
