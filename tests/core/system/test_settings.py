"""Preferences survive other versions and damage."""

import json
import stat
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DataDamaged, UnusableFolder
from core.system.settings import Reveal, Settings, Strictness, ThemeChoice, load_settings, save_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_defaults_when_there_is_no_file(path: Path) -> None:
    assert load_settings(path) == (Settings(), None)
    assert not path.exists()


def test_every_choice_survives(path: Path) -> None:
    for theme, level, reveal, discreet in product(ThemeChoice, Strictness, Reveal, (True, False)):
        chosen = Settings(theme, level, reveal, discreet)
        save_settings(path, chosen)
        assert load_settings(path) == (chosen, None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_a_newer_version_wrote_is_kept(path: Path) -> None:
    path.write_text(json.dumps({"theme": "dark", "telepathy": {"on": True}}))
    found, problem = load_settings(path)
    assert (found, problem) == (Settings(theme=ThemeChoice.DARK), None)
    save_settings(path, Settings(theme=ThemeChoice.LIGHT))
    assert json.loads(path.read_text())["telepathy"] == {"on": True}
    assert load_settings(path)[0].theme is ThemeChoice.LIGHT


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "plaid"), ("level", 3), ("discreet_titles", "yes"), ("reveal", None), ("theme", ["dark"])],
)
def test_one_value_we_do_not_know_costs_only_itself(path: Path, name: str, value: object) -> None:
    path.write_text(json.dumps({"theme": "dark", "level": "strict", name: value}))
    found, problem = load_settings(path)
    assert getattr(found, name) == getattr(Settings(), name)
    assert problem is not None
    assert problem.params == {"what": "settings", "name": name}
    assert "strict" in (found.level, "strict" if name == "level" else "")
    assert path.exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 60000, b"x" * 70000, b'{"a": 1e999999, }']
)
def test_a_damaged_file_is_kept_aside(path: Path, content: bytes) -> None:
    for number in (1, 2):
        path.write_bytes(content)
        found, problem = load_settings(path)
        assert found == Settings()
        assert isinstance(problem, DataDamaged)
        assert path.with_name(f"settings.damaged-{number}.json").read_bytes() == content
    assert load_settings(path) == (Settings(), None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(st.none() | st.text() | st.booleans(), st.lists).map(
            lambda v: json.dumps({"theme": v}).encode()
        ),
    )
)
def test_loading_never_fails(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    found, _ = load_settings(path)
    assert isinstance(found, Settings)


def test_saving_over_damage_starts_afresh(path: Path) -> None:
    path.write_bytes(b"{")
    save_settings(path, Settings(level=Strictness.GENTLE))
    assert load_settings(path) == (Settings(level=Strictness.GENTLE), None)


def test_a_link_is_reported_and_never_written(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "elsewhere")
    found, problem = load_settings(path)
    assert found == Settings()
    assert isinstance(problem, UnusableFolder)
    with pytest.raises(UnusableFolder):
        save_settings(path, Settings())
