"""json-stat2 answers to tidy frames: the one reader of data answers, new and kept; vectorised."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.fetch.metadata import check_table, codes_in_order, stamp_of
from etl.fetch.plan import CONTENTS, DataRequest
from etl.network.answers import (
    BadAnswerError,
    code_of,
    kind_of,
    list_at,
    object_at,
    parse_object,
)
from etl.text import excerpt

SUPPRESSED: Final = "suppressed"
NOT_PUBLISHED: Final = "not_published"
Counts = Mapping[str, bool]
"""The codes of ContentsCode whose values count something, and whether by whole numbers."""
NO_COUNTS: Final[Counts] = MappingProxyType({})
_STATUSES: Final = (SUPPRESSED, NOT_PUBLISHED)
_ZERO: Final = "-"  # with a null value: exactly nothing, in all of SCB's tables
# PX's marks of a missing cell. ".." is "not available, too uncertain or secret", never which.
_MISSING: Final = {"..": 0, **dict.fromkeys(("", ".", "...", "....", ".....", "......", ":"), 1)}
_PLACE: Final = re.compile(r"0|[1-9][0-9]{0,10}")  # "00" would be the place of "0" again
_CELL_TYPES: Final = frozenset({int, float, type(None)})
# Nothing that is counted in Sweden comes near it, and floats are exact below it.
LARGEST_VALUE: Final = 1e15


@dataclass(frozen=True, slots=True)
class Dataset:
    """A json-stat2 answer that holds what it says: codes by variable, in row-major order.

    `cells` are the values, NaN where there is none; `marks` are SCB's words for a cell by its
    place. `updated` is the answer's own, or "".
    """

    codes: tuple[tuple[str, tuple[str, ...]], ...]
    cells: NDArray[np.float64]
    marks: Mapping[int, str]
    updated: str


def read_dataset(
    raw: bytes, *, request: DataRequest | None = None, counts: Counts = NO_COUNTS
) -> Dataset:
    """Read a data answer, held against what was asked.

    What `counts` is never negative, and whole where it says so.

    Raises:
        BadAnswerError: it is no dataset, or not the one that was asked for; says where and what
            was expected.
    """
    answer = parse_object(raw)
    if request is not None:
        check_table(answer, table_id=request.table_id)
    codes = _codes(answer)
    if request is not None:
        _check_codes(dict(codes), asked=dict(request.codes))
    values = _values(answer, n=prod(len(each) for _, each in codes))
    dataset = Dataset(codes, values, _marks(answer, n=len(values)), stamp_of(answer))
    _fill_zeros(dataset)
    _check_values(dataset, counts=counts)
    return dataset


def parse_dataset(raw: bytes) -> pd.DataFrame:
    """One row per cell of a json-stat2 answer.

    Columns: one categorical of codes for each variable, in the answer's order, named by the
    variable's code; `value` (float64, NaN when missing); `status` (categorical of text, null for a
    present value): "suppressed" for SCB's "..", "not_published" for a null without that mark. A
    null that SCB marks "-" is its zero.
    """
    dataset = read_dataset(raw)
    sizes = [len(codes) for _, codes in dataset.codes]
    columns: dict[str, Any] = {
        name: _spread(codes, inner=prod(sizes[place + 1 :]), outer=prod(sizes[:place]))
        for place, (name, codes) in enumerate(dataset.codes)
    }
    columns["value"] = dataset.cells
    columns["status"] = _statuses(dataset)
    return pd.DataFrame(columns, copy=False)


def _codes(answer: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each variable's codes; their number is what `size` says."""
    dimension = object_at(answer, "dimension", place="dataset")
    names = [code_of(name, place="id") for name in list_at(answer, "id", place="dataset")]
    sizes = list_at(answer, "size", place="dataset")
    if len(sizes) != len(names) or len(set(names)) < len(names):
        raise BadAnswerError(
            f"size has {len(sizes)} numbers and id {len(set(names))} different variables"
        )
    found = []
    for name, size in zip(names, sizes, strict=True):
        category = object_at(object_at(dimension, name, place="dimension"), "category", place=name)
        codes = codes_in_order(category, name=name)
        if type(size) is not int or len(codes) != size:
            raise BadAnswerError(f"{name} has {len(codes)} codes and size {excerpt(str(size))}")
        found.append((name, codes))
    return tuple(found)


def _check_codes(
    got: Mapping[str, tuple[str, ...]], *, asked: Mapping[str, tuple[str, ...]]
) -> None:
    if sorted(got) != sorted(asked):
        raise BadAnswerError(f"variables {sorted(got)} where {sorted(asked)} were asked")
    for name, codes in got.items():
        here, wanted = frozenset(codes), frozenset(asked[name])
        if here != wanted:
            missing, extra = sorted(wanted - here), sorted(here - wanted)
            raise BadAnswerError(
                f"{name} lacks {len(missing)} codes asked for {missing[:5]} "
                f"and has {len(extra)} that were not {extra[:5]}"
            )


def _values(answer: Mapping[str, Any], *, n: int) -> NDArray[np.float64]:
    """The values by place, NaN where there is none; a list, or an object of those there are."""
    given = answer.get("value")
    if isinstance(given, dict):
        sparse: list[Any] = [None] * n
        for place, value in _by_place(given, n=n, what="value"):
            sparse[place] = value
        given = sparse
    if not isinstance(given, list):
        raise BadAnswerError(f"value is {kind_of(given)} where a list was expected")
    if len(given) != n:
        raise BadAnswerError(f"{len(given)} values where the sizes make {n}")
    strangers = set(map(type, given)) - _CELL_TYPES
    if strangers:
        place = next(at for at, value in enumerate(given) if type(value) in strangers)
        raise BadAnswerError(
            f"cell {place} is {kind_of(given[place])} ({excerpt(str(given[place]), longest=40)!r}) "
            "where a number or null was expected"
        )
    return np.array(given, dtype=np.float64) + 0.0  # None becomes NaN, and -0.0 the one zero


