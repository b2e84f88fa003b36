"""Snapshots that come from another machine: whole before the pointer, or not at all."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import duckdb
import pytest

from barometer.manifest import Manifest, manifest_path, write_manifest
from barometer.pointer import POINTER, current_snapshot, point_to, published_snapshots
from etl import pull as pulling
from etl.errors import SourceUnavailableError
from etl.publish.publishing import roll_back
from etl.pull import pull
from etl.version import SCHEMA_VERSION
from etl.workspace import Workspace
from tests.snapshots import build_snapshot

IDS = ("20261121-synthetic-aaaaaaaa", "20261122-synthetic-bbbbbbbb")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A folder on the web that keeps what it was asked for; may hang up in the middle."""

    asked: ClassVar[list[str]] = []
    half: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path not in self.half:
            super().do_GET()
            return
        body = Path(self.translate_path(self.path)).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def source(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A bucket: its address and its folder."""
    folder = tmp_path / "bucket"
    folder.mkdir()
    Quiet.asked, Quiet.half = [], set()
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", folder
    server.shutdown()
    server.server_close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "here")


def put(folder: Path, snapshot_id: str, *, says: str | None = None, schema: int = 0) -> Path:
    """Publish a snapshot in the bucket: the file, its manifest, the pointer."""
    path = folder / f"barometer-{snapshot_id}.duckdb"
    build_snapshot(path).chmod(0o644)
    with duckdb.connect(str(path)) as con:
        con.execute(
            "UPDATE snapshot SET snapshot_id = ?, schema_version = ?",
            [says or snapshot_id, schema or SCHEMA_VERSION],
        )
    return announce(path)


def announce(path: Path) -> Path:
    path.chmod(0o444)
    write_manifest(Manifest.of(path), path.parent)
    point_to(path)
    return path


def served(workspace: Workspace) -> str | None:
    current = current_snapshot(workspace.published)
    return current.path.name if current.path and not current.warning else None


def test_what_the_source_points_to_is_served_here(
    source: tuple[str, Path], workspace: Workspace
) -> None:
    address, folder = source
    there = put(folder, IDS[0])
    pulled = pull(workspace, address)
    assert pulled == workspace.published / there.name
    assert pulled.read_bytes() == there.read_bytes()
    assert pulled.stat().st_mode & 0o777 == 0o444
    assert served(workspace) == there.name


def test_a_snapshot_that_is_here_is_not_fetched_again(
    source: tuple[str, Path], workspace: Workspace
) -> None:
    address, folder = source
    put(folder, IDS[0])
    pull(workspace, address)
    Quiet.asked.clear()
    assert pull(workspace, address) is None
    (workspace.published / POINTER).unlink()
    assert pull(workspace, address) is not None
    assert (workspace.published / POINTER).read_text() == (folder / POINTER).read_text()
    assert Quiet.asked == ["/CURRENT", "/CURRENT"]


def test_a_rollback_at_the_source_is_followed_without_a_download(
    source: tuple[str, Path], workspace: Workspace
) -> None:
    address, folder = source
    old = put(folder, IDS[0])
    pull(workspace, address)
    put(folder, IDS[1])
    pull(workspace, address)
    point_to(old)
    Quiet.asked.clear()
    assert pull(workspace, address) == workspace.published / old.name
    assert served(workspace) == old.name
    assert Quiet.asked == ["/CURRENT"]


def test_half_a_file_is_never_served(source: tuple[str, Path], workspace: Workspace) -> None:
    address, folder = source
    old = put(folder, IDS[0])
    pull(workspace, address)
    new = put(folder, IDS[1])
    Quiet.half.add(f"/{new.name}")
    with pytest.raises(SourceUnavailableError, match=r"did not arrive whole.*pull again"):
        pull(workspace, address)
    assert served(workspace) == old.name
    assert [path.name for path in published_snapshots(workspace.published)] == [old.name]
    Quiet.half.clear()
    pull(workspace, address)
    assert served(workspace) == new.name


def test_the_file_is_whole_and_sealed_before_the_pointer_moves(
    source: tuple[str, Path], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder = source
    old = put(folder, IDS[0])
    pull(workspace, address)
    new = put(folder, IDS[1])

    def killed(snapshot: Path) -> None:
        assert snapshot.read_bytes() == new.read_bytes()
        assert snapshot.stat().st_mode & 0o777 == 0o444
        raise KeyboardInterrupt

    monkeypatch.setattr("etl.publish.publishing.point_to", killed)
    with pytest.raises(KeyboardInterrupt):
        pull(workspace, address)
    assert served(workspace) == old.name


def test_a_pointer_that_came_before_its_file_is_told_of(
    source: tuple[str, Path], workspace: Workspace
) -> None:
    address, folder = source
    old = put(folder, IDS[0])
    pull(workspace, address)
    new = put(folder, IDS[1])
    new.unlink()
    with pytest.raises(SourceUnavailableError, match=r"HTTP 404.*before CURRENT"):
        pull(workspace, address)
    assert served(workspace) == old.name


@pytest.mark.parametrize(
    "pointer",
    [
        *("", "../../etc/passwd", "barometer-a/../b.duckdb", "<html>", "x" * 900),
        *("../../barometer-x.duckdb", "/etc/barometer-x.duckdb", "x?y/barometer-x.duckdb"),
    ],
)
def test_a_pointer_names_a_snapshot_or_nothing(
    source: tuple[str, Path], workspace: Workspace, pointer: str
) -> None:
    address, folder = source
    (folder / POINTER).write_text(pointer)
    with pytest.raises(SourceUnavailableError, match="names no snapshot"):
        pull(workspace, address)
    assert Quiet.asked == ["/CURRENT"]


def test_what_is_not_what_its_name_says_is_refused(
    source: tuple[str, Path], workspace: Workspace
) -> None:
    address, folder = source
    put(folder, IDS[0], says=IDS[1])
    with pytest.raises(SourceUnavailableError, match=f"{IDS[0]} has another id"):
        pull(workspace, address)
    put(folder, IDS[1], schema=SCHEMA_VERSION + 1)
    with pytest.raises(SourceUnavailableError, match="run the same release here as there"):
        pull(workspace, address)
    page = folder / f"barometer-{IDS[0]}.2.duckdb"
    page.write_bytes(b"<html>")
    announce(page)
    with pytest.raises(SourceUnavailableError, match="no snapshot"):
        pull(workspace, address)
    assert published_snapshots(workspace.published) == ()


def test_a_numbered_name_is_taken_as_it_is(source: tuple[str, Path], workspace: Workspace) -> None:
    address, folder = source
    put(folder, f"{IDS[0]}.2", says=IDS[0])
    pull(workspace, address)
    assert served(workspace) == f"barometer-{IDS[0]}.2.duckdb"


def test_a_source_that_is_not_there_is_named(workspace: Workspace) -> None:
    with pytest.raises(
        SourceUnavailableError, match=r"http://127.0.0.1:1/CURRENT gives no pointer"
    ):
        pull(workspace, "http://127.0.0.1:1")
    assert pulling.PULLED not in [path.name for path in workspace.candidate.glob("*")]


def test_without_a_manifest_nothing_is_published(
    source: tuple[str, Path], workspace: Workspace
) -> None:
    address, folder = source
    manifest = manifest_path(put(folder, IDS[0]))
    text = manifest.read_text()
    for said in (None, "", "<html>", text.replace(IDS[0], IDS[1])):
        manifest.unlink() if said is None else manifest.write_text(said)
        with pytest.raises(SourceUnavailableError, match="manifest"):
            pull(workspace, address)
    assert published_snapshots(workspace.published) == ()
    assert f"/{manifest.name.removesuffix('.sha256')}" not in Quiet.asked


def test_what_was_rolled_back_from_here_is_not_pulled_again_until_told(
    source: tuple[str, Path], workspace: Workspace
) -> None:
    address, folder = source
    old = put(folder, IDS[0])
    pull(workspace, address)
    new = put(folder, IDS[1])
    pull(workspace, address)
    roll_back(workspace.published)
    assert pull(workspace, address) is None
    assert served(workspace) == old.name
    pull(workspace, address, even_if_held=True)
    assert served(workspace) == new.name
