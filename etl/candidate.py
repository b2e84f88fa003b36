"""A snapshot that is built and not yet published, as its checks look at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import duckdb

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
