"""What a table is made of: variables, codes and units, read from SCB's answers.

The functions named parse_ are the only readers of these answers, when one comes and when a kept one
is used: what they refuse with BadAnswerError is never kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from etl.network.answers import (
    LONGEST_CODE,
    BadAnswerError,
    code_of,
    kind_of,
    label_of,
    list_at,
    object_at,
    optional_object,
    parse_object,
)
from etl.text import clean_label, excerpt

_TABLE: Final = re.compile(r"TAB\d+")
_MOST_DECIMALS: Final = 15
_LONGEST_NOTE: Final = 20_000
_LONGEST_STAMP: Final = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of one ContentsCode: what is counted ("antal", "tkr") and its decimals."""

    code: str
    base: str
    decimals: int


@dataclass(frozen=True, slots=True)
class TableVariable:
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
    variables: tuple[TableVariable, ...]
    notes: tuple[str, ...] = ()

    def variable(self, code: str) -> TableVariable | None:
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


def codes_in_order(category: Mapping[str, Any], *, name: str = "a variable") -> tuple[str, ...]:
    """The codes of a json-stat2 category by position, which need not be the order of its keys.

    Raises:
        BadAnswerError: the positions are not 0, 1, …, n-1, or a code comes twice.

    >>> codes_in_order({"index": {"2": 1, "1": 0}})
    ('1', '2')
    """
    index = category.get("index")
    if index is None:  # json-stat2 lets a category of one code do without an index
        index = list(optional_object(category, "label", place=name))
        if len(index) > 1:
            raise BadAnswerError(f"{name} has {len(index)} codes and no index that orders them")
    if isinstance(index, dict):
        _check_positions(index, name=name)
        index = sorted(index, key=index.__getitem__)
    if not isinstance(index, list):
        raise BadAnswerError(f"{name}: index is {kind_of(index)} where an object was expected")
    codes = tuple(index if _plain(index) else (code_of(code, place=name) for code in index))
    if len(set(codes)) < len(codes):
        raise BadAnswerError(f"{name} has a code twice among its {len(codes)} codes")
    return codes


def _plain(codes: Sequence[Any]) -> bool:
    """Whether all are what code_of gives back unchanged: quick for the thousands of a region."""
    return (
        all(type(code) is str for code in codes)
        and max(map(len, codes), default=0) <= LONGEST_CODE
        and "".join(codes).isprintable()
    )


def _check_positions(index: Mapping[str, Any], *, name: str) -> None:
    places = list(index.values())
    if any(type(place) is not int for place in places) or sorted(places) != list(
        range(len(places))
    ):
        raise BadAnswerError(
            f"{name} has positions other than 0 to {len(places) - 1} for its {len(places)} codes"
        )


@lru_cache(maxsize=64)
def parse_metadata(raw: bytes, *, table_id: str) -> TableMetadata:
    """Read the json-stat2 answer of GET /tables/{id}/metadata.

    The steps of a refresh read each table's several times over: the last ones are kept.
    """
    answer = parse_object(raw)
    check_table(answer, table_id=table_id)
    dimension = object_at(answer, "dimension", place="metadata")
    names = [code_of(name, place="id") for name in list_at(answer, "id", place="metadata")]
    if len(set(names)) < len(names):
        raise BadAnswerError(f"metadata with a variable twice: {excerpt(', '.join(names))}")
    if not names:
        raise BadAnswerError("metadata without variables where those of a table were expected")
    variables = tuple(
        _variable(name, object_at(dimension, name, place="dimension")) for name in names
    )
    _check_sizes(answer.get("size"), variables)
    return TableMetadata(
        id=table_id,
        label=label_of(answer.get("label"), instead=table_id, place="metadata"),
        updated=stamp_of(answer),
        variables=variables,
        notes=_notes(answer.get("note")),
    )


def check_table(answer: Mapping[str, Any], *, table_id: str) -> None:
    """Refuse a problem that comes as an answer, and the answer of another table."""
    if "dimension" not in answer and isinstance(answer.get("title"), str):
        raise BadAnswerError(f"a refusal ({excerpt(answer['title'])}) where a table was expected")
    extension = answer.get("extension")
    px = extension.get("px") if isinstance(extension, dict) else None
    told = px.get("tableid") if isinstance(px, dict) else None
    comparable = isinstance(told, str) and all(map(_TABLE.fullmatch, (told, table_id)))
    if comparable and told != table_id:
        raise BadAnswerError(f"of the table {told} where {table_id} was asked for")


def _check_sizes(sizes: object, variables: Sequence[TableVariable]) -> None:
    """A description that lacks codes is refused: its areas would be missing without a word."""
    counted = [len(variable.codes) for variable in variables]
    if sizes is not None and sizes != counted:
        codes = ", ".join(f"{v.code} {n}" for v, n in zip(variables, counted, strict=True))
        raise BadAnswerError(
            f"metadata with the sizes {excerpt(str(sizes))} where its codes are {excerpt(codes)}"
        )


