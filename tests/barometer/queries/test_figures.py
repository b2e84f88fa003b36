"""What a map shows of an area: values, changes and local measures, worked out by hand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from barometer import queries
from barometer.queries import MapFigures
from barometer.selection import Selection
from barometer.store import Reader, Store, read_snapshot
from tests.snapshots import build_snapshot, publish_snapshot

CENTRUM, FLOGSTA, GOTTSUNDA = (f"0380R00{n}_SYN_RegSO2025" for n in (1, 2, 4))
UPPSALA = (CENTRUM, FLOGSTA, GOTTSUNDA)  # 30 of 400, 120 of 400 and 60 of 200 in 2024
RINKEBY = "0180R001_SYN_RegSO2025"
PLAIN = Selection("low_standard_children", "regso", 2024)
LOCAL = replace(PLAIN, grouping="low_standard_children", within="0380")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    published: Path = tmp_path_factory.mktemp("published")
    publish_snapshot(published)
    with Store(published).reader() as reader:
        yield reader


def figures(reader: Reader, selection: Selection, *areas: str) -> MapFigures:
    return queries.map_figures(reader.cursor, selection, order=areas)


def test_a_change_is_later_less_earlier(reader: Reader) -> None:
    found = figures(reader, replace(PLAIN, level="kommun", since=2022), "0380", "0180")
    assert found.earlier is not None
    assert found.later is not None
    # The group of Uppsala's three areas of 2022 is larger by 20 each and has Gamla Gottsunda's 80.
    np.testing.assert_allclose(found.later, [21.0, 22.0])
    np.testing.assert_allclose(found.earlier, [29.0, 26.0])
    np.testing.assert_allclose(found.values, [-8.0, -4.0])
    assert found.reasons == (None, None)


def test_a_change_lacks_a_value_where_either_year_does(reader: Reader) -> None:
    missing, known = "0114R001_SYN_RegSO2025", FLOGSTA
    selection = replace(PLAIN, since=2023)  # never asked for across divisions; here for its gaps
    found = figures(reader, selection, missing, known)
    assert found.reasons[0] == "suppressed"
    assert np.isnan(found.values[0])


def test_only_the_place_that_is_looked_at_has_values(reader: Reader) -> None:
    found = figures(reader, replace(PLAIN, within="0380"), RINKEBY, FLOGSTA)
    assert found.outside.tolist() == [True, False]
    np.testing.assert_array_equal(found.values, [np.nan, 30.0])
    assert found.reasons == (None, None)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        # P = 210/1000.
        ("location_quotient", [0.075 / 0.21, 0.30 / 0.21, 0.30 / 0.21]),
        # |x_i/210 - y_i/790| in per cent of their sum; 370, 280 and 140 are the rest.
        (
            "dissimilarity_contribution",
            [
                100 * abs(30 / 210 - 370 / 790) / 2 / 0.325497,
                100 * abs(120 / 210 - 280 / 790) / 2 / 0.325497,
                100 * abs(60 / 210 - 140 / 790) / 2 / 0.325497,
            ],
        ),
        # -p ln p - (1-p) ln(1-p)
        ("local_entropy", [0.266398, 0.610864, 0.610864]),
    ],
)
def test_a_local_measure_is_that_of_the_container(
    reader: Reader, layer: str, expected: list[float]
) -> None:
    found = figures(reader, replace(LOCAL, layer=layer), *UPPSALA)
    np.testing.assert_allclose(found.values, expected, rtol=1e-4)


@pytest.mark.parametrize("layer", ["dissimilarity_contribution", "local_segregation"])
def test_parts_of_an_index_make_a_hundred_per_cent(reader: Reader, layer: str) -> None:
    found = figures(reader, replace(LOCAL, layer=layer), *UPPSALA, RINKEBY)
    assert np.nansum(found.values) == pytest.approx(100)
    assert found.outside.tolist() == [False, False, False, True]


def test_the_container_is_the_country_when_no_place_is_chosen(reader: Reader) -> None:
    order = reader.once(area_ids)
    lq = replace(LOCAL, layer="location_quotient", within="00")
    found = dict(zip(order, figures(reader, lq, *order).values, strict=True))
    # Without the two areas of Upplands Väsby that lack counts: 430 of 2,000 in the five others.
    assert found[FLOGSTA] == pytest.approx(0.30 / (430 / 2000))
    assert np.isnan(found["0114R001_SYN_RegSO2025"])


def test_the_distance_to_the_mix_is_to_that_of_the_kommun(reader: Reader) -> None:
    """210 of 1,000; Centrum and Flogsta together are close enough, 2 km apart; Gottsunda is not."""
    layer = replace(LOCAL, layer="distance_to_mix")
    assert figures(reader, layer, *UPPSALA).values.tolist() == [2_000, 2_000, 6_000]
    everywhere = figures(reader, replace(layer, within="00"), *reader.once(area_ids))
    found = dict(zip(reader.once(area_ids), everywhere.values, strict=True))
    assert [found[area] for area in UPPSALA] == [2_000, 2_000, 6_000]


def test_without_the_place_of_an_area_no_distance_in_its_kommun_is_told(reader: Reader) -> None:
    """One of Stockholm's two areas has no outline."""
    layer = replace(LOCAL, layer="distance_to_mix", within="0180")
    found = figures(reader, layer, RINKEBY, "0180R002_SYN_RegSO2025")
    assert np.isnan(found.values).all()
    assert found.reasons == ("not_available", "not_available")


