"""People by age, sex and any trait: whole numbers per atom and year that add up everywhere."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.synthetic.apportion import split_counts, whole_column
from etl.synthetic.landscape import Field, Floats, Landscape

Counts = NDArray[np.int32]
Years = NDArray[np.int64]
Loads = Mapping[Field, float]

FIRST_YEAR: Final = 2011

# Sweden's population at the end of the year, millions, rounded; later years follow the last step.
_NATIONAL: Final = {
    2011: 9.483, 2012: 9.556, 2013: 9.645, 2014: 9.747, 2015: 9.851, 2016: 9.995, 2017: 10.120,
    2018: 10.230, 2019: 10.328, 2020: 10.379, 2021: 10.452, 2022: 10.522, 2023: 10.552,
    2024: 10.588, 2025: 10.606,
}  # fmt: skip
_ROUNDS: Final = 15  # of proportional fitting to national shares
_YEARLY_NOISE: Final = 0.015
_KOMMUN_YEAR: Final = 2024  # the kommun populations are of about this year


@dataclass(frozen=True, slots=True)
class Trait:
    """An exhaustive division of people (or of a rate's base) into categories.

    `national` gives, for some years, the share of each category; between and after them shares
    move in a straight line. `loads` says per category how strongly it follows each field.
    `spread` is noise per atom and category that no field explains.
    """

    id: str
    national: Mapping[int, tuple[float, ...]]
    loads: tuple[Loads, ...]
    spread: float = 0.12
    by_kommun: tuple[float, ...] | None = None  # how strongly each category follows kommun_foreign

    def targets(self, years: Years) -> Floats:
        """National shares, shape (years, categories)."""
        known = sorted(self.national)
        table = np.array([self.national[year] for year in known])
        table = table / table.sum(axis=1, keepdims=True)
        columns = [line(years, np.array(known), column) for column in table.T]
        shares = np.clip(np.stack(columns, axis=1), 1e-6, None)
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def line(years: Years, known: Years, values: Floats) -> Floats:
    """Linear between the known years, carried on with the last slope after them."""
    inside = np.interp(years, known, values)
    slope = (values[-1] - values[-2]) / (known[-1] - known[-2]) if len(known) > 1 else 0.0
    return np.where(years > known[-1], values[-1] + slope * (years - known[-1]), inside)


@dataclass(frozen=True)
class Population:
    """Counts on atoms. Nothing here depends on the order in which it is asked."""

    landscape: Landscape
    seed: int
    last_year: int
    age_trait: Trait
    sex_share: Floats = field(repr=False)  # men's share per age of age_trait

    @property
    def years(self) -> Years:
        """All years with figures."""
        return np.arange(FIRST_YEAR, self.last_year + 1)

    @cached_property
    def total(self) -> Counts:
        """Everybody, shape (atoms, years)."""
        land = self.landscape
        since = (self.years - _KOMMUN_YEAR)[None, :]
        kommun = land.kommun_population[:, None] * np.exp(land.kommun_growth[:, None] * since)
        known, millions = np.array(list(_NATIONAL)), np.array(list(_NATIONAL.values()))
        path = line(self.years, known, millions) / _NATIONAL[_KOMMUN_YEAR]
        kommun *= path * land.kommun_population.sum() / kommun.sum(axis=0)
        weight = land.share_of_kommun[:, None] * np.exp(land.growth[:, None] * since)
        weight /= _sum_by(weight, land.kommun, n=len(kommun))[land.kommun]
        return whole_column(kommun[land.kommun] * weight)

    @cached_property
    def persons(self) -> Counts:
        """By age (categories of age_trait) and sex (men, women): shape (atoms, years, ages, 2)."""
        by_age = self.split(self.total, self.age_trait, self.years)
        sex = np.stack([self.sex_share, 1 - self.sex_share], axis=-1)
        return split_counts(by_age, sex[None, None], self.offset("sex")[:, None, None])

    def of(self, years: Years) -> Counts:
        """Persons in some of the years."""
        return self.persons[:, years - FIRST_YEAR]

    def offset(self, name: str) -> Floats:
        """A number in [0, 1) per atom, its own for every name."""
        rng = np.random.default_rng([self.seed, zlib.crc32(name.encode()), 5])
        return rng.random(len(self.landscape.kommun))

    def split(self, totals: Counts, trait: Trait, years: Years) -> Counts:
        """Divide counts of shape (atoms, years, …) by the trait: one more axis, its categories."""
        extra = tuple(range(2, totals.ndim))
        shares = self.shares(trait, years, weight=totals.sum(axis=extra, dtype=np.float64))
        shares = shares.reshape(*shares.shape[:2], *([1] * len(extra)), shares.shape[-1])
        offset = self.offset(trait.id).reshape(-1, *([1] * (totals.ndim - 1)))
        return split_counts(totals, shares, offset)

    def shares(self, trait: Trait, years: Years, *, weight: Floats) -> Floats:
        """Expected shares (atoms, years, categories); weighted, they are the national ones."""
        attraction = np.exp(self._utility(trait, years))
        weight = weight / weight.sum(axis=0)
        goal = trait.targets(years)
        balance = goal.copy()
        for _ in range(_ROUNDS):
            shares = attraction * balance
            shares /= shares.sum(axis=-1, keepdims=True)
            balance *= goal / np.einsum("at,atc->tc", weight, shares)
        shares = attraction * balance
        return np.asarray(shares / shares.sum(axis=-1, keepdims=True))

    def _utility(self, trait: Trait, years: Years) -> Floats:
        n = len(trait.loads)
        rng = np.random.default_rng([self.seed, zlib.crc32(trait.id.encode()), 6])
        atoms = len(self.landscape.kommun)
        lasting = trait.spread * rng.standard_normal((atoms, 1, n))
        # Years first: a further year leaves the noise of the earlier ones as it was.
        passing = _YEARLY_NOISE * rng.standard_normal((int(years[-1]) - FIRST_YEAR + 1, atoms, n))
        utility = lasting + passing[years - FIRST_YEAR].transpose(1, 0, 2)
        for name in {name for loads in trait.loads for name in loads}:
            load = np.array([loads.get(name, 0.0) for loads in trait.loads])
            utility += self.landscape.field(name, years)[..., None] * load
        if trait.by_kommun is not None:
            share = self.landscape.kommun_foreign
            shift = np.log(share / (1 - share))[self.landscape.kommun]
            utility += shift[:, None, None] * np.array(trait.by_kommun)
        return utility


def _sum_by(values: Floats, group: NDArray[np.intp], *, n: int) -> Floats:
    total = np.zeros((n, values.shape[1]))
    np.add.at(total, group, values)
    return total
