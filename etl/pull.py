"""Fetch the snapshot that another machine has published: from a bucket or any folder on the web.

The source holds what a folder `published` holds: barometer-<id>.duckdb and CURRENT, which names the
one to serve. Whoever fills it writes the snapshot first and CURRENT last; here too the pointer
moves only when the whole file has arrived, opens and is what its name says.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import duckdb
import httpx

from barometer.pointer import (
    POINTER,
    current_snapshot,
    point_to,
    published_snapshots,
    snapshot_id_of,
)
from etl.errors import SourceUnavailableError
from etl.publish import publish
from etl.version import SCHEMA_VERSION
from etl.workspace import Workspace

PULLED: Final = "pulled.duckdb"
_TIMEOUTS: Final = httpx.Timeout(connect=10, read=60, write=30, pool=60)
_LONGEST_POINTER: Final = 300

Heard = Callable[[int, int], None]
"""Hears how many bytes have come, of how many."""


def pull(workspace: Workspace, address: str, *, heard: Heard = lambda *_: None) -> Path | None:
    """Publish here what the source points to; None when that is what is served already.

    Stopped at any point, the old snapshot goes on being served and the next pull begins anew.

    Raises:
        SourceUnavailableError: the source gives no pointer, or not the whole file, or another
            thing than its name says.
    """
    address = address.rstrip("/")
    plain = {"Accept-Encoding": "identity"}
    with httpx.Client(timeout=_TIMEOUTS, headers=plain, follow_redirects=True) as http:
        name = _pointed(http, f"{address}/{POINTER}")
        here = workspace.published / name
        if here in published_snapshots(workspace.published):
            return _point(here)
        path = _download(http, f"{address}/{name}", workspace.candidate / PULLED, heard=heard)
    edition = snapshot_id_of(here)
    _require_snapshot(path, edition=edition, address=address)
    return publish(path, published_dir=workspace.published, snapshot_id=edition)


def _point(snapshot: Path) -> Path | None:
    """The source points to a snapshot that is kept here: after a rollback, or a lost pointer."""
    current = current_snapshot(snapshot.parent)
    if current.path == snapshot and current.warning is None:
        return None
    point_to(snapshot)
    return snapshot


def _pointed(http: httpx.Client, address: str) -> str:
    try:
        answer = http.get(address).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceUnavailableError(
            f"{address} gives no pointer ({_why(error)}): is the folder's address right, and does "
            "whoever publishes there write CURRENT?"
        ) from error
    name = answer.text[:_LONGEST_POINTER].strip()
    try:
        snapshot_id_of(Path(name))
    except ValueError as error:
        raise SourceUnavailableError(f"{address} names no snapshot ({error})") from error
    return name


def _download(http: httpx.Client, address: str, path: Path, *, heard: Heard) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    come = 0
    try:
        with http.stream("GET", address) as answer, path.open("wb") as file:
            answer.raise_for_status()
            size = int(answer.headers.get("Content-Length", 0))
            for piece in answer.iter_raw():
                come += file.write(piece)
                heard(come, size)
    except httpx.HTTPError as error:
        raise SourceUnavailableError(
            f"{address} did not arrive whole ({_why(error)}, {come:,} bytes came). The snapshot "
            "here goes on being served: pull again; the snapshot must be there before CURRENT is"
        ) from error
    return path


def _require_snapshot(path: Path, *, edition: str, address: str) -> None:
    """What arrived opens, is of the schema that this code reads, and is what its name says."""
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            rows = con.execute("SELECT snapshot_id, schema_version FROM snapshot").fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise SourceUnavailableError(
            f"what {address} sent as {edition} is no snapshot ({reason}): pull again"
        ) from error
    snapshot_id, schema = rows[0] if rows else (None, None)
    # A file's name is its snapshot's id, with a number when there are several of that id.
    if edition != snapshot_id and edition.rpartition(".")[0] != snapshot_id:
        raise SourceUnavailableError(f"what {address} sent as {edition} is {snapshot_id}")
    if schema != SCHEMA_VERSION:
        raise SourceUnavailableError(
            f"{edition} of {address} has schema {schema} and this code reads {SCHEMA_VERSION}: "
            "run the same release here as there"
        )


def _why(error: httpx.HTTPError | httpx.InvalidURL) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return f"{type(error).__name__} {error}".strip()
