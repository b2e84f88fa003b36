"""The path rule of published snapshots: how they are named, and which of them is served.

A snapshot gets a file name of its own and never changes; CURRENT names the one that is served and
is swapped atomically. A reader that finds no usable pointer serves the newest snapshot and says
why.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

POINTER: Final = "CURRENT"
SCHEMA_VERSION: Final = 3
"""Of barometer/schema.sql: raise it with every change that older snapshots cannot be read with."""
_NAME = re.compile(r"barometer-(?P<id>[A-Za-z0-9][A-Za-z0-9_.-]*)\.duckdb")


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


def published_snapshots(published_dir: Path) -> tuple[Path, ...]:
    """Every sealed snapshot of a folder, newest first; none when there is no folder."""
    if not published_dir.is_dir():
        return ()
    found = [path for path in published_dir.glob("barometer-*.duckdb") if _is_sealed(path)]
    return tuple(sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True))


def current_snapshot(published_dir: Path) -> Current:
    """The snapshot that the pointer names, or else the newest sealed one with the reason."""
    fault = _pointer_fault(published_dir)
    if fault is None:
        return Current(published_dir / _pointed_name(published_dir))
    newest = next(iter(published_snapshots(published_dir)), None)
    if newest is None:
        return Current(None, f"{fault}, and {published_dir} holds no snapshot: run make refresh")
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


def _is_sealed(path: Path) -> bool:
    """A snapshot is made read-only as the last step of publishing."""
    return (
        _NAME.fullmatch(path.name) is not None
        and path.is_file()
        and path.stat().st_mode & 0o222 == 0
    )


def _pointed_name(published_dir: Path) -> str:
    return (published_dir / POINTER).read_text(encoding="utf-8").strip()


def _pointer_fault(published_dir: Path) -> str | None:
    """What is wrong with the pointer, in words; None when it names a snapshot that is there."""
    pointer = published_dir / POINTER
    try:
        name = _pointed_name(published_dir)
    except FileNotFoundError:
        return f"{pointer} is missing"
    except (OSError, UnicodeDecodeError) as error:
        return f"{pointer} cannot be read ({error})"
    if _NAME.fullmatch(name) is None:
        return f"{pointer} does not name a snapshot ({name[:60]!r})"
    if not (published_dir / name).is_file():
        return f"{pointer} names {name}, which is not there"
    return None
