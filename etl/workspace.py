"""A data folder: what lies in it, who is at work in it, and what is published from it.

Imports nothing heavy: `make run` asks here, on every start, whether there is anything to do.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
from filelock import FileLock, Timeout

from barometer.pointer import current_snapshot
from barometer.snapshot import difference
from etl.errors import PipelineError
from etl.version import SCHEMA_VERSION

_CANNOT_WRITE: Final = "Could not write file"  # DuckDB, when a commit fails for want of space
_NO_ACCESS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_FOLDER_FAULTS: Final = (
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EEXIST,
    errno.EISDIR,
    errno.ELOOP,
    errno.ENAMETOOLONG,
    errno.EIO,
    errno.ESTALE,
)


class LockedError(PipelineError):
    """Another run is at work in the same data folder: wait for it."""


class FolderError(PipelineError):
    """The data folder cannot be used: its rights or the space on its disk."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A data folder and what lies in it."""

    data_dir: Path

    @property
    def published(self) -> Path:
        """Published snapshots and the pointer."""
        return self.data_dir / "published"

    @property
    def candidate(self) -> Path:
        """Folder of the snapshot that is being built."""
        return self.data_dir / "candidate"

    @property
    def bronze(self) -> Path:
        """SCB's raw answers."""
        return self.data_dir / "bronze"

    @property
    def layers(self) -> Path:
        """Boundaries from SCB's geodata service."""
        return self.bronze / "geodata"

    @property
    def archive(self) -> Path:
        """What other agencies answered, kept by date."""
        return self.data_dir / "archive"

    @property
    def local(self) -> Path:
        """Own figures of whoever runs the site."""
        return self.data_dir / "local"

    @property
    def lists(self) -> Path:
        """Official lists of areas that the operator gives."""
        return self.data_dir / "lists"

    @property
    def own_areas(self) -> Path:
        """Own divisions of whoever runs the site."""
        return self.data_dir / "areas"

    @property
    def logs(self) -> Path:
        """Logs of the runs."""
        return self.data_dir / "logs"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs out of the folder; sentences for what can go wrong with a folder.

        Raises:
            LockedError: another run has it.
            FolderError: it cannot be written, or its disk is full.
        """
        with _disk_faults(self.data_dir):
            self.data_dir.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.data_dir / "run.lock", timeout=0)
            try:
                lock.acquire()
            except Timeout as error:
                raise LockedError(
                    f"another run is at work in {self.data_dir}: wait until it has ended"
                ) from error
            try:
                yield
            finally:
                lock.release()


def has_usable_snapshot(workspace: Workspace) -> bool:
    """Whether a snapshot of the present schema is published."""
    provenance, current = composed_of(workspace), current_snapshot(workspace.published).path
    if current is None or provenance is None or provenance[1] != SCHEMA_VERSION:
        return False
    with open_read_only(current) as con:
        return difference(con) is None


def origin_of_published(workspace: Workspace) -> str | None:
    """Where the published figures come from; None without a snapshot of the present schema."""
    if not has_usable_snapshot(workspace):
        return None
    current = current_snapshot(workspace.published).path
    if current is None:
        return None
    with open_read_only(current) as con:
        return str(con.execute("SELECT origin FROM snapshot").fetchall()[0][0])


def composed_of(workspace: Workspace) -> tuple[str, int, str] | None:
    """Inputs' checksum, schema and code version of the published snapshot; None without one."""
    current = current_snapshot(workspace.published).path
    return None if current is None else provenance_of(current)


def provenance_of(snapshot: Path) -> tuple[str, int, str] | None:
    """Inputs' checksum, schema and code version of a snapshot; None when it cannot be read."""
    try:
        with open_read_only(snapshot) as con:
            rows = con.execute(
                "SELECT inputs_sha256, schema_version, code_version FROM snapshot"
            ).fetchall()
    except duckdb.Error:
        return None
    return rows[0] if rows else None


def open_read_only(snapshot: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a snapshot, from which nothing in it can reach another file or the network.

    Raises:
        duckdb.Error: the file is no database.
    """
    return duckdb.connect(str(snapshot), read_only=True, config=_NO_ACCESS)


@contextmanager
def _disk_faults(folder: Path) -> Iterator[None]:
    """Sentences for a folder that cannot be written and a disk that is full."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FOLDER_FAULTS or not _lies_in(folder, error):
            raise
        raise FolderError(
            f"{folder} cannot be used: {os.strerror(error.errno)} ({error.filename or folder}). "
            "Free space or change its rights, or choose another with --data-dir; "
            "what is published stays, and the next run continues from what was kept"
        ) from error
    except duckdb.Error as error:
        if not isinstance(error, duckdb.IOException) and _CANNOT_WRITE not in str(error):
            raise
        raise FolderError(
            f"{folder} cannot be written: {error}. Free space on its disk and run again; "
            "what is published stays"
        ) from error


def _lies_in(folder: Path, error: OSError) -> bool:
    """Whether a fault is the data folder's: it names a file there, or the disk itself is full."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS):
        return True
    named = [
        Path(os.fsdecode(n))
        for n in (error.filename, error.filename2)
        if isinstance(n, str | bytes)
    ]
    home = folder.absolute()
    return any(
        home.is_relative_to(p.absolute()) or p.absolute().is_relative_to(home) for p in named
    )
