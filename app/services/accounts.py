"""Connecting and forgetting the person's own accounts."""

from collections.abc import Sequence

from core.domain.account import Account, AccountState
from core.domain.evidence import EntryKind
from core.domain.ids import AccountId, PlatformName
from core.errors import NotFound
from core.ports import Clock, Connector, ConnectorInfo, Platform, SecretStore
from core.storage import Store


class AccountService:
    """Accounts: their rows in the store, their secrets in the secret store."""

    def __init__(
        self, store: Store, secrets: SecretStore, platforms: Sequence[Platform], clock: Clock
    ) -> None:
        self._store = store
        self._secrets = secrets
        self._platforms = {one.info.platform: one for one in platforms}
        self._clock = clock

    def available(self) -> tuple[ConnectorInfo, ...]:
        """What can be connected; sign-in forms are drawn from it."""
        return tuple(one.info for one in self._platforms.values())

    def info(self, name: PlatformName) -> ConnectorInfo:
        """What one platform needs and can do. Raises `NotFound`."""
        return self._platform(name).info

    def list(self) -> tuple[Account, ...]:
        """Connected accounts, oldest first."""
        with self._store.read() as unit:
            return unit.accounts.all()

    def add(self, name: PlatformName, handle: str, secret: str, service_url: str | None = None) -> Account:
        """Check the sign-in with the platform, then remember it.

        The secret is stored before the account: a crash between the two leaves a secret nobody
        refers to, never an account that cannot sign in.
        """
        door = self._platform(name)
        signed_in = door.sign_in(handle.strip(), secret, service_url or door.info.default_service)
        self._secrets.set(f"{name}:{signed_in.remote_id}", signed_in.secret)
        with self._store.write() as unit:
            account = unit.accounts.put(
                name, signed_in.remote_id, signed_in.handle, signed_in.service_url, self._clock.now()
            )
            unit.log.append(EntryKind.NOTE, facts={"act": "account-connected", "platform": name})
        return account

    def remove(self, account_id: AccountId) -> None:
        """Forget an account and its secret. What it received stays, sealed."""
        with self._store.read() as unit:
            account = unit.accounts.get(account_id)
        self._secrets.delete(account.secret_name)
        with self._store.write() as unit:
            unit.accounts.remove(account_id)
            unit.log.append(EntryKind.NOTE, facts={"act": "account-removed", "platform": account.platform})

    def open(self, account_id: AccountId) -> tuple[Account, Connector]:
        """A connector for one account; the caller closes it."""
        with self._store.read() as unit:
            account = unit.accounts.get(account_id)
        return account, self._platform(account.platform).open(account, self._secrets)

    def mark_sign_in_needed(self, account_id: AccountId) -> None:
        """Remember that the platform no longer accepts the sign-in."""
        with self._store.write() as unit:
            unit.accounts.set_state(account_id, AccountState.SIGN_IN_NEEDED)

    def _platform(self, name: PlatformName) -> Platform:
        found = self._platforms.get(name)
        if found is None:
            raise NotFound(what="platform", name=name)
        return found
