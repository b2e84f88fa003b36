"""The whole made-up country, built once by the real pipeline."""

from collections.abc import Iterator

import pytest

from barometer.store import Cursor, Store
from etl.publish.checks import EXPECTED_AREAS, agreement_by_year
from tests.pipeline import YEARS, National
from tests.stored import broken_properties

COUNTRY_BYTES = 350_000


@pytest.fixture(scope="module")
def con(national_snapshot: National) -> Iterator[Cursor]:
    # As the site opens it: other tests of the same process may still have it open.
    with Store(national_snapshot.data_dir / "published").reader() as reader:
        yield reader.cursor


def test_every_level_has_scbs_number_of_areas_all_with_a_shape(con) -> None:
    rows = con.execute(
        "SELECT level, division, count(*), count(geometry) FROM areas GROUP BY ALL"
    ).fetchall()
    assert {(level, division): n for level, division, n, _ in rows} == EXPECTED_AREAS
    assert all(n == shaped for _, _, n, shaped in rows)


def test_every_stored_figure_keeps_its_properties(con) -> None:
    assert broken_properties(con) == []


def test_layers_are_small_enough_to_be_sent(con) -> None:
    sizes = con.execute(
        "SELECT detail, level, octet_length(brotli) FROM map_layers WHERE detail = 'country'"
    ).fetchall()
    assert len(sizes) == len(EXPECTED_AREAS)
    assert [row for row in sizes if row[2] > COUNTRY_BYTES] == []


def test_every_county_has_its_areas_in_full_detail(con) -> None:
    rows = con.execute(
        "SELECT level, division, sum(len(area_ids)) FILTER (detail = 'country'), "
        "sum(len(area_ids)) FILTER (detail = 'full') FROM map_layers "
        "WHERE level <> 'riket' GROUP BY ALL"
    ).fetchall()
    assert len(rows) == len(EXPECTED_AREAS) - 1
    assert [row for row in rows if row[2] != row[3]] == []


def test_population_is_near_the_published_and_alike_at_every_level(con) -> None:
    totals = con.execute(
        "SELECT level, sum(value) FROM indicator_values WHERE indicator_id = 'population' "
        "AND background = 'all' AND year = 2022 GROUP BY ALL"
    ).fetchall()
    assert len({total for _, total in totals}) == 1
    assert totals[0][1] == pytest.approx(10_521_556, rel=0.02)


def test_area_types_are_distributed_as_published(con) -> None:
    types = con.execute(
        "SELECT value, count(*) FROM indicator_values WHERE indicator_id = 'area_type' "
        "AND year = 2022 AND level = 'regso' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert [n for _, n in types] == pytest.approx([160, 289, 855, 1770, 289], rel=0.35)
    assert min(year.rate for year in agreement_by_year(con)) > 0.97


def test_the_values_of_a_map_lie_together(con) -> None:
    """A map asks for one indicator, level and year: rows in that order answer in milliseconds."""
    places = con.execute(
        "SELECT rowid FROM indicator_values WHERE indicator_id = 'born_abroad' "
        "AND background = 'all' AND level = 'deso' AND year = 2024 ORDER BY area_id"
    ).fetchall()
    first = places[0][0]
    assert [row for (row,) in places] == list(range(first, first + 6160))


def test_every_kommun_has_an_index_for_every_year(con) -> None:
    rows = con.execute(
        "SELECT year, unit_level, count(*) FROM index_values WHERE grouping_id = 'born_abroad' "
        "AND index_id = 'dissimilarity' AND length(container_id) = 4 GROUP BY ALL"
    ).fetchall()
    assert {n for *_, n in rows} == {290}
    assert {year for year, *_ in rows} == set(YEARS)
