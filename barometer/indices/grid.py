"""Environments of every cell of a fine grid of persons, exact, found for neighbours together.

For 100 m cells and millions of persons a search cell by cell takes hours. Cells that lie near each
other have nearly the same environment, though: where the circle round one has radius r, that round
another d away has between r - d and r + d. So the cells are halved again and again, and each part
hands on to its halves only the ring of cells that can matter to some of them and not to all. In the
end a few dozen cells look through a ring of a thousand or so. Cells at equal distance are taken in
together: the last ring in proportion.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from barometer.indices.containers import FloatArray, ratio

_CELLS_AT_ONCE = 32  # fewer: more calls for each; more: a broader ring for each
_BINS = 8  # of distance, in the breadth of a part
_SLACK = 1e-6  # cells; far above what rounding does to a distance, far below what it costs


@dataclass(frozen=True, slots=True)
class Grid:
    """Persons by cell, near cells near each other; build it with `grid_of`."""

    cells: FloatArray  # (2 + groups, cells): row, column and persons of each group
    order: NDArray[np.int64]  # the place of each cell in what `grid_of` was given


@dataclass(frozen=True, slots=True)
class _Part:
    """Cells `begin` to `end` of a grid, and what their environments are made of."""

    begin: int
    end: int
    ring: FloatArray  # (2 + groups, cells), as in Grid: all cells that some may need and not all
    inside: FloatArray  # persons by group in the environment of every one of them
    least: float = 0.0  # no cell's environment has a shorter radius
    most: float = np.inf  # nor a longer one

    @property
    def few(self) -> bool:
        return self.end - self.begin <= _CELLS_AT_ONCE


# The shortest and the longest radius in a part, out of the distances of its ring from its middle
# and the distance of its outermost cell.
_Bounds = Callable[[_Part, FloatArray, float], tuple[float, float]]
# Persons by group (groups, cells) that each cell of a part meets, out of the squares of the
# distances (cells, ring) to its ring.
_Met = Callable[[_Part, FloatArray], FloatArray]


def grid_of(rows: ArrayLike, columns: ArrayLike, counts: ArrayLike) -> Grid:
    """A grid of cells given by row and column number and persons (cells, groups).

    Memory is 8 bytes a cell for each group and three more, wherever the cells lie.

    Raises:
        ValueError: with every fault: shapes that differ, counts that are not whole or below 0,
            a cell given twice.
    """
    y, x, persons = np.asarray(rows), np.asarray(columns), np.asarray(counts)
    faults = _faults(y, x, persons)
    if faults:
        raise ValueError("The grid has faults:\n" + "\n".join(f"- {fault}" for fault in faults))
    places = [values.astype(np.int64) - int(values.min()) for values in (y, x)]
    cells = np.vstack([*places, persons.T]).astype(float)
    order = np.arange(y.size)
    _sort(cells, order)
    return Grid(cells[:, order], order)


def grid_neighbours(grid: Grid, *, residents: Sequence[int]) -> FloatArray:
    """Shares of each group (residents, groups, cells) among the K residents nearest to cells.

    Where the whole grid has fewer than K residents the environment is all of them.
    """
    whole = grid.cells[2:].sum(axis=1, keepdims=True)
    shares = np.empty((len(residents), len(whole), grid.order.size))
    shares[:] = ratio(whole, whole.sum())
    _fill(
        grid,
        (
            (share, _radii_of(size), _nearest_of(size))
            for share, size in zip(shares, residents, strict=True)
            if size < whole.sum()
        ),
    )
    return shares


def grid_discs(grid: Grid, *, radii: Sequence[float]) -> FloatArray:
    """Shares of each group (radii, groups, cells) within so many cells' widths of cells."""
    shares = np.empty((len(radii), len(grid.cells) - 2, grid.order.size))
    _fill(
        grid,
        (
            (share, lambda *_, radius=radius: (radius, radius), _disc_of(radius))
            for share, radius in zip(shares, radii, strict=True)
        ),
    )
    return shares


def _fill(grid: Grid, environments: Iterable[tuple[FloatArray, _Bounds, _Met]]) -> None:
    """Puts shares (groups, cells) in their places, a size of environment on each core."""

    def fill(share: FloatArray, bounds: _Bounds, met_by: _Met) -> None:
        for part in _parts(grid, bounds):
            y, x = grid.cells[:2, part.begin : part.end, np.newaxis]
            met = met_by(part, (part.ring[0] - y) ** 2 + (part.ring[1] - x) ** 2)
            share[:, grid.order[part.begin : part.end]] = ratio(met, met.sum(axis=0))

    with ThreadPoolExecutor(os.cpu_count()) as cores:
        for filled in [cores.submit(fill, *one) for one in environments]:
            filled.result()


