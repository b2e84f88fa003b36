"""SCB's own figures through the whole path: a server over the real folder, and a refresh of it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.pointer import current_snapshot
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.factory import create_app
from tests.pipeline import ROOT


@contextmanager
def emulating(folder: Path) -> Iterator[str]:
    """A server over a folder of tables, with SCB's limits; gives the API's address."""
    command = [sys.executable, "-m", "etl", "emulator", "--tables", str(folder), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert "http://" in said, f"the emulator said {said!r}"
            yield next(word.rstrip(";") for word in said.split() if word.startswith("http://"))
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def real_api(real_dir: Path) -> Iterator[str]:
    with emulating(real_dir / "tables") as address:
        yield address


@pytest.fixture(scope="session")
def snapshot(
    real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the published snapshot, for looking at: the site opens the other its own way."""
    published = current_snapshot(real_data / "published").path
    assert published is not None
    copy = shutil.copy(published, tmp_path_factory.mktemp("copy"))
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def site(real_data: Path) -> FlaskClient:
    """The site on the published snapshot, without a browser."""
    settings = Settings.from_env({"DATA_DIR": str(real_data)})
    app = create_app(settings, Store(settings.published_dir), load_catalogue())
    return app.server.test_client()
