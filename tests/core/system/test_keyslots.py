"""The database key: every way in, every way it can go wrong, and never a wrong key."""

import json
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from memory_secrets import MemorySecrets

from core.errors import (
    AppError,
    BadInput,
    DataDamaged,
    KeyringLocked,
    KeyringMissing,
    NewerData,
    NotFound,
    PassphraseNeeded,
    PassphraseWrong,
    UnsupportedHere,
)
from core.system import keyslots
from core.system.keyslot_file import Argon2Cost, Method, parse_key_file, render_key_file
from core.system.keyslots import DEFAULT_COST, KeySlots
from core.system.recovery_code import encode

CHEAP = Argon2Cost(memory_kib=8, passes=1, lanes=1)
PASSPHRASE = "correct horse, battery"


@pytest.fixture
def ring() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def slots(tmp_path: Path) -> KeySlots:
    return KeySlots(tmp_path / "keyslots.json", CHEAP)


@pytest.fixture
def full(slots: KeySlots, ring: MemorySecrets) -> tuple[bytes, str]:
    """All three slots; the key and the recovery code."""
    key = slots.create()
    slots.add_keyring(key, ring)
    slots.add_passphrase(key, PASSPHRASE)
    return key, slots.add_recovery(key)


def both_files(slots_path: Path) -> tuple[Path, Path]:
    return slots_path, slots_path.with_name("keyslots.copy.json")


def overwrite(tmp_path: Path, data: bytes) -> None:
    for path in both_files(tmp_path / "keyslots.json"):
        path.write_bytes(data)


def test_every_slot_opens_the_same_key(slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str]) -> None:
    key, code = full
    assert len(key) == 32
    assert slots.methods() == set(Method)
    assert slots.unlock_keyring(ring) == key
    assert slots.unlock_passphrase(PASSPHRASE) == key
    assert slots.unlock_recovery(code.lower()) == key


def test_a_new_folder_has_no_methods_and_keys_differ(slots: KeySlots) -> None:
    assert not slots.exists
    assert slots.methods() == frozenset()
    assert slots.create() != slots.create()
    assert not slots.exists


def test_the_files_are_private_and_hold_no_secret(
    slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str], tmp_path: Path
) -> None:
    key, code = full
    for path in both_files(tmp_path / "keyslots.json"):
        text = path.read_text()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        for secret in (key.hex(), PASSPHRASE, code, *ring.kept.values()):
            assert secret not in text


@pytest.mark.parametrize("wrong", ["Correct horse, battery", "x", " " + PASSPHRASE])
def test_a_wrong_passphrase_is_wrong(slots: KeySlots, full: tuple[bytes, str], wrong: str) -> None:
    with pytest.raises(PassphraseWrong):
        slots.unlock_passphrase(wrong)


def test_the_same_passphrase_from_another_keyboard(slots: KeySlots) -> None:
    key = slots.create()
    slots.add_passphrase(key, unicodedata.normalize("NFD", "Übermut 123 日本"))
    assert slots.unlock_passphrase(unicodedata.normalize("NFC", "Übermut １２３ 日本")) == key


def test_an_empty_passphrase_is_refused_before_anything_is_written(slots: KeySlots) -> None:
    with pytest.raises(BadInput):
        slots.add_passphrase(slots.create(), "")
    assert not slots.exists


def test_recovery_codes_mistyped_and_foreign(slots: KeySlots, full: tuple[bytes, str]) -> None:
    _, code = full
    with pytest.raises(BadInput):
        slots.unlock_recovery(code[:-1])
    with pytest.raises(PassphraseWrong):
        slots.unlock_recovery(encode(bytes(20)))


def test_a_slot_that_was_never_made(slots: KeySlots, ring: MemorySecrets) -> None:
    slots.add_passphrase(slots.create(), PASSPHRASE)
    with pytest.raises(PassphraseNeeded):
        slots.unlock_keyring(ring)
    with pytest.raises(NotFound):
        slots.unlock_recovery(encode(bytes(20)))


