"""Figures built by another version of the barometer: the pages say so, and they are built again."""

from pathlib import Path

import duckdb
import pytest

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.factory import create_app
from barometer.ui.frame import framed
from barometer.ui.pages.place.page import PAGE
from etl.workspace import Workspace, has_usable_snapshot
from tests.barometer.ui.callbacks import said
from tests.snapshots import publish_snapshot


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The tiny country as a version built it that had no column for the sums."""
    path = publish_snapshot(tmp_path / "published")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("ALTER TABLE indicator_values DROP COLUMN summed_by")
    path.chmod(0o444)
    return tmp_path


def test_no_route_serves_figures_of_another_version(data_dir: Path) -> None:
    settings = Settings(data_dir, "127.0.0.1", 8050, 1, "")
    app = create_app(settings, Store(settings.published_dir), load_catalogue())
    client = app.server.test_client()
    for path in ("/values", "/api/v1/values?indicator=population", "/export/csv", "/health"):
        assert client.get(path).status_code == 503, path
    assert "made by another version of the barometer" in client.get("/status").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("", "gjorda av en annan version"), ("?lang=en", "made by another version")],
)
def test_a_reader_is_told_in_a_sentence(data_dir: Path, query: str, sentence: str) -> None:
    settings = Settings(data_dir, "127.0.0.1", 8050, 1, "")
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    words = " ".join(map(said, framed(PAGE, (PAGE,), context, query)))
    assert sentence in words
    assert "make run" in words
    assert "make refresh" in words


def test_what_another_version_built_counts_as_missing(data_dir: Path) -> None:
    assert not has_usable_snapshot(Workspace(data_dir))


def test_what_this_version_built_does_not(tmp_path: Path) -> None:
    publish_snapshot(tmp_path / "published")
    assert has_usable_snapshot(Workspace(tmp_path))
