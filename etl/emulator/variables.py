"""A table's variables, and which of their codes `*`, `0180C*`, `????`, `TOP(3)` and kin mean.

A code that the variable has is always itself, whatever it looks like. Otherwise the first kind of
expression that recognises the text decides: it either selects, or the call is refused.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.emulator.problems import ILLEGAL_EXPRESSION, NO_VALUE, RefusedError

CodeLists = Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one variable in order, found without regard to case."""

    codes: tuple[str, ...]
    is_time: bool
    folded: tuple[str, ...]
    positions: dict[str, int]

    @classmethod
    def of(cls, codes: Iterable[str], *, is_time: bool = False) -> "Codes":
        """Index the codes; of two that differ in case only, the first is found."""
        codes = tuple(codes)
        folded = tuple(code.casefold() for code in codes)
        positions = {code: at for at, code in reversed(tuple(enumerate(folded)))}
        return cls(codes, is_time, folded, positions)

    def position(self, code: str) -> int | None:
        """Where a code stands, or None."""
        return self.positions.get(code.casefold())


def select(expressions: Iterable[str], codes: Codes) -> list[int]:
    """Positions that the expressions select together, ascending and each once.

    Raises:
        RefusedError: an expression is malformed, or names a code that the variable lacks.
    """
    chosen: set[int] = set()
    for expression in expressions:
        chosen.update(_positions(expression, codes))
    return sorted(chosen)


def _positions(expression: str, codes: Codes) -> Sequence[int]:
    exact = codes.position(expression)
    if exact is not None:
        return (exact,)
    folded = expression.casefold()
    for recognised, pattern, selected in _EXPRESSIONS:
        if recognised(folded):
            match = pattern.fullmatch(folded)
            if match is None:
                raise RefusedError(ILLEGAL_EXPRESSION)
            return selected(match, codes)
    raise RefusedError(NO_VALUE)


def _wildcard(match: re.Match[str], codes: Codes) -> Sequence[int]:
    pattern = re.compile(".*".join(map(re.escape, match[0].split("*"))))
    return [at for at, code in enumerate(codes.folded) if pattern.fullmatch(code)]


def _mask(match: re.Match[str], codes: Codes) -> Sequence[int]:
    pattern = re.compile(".".join(map(re.escape, match[0].split("?"))))
    return [at for at, code in enumerate(codes.folded) if pattern.fullmatch(code)]


def _top(match: re.Match[str], codes: Codes) -> Sequence[int]:
    """The first codes of the list; of time, which is listed oldest first, the newest."""
    return _end(match, codes, last=codes.is_time)


def _bottom(match: re.Match[str], codes: Codes) -> Sequence[int]:
    return _end(match, codes, last=not codes.is_time)


def _end(match: re.Match[str], codes: Codes, *, last: bool) -> Sequence[int]:
    order = range(len(codes.codes))
    offset = int(match["offset"] or 0)
    return (order[::-1] if last else order)[offset : offset + int(match["count"])]


def _from(match: re.Match[str], codes: Codes) -> Sequence[int]:
    return range(_known(match["code"], codes), len(codes.codes))


def _to(match: re.Match[str], codes: Codes) -> Sequence[int]:
    return range(_known(match["code"], codes) + 1)


def _range(match: re.Match[str], codes: Codes) -> Sequence[int]:
    """Both ends included, given in either order."""
    first, last = sorted((_known(match["first"], codes), _known(match["last"], codes)))
    return range(first, last + 1)


def _known(code: str, codes: Codes) -> int:
    at = codes.position(code)
    if at is None:
        raise RefusedError(NO_VALUE)
    return at


_Recognise = Callable[[str], bool]
_Select = Callable[[re.Match[str], Codes], Sequence[int]]
_COUNTED = r"\((?P<count>[1-9]\d*)(,(?P<offset>\d+))?\)"

_EXPRESSIONS: tuple[tuple[_Recognise, re.Pattern[str], _Select], ...] = (
    (lambda text: text.startswith("top("), re.compile("top" + _COUNTED), _top),
    (lambda text: text.startswith("bottom("), re.compile("bottom" + _COUNTED), _bottom),
    (
        lambda text: text.startswith("range("),
        re.compile(r"range\((?P<first>[^,]+),(?P<last>[^,)]+)\)"),
        _range,
    ),
    (lambda text: text.startswith("from("), re.compile(r"from\((?P<code>[^,]+)\)"), _from),
    (lambda text: text.startswith("to("), re.compile(r"to\((?P<code>[^,]+)\)"), _to),
    (lambda text: "*" in text, re.compile(r"\*[^*?]*\*?|[^*?]+\*"), _wildcard),
    (lambda text: "?" in text, re.compile(r"[^*]+"), _mask),
)


@dataclass(frozen=True, slots=True)
class SelectedVariable:
    """One variable: its codes in order, and what a call may leave out or ask for instead.

    `total` is the code that stands for the variable when it is left out; without one the codes
    are summed. `code_lists` are the ids of the lists that the variable may be asked for through.
    """

    code: str
    label: str
    codes: Codes
    mandatory: bool
    total: str | None
    code_lists: tuple[str, ...]
    is_contents: bool


def read_variables(metadata: dict[str, Any]) -> tuple[SelectedVariable, ...]:
    """The variables of a json-stat2 dataset in the order of its `id`."""
    role = metadata.get("role", {})
    return tuple(
        _variable(
            code,
            metadata["dimension"][code],
            is_time=code in role.get("time", ()),
            is_contents=code in role.get("metric", ()),
        )
        for code in metadata["id"]
    )


def ordered_codes(dimension: dict[str, Any]) -> list[str]:
    """A dimension's codes by position; the order of the keys says nothing."""
    index: dict[str, int] = dimension["category"]["index"]
    return sorted(index, key=index.__getitem__)


def _variable(
    code: str, dimension: dict[str, Any], *, is_time: bool, is_contents: bool
) -> SelectedVariable:
    extension = dimension.get("extension", {})
    return SelectedVariable(
        code=code,
        label=dimension.get("label", code),
        codes=Codes.of(ordered_codes(dimension), is_time=is_time),
        mandatory=not extension.get("elimination", False),
        total=extension.get("eliminationValueCode"),
        code_lists=tuple(entry["id"] for entry in extension.get("codelists", ())),
        is_contents=is_contents,
    )
