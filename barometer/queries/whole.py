"""Whole tables of the snapshot, some rows at a time, as text files can hold them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyarrow as pa
import shapely

from barometer.queries.dictionary import DictionaryColumn, DictionaryTable
from barometer.selection.offer import MARKS
from barometer.store import Cursor

BATCH: Final = 50_000
_LIMITS: Final = "; ".join(f"{mark.indicator} at least {mark.limit:g} per cent" for mark in MARKS)
BOUNDARIES: Final = DictionaryTable(
    "boundaries",
    "Boundaries of the areas, where they are known.",
    (
        DictionaryColumn("area_id", "VARCHAR", False, "Area (areas.area_id)."),
        DictionaryColumn(
            "wkt", "VARCHAR", False, "Boundary as WKT in SWEREF 99 TM (EPSG:3006), decimetres."
        ),
    ),
    key=("area_id",),
)
MARKED: Final = DictionaryTable(
    "marked_areas",
    "RegSO and DeSO areas with many students or an institution, whose low incomes may be due to"
    f" studies or care ({_LIMITS})."
    " A row an area, year and share; an area without a row is not marked that year, or lacks the"
    " figure.",
    (
        DictionaryColumn("area_id", "VARCHAR", False, "Area (areas.area_id)."),
        DictionaryColumn("year", "SMALLINT", False, "Year of the share."),
        DictionaryColumn(
            "indicator_id", "VARCHAR", False, "Share that marks (indicators.indicator_id)."
        ),
        DictionaryColumn("value", "DOUBLE", False, "The share in per cent."),
    ),
    key=("area_id", "year", "indicator_id"),
)
_BETWEEN: Final = " | "  # the items of a list


def flat(table: DictionaryTable) -> DictionaryTable:
    """The table with the columns that text can hold: no boundaries, lists as text."""
    kept = tuple(column for column in table.columns if column.data_type != "BLOB")
    return replace(table, columns=kept)


def table_rows(cursor: Cursor, table: DictionaryTable) -> Iterator[pa.RecordBatch]:
    """Every row of a flat table in the order of the file, after an empty batch that names them.

    Times as 2026-11-22T12:00:00Z.
    """
    # The names come from the database's own dictionary, never from an address.
    columns = ", ".join(f"{_as_text(column)} AS {column.name}" for column in table.columns)
    found = cursor.sql(f"SELECT {columns} FROM {table.name}")
    batches = found.to_arrow_reader(BATCH)
    yield pa.RecordBatch.from_pylist([], schema=batches.schema)
    yield from batches


def boundary_rows(cursor: Cursor, table: DictionaryTable) -> Iterator[pa.RecordBatch]:  # noqa: ARG001 - as table_rows
    """The rows of BOUNDARIES."""
    answer = cursor.execute(
        "SELECT area_id, geometry FROM areas WHERE geometry IS NOT NULL ORDER BY area_id"
    )
    while rows := answer.fetchmany(500):
        shapes = shapely.from_wkb([wkb for _, wkb in rows])
        texts = shapely.to_wkt(shapes, rounding_precision=1)
        yield pa.record_batch({"area_id": [area_id for area_id, _ in rows], "wkt": texts.tolist()})


def marked_rows(cursor: Cursor, table: DictionaryTable) -> Iterator[pa.RecordBatch]:  # noqa: ARG001 - as table_rows
    """The rows of MARKED."""
    found = cursor.sql(
        """
        SELECT area_id, year, indicator_id, value
        FROM indicator_values
        JOIN (SELECT unnest($indicators) AS indicator_id, unnest($limits) AS least) AS mark
            USING (indicator_id)
        WHERE background = 'all' AND level IN ('regso', 'deso') AND value >= least
        ORDER BY area_id, year, indicator_id
        """,
        params={
            "indicators": [mark.indicator for mark in MARKS],
            "limits": [mark.limit for mark in MARKS],
        },
    ).to_arrow_reader(BATCH)
    yield pa.RecordBatch.from_pylist([], schema=found.schema)
    yield from found


def _as_text(column: DictionaryColumn) -> str:
    kind = column.data_type
    if kind == "DOUBLE[]":  # counts: whole as they are, nothing where one is missing
        plain = "if(x = floor(x), CAST(CAST(x AS BIGINT) AS VARCHAR), CAST(x AS VARCHAR))"
        texts = f"[if(isnan(x), '', {plain}) for x in {column.name}]"
        return f"array_to_string({texts}, '{_BETWEEN}')"
    if kind.endswith("[]"):
        return f"array_to_string({column.name}, '{_BETWEEN}')"
    if kind.startswith("TIMESTAMP"):
        return f"strftime({column.name}, '%Y-%m-%dT%H:%M:%SZ')"
    return f"CAST({column.name} AS VARCHAR)" if kind.startswith("ENUM") else column.name
