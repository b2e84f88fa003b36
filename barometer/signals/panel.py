"""Counts behind the signals: shares of small areas over years, in the borders of one division.

Read from a snapshot, or from one that is being built.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from barometer.catalogue import ALL, Catalogue
from barometer.divisions import Division, Level
from barometer.indices.containers import FloatArray
from barometer.indices.noise import ASSUMED, share_noise, whole_steps

if TYPE_CHECKING:
    import duckdb
    import pandas as pd


CARRIED: Final = ("exact", "merged")
"""Crosswalk qualities of areas whose earlier counts are sums of whole areas, so known exactly."""
LEAST_PERSONS: Final = 30.0
"""A smaller population has no share in the signals: chance decides it."""
_WHOLE_LEVEL: Final = 0.5  # of the areas must have a figure, or the year is no year of the level


@dataclass(frozen=True)
class SignalPanel:
    """Areas of one level in the borders of one division, over years.

    `counts` is persons in the group and `totals` persons in all, both indicators x areas x years;
    NaN where missing, and where the borders of the year cannot be carried to these.
    `perturbed_from` is the first year with random noise in each indicator's counts; empty: none.
    """

    indicator_ids: tuple[str, ...]
    area_ids: tuple[str, ...]
    years: tuple[int, ...]
    counts: FloatArray
    totals: FloatArray
    perturbed_from: tuple[int | None, ...] = ()

    @cached_property
    def shares(self) -> FloatArray:
        """Shares 0-1 (indicators, areas, years); NaN where missing or of too few persons."""
        shares: FloatArray = self.counts / self._enough()
        return shares

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """Years in which at least half of the areas have the indicator (indicators, years)."""
        if not self.area_ids:
            return np.zeros((len(self.indicator_ids), len(self.years)), dtype=np.bool_)
        part = np.isfinite(self.counts / self._enough()).mean(axis=1)
        return np.asarray(part >= _WHOLE_LEVEL)

    @cached_property
    def chance(self) -> FloatArray:
        """Standard deviation that chance gives each share: that of so few persons, never 0."""
        totals = self._enough()
        smoothed = (self.counts + 1) / (totals + 2)
        return np.asarray(np.sqrt(smoothed * (1 - smoothed) / totals), dtype=np.float64)

    @cached_property
    def noise(self) -> FloatArray:
        """Standard deviation of each share that rounding and perturbation give."""
        found = np.zeros_like(self.counts)
        for n in range(len(self.indicator_ids)):
            noisy = self.perturbed_from[n] if self.perturbed_from else None
            for y, year in enumerate(self.years):
                x, t = self.counts[n, :, y], self.totals[n, :, y]
                step = whole_steps(np.stack([x, t - x], axis=1))
                key = ASSUMED if noisy is not None and year >= noisy else None
                found[n, :, y] = share_noise(x, t, key=key, step=step)
        return found

    def _enough(self) -> FloatArray:
        return np.where(self.totals >= LEAST_PERSONS, self.totals, np.nan)


def signal_panel(
    figures: pd.DataFrame,
    *,
    area_ids: Sequence[str],
    indicator_ids: Sequence[str],
    crosswalk: pd.DataFrame | None = None,
    perturbed: tuple[int | None, ...] = (),
) -> SignalPanel:
    """Counts of areas, with those of earlier borders carried where they are sums of whole areas.

    `figures` has indicator_id, area_id, year, numerator and denominator, a row a figure;
    `crosswalk` from_id, to_id and quality. Areas with another quality than `CARRIED` are NaN in
    the years of the earlier borders. `perturbed` has each indicator's first year of random noise.
    """
    known = figures.dropna(subset=["numerator", "denominator"])
    if crosswalk is not None and len(crosswalk):
        known = _with_carried(known, crosswalk)
    known = known[known["area_id"].isin(area_ids) & known["indicator_id"].isin(indicator_ids)]
    years = tuple(int(year) for year in np.unique(known["year"].to_numpy()))
    shape = (len(indicator_ids), len(area_ids), len(years))
    both = np.full((2, *shape), np.nan)
    place = (
        _positions(known["indicator_id"], indicator_ids),
        _positions(known["area_id"], area_ids),
        np.searchsorted(years, known["year"]),
    )
    for n, column in enumerate(("numerator", "denominator")):
        both[n][place] = known[column].to_numpy(dtype=np.float64)
    return SignalPanel(
        tuple(indicator_ids),
        tuple(area_ids),
        years,
        both[0],
        both[1],
        perturbed,
    )


def _positions(names: pd.Series, order: Sequence[str]) -> NDArray[np.intp]:
    import pandas as pd

    return np.asarray(pd.Index(order).get_indexer(pd.Index(names)), dtype=np.intp)


def _with_carried(known: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """The figures, and those of earlier borders as sums under the area that came of them."""
    import pandas as pd

    pairs = crosswalk[crosswalk["quality"].isin(CARRIED)]
    parts = pairs.groupby("to_id")["from_id"].transform("count").rename("parts")
    pairs = pairs[["from_id", "to_id"]].assign(parts=parts)
    joined = known.merge(pairs, left_on="area_id", right_on="from_id")
    keys = ["indicator_id", "to_id", "year"]
    sums = joined.groupby(keys, observed=True).agg(
        numerator=("numerator", "sum"),
        denominator=("denominator", "sum"),
        found=("from_id", "count"),
        parts=("parts", "first"),
    )
    carried = (
        sums[sums["found"] == sums["parts"]].reset_index().rename(columns={"to_id": "area_id"})
    )
    columns = ["indicator_id", "area_id", "year", "numerator", "denominator"]
    return pd.concat([carried[columns], known[columns]], ignore_index=True)


def severed_years(
    catalogue: Catalogue, indicator_ids: Iterable[str], *, level: Level
) -> dict[str, tuple[int, ...]]:
    """First years that cannot be compared with earlier ones, by indicator, at a level.

    The change of borders is not among them: what can be carried over it is in the panel.
    """
    found: dict[str, tuple[int, ...]] = {}
    for indicator_id in indicator_ids:
        breaks = catalogue.breaks_of(catalogue.indicators[indicator_id], levels=(level,))
        found[indicator_id] = tuple(
            own.year for own in breaks if own.severs and own not in catalogue.breaks
        )
    return found


def read_panel(
    database: duckdb.DuckDBPyConnection,
    *,
    level: Level,
    division: Division,
    indicators: Sequence[str],
    perturbed: tuple[int | None, ...],
) -> SignalPanel:
    """The counts of every area of a level and division, from estimated_counts.

    Those of the division before are carried over the new borders where they can be. `perturbed` is
    what `Catalogue.perturbed` has of each indicator.
    """
    place = {"level": level, "division": division}
    figures = database.execute(
        """
        SELECT indicator_id, area_id, year, numerator, denominator FROM estimated_counts
        WHERE background = $background AND level = $level AND division <= $division
            AND list_contains($indicators, indicator_id) AND value IS NOT NULL
        """,
        {**place, "background": ALL, "indicators": list(indicators)},
    ).df()
    areas = database.execute(
        "SELECT area_id FROM areas WHERE level = $level AND division = $division ORDER BY area_id",
        place,
    ).fetchall()
    crosswalk = database.execute(
        "SELECT from_id, to_id, quality FROM crosswalk WHERE level = $level", {"level": level}
    ).df()
    return signal_panel(
        figures,
        area_ids=[area_id for (area_id,) in areas],
        indicator_ids=tuple(indicators),
        perturbed=perturbed,
        crosswalk=crosswalk if division == "2025" else None,
    )
