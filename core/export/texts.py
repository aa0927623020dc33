"""The words in a packet that are not evidence: how to check it, what it cannot prove, a draft certificate."""

from importlib.resources import files
from string import Template
from typing import Final

# English first: the language every named receiver can read. Each text says the same.
LANGUAGES: Final = ("en", "zh", "es", "ar")
_RULE: Final = "\n" + "=" * 78 + "\n\n"


def readme(values: dict[str, str]) -> bytes:
    """README.txt: what this is, how to check it, where its limits are."""
    return _RULE.join(_filled(f"readme.{one}.txt", values) for one in LANGUAGES).encode()


def cannot_prove() -> bytes:
    """What a packet cannot prove, said plainly."""
    return _RULE.join(_text(f"cannot.{one}.txt") for one in LANGUAGES).encode()


def cannot_prove_in(language: str) -> str:
    """The same in one of `LANGUAGES`, for the report."""
    return _text(f"cannot.{language}.txt")


def by_hand(values: dict[str, str]) -> bytes:
    """Commands that check a packet without any software of ours."""
    return _filled("by-hand.txt", values).encode()


def certificate(values: dict[str, str]) -> bytes:
    """A draft of the certification that U.S. Federal Rule of Evidence 902(14) asks for."""
    return _filled("certificate-902.txt", values).encode()


def verifier() -> bytes:
    """The standard-library verifier that travels with every packet."""
    return (files("resources") / "packet" / "verify.py").read_bytes()


def _text(name: str) -> str:
    return (files("resources") / "packet" / name).read_text("utf-8")


def _filled(name: str, values: dict[str, str]) -> str:
    return Template(_text(name)).substitute(values)