def _marks(answer: Mapping[str, Any], *, n: int) -> dict[int, str]:
    """The marks by place; JSON-stat has them as an object, a list, or one text for all."""
    status = answer.get("status")
    if status is None:
        return {}
    if isinstance(status, str):
        return dict.fromkeys(range(n), status)
    if isinstance(status, list):
        if len(status) != n:
            raise BadAnswerError(f"status has {len(status)} marks for {n} values")
        pairs = list(enumerate(status))
    elif isinstance(status, dict):
        pairs = list(_by_place(status, n=n, what="status"))
    else:
        raise BadAnswerError(f"status is {kind_of(status)} where an object was expected")
    odd = next(((at, mark) for at, mark in pairs if not isinstance(mark, str | None)), None)
    if odd:
        raise BadAnswerError(f"status at {odd[0]} is {kind_of(odd[1])} where a text was expected")
    return {place: mark.strip() for place, mark in pairs if mark is not None}


def _by_place(given: Mapping[str, Any], *, n: int, what: str) -> Iterable[tuple[int, Any]]:
    places = [*map(int, given)] if all(map(_PLACE.fullmatch, given)) else []
    if len(places) < len(given) or max(places, default=0) >= n:
        odd = next(key for key in given if not _PLACE.fullmatch(key) or int(key) >= n)
        raise BadAnswerError(
            f"{what} at {excerpt(odd, longest=40)!r}, outside the {n} values (0 to {n - 1})"
        )
    return zip(places, given.values(), strict=True)


def _fill_zeros(dataset: Dataset) -> None:
    """Put 0 where a null is marked as nothing, and refuse marks whose meaning nobody knows."""
    missing = np.isnan(dataset.cells)
    for place, mark in dataset.marks.items():
        if not missing[place]:
            continue
        if mark == _ZERO:
            dataset.cells[place] = 0.0
        elif mark not in _MISSING:
            raise BadAnswerError(
                f"{_cell(dataset, place)} has no value and the unknown mark "
                f"{excerpt(mark, longest=40)!r} where '..', '.' or '-' was expected"
            )


def _check_values(dataset: Dataset, *, counts: Counts) -> None:
    values = dataset.cells
    large = np.flatnonzero(np.abs(values) >= LARGEST_VALUE)
    if large.size:
        raise BadAnswerError(
            f"{_cell(dataset, int(large[0]))} is {values[large[0]]:g} where a number under "
            f"{LARGEST_VALUE:g} was expected"
        )
    whole = [code for code, is_whole in counts.items() if is_whole]
    missing = np.isnan(values)
    for wrong, expected in (
        ((values < 0) & _having(dataset, codes=counts), "a count of 0 or more"),
        ((values != np.floor(values)) & ~missing & _having(dataset, codes=whole), "a whole number"),
    ):
        if wrong.any():
            place = int(wrong.argmax())
            raise BadAnswerError(
                f"{_cell(dataset, place)} is {values[place]:.10g} where {expected} was expected"
            )


def _having(dataset: Dataset, *, codes: Collection[str]) -> NDArray[np.bool_]:
    """Which cells have one of these codes of ContentsCode."""
    sizes = [len(each) for _, each in dataset.codes]
    cells = np.zeros(sizes, dtype=np.bool_)
    for axis, (name, every) in enumerate(dataset.codes):
        if name == CONTENTS:
            of_code = np.array([code in codes for code in every], dtype=np.bool_)
            cells |= of_code.reshape([-1 if n == axis else 1 for n in range(len(sizes))])
    return cells.reshape(-1)


def _cell(dataset: Dataset, place: int) -> str:
    """A cell by its codes: "the cell Region=0114, Tid=2024"."""
    return "the cell " + ", ".join(f"{name}={code}" for name, code in _codes_at(dataset, place))


def _codes_at(dataset: Dataset, place: int) -> list[tuple[str, str]]:
    at = np.unravel_index(place, [len(codes) for _, codes in dataset.codes])
    return [(name, codes[int(n)]) for (name, codes), n in zip(dataset.codes, at, strict=True)]


def _spread(codes: tuple[str, ...], *, inner: int, outer: int) -> "pd.Categorical[str]":
    """A variable's codes over all cells of a row-major cube: the last variable runs fastest."""
    places = np.arange(len(codes), dtype=_smallest_int(len(codes)))
    every = np.tile(np.repeat(places, inner), outer)
    return pd.Categorical.from_codes(every, categories=pd.Index(codes), validate=False)


def _smallest_int(n: int) -> type[np.signedinteger[Any]]:
    if n < 2**7:
        return np.int8
    return np.int16 if n < 2**15 else np.int32


def _statuses(dataset: Dataset) -> "pd.Categorical[str]":
    missing = np.isnan(dataset.cells)
    codes = np.where(missing, np.int8(1), np.int8(-1))
    secret = {mark for mark, status in _MISSING.items() if status == 0}
    of_mark = [place for place, mark in dataset.marks.items() if mark in secret]
    suppressed = np.array(of_mark, dtype=np.int64)
    codes[suppressed[missing[suppressed]]] = 0
    return pd.Categorical.from_codes(codes, categories=pd.Index(_STATUSES), validate=False)
