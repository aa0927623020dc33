"""Preferences, in a small JSON file. Nothing private is among them."""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from core.errors import AppError, DataDamaged
from core.system.private_files import read_private, storage_error, write_private

_LIMIT: Final = 64 * 1024


class ThemeChoice(StrEnum):
    """Colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TextSize(StrEnum):
    """Size of all text, in percent."""

    NORMAL = "100"
    LARGE = "115"
    LARGEST = "130"


class Strictness(StrEnum):
    """How readily a mention is hidden; the values are the classifier's levels."""

    GENTLE = "gentle"
    BALANCED = "balanced"
    STRICT = "strict"


class Reveal(StrEnum):
    """How much of a hidden mention shows before anything is asked for."""

    COUNT = "count"
    CATEGORY = "category"
    MASKED = "masked"
    FULL = "full"


class LockAfter(StrEnum):
    """After how many minutes without a key or mouse the window asks for the passphrase again."""

    NEVER = "never"
    FIVE = "5"
    FIFTEEN = "15"
    HOUR = "60"


class ModelChoice(StrEnum):
    """Which model judges: the one that comes with the program, or an official Detoxify one."""

    EMBEDDED = "embedded"
    ORIGINAL = "original"
    UNBIASED = "unbiased"
    MULTILINGUAL = "multilingual"
    ORIGINAL_SMALL = "original-small"
    UNBIASED_SMALL = "unbiased-small"


class Device(StrEnum):
    """Where an official model runs. One that is not there falls back to the processor."""

    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person chose. The defaults are the cautious ones."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    level: Strictness = Strictness.BALANCED
    reveal: Reveal = Reveal.CATEGORY
    # A window title that says nothing to someone looking over a shoulder.
    discreet_titles: bool = False
    text_size: TextSize = TextSize.NORMAL
    model: ModelChoice = ModelChoice.EMBEDDED
    device: Device = Device.CPU
    # Counts only where there is a passphrase to ask for.
    lock_after: LockAfter = LockAfter.FIFTEEN


def load_settings(path: Path) -> tuple[Settings, AppError | None]:
    """The settings, and what was wrong with the file if anything; never fails.

    An unreadable file is kept aside as `settings.damaged-1.json` and the defaults are used. A
    value this version does not know falls back to its default alone; unknown names are left be.
    """
    try:
        data = read_private(path, limit=_LIMIT)
    except DataDamaged as error:
        return Settings(), _set_aside(path, error)
    except AppError as error:
        return Settings(), error
    if data is None:
        return Settings(), None
    try:
        untrusted = json.loads(data)
        if not isinstance(untrusted, dict):
            raise ValueError("not an object")
    except (ValueError, RecursionError) as error:
        problem = DataDamaged(what="settings")
        problem.__cause__ = error
        return Settings(), _set_aside(path, problem)
    known, bad = _understood(untrusted)
    return Settings(**known), DataDamaged(what="settings", name=bad) if bad else None


def save_settings(path: Path, settings: Settings) -> None:
    """Store them, keeping names a newer version wrote. Raises `DiskFull` or `UnusableFolder`."""
    try:
        data = read_private(path, limit=_LIMIT)
        present = json.loads(data) if data else {}
    except (DataDamaged, ValueError, RecursionError):
        present = {}
    kept = present if isinstance(present, dict) else {}
    merged = {**kept, **asdict(settings)}
    write_private(path, json.dumps(merged, indent=1, sort_keys=True).encode("ascii") + b"\n")


def _understood(untrusted: dict[str, object]) -> tuple[dict[str, Any], str]:
    known: dict[str, Any] = {}
    bad = ""
    for setting in fields(Settings):
        if setting.name not in untrusted:
            continue
        value = untrusted[setting.name]
        kind = type(setting.default)
        if kind is bool and isinstance(value, bool):
            known[setting.name] = value
        elif isinstance(value, str) and issubclass(kind, StrEnum) and value in list(kind):
            known[setting.name] = kind(value)
        else:
            bad = setting.name
    return known, bad


def _set_aside(path: Path, problem: AppError) -> AppError:
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        return storage_error(error, path)
    return problem
