"""A snapshot that is damaged after it was published: the one before is served, and it is said."""

import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.manifest import Manifest, write_manifest
from barometer.pointer import point_to, published_snapshots, snapshot_name
from barometer.settings import Settings
from barometer.store import CHECK_SECONDS, NoSnapshotError, Store
from barometer.ui.factory import create_app
from barometer.ui.server import warm
from tests.snapshots import SNAPSHOT_ID, build_snapshot

ASKED = (
    *("/health", "/values?level=deso", "/api/v1/indices.csv", "/api/v1/areas.json"),
    *("/export/csv?level=regso", "/api/v1/values.json?indicator=population"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = build_snapshot(tmp_path_factory.mktemp("built") / snapshot_name(SNAPSHOT_ID))
    return path.read_bytes()


def put(folder: Path, name: str, body: bytes, *, age: int) -> Path:
    """A sealed snapshot with its manifest."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / snapshot_name(name)
    path.write_bytes(body)
    os.utime(path, ns=(10**18 - age, 10**18 - age))
    path.chmod(0o444)
    write_manifest(Manifest.of(path), folder)
    point_to(path)
    return path


def damage(path: Path) -> None:
    """Change 39 bytes."""
    body = bytearray(path.read_bytes())
    for place in range(1, 40):
        body[len(body) * place // 40] ^= 0x55
    path.chmod(0o644)
    path.write_bytes(body)
    path.chmod(0o444)


def truncate(path: Path) -> None:
    path.chmod(0o644)
    os.truncate(path, path.stat().st_size // 2)
    path.chmod(0o444)


def site(data_dir: Path) -> FlaskClient:
    settings = Settings(data_dir, "127.0.0.1", 8050, 1, "")
    store = Store(settings.published_dir, clock=_Clock())
    return create_app(settings, store, load_catalogue()).server.test_client()


class _Clock:
    """Time that passes so fast that every request looks at the pointer."""

    now = 0.0

    def __call__(self) -> float:
        self.now += CHECK_SECONDS
        return self.now


@pytest.mark.parametrize("harm", [damage, truncate])
def test_the_snapshot_before_is_served(tmp_path: Path, built: bytes, harm: object) -> None:
    put(tmp_path / "published", "old", built, age=1)
    harm(put(tmp_path / "published", "new", built, age=0))
    client = site(tmp_path)
    for path in ASKED:
        assert client.get(path).status_code == 200, path
    health = client.get("/health").get_json()
    assert health["status"] == "degraded"
    assert snapshot_name("new") in health["fault"]
    assert str(tmp_path) not in client.get("/health").text


@pytest.mark.parametrize("harm", [damage, truncate])
def test_damage_under_a_running_site_is_noticed_when_it_is_met(
    tmp_path: Path, built: bytes, harm: object
) -> None:
    put(tmp_path / "published", "old", built, age=1)
    new = put(tmp_path / "published", "new", built, age=0)
    client = site(tmp_path)
    assert client.get("/health").get_json()["status"] == "ok"
    harm(new)
    assert {client.get(path).status_code for path in ASKED} == {200}
    store = Store(tmp_path / "published")
    store.verify()
    with store.reader() as reader:
        assert reader.edition == "old"


@pytest.mark.parametrize("harm", [damage, truncate])
def test_without_another_one_the_site_starts_and_says_so(
    tmp_path: Path, built: bytes, harm: object
) -> None:
    harm(put(tmp_path / "published", "new", built, age=0))
    client = site(tmp_path)
    warm(client.application)
    for path in ASKED:
        assert client.get(path).status_code == 503, path
    assert client.get("/karta").status_code == 200
    assert snapshot_name("new") in client.get("/status").text
    with (
        pytest.raises(NoSnapshotError, match=r"cannot be read|damaged"),
        Store(tmp_path / "published").reader(),
    ):
        pass


def test_a_mended_file_is_tried_again(tmp_path: Path, built: bytes) -> None:
    new = put(tmp_path / "published", "new", built, age=0)
    damage(new)
    client = site(tmp_path)
    assert client.get("/values").status_code == 503
    new.unlink()
    put(tmp_path / "published", "new", built, age=0)
    assert client.get("/values").status_code == 200


def test_listing_while_files_come_and_go_never_fails(tmp_path: Path) -> None:
    names = [snapshot_name(f"s{number}") for number in range(20)]
    for name in names:
        (tmp_path / name).write_bytes(b"x")
        (tmp_path / name).chmod(0o444)
    listed = tmp_path.glob

    class Vanishing(type(tmp_path)):
        """A folder whose files are removed as soon as they are listed."""

        def glob(self, pattern: str, **_: object) -> object:
            for path in listed(pattern):
                path.unlink()
                yield path

    assert published_snapshots(Vanishing(tmp_path)) == ()
