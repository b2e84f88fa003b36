"""Requests for cells: canonical form, check against metadata, split into calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.metadata import TableMetadata


@dataclass(frozen=True, slots=True)
class DataRequest:
    """Cells wanted from one table: variable and its codes, in the order of the table's metadata.

    Variables that are left out are eliminated (summed or replaced by their total) by the server.
    """

    table_id: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, table_id: str, codes: Mapping[str, Sequence[str]]) -> "DataRequest":
        """A request from a plain mapping."""
        return cls(table_id, tuple((name, tuple(values)) for name, values in codes.items()))

    @property
    def cells(self) -> int:
        """Number of cells the answer holds."""
        raise NotImplementedError

    def canonical(self) -> bytes:
        """The one byte form of this request: equal for equal selections in whatever order."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a request wants that the table's metadata lacks."""

    table_id: str
    variable: str
    code: str | None
    message: str


def find_problems(request: DataRequest, *, metadata: TableMetadata) -> tuple[Problem, ...]:
    """Everything in the request that the server would refuse, nearest existing codes named."""
    raise NotImplementedError


def plan_requests(
    request: DataRequest, *, metadata: TableMetadata, max_cells: int
) -> tuple[DataRequest, ...]:
    """The request as disjoint calls under the cell limit; CatalogueMismatchError if unknown."""
    raise NotImplementedError
