"""The source on the map's edge: an agency's only where the figures stand as it published them."""

from pathlib import Path

import pytest

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.map.files import _programs, origin
from barometer.ui.pages.map.state import read_state
from tests.snapshots import publish_snapshot

CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> Context:
    folder: Path = tmp_path_factory.mktemp("genuine")
    publish_snapshot(folder / "published", origin="scb")
    settings = Settings(folder, "127.0.0.1", 8050, 1, "")
    return Context(settings, Store(settings.published_dir), CATALOGUE)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?indicator=low_standard_children&level=regso&year=2024", "Källa: SCB, TAB6685"),
        ("?indicator=foreign_background&level=regso&year=2024", "Beräknat ur SCB, TAB6571"),
        (
            "?indicator=foreign_background&level=regso&year=2024&lang=en",
            "Computed from Statistics Sweden (SCB), TAB6571",
        ),
    ],
)
def test_what_is_computed_has_no_agency_as_its_source(
    genuine: Context, query: str, told: str
) -> None:
    with genuine.store.reader() as reader:
        assert origin(read_state(genuine, reader, query)).startswith(told)


def test_the_way_to_the_api_leads_to_its_page(genuine: Context) -> None:
    with genuine.store.reader() as reader:
        links = str(_programs(read_state(genuine, reader, "?level=regso")))
    assert "href='/data/api" in links
