"""Sign-ins in the keyring: translated failures, long secrets, and a real Secret Service."""

import json
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import InitError, NoKeyringError, PasswordDeleteError
from keyring.errors import KeyringLocked as BackendLocked
from secret_service import SecretServiceTestbed, secret_service

from core.errors import KeyringLocked, KeyringMissing
from core.system.secrets import PART_UNITS, KeyringSecrets, trusted_backends

__all__ = ["secret_service"]


class MemoryBackend(KeyringBackend):
    """A keyring as small as Windows': 2,560 bytes of UTF-16 an entry."""

    priority = 0.5  # type: ignore[assignment] # a plain number where the base has a property

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.raises: Exception | None = None
        self.fail_after: int | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        if self.fail_after is not None:
            self.fail_after -= 1
            if self.fail_after < 0:
                raise OSError("the session ended")
        assert len(password.encode("utf-16-le", "surrogatepass")) <= 2560
        self.kept[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("No such password!")

    def _check(self) -> None:
        if self.raises:
            raise self.raises


def secrets_over(*backends: KeyringBackend) -> KeyringSecrets:
    return KeyringSecrets("breakwater-test", lambda: backends)


def test_the_check_names_the_keyring_in_use() -> None:
    assert secrets_over(MemoryBackend()).check().endswith(".MemoryBackend")


def test_keeps_replaces_and_forgets() -> None:
    backend = MemoryBackend()
    secrets = secrets_over(backend)
    assert secrets.get("bluesky:did") is None
    secrets.set("bluesky:did", "first")
    secrets.set("bluesky:did", "second")
    assert secrets.get("bluesky:did") == "second"
    secrets.delete("bluesky:did")
    secrets.delete("bluesky:did")
    assert secrets.get("bluesky:did") is None
    assert backend.kept == {}


@given(
    st.integers(0, 8).map(lambda n: n * PART_UNITS // 2), st.sampled_from(["a", "é", "漢", "🔑", "\u202e"])
)
def test_secrets_of_any_length_fit_and_leave_nothing_behind(length: int, letter: str) -> None:
    backend = MemoryBackend()
    secrets = secrets_over(backend)
    for secret in (letter * length, "short", letter * (length + 1)):
        secrets.set("name", secret)
        assert secrets.get("name") == secret
    secrets.delete("name")
    assert backend.kept == {}


def test_a_short_secret_that_looks_like_our_own_mark() -> None:
    secrets = secrets_over(MemoryBackend())
    for secret in ("breakwater-parts:1:", "breakwater-parts:1:ab:3:cd"):
        secrets.set("name", secret)
        assert secrets.get("name") == secret


def test_an_interrupted_replacement_keeps_the_old_secret() -> None:
    backend = MemoryBackend()
    secrets = secrets_over(backend)
    secrets.set("name", "o" * 3000)
    for writes in range(6):
        backend.fail_after = writes
        with pytest.raises(KeyringMissing):
            secrets.set("name", "n" * 3000)
        assert secrets.get("name") == "o" * 3000


def test_a_lost_part_counts_as_no_secret() -> None:
    backend = MemoryBackend()
    secrets = secrets_over(backend)
    secrets.set("name", "s" * 3000)
    part = next(name for name in backend.kept if "#" in name)
    del backend.kept[part]
    assert secrets.get("name") is None
    secrets.set("name", "again")
    assert secrets.get("name") == "again"


def test_a_head_that_makes_no_sense_counts_as_no_secret() -> None:
    backend = MemoryBackend()
    backend.kept["breakwater-test/name"] = "breakwater-parts:1:ab:many:cd"
    assert secrets_over(backend).get("name") is None


class LockedException(Exception):
    """As SecretStorage raises it."""


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (BackendLocked("x"), KeyringLocked),
        (LockedException("x"), KeyringLocked),
        (_caused(InitError("x"), LockedException("x")), KeyringLocked),
        (InitError("x"), KeyringMissing),
        (NoKeyringError("x"), KeyringMissing),
        (RuntimeError("x"), KeyringMissing),
        (OSError("x"), KeyringMissing),
        (PasswordDeleteError("denied"), KeyringMissing),
    ],
)
def test_every_failure_is_translated(raised: Exception, expected: type[Exception]) -> None:
    backend = MemoryBackend()
    backend.raises = raised
    secrets = secrets_over(backend)
    for call in (
        lambda: secrets.get("canary-name"),
        lambda: secrets.set("canary-name", "canary-secret"),
        lambda: secrets.delete("canary-name"),
        secrets.check,
    ):
        with pytest.raises(expected) as failure:
            call()
        assert failure.value.__cause__ is raised
        assert "canary" not in str(failure.value)


