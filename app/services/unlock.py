"""Opening the data: by the system keyring, or by a passphrase; never unprotected."""

from dataclasses import dataclass, field
from enum import Enum

from core.errors import DataDamaged, PassphraseNeeded
from core.ports import SecretStore
from core.system.keyslot_file import Method
from core.system.keyslots import KeySlots
from core.system.paths import DataFolder
from core.system.secrets import SealedSecrets


class Access(Enum):
    """What stands between the person and their data."""

    NEW = "new"  # nothing here yet: choose keyring or passphrase
    KEYRING = "keyring"  # opens by itself while the keyring is unlocked
    PASSPHRASE = "passphrase"  # noqa: S105 - asks for the passphrase


@dataclass(frozen=True, slots=True)
class Opened:
    """The opened folder: the 32-byte database key and where sign-ins are kept."""

    folder: DataFolder
    key: bytes = field(repr=False)
    secrets: SecretStore


class UnlockService:
    """Creates and opens one data folder.

    Whoever starts with a passphrase has their sign-ins sealed under it as well: on a shared
    computer the system keyring is open to everyone who uses that login
    (docs/decisions/0002-secrets-and-keys.md).
    """

    def __init__(self, folder: DataFolder, keyring: SecretStore) -> None:
        self._folder = folder
        self._keyring = keyring
        self._slots = KeySlots(folder.keyslots)

    @property
    def folder(self) -> DataFolder:
        """The folder in question."""
        return self._folder

    def access(self) -> Access:
        """What is asked of the person. Raises `DataDamaged` or `NewerData`."""
        methods = self._slots.methods()
        if not methods:
            if self._folder.database.exists():
                # A new key could never open it: say what is lost instead of hiding it.
                raise DataDamaged(what="keyslots")
            return Access.NEW
        return Access.KEYRING if Method.KEYRING in methods else Access.PASSPHRASE

    def has_passphrase(self) -> bool:
        """Whether a passphrase opens the data, too."""
        return Method.PASSPHRASE in self._slots.methods()

    def has_recovery_code(self) -> bool:
        """Whether a recovery code opens the data, too."""
        return Method.RECOVERY in self._slots.methods()

    def create_with_keyring(self) -> Opened:
        """Protect a new folder by the system keyring. Raises `KeyringLocked`, `KeyringMissing`."""
        key = self._new_key()
        self._slots.add_keyring(key, self._keyring)
        return self._opened(key)

    def create_with_passphrase(self, passphrase: str) -> Opened:
        """Protect a new folder by a passphrase. Raises `BadInput` when it is empty."""
        key = self._new_key()
        self._slots.add_passphrase(key, passphrase)
        return self._opened(key)

    def open_with_keyring(self) -> Opened:
        """Open by the keyring. Raises `KeyringLocked`, `KeyringMissing`, `PassphraseNeeded`."""
        self._folder.prepare()
        return self._opened(self._slots.unlock_keyring(self._keyring))

    def open_with_passphrase(self, passphrase: str) -> Opened:
        """Open by the passphrase. Raises `PassphraseWrong`, `NotFound` when none was set."""
        self._folder.prepare()
        return self._opened(self._slots.unlock_passphrase(passphrase))

    def open_with_recovery_code(self, untrusted_code: str) -> Opened:
        """Open by the printed code. Raises `BadInput` (mistyped), `PassphraseWrong`, `NotFound`."""
        self._folder.prepare()
        return self._opened(self._slots.unlock_recovery(untrusted_code))

    def open_unattended(self, passphrase: str | None) -> Opened:
        """Open, or create, without asking: by the passphrase when there is one, else the keyring."""
        access = self.access()
        if passphrase is not None:
            create = access is Access.NEW
            return (
                self.create_with_passphrase(passphrase) if create else self.open_with_passphrase(passphrase)
            )
        if access is Access.NEW:
            return self.create_with_keyring()
        if access is Access.PASSPHRASE:
            raise PassphraseNeeded
        return self.open_with_keyring()

    def _new_key(self) -> bytes:
        self._folder.prepare()
        if self.access() is not Access.NEW:
            raise ValueError("this folder is protected already")
        return self._slots.create()

    def _opened(self, key: bytes) -> Opened:
        by_keyring = Method.KEYRING in self._slots.methods()
        secrets = self._keyring if by_keyring else SealedSecrets(self._folder.secrets, key)
        return Opened(self._folder, key, secrets)
