"""Fetch the snapshot that another machine has published: from a bucket or any folder on the web.

The source holds what a folder `published` holds: barometer-<id>.duckdb, its manifest
barometer-<id>.duckdb.sha256, and CURRENT, which names the one to serve. Whoever fills it writes
the snapshot and its manifest first and CURRENT last; here too the pointer moves only when the whole
file has arrived, has the manifest's checksum, and is a snapshot with the tables of this release.
"""

from pathlib import Path
from typing import Final

import duckdb
import httpx

from barometer.manifest import SUFFIX, Manifest, read_manifest
from barometer.pointer import (
    POINTER,
    current_snapshot,
    is_snapshot_name,
    point_to,
    published_snapshots,
    snapshot_id_of,
)
from etl.errors import SourceUnavailableError
from etl.network.calls import require_address
from etl.network.download import Progress, open_client, read_small, read_to_file
from etl.network.limited import Bounds
from etl.publish.candidate import StructureError, require_tables
from etl.publish.hold import read_hold
from etl.publish.publishing import publish_copy, require_unused
from etl.version import SCHEMA_VERSION
from etl.workspace import Workspace, open_read_only

PULLED: Final = "pulled.duckdb"
SLOWEST: Final = 50_000  # bytes a second
_SMALL: Final = Bounds(
    max_bytes=1_000, seconds=15, bytes_per_second=10
)  # the pointer and the manifest


def pull(
    workspace: Workspace,
    address: str,
    *,
    progress: Progress = lambda *_: None,
    even_if_held: bool = False,
) -> Path | None:
    """Publish here what the source points to; None when that is served already, or is on hold.

    Stopped at any point, the old snapshot goes on being served and the next pull begins anew.

    Raises:
        SourceUnavailableError: the source gives no pointer or no manifest, or not the whole file,
            or another thing than name and manifest say.
        NothingToPublishError: another file has been published here under that name.
    """
    address, published = require_address(address).rstrip("/"), workspace.published
    with open_client() as client:
        name = _pointed(client, f"{address}/{POINTER}")
        if read_hold(published).has_name(name) and not even_if_held:
            return None
        if published / name in published_snapshots(published):
            return _point(published / name)
        manifest = _manifest(client, address, name)
        require_unused(published, manifest)
        path = workspace.candidate / PULLED
        _download(client, f"{address}/{name}", path, manifest, progress=progress)
    try:
        _require_snapshot(path, manifest, address=address)
        return publish_copy(path, published_dir=published, manifest=manifest)
    finally:
        path.unlink(missing_ok=True)


def _point(snapshot: Path) -> Path | None:
    """The source points to a snapshot that is kept here: after a rollback, or a lost pointer."""
    manifest = read_manifest(snapshot)
    if manifest is not None and not manifest.fits(snapshot):
        raise SourceUnavailableError(
            f"{snapshot.name} is damaged here: remove that file and pull again"
        )
    current = current_snapshot(snapshot.parent)
    if current.path == snapshot and current.warning is None:
        return None
    point_to(snapshot)
    return snapshot


def _pointed(client: httpx.Client, address: str) -> str:
    try:
        text = read_small(client, address, _SMALL).decode("utf-8", errors="replace")
    except httpx.HTTPError as error:
        raise SourceUnavailableError(
            f"{address} gives no pointer ({_why(error)}): is the folder's address right, and does "
            "whoever publishes there write CURRENT?"
        ) from error
    name = text.strip()
    if not is_snapshot_name(name):
        raise SourceUnavailableError(
            f"{address} names no snapshot: it must hold the name of a file in the same folder, "
            "barometer-<id>.duckdb, and nothing else"
        )
    return name


def _manifest(client: httpx.Client, address: str, name: str) -> Manifest:
    where = f"{address}/{name}{SUFFIX}"
    try:
        manifest = Manifest.parse(read_small(client, where, _SMALL).decode("utf-8", "replace"))
    except (httpx.HTTPError, ValueError) as error:
        reason = _why(error) if isinstance(error, httpx.HTTPError) else str(error)
        raise SourceUnavailableError(
            f"{where} gives no manifest ({reason}), without which nothing is published: copy the "
            f"snapshot's {SUFFIX} file to the source before CURRENT"
        ) from error
    if manifest.name != name:
        raise SourceUnavailableError(f"{where} is the manifest of another snapshot: pull again")
    return manifest


def _download(
    client: httpx.Client, address: str, path: Path, manifest: Manifest, *, progress: Progress
) -> None:
    bounds = Bounds(manifest.size, seconds=60 + manifest.size / SLOWEST)
    try:
        read_to_file(client, address, path, bounds, progress=progress)
    except httpx.HTTPError as error:
        raise SourceUnavailableError(
            f"{address} did not arrive whole ({_why(error)}). The snapshot here goes on being "
            "served: pull again; the snapshot must be there before CURRENT is"
        ) from error
    if not manifest.fits(path):
        path.unlink()
        raise SourceUnavailableError(
            f"{address} does not have the size and checksum of its manifest: it was damaged on "
            "its way or at the source. The snapshot here goes on being served: pull again"
        )


def _require_snapshot(path: Path, manifest: Manifest, *, address: str) -> None:
    """What arrived has this release's tables and nothing else, and is what its name says."""
    edition = snapshot_id_of(Path(manifest.name))
    try:
        with open_read_only(path) as con:
            _require_schema_version(con, edition, address)
            require_tables(con)
            _require_figures(con)
            rows = con.execute("SELECT snapshot_id FROM snapshot").fetchall()
    except (duckdb.Error, StructureError) as error:
        reason = str(error) if isinstance(error, StructureError) else "it cannot be opened"
        raise SourceUnavailableError(
            f"what {address} sent as {edition} is no snapshot ({reason}): publish it at the source "
            "with the release that runs here"
        ) from error
    snapshot_id = rows[0][0] if len(rows) == 1 else None
    # A file's name is its snapshot's id, with a number when there are several of that id.
    if snapshot_id is None or snapshot_id not in (edition, edition.rpartition(".")[0]):
        raise SourceUnavailableError(f"what {address} sent as {edition} has another id inside")


def _require_schema_version(con: duckdb.DuckDBPyConnection, edition: str, address: str) -> None:
    """Asked only of a table: a view would be run."""
    tables = con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    if ("snapshot",) not in tables:
        raise StructureError("it has no table snapshot")
    rows = con.execute("SELECT CAST(schema_version AS INTEGER) FROM snapshot").fetchall()
    if rows and rows[0][0] != SCHEMA_VERSION:
        raise SourceUnavailableError(
            f"{edition} of {address} has schema {rows[0][0]} and this code reads {SCHEMA_VERSION}: "
            "run the same release here as there"
        )


def _require_figures(con: duckdb.DuckDBPyConnection) -> None:
    for table in ("areas", "indicators", "indicator_values"):
        if not con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall():
            raise StructureError(f"its table {table} is empty")


def _why(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return type(error).__name__
