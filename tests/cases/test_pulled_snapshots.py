"""What a source of snapshots may send: damaged, empty, endless, or a way to this machine."""

import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from barometer.manifest import Manifest, manifest_path
from barometer.pointer import POINTER, SCHEMA_VERSION, current_snapshot, published_snapshots
from barometer.snapshot import schema_sql
from etl import pull as pulling
from etl.errors import SourceUnavailableError
from etl.network.limited import Bounds
from etl.pull import pull
from etl.workspace import Workspace
from tests.snapshots import build_snapshot

NAME = "barometer-20261122-synthetic-0123ab.duckdb"
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


class Bucket:
    """A server whose every path is a function of the handler."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        bucket = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                bucket.asked.append(self.path)
                bucket.answers.get(self.path, _missing)(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/folder"

    def put(self, path: Path, *, name: str = NAME, manifest: Manifest | None = None) -> None:
        """A whole publication."""
        self.answers[f"/folder/{name}"] = sends(path.read_bytes())
        described = manifest or Manifest.of(path, name=name)
        self.answers[f"/folder/{name}.sha256"] = sends(str(described).encode())
        self.answers[f"/folder/{POINTER}"] = sends(name.encode())


def _missing(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


def sends(body: bytes) -> Answer:
    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def sends_without_end(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 65_536)
    except OSError:
        return


def redirects_to(address: str) -> Answer:
    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", address)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    found = Bucket()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "here")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_snapshot(tmp_path_factory.mktemp("good") / NAME)


@pytest.fixture
def served(bucket: Bucket, workspace: Workspace, good: Path) -> Path:
    """A good snapshot that is served already, under another name."""
    name = NAME.replace(".duckdb", ".2.duckdb")
    bucket.put(good, name=name)
    found = pull(workspace, bucket.address)
    assert found is not None
    return found


def refused(bucket: Bucket, workspace: Workspace, served: Path, *, because: str) -> str:
    with pytest.raises(SourceUnavailableError, match=because) as caught:
        pull(workspace, bucket.address)
    assert current_snapshot(workspace.published).path == served
    assert published_snapshots(workspace.published) == (served,)
    assert list(workspace.candidate.iterdir()) == []
    return str(caught.value)


@pytest.mark.parametrize("place", [1, 7, 20, 39])
def test_one_changed_byte_is_refused(
    bucket: Bucket, workspace: Workspace, served: Path, good: Path, tmp_path: Path, place: int
) -> None:
    body = bytearray(good.read_bytes())
    body[len(body) * place // 40] ^= 0x55
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_bytes(body)
    bucket.put(damaged, manifest=Manifest.of(good, name=NAME))
    refused(bucket, workspace, served, because="size and checksum of its manifest")


def database(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as con:
        for statement in statements:
            con.execute(statement)
    return path


ROW = (
    f"SELECT '20261122-synthetic-0123ab' AS snapshot_id, now() AS built_at, '1' AS code_version,"
    f" {SCHEMA_VERSION} AS schema_version, 'x' AS inputs_sha256, 'synthetic' AS origin,"
    " 'api' AS api, []::VARCHAR[] AS lacking, []::VARCHAR[] AS gaps"
)


@pytest.mark.parametrize(
    ("statements", "because"),
    [
        ([f"CREATE TABLE snapshot AS {ROW}"], "it lacks areas"),
        (["CREATE TABLE t (x INTEGER)"], "no table snapshot"),
        ([f"CREATE VIEW snapshot AS {ROW}"], "no table snapshot"),
        ([schema_sql(), f"INSERT INTO snapshot {ROW}", "CREATE VIEW v AS SELECT 1"], "a view"),
        ([schema_sql(), f"INSERT INTO snapshot {ROW}", "CREATE MACRO f(x) AS x"], "a function"),
        ([schema_sql(), f"INSERT INTO snapshot {ROW}", "CREATE TABLE more (x INT)"], "not belong"),
        ([schema_sql(), f"INSERT INTO snapshot {ROW}"], "areas is empty"),
    ],
)
def test_what_has_not_the_tables_of_a_snapshot_is_refused(
    bucket: Bucket,
    workspace: Workspace,
    served: Path,
    tmp_path: Path,
    statements: list[str],
    because: str,
) -> None:
    bucket.put(database(tmp_path / "odd.duckdb", *statements))
    refused(bucket, workspace, served, because=because)


def test_a_view_reads_no_file_and_no_message_quotes_one(
    bucket: Bucket, workspace: Workspace, served: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the operator's secret\n")
    view = f"SELECT content AS snapshot_id, {SCHEMA_VERSION} AS schema_version"
    reading = f"CREATE VIEW snapshot AS {view} FROM read_text('{secret}')"
    bucket.put(database(tmp_path / "view.duckdb", reading))
    assert "secret" not in refused(bucket, workspace, served, because="is no snapshot")


@pytest.mark.parametrize("table", ["snapshot", "areas", "indicators", "indicator_values"])
def test_a_snapshot_without_figures_is_refused(
    bucket: Bucket, workspace: Workspace, served: Path, good: Path, tmp_path: Path, table: str
) -> None:
    hollow = tmp_path / "hollow.duckdb"
    hollow.write_bytes(good.read_bytes())
    bucket.put(database(hollow, f"DELETE FROM {table}"))
    refused(bucket, workspace, served, because="is empty" if table != "snapshot" else "another id")


def test_a_name_longer_than_a_file_may_have_names_no_snapshot(
    bucket: Bucket, workspace: Workspace, served: Path, good: Path
) -> None:
    bucket.put(good, name=f"barometer-{'a' * 240}.duckdb")
    refused(bucket, workspace, served, because="names no snapshot")
    pointer = served.with_name(POINTER)
    pointer.write_text(f"barometer-{'a' * 240}.duckdb")
    assert current_snapshot(workspace.published).path == served


def test_a_manifest_of_a_petabyte_is_none(
    bucket: Bucket, workspace: Workspace, served: Path, good: Path
) -> None:
    bucket.put(good, manifest=replace(Manifest.of(good, name=NAME), size=10**15 - 1))
    refused(bucket, workspace, served, because="no snapshot has so many")


@pytest.mark.parametrize("status", [302, 304])
def test_a_redirect_to_nowhere_is_told_by_its_number(
    bucket: Bucket, workspace: Workspace, served: Path, good: Path, status: int
) -> None:
    bucket.put(good)
    bucket.answers[f"/folder/{POINTER}"] = lambda handler: handler.send_error(status)
    refused(bucket, workspace, served, because=f"gives no pointer .HTTP {status}")


@pytest.mark.parametrize("suffix", ["", ".sha256"])
def test_redirects_are_not_followed(
    bucket: Bucket, workspace: Workspace, served: Path, good: Path, suffix: str
) -> None:
    bucket.put(good)
    bucket.answers["/elsewhere"] = bucket.answers[f"/folder/{NAME}{suffix}"]
    bucket.answers[f"/folder/{NAME}{suffix}"] = redirects_to("/elsewhere")
    refused(bucket, workspace, served, because="redirects to another address")
    assert "/elsewhere" not in bucket.asked


@pytest.mark.parametrize("name", [POINTER, f"{NAME}.sha256", NAME])
def test_an_endless_answer_is_cut_off(
    bucket: Bucket, workspace: Workspace, served: Path, good: Path, name: str
) -> None:
    bucket.put(good)
    bucket.answers[f"/folder/{name}"] = sends_without_end
    refused(bucket, workspace, served, because="sends more than the expected")


def test_a_dripping_answer_is_left(
    bucket: Bucket,
    workspace: Workspace,
    served: Path,
    good: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bucket.put(good)
    monkeypatch.setattr(pulling, "_SMALL", Bounds(max_bytes=1_000, seconds=-1))
    refused(bucket, workspace, served, because="takes too long")


def test_stubs_in_a_row_remove_nothing(
    bucket: Bucket, workspace: Workspace, served: Path, tmp_path: Path
) -> None:
    stub = database(tmp_path / "stub.duckdb", f"CREATE TABLE snapshot AS {ROW}")
    for number in range(3, 7):
        bucket.put(stub, name=NAME.replace(".duckdb", f".{number}.duckdb"))
        refused(bucket, workspace, served, because="is no snapshot")
    assert manifest_path(served).exists()
