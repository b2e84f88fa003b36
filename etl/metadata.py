"""What a table is made of: variables, codes and units, read from SCB's metadata answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of one ContentsCode: what is counted ("antal", "tkr") and its decimals."""

    code: str
    base: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a table; `codes` and `labels` run in SCB's own order and are equally long."""

    code: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    elimination: bool
    elimination_value: str | None = None
    codelists: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableMetadata:
    """A table as its metadata describes it; `updated` is SCB's own stamp, verbatim."""

    id: str
    label: str
    updated: str
    variables: tuple[Variable, ...]
    notes: tuple[str, ...] = ()

    def variable(self, code: str) -> Variable | None:
        """The variable with this code, if the table has it."""
        return next((variable for variable in self.variables if variable.code == code), None)


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One entry of SCB's list of tables."""

    id: str
    label: str
    updated: str
    first_period: str
    last_period: str
    discontinued: bool
    variable_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A named set (Valueset) or grouping (Aggregation) of a variable's codes.

    `members` holds, for each code, the table's own codes that it stands for.
    """

    id: str
    label: str
    kind: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]


def parse_metadata(raw: bytes, *, table_id: str) -> TableMetadata:
    """Read the json-stat2 answer of GET /tables/{id}/metadata."""
    raise NotImplementedError