def stamp_of(answer: Mapping[str, Any]) -> str:
    """SCB's `updated` of an answer, verbatim; "" where it has none.

    Raises:
        BadAnswerError: it is something else than a text.
    """
    stamp = answer.get("updated")
    if stamp is None:
        return ""
    if not isinstance(stamp, str) or len(stamp) > _LONGEST_STAMP:
        raise BadAnswerError(f"updated is {excerpt(str(stamp), longest=40)!r}, no moment")
    return clean_label(stamp)


def parse_table_info(raw: bytes) -> TableInfo:
    """Read the answer of GET /tables/{id}."""
    return table_info(parse_object(raw))


def parse_tables(raw: bytes) -> tuple[tuple[TableInfo, ...], int]:
    """Read a page of GET /tables: its tables and the number of pages."""
    answer = parse_object(raw)
    pages = object_at(answer, "page", place="list of tables").get("totalPages")
    if type(pages) is not int or pages < 0:
        raise BadAnswerError(f"list of tables: totalPages is {excerpt(str(pages))}, no number")
    entries = list_at(answer, "tables", place="list of tables")
    if not all(isinstance(entry, dict) for entry in entries):
        raise BadAnswerError("list of tables with an entry that is no object")
    return tuple(table_info(entry) for entry in entries), pages


def table_info(entry: Mapping[str, Any]) -> TableInfo:
    """Read one entry of the list of tables."""
    table_id = entry.get("id")
    if not isinstance(table_id, str) or not table_id:
        raise BadAnswerError("a table's entry without id")
    names = entry.get("variableNames")
    label = label_of(entry.get("label"), instead=table_id, place=table_id)
    return TableInfo(
        id=code_of(table_id, place="id"),
        label=label,
        updated=stamp_of(entry),
        first_period=label_of(entry.get("firstPeriod"), instead="", place=table_id),
        last_period=label_of(entry.get("lastPeriod"), instead="", place=table_id),
        discontinued=entry.get("discontinued") is True or "uppdateras ej" in label.casefold(),
        variable_names=_texts(names) if isinstance(names, list) else (),
    )


def parse_code_list(raw: bytes) -> CodeList:
    """Read the answer of GET /codelists/{id}."""
    answer = parse_object(raw)
    values = list_at(answer, "values", place="code list")
    if not all(isinstance(value, dict) for value in values):
        raise BadAnswerError("code list with a value that is no object")
    codes = tuple(code_of(value.get("code"), place="code list") for value in values)
    return CodeList(
        id=code_of(answer.get("id"), place="code list"),
        label=label_of(answer.get("label"), instead="", place="code list"),
        kind=label_of(answer.get("type"), instead="", place="code list"),
        codes=codes,
        labels=tuple(
            label_of(value.get("label"), instead=code, place="code list")
            for value, code in zip(values, codes, strict=True)
        ),
        members=tuple(
            tuple(code_of(code, place="code list") for code in value.get("valueMap") or ())
            or (own,)
            for value, own in zip(values, codes, strict=True)
        ),
    )


def _variable(code: str, dimension: Mapping[str, Any]) -> TableVariable:
    category = object_at(dimension, "category", place=code)
    extension = optional_object(dimension, "extension", place=code)
    codes = codes_in_order(category, name=code)
    labels = optional_object(category, "label", place=code)
    eliminated = extension.get("eliminationValueCode")
    return TableVariable(
        code=code,
        label=label_of(dimension.get("label"), instead=code, place=code),
        codes=codes,
        labels=tuple(label_of(labels.get(c), instead=c, place=f"{code} {c}") for c in codes),
        elimination=extension.get("elimination") is True,
        elimination_value=eliminated if isinstance(eliminated, str) else None,
        codelists=_codelists(extension),
        units=_units(optional_object(category, "unit", place=code), codes=codes),
        notes=_notes(dimension.get("note")),
    )


def _codelists(extension: Mapping[str, Any]) -> tuple[str, ...]:
    listed = extension.get("codelists") or extension.get("codeLists")
    if not isinstance(listed, list):
        return ()
    ids = (item.get("id") for item in listed if isinstance(item, dict))
    return tuple(name for name in ids if isinstance(name, str))


def _units(units: Mapping[str, Any], *, codes: tuple[str, ...]) -> tuple[Unit, ...]:
    return tuple(
        _unit(code, object_at(units, code, place="unit"))
        for code in codes
        if units.get(code) is not None
    )


def _unit(code: str, unit: Mapping[str, Any]) -> Unit:
    decimals = unit.get("decimals")
    try:
        number = 0 if decimals is None else float(decimals)
    except (TypeError, ValueError):
        number = -1.0
    if number not in range(_MOST_DECIMALS + 1):
        raise BadAnswerError(
            f"unit of {code}: decimals are {excerpt(str(decimals), longest=40)!r} where a number "
            f"of 0 to {_MOST_DECIMALS} was expected"
        )
    return Unit(code, label_of(unit.get("base"), instead="", place=f"unit of {code}"), int(number))


def _notes(notes: object) -> tuple[str, ...]:
    """Notes as texts, whether a list of them or one; what is no text is no note."""
    return _texts([notes] if isinstance(notes, str) else notes if isinstance(notes, list) else [])


def _texts(values: list[Any]) -> tuple[str, ...]:
    texts = (clean_label(value[:_LONGEST_NOTE]) for value in values if isinstance(value, str))
    return tuple(text for text in texts if text)