def test_a_missing_file_is_damage_not_a_fresh_start(slots: KeySlots, ring: MemorySecrets) -> None:
    for unlock in (lambda: slots.unlock_passphrase("x"), lambda: slots.unlock_keyring(ring)):
        with pytest.raises(DataDamaged):
            unlock()


@pytest.mark.parametrize("error", [KeyringLocked(), KeyringMissing(why="none")])
def test_a_broken_keyring_leaves_the_other_slots(
    slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str], error: AppError
) -> None:
    ring.broken = error
    with pytest.raises(type(error)):
        slots.unlock_keyring(ring)
    assert slots.unlock_passphrase(PASSPHRASE) == full[0]


def test_a_keyring_that_lost_our_entry(slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str]) -> None:
    ring.kept.clear()
    with pytest.raises(KeyringMissing) as missing:
        slots.unlock_keyring(ring)
    assert missing.value.params == {"why": "no-entry"}
    slots.add_keyring(full[0], ring)
    assert slots.unlock_keyring(ring) == full[0]


@pytest.mark.parametrize("entry", ["", "not base64!", "QUJD", "A" * 43 + "="])
def test_a_keyring_entry_that_is_not_ours(
    slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str], entry: str
) -> None:
    ring.kept = dict.fromkeys(ring.kept, entry)
    with pytest.raises(DataDamaged, match="keyring-entry"):
        slots.unlock_keyring(ring)


def test_a_keyring_that_keeps_nothing_is_noticed_at_once(slots: KeySlots) -> None:
    class Forgetful(MemorySecrets):
        def set(self, name: str, secret: str) -> None:
            """Says yes."""

    with pytest.raises(KeyringMissing, match="forgetful"):
        slots.add_keyring(slots.create(), Forgetful())
    assert not slots.exists


def test_renewing_replaces_and_leaves_one_entry(
    slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str]
) -> None:
    key, old_code = full
    (old_entry,) = ring.kept
    slots.add_keyring(key, ring)
    slots.add_passphrase(key, "another")
    new_code = slots.add_recovery(key)
    assert list(ring.kept) != [old_entry]
    assert len(ring.kept) == 1
    for refused in (lambda: slots.unlock_passphrase(PASSPHRASE), lambda: slots.unlock_recovery(old_code)):
        with pytest.raises(PassphraseWrong):
            refused()
    assert slots.unlock_recovery(new_code) == slots.unlock_passphrase("another") == key


def test_removing_all_but_the_last(slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str]) -> None:
    slots.remove(Method.KEYRING, ring)
    assert ring.kept == {}
    slots.remove(Method.RECOVERY)
    with pytest.raises(BadInput) as refusal:
        slots.remove(Method.PASSPHRASE)
    assert refusal.value.params["why"] == "last"
    with pytest.raises(NotFound):
        slots.remove(Method.KEYRING)
    assert slots.unlock_passphrase(PASSPHRASE) == full[0]


def test_a_locked_keyring_does_not_keep_its_slot_from_being_removed(
    slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str]
) -> None:
    ring.broken = KeyringLocked()
    slots.remove(Method.KEYRING, ring)
    assert Method.KEYRING not in slots.methods()


def test_never_a_second_key_in_one_folder(
    slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str]
) -> None:
    with pytest.raises(ValueError, match="already"):
        slots.create()
    for add in (
        lambda: slots.add_passphrase(bytes(32), "x"),
        lambda: slots.add_keyring(bytes(32), ring),
        lambda: slots.add_recovery(bytes(32)),
    ):
        with pytest.raises(ValueError, match="not the key"):
            add()
    with pytest.raises(ValueError, match="32 bytes"):
        slots.add_passphrase(b"short", "x")


