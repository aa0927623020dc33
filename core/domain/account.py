"""The person's own account on a platform."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from core.domain.ids import AccountId, PlatformName, RemoteId


class AccountState(Enum):
    """Whether the stored sign-in still works."""

    ACTIVE = "active"
    SIGN_IN_NEEDED = "sign-in-needed"


@dataclass(frozen=True, slots=True)
class Account:
    """A connected account. The secret is in the secret store under `secret_name`, never here."""

    id: AccountId
    platform: PlatformName
    handle: str
    remote_id: RemoteId
    service_url: str
    state: AccountState
    added_at: datetime
    synced_at: datetime | None

    @property
    def secret_name(self) -> str:
        """Name under which the secret store keeps this account's sign-in."""
        return f"{self.platform}:{self.remote_id}"
