"""Further ways to open the data, while they are open. Each change is an act in the evidence log."""

import threading

from core.domain.evidence import EntryKind
from core.ports import SecretStore
from core.storage import Store
from core.system.keyslot_file import Method
from core.system.keyslots import KeySlots
from core.system.paths import DataFolder
from core.system.secrets import SealedSecrets


class ProtectionService:
    """Adds and removes ways in for one opened folder. Two ways are advised: keyrings get lost."""

    def __init__(self, folder: DataFolder, key: bytes, secrets: SecretStore, store: Store) -> None:
        """`secrets` is where sign-ins are now: the keyring, as long as that opens the data."""
        self._folder, self._key, self._secrets, self._store = folder, key, secrets, store
        self._slots = KeySlots(folder.keyslots)
        # Each change reads the key file and writes it anew: two at once would lose one.
        self._changing = threading.Lock()

    def methods(self) -> frozenset[Method]:
        """The ways that open the data now."""
        return self._slots.methods()

    def set_passphrase(self, passphrase: str) -> None:
        """Add or change the passphrase. Raises `BadInput` when it is empty."""
        with self._changing:
            self._slots.add_passphrase(self._key, passphrase)
        self._log("passphrase-set")

    def new_recovery_code(self) -> str:
        """Make a recovery code, to be written down now: it is shown once, and an older one ends."""
        with self._changing:
            code = self._slots.add_recovery(self._key)
        self._log("recovery-code-made")
        return code

    def require_passphrase(self) -> None:
        """Let the keyring open nothing any more, for a computer that others use under the same login.

        Sign-ins move under the passphrase first, so that a crash on the way loses none; services that
        were opened before still look in the keyring, so the caller opens the data anew. Raises
        `NotFound` when no passphrase was set, `KeyringLocked`, `KeyringMissing`.
        """
        with self._changing:
            self._slots.require(Method.PASSPHRASE)
            if Method.KEYRING not in self._slots.methods():
                return
            self._leave_keyring()
        self._log("keyring-removed")

    def _leave_keyring(self) -> None:
        with self._store.read() as unit:
            names = [account.secret_name for account in unit.accounts.all()]
        sealed = SealedSecrets(self._folder.secrets, self._key)
        for name in names:
            secret = self._secrets.get(name)
            if secret is not None:
                sealed.set(name, secret)
        self._slots.remove(Method.KEYRING, self._secrets)
        for name in names:
            self._secrets.delete(name)

    def _log(self, act: str) -> None:
        with self._store.write() as unit:
            unit.log.append(EntryKind.KEY_CHANGE, facts={"act": act})