def test_one_damaged_or_lost_file_is_survived(
    slots: KeySlots, full: tuple[bytes, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    main, copy = both_files(tmp_path / "keyslots.json")
    main.write_bytes(b"\0" * 100)
    assert slots.unlock_passphrase(PASSPHRASE) == full[0]
    assert "copy was used" in caplog.text
    main.unlink()
    assert slots.exists
    assert slots.unlock_passphrase(PASSPHRASE) == full[0]
    slots.add_passphrase(full[0], "another")
    copy.unlink()
    assert slots.unlock_passphrase("another") == full[0]


def ways(slots: KeySlots, ring: MemorySecrets, code: str) -> list[Callable[[], bytes]]:
    return [
        lambda: slots.unlock_keyring(ring),
        lambda: slots.unlock_passphrase(PASSPHRASE),
        lambda: slots.unlock_recovery(code),
    ]


def opens_right_or_says_why(unlock: Callable[[], bytes], key: bytes) -> bool:
    """True when refused; any key but the right one, or any foreign exception, fails the test."""
    try:
        assert unlock() == key
    except AppError:
        return True
    return False


def test_no_single_byte_change_ever_opens_a_wrong_key(
    slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str], tmp_path: Path
) -> None:
    """Every byte of both files, two changes each, every way in."""
    key, code = full
    good = (tmp_path / "keyslots.json").read_bytes()
    tried = refused = 0
    for place in range(len(good)):
        for value in (good[place] ^ 1, good[place] ^ 0x20):
            overwrite(tmp_path, good[:place] + bytes([value]) + good[place + 1 :])
            tried += 1
            refused += opens_right_or_says_why(ways(slots, ring, code)[tried % 3], key)
    # What is not refused is white space and the case of a digit: the same content.
    assert refused > 0.8 * tried


def test_a_tampered_file_with_a_right_checksum_is_refused(
    slots: KeySlots, ring: MemorySecrets, full: tuple[bytes, str], tmp_path: Path
) -> None:
    key, code = full
    body = json.loads((tmp_path / "keyslots.json").read_bytes())
    body.pop("sha256")
    changed = 0
    for number, slot in enumerate(body["slots"]):
        for name, value in slot.items():
            if name in {"method", "kdf", "entry"}:
                continue
            other = value + 1 if isinstance(value, int) else ("0" if value[0] != "0" else "1") + value[1:]
            forged = json.loads(json.dumps(body))
            forged["slots"][number][name] = other
            overwrite(tmp_path, _with_checksum(forged))
            assert opens_right_or_says_why(ways(slots, ring, code)[number], key), (slot["method"], name)
            changed += 1
    for name in ("folder", "key_check"):
        forged = {**body, name: ("0" if body[name][0] != "0" else "1") + body[name][1:]}
        overwrite(tmp_path, _with_checksum(forged))
        assert all(opens_right_or_says_why(way, key) for way in ways(slots, ring, code)), name
    assert changed >= 8


def test_a_slot_from_another_folder_is_refused(
    slots: KeySlots, full: tuple[bytes, str], tmp_path: Path
) -> None:
    other = KeySlots(tmp_path / "other.json", CHEAP)
    other.add_passphrase(other.create(), PASSPHRASE)
    body = json.loads((tmp_path / "keyslots.json").read_bytes())
    body.pop("sha256")
    foreign = json.loads((tmp_path / "other.json").read_bytes())["slots"]
    overwrite(tmp_path, _with_checksum({**body, "slots": foreign}))
    with pytest.raises(PassphraseWrong):
        slots.unlock_passphrase(PASSPHRASE)


def test_a_key_that_opens_but_is_not_the_folders_is_damage(
    slots: KeySlots, full: tuple[bytes, str], tmp_path: Path
) -> None:
    body = json.loads((tmp_path / "keyslots.json").read_bytes())
    body.pop("sha256")
    overwrite(tmp_path, _with_checksum({**body, "key_check": "00" * 16}))
    with pytest.raises(DataDamaged):
        slots.unlock_passphrase(PASSPHRASE)


@pytest.mark.parametrize(
    "change",
    [
        {"slots": []},
        {"slots": "x"},
        {"slots": [None]},
        {"slots": [{"method": "telepathy", "sealed": "00" * 60}]},
        {"slots": [{"method": "keyring", "entry": "", "sealed": "00" * 60}]},
        {"slots": [{"method": "recovery", "salt": "00" * 16, "sealed": "00" * 59}]},
        {"slots": [{"method": "recovery", "salt": "00" * 16, "sealed": "00" * 60}] * 2},
        {"folder": 7},
        {"key_check": "zz" * 16},
        {"format": "something-else"},
    ],
)
def test_a_file_that_makes_no_sense_is_damage(
    slots: KeySlots, full: tuple[bytes, str], tmp_path: Path, change: dict[str, object]
) -> None:
    body = json.loads((tmp_path / "keyslots.json").read_bytes())
    body.pop("sha256")
    overwrite(tmp_path, _with_checksum({**body, **change}))
    before = (tmp_path / "keyslots.json").read_bytes()
    with pytest.raises(DataDamaged):
        slots.methods()
    assert (tmp_path / "keyslots.json").read_bytes() == before


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 1 << 40, "passes": 1, "lanes": 1},
        {"memory_kib": 8, "passes": 1 << 30, "lanes": 1},
        {"memory_kib": 8, "passes": 1, "lanes": 1000},
        {"memory_kib": 8.0, "passes": 1, "lanes": 1},
        {"memory_kib": True, "passes": 1, "lanes": 1},
    ],
)
def test_absurd_costs_are_damage_before_they_cost_anything(
    slots: KeySlots, full: tuple[bytes, str], tmp_path: Path, cost: dict[str, object]
) -> None:
    body = json.loads((tmp_path / "keyslots.json").read_bytes())
    body.pop("sha256")
    body["slots"][1] |= cost
    overwrite(tmp_path, _with_checksum(body))
    with pytest.raises(DataDamaged):
        slots.unlock_passphrase(PASSPHRASE)


