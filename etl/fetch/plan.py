"""Requests for cells: canonical form, the order of the table, split into calls."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, prod
from typing import Final, Self

import orjson

from etl.fetch.metadata import TableMetadata, TableVariable

CONTENTS: Final = "ContentsCode"
_SHOWN_CODES: Final = 12
_NEAREST_WITHIN: Final = 2_000
# The server holds each code that is sent against each that it has: a list of thousands is slow.
_MASKED_FROM: Final = 100
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class DataRequest:
    """Cells wanted from one table: variable and its codes, in the order of the table's metadata.

    Variables that are left out are eliminated (summed or replaced by their total) by the server.
    `masks` say the same of a variable in few words, where thousands of its codes have one form.
    """

    table_id: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]
    masks: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, table_id: str, codes: Mapping[str, Sequence[str]]) -> Self:
        """A request from a plain mapping."""
        return cls(table_id, tuple((name, tuple(values)) for name, values in codes.items()))

    @property
    def cells(self) -> int:
        """Number of cells the answer holds."""
        return prod(len(values) for _, values in self.codes)

    def canonical(self) -> bytes:
        """The one byte form of this request: equal for equal selections in whatever order."""
        selection = {name: sorted(values) for name, values in self.codes}
        return orjson.dumps(
            {"table": self.table_id, "selection": selection}, option=orjson.OPT_SORT_KEYS
        )

    def replace(self, variable: str, values: Sequence[str]) -> Self:
        """The same request with other codes of one variable."""
        codes = ((name, tuple(values) if name == variable else kept) for name, kept in self.codes)
        masks = ((name, kept) for name, kept in self.masks if name != variable)
        return type(self)(self.table_id, tuple(codes), tuple(masks))


def in_table_order(request: DataRequest, *, metadata: TableMetadata) -> DataRequest:
    """The same cells with variables and codes in the order of the table's metadata, and masks."""
    wanted = {name: frozenset(values) for name, values in request.codes}
    chosen = [variable for variable in metadata.variables if variable.code in wanted]
    codes = {v.code: tuple(c for c in v.codes if c in wanted[v.code]) for v in chosen}
    masks = {v.code: masks_of(codes[v.code], existing=v.codes) for v in chosen}
    return DataRequest(
        request.table_id,
        tuple(codes.items()),
        tuple((name, short) for name, short in masks.items() if len(short) < len(codes[name])),
    )


def masks_of(codes: Sequence[str], *, existing: Sequence[str]) -> tuple[str, ...]:
    """The codes in few words: forms that a hundred of them and no other existing code have.

    >>> deso = [f"0114A{n:04}_DeSO2025" for n in range(100)]
    >>> masks_of(["00", *deso], existing=["00", "0114A0010", *deso])
    ('00', '????A????_DeSO2025')
    """
    if len(codes) < _MASKED_FROM:
        return tuple(codes)
    forms = _forms(tuple(existing))
    chosen = Counter(forms[code] for code in codes)
    there = Counter(forms.values())
    whole = {form for form, n in chosen.items() if n >= _MASKED_FROM and n == there[form]}
    return tuple(dict.fromkeys(forms[c] if forms[c] in whole else c for c in codes))


@lru_cache(maxsize=16)  # tables share their 19,182 codes of regions
def _forms(codes: tuple[str, ...]) -> dict[str, str]:
    """Each code with any character in place of each digit, but for its suffix."""
    parts = ((code, *code.partition("_")) for code in codes)
    return {code: _DIGIT.sub("?", own) + mark + suffix for code, own, mark, suffix in parts}


def split_request(request: DataRequest, *, max_cells: int) -> Iterator[DataRequest]:
    """Disjoint requests of at most `max_cells` that together are the request.

    Split along the one variable that gives the fewest calls; where none is long enough alone, the
    request is halved first. ContentsCode is split only when nothing else can be.
    """
    if max_cells < 1:
        raise ValueError(f"max_cells is {max_cells}: a call must be allowed at least one cell")
    if request.cells <= max_cells:
        yield request
        return
    cheapest = _cheapest_variable(request, max_cells=max_cells)
    if cheapest is None:
        for half in halve_request(request):
            yield from split_request(half, max_cells=max_cells)
        return
    name, calls = cheapest
    values = dict(request.codes)[name]
    for chunk in _even_chunks(values, n=calls):
        yield request.replace(name, chunk)


def halve_request(request: DataRequest) -> tuple[DataRequest, ...]:
    """The request in two along its longest variable; the request itself when it is one cell."""
    name, values = max(request.codes, key=lambda item: (_may_split(item), len(item[1])))
    if len(values) < 2:
        return (request,)
    return tuple(request.replace(name, chunk) for chunk in _even_chunks(values, n=2))


def nearest(code: str, existing: Sequence[str]) -> tuple[str, ...]:
    """The existing codes, those spelt most like `code` first."""
    likely = difflib.get_close_matches(code, existing[:_NEAREST_WITHIN], n=_SHOWN_CODES, cutoff=0.4)
    return (*likely, *(other for other in existing if other not in set(likely)))


def show_codes(codes: Sequence[str], *, variable: TableVariable | None = None) -> str:
    """Codes for an error text, with labels when the variable is known; long lists are cut."""
    names = dict(zip(variable.codes, variable.labels, strict=True)) if variable else {}
    shown = ", ".join(_with_label(code, names.get(code)) for code in codes[:_SHOWN_CODES])
    left = len(codes) - _SHOWN_CODES
    return f"{shown} and {left} more" if left > 0 else shown


def _with_label(code: str, label: str | None) -> str:
    return f"{code!r}" if label in (None, code) else f"{code!r} ({label})"


def _may_split(item: tuple[str, tuple[str, ...]]) -> bool:
    name, values = item
    return name != CONTENTS and len(values) > 1


def _cheapest_variable(request: DataRequest, *, max_cells: int) -> tuple[str, int] | None:
    options = []
    for name, values in request.codes:
        per_code = request.cells // len(values)
        if per_code <= max_cells:
            calls = ceil(len(values) / (max_cells // per_code))
            options.append((name == CONTENTS, calls, name in dict(request.masks), name))
    if not options:
        return None
    _, calls, _, name = min(options)
    return name, calls


def _even_chunks(values: Sequence[str], *, n: int) -> Iterator[Sequence[str]]:
    size, longer = divmod(len(values), n)
    start = 0
    for number in range(n):
        end = start + size + (number < longer)
        yield values[start:end]
        start = end
