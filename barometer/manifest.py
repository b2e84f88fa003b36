"""The manifest beside a published snapshot: its size and SHA-256 checksum.

    # 354123776 bytes
    9f86d081…0f00a08  barometer-20261129-scb-1a2b3c4d.duckdb

`sha256sum -c` reads it too. It stays when its snapshot is removed, so that the name is never used
for another one.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from barometer.pointer import sync_folder

SUFFIX: Final = ".sha256"
_PIECE: Final = 1 << 20
_LARGEST: Final = 50_000_000_000  # bytes: the whole country has 0.4
_FORM: Final = re.compile(
    r"# (?P<size>[0-9]{1,15}) bytes\n(?P<sha256>[0-9a-f]{64})  (?P<name>[^\n/\\]+)\n?"
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot's file must be; `size` in bytes."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path, *, name: str | None = None) -> Self:
        """The manifest of a file as it is now; `name` is that under which it is published."""
        return cls(name or path.name, path.stat().st_size, sha256_of(path))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The manifest in a text; ValueError when there is none in it."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError("it is no manifest (a line with the size, a line with the checksum)")
        if (size := int(match["size"])) > _LARGEST:
            raise ValueError(f"it tells of {size:,} bytes, and no snapshot has so many")
        return cls(match["name"], size, match["sha256"])

    def __str__(self) -> str:
        return f"# {self.size} bytes\n{self.sha256}  {self.name}\n"

    def fits(self, path: Path) -> bool:
        """Whether a file has this size and checksum; reads the whole file."""
        return path.stat().st_size == self.size and sha256_of(path) == self.sha256


def manifest_path(snapshot: Path) -> Path:
    """Where the manifest of a snapshot lies."""
    return snapshot.with_name(snapshot.name + SUFFIX)


def read_manifest(snapshot: Path) -> Manifest | None:
    """The manifest beside a snapshot; None without a readable one."""
    try:
        manifest = Manifest.parse(manifest_path(snapshot).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if manifest.name == snapshot.name else None


def write_manifest(manifest: Manifest, folder: Path) -> Path:
    """Write a manifest into the snapshot's folder, whole or not at all."""
    path = manifest_path(folder / manifest.name)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(str(manifest))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(folder)
    return path


def sha256_of(path: Path) -> str:
    """The SHA-256 checksum of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def is_intact(path: Path, *, without_manifest: bool = False) -> bool:
    """Whether a file has the size and checksum of its manifest; reads the whole file."""
    manifest = read_manifest(path)
    if manifest is None:
        return without_manifest
    try:
        return manifest.fits(path)
    except OSError:
        return False
