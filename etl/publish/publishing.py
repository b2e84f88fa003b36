"""Seal a candidate under a name of its own, point to it, keep the last three; or point back.

A snapshot's manifest (size and checksum) is on disk before the pointer moves, and stays when the
snapshot is removed: a name is never used twice.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from barometer.manifest import Manifest, manifest_path, read_manifest, write_manifest
from barometer.pointer import (
    current_snapshot,
    point_to,
    published_snapshots,
    snapshot_id_of,
    snapshot_name,
    sync_folder,
)
from etl.errors import PipelineError
from etl.publish.hold import hold, release

KEPT: Final = 3
_SEALED: Final = 0o444


class NothingToPublishError(PipelineError):
    """There is no candidate, or nothing to go back to."""


def publish(candidate: Path, *, published_dir: Path, snapshot_id: str) -> Path:
    """Publish a checked candidate; readers see the old snapshot until the last moment.

    Killed at any point, the old snapshot goes on being served: the pointer moves only when the new
    file is whole, on disk, read-only and described by its manifest.
    """
    published_dir.mkdir(parents=True, exist_ok=True)
    name = _free_name(published_dir, snapshot_id).name
    return _publish_as(Manifest.of(candidate, name=name), candidate, published_dir)


def publish_copy(candidate: Path, *, published_dir: Path, manifest: Manifest) -> Path:
    """Publish another machine's snapshot under the name that it has there.

    Raises:
        NothingToPublishError: another file has been published here under that name.
    """
    published_dir.mkdir(parents=True, exist_ok=True)
    require_unused(published_dir, manifest)
    return _publish_as(manifest, candidate, published_dir)


def require_unused(published_dir: Path, manifest: Manifest) -> None:
    """Refuse a name that stands for another file here; see `publish_copy`."""
    target = published_dir / manifest.name
    before = read_manifest(target)
    if (before is None and target.exists()) or before not in (None, manifest):
        raise NothingToPublishError(
            f"{manifest.name} has been published here with other contents, and a name is never "
            "used twice: publish it under a new name at the source (python -m etl publish)"
        )


def roll_back(published_dir: Path, *, to: str | None = None) -> Path:
    """Point to the snapshot before the current one, or to the one with the id `to`.

    The snapshot that is left is on hold afterwards (`hold`): no scheduled run publishes it again by
    itself.
    """
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
    release(published_dir, wanted[0])
    if current is not None and current != wanted[0]:
        hold(published_dir, current)
    point_to(wanted[0])
    return wanted[0]


def prune(published_dir: Path) -> tuple[Path, ...]:
    """Remove all but the last KEPT snapshots and what killed runs left; never the current one."""
    current = current_snapshot(published_dir).path
    old = [path for path in published_snapshots(published_dir)[KEPT:] if path != current]
    for path in (*old, *published_dir.glob("*.part"), *published_dir.glob("*.tmp")):
        path.unlink(missing_ok=True)
    return tuple(old)


def _publish_as(manifest: Manifest, candidate: Path, published_dir: Path) -> Path:
    write_manifest(manifest, published_dir)
    target = published_dir / manifest.name
    _move(candidate, target)
    point_to(target)
    prune(published_dir)
    return target


def _free_name(published_dir: Path, snapshot_id: str) -> Path:
    """The snapshot's name; with a number when the same inputs were published before that day.

    DuckDB and browsers cache by name: the manifests tell which names have been used.
    """
    path = published_dir / snapshot_name(snapshot_id)
    number = 2
    while path.exists() or manifest_path(path).exists():
        path = published_dir / snapshot_name(f"{snapshot_id}.{number}")
        number += 1
    return path


def _move(candidate: Path, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        candidate.replace(part)
    except OSError:  # another file system
        _copy(candidate, part)
        candidate.unlink()
    _date_after(published_snapshots(target.parent), part)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.chmod(_SEALED)
    part.replace(target)
    sync_folder(target.parent)


def _copy(candidate: Path, part: Path) -> None:
    try:
        shutil.copyfile(candidate, part)
    except OSError:
        part.unlink(missing_ok=True)  # a full disk stays full until it is gone
        raise


def _date_after(published: Sequence[Path], part: Path) -> None:
    """Snapshots are in the order of their publication also where the clock has gone back."""
    newest = published[0].stat().st_mtime_ns if published else 0
    if part.stat().st_mtime_ns <= newest:
        os.utime(part, ns=(newest + 1, newest + 1))
