"""Where sign-ins are kept: the system keyring, or a sealed file beside the database."""

import hashlib
import json
import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeVar

import keyring
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked as BackendLocked
from keyring.errors import PasswordDeleteError

from core.errors import AppError, DataDamaged, KeyringLocked, KeyringMissing, NewerData
from core.system.private_files import read_private, write_private

_log: Final = logging.getLogger(__name__)
_T = TypeVar("_T")

# The keyrings that come with a desktop and encrypt. Anything else (a plain-text file, "null", an
# add-on we have not looked at) counts as none: a secret must never land somewhere readable.
_TRUSTED: Final = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "Windows", "macOS")
)
# Raised by SecretStorage and not always translated by keyring; named because it is Linux only.
_LOCKED_NAMES: Final = frozenset({"LockedException", "PromptDismissedException"})
# Windows refuses more than 2,560 bytes in UTF-16, and a Bluesky session can be longer.
PART_UNITS: Final = 1200
_PARTS_MARK: Final = "breakwater-parts:1:"


class KeyringSecrets:
    """Secrets in the keyring of the person's login; implements `core.ports.SecretStore`.

    Any program of the same user can read that keyring. Raises `KeyringLocked` or
    `KeyringMissing` (why: none, untrusted, failed). May wait for the person to answer the system's own
    question, so it is called from jobs, never from the window's thread.
    """

    def __init__(
        self,
        service: str = "breakwater",
        find_backends: Callable[[], Iterable[KeyringBackend]] | None = None,
    ) -> None:
        self._service = service
        self._find = find_backends or trusted_backends

    def check(self) -> str:
        """The name of the keyring in use, after asking it something; raises as every method does."""
        self.get("breakwater-check")
        backend = next(iter(self._backends()))
        return f"{type(backend).__module__}.{type(backend).__name__}".removeprefix("keyring.backends.")

    def get(self, name: str) -> str | None:
        """The secret. One that is incomplete counts as none: the person signs in again."""
        head = self._get(name)
        if head is None or not head.startswith(_PARTS_MARK):
            return head
        return self._join(name, head)

    def set(self, name: str, secret: str) -> None:
        """Store or replace. A long secret goes in parts first, then its head: a crash keeps the old one."""
        old = self._get(name)
        head = secret
        if _units(secret) > PART_UNITS or secret.startswith(_PARTS_MARK):
            head = self._split(name, secret)
        self._set(name, head)
        self._drop_parts(name, old)

    def delete(self, name: str) -> None:
        """Forget; nothing happens when there is none."""
        head = self._get(name)
        if head is None:
            return
        for backend in self._backends():
            self._delete(backend, name)
        self._drop_parts(name, head)

    def _split(self, name: str, secret: str) -> str:
        # Half the units each, because a character outside the BMP takes two.
        size = PART_UNITS // 2
        parts = [secret[i : i + size] for i in range(0, len(secret), size)]
        generation = secrets.token_hex(4)
        for number, part in enumerate(parts):
            self._set(_part_name(name, generation, number), part)
        return f"{_PARTS_MARK}{generation}:{len(parts)}:{_digest(secret)}"

    def _join(self, name: str, head: str) -> str | None:
        parsed = _parse_head(head)
        if parsed is None:
            return None
        generation, count, digest = parsed
        parts = [self._get(_part_name(name, generation, number)) for number in range(count)]
        secret = "".join(part or "" for part in parts)
        if _digest(secret) != digest:
            _log.warning("a stored secret is incomplete")
            return None
        return secret

    def _drop_parts(self, name: str, head: str | None) -> None:
        parsed = _parse_head(head or "")
        if parsed is None:
            return
        generation, count, _digest_of_old = parsed
        for number in range(count):
            for backend in self._backends():
                self._delete(backend, _part_name(name, generation, number))

    def _backends(self) -> list[KeyringBackend]:
        found = _asking(lambda: list(self._find()))
        if not found:
            raise KeyringMissing(why="none")
        return found

    def _get(self, name: str) -> str | None:
        """From the first keyring that has it: desktops change keyrings, and the old one may still hold it."""
        problem: AppError | None = None
        for backend in self._backends():
            try:
                value = self._get_from(backend, name)
            except (KeyringLocked, KeyringMissing) as error:
                problem = problem or error
                continue
            if value is not None:
                return value
        if problem:
            raise problem
        return None

    def _get_from(self, backend: KeyringBackend, name: str) -> str | None:
        value: str | None = _asking(lambda: backend.get_password(self._service, name))
        return value

    def _set(self, name: str, value: str) -> None:
        backend = self._backends()[0]
        _asking(lambda: backend.set_password(self._service, name, value))

    def _delete(self, backend: KeyringBackend, name: str) -> None:
        try:
            _asking(lambda: backend.delete_password(self._service, name))
        except KeyringMissing as error:
            # Backends say "could not delete" for "there is none" too: look which it was.
            if not isinstance(error.__cause__, PasswordDeleteError):
                raise
            if self._get_from(backend, name) is not None:
                raise


