"""What a data call asks for: of the address (GET), the body (POST), or what the server selects.

A call that selects nothing gets the newest period of a corner of the table. The server's own rule,
simplified: contents whole, one period, the first codes of the mandatory variables and of the last
that may be left out; a variable with value sets is shown through its first.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from etl.emulator.problems import UNREADABLE_BODY, RefusedError
from etl.emulator.variables import CodeLists, SelectedVariable

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


MOST_CODES = 11


def default_query(variables: Sequence[SelectedVariable], *, code_lists: CodeLists) -> Query:
    """What the server selects when nothing is asked for; variables not in it are eliminated."""
    classifying = [v for v in variables if not v.is_contents and not v.codes.is_time]
    optional = [variable for variable in classifying if not variable.mandatory]
    left_out = {variable.code for variable in optional[:-1]}
    choices = tuple(
        _default_choice(variable, code_lists=code_lists)
        for variable in variables
        if variable.code not in left_out
    )
    heading = tuple(v.code for v in variables if v.is_contents or v.codes.is_time)
    stub = tuple(v.code for v in classifying if v.code not in left_out)
    return Query(choices, heading=heading, stub=stub)


def selection_answer(query: Query, *, language: str, address: str) -> dict[str, Any]:
    """The answer of GET /tables/{id}/defaultselection."""
    return {
        "language": language,
        "selection": [
            {
                "variableCode": choice.variable,
                "codelist": choice.code_list,
                "valueCodes": list(choice.expressions),
            }
            for choice in query.choices
        ],
        "placement": {"heading": list(query.heading), "stub": list(query.stub)},
        "links": [{"rel": "self", "hreflang": language, "href": address}],
    }


def first_value_set(variable: SelectedVariable, *, code_lists: CodeLists) -> str | None:
    """The code list that shows a variable by default: its first with codes that the table has."""
    for code_list in variable.code_lists:
        known = code_lists.get(code_list)
        if known is not None and known["type"] == "Valueset":
            held = any(variable.codes.position(m["code"]) is not None for m in known["values"])
            if held:
                return code_list
    return None


def _default_choice(variable: SelectedVariable, *, code_lists: CodeLists) -> Choice:
    if variable.codes.is_time:
        return Choice(variable.code, ("TOP(1)",))
    most = ("*",) if variable.is_contents else (f"TOP({MOST_CODES})",)
    return Choice(variable.code, most, first_value_set(variable, code_lists=code_lists))
