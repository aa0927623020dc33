"""The format of `keyslots.json`: strict to read, canonical to write.

`sha256` covers everything else and catches accidents; against someone who recomputes it, each slot's
seal covers the file's identity and the slot's own parameters.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from core.errors import DataDamaged, NewerData

_FORMAT: Final = "breakwater-keyslots"
_VERSION: Final = 1
# Nonce 12, key 32, tag 16.
_SEALED: Final = 60


class Method(Enum):
    """A way to open the data."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a method, not one
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess at the passphrase costs. Bounds keep a damaged file from eating all memory."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        fits = 1 <= self.lanes <= 16 and 1 <= self.passes <= 64
        if not fits or not 8 * self.lanes <= self.memory_kib <= 2 << 20:
            raise ValueError("Argon2id cost out of bounds")


@dataclass(frozen=True, slots=True)
class Slot:
    """One wrapping of the key. `entry` names the keyring's entry; `cost` is the passphrase's."""

    method: Method
    entry: str = ""
    salt: bytes = b""
    cost: Argon2Cost | None = None
    sealed: bytes = b""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The whole file. `folder` is a random name of the data folder, 16 hex digits."""

    folder: str
    key_check: bytes
    slots: tuple[Slot, ...]

    def slot(self, method: Method) -> Slot | None:
        """The slot of that method, or None."""
        return next((slot for slot in self.slots if slot.method is method), None)


def context_of(file: KeyFile, slot: Slot) -> bytes:
    """What a slot's seal covers besides the key: whose it is and how its wrapping key is made."""
    return _canonical(
        {"format": _FORMAT, "version": _VERSION, "folder": file.folder, "slot": _described(slot)}
    )


def render_key_file(file: KeyFile) -> bytes:
    """The bytes to store."""
    slots = [{**_described(slot), "sealed": slot.sealed.hex()} for slot in file.slots]
    body: dict[str, object] = {
        "format": _FORMAT,
        "version": _VERSION,
        "folder": file.folder,
        "key_check": file.key_check.hex(),
        "slots": slots,
    }
    return json.dumps({**body, "sha256": _digest(body)}, indent=1).encode("ascii") + b"\n"


def parse_key_file(untrusted_data: bytes) -> KeyFile:
    """Read it back. Raises `DataDamaged`, or `NewerData` when a newer version wrote it."""
    try:
        body = json.loads(untrusted_data)
        claimed = body.pop("sha256")
        if body["format"] != _FORMAT or claimed != _digest(body):
            raise ValueError("checksum")
        if body["version"] != _VERSION:
            raise NewerData(found=int(body["version"]), known=_VERSION)
        slots = tuple(_slot(fields) for fields in body["slots"])
        file = KeyFile(_hex(body, "folder", 8).hex(), _hex(body, "key_check", 16), slots)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataDamaged(what="keyslots") from error
    if not slots or len({slot.method for slot in slots}) != len(slots):
        raise DataDamaged(what="keyslots")
    return file


def _slot(fields: Mapping[str, object]) -> Slot:
    method = Method(fields["method"])
    sealed = _hex(fields, "sealed", _SEALED)
    if method is Method.KEYRING:
        return Slot(method, entry=_text(fields, "entry"), sealed=sealed)
    salt = _hex(fields, "salt", 16)
    if method is Method.RECOVERY:
        return Slot(method, salt=salt, sealed=sealed)
    cost = Argon2Cost(_number(fields, "memory_kib"), _number(fields, "passes"), _number(fields, "lanes"))
    return Slot(method, salt=salt, cost=cost, sealed=sealed)


def _described(slot: Slot) -> dict[str, object]:
    fields: dict[str, object] = {"method": slot.method.value}
    if slot.entry:
        fields["entry"] = slot.entry
    if slot.salt:
        fields["salt"] = slot.salt.hex()
    if slot.cost:
        fields["kdf"] = "argon2id-v19"
        fields |= {"memory_kib": slot.cost.memory_kib, "passes": slot.cost.passes, "lanes": slot.cost.lanes}
    return fields


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise ValueError(name)
    return value


def _number(fields: Mapping[str, object], name: str) -> int:
    value = fields[name]
    if type(value) is not int:
        raise ValueError(name)
    return value


def _hex(fields: Mapping[str, object], name: str, size: int) -> bytes:
    value = fields[name]
    if not isinstance(value, str) or len(value) != 2 * size:
        raise ValueError(name)
    return bytes.fromhex(value)


def _canonical(value: object) -> bytes:
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    ).encode("ascii")


def _digest(body: object) -> str:
    return hashlib.sha256(b"breakwater keyslots\n" + _canonical(body)).hexdigest()
