"""What a table is made of: variables, codes and units, read from SCB's answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson


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


def codes_in_order(category: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of a json-stat2 category by position, which need not be the order of its keys.

    >>> codes_in_order({"index": {"2": 1, "1": 0}})
    ('1', '2')
    """
    index = category.get("index")
    if index is None:  # json-stat2 lets a category of one code do without an index
        return tuple(category["label"])
    if isinstance(index, list):
        return tuple(index)
    return tuple(sorted(index, key=index.__getitem__))


def parse_metadata(raw: bytes, *, table_id: str) -> TableMetadata:
    """Read the json-stat2 answer of GET /tables/{id}/metadata."""
    answer = orjson.loads(raw)
    return TableMetadata(
        id=table_id,
        label=answer["label"],
        updated=answer.get("updated") or "",
        variables=tuple(_variable(code, answer["dimension"][code]) for code in answer["id"]),
        notes=tuple(answer.get("note") or ()),
    )


def parse_table_info(entry: Mapping[str, Any]) -> TableInfo:
    """Read one entry of GET /tables, or the answer of GET /tables/{id}."""
    return TableInfo(
        id=entry["id"],
        label=entry["label"],
        updated=entry.get("updated") or "",
        first_period=entry.get("firstPeriod") or "",
        last_period=entry.get("lastPeriod") or "",
        discontinued=bool(entry.get("discontinued")),
        variable_names=tuple(entry.get("variableNames") or ()),
    )


def parse_code_list(answer: Mapping[str, Any]) -> CodeList:
    """Read the answer of GET /codelists/{id}."""
    values = answer["values"]
    return CodeList(
        id=answer["id"],
        label=answer["label"],
        kind=answer["type"],
        codes=tuple(value["code"] for value in values),
        labels=tuple(value["label"] for value in values),
        members=tuple(tuple(value.get("valueMap") or (value["code"],)) for value in values),
    )


def _variable(code: str, dimension: Mapping[str, Any]) -> Variable:
    category = dimension["category"]
    extension = dimension.get("extension") or {}
    codes = codes_in_order(category)
    labels = category.get("label") or {}
    return Variable(
        code=code,
        label=dimension.get("label") or code,
        codes=codes,
        labels=tuple(labels.get(value, value) for value in codes),
        elimination=bool(extension.get("elimination")),
        elimination_value=extension.get("eliminationValueCode"),
        codelists=tuple(item["id"] for item in _codelists(extension)),
        units=_units(category.get("unit") or {}, codes=codes),
        notes=tuple(dimension.get("note") or ()),
    )


def _codelists(extension: Mapping[str, Any]) -> list[dict[str, Any]]:
    return extension.get("codelists") or extension.get("codeLists") or []


def _units(units: Mapping[str, Any], *, codes: tuple[str, ...]) -> tuple[Unit, ...]:
    return tuple(
        Unit(code, units[code].get("base") or "", int(units[code].get("decimals") or 0))
        for code in codes
        if code in units
    )
