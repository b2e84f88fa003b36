"""Income distributions per atom, in bins: all figures of an area come from one histogram."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr

from etl.synthetic.apportion import split_counts
from etl.synthetic.declaration import Measure, share
from etl.synthetic.landscape import Field, Floats
from etl.synthetic.population import FIRST_YEAR, Counts, Population, Years, line
from etl.synthetic.traits import ages

# Bin edges as ratios to the national median of the year; None is that year's quartile.
LOW: Final = 0.6
HIGH: Final = 2.0
_EDGES: Final = (0.35, 0.5, LOW, None, 0.85, 1.0, 1.17, None, 1.6, HIGH, 2.6, 3.5)
_LOW_BIN, _Q1_BIN, _MEDIAN_BIN, _Q3_BIN, _HIGH_BIN = 3, 4, 6, 8, 10
_LOWEST: Final = 0.15
_HIGHEST: Final = 7.0
_BIN_MEANS: Final = np.array(
    [0.22, 0.43, 0.55, 0.66, 0.79, 0.925, 1.08, 1.26, 1.47, 1.78, 2.25, 2.95, 4.8]
)
_HALVINGS: Final = 26


@dataclass(frozen=True, slots=True)
class IncomeGroup:
    """Some ages and one or both sexes; mean and spread of log income around the national one."""

    ages: tuple[int, ...]
    sexes: tuple[int, ...]
    mean: float
    spread: float
    loads: dict[Field, float]


@dataclass(frozen=True, slots=True)
class Income:
    """A kind of income: its groups and the national median in thousand kronor, by year."""

    id: str
    groups: tuple[IncomeGroup, ...]
    median: dict[int, float]


def _standard(low: int, high: int, *, mean: float, spread: float, load: float) -> IncomeGroup:
    loads: dict[Field, float] = {"deprivation": -load, "origin": -0.05, "density": 0.02}
    return IncomeGroup(tuple(ages(low, high)), (0, 1), mean, spread, loads)


STANDARD: Final = Income(  # equivalised disposable income; groups are leaves of TAB6685's ages
    id="standard",
    groups=(
        _standard(0, 19, mean=-0.07, spread=0.40, load=0.215),
        _standard(20, 64, mean=0.08, spread=0.43, load=0.19),
        _standard(65, 65, mean=0.02, spread=0.41, load=0.16),
        _standard(66, 200, mean=-0.13, spread=0.37, load=0.125),
    ),
    median={
        2011: 241.0,
        2015: 263.0,
        2019: 281.0,
        2021: 291.0,
        2022: 284.0,
        2023: 278.0,
        2024: 283.0,
    },
)
NET: Final = Income(  # net income of persons aged 20 or more; men, women
    id="net",
    groups=tuple(
        IncomeGroup(
            tuple(ages(20, 200)), (sex,), mean, 0.56, {"deprivation": -0.2, "origin": -0.08}
        )
        for sex, mean in ((0, 0.1), (1, -0.08))
    ),
    median={
        2011: 231.0,
        2015: 252.0,
        2019: 272.0,
        2021: 281.0,
        2022: 276.0,
        2023: 270.0,
        2024: 276.0,
    },
)


def histogram(income: Income, population: Population, years: Years) -> Counts:
    """Persons by group and income bin: shape (atoms, years, groups, bins)."""
    persons = population.of(years)
    totals = np.stack(
        [persons[:, :, list(g.ages)][..., list(g.sexes)].sum(axis=(2, 3)) for g in income.groups],
        axis=2,
    ).astype(np.int32)
    middle = _middles(income, population, years)
    spread = np.array([group.spread for group in income.groups])
    weight = totals / totals.sum(axis=(0, 2), keepdims=True)
    middle -= _quantile(0.5, middle, spread, weight)[None, :, None]
    quartiles = [_quantile(q, middle, spread, weight) for q in (0.25, 0.75)]
    edges = _edges(quartiles)
    below = ndtr((np.log(edges)[None, :, None, :] - middle[..., None]) / spread[:, None])
    shares = np.diff(below, axis=-1, prepend=0.0, append=1.0)
    return split_counts(totals, shares, population.offset(income.id)[:, None, None])


def _middles(income: Income, population: Population, years: Years) -> Floats:
    own = np.random.default_rng([population.seed, len(income.id), 7])
    n = len(population.landscape.kommun)
    noise = 0.07 * own.standard_normal((n, 1, 1))
    noise = (
        noise
        + 0.012
        * own.standard_normal((int(years[-1]) - FIRST_YEAR + 1, n)).T[:, years - FIRST_YEAR, None]
    )
    middle = np.array([group.mean for group in income.groups]) + noise
    for name in sorted({name for group in income.groups for name in group.loads}):
        load = np.array([group.loads.get(name, 0.0) for group in income.groups])
        middle = middle + population.landscape.field(name, years)[..., None] * load
    return middle


def _quantile(q: float, middle: Floats, spread: Floats, weight: Floats) -> Floats:
    """Log income below which the share q of all people is, per year, by halving."""
    low, high = np.full(middle.shape[1], -3.0), np.full(middle.shape[1], 3.0)
    for _ in range(_HALVINGS):
        at = (low + high) / 2
        below = (weight * ndtr((at[None, :, None] - middle) / spread)).sum(axis=(0, 2))
        low, high = np.where(below < q, at, low), np.where(below < q, high, at)
    return np.asarray((low + high) / 2)


def _edges(quartiles: Sequence[Floats]) -> Floats:
    pending = iter(quartiles)
    columns = [
        np.exp(next(pending)) if e is None else np.full(len(quartiles[0]), e) for e in _EDGES
    ]
    return np.stack(columns, axis=1)


def low_count(cells: Counts) -> Counts:
    """Persons below LOW of the national median."""
    return np.asarray(cells[..., :_LOW_BIN].sum(axis=-1, dtype=np.int32))


LOW_SHARE: Final = share(*range(_LOW_BIN))  # per cent below LOW of the national median
HIGH_SHARE: Final = share(*range(_HIGH_BIN, len(_BIN_MEANS)))  # above HIGH times the median


def quarter_share(number: int) -> Measure:
    """Per cent in national quarter 1 (lowest) to 4."""
    ends = (0, _Q1_BIN, _MEDIAN_BIN, _Q3_BIN, len(_BIN_MEANS))
    return share(*range(ends[number - 1], ends[number]))


def mean_income(income: Income, cells: Floats, years: Years) -> Floats:
    """Mean in thousand kronor."""
    with np.errstate(invalid="ignore"):
        mean = (cells @ _BIN_MEANS) / cells.sum(axis=-1)
    return np.asarray(mean * _kronor(income, cells, years))


def median_income(income: Income, cells: Floats, years: Years) -> Floats:
    """Median in thousand kronor, in a straight line on the log scale within its bin."""
    upto = np.cumsum(cells, axis=-1)
    half = upto[..., -1:] / 2
    bin_ = np.clip((upto < half).sum(axis=-1, keepdims=True), 0, cells.shape[-1] - 1)
    inside = np.take_along_axis(cells, bin_, axis=-1)
    before = np.take_along_axis(upto, bin_, axis=-1) - inside
    marks = np.log([_LOWEST, *[e or d for e, d in zip(_EDGES, _TYPICAL, strict=True)], _HIGHEST])
    with np.errstate(invalid="ignore", divide="ignore"):
        part = ((half - before) / inside)[..., 0]
    width = np.diff(marks)[bin_[..., 0]]
    ratio = np.exp(marks[bin_[..., 0]] + part * width)
    return np.asarray(ratio * _kronor(income, cells, years))


_TYPICAL: Final = (0, 0, 0, 0.73, 0, 0, 0, 1.35, 0, 0, 0, 0)  # about where the quartiles lie


def _kronor(income: Income, cells: Floats, years: Years) -> Floats:
    known = np.array(list(income.median))
    medians = line(years, known, np.array(list(income.median.values())))
    return medians.reshape(1, -1, *([1] * (cells.ndim - 3)))
