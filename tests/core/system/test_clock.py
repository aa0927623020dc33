"""Readings that a later reader can compare."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_clock import START, FakeClock

from core.ports import Clock
from core.system.clock import SystemClock


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch):
    def set_zone(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


def test_now_is_aware_and_agrees_with_the_moment() -> None:
    clock: Clock = SystemClock()
    before = datetime.now(UTC)
    now, moment, after = clock.now(), clock.moment(), datetime.now(UTC)
    assert now.tzinfo is UTC
    assert before <= now <= after
    assert before.timestamp() - 0.001 <= moment.wall_us / 1e6 <= after.timestamp() + 0.001


def test_the_monotonic_reading_never_goes_back() -> None:
    clock = SystemClock()
    readings = [clock.moment().mono_ns for _ in range(100)]
    assert readings == sorted(readings)


def test_the_boot_is_named_alike_by_every_clock_and_not_by_its_own_id(tmp_path: Path) -> None:
    boot_id = tmp_path / "boot_id"
    boot_id.write_text("0b0a5d0a-0000-4000-8000-5e1f0000cafe\n")
    first, second = SystemClock(boot_id).moment().boot, SystemClock(boot_id).moment().boot
    boot_id.write_text("0b0a5d0a-0000-4000-8000-5e1f0000beef\n")
    assert first == second != SystemClock(boot_id).moment().boot
    assert first.startswith("boot-")
    assert "cafe" not in first


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_without_a_boot_id_each_run_is_its_own(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "boot_id").write_bytes(content)
    clock = SystemClock(tmp_path / "boot_id")
    assert clock.moment().boot == clock.moment().boot
    assert clock.moment().boot.startswith("run-")
    assert SystemClock(tmp_path / "boot_id").moment().boot != clock.moment().boot


@pytest.mark.parametrize(
    ("name", "offset"),
    [
        ("UTC0", "+00:00"),
        ("XXX-2", "+02:00"),
        ("XXX+3:30", "-03:30"),
        ("XXX-5:45", "+05:45"),
        ("XXX+0:15", "-00:15"),
    ],
)
def test_the_offset_in_force(zone, name: str, offset: str) -> None:
    zone(name)
    assert SystemClock().moment().tz == offset


def test_the_fake_clock_tells_passing_time_from_setting_the_clock() -> None:
    clock: FakeClock = FakeClock()
    start = clock.moment()
    clock.advance(1.5)
    later = clock.moment()
    assert (later.wall_us - start.wall_us, later.mono_ns - start.mono_ns) == (1_500_000, 1_500_000_000)
    clock.set(START)
    assert clock.moment().wall_us == start.wall_us
    assert clock.moment().mono_ns == later.mono_ns
    clock.reboot()
    assert clock.moment().boot != later.boot
