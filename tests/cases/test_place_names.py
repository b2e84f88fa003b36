"""Places are found as people write them: in letters, in headings, in English, from Excel."""

from pathlib import Path

import pytest

from barometer.queries import search_places
from barometer.store import Store
from tests.snapshots import publish_snapshot


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("places") / "published"
    publish_snapshot(folder)
    return Store(folder)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        *(("Stockholms kommun", "0180"), ("stockholms stad", "0180"), ("Stockholm", "0180")),
        *(("stockholms kom", "0180"), ("uppsala st", "0380"), ("stock", "0180")),
        *(("Uppsala kommun", "0380"), ("kommunen Uppsala", "0380"), ("uppsala city", "0380")),
        *(("Municipality of Uppsala", "0380"), ("180", "0180"), ("380", "0380"), ("3", "03")),
        *(("Stockholmsregionen", "01"), ("uppsalaregionen", "03"), ("０１８０", "0180")),
        *(("0180 Stockholm", "0180"), ("Stockholm (0180)", "0180")),
        *(("Stockholms län", "01"), ("Region Stockholm", "01"), ("Uppsala county", "03")),
    ],
)
def test_a_place_is_found_as_it_is_written(store: Store, typed: str, first: str) -> None:
    with store.reader() as reader:
        found = search_places(reader.cursor, typed, language="sv", year=2024)
    assert found["area_id"].iloc[0] == first


@pytest.mark.parametrize("typed", ["", "kommunalhuset", "Nowhere kommun", "999", "of"])
def test_what_no_place_is_called_finds_none(store: Store, typed: str) -> None:
    with store.reader() as reader:
        assert search_places(reader.cursor, typed, language="sv", year=2024).empty
