"""What a snapshot from elsewhere may consist of: exactly the tables and columns of the schema."""

import duckdb

from barometer.snapshot import difference
from etl.errors import PipelineError

_OTHER = """
    SELECT 'view', count(*) FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT 'function', count(*) FROM duckdb_functions() WHERE NOT internal
    UNION ALL SELECT 'schema', count(*) FROM duckdb_schemas()
    WHERE NOT internal AND schema_name != 'main'
"""


class StructureError(PipelineError):
    """A file has not the tables of a snapshot; the message names the first difference."""


def require_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a file with other tables or columns than the schema's, or with views or functions.

    Reads the catalogue only: nothing in the file is run.

    Raises:
        StructureError: it differs.
    """
    for kind, count in con.execute(_OTHER).fetchall():
        if count:
            raise StructureError(f"it holds a {kind}, and only tables belong in it")
    if differs := difference(con):
        raise StructureError(differs)
