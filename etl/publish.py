"""Seal a candidate under a name of its own, point to it, keep the last three; or point back."""

import os
import shutil
from pathlib import Path
from typing import Final

from barometer.pointer import (
    current_snapshot,
    point_to,
    published_snapshots,
    snapshot_id_of,
    snapshot_name,
    sync_folder,
)
from etl.errors import PipelineError

KEPT: Final = 3
_SEALED: Final = 0o444


class NothingToPublishError(PipelineError):
    """There is no candidate, or nothing to go back to."""


def publish(candidate: Path, *, published_dir: Path, snapshot_id: str) -> Path:
    """Publish a checked candidate; readers see the old snapshot until the last moment.

    Killed at any point, the old snapshot goes on being served: the pointer moves only when the new
    file is whole, on disk and read-only.
    """
    published_dir.mkdir(parents=True, exist_ok=True)
    target = _free_name(published_dir, snapshot_id)
    _move(candidate, target)
    point_to(target)
    prune(published_dir)
    return target


def roll_back(published_dir: Path, *, to: str | None = None) -> Path:
    """Point to the snapshot before the current one, or to the one with the id `to`."""
    listed = published_snapshots(published_dir)
    current = current_snapshot(published_dir).path
    if to is not None:
        wanted = [path for path in listed if snapshot_id_of(path) == to]
    else:
        wanted = list(listed[listed.index(current) + 1 :]) if current in listed else []
    if not wanted:
        ids = ", ".join(snapshot_id_of(path) for path in listed) or "none"
        what = f"no snapshot {to}" if to else "no snapshot older than the current one"
        raise NothingToPublishError(f"{published_dir} has {what}; it has: {ids}")
    point_to(wanted[0])
    return wanted[0]


def prune(published_dir: Path) -> tuple[Path, ...]:
    """Remove all but the last KEPT snapshots and what killed runs left; never the current one."""
    current = current_snapshot(published_dir).path
    old = [path for path in published_snapshots(published_dir)[KEPT:] if path != current]
    for path in (*old, *published_dir.glob("*.part"), *published_dir.glob("*.tmp")):
        path.unlink(missing_ok=True)
    return tuple(old)


def _free_name(published_dir: Path, snapshot_id: str) -> Path:
    """The snapshot's name; with a number when the same inputs were published before that day.

    DuckDB caches by path: a name is never used twice.
    """
    path = published_dir / snapshot_name(snapshot_id)
    number = 2
    while path.exists():
        path = published_dir / snapshot_name(f"{snapshot_id}.{number}")
        number += 1
    return path


def _move(candidate: Path, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        candidate.replace(part)
    except OSError:  # another file system
        shutil.copyfile(candidate, part)
        candidate.unlink()
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.chmod(_SEALED)
    part.replace(target)
    sync_folder(target.parent)
