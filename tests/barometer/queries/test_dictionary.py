"""What a snapshot says about itself."""

from datetime import UTC, date, datetime

import duckdb
import pytest

from barometer.catalogue import load_catalogue
from barometer.queries import dictionary
from tests.snapshots import fill


@pytest.fixture(scope="module")
def cursor() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    fill(connection, load_catalogue())
    return connection


def test_tables_come_by_name_with_columns_in_order(cursor: duckdb.DuckDBPyConnection) -> None:
    tables = {table.name: table for table in dictionary.data_dictionary(cursor)}
    assert list(tables) == sorted(tables)
    changes = tables["changes"]
    assert changes.comment == "What is new against the snapshot before: the update log."
    assert [column.name for column in changes.columns[:3]] == ["position", "kind", "subject"]
    assert changes.columns[1] == dictionary.DictionaryColumn(
        "kind", "VARCHAR", False, "first, source, year, rows, values, redrawn."
    )
    amount = changes.columns[3]
    assert (amount.name, amount.data_type, amount.nullable) == ("amount", "DOUBLE", True)


def test_a_key_is_of_columns_or_is_none(cursor: duckdb.DuckDBPyConnection) -> None:
    tables = {table.name: table for table in dictionary.data_dictionary(cursor)}
    assert tables["crosswalk"].key == ("from_id", "to_id")
    assert tables["group_counts"].key == ("grouping_id", "area_id", "year")
    cursor.execute("COMMENT ON TABLE group_counts IS 'Persons. Key: grouping, area, year.'")
    tables = {table.name: table for table in dictionary.data_dictionary(cursor)}
    assert tables["group_counts"].key == ()


def test_a_fetched_table_has_scbs_day_and_our_moment(cursor: duckdb.DuckDBPyConnection) -> None:
    fetched = dictionary.fetched(cursor)
    assert list(fetched) == sorted(load_catalogue().sources)
    found = fetched["TAB6571"]
    assert found.updated == date(2025, 6, 4)
    assert found.retrieved == datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
    assert (found.first_year, found.last_year) == (2022, 2024)
    assert found.notes == ("En fotnot.",)


def test_an_unreadable_day_is_none() -> None:
    connection = duckdb.connect()
    fill(connection, load_catalogue())
    connection.execute("UPDATE sources SET updated = 'igår' WHERE source_id = 'TAB6571'")
    assert dictionary.fetched(connection)["TAB6571"].updated is None


def test_spans_are_by_grouping_and_level(cursor: duckdb.DuckDBPyConnection) -> None:
    spans = dictionary.grouping_spans(cursor)
    assert spans["birth_region", "regso"] == (2022, 2024)
    assert ("tenure", "regso") not in spans


def test_missing_values_are_counted_by_reason(cursor: duckdb.DuckDBPyConnection) -> None:
    missing = dictionary.missing_values(cursor)
    assert missing == {
        "low_standard_children": (
            ("suppressed", 2),
            ("not_available", 1),
            ("not_published", 1),
            ("too_few", 1),
        )
    }


def test_the_update_log_is_in_both_languages(cursor: duckdb.DuckDBPyConnection) -> None:
    (change,) = dictionary.update_log(cursor)
    assert change.kind == "first"
    assert (change.text.sv, change.text.en) == ("Första bygget.", "First build.")
