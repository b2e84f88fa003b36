"""What frames can state, by kind of number, and the numbers of a sentence by the same kinds.

A per cent is held by a share and never by a count, a count by a count or a number of rows and never
by a share, a year by a year: a small whole number then matches by what it counts and not by chance.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from barometer.divisions import Language
from tests.sentences import number_pattern, plain_number

Kind = Literal["percent", "points", "year", "count", "value"]

# Of which kinds a number of a kind may be: a bare one may count, points are a difference of shares.
_KINDS: Final[Mapping[Kind, tuple[Kind, ...]]] = {
    "percent": ("percent",),
    "points": ("points", "percent"),
    "year": ("year",),
    "count": ("count",),
    "value": ("value", "count"),
}
MANY: Final = 14  # rows or columns of which any two may be added
MANY_PERSONS: Final = 100  # an estimate of so many is told as a whole number
LISTED: Final = 20  # rows of a table of the largest parts
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PER: Final = re.compile(r"\bper\s$")
_PERCENT: Final = re.compile(r"\s?(?:%|procent\b|per cent\b)")
_POINTS: Final = re.compile(r"\s?(?:procentenhet|percentage point)")
_COUNTED: Final = re.compile(
    r"\s(?:av|of|RegSO|DeSO|områden|areas|kommuner|municipalities|län|counties|invånare|residents"
    r"|personer|persons|people|hushåll|households|bostäder|dwellings|lägenheter|barn|children"
    r"|signaler|signals|värden|values|rader|rows|indikatorer|indicators|placebo|insatser)\b"
)
_BETWEEN: Final = r"\s?(?:–|till|to|och|and|av|of|eller|or)\s?"


def stated(text: str, language: Language) -> Iterator[tuple[Kind, Decimal]]:
    """Every number of a text with its kind; the ends of a range have the kind of its last."""
    pattern = number_pattern(language)
    # The first of "38,2 och 38,8 %" is a per cent too.
    ranged = re.compile(rf"{_BETWEEN}(?:{pattern})")
    for match in re.finditer(pattern, text):
        after = text[match.end() :]
        if _PER.search(text[: match.start()]):
            continue  # the unit: "per 1 000"
        if _YEAR.fullmatch(match[0]) and not _PERCENT.match(after):
            yield "year", Decimal(match[0])
            continue
        while (more := ranged.match(after)) and not re.match(r"\s(?:av|of)\s", after):
            after = after[more.end() :]
        yield _kind(after), abs(plain_number(match[0], language))


def _kind(after: str) -> Kind:
    if _POINTS.match(after):
        return "points"
    if _PERCENT.match(after):
        return "percent"
    return "count" if _COUNTED.match(after) else "value"


@dataclass(frozen=True)
class Held:
    """Every number that some frames can state, by kind."""

    cells: Mapping[Kind, np.ndarray]

    @classmethod
    def of(cls, *frames: pd.DataFrame, cells_only: bool = False) -> "Held":
        """What any of the frames holds; of their cells only, or also counts, ends and sums."""
        found: dict[Kind, list[Any]] = defaultdict(list)
        for frame in frames:
            for kind, numbers in _cells(frame) if cells_only else _of_frame(frame):
                found[kind].append(np.abs(np.asarray(numbers, dtype=float)))
        return cls({kind: np.unique(np.concatenate(parts)) for kind, parts in found.items()})

    def holds(self, kind: Kind, number: Decimal) -> bool:
        """Whether some cell is written as the number."""
        step = 10.0 ** int(number.as_tuple().exponent)
        return any(
            bool((np.abs(self.cells[own] - float(number)) <= 0.5 * step + 1e-9).any())
            for own in _KINDS[kind]
            if own in self.cells
        )


def _of_frame(frame: pd.DataFrame) -> Iterator[tuple[Kind, Any]]:
    yield "count", [*_counts(frame)]
    yield from _cells(frame)
    yield from _ends(frame)
    yield from _sums(frame)


def _cells(frame: pd.DataFrame) -> Iterator[tuple[Kind, Any]]:
    for name in frame.select_dtypes("number").columns:
        cells = frame[name].to_numpy(float)
        cells = cells[cells == cells]
        if not len(cells):
            continue
        if _is_year(str(name)):
            yield "year", cells
            continue
        scale, whole = _scale(cells), bool((cells % 1 == 0).all())
        yield "value", np.concatenate([cells, 0.001 * cells])
        yield "count", cells if whole else cells[np.abs(cells) >= MANY_PERSONS]
        alone = len(cells) == 1  # does not show whether it is a share or a per cent
        if alone or scale == 1 or not whole:
            yield "percent", np.concatenate([scale * cells, cells]) if alone else scale * cells


def _ends(frame: pd.DataFrame) -> Iterator[tuple[Kind, Any]]:
    """Medians, and where the middle half and eight in ten lie."""
    for name in frame.select_dtypes("number").columns:
        cells = frame[name].dropna().to_numpy(float)
        if len(cells):
            ends = np.quantile(cells, [0.1, 0.25, 0.5, 0.75, 0.9])
            yield "value", ends
            yield "percent", _scale(cells) * ends


def _scale(cells: np.ndarray) -> int:
    """What a share is multiplied with to be a per cent."""
    return 100 if np.abs(cells).max() <= 1 else 1


def _is_year(name: str) -> bool:
    return bool(re.search(r"year|since|start", name))


def _counts(frame: pd.DataFrame) -> Iterator[int]:
    """How many rows there are, have something, and have the same."""
    yield len(frame)
    for name in frame.columns:
        yield from (int(n) for n in (frame[name].notna().sum(), frame[name].isna().sum()))
        if all(isinstance(cell, str | int | float) for cell in frame[name]):
            yield from map(int, frame[name].value_counts())
            yield int(frame[name].nunique())
    yield from _of_halves(frame)
    yield from _of_moves(frame)
    yield from _of_parts(frame)


def _sums(frame: pd.DataFrame) -> Iterator[tuple[Kind, Any]]:
    """The sum and the difference of any two cells of a row or a column of one year."""
    by_year = [rows for _, rows in frame.groupby("year")] if "year" in frame else [frame]
    for rows in (rows.select_dtypes("number") for rows in by_year if len(rows) <= MANY):
        plain = rows[[name for name in rows.columns if not _is_year(str(name))]].to_numpy(float)
        for cells in plain.T:
            if (cells[cells == cells] % 1 == 0).all():
                yield "count", [np.nansum(cells)]
        for line in (*plain, *plain.T):
            cells = line[line == line][:MANY]
            if len(cells) > 1:
                a, b = (cells[side] for side in np.triu_indices(len(cells), k=1))
                scale, found = _scale(cells), np.concatenate([a + b, a - b])
                yield "percent", scale * found
                yield "value", scale * found
                yield "count", found[found % 1 == 0]


def _of_halves(frame: pd.DataFrame) -> Iterator[int]:
    """Between what a group lies of which only shares in whole per cents are published."""
    if not {"group_population", "population"} <= {*frame.columns}:
        return
    for group, population in frame[["group_population", "population"]].dropna().to_numpy(float):
        for end in (group - population / 200, group + population / 200):
            yield from (int(end), int(end) + 1)


def _of_moves(frame: pd.DataFrame) -> Iterator[int]:
    """How many areas kept their type, went up and went down."""
    if not {"from_type", "to_type", "n_areas"} <= {*frame.columns}:
        return
    ways = frame["to_type"].astype(int) - frame["from_type"].astype(int)
    for among in (ways == 0, ways > 0, ways < 0, ways == ways):
        yield int(frame.loc[among, "n_areas"].sum())


def _of_parts(frame: pd.DataFrame) -> Iterator[int]:
    """How few of the largest parts make half of the whole, and how many a table shows of them."""
    if {"part", "share"} <= {*frame.columns} and len(frame):
        yield int((frame["share"].cumsum() < 0.5).sum()) + 1
        yield min(len(frame), LISTED)
