"""The land of a place: what a map is fitted to."""

from types import SimpleNamespace
from typing import Any

import shapely

from barometer.ui.pages.map.geometry import Ground, on_land


def _reader(*home: Any) -> Any:
    return SimpleNamespace(once=lambda _: Ground(home=home))


def test_a_place_is_seen_without_the_sea_that_belongs_to_it() -> None:
    place, land = shapely.box(0, 0, 10, 10), shapely.box(6, 0, 20, 20)
    assert on_land(place, _reader(land)).bounds == (6, 0, 10, 10)


def test_a_place_whose_land_no_coast_knows_is_seen_whole() -> None:
    place = shapely.box(0, 0, 10, 10)
    assert on_land(place, _reader()).bounds == place.bounds
    assert on_land(place, _reader(shapely.box(50, 50, 60, 60))).bounds == place.bounds
