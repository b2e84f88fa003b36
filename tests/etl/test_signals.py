"""The pipeline's signals: stored as computed, over both divisions, and checked."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
import pytest

from barometer.catalogue import load_catalogue
from barometer.snapshot import schema_sql
from etl.publish.candidate import Candidate
from etl.publish.checks import check_signals
from etl.snapshot.signals import build_signals

CATALOGUE = load_catalogue()
N = 60
YEARS = tuple(range(2015, 2025))
DECLINING = 3  # the first ones
BORDERS = "0114R000"  # its border moved in 2024


def area_of(n: int, year: int) -> str:
    return f"0114R{n:03}" + ("_RegSO2025" if year >= 2024 else "")


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(schema_sql())
        fill(connection)
        yield connection


def fill(con: duckdb.DuckDBPyConnection) -> None:
    rng = np.random.default_rng(7)
    level = rng.uniform(0.1, 0.3, size=N)
    rows = []
    for indicator in ("low_standard_children", "lower_secondary"):
        for y, year in enumerate(YEARS):
            for n in range(N):
                share = min(0.95, level[n] + (0.06 * y if n < DECLINING else 0))
                count = rng.binomial(2000, share)
                division = "2025" if year >= 2024 else "2018"
                place = (area_of(n, year), division, "regso", year)
                rows.append((indicator, "all", *place, count / 20, count, 2000.0))
    columns = (
        "indicator_id, background, area_id, division, level, year, value, numerator, denominator"
    )
    con.register("rows", pd.DataFrame(rows, columns=columns.split(", ")))
    con.execute(f"INSERT INTO indicator_values ({columns}) SELECT * FROM rows")
    con.execute(
        "INSERT INTO areas (area_id, division, level, name, label, parent_id, valid_from)"
        " SELECT area_id, division, level, area_id, area_id, '0114', min(year) FROM rows"
        " GROUP BY ALL"
    )
    for n in range(N):
        quality = "border_change" if area_of(n, 2023) == BORDERS else "exact"
        con.execute(
            "INSERT INTO crosswalk VALUES (?, ?, 'regso', 1, 1, 'same', ?)",
            [area_of(n, 2023), area_of(n, 2024), quality],
        )


def test_signals_of_every_area_and_year_and_their_test(con: duckdb.DuckDBPyConnection) -> None:
    build_signals(con, CATALOGUE)
    years = con.execute("SELECT year, count(*) FROM signals GROUP BY ALL ORDER BY ALL").fetchall()
    assert years == [(year, N) for year in YEARS]
    worse = con.execute("SELECT area_id FROM signals WHERE year = 2023 AND course = 1").fetchall()
    assert {area for (area,) in worse} >= {area_of(n, 2023) for n in range(DECLINING)}
    tested = con.execute(
        "SELECT year, n_areas, n_hits FROM signal_tests WHERE rule = 'signals' ORDER BY year"
    ).fetchall()
    assert [year for year, _, _ in tested] == [2018, 2019, 2020, 2021]
    assert tested[0] == (2018, N, DECLINING)
    assert tested[-1][1:] == (N - 1, DECLINING - 1)  # one cannot be followed over the new borders
    assert check_signals(Candidate(con, compared=False)) == []


def test_no_direction_over_a_border_that_moved(con: duckdb.DuckDBPyConnection) -> None:
    build_signals(con, CATALOGUE)
    found = dict(con.execute("SELECT area_id, course FROM signals WHERE year = 2024").fetchall())
    assert found[area_of(0, 2024)] is None
    assert found[area_of(1, 2024)] == 1
    status = con.execute(
        "SELECT status FROM signals WHERE year = 2024 AND area_id = ?", [area_of(0, 2024)]
    ).fetchall()
    assert status == [(4,)]


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE signals SET margin = abs(change) + 1 WHERE course = 1",
        "UPDATE signals SET status = NULL WHERE year = 2023",
        "UPDATE signals SET course = -1 WHERE course = 1",
        "INSERT INTO signals VALUES ('nowhere', 2020, 1, 0, NULL, NULL, NULL, 2)",
    ],
)
def test_signals_that_contradict_their_figures_are_no_snapshot(
    con: duckdb.DuckDBPyConnection, fault: str
) -> None:
    build_signals(con, CATALOGUE)
    con.execute(fault)
    (violation,) = check_signals(Candidate(con, compared=False))
    assert "signals do not follow from their figures" in violation