def _parts(grid: Grid, bounds: _Bounds) -> Iterator[_Part]:
    """All cells in parts that are few, each with its ring."""
    parts = [_Part(0, grid.order.size, grid.cells, np.zeros(len(grid.cells) - 2))]
    while parts:
        part = _narrowed(parts.pop(), grid, bounds)
        if part.few:
            yield part
            continue
        for half in _halves(part.begin, part.end):  # two halvings in one: fewer rings to measure
            parts += [_Part(*quarter, part.ring, part.inside) for quarter in _halves(*half)]


def _narrowed(part: _Part, grid: Grid, bounds: _Bounds) -> _Part:
    """The part with no more of the ring than it needs."""
    places = grid.cells[:2, part.begin : part.end]
    middle = places.mean(axis=1, keepdims=True)
    wide = float(_distances(places, middle).max())
    away = _distances(part.ring, middle)
    least, most = bounds(part, away, wide)
    core = away < least - wide - _SLACK
    ring = part.ring.take(np.flatnonzero(~core & (away <= most + wide + _SLACK)), axis=1)
    inside = part.inside + part.ring[2:] @ core.astype(float)
    return _Part(part.begin, part.end, ring, inside, least, most)


def _radii_of(size: float) -> _Bounds:
    """Bounds of the radius that holds K persons: by its size round the middle of the part."""

    def bounds(part: _Part, away: FloatArray, wide: float) -> tuple[float, float]:
        bins = _BINS / max(wide, 1.0)
        persons = np.bincount((away * bins).astype(np.int64), part.ring[2:].sum(axis=0))
        reached = int(np.searchsorted(persons.cumsum(), size - part.inside.sum()))
        return reached / bins - wide, (reached + 1) / bins + wide

    return bounds


def _disc_of(radius: float) -> _Met:
    square = np.floor(radius * radius + 1e-9)
    return lambda part, squares: _within(part, squares <= square)


def _nearest_of(size: float) -> _Met:
    """The K nearest, by halving the span of squares between the bounds."""

    def met_by(part: _Part, squares: FloatArray) -> FloatArray:
        below = np.full(len(squares), np.floor(max(part.least - _SLACK, 0.0) ** 2) - 1)
        above = np.full(len(squares), np.ceil((part.most + _SLACK) ** 2))
        persons, lacking = part.ring[2:].sum(axis=0), size - part.inside.sum()
        while (above - below > 1).any():
            middle = np.floor((below + above) / 2)
            enough = (squares <= middle[:, np.newaxis]).astype(float) @ persons >= lacking
            below, above = np.where(enough, below, middle), np.where(enough, middle, above)
        edge = above[:, np.newaxis]
        inner, outer = _within(part, squares < edge), _within(part, squares <= edge)
        ring = outer - inner
        return inner + ratio(size - inner.sum(axis=0), ring.sum(axis=0)) * ring

    return met_by


def _within(part: _Part, chosen: NDArray[np.bool_]) -> FloatArray:
    """Persons by group (groups, cells) inside and in what each cell chooses of the ring."""
    met: FloatArray = part.inside[:, np.newaxis] + part.ring[2:] @ chosen.T.astype(float)
    return met


def _distances(cells: FloatArray, middle: FloatArray) -> FloatArray:
    away: FloatArray = np.sqrt((cells[0] - middle[0]) ** 2 + (cells[1] - middle[1]) ** 2)
    return away


def _sort(cells: FloatArray, order: NDArray[np.int64]) -> None:
    """Sorts `order` in place, so that the halves of any part lie side by side, and so on."""
    parts = [order]
    while parts:
        part = parts.pop()
        if part.size > _CELLS_AT_ONCE:
            places = cells[:2, part]
            longest = places[np.ptp(places, axis=1).argmax()]
            part[:] = part[longest.argpartition(part.size // 2)]
            parts += [part[begin:end] for begin, end in _halves(0, part.size)]


def _halves(begin: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    middle = (begin + end) // 2
    return (begin, middle), (middle, end)


def _faults(rows: NDArray[Any], columns: NDArray[Any], counts: NDArray[Any]) -> list[str]:
    if counts.ndim != 2 or rows.shape != columns.shape or rows.shape != counts.shape[:1]:
        shapes = f"rows {rows.shape}, columns {columns.shape}, counts {counts.shape}"
        return [f"{shapes}; expected n, n and n x groups"]
    faults = [
        f"{name}: {values.dtype}; expected whole numbers"
        for name, values in (("rows", rows), ("columns", columns), ("counts", counts))
        if values.dtype.kind not in "iu"
    ]
    if not rows.size:
        faults.append("no cells; expected at least one")
    if not faults and counts.min() < 0:
        faults.append(f"counts: {int((counts < 0).sum())} below 0; expected persons, 0 or more")
    if len(np.unique(np.stack([rows, columns]), axis=1).T) < rows.size:
        faults.append("rows and columns: a cell is given more than once; sum its persons first")
    return faults
