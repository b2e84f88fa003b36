"""Properties of every stored interval, index value and share of SCB's own figures."""

import duckdb
import pytest

from tests.stored import broken_properties


def test_every_stored_figure_keeps_its_properties(snapshot: duckdb.DuckDBPyConnection) -> None:
    assert broken_properties(snapshot) == []


@pytest.mark.parametrize(
    ("table", "of", "least"),
    [
        ("index_values", "low IS NOT NULL", 10_000),
        ("indicator_values", "value IS NOT NULL", 100_000),
    ],
)
def test_there_is_much_to_look_at(
    snapshot: duckdb.DuckDBPyConnection, table: str, of: str, least: int
) -> None:
    (n,) = snapshot.execute(f"SELECT count(*) FROM {table} WHERE {of}").fetchall()[0]
    assert n > least


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE index_values SET low = -0.01 WHERE low IS NOT NULL", "stays on the scale"),
        ("UPDATE index_values SET estimate = high + 0.1 WHERE high < 0.8", "holds its estimate"),
        ("UPDATE index_values SET value = 1.1 WHERE index_id = 'gini'", "of gini is on its scale"),
        ("UPDATE indicator_values SET value = 101 WHERE value > 99", "is from 0 to 100"),
        ("UPDATE indicator_values SET status = 'not_available'", "has no reason beside"),
    ],
)
def test_a_broken_property_is_found(
    snapshot: duckdb.DuckDBPyConnection, change: str, why: str
) -> None:
    with duckdb.connect() as copy:
        for table in ("index_values", "indicator_values", "indicators"):
            rows = snapshot.execute(f"SELECT * FROM {table} USING SAMPLE 5000 (reservoir, 1)").df()
            copy.execute(f"CREATE TABLE {table} AS SELECT * FROM rows")
        assert rows is not None
        copy.execute(change)
        assert why in " ".join(broken_properties(copy))
