"""What is kept of an answer, and addresses that outlive the snapshot that they came with."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import duckdb
import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.pointer import point_to, snapshot_name
from barometer.store import CHECK_SECONDS, Store
from barometer.ui import api, serving
from barometer.ui.factory import create_app
from barometer.ui.serving import PIECES_KEPT, AssetStore, streamed
from tests.barometer.ui.conftest import settings_of
from tests.snapshots import build_snapshot, publish_snapshot

BR = {"Accept-Encoding": "br"}


@pytest.mark.parametrize(
    ("coding", "unpack"),
    [("br", brotli.Decompressor().process), ("gzip", zlib.decompressobj(wbits=31).decompress)],
)
def test_a_packed_stream_is_seen_to_come(
    client: FlaskClient, coding: str, unpack: Callable[[bytes], bytes]
) -> None:
    made: list[bytes] = []

    def pieces() -> Iterator[bytes]:
        for number in range(3 * PIECES_KEPT):
            made.append(b"%d;" % number)
            yield made[-1]

    with client.application.test_request_context(headers={"Accept-Encoding": coding}):
        stream = streamed(pieces(), media_type="text/csv").response
    state, behind = b"", []
    for packed in stream:
        state += unpack(packed)
        behind.append(len(b"".join(made)) - len(state))
        if len(made) == 2:
            assert state == b"0;1;"  # the heading and the first rows, at once
    assert state == b"".join(made)
    assert behind.count(0) >= 4


@pytest.fixture
def moving(tmp_path: Path) -> tuple[FlaskClient, Path]:
    """A site that looks at the pointer at every request, and its folder of snapshots."""
    settings = settings_of(tmp_path)
    publish_snapshot(settings.published_dir, snapshot_id="one")
    ticks = iter(range(0, 10**6, int(CHECK_SECONDS)))
    store = Store(settings.published_dir, clock=lambda: float(next(ticks)))
    app = create_app(settings, store, load_catalogue())
    return app.server.test_client(), settings.published_dir


def publish_with_other_boundaries(published: Path, snapshot_id: str) -> Path:
    path = build_snapshot(published / snapshot_name(snapshot_id))
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE map_layers SET sha256 = reverse(sha256)")
    path.chmod(0o444)
    point_to(path)
    return path


def test_a_shelf_holds_so_many_bytes_and_lets_go_of_the_oldest() -> None:
    made: list[str] = []

    def get(key: str) -> bytes:
        return shelf.get(key, None, lambda: made.append(key) or b"x" * 39, quality=1)

    shelf = AssetStore(max_bytes=100)
    for key in "abacb":
        assert get(key) == b"x" * 39
    assert made == ["a", "b", "c"]
    assert shelf.filled == 80
    get("a")
    assert made == ["a", "b", "c", "a"]


def test_what_has_no_room_is_answered_all_the_same() -> None:
    shelf = AssetStore(max_bytes=10)
    assert shelf.get("a", None, lambda: b"x" * 50, quality=1) == b"x" * 50
    assert shelf.filled == 0


def test_a_view_that_the_browser_has_is_not_made_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag = client.get("/values?level=kommun", headers=BR).headers["ETag"]
    monkeypatch.setattr(api, "map_view", lambda _: pytest.fail("made"))
    never_made = "/values?level=kommun&year=2023&method=jenks"
    again = client.get(never_made, headers=BR | {"If-None-Match": etag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert again.headers["Cache-Control"] == "no-cache"
    assert again.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/values?level=kommun", "/api/v1/indicators"])
def test_other_code_answers_anew(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str
) -> None:
    known = {"If-None-Match": client.get(path).headers["ETag"]}
    assert client.get(path, headers=known).status_code == 304
    (tmp_path / "words.py").write_text("OTHER = 1")
    monkeypatch.setattr(serving, "PACKAGE", tmp_path)
    serving.code.cache_clear()
    try:
        assert client.get(path, headers=known).status_code == 200
    finally:
        serving.code.cache_clear()


def test_addresses_of_a_page_live_on_when_the_pointer_moves(
    moving: tuple[FlaskClient, Path],
) -> None:
    client, published = moving
    before = client.get("/values?level=regso").get_json()
    publish_with_other_boundaries(published, "two")
    after = client.get("/values?level=regso").get_json()
    assert before["snapshot"] == "one"
    assert before["names"] != after["names"]
    assert before["layer"]["url"] != after["layer"]["url"]
    for view in (before, after):
        assert client.get(view["names"]).status_code == 200
        assert client.get(view["layer"]["url"], headers=BR).status_code == 200


def test_addresses_of_a_server_that_is_ahead_are_known(moving: tuple[FlaskClient, Path]) -> None:
    client, published = moving
    publish_with_other_boundaries(published, "two")
    ahead = client.get("/values?level=regso").get_json()
    point_to(published / snapshot_name("one"))
    assert client.get("/values?level=regso").get_json()["snapshot"] == "one"
    assert client.get(ahead["names"]).status_code == 200
    assert client.get(ahead["layer"]["url"], headers=BR).status_code == 200


def test_the_tag_of_an_answer_is_that_of_its_file(moving: tuple[FlaskClient, Path]) -> None:
    client, published = moving
    first = client.get("/values?level=regso").headers["ETag"]
    again = published / snapshot_name("one.2")
    again.write_bytes((published / snapshot_name("one")).read_bytes())
    again.chmod(0o444)
    point_to(again)
    assert client.get("/values?level=regso").headers["ETag"] != first
