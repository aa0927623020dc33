"""The database key, wrapped once for each way the person can open their data.

The key is 32 random bytes and is stored nowhere. Each slot seals it (ChaCha20-Poly1305) under another
secret: one kept in the system keyring, a passphrase through Argon2id, or a printed recovery code. Two
slots are advised from the start, because keyrings get lost when a desktop changes. The file is
written twice under two names: losing it means losing everything.

Nothing here ever deletes data or makes a new key for a folder that has one.
"""

import hmac
import logging
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path
from typing import Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import (
    BadInput,
    DataDamaged,
    KeyringLocked,
    KeyringMissing,
    NotFound,
    PassphraseNeeded,
    PassphraseWrong,
    UnsupportedHere,
)
from core.ports import SecretStore
from core.system import recovery_code
from core.system.keyslot_file import (
    Argon2Cost,
    KeyFile,
    Method,
    Slot,
    context_of,
    parse_key_file,
    render_key_file,
)
from core.system.private_files import read_private, write_private

KEY_BYTES: Final = 32
# RFC 9106's second recommended option is 64 MiB, t=3, p=4; about 0.3 s on a laptop.
DEFAULT_COST: Final = Argon2Cost(memory_kib=64 * 1024, passes=3, lanes=4)
_LIMIT: Final = 64 * 1024
_log: Final = logging.getLogger(__name__)


class KeySlots:
    """The key file of one data folder. Every call reads the file anew; writers hold the instance lock."""

    def __init__(self, path: Path, cost: Argon2Cost = DEFAULT_COST) -> None:
        self._path = path
        self._copy = path.with_name(f"{path.stem}.copy{path.suffix}")
        self._cost = cost

    @property
    def exists(self) -> bool:
        """True when this folder has a key, readable or not."""
        return any(path.exists() or path.is_symlink() for path in (self._path, self._copy))

    def methods(self) -> frozenset[Method]:
        """The ways that open the data; empty before the first. Raises `DataDamaged`, `NewerData`."""
        return frozenset(slot.method for slot in self._load().slots) if self.exists else frozenset()

    def create(self) -> bytes:
        """A new key, held nowhere until a first `add_…` stores it."""
        if self.exists:
            raise ValueError("this folder already has a key")
        return secrets.token_bytes(KEY_BYTES)

    def add_keyring(self, key: bytes, store: SecretStore) -> None:
        """Add or renew the keyring slot. Raises `KeyringLocked`, `KeyringMissing`."""
        file = self._for(key)
        old = file.slot(Method.KEYRING)
        slot = Slot(Method.KEYRING, entry=f"database-key-{secrets.token_hex(8)}")
        wrapping = secrets.token_bytes(KEY_BYTES)
        encoded = b64encode(wrapping).decode("ascii")
        store.set(slot.entry, encoded)
        # Some keyrings accept a secret and keep nothing; better to learn that now than at the next start.
        if store.get(slot.entry) != encoded:
            raise KeyringMissing(why="forgetful")
        self._add(file, slot, wrapping, key)
        if old:
            _forget(store, old.entry)

    def add_passphrase(self, key: bytes, passphrase: str) -> None:
        """Add or change the passphrase. Raises `BadInput` when it is empty."""
        file = self._for(key)
        slot = Slot(Method.PASSPHRASE, salt=secrets.token_bytes(16), cost=self._cost)
        self._add(file, slot, _stretch(passphrase, slot), key)

    def add_recovery(self, key: bytes) -> str:
        """Add or renew the recovery code, to be printed now: it cannot be shown again."""
        file = self._for(key)
        secret = recovery_code.new_secret()
        slot = Slot(Method.RECOVERY, salt=secrets.token_bytes(16))
        self._add(file, slot, _recovery_key(secret, slot), key)
        return recovery_code.encode(secret)

    def unlock_keyring(self, store: SecretStore) -> bytes:
        """The key, by the keyring.

        Raises `PassphraseNeeded` when there is no such slot, `KeyringLocked`, and `KeyringMissing` (why
        "no-entry" when the keyring works but has lost our entry): then another slot opens the data.
        """
        file = self._load()
        slot = file.slot(Method.KEYRING)
        if slot is None:
            raise PassphraseNeeded
        encoded = store.get(slot.entry)
        if encoded is None:
            raise KeyringMissing(why="no-entry")
        try:
            key = _open(file, slot, b64decode(encoded, validate=True))
        except ValueError as error:
            raise DataDamaged(what="keyring-entry") from error
        if key is None:
            raise DataDamaged(what="keyring-entry")
        return key

    def unlock_passphrase(self, passphrase: str) -> bytes:
        """The key, by the passphrase. Raises `PassphraseWrong`, `NotFound` when none was set."""
        file = self._load()
        slot = _required(file, Method.PASSPHRASE)
        return _opened(file, slot, _stretch(passphrase, slot))

    def unlock_recovery(self, untrusted_code: str) -> bytes:
        """The key, by the recovery code.

        Raises `BadInput` (mistyped, with the group to look at), `PassphraseWrong` (well typed, but
        not this folder's), `NotFound` when none was made.
        """
        file = self._load()
        slot = _required(file, Method.RECOVERY)
        return _opened(file, slot, _recovery_key(recovery_code.decode(untrusted_code), slot))

    def require(self, method: Method) -> None:
        """Make sure there is this way in. Raises `NotFound`."""
        _required(self._load(), method)

    def remove(self, method: Method, store: SecretStore | None = None) -> None:
        """Close one way in. The last one stays: `BadInput`. `store` lets the keyring's entry go too."""
        file = self._load()
        slot = _required(file, method)
        if len(file.slots) == 1:
            raise BadInput(what="key-slot", why="last")
        self._write(replace(file, slots=tuple(other for other in file.slots if other is not slot)))
        if store and slot.entry:
            _forget(store, slot.entry)

    def _for(self, key: bytes) -> KeyFile:
        """The present file, or a new one; never one that belongs to another key."""
        if len(key) != KEY_BYTES:
            raise ValueError("the database key has 32 bytes")
        if not self.exists:
            folder = secrets.token_hex(8)
            return KeyFile(folder, _key_check(key, folder), ())
        file = self._load()
        if not hmac.compare_digest(file.key_check, _key_check(key, file.folder)):
            raise ValueError("not the key of this folder")
        return file

    def _add(self, file: KeyFile, slot: Slot, wrapping: bytes, key: bytes) -> None:
        nonce = secrets.token_bytes(12)
        sealed = nonce + ChaCha20Poly1305(wrapping).encrypt(nonce, key, context_of(file, slot))
        kept = tuple(other for other in file.slots if other.method is not slot.method)
        self._write(replace(file, slots=(*kept, replace(slot, sealed=sealed))))

    def _write(self, file: KeyFile) -> None:
        data = render_key_file(file)
        write_private(self._path, data)
        write_private(self._copy, data)

    def _load(self) -> KeyFile:
        try:
            return self._read(self._path)
        except DataDamaged:
            try:
                file = self._read(self._copy)
            except DataDamaged:
                pass
            else:
                _log.warning("the key file is damaged; its copy was used")
                return file
            raise

    def _read(self, path: Path) -> KeyFile:
        data = read_private(path, limit=_LIMIT)
        if data is None:
            raise DataDamaged(what="keyslots")
        return parse_key_file(data)


