"""Encrypting a finished packet to named recipients (age, age-encryption.org/v1)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from core.errors import BadInput

_MOST_RECIPIENTS: Final = 20
_LONGEST: Final = 20_000
# A public key that was understood; pyrage publishes no types.
Recipient: TypeAlias = Any

_SECRETS: Final = ("AGE-SECRET-KEY-", "-----BEGIN")


def read_recipients(untrusted: Sequence[str]) -> tuple[Recipient, ...]:
    """Public keys, one for each text: `age1...`, `ssh-ed25519 ...` or `ssh-rsa ...`, a comment may follow.

    Raises `BadInput` with what: recipient and why: is a secret key (never hand that out), is of a kind
    age cannot use, is no public key, or: too many.
    """
    given = [one.strip() for one in untrusted if one.strip()]
    if len(given) > _MOST_RECIPIENTS:
        raise BadInput(what="recipient", why="too many")
    return tuple(_recipient(one) for one in given)


def encrypt_file(source: Path, target: Path, recipients: Sequence[Recipient]) -> None:
    """Write `source` encrypted to all of `recipients`, readable by the owner only."""
    import pyrage

    target.touch(mode=0o600)
    with source.open("rb") as plain, target.open("wb") as sealed:
        pyrage.encrypt_io(plain, sealed, list(recipients))


def _recipient(text: str) -> Recipient:
    import pyrage

    if text.upper().startswith(_SECRETS):
        raise BadInput(what="recipient", why="is a secret key")
    if len(text) > _LONGEST:
        raise BadInput(what="recipient", why="is no public key")
    kind = text.split(None, 1)[0]
    try:
        if kind.lower().startswith("age1"):
            return pyrage.x25519.Recipient.from_str(kind.lower())
        if kind in ("ssh-ed25519", "ssh-rsa"):
            return pyrage.ssh.Recipient.from_str(text)
    except (pyrage.RecipientError, ValueError) as error:
        raise BadInput(what="recipient", why="is no public key") from error
    if kind.startswith(("ssh-", "ecdsa-", "sk-")):
        raise BadInput(what="recipient", why="is of a kind age cannot use")
    raise BadInput(what="recipient", why="is no public key")
