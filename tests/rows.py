"""Rows put into a test's database."""

from collections.abc import Sequence

import duckdb

ROWS_AT_ONCE = 50


def insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Sequence[object]],
    *,
    columns: Sequence[str] = (),
) -> None:
    """Rows of a table's first columns, or of those named; many in one statement, which is quick."""
    described = connection.execute(f"DESCRIBE {table}").fetchall()
    names = columns or [name for name, *_ in described[: len(rows[0])]]
    marks = f"({', '.join('?' for _ in names)})"
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([marks] * len(some))}",
            [value for row in some for value in row],
        )
