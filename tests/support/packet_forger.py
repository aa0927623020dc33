"""Changing packets the way an attacker would, and asking both verifiers about the result."""

import importlib.util
import io
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from made_packet import SEED, made_contents

from core.evidence.checkpoint import public_key
from core.export.layout import BAG_INFO, MANIFEST, SIGNATURE, SIGNER, TAG_MANIFEST
from core.export.packet import write_packet
from core.export.sshsig import sign, signer_line
from core.export.verify import PacketReport, verify_packet

Anchors = Sequence[tuple[int, bytes]]


def standalone() -> ModuleType:
    """The verifier that travels with packets, as a module."""
    path = Path(str(files("resources") / "packet" / "verify.py"))
    spec = importlib.util.spec_from_file_location("packet_verify", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_STANDALONE = standalone()


def write(folder: Path, *, as_zip: bool = False, items: int = 10, **changes: object) -> Path:
    """A real packet."""
    contents = made_contents(items, **changes)  # type: ignore[arg-type]
    return write_packet(
        contents, folder, as_zip=as_zip, seed=SEED, render_pdf=None, progress=lambda done, total: None
    )


def read_all(packet: Path) -> dict[str, bytes]:
    """Every file of a packet folder."""
    return {
        one.relative_to(packet).as_posix(): one.read_bytes() for one in packet.rglob("*") if one.is_file()
    }


def put(folder: Path, contents: dict[str, bytes]) -> Path:
    """These files as a folder."""
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def reseal(contents: dict[str, bytes], seed: bytes = SEED) -> dict[str, bytes]:
    """Manifests, counts and signature made to fit again, as someone with a key of their own would."""
    made = dict(contents)
    payload = [name for name in made if name.startswith("data/")]
    oxum = f"Payload-Oxum: {sum(len(made[name]) for name in payload)}.{len(payload)}"
    key = public_key(seed)
    lines = [
        oxum
        if line.startswith("Payload-Oxum")
        else f"Breakwater-Signer: {key.hex()}"
        if line.startswith("Breakwater-Signer")
        else line
        for line in made[BAG_INFO].decode().split("\n")
    ]
    made[BAG_INFO] = "\n".join(lines).encode()
    made[SIGNER] = signer_line(key).encode()
    made[MANIFEST] = _manifest(made, payload)
    tags = [name for name in made if "/" not in name and name not in (TAG_MANIFEST, SIGNATURE)]
    made[TAG_MANIFEST] = _manifest(made, tags)
    made[SIGNATURE] = sign(made[TAG_MANIFEST], seed).encode()
    return made


def _manifest(contents: dict[str, bytes], names: list[str]) -> bytes:
    return "".join(f"{sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(names)).encode()


def ask_both(
    packet: Path, *, key: bytes | None = None, anchors: Anchors = ()
) -> tuple[PacketReport, int, str]:
    """Our verifier's report, and the exit code and words of the standalone one."""
    report = verify_packet(packet, trusted_key=key, anchors=anchors)
    arguments = [str(packet)]
    if key is not None:
        arguments += ["--key", key.hex()]
    for size, root in anchors:
        arguments += ["--root", f"{size}:{root.hex()}"]
    said = io.StringIO()
    with redirect_stdout(said):
        code: int = _STANDALONE.main(arguments)
    return report, code, said.getvalue()


Change = Callable[[dict[str, bytes]], None]
