"""From a declaration to numbers: sum atoms to areas, add up categories, suppress, add noise."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from barometer.divisions import LAST_YEAR_OF_2018
from etl.synthetic.atlas import AreaSet, Atlas
from etl.synthetic.declaration import Content, Declaration
from etl.synthetic.landscape import Floats
from etl.synthetic.population import Population, Years

FIRST_NOISY_YEAR: Final = 2025  # SCB's cell key method begins with this reference year
_NOISE: Final = (-2, -1, -1, 0, 0, 0, 1, 1, 2)


@dataclass(frozen=True, slots=True)
class Regions:
    """The Region codes of a table in code order, and for every area set the rows of its areas."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    labels_en: tuple[str, ...]
    rows: dict[str, NDArray[np.intp]]


def regions_of(declaration: Declaration, atlas: Atlas) -> Regions:
    """SCB's order: all sets together, by code."""
    sets = [atlas.sets[set_id] for set_id in declaration.sets]
    together = [
        (code, label, english)
        for area_set in sets
        for code, label, english in zip(
            area_set.codes, area_set.labels, area_set.labels_en, strict=True
        )
    ]
    ordered = sorted(together)
    position = {code: row for row, (code, _, _) in enumerate(ordered)}
    return Regions(
        codes=tuple(code for code, _, _ in ordered),
        labels=tuple(label for _, label, _ in ordered),
        labels_en=tuple(english for _, _, english in ordered),
        rows={s.id: np.array([position[c] for c in s.codes], dtype=np.intp) for s in sets},
    )


def table_values(
    declaration: Declaration, population: Population, atlas: Atlas, regions: Regions
) -> Floats:
    """The values, shape (regions, variables …, contents, years); NaN outside a division's years."""
    years = declaration.years(population.last_year)
    sizes = [len(variable.categories) for variable in declaration.variables]
    values = np.full((len(regions.codes), *sizes, len(declaration.contents), len(years)), np.nan)
    cells = declaration.cells(population, years)
    for sets, shown in _blocks(declaration, atlas, years):
        if not sets or not shown.any():
            continue
        rows = np.concatenate([regions.rows[area_set.id] for area_set in sets])
        areas = _summed(cells[:, shown], sets)
        for axis, variable in enumerate(declaration.variables, start=2):
            areas = _grouped(areas, [c.leaves for c in variable.categories], axis=axis)
        for number, content in enumerate(declaration.contents):
            block = np.moveaxis(_measured(content, areas, years[shown]), 1, -1)
            for column, year_block in zip(
                np.flatnonzero(shown), np.moveaxis(block, -1, 0), strict=True
            ):
                values[rows, ..., number, column] = year_block
    _add_noise(values, declaration, years, seed=population.seed)
    return values


def _blocks(
    declaration: Declaration, atlas: Atlas, years: Years
) -> list[tuple[list[AreaSet], NDArray[np.bool_]]]:
    """The area sets of each division with the years in which they carry figures."""
    old = years <= LAST_YEAR_OF_2018
    shown = {"admin": np.ones(len(years), dtype=bool), "2018": old, "2025": ~old}
    sets = [atlas.sets[set_id] for set_id in declaration.sets]
    return [([s for s in sets if s.division == division], when) for division, when in shown.items()]


def _summed(cells: NDArray[np.float64], sets: Sequence[AreaSet]) -> Floats:
    matrix = csr_array(vstack([area_set.membership() for area_set in sets]))
    flat = cells.reshape(len(cells), -1).astype(np.float64)
    return np.asarray(matrix @ flat).reshape(matrix.shape[0], *cells.shape[1:])


def _grouped(values: Floats, groups: Sequence[tuple[int, ...]], *, axis: int) -> Floats:
    if all(leaves == (i,) for i, leaves in enumerate(groups)) and len(groups) == values.shape[axis]:
        return values
    parts = [values.take(leaves, axis=axis).sum(axis=axis) for leaves in groups]
    return np.stack(parts, axis=axis)


def _measured(content: Content, areas: Floats, years: Years) -> Floats:
    values = content.measure(areas, years)
    if content.fewest:
        values = np.where(content.people(areas, years) < content.fewest, np.nan, values)
    return np.round(values, content.decimals)


def _add_noise(values: Floats, declaration: Declaration, years: Years, *, seed: int) -> None:
    """Perturb every count from FIRST_NOISY_YEAR, totals too, by little; zeros stay zero."""
    for column in np.flatnonzero(years >= FIRST_NOISY_YEAR):
        key = [seed, zlib.crc32(declaration.id.encode()), int(years[column])]
        rng = np.random.default_rng(key)
        for number, content in enumerate(declaration.contents):
            if content.is_count:
                cell = values[..., number, column]
                noise = rng.choice(_NOISE, size=cell.shape)
                values[..., number, column] = np.where(cell > 0, np.maximum(cell + noise, 0), cell)
