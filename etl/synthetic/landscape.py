"""The social landscape: fields over atoms that all statistics follow, and their slow change."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from etl.synthetic.atlas import Atlas
from etl.synthetic.geography import Settlement
from etl.synthetic.kommuner import Kommuner

Field = Literal["deprivation", "origin", "density", "age", "family", "rural"]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
BASE_YEAR: Final = 2022

_WAVES: Final = 24  # random waves in a smooth surface
_NEIGHBOURS: Final = 10  # points that define local density
_ESTATE_KOMMUN: Final = 25_000  # population from which a kommun has large post-war estates
_ESTATES: Final = 0.09  # share of its RegSO
_COUNTRY_CALM: Final = 0.5  # how much weaker contrasts are outside towns
_SHARED: Final = 0.72  # correlation of the deprivation and origin surfaces
_DRIFT: Final = 0.16  # standard deviation of ten years of change, in standard deviations of a field
_FARTHEST: Final = 5.0  # standard deviations
_WIDENING: Final = 0.04  # growth of contrasts in ten years

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Landscape:
    """The ground truth.

    `level[f]` is field f per atom in BASE_YEAR, about standard normal over people; `drift[f]` its
    change in ten years. `share_of_kommun` divides a kommun's people among its atoms,
    `growth` is the yearly log growth of an atom over its kommun's.
    """

    level: dict[Field, Floats]
    drift: dict[Field, Floats]
    share_of_kommun: Floats
    growth: Floats
    kommun: NDArray[np.intp]
    kommun_population: Floats
    kommun_growth: Floats
    kommun_foreign: Floats

    def field(self, name: Field, years: NDArray[np.int64]) -> Floats:
        """The field in each year, shape (atoms, years)."""
        decades = (years - BASE_YEAR) / 10
        widening = 1 + (_WIDENING * decades if name in ("deprivation", "origin") else 0 * decades)
        return self.level[name][:, None] * widening + self.drift[name][:, None] * decades


def shape_landscape(
    kommuner: Kommuner, settlement: Settlement, atlas: Atlas, *, seed: int
) -> Landscape:
    """Draw the fields kommun by kommun: smooth surfaces, neighbourhoods, estates, countryside."""
    terrain = _Terrain.of(settlement, atlas)
    raw = {name: np.zeros(atlas.n_atoms) for name in FIELDS}
    order = np.argsort(atlas.kommun_of_atom, kind="stable")
    cuts = np.searchsorted(atlas.kommun_of_atom[order], np.arange(1, len(kommuner)))
    growth = np.zeros(atlas.n_atoms)
    drift = {name: np.zeros(atlas.n_atoms) for name in FIELDS}
    for index, own in enumerate(np.split(order, cuts)):
        rng = np.random.default_rng([seed, int(kommuner.codes[index]), 3])
        local = _local_fields(terrain, own, population=kommuner.population[index], rng=rng)
        for name in FIELDS:
            centred = name in ("deprivation", "origin")
            mean = np.average(local[name], weights=terrain.points[own]) if centred else 0.0
            raw[name][own] = local[name] - mean
            drift[name][own] = _DRIFT * rng.standard_normal(len(own))
        growth[own] = 0.006 * rng.standard_normal(len(own)) + 0.004 * terrain.split[own]
    foreign, growth_rate, offset = _kommun_character(kommuner, seed=seed)
    raw["deprivation"] += offset[atlas.kommun_of_atom]
    return Landscape(
        level={name: _tamed(_standard(values, terrain.points)) for name, values in raw.items()},
        drift=drift,
        share_of_kommun=_shares(terrain.points, atlas.kommun_of_atom, n=len(kommuner)),
        growth=growth,
        kommun=atlas.kommun_of_atom,
        kommun_population=kommuner.population,
        kommun_growth=growth_rate,
        kommun_foreign=foreign,
    )


@dataclass(frozen=True, slots=True)
class _Terrain:
    """Per atom: centre (x, y), points, log density, countryside share, RegSO, split in 2025."""

    centre: Floats
    points: Floats
    density: Floats
    rural: Floats
    regso: NDArray[np.intp]
    split: Floats

    @classmethod
    def of(cls, settlement: Settlement, atlas: Atlas) -> "_Terrain":
        points = np.bincount(atlas.atom_of_point).astype(np.float64)

        def mean(values: Floats) -> Floats:
            return np.bincount(atlas.atom_of_point, weights=values) / points

        distance, _ = cKDTree(settlement.xy).query(settlement.xy, k=[_NEIGHBOURS])
        deso = atlas.sets["deso2018"].of_atom
        return cls(
            centre=np.column_stack([mean(settlement.xy[:, 0]), mean(settlement.xy[:, 1])]),
            points=points,
            density=-2 * mean(np.log(distance[:, 0])),
            rural=mean((settlement.place == 2).astype(np.float64)),
            regso=atlas.sets["regso2020"].of_atom,
            split=(np.bincount(deso)[deso] > 1).astype(np.float64),
        )


def _local_fields(
    terrain: _Terrain, members: NDArray[np.intp], *, population: float, rng: np.random.Generator
) -> dict[Field, Floats]:
    xy = terrain.centre[members]
    regso = np.unique(terrain.regso[members], return_inverse=True)[1]
    strength = float(np.clip(0.42 + 0.30 * np.log10(population / 5_000), 0.3, 1.1))
    density = (
        _standard(terrain.density[members], terrain.points[members])
        if len(members) > 1
        else np.zeros(1)
    )
    surfaces = {
        name: _surface(xy, regso, rng=rng) for name in ("common", "low", "origin", "age", "family")
    }
    rural = terrain.rural[members]
    estate = _estates(surfaces["common"] - 3 * rural, regso, population=population, rng=rng)
    common = surfaces["common"] + 0.25 * density
    contrast = strength * (1 - _COUNTRY_CALM * rural)
    rest = np.sqrt(1 - _SHARED**2)
    return {
        "deprivation": contrast * (_SHARED * common + rest * surfaces["low"] + 0.95 * estate),
        "origin": contrast * (_SHARED * common + rest * surfaces["origin"] + 1.15 * estate),
        "density": terrain.density[members],
        "age": surfaces["age"] - 0.2 * density - 0.4 * estate,
        "family": surfaces["family"] - 0.5 * density + 0.4 * estate,
        "rural": rural,
    }


def _surface(xy: Floats, regso: NDArray[np.intp], *, rng: np.random.Generator) -> Floats:
    """Mean 0, variance about 1: a smooth part, a part per RegSO, a part per atom."""
    size = max(float(np.median(np.abs(xy - np.median(xy, axis=0)))), 1.0)
    waves = rng.standard_normal((2, _WAVES)) / (1.3 * size)
    phase = rng.uniform(0, 2 * np.pi, _WAVES)
    smooth = np.sqrt(2 / _WAVES) * np.cos(xy @ waves + phase).sum(axis=1)
    per_regso = rng.standard_normal(regso.max() + 1)[regso]
    return np.asarray(0.66 * smooth + 0.58 * per_regso + 0.48 * rng.standard_normal(len(xy)))


def _estates(
    surface: Floats, regso: NDArray[np.intp], *, population: float, rng: np.random.Generator
) -> Floats:
    """About one in the few RegSO that are large estates, mostly where the surface is high."""
    n_regso = int(regso.max()) + 1
    n = round(_ESTATES * n_regso) if population >= _ESTATE_KOMMUN else 0
    mean = np.bincount(regso, weights=surface) / np.bincount(regso)
    chosen = np.argsort(-(mean + 0.7 * rng.standard_normal(n_regso)), kind="stable")[:n]
    return np.isin(regso, chosen) * rng.uniform(0.6, 1.4, n_regso)[regso]


def _kommun_character(kommuner: Kommuner, *, seed: int) -> tuple[Floats, Floats, Floats]:
    """Share with foreign background, yearly growth and mean deprivation of each kommun."""
    size = np.log10(kommuner.population / 20_000)
    noise = np.array(
        [np.random.default_rng([seed, int(code), 4]).standard_normal(3) for code in kommuner.codes]
    )
    capital = np.array([code[:2] == "01" for code in kommuner.codes])
    guess = 0.165 + 0.05 * size + 0.035 * noise[:, 0] + 0.06 * capital
    foreign = np.clip(
        np.where(np.isnan(kommuner.foreign_share), guess, kommuner.foreign_share), 0.06, 0.7
    )
    growth = np.clip(0.001 + 0.008 * size + 0.003 * noise[:, 1] + 0.004 * capital, -0.012, 0.02)
    offset = 1.5 * (foreign - 0.2) - 0.25 * size - 0.35 * capital + 0.28 * noise[:, 2]
    return foreign, growth, offset


def _standard(values: Floats, weights: Floats) -> Floats:
    mean = np.average(values, weights=weights)
    spread = np.sqrt(np.average((values - mean) ** 2, weights=weights))
    return (values - mean) / (spread if spread > 0 else 1.0)


def _tamed(values: Floats) -> Floats:
    """Bend the far tails inwards, so that no area is entirely of one kind."""
    return _FARTHEST * np.tanh(values / _FARTHEST)


def _shares(points: Floats, kommun: NDArray[np.intp], *, n: int) -> Floats:
    return points / np.bincount(kommun, weights=points, minlength=n)[kommun]
