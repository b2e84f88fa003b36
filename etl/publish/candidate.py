"""A snapshot that is not yet published: built here, or from elsewhere with the schema's tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import duckdb

from barometer.snapshot import difference, has_other_views
from etl.errors import PipelineError

NOISE: Final = "map($perturbed::VARCHAR[], $first::SMALLINT[])"
"""The first year of counts changed at random by indicator or grouping; from `Candidate.noise`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a check looks at; `compared` says that the current snapshot is attached as BEFORE.

    `perturbed` has, by indicator or grouping, the first year of counts changed at random.
    """

    con: duckdb.DuckDBPyConnection
    compared: bool
    perturbed: Mapping[str, int] = field(default_factory=dict)

    @property
    def noise(self) -> dict[str, list[str] | list[int]]:
        """Parameters of `NOISE`."""
        return {"perturbed": [*self.perturbed], "first": [*self.perturbed.values()]}

    @property
    def partial(self) -> bool:
        """Whether the server lacked something, so that completeness cannot be asked for."""
        return bool(self.con.execute("SELECT len(lacking) > 0 FROM snapshot").fetchall()[0][0])


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
