"""Neighbourhoods on real figures, where some areas of the country have no boundary."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely

from barometer import queries
from barometer.divisions import RIKET
from barometer.indices.distance import distance_profile
from barometer.indices.neighbourhoods import neighbourhood_profile
from barometer.queries.maps import boundaries
from barometer.queries.surroundings import LITTLE
from barometer.selection import Measurement
from barometer.store import Reader, Store

H = "spatial_information_theory"


@pytest.fixture(scope="module")
def reader(real_data: Path) -> Iterator[Reader]:
    with Store(real_data / "published").reader() as found:
        yield found


def of(area: str) -> Measurement:
    return Measurement(
        grouping="foreign_background",
        index="dissimilarity",
        area=area,
        units="regso",
        year=2022,
        since=2022,
    )


@pytest.mark.parametrize(
    ("area", "n_sizes", "n_reaches"),
    [("1480", 5, 4), ("0180", 5, 5), ("0380", 5, 4), ("1401", 3, 2)],
)
def test_neither_form_depends_on_where_areas_without_a_boundary_lie(
    reader: Reader, area: str, n_sizes: int, n_reaches: int
) -> None:
    measurement = of(area)
    sizes = queries.profile(reader.cursor, measurement)
    reaches = queries.over_distance(reader.cursor, measurement)
    assert (len(sizes), len(reaches)) == (n_sizes, n_reaches)
    every = queries.units(reader.cursor, measurement, year=2022, level="regso", area=RIKET)
    points = every.frame[["x", "y"]].to_numpy(np.float64).copy()
    lost = np.flatnonzero(np.isnan(points).any(axis=1))
    kommuner = every.frame["kommun_id"]
    assert 100 < len(lost) < 300
    outlines = shapely.from_wkb(boundaries(reader.cursor, kommuner[lost].tolist()))
    nearest = shapely.shortest_line(outlines, shapely.points(points[kommuner == area].mean(axis=0)))
    points[lost] = shapely.get_coordinates(shapely.get_point(nearest, 0))  # as near as can be
    inside = (kommuner == area).tolist()
    grown = neighbourhood_profile(
        every.counts, points, inside, only=[True], residents=sizes["residents"].tolist()
    )
    assert sizes[H].tolist() == pytest.approx(grown[H].tolist(), abs=1e-12)
    weighed = distance_profile(
        every.counts,
        points,
        inside,
        only=[True],
        metres=reaches["metres"],
        reference="environments",
    )
    assert reaches[H].tolist() == pytest.approx(weighed[H].tolist(), abs=LITTLE)


def test_a_place_with_an_area_without_a_boundary_has_neither_form(reader: Reader) -> None:
    assert queries.profile(reader.cursor, of("1280")).empty
    assert queries.over_distance(reader.cursor, of("1280")).empty
