"""Whole tables of the snapshot, some rows at a time, as text files can hold them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyarrow as pa
import shapely

from barometer.queries.dictionary import DictionaryColumn, DictionaryTable
from barometer.store import Cursor

BATCH: Final = 50_000
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


def _as_text(column: DictionaryColumn) -> str:
    kind = column.data_type
    if kind.endswith("[]"):
        return f"array_to_string({column.name}, '{_BETWEEN}')"
    if kind.startswith("TIMESTAMP"):
        return f"strftime({column.name}, '%Y-%m-%dT%H:%M:%SZ')"
    return f"CAST({column.name} AS VARCHAR)" if kind.startswith("ENUM") else column.name
