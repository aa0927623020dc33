"""Ways into the data, changed while they are open."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from memory_secrets import MemorySecrets

from app.services.protection import ProtectionService
from app.services.unlock import Access, UnlockService
from core.domain.ids import PlatformName, RemoteId
from core.errors import KeyringLocked, NotFound
from core.storage import Store
from core.system.clock import SystemClock
from core.system.keyslot_file import Method
from core.system.paths import DataFolder

WORDS = "four plain words here"


@pytest.fixture
def keyring() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture
def unlock(folder: DataFolder, keyring: MemorySecrets) -> UnlockService:
    return UnlockService(folder, keyring)


@pytest.fixture
def service(unlock: UnlockService, folder: DataFolder):
    opened = unlock.create_with_keyring()
    store = Store(folder.database, opened.key, SystemClock())
    with store.write() as unit:
        account = unit.accounts.put(
            platform=PlatformName("testland"),
            remote_id=RemoteId("me"),
            handle="me.example",
            service_url="https://testland.invalid",
            now=SystemClock().now(),
        )
    opened.secrets.set(account.secret_name, "a sign-in")
    yield ProtectionService(folder, opened.key, opened.secrets, store)
    store.close()


def test_a_second_way_opens_the_same_data(service: ProtectionService, unlock: UnlockService) -> None:
    key = unlock.open_with_keyring().key
    service.set_passphrase(WORDS)
    code = service.new_recovery_code()
    assert service.methods() == {Method.KEYRING, Method.PASSPHRASE, Method.RECOVERY}
    assert unlock.open_with_passphrase(WORDS).key == key
    assert unlock.open_with_recovery_code(code).key == key


def test_a_shared_computer_keeps_nothing_in_its_keyring(
    service: ProtectionService, unlock: UnlockService, keyring: MemorySecrets
) -> None:
    service.set_passphrase(WORDS)
    service.require_passphrase()
    assert keyring.kept == {}
    assert unlock.access() is Access.PASSPHRASE
    assert unlock.open_with_passphrase(WORDS).secrets.get("testland:me") == "a sign-in"


def test_the_keyring_stays_while_there_is_no_passphrase(
    service: ProtectionService, unlock: UnlockService
) -> None:
    with pytest.raises(NotFound):
        service.require_passphrase()
    assert unlock.open_with_keyring().secrets.get("testland:me") == "a sign-in"


def test_a_keyring_that_locks_half_way_loses_no_sign_in(
    service: ProtectionService, unlock: UnlockService, keyring: MemorySecrets
) -> None:
    service.set_passphrase(WORDS)
    keyring.broken = KeyringLocked()
    with pytest.raises(KeyringLocked):
        service.require_passphrase()
    keyring.broken = None
    assert unlock.open_with_keyring().secrets.get("testland:me") == "a sign-in"


def test_each_change_is_an_entry_without_any_secret(service: ProtectionService) -> None:
    service.set_passphrase(WORDS)
    code = service.new_recovery_code()
    with service._store.read() as unit:
        shown = b"\n".join(one.envelope for one in unit.log.entries())
    assert shown.count(b'"kind":"key-change"') == 2
    assert WORDS.encode() not in shown
    assert code.encode() not in shown


def test_two_changes_at_once_lose_neither(service: ProtectionService, unlock: UnlockService) -> None:
    with ThreadPoolExecutor(2) as pool:
        words = pool.submit(service.set_passphrase, WORDS)
        code = pool.submit(service.new_recovery_code)
        words.result()
        unlock.open_with_recovery_code(code.result())
    unlock.open_with_passphrase(WORDS)
