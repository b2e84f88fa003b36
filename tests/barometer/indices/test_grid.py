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


# Share of the group among the 400 nearest residents and within 800 m, by x and y of a cell's middle
# in metres: what EquiPop (J. Östh) prints of its town Gridby, with the last ring in proportion, in
# equipop/data/gridby_reference_proportional.csv (GeoJohnSwe/EquiPop at 8eb6d859).
EQUIPOP = {
    (50, 50): (0.1243421053, 0.1266094421),
    (50, 1950): (0.125, 0.1309090909),
    (150, 1150): (0.08634615385, 0.1295546559),
    (250, 3650): (0.1264285714, 0.1470588235),
    (350, 2750): (0.1470731707, 0.1456392887),
    (450, 1350): (0.1175, 0.1412300683),
    (550, 1850): (0.1604918033, 0.146426093),
    (550, 3050): (0.1708333333, 0.1592178771),
    (3650, 50): (0.4059722222, 0.3971797885),
    (3650, 2550): (0.446059322, 0.4102735157),
    (3750, 2650): (0.4492857143, 0.4135638298),
    (3850, 3350): (0.4582608696, 0.4137931034),
    (3950, 3450): (0.4587704918, 0.4173441734),
    (4050, 3950): (0.415, 0.4266517357),
    (4150, 1650): (0.4616304348, 0.4554772582),
}


def gridby() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and persons (group, rest) of the inhabited cells, as that town is described.

    60 by 40 cells of 100 m, eight persons in the mean, a group whose share rises from 10 % in the
    west to 60 % in the east, and nobody in the river.
    """
    chance = np.random.default_rng(1848)
    column, row = np.divmod(np.arange(2400), 40)
    persons = np.where(column == 30, 0, chance.poisson(8, 2400))
    group = chance.binomial(persons, 0.1 + 0.5 * column / 59)
    lived_in = persons > 0
    return row[lived_in], column[lived_in], np.stack([group, persons - group], axis=1)[lived_in]


def test_environments_are_those_that_equipop_has_published() -> None:
    row, column, persons = gridby()
    assert (len(row), persons.sum(), persons[:, 0].sum()) == (2360, 19036, 6610)
    grid = grid_of(row, column, persons)
    nearest = grid_neighbours(grid, residents=[400])[0, 0]
    disc = grid_discs(grid, radii=[8])[0, 0]
    middles = zip((100 * column + 50).tolist(), (100 * row + 50).tolist(), strict=True)
    at = {middle: place for place, middle in enumerate(middles)}
    for middle, published in EQUIPOP.items():
        found = (nearest[at[middle]], disc[at[middle]])
        assert found == pytest.approx(published, rel=0, abs=1e-9)
