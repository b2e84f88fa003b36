"""Environments of the cells of a grid, against a walk ring by ring and areas as points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barometer.indices.grid import grid_discs, grid_neighbours, grid_of
from barometer.indices.neighbourhoods import environments


def rings(cells: np.ndarray, counts: np.ndarray, start: int, residents: float) -> np.ndarray:
    """Shares among the K nearest of one cell: whole rings, the last in proportion."""
    away = ((cells - cells[start]) ** 2).sum(axis=1)
    met = np.zeros(counts.shape[1])
    for square in np.unique(away):
        ring = counts[away == square].sum(axis=0)
        if ring.sum():
            met += ring * min(1.0, (residents - met.sum()) / ring.sum())
        if met.sum() >= residents - 1e-9:
            break
    return met / met.sum()


def made_up(seed: int, *, side: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    places = rng.choice(side * side, n, replace=False)
    cells = np.column_stack([places // side, places % side]) - 7
    return cells, rng.integers(0, 30, (n, 2)) + rng.integers(0, 2, (n, 2)) + [1, 0]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 25), st.integers(1, 5_000))
def test_neighbours_are_rings_walked_outward(seed: int, side: int, residents: int) -> None:
    cells, counts = made_up(seed, side=side, n=max(1, side * side // 3))
    found = grid_neighbours(grid_of(*cells.T, counts), residents=[residents, 40])
    for k, size in enumerate((residents, 40)):
        wanted = [rings(cells, counts, i, size) for i in range(len(cells))]
        np.testing.assert_allclose(found[k].T, wanted, rtol=0, atol=1e-12)


def test_discs_are_sums_of_cells_within_the_radius() -> None:
    cells, counts = made_up(1, side=30, n=300)
    found = grid_discs(grid_of(*cells.T, counts), radii=[0, 1, 2.5, 100])
    away = ((cells[:, None] - cells) ** 2).sum(axis=-1)
    for k, radius in enumerate((0, 1, 2.5, 100)):
        met = (away <= radius * radius) @ counts
        np.testing.assert_allclose(found[k], (met / met.sum(axis=1, keepdims=True)).T)


def test_a_grid_without_ties_agrees_with_the_search_among_points() -> None:
    """On one line with gaps of 1, 2, 4, ... no two cells are equally far from a third."""
    columns = 2 ** np.arange(12)
    counts = np.random.default_rng(2).integers(1, 50, (12, 2))
    found = grid_neighbours(grid_of(np.zeros(12, int), columns, counts), residents=[60, 200])
    points = np.column_stack([np.zeros(12), columns]).astype(float)
    wanted = environments(counts.T.astype(float), points, residents=[60, 200])
    np.testing.assert_allclose(found[:, :, 1:], wanted[:, :, 1:], atol=1e-12)


def test_cells_may_lie_anywhere() -> None:
    """Two villages a million cells apart: memory goes by cells, not by the land between them."""
    cells, counts = made_up(3, side=9, n=60)
    apart = np.concatenate([cells, cells + 1_000_000])
    both = np.concatenate([counts, counts[::-1]])
    found = grid_neighbours(grid_of(*apart.T, both), residents=[100, counts.sum() + 50])
    alone = grid_neighbours(grid_of(*cells.T, counts), residents=[100])
    np.testing.assert_allclose(found[0][:, :60], alone[0], rtol=0, atol=1e-12)
    wanted = [rings(apart, both, i, counts.sum() + 50) for i in range(120)]
    np.testing.assert_allclose(found[1].T, wanted, rtol=0, atol=1e-12)


def test_faults_come_together() -> None:
    with pytest.raises(ValueError, match="given more than once") as caught:
        grid_of([0, 0], [1, 1], [[1.5, 2], [3, 4]])
    assert "counts: float64; expected whole numbers" in str(caught.value)
    with pytest.raises(ValueError, match="counts: 1 below 0"):
        grid_of([0, 0], [1, 2], [[-1, 2], [3, 4]])
    with pytest.raises(ValueError, match="no cells"):
        grid_of(np.zeros(0, int), np.zeros(0, int), np.zeros((0, 2), int))
    with pytest.raises(ValueError, match="expected n, n and n x groups"):
        grid_of([0], [1, 2], [[1, 2]])
