"""Connected accounts and how far each has been read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from core.domain.account import Account, AccountState
from core.domain.ids import AccountId, PlatformName, RemoteId
from core.errors import NotFound
from core.storage.tables import account


@dataclass(frozen=True, slots=True)
class Walk:
    """How far an account has been read.

    A walk goes from the newest post back to `since`. While it is unfinished, `began` is set and
    `cursor` resumes it. `complete_until` is the beginning of the last finished walk, and
    `full_until` of the last one that went all the way back.
    """

    cursor: str | None = None
    since: datetime | None = None
    began: datetime | None = None
    complete_until: datetime | None = None
    full_until: datetime | None = None


class AccountReader:
    """Reads accounts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Account, ...]:
        """Every account, oldest first."""
        rows = self._connection.execute(select(account).order_by(account.c.id))
        return tuple(_account(row) for row in rows)

    def get(self, account_id: AccountId) -> Account:
        """One account. Raises `NotFound`."""
        row = self._connection.execute(select(account).where(account.c.id == account_id)).one_or_none()
        if row is None:
            raise NotFound(what="account", name=account_id)
        return _account(row)

    def walk(self, account_id: AccountId) -> Walk:
        """How far the account has been read."""
        columns = (
            account.c.walk_cursor,
            account.c.walk_since,
            account.c.walk_began,
            account.c.complete_until,
            account.c.full_until,
        )
        row = self._connection.execute(select(*columns).where(account.c.id == account_id)).one()
        return Walk(*row)


class AccountWriter(AccountReader):
    """Adds and changes accounts."""

    def put(
        self, platform: PlatformName, remote_id: RemoteId, handle: str, service_url: str, now: datetime
    ) -> Account:
        """Add an account, or renew the handle and service of one that is here already."""
        same = (account.c.platform == platform) & (account.c.remote_id == remote_id)
        values = {"handle": handle, "service_url": service_url, "state": AccountState.ACTIVE.value}
        found = self._connection.execute(select(account.c.id).where(same)).scalar_one_or_none()
        if found is None:
            found = self._connection.execute(
                insert(account)
                .values(platform=platform, remote_id=remote_id, added_at=now, **values)
                .returning(account.c.id)
            ).scalar_one()
        else:
            self._connection.execute(update(account).where(same).values(**values))
        return self.get(AccountId(found))

    def set_state(self, account_id: AccountId, state: AccountState) -> None:
        """Record whether the sign-in still works."""
        self._change(account_id, state=state.value)

    def set_walk(self, account_id: AccountId, walk: Walk, synced_at: datetime) -> None:
        """Record how far the account has been read."""
        self._change(
            account_id,
            walk_cursor=walk.cursor,
            walk_since=walk.since,
            walk_began=walk.began,
            complete_until=walk.complete_until,
            full_until=walk.full_until,
            synced_at=synced_at,
        )

    def remove(self, account_id: AccountId) -> None:
        """Forget an account. What it received stays, sealed."""
        self.get(account_id)
        self._connection.execute(delete(account).where(account.c.id == account_id))

    def _change(self, account_id: AccountId, **values: Any) -> None:
        self._connection.execute(update(account).where(account.c.id == account_id).values(**values))


def _account(row: Row[Any]) -> Account:
    return Account(
        id=AccountId(row.id),
        platform=PlatformName(row.platform),
        handle=row.handle,
        remote_id=RemoteId(row.remote_id),
        service_url=row.service_url,
        state=AccountState(row.state),
        added_at=row.added_at,
        synced_at=row.synced_at,
    )
