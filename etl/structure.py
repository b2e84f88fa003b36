"""What a snapshot from elsewhere may consist of: exactly the tables and columns of the schema."""

import duckdb

from barometer.snapshot import difference, has_other_views
from etl.errors import PipelineError

_OTHER = """
    SELECT 'function', count(*) FROM duckdb_functions() WHERE NOT internal
    UNION ALL SELECT 'schema', count(*) FROM duckdb_schemas()
    WHERE NOT internal AND schema_name != 'main'
"""


class StructureError(PipelineError):
    """A file has not the tables of a snapshot; the message names the first difference."""


def require_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a file with other tables, columns or views than the schema's, or with functions.

    Reads the catalogue only: nothing in the file is run.

    Raises:
        StructureError: it differs.
    """
    if has_other_views(con):
        raise StructureError("it holds a view, and only those of the schema belong in it")
    for kind, count in con.execute(_OTHER).fetchall():
        if count:
            raise StructureError(f"it holds a {kind}, and only tables belong in it")
    if differs := difference(con):
        raise StructureError(differs)