def trusted_backends() -> list[KeyringBackend]:
    """The encrypting keyrings of this system, best first; honours the user's keyring configuration.

    Raises `KeyringMissing` (why "untrusted") when only ones are configured that we would not use.
    """
    chosen = keyring.get_keyring()
    chained = getattr(chosen, "backends", None)
    candidates = list(chained) if chained is not None else [chosen]
    found = [backend for backend in candidates if type(backend).__module__ in _TRUSTED]
    nothing = {"keyring.backends.fail", "keyring.backends.null"}
    if not found and any(type(backend).__module__ not in nothing for backend in candidates):
        raise KeyringMissing(why="untrusted")
    return found


def _asking(question: Callable[[], _T]) -> _T:
    """Run one keyring call and translate whatever it raises; each backend has its own exceptions."""
    try:
        return question()
    except AppError:
        raise
    except Exception as error:
        if isinstance(error, BackendLocked) or _names(error) & _LOCKED_NAMES:
            raise KeyringLocked from error
        raise KeyringMissing(why="failed") from error


def _names(error: BaseException | None) -> set[str]:
    names: set[str] = set()
    while error is not None:
        names.update(kind.__name__ for kind in type(error).__mro__)
        error = error.__cause__ or error.__context__
    return names


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _part_name(name: str, generation: str, number: int) -> str:
    return f"{name}#{generation}.{number}"


def _parse_head(head: str) -> tuple[str, int, str] | None:
    fields = head.removeprefix(_PARTS_MARK).split(":")
    if not head.startswith(_PARTS_MARK) or len(fields) != 3 or not fields[1].isdecimal():
        return None
    return fields[0], int(fields[1]), fields[2]


_MAGIC: Final = b"BWSEAL"
_VERSION: Final = b"1"
_HEADER: Final = len(_MAGIC) + len(_VERSION) + 1
_NONCE: Final = 12
_LIMIT: Final = 4 << 20


class SealedSecrets:
    """Secrets in one encrypted file; implements `core.ports.SecretStore`.

    For people who start with a passphrase, and machines without a keyring. The key is derived from
    the database key, so whoever opens the database opens this and nobody else. Raises
    `DataDamaged` when the file was changed (it is left where it is), `NewerData`, `DiskFull`,
    `UnusableFolder`. An older copy of the file put back in its place is not noticed.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the database key has 32 bytes")
        self._path = path
        sealing_key = HKDF(SHA256(), 32, salt=None, info=b"breakwater/sealed-secrets/1").derive(key)
        self._cipher = ChaCha20Poly1305(sealing_key)
        self._lock = threading.Lock()

    def get(self, name: str) -> str | None:
        """The secret, or None."""
        with self._lock:
            return self._load().get(name)

    def set(self, name: str, secret: str) -> None:
        """Store or replace; on return it is on disk."""
        with self._lock:
            self._store({**self._load(), name: secret})

    def delete(self, name: str) -> None:
        """Forget; nothing happens when there is none."""
        with self._lock:
            known = self._load()
            if known.pop(name, None) is not None:
                self._store(known)

    def _load(self) -> dict[str, str]:
        data = read_private(self._path, limit=_LIMIT)
        if data is None:
            return {}
        header, nonce, sealed = data[:_HEADER], data[_HEADER : _HEADER + _NONCE], data[_HEADER + _NONCE :]
        if header != _MAGIC + _VERSION + b"\n":
            raise _unreadable(header)
        try:
            found = json.loads(self._cipher.decrypt(nonce, sealed, header))
        except (InvalidTag, ValueError) as error:
            raise DataDamaged(what="secrets") from error
        return {str(name): str(secret) for name, secret in found.items()}

    def _store(self, known: dict[str, str]) -> None:
        header = _MAGIC + _VERSION + b"\n"
        nonce = secrets.token_bytes(_NONCE)
        plain = json.dumps(known, sort_keys=True).encode("ascii")
        write_private(self._path, header + nonce + self._cipher.encrypt(nonce, plain, header))


def _unreadable(header: bytes) -> AppError:
    version = header[len(_MAGIC) : -1]
    if header.startswith(_MAGIC) and version.isdigit() and version > _VERSION:
        return NewerData(found=version.decode("ascii"), known=_VERSION.decode("ascii"))
    return DataDamaged(what="secrets")
