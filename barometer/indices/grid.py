"""Environments of every cell of a fine grid of persons, exact, by sums along the rows of a raster.

For 100 m cells and millions of persons a search for neighbours one by one takes hours. Here every
row of the raster is summed from the left once; a disc around a cell is then two look-ups for each
row that it crosses, whatever the number of cells inside, and the disc that holds K persons is found
by halving. Cells at equal distance are taken in together: the last ring in proportion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from barometer.indices.containers import FloatArray, ratio

_CELLS_AT_ONCE = 4_096
_TILE = 64  # cells of a block lie near each other, so that their discs are of one size


@dataclass(frozen=True, slots=True)
class Grid:
    """Persons by cell, summed along rows; build it with `grid_of`."""

    sums: NDArray[np.int64]  # groups, rows, columns + 1: persons left of each column
    rows: NDArray[np.int64]  # of each inhabited cell
    columns: NDArray[np.int64]
    order: NDArray[np.int64]  # cells tile by tile

    @property
    def reach(self) -> int:
        """The square of the longest distance between two cells, in cells."""
        n_rows, n_columns = int(self.sums.shape[1]), int(self.sums.shape[2]) - 1
        return n_rows * n_rows + n_columns * n_columns


def grid_of(rows: ArrayLike, columns: ArrayLike, counts: ArrayLike) -> Grid:
    """A grid of cells given by row and column number and persons (cells, groups).

    Memory is 4 bytes (8 above two thousand million persons a row) for each place of the smallest
    rectangle round all cells, for each group.

    Raises:
        ValueError: with every fault: shapes that differ, counts that are not whole or below 0,
            a cell given twice.
    """
    y, x, persons = np.asarray(rows), np.asarray(columns), np.asarray(counts)
    faults = _faults(y, x, persons)
    if faults:
        raise ValueError("The grid has faults:\n" + "\n".join(f"- {fault}" for fault in faults))
    y, x = (values.astype(np.int64) - values.min() for values in (y, x))
    dtype = np.int32 if persons.sum() < np.iinfo(np.int32).max else np.int64
    sums = np.zeros((persons.shape[1], y.max() + 1, x.max() + 2), dtype=dtype)
    sums[:, y, x + 1] = persons.T
    for group in sums:
        np.cumsum(group, axis=1, out=group)
    return Grid(sums, y, x, np.lexsort((x, y, x // _TILE, y // _TILE)))


def grid_neighbours(grid: Grid, *, residents: Sequence[int]) -> FloatArray:
    """Shares of each group (residents, groups, cells) among the K residents nearest to cells.

    Where the whole grid has fewer than K residents the environment is all of them.
    """
    sizes = np.argsort(residents)
    shares = np.empty((len(residents), len(grid.sums), grid.rows.size))
    for begin in range(0, grid.order.size, _CELLS_AT_ONCE):
        cells = grid.order[begin : begin + _CELLS_AT_ONCE]
        least = np.full(cells.size, -1)
        for k in sizes:
            met, least = _nearest(grid, cells, float(residents[k]), least)
            shares[k][:, cells] = ratio(met, met.sum(axis=0))
    return shares


def grid_discs(grid: Grid, *, radii: Sequence[float]) -> FloatArray:
    """Shares of each group (radii, groups, cells) within so many cells' widths of cells."""
    shares = np.empty((len(radii), len(grid.sums), grid.rows.size))
    for begin in range(0, grid.order.size, _CELLS_AT_ONCE):
        cells = grid.order[begin : begin + _CELLS_AT_ONCE]
        for number, radius in enumerate(radii):
            squares = np.full(cells.size, int(radius * radius + 1e-9))
            met = _disc(grid, cells, squares)
            shares[number][:, cells] = ratio(met, met.sum(axis=0))
    return shares


def _nearest(
    grid: Grid, cells: NDArray[np.int64], size: float, least: NDArray[np.int64]
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Persons by group in the K nearest, and the largest square whose disc has fewer than K.

    `least` is a square that is known to be too small.
    """
    below, above, few, many = _bracket(grid, cells, size, least)
    halve = False
    while (open_ := above - below > 1).any():
        active = np.flatnonzero(open_)
        low, high = below[active], above[active]
        # Persons grow about as the square does; halving every other time bounds the steps.
        part = 0.5 if halve else (size - few[active]) / (many[active] - few[active])
        middle = np.clip(low + ((high - low) * part).astype(np.int64), low + 1, high - 1)
        met = _disc(grid, cells[active], middle).sum(axis=0)
        enough = met >= size
        above[active[enough]], many[active[enough]] = middle[enough], met[enough]
        below[active[~enough]], few[active[~enough]] = middle[~enough], met[~enough]
        halve = not halve
    inner, outer = _disc(grid, cells, below), _disc(grid, cells, above)
    ring = outer - inner
    part = np.clip(ratio(size - inner.sum(axis=0), ring.sum(axis=0)), 0.0, 1.0)
    return inner + np.nan_to_num(part) * ring, below


def _bracket(
    grid: Grid, cells: NDArray[np.int64], size: float, least: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], FloatArray, FloatArray]:
    """Squares around the one sought, too small and large enough, and the persons within them.

    Where the whole grid has too few, the larger square is the whole grid and counts as enough.
    """
    below, above = least.copy(), np.maximum(2 * least, 1)
    few, many = _disc(grid, cells, below).sum(axis=0), np.full(cells.size, size)
    active = np.arange(cells.size)
    while active.size:
        met = _disc(grid, cells[active], above[active]).sum(axis=0)
        many[active] = np.maximum(met, size)
        short = (met < size) & (above[active] < grid.reach)
        active, met = active[short], met[short]
        below[active], few[active] = above[active], met
        above[active] = np.minimum(2 * above[active] + 1, grid.reach)
    return below, above, few, many


def _disc(grid: Grid, cells: NDArray[np.int64], squares: NDArray[np.int64]) -> FloatArray:
    """Persons by group (groups, cells) at a squared distance of at most `squares` (-1: nobody)."""
    n_rows, last = grid.sums.shape[1], grid.sums.shape[2] - 1
    met = np.zeros((len(grid.sums), cells.size))
    rows, columns = grid.rows[cells], grid.columns[cells]
    widest = int(np.sqrt(max(0, squares.max(initial=0))))
    first, final = max(-widest, -int(rows.max())), min(widest, n_rows - 1 - int(rows.min()))
    for step in range(first, final + 1):
        row = rows + step
        across = squares - step * step
        use = np.flatnonzero((across >= 0) & (row >= 0) & (row < n_rows))
        half = np.sqrt(across[use]).astype(np.int64)
        left = np.maximum(columns[use] - half, 0)
        right = np.minimum(columns[use] + half + 1, last)
        met[:, use] += grid.sums[:, row[use], right] - grid.sums[:, row[use], left]
    return met


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
