"""What a snapshot consists of: exactly the tables and columns of barometer/schema.sql."""

from importlib import resources

import duckdb

from etl.errors import PipelineError

_COLUMNS = """
    SELECT table_name, column_name, data_type FROM duckdb_columns()
    WHERE NOT internal AND schema_name = 'main' ORDER BY table_name, column_index
"""
_OTHER = """
    SELECT 'view', count(*) FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT 'function', count(*) FROM duckdb_functions() WHERE NOT internal
    UNION ALL SELECT 'schema', count(*) FROM duckdb_schemas()
    WHERE NOT internal AND schema_name != 'main'
"""


class StructureError(PipelineError):
    """A file has not the tables of a snapshot; the message names the first difference."""


def schema_sql() -> str:
    """The snapshot's schema as the barometer states it."""
    return (resources.files("barometer") / "schema.sql").read_text(encoding="utf-8")


def require_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a file with other tables or columns than the schema's, or with views or functions.

    Reads the catalogue only: nothing in the file is run.

    Raises:
        StructureError: it differs.
    """
    for kind, count in con.execute(_OTHER).fetchall():
        if count:
            raise StructureError(f"it holds a {kind}, and only tables belong in it")
    with duckdb.connect(":memory:") as memory:
        memory.execute(schema_sql())
        wanted = memory.execute(_COLUMNS).fetchall()
    found = con.execute(_COLUMNS).fetchall()
    if found != wanted:
        raise StructureError(_difference(found, wanted))


def _difference(actual: list[tuple[str, ...]], expected: list[tuple[str, ...]]) -> str:
    lacking = next((column for column in expected if column not in actual), None)
    if lacking is not None:
        return f"it lacks {lacking[0]}.{lacking[1]} of the type {lacking[2]}"
    return "it has tables or columns that do not belong in it"
