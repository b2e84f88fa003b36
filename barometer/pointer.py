"""The path rule of published snapshots: how they are named, and which of them is served.

A snapshot gets a file name of its own and never changes; CURRENT names the one that is served and
is swapped atomically. A reader that finds no usable pointer serves the newest snapshot and says
why.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Final

POINTER: Final = "CURRENT"
SCHEMA_VERSION: Final = 6
"""Of barometer/schema.sql: raise it with every change that older snapshots cannot be read with."""
_FOLDER: Final = "the data folder's published/"
_LONGEST_POINTER: Final = 300  # characters
# 179: a file's name has room for 255, and drafts and manifests end in more than it.
_NAME = re.compile(r"barometer-(?P<id>[A-Za-z0-9][A-Za-z0-9_.-]{0,179})\.duckdb")


@dataclass(frozen=True, slots=True)
class Current:
    """The snapshot to serve; `warning` says what was wrong when the pointer did not name it."""

    path: Path | None
    warning: str | None = None


def snapshot_name(snapshot_id: str) -> str:
    """The file name of a snapshot.

    >>> snapshot_name("20250604-scb-1a2b3c")
    'barometer-20250604-scb-1a2b3c.duckdb'
    """
    name = f"barometer-{snapshot_id}.duckdb"
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"{snapshot_id!r} cannot name a file: use letters, digits, '.', '_', '-'")
    return name


def snapshot_id_of(path: Path) -> str:
    """The id in a snapshot's file name; ValueError when the name is no snapshot's."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise ValueError(f"{path.name} is not the name of a snapshot (barometer-<id>.duckdb)")
    return match["id"]


def is_snapshot_name(name: str) -> bool:
    """Whether a text is a snapshot's file name and nothing else, no path in particular."""
    return _NAME.fullmatch(name) is not None


def published_snapshots(published_dir: Path) -> tuple[Path, ...]:
    """Every sealed snapshot of a folder, newest first; none when there is no folder."""
    if not os.path.isdir(published_dir):  # noqa: PTH112 - False also where nobody may look
        return ()
    dated = ((_sealed_at(path), path) for path in published_dir.glob("barometer-*.duckdb"))
    sealed = [(moment, path.name, path) for moment, path in dated if moment is not None]
    return tuple(path for _, _, path in sorted(sealed, reverse=True))


def current_snapshot(published_dir: Path) -> Current:
    """The snapshot that the pointer names, or else the newest sealed one with the reason."""
    fault = _pointer_fault(published_dir)
    if fault is None:
        return Current(published_dir / _pointed_name(published_dir))
    newest = next(iter(published_snapshots(published_dir)), None)
    if newest is None:
        return Current(None, f"{fault}, and {_FOLDER} holds no snapshot: run make refresh")
    return Current(newest, f"{fault}: serving the newest snapshot, {newest.name}, instead")


def point_to(snapshot: Path) -> None:
    """Make a snapshot the current one of its folder: readers see the old or the new, never half."""
    snapshot_id_of(snapshot)
    pointer = snapshot.parent / POINTER
    draft = pointer.with_name(f"{POINTER}.{os.getpid()}.tmp")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(f"{snapshot.name}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(pointer)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(snapshot.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk, so that a power cut cannot undo them."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sealed_at(path: Path) -> int | None:
    """When a snapshot was written (ns); None unless it is sealed: publishing makes it read-only.

    The file may be removed by another process at any time, so it is asked about only once.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    sealed = S_ISREG(found.st_mode) and found.st_mode & 0o222 == 0
    return found.st_mtime_ns if sealed and is_snapshot_name(path.name) else None


def _pointed_name(published_dir: Path) -> str:
    with (published_dir / POINTER).open(encoding="utf-8") as file:
        return file.read(_LONGEST_POINTER).strip()


def _pointer_fault(published_dir: Path) -> str | None:
    """What is wrong with the pointer; None when it names a snapshot that is there.

    The sentence is public: it holds no path of the machine and nothing that the file holds.
    """
    try:
        if not S_ISREG((published_dir / POINTER).stat().st_mode):
            return f"{POINTER} is no file"
        name = _pointed_name(published_dir)
    except FileNotFoundError:
        return f"{POINTER} is missing"
    except UnicodeDecodeError:
        return f"{POINTER} cannot be read (it is no text)"
    except OSError as error:
        return f"{POINTER} cannot be read ({error.strerror})"
    if not is_snapshot_name(name):
        return f"{POINTER} does not name a snapshot"
    if not (published_dir / name).is_file():
        return f"{POINTER} names {name}, which is not there"
    return None