def _open(file: KeyFile, slot: Slot, wrapping: bytes) -> bytes | None:
    """The key, None when `wrapping` does not fit. A key that is not the folder's is never returned."""
    nonce, sealed = slot.sealed[:12], slot.sealed[12:]
    try:
        key = ChaCha20Poly1305(wrapping).decrypt(nonce, sealed, context_of(file, slot))
    except InvalidTag:
        return None
    if not hmac.compare_digest(file.key_check, _key_check(key, file.folder)):
        raise DataDamaged(what="keyslots")
    return key


def _opened(file: KeyFile, slot: Slot, wrapping: bytes) -> bytes:
    key = _open(file, slot, wrapping)
    if key is None:
        raise PassphraseWrong
    return key


def _required(file: KeyFile, method: Method) -> Slot:
    slot = file.slot(method)
    if slot is None:
        raise NotFound(what="key-slot", name=method.value)
    return slot


def _stretch(passphrase: str, slot: Slot) -> bytes:
    """NFKC first: the same passphrase comes as other code points from another keyboard or system."""
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    if not typed:
        raise BadInput(what="passphrase", why="empty")
    cost = slot.cost
    if cost is None:
        raise DataDamaged(what="keyslots")
    try:
        return hash_secret_raw(
            typed, slot.salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=KEY_BYTES, type=Type.ID
        )
    except HashingError as error:
        raise UnsupportedHere(what="argon2-memory", where=f"{cost.memory_kib} KiB") from error


def _recovery_key(secret: bytes, slot: Slot) -> bytes:
    """160 random bits need no stretching."""
    return HKDF(SHA256(), KEY_BYTES, salt=slot.salt, info=b"breakwater/recovery/1").derive(secret)


def _key_check(key: bytes, folder: str) -> bytes:
    """Tells this folder's key from any other without saying anything about it."""
    return HKDF(SHA256(), 16, salt=folder.encode("ascii"), info=b"breakwater/key-check/1").derive(key)


def _forget(store: SecretStore, entry: str) -> None:
    """Drop an entry that opens nothing any more; a keyring that will not is no reason to fail."""
    try:
        store.delete(entry)
    except (KeyringLocked, KeyringMissing):
        _log.warning("an unused keyring entry stayed behind")