def test_several_groups_have_their_own_counts(reader: Reader) -> None:
    selection = replace(LOCAL, layer="local_segregation", grouping="birth_region")
    found = figures(reader, selection, *UPPSALA)
    assert np.nansum(found.values) == pytest.approx(100)
    top = replace(LOCAL, layer="ice", grouping="birth_region")
    # (world - sweden) / all: half of the group less the rest.
    np.testing.assert_allclose(
        figures(reader, top, *UPPSALA).values,
        [(15 - 370) / 400, (60 - 280) / 400, (30 - 140) / 200],
    )


def test_figures_of_few_persons_are_marked(reader: Reader) -> None:
    small, large = "0380A0041_SYN_DeSO2025", "0380A0021_SYN_DeSO2025"  # 100 and 200 residents
    women = replace(PLAIN, level="deso", indicator="foreign_background", background="sex:women")
    assert figures(reader, women, small, large).few.tolist() == [True, False]
    everybody = replace(women, background="all")
    assert figures(reader, everybody, small, large).few.tolist() == [False, False]


def test_values_of_all_years_are_all_there_in_order(reader: Reader) -> None:
    found = queries.values_of_all_years(
        reader.cursor,
        indicator="low_standard_children",
        background="all",
        level="kommun",
        within="03",
    )
    assert found.tolist() == pytest.approx([21.0, 25.0 * 1.0, 29.0], abs=2)


def area_ids(cursor: object) -> tuple[str, ...]:
    table = queries.map_table(cursor, PLAIN)
    return tuple(table["area_id"])


@pytest.mark.slow
@pytest.mark.parametrize("order_by", ["indicator_id, background, level, year, area_id", "random()"])
def test_knowing_where_values_lie_changes_no_figure(tmp_path: Path, order_by: str) -> None:
    path = build_snapshot(tmp_path / "barometer-any.duckdb")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TEMP TABLE was AS SELECT * FROM indicator_values")
        connection.execute("DELETE FROM indicator_values")
        connection.execute(f"INSERT INTO indicator_values SELECT * FROM was ORDER BY {order_by}")
    with read_snapshot(path) as reader:
        rows = reader.once(queries.value_rows)
        for (indicator, background, level, year), (first, last) in rows.items():
            assert first <= last
            selection = Selection(indicator, level, year, background=background)
            order = queries.map_table(reader.cursor, selection)["area_id"].tolist()
            plain = queries.map_figures(reader.cursor, selection, order=order)
            known = queries.map_figures(reader.cursor, selection, order=order, rows=rows)
            assert known.reasons == plain.reasons
            np.testing.assert_array_equal(known.values, plain.values)
            np.testing.assert_array_equal(known.few, plain.few)
    assert len(rows) > 20
