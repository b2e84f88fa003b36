"""A series over 2023/2024: by the crosswalk, or not at all."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from barometer import queries
from barometer.catalogue import load_catalogue
from barometer.selection import Selection
from tests.snapshots import fill

CATALOGUE = load_catalogue()
INDICATOR = CATALOGUE.indicators["low_standard_children"]
NEW = "0380R002_SYN_RegSO2025"
OLD = "0380R002_SYN"
OTHER = "0380R001_SYN"


def view(area: str, indicator: str = "low_standard_children") -> Selection:
    return Selection(indicator, "regso", 2024, area=area)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        fill(connection, CATALOGUE)
        connection.execute("DELETE FROM crosswalk")
        yield connection


def walk(con: duckdb.DuckDBPyConnection, quality: str, **weights: float) -> None:
    for from_id, weight in weights.items():
        con.execute(
            "INSERT INTO crosswalk VALUES (?, ?, 'regso', ?, ?, 'area', ?)",
            [from_id, NEW, weight, weight, quality],
        )


def counts(con: duckdb.DuckDBPyConnection, area_id: str, year: int) -> tuple[float, float]:
    (row,) = con.execute(
        "SELECT numerator, denominator FROM indicator_values WHERE background = 'all' AND "
        "indicator_id = 'low_standard_children' AND area_id = ? AND year = ?",
        [area_id, year],
    ).fetchall()
    return row


def carried(con: duckdb.DuckDBPyConnection, selection: Selection) -> list[tuple[int, float, str]]:
    found = queries.carried_series(con, selection, indicator=INDICATOR)
    assert set(found["role"]) <= {"carried"}
    return list(zip(found["year"], found["value"], found["quality"], strict=True))


def test_an_unchanged_area_keeps_its_figures(con) -> None:
    walk(con, "exact", **{OLD: 1.0})
    assert carried(con, view(area=NEW)) == [(2022, 35.0, "exact"), (2023, 32.5, "exact")]


def test_parts_are_carried_as_counts_by_their_residents(con) -> None:
    walk(con, "border_change", **{OLD: 1.0, OTHER: 0.25})
    (a, b), (c, d) = counts(con, OLD, 2023), counts(con, OTHER, 2023)
    share = 100 * (a + 0.25 * c) / (b + 0.25 * d)
    (found,) = [row for row in carried(con, view(area=NEW)) if row[0] == 2023]
    assert found == (2023, pytest.approx(share), "border_change")


def test_a_year_that_a_part_lacks_is_missing_with_its_reason(con) -> None:
    walk(con, "merged", **{OLD: 1.0, OTHER: 1.0})
    con.execute(
        "UPDATE indicator_values SET value = NULL, numerator = NULL, status = 'suppressed' "
        "WHERE indicator_id = 'low_standard_children' AND area_id = ? AND year = 2022",
        [OTHER],
    )
    found = queries.carried_series(con, view(area=NEW), indicator=INDICATOR).set_index("year")
    assert found["status"].fillna("").to_dict() == {2022: "suppressed", 2023: ""}
    assert found["value"].isna().to_dict() == {2022: True, 2023: False}


def test_too_few_residents_are_not_carried(con) -> None:
    walk(con, "split", **{OLD: 0.01})
    few = replace(INDICATOR, min_denominator=50)
    found = queries.carried_series(con, view(area=NEW), indicator=few)
    assert set(found["status"]) == {"too_few"}


@pytest.mark.parametrize(
    ("quality", "area", "indicator"),
    [
        ("poor", NEW, "low_standard_children"),  # too uncertain
        ("exact", OLD, "low_standard_children"),  # an area of 2018
        ("exact", "0380", "low_standard_children"),  # a kommun has no divisions
        ("exact", NEW, "median_standard"),  # a median is no count
    ],
)
def test_what_cannot_be_carried_keeps_its_break(con, quality, area, indicator) -> None:
    walk(con, quality, **{OLD: 1.0})
    selection = view(area=area, indicator=indicator)
    chosen = CATALOGUE.indicators[indicator]
    assert queries.carried_series(con, selection, indicator=chosen).empty
    series = queries.area_series(con, selection)
    assert queries.across_divisions(con, series, selection, indicator=chosen) is series


def test_carried_years_stand_in_for_the_namesake_s(con) -> None:
    walk(con, "exact", **{OLD: 1.0})
    selection = view(area=NEW)
    series = queries.across_divisions(
        con, queries.area_series(con, selection), selection, indicator=INDICATOR
    )
    assert series["role"].unique().tolist() == ["area", "carried", "kommun", "lan", "riket"]
