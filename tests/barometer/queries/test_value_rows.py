"""Where values lie is known from their order, and found by a search where they are in none."""

from pathlib import Path

import pytest

from barometer.queries.value_rows import rows_of_areas, value_blocks
from barometer.store import Cursor, read_snapshot
from tests.snapshots import build_snapshot

NAME = "barometer-20261122-synthetic-0123ab.duckdb"
IDS = ["0380", "0380R001_SYN_RegSO2025", "0380A0011_SYN_DeSO2025", "0380A0042_SYN_DeSO2025", "9999"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_snapshot(tmp_path_factory.mktemp("rows") / NAME)


def searched(cursor: Cursor) -> set[tuple[int, str]]:
    rows = cursor.execute(
        "SELECT rowid, area_id FROM indicator_values WHERE area_id IN (SELECT unnest($1))", [IDS]
    )
    return set(rows.fetchall())


def test_every_row_of_an_area_is_found_by_its_place(path: Path) -> None:
    with read_snapshot(path) as reader:
        blocks = value_blocks(reader.cursor)
        found = rows_of_areas(reader.cursor, IDS, blocks=blocks).to_pylist()
        assert blocks
        assert len(found) > 40
        assert {(row["row"], row["area_id"]) for row in found} == searched(reader.cursor)


@pytest.mark.parametrize(
    "order", ["area_id", "indicator_id, background, level, year, hash(area_id || year)"]
)
def test_values_in_another_order_are_found_too(path: Path, order: str) -> None:
    with read_snapshot(path) as reader:
        cursor = reader.cursor
        cursor.execute(
            f"CREATE TEMP TABLE indicator_values AS FROM main.indicator_values ORDER BY {order}"
        )
        found = rows_of_areas(cursor, IDS, blocks=value_blocks(cursor)).to_pylist()
        assert {(row["row"], row["area_id"]) for row in found} == searched(cursor)
        cursor.execute("DROP TABLE temp.indicator_values")
