"""What a data call asks for, read from the address (GET) or the body (POST)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from etl.emulator.problems import UNREADABLE_BODY, RefusedError

_PART = re.compile(r"\[(?P<bracketed>[^\]]*)\]|(?P<plain>[^,]+)")
_ARGUMENT = re.compile(r"(?P<name>[^\[]+)\[(?P<variable>.+)\]")


@dataclass(frozen=True, slots=True)
class Choice:
    """The part of a query that concerns one variable."""

    variable: str
    expressions: tuple[str, ...]
    code_list: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A selection and, optionally, how variables are placed in the answer."""

    choices: tuple[Choice, ...] = ()
    heading: tuple[str, ...] = ()
    stub: tuple[str, ...] = ()


def query_from_address(arguments: Iterable[tuple[str, str]]) -> Query:
    """Read `valueCodes[X]=…`, `codelist[X]=…`, `heading` and `stub`; names without regard to case.

    Of a repeated `valueCodes[X]` only the first counts: SCB is reported to lose the others.
    """
    values: dict[str, str] = {}
    lists: dict[str, str] = {}
    plain: dict[str, str] = {}
    for key, value in arguments:
        match = _ARGUMENT.fullmatch(key)
        name = (match["name"] if match else key).casefold()
        if match is None:
            plain.setdefault(name, value)
        elif name == "valuecodes":
            values.setdefault(match["variable"], value)
        elif name == "codelist":
            lists.setdefault(match["variable"].casefold(), value)
    return Query(
        tuple(
            Choice(variable, split_codes(text), lists.get(variable.casefold()))
            for variable, text in values.items()
        ),
        heading=split_codes(plain.get("heading", "")),
        stub=split_codes(plain.get("stub", "")),
    )


def split_codes(text: str) -> tuple[str, ...]:
    """Split at commas, except inside brackets, which are taken off: `[RANGE(1,2)],5`."""
    found = (match["bracketed"] or match["plain"] for match in _PART.finditer(text))
    return tuple(part.strip() for part in found if part)


def query_from_body(body: bytes) -> Query:
    """Read the JSON of a POST; an empty body asks for nothing in particular.

    Raises:
        RefusedError: the body is not the JSON of a selection.
    """
    if not body.strip():
        return Query()
    try:
        return _read_body(_fold(orjson.loads(body)))
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(UNREADABLE_BODY) from error


def _read_body(content: Mapping[str, Any]) -> Query:
    placement = _fold(content.get("placement") or {})
    return Query(
        tuple(_choice(_fold(entry)) for entry in content.get("selection") or ()),
        heading=_texts(placement.get("heading") or ()),
        stub=_texts(placement.get("stub") or ()),
    )


def _choice(entry: Mapping[str, Any]) -> Choice:
    variable, code_list = entry["variablecode"], entry.get("codelist")
    if not isinstance(variable, str) or not isinstance(code_list, str | None):
        raise TypeError(entry)
    return Choice(variable, _texts(entry.get("valuecodes") or ()), code_list)


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    texts = tuple(values)
    if isinstance(values, str) or not all(isinstance(text, str) for text in texts):
        raise TypeError(values)
    return texts


def _fold(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key.casefold(): value for key, value in content.items()}
