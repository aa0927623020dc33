"""Opening the data: keyring or passphrase, never unprotected, never a new key over old data."""

from pathlib import Path

import pytest
from memory_secrets import MemorySecrets

from app.bootstrap import open_services
from app.services.unlock import Access, UnlockService
from core.errors import (
    DataDamaged,
    KeyringLocked,
    KeyringMissing,
    PassphraseNeeded,
    PassphraseWrong,
)
from core.system.paths import DataFolder
from core.system.secrets import SealedSecrets


@pytest.fixture
def keyring() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def service(tmp_path: Path, keyring: MemorySecrets) -> UnlockService:
    return UnlockService(DataFolder(tmp_path / "data"), keyring)


def test_a_keyring_opens_it_again(service: UnlockService, keyring: MemorySecrets) -> None:
    assert service.access() is Access.NEW
    made = service.create_with_keyring()
    assert service.access() is Access.KEYRING
    opened = service.open_unattended(None)
    assert opened.key == made.key
    assert opened.secrets is keyring


@pytest.mark.parametrize("broken", [KeyringLocked(), KeyringMissing()])
def test_a_keyring_that_does_not_answer_is_a_question_not_a_fallback(
    service: UnlockService, keyring: MemorySecrets, broken: Exception
) -> None:
    keyring.broken = broken
    with pytest.raises(type(broken)):
        service.open_unattended(None)
    # Nothing was begun, so the passphrase can still be chosen.
    assert service.access() is Access.NEW
    assert not service.folder.database.exists()
    service.create_with_passphrase("a long passphrase")
    assert service.access() is Access.PASSPHRASE


def test_a_passphrase_opens_it_and_keeps_the_keyring_out(
    service: UnlockService, keyring: MemorySecrets
) -> None:
    made = service.create_with_passphrase("a long passphrase")
    assert isinstance(made.secrets, SealedSecrets)
    made.secrets.set("account", "token")
    assert keyring.kept == {}
    with pytest.raises(PassphraseNeeded):
        service.open_unattended(None)
    with pytest.raises(PassphraseWrong):
        service.open_with_passphrase("another")
    assert service.open_unattended("a long passphrase").key == made.key


def test_a_protected_folder_gets_no_second_key(service: UnlockService) -> None:
    service.create_with_keyring()
    with pytest.raises(ValueError, match="protected already"):
        service.create_with_passphrase("x")


def test_data_without_their_key_file_are_named_as_damaged(service: UnlockService) -> None:
    made = service.create_with_passphrase("a long passphrase")
    with open_services(made):
        pass
    for file in service.folder.root.glob("keyslots*"):
        file.unlink()
    before = service.folder.database.read_bytes()
    with pytest.raises(DataDamaged):
        service.open_unattended("a long passphrase")
    assert service.folder.database.read_bytes() == before


def test_the_key_is_not_in_its_own_repr(service: UnlockService) -> None:
    made = service.create_with_passphrase("a long passphrase")
    assert made.key.hex() not in repr(made)
    assert repr(made.key) not in repr(made)
