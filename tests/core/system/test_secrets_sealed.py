"""Sign-ins in a sealed file."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DataDamaged, NewerData, UnusableFolder
from core.system.secrets import SealedSecrets

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secrets.sealed"


def test_keeps_replaces_and_forgets_across_openings(path: Path) -> None:
    assert SealedSecrets(path, KEY).get("a") is None
    SealedSecrets(path, KEY).set("a", "first")
    SealedSecrets(path, KEY).set("b", "other 🔑")
    SealedSecrets(path, KEY).set("a", "second")
    again = SealedSecrets(path, KEY)
    assert (again.get("a"), again.get("b")) == ("second", "other 🔑")
    again.delete("a")
    again.delete("a")
    assert (again.get("a"), again.get("b")) == (None, "other 🔑")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(), st.text(), max_size=5))
def test_any_names_and_secrets(path: Path, known: dict[str, str]) -> None:
    path.unlink(missing_ok=True)
    secrets = SealedSecrets(path, KEY)
    for name, secret in known.items():
        secrets.set(name, secret)
    assert {name: secrets.get(name) for name in known} == known


def test_the_file_is_private_and_says_nothing(path: Path) -> None:
    secrets = SealedSecrets(path, KEY)
    secrets.set("canary-name", "canary-secret")
    first = path.read_bytes()
    assert b"canary" not in first
    assert KEY not in first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    secrets.set("canary-name", "canary-secret")
    assert path.read_bytes() != first


def test_every_changed_byte_and_every_cut_is_damage_and_left_alone(path: Path) -> None:
    SealedSecrets(path, KEY).set("name", "secret")
    good = path.read_bytes()
    bad = [good[:i] + bytes([good[i] ^ 1]) + good[i + 1 :] for i in range(len(good))]
    bad += [good[:i] for i in range(len(good))] + [good + b"x"]
    for data in bad:
        path.write_bytes(data)
        for call in (
            lambda: SealedSecrets(path, KEY).get("name"),
            lambda: SealedSecrets(path, KEY).set("n", "s"),
        ):
            with pytest.raises(DataDamaged):
                call()
        assert path.read_bytes() == data


def test_another_key_does_not_open_it(path: Path) -> None:
    SealedSecrets(path, KEY).set("name", "secret")
    with pytest.raises(DataDamaged):
        SealedSecrets(path, bytes(32)).get("name")
    with pytest.raises(ValueError, match="32 bytes"):
        SealedSecrets(path, b"short")


def test_a_newer_file_is_refused_politely(path: Path) -> None:
    path.write_bytes(b"BWSEAL2\n" + bytes(60))
    with pytest.raises(NewerData):
        SealedSecrets(path, KEY).get("name")


def test_a_link_is_refused(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnusableFolder):
        SealedSecrets(path, KEY).set("name", "secret")
    assert not (tmp_path / "elsewhere").exists()


def test_threads_do_not_lose_each_others_secrets(path: Path) -> None:
    secrets = SealedSecrets(path, KEY)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: secrets.set(f"name-{n}", f"secret-{n}"), range(24)))
    assert [secrets.get(f"name-{n}") for n in range(24)] == [f"secret-{n}" for n in range(24)]
