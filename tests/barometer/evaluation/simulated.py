"""Countries made up by chance, as unruly as real ones: what a follow-up is tried on.

Shares of children in about 400 areas of 60 kommuner over 13 years. Areas differ in level and trend,
a kommun's areas go through shocks together, each area through its own, both lasting for years; the
country's own ups and downs reach areas unequally. Counts are drawn among the persons of the area
(about 700, from 120 to 6,000), most of whom stay from one year to the next, so that even the noise
of small numbers lasts.
"""

import numpy as np
from numpy.typing import NDArray

from barometer.evaluation import Panel

YEARS = tuple(range(2011, 2024))
START = 2019


def country(seed: int, *, chosen: int = 1, effect: float = 0.0) -> tuple[Panel, tuple[str, ...]]:
    """A country, and areas of one kommun in which the share moves by `effect` from the start."""
    rng = np.random.default_rng(seed)
    kommun = np.repeat(np.arange(60), rng.integers(2, 12, size=60))
    persons = _persons(rng, kommun.size)
    shares = _shares(rng, kommun)
    large = np.flatnonzero(np.bincount(kommun) >= chosen)
    mine = rng.choice(np.flatnonzero(kommun == rng.choice(large)), chosen, replace=False)
    after = np.array(YEARS) >= START
    shares[np.ix_(mine, after)] = np.clip(shares[np.ix_(mine, after)] + effect, 0.005, 0.995)
    ids = tuple(f"{k:04}R{n:03}" for n, k in enumerate(kommun))
    panel = Panel(ids, tuple(map(str, kommun)), YEARS, _drawn(rng, shares, persons), persons)
    return panel, tuple(ids[n] for n in mine)


def _persons(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    first = np.exp(rng.normal(6.6, 0.6, n)).clip(120, 6000)
    growth = 1 + 0.01 * rng.normal(size=(n, 1))
    return np.rint(first[:, None] * growth ** np.arange(len(YEARS)))


def _shares(rng: np.random.Generator, kommun: NDArray[np.intp]) -> NDArray[np.float64]:
    n, n_kommuner, years = kommun.size, kommun.max() + 1, len(YEARS)
    level = rng.normal(-1.9, 0.8, n) + rng.normal(0, 0.3, n_kommuner)[kommun]
    trend = rng.normal(0, 0.012, n)[:, None] * np.arange(years)
    country = np.cumsum(rng.normal(0, 0.03, years)) * (1 + 0.3 * rng.normal(size=(n, 1)))
    shocks = _lasting(rng, n_kommuner, spread=0.08, kept=0.8)[kommun]
    own = _lasting(rng, n, spread=0.10, kept=0.75)
    return 1 / (1 + np.exp(-(level[:, None] + trend + country + shocks + own)))


def _lasting(
    rng: np.random.Generator, n: int, *, spread: float, kept: float
) -> NDArray[np.float64]:
    """Normal numbers (n, years) of which a part is kept from year to year."""
    numbers = rng.normal(size=(n, len(YEARS)))
    for year in range(1, len(YEARS)):
        numbers[:, year] = kept * numbers[:, year - 1] + np.sqrt(1 - kept**2) * numbers[:, year]
    return spread * numbers


def _drawn(
    rng: np.random.Generator, shares: NDArray[np.float64], persons: NDArray[np.float64]
) -> NDArray[np.float64]:
    noise = _lasting(rng, len(shares), spread=1.0, kept=0.8)
    counts = persons * shares + noise * np.sqrt(persons * shares * (1 - shares))
    return np.rint(counts).clip(0, persons)
