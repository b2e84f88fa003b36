"""What a snapshot is: the tables and columns of schema.sql, and its description of itself."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Final

import duckdb

from barometer.pointer import SCHEMA_VERSION

_COLUMNS: Final = """
    SELECT table_name, column_name, data_type FROM duckdb_columns()
    WHERE NOT internal AND schema_name = 'main' ORDER BY table_name, column_index
"""
_VIEWS: Final = "SELECT schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal"

Columns = list[tuple[str, ...]]
"""Table, column and type."""


class SnapshotError(duckdb.Error):
    """A file is a database but no snapshot that can be served."""


class OtherVersionError(SnapshotError):
    """A snapshot was made by another version of the barometer, with other tables or columns."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The snapshot's own description.

    `lacking` names what SCB did not have, then which other agencies gave nothing.
    `built_at` is in UTC; `main_year` is the year of most of an extract's figures.
    """

    snapshot_id: str
    built_at: datetime
    code_version: str
    schema_version: int
    inputs_sha256: str
    origin: str
    api: str
    lacking: tuple[str, ...]
    main_year: int | None = None

    @property
    def extract(self) -> bool:
        """Whether the figures are SCB's in an extract: some tables and years only."""
        return self.origin == "scb-extract"

    @property
    def synthetic(self) -> bool:
        """Whether the figures are made up."""
        return self.origin == "synthetic"


def schema_sql() -> str:
    """The statements that create a snapshot's tables."""
    return (resources.files("barometer") / "schema.sql").read_text(encoding="utf-8")


def difference(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The first difference between a file's columns and the schema's; None when they are equal.

    Reads the catalogue only: nothing in the file is run.
    """
    expected, actual = _expected(), connection.execute(_COLUMNS).fetchall()
    if actual == expected:
        return None
    lacking = next((column for column in expected if column not in actual), None)
    if lacking is not None:
        return f"it lacks {lacking[0]}.{lacking[1]} of the type {lacking[2]}"
    return "it has tables or columns that do not belong in it"


def describe(connection: duckdb.DuckDBPyConnection) -> Snapshot:
    """The snapshot's own description.

    Raises:
        OtherVersionError: its tables are not those of this version.
        SnapshotError: it is empty.
    """
    _require_schema(connection)
    row = connection.execute(
        "SELECT snapshot_id, built_at, code_version, schema_version, inputs_sha256, origin, api,"
        " lacking, gaps FROM snapshot"
    ).fetchone()
    if row is None:
        raise SnapshotError("its table snapshot is empty")
    return Snapshot(
        snapshot_id=row[0],
        built_at=row[1].replace(tzinfo=UTC),
        code_version=row[2],
        schema_version=row[3],
        inputs_sha256=row[4],
        origin=row[5],
        api=row[6],
        lacking=(*row[7], *row[8]),
        main_year=_main_year(connection) if row[5] == "scb-extract" else None,
    )


def _main_year(connection: duckdb.DuckDBPyConnection) -> int | None:
    found = connection.execute(
        "SELECT year FROM observations WHERE value IS NOT NULL "
        "GROUP BY year ORDER BY count(*) DESC, year DESC LIMIT 1"
    ).fetchone()
    return found[0] if found else None


def _require_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a snapshot of another schema: its tables may mean something else."""
    differs = difference(connection)
    if differs is None:
        found = connection.execute("SELECT schema_version FROM snapshot").fetchone()
        if found is None or found[0] == SCHEMA_VERSION:
            return
        differs = f"it has schema {found[0]} and this code reads {SCHEMA_VERSION}"
    raise OtherVersionError(
        f"it was made by another version of the barometer ({differs}): build it again, or serve it "
        "with the code that built it"
    )


def has_other_views(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a file has a view that is not the schema's own, word by word; none is run."""
    return not _views() >= set(connection.execute(_VIEWS).fetchall())


@cache
def _expected() -> Columns:
    return _of_schema(_COLUMNS)


@cache
def _views() -> frozenset[tuple[str, ...]]:
    return frozenset(_of_schema(_VIEWS))


def _of_schema(question: str) -> Columns:
    with duckdb.connect(":memory:") as memory:
        memory.execute(schema_sql())
        return memory.execute(question).fetchall()
