"""Reading a country's tables by code."""

from typing import Any

from etl.emulator.shelf import SourceTable
from etl.synthetic import SyntheticCountry

SOME = ("0114", "0331", "0380", "2080", "2523", "2584")


class Cells:
    """A table's values by code, so that tests can say what they mean."""

    def __init__(self, table: SourceTable) -> None:
        self.table, self.values = table, table.values
        dimension = table.metadata["dimension"]
        self.codes = {name: list(dimension[name]["category"]["index"]) for name in dimension}

    def at(self, **chosen: str | list[str]) -> Any:
        """Values in the table's order of dimensions; a single code drops its axis."""
        values = self.values
        for axis, (name, codes) in reversed(list(enumerate(self.codes.items()))):
            wanted = chosen.get(name)
            if isinstance(wanted, str):
                values = values.take(codes.index(wanted), axis=axis)
            elif wanted is not None:
                values = values.take([codes.index(code) for code in wanted], axis=axis)
        return values


def cells(country: SyntheticCountry, table_id: str) -> Cells:
    return Cells(country.table(table_id))
