from pathlib import Path

import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.document import Site
from barometer.ui.factory import create_app
from tests.hundred import publish_hundred
from tests.pipeline import National
from tests.snapshots import publish_snapshot


def settings_of(data_dir: Path) -> Settings:
    return Settings(data_dir, "127.0.0.1", 8050, 1, "")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    publish_snapshot(folder / "published")
    return folder


@pytest.fixture(scope="module")
def context(data_dir: Path) -> Context:
    settings = settings_of(data_dir)
    return Context(settings, Store(settings.published_dir), load_catalogue())


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A hundred areas that can be followed up."""
    folder = tmp_path_factory.mktemp("many")
    publish_hundred(folder / "published")
    settings = settings_of(folder)
    return Context(settings, Store(settings.published_dir), load_catalogue())


@pytest.fixture(scope="module")
def site(context: Context) -> Site:
    return create_app(context.settings, context.store, context.catalogue)


@pytest.fixture(scope="module")
def client(site: Site) -> FlaskClient:
    return site.server.test_client()


@pytest.fixture
def empty_site(tmp_path: Path) -> Site:
    settings = settings_of(tmp_path)
    return create_app(settings, Store(settings.published_dir), load_catalogue())


@pytest.fixture
def national_client(national_snapshot: National) -> FlaskClient:
    settings = settings_of(national_snapshot.data_dir)
    return create_app(
        settings, Store(settings.published_dir), load_catalogue()
    ).server.test_client()