def test_a_refused_deletion_is_told_from_nothing_to_delete() -> None:
    class Refusing(MemoryBackend):
        def delete_password(self, service: str, username: str) -> None:
            raise PasswordDeleteError("denied")

    secrets = secrets_over(Refusing())
    secrets.delete("name")
    secrets.set("name", "x")
    with pytest.raises(KeyringMissing):
        secrets.delete("name")


def test_a_secret_in_the_desktops_former_keyring_is_found() -> None:
    now, former = MemoryBackend(), MemoryBackend()
    secrets_over(former).set("name", "kept")
    both = secrets_over(now, former)
    assert both.get("name") == "kept"
    both.set("name", "new")
    assert (both.get("name"), len(now.kept)) == ("new", 1)
    both.delete("name")
    assert (now.kept, former.kept) == ({}, {})


def test_a_broken_second_keyring_does_not_hide_the_first() -> None:
    works, broken = MemoryBackend(), MemoryBackend()
    broken.raises = BackendLocked("x")
    secrets = secrets_over(broken, works)
    works.kept["breakwater-test/name"] = "kept"
    assert secrets.get("name") == "kept"
    with pytest.raises(KeyringLocked):
        secrets.get("other")


@pytest.fixture
def use_backend(monkeypatch: pytest.MonkeyPatch):
    def use(backend: object) -> None:
        monkeypatch.setattr(keyring, "get_keyring", lambda: backend)

    return use


@pytest.mark.parametrize(
    ("backend", "why"), [(fail.Keyring(), "none"), (null.Keyring(), "none"), (MemoryBackend(), "untrusted")]
)
def test_no_backend_and_untrusted_ones_count_as_missing(
    use_backend, backend: KeyringBackend, why: str
) -> None:
    use_backend(backend)
    for call in (
        lambda: KeyringSecrets().get("x"),
        lambda: KeyringSecrets().set("x", "y"),
        KeyringSecrets().check,
    ):
        with pytest.raises(KeyringMissing) as missing:
            call()
        assert missing.value.params == {"why": why}


def test_of_several_keyrings_only_the_encrypting_ones_are_used(
    use_backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = SecretServiceKeyring()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [MemoryBackend(), desktop, null.Keyring()])
    use_backend(chainer.ChainerBackend())
    assert trusted_backends() == [desktop]


def test_a_keyring_that_cannot_even_be_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        raise ImportError("no such backend")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    with pytest.raises(KeyringMissing) as missing:
        KeyringSecrets().get("x")
    assert missing.value.params == {"why": "failed"}


PROBE = """
import json
from pathlib import Path
from core.errors import AppError
from core.system.keyslots import KeySlots
from core.system.keyslot_file import Argon2Cost
from core.system.secrets import KeyringSecrets

secrets = KeyringSecrets("breakwater-test")
def attempt(what):
    try:
        return what()
    except AppError as error:
        return [error.code, dict(error.params)]

slots = KeySlots(Path({path!r}), Argon2Cost(8, 1, 1))
def key_round_trip():
    key = slots.create()
    slots.add_keyring(key, secrets)
    slots.add_keyring(key, secrets)
    return slots.unlock_keyring(secrets) == key
def long_round_trip():
    secrets.set("long", "🔑é" * 3000)
    same = secrets.get("long") == "🔑é" * 3000
    secrets.delete("long")
    secrets.delete("long")
    return same and secrets.get("long") is None
print(json.dumps([attempt(secrets.check), attempt(key_round_trip), attempt(long_round_trip)]))
"""


@pytest.mark.testbed
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("unlocked", ["SecretService.Keyring", True, True]),
        ("locked", [["keyring-locked", {}]] * 3),
        ("absent", [["keyring-missing", {"why": "none"}]] * 3),
    ],
)
def test_a_real_secret_service(
    secret_service: SecretServiceTestbed, tmp_path: Path, mode: str, expected: list[object]
) -> None:
    done = secret_service.python(PROBE.format(path=str(tmp_path / "keyslots.json")), mode)  # type: ignore[arg-type] # a Literal, from the table above
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == expected
    assert (tmp_path / "keyslots.json").exists() is (mode == "unlocked")


@pytest.mark.testbed
def test_a_plain_text_backend_chosen_by_configuration_is_refused(
    secret_service: SecretServiceTestbed, tmp_path: Path
) -> None:
    done = secret_service.python(
        PROBE.format(path=str(tmp_path / "keyslots.json")),
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [["keyring-missing", {"why": "none"}]] * 3
