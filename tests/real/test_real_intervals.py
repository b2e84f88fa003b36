"""Properties of every stored interval, index value and share of SCB's own figures."""

import duckdb
import pytest


def count(snapshot: duckdb.DuckDBPyConnection, table: str, where: str) -> int:
    (found,) = snapshot.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchall()[0]
    return int(found)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("NOT (low <= estimate + 1e-12 AND estimate <= high + 1e-12)", "holds its estimate"),
        ("low < 0 OR high > 1", "stays on the scale of shares"),
        ("estimate IS NULL OR high IS NULL", "has an estimate and two ends"),
        ("value <= expected", "is of a place beyond chance"),
        ("value IS NULL", "is of a value that is shown"),
        ("caution LIKE '%withheld%'", "is of a value that is not withheld"),
    ],
)
def test_every_stored_interval(snapshot: duckdb.DuckDBPyConnection, wrong: str, why: str) -> None:
    assert count(snapshot, "index_values", "low IS NOT NULL") > 10_000
    assert count(snapshot, "index_values", f"low IS NOT NULL AND ({wrong})") == 0, why


def test_an_estimate_stands_with_its_interval_or_not_at_all(
    snapshot: duckdb.DuckDBPyConnection,
) -> None:
    alone = "(estimate IS NULL) <> (low IS NULL) OR (low IS NULL) <> (high IS NULL)"
    assert count(snapshot, "index_values", alone) == 0


def test_shares_lie_between_nothing_and_all(snapshot: duckdb.DuckDBPyConnection) -> None:
    shares = "indicator_id IN (SELECT indicator_id FROM indicators WHERE unit = 'percent')"
    assert count(snapshot, "indicator_values", shares) > 100_000
    assert count(snapshot, "indicator_values", f"{shares} AND value NOT BETWEEN 0 AND 100") == 0
    of_counts = "numerator IS NOT NULL AND denominator > 0"
    assert count(snapshot, "indicator_values", f"{of_counts} AND numerator < 0") == 0
