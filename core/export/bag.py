"""A BagIt folder (RFC 8493) being written: every file is hashed on its way to disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from core.export.archive import ZipWriter
from core.export.layout import MANIFEST, SIGNATURE, TAG_MANIFEST
from core.export.sshsig import sign

_CHUNK = 1 << 20


class HashingFile:
    """A file open for writing that knows its hash and size."""

    def __init__(self, descriptor: int) -> None:
        self._file = os.fdopen(descriptor, "wb")
        self._hash = sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Write and hash."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    def close(self) -> str:
        """Close; gives the SHA-256 in hexadecimal."""
        self._file.close()
        return self._hash.hexdigest()


class Bag:
    """The files of one bag. Names use `/`; each is written once, readable by the owner only.

    With an `archive` every file goes into it; `root` then only holds those still being written.
    """

    def __init__(self, root: Path, archive: ZipWriter | None = None) -> None:
        self._root = root
        self._archive = archive
        self._files: dict[str, tuple[str, int]] = {}
        self._folders = {root}

    def __contains__(self, name: str) -> bool:
        return name in self._files

    @contextmanager
    def open(self, name: str) -> Iterator[HashingFile]:
        """Write a file piece by piece."""
        path = self.path(name)
        file = HashingFile(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        digest = ""
        try:
            yield file
        finally:
            digest = file.close()
        self._take(name, path, digest, file.size)

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file."""
        if self._archive is None:
            with self.open(name) as file:
                file.write(data)
        else:
            self._archive.add_bytes(name, data)
            self._files[name] = (sha256(data).hexdigest(), len(data))

    def path(self, name: str) -> Path:
        """Where this file belongs; its folder exists afterwards."""
        path = self._root / name
        if path.parent not in self._folders:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folders.add(path.parent)
        return path

    def adopt(self, name: str) -> None:
        """Take in a file that something else wrote to `path(name)`."""
        digest = sha256()
        path = self._root / name
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        path.chmod(0o600)
        self._take(name, path, digest.hexdigest(), path.stat().st_size)

    def payload_oxum(self) -> str:
        """BagIt's octet and stream count of everything under `data/`."""
        sizes = [size for name, (_, size) in self._files.items() if name.startswith("data/")]
        return f"{sum(sizes)}.{len(sizes)}"

    def seal(self, seed: bytes) -> None:
        """Write both manifests and sign the one that covers everything."""
        self._write_manifest(MANIFEST, [name for name in self._files if name.startswith("data/")])
        listed = self._write_manifest(TAG_MANIFEST, [name for name in self._files if "/" not in name])
        self.write(SIGNATURE, sign(listed, seed).encode())

    def _take(self, name: str, path: Path, digest: str, size: int) -> None:
        self._files[name] = (digest, size)
        if self._archive is not None:
            self._archive.add_file(name, path)
            path.unlink()

    def _write_manifest(self, manifest: str, names: list[str]) -> bytes:
        listed = "".join(f"{self._files[name][0]}  {name}\n" for name in sorted(names)).encode()
        self.write(manifest, listed)
        return listed