def test_a_newer_file_is_refused_politely(slots: KeySlots, full: tuple[bytes, str], tmp_path: Path) -> None:
    body = json.loads((tmp_path / "keyslots.json").read_bytes())
    body.pop("sha256")
    overwrite(tmp_path, _with_checksum({**body, "version": 2}))
    with pytest.raises(NewerData) as newer:
        slots.methods()
    assert newer.value.params == {"found": 2, "known": 1}


def test_rendering_and_parsing_are_inverse(slots: KeySlots, full: tuple[bytes, str], tmp_path: Path) -> None:
    data = (tmp_path / "keyslots.json").read_bytes()
    assert render_key_file(parse_key_file(data)) == data


def test_too_little_memory_is_not_a_wrong_passphrase(
    slots: KeySlots, full: tuple[bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise keyslots.HashingError("Memory allocation error")

    monkeypatch.setattr(keyslots, "hash_secret_raw", refuse)
    with pytest.raises(UnsupportedHere):
        slots.unlock_passphrase(PASSPHRASE)


def test_the_shipped_cost(tmp_path: Path) -> None:
    assert Argon2Cost(64 * 1024, 3, 4) == DEFAULT_COST
    slots = KeySlots(tmp_path / "keyslots.json")
    key = slots.create()
    slots.add_passphrase(key, PASSPHRASE)
    assert KeySlots(tmp_path / "keyslots.json", CHEAP).unlock_passphrase(PASSPHRASE) == key


def _with_checksum(body: dict[str, object]) -> bytes:
    """What someone who knows the format would write."""
    import hashlib

    canonical = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(b"breakwater keyslots\n" + canonical).hexdigest()
    return json.dumps({**body, "sha256": digest}).encode()
