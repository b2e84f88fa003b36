"""The test of the signals on years that have passed: what became of the areas they pointed out.

As of each year that leaves `ahead` years after it, with no later figure: which areas had the
direction "worse", and which had it in the years that followed, by the same rules. An area's noise
in the year of the signal works against the signal: what rose by chance falls back afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from barometer.catalogue.signals import SignalRules
from barometer.signals.panel import SignalPanel
from barometer.signals.status import signals_of, signals_years

RULES: Final = ("signals", "last_change", "lowest_tenth")
"""Ours, and the naive ones: worse than the year before; in the tenth with the worst status."""
_TENTH: Final = 0.9


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """How one rule did as of a year; numbers of areas.

    Of `n_areas` whose later course is known, `n_pointed` were pointed out and `n_worse` became
    worse; `n_hits` are both. Of those pointed out `n_better` became better.
    """

    year: int
    rule: str
    n_areas: int
    n_pointed: int
    n_worse: int
    n_hits: int
    n_better: int

    @property
    def false_alarms(self) -> int:
        """Areas pointed out that did not become worse."""
        return self.n_pointed - self.n_hits

    @property
    def misses(self) -> int:
        """Areas that became worse and were not pointed out."""
        return self.n_worse - self.n_hits


def backtest(
    panel: SignalPanel,
    rules: SignalRules,
    *,
    severed: Mapping[str, tuple[int, ...]] | None = None,
    outcomes: Collection[int] | None = None,
) -> tuple[BacktestRow, ...]:
    """Every rule as of every year that can be tested; none where the figures are too few years.

    With `outcomes`, only years whose outcome falls in one of those.
    """
    years = signals_years(panel)
    settled = set(years if outcomes is None else outcomes).intersection(years)
    after = replace(rules, span=rules.ahead, stale=0)
    shortly = replace(rules, span=1)
    rows: list[BacktestRow] = []
    for year in years:
        if year + rules.ahead not in settled:
            continue
        then = signals_of(panel, rules, year, severed=severed)
        outcome = signals_of(panel, after, year + rules.ahead, severed=severed).course
        last = signals_of(panel, shortly, year, severed=severed).change
        known = np.isfinite(then.course) & np.isfinite(outcome) & np.isfinite(last)
        if not known.any():
            continue
        tenth = np.nanquantile(then.score[known], _TENTH)
        pointed = (then.course > 0, last > 0, then.score >= tenth)
        rows += [
            _counted(year, rule, own & known, outcome=outcome, known=known)
            for rule, own in zip(RULES, pointed, strict=True)
        ]
    return tuple(rows)


def _counted(
    year: int,
    rule: str,
    pointed: NDArray[np.bool_],
    *,
    outcome: NDArray[np.float64],
    known: NDArray[np.bool_],
) -> BacktestRow:
    return BacktestRow(
        year=year,
        rule=rule,
        n_areas=int(known.sum()),
        n_pointed=int(pointed.sum()),
        n_worse=int((known & (outcome > 0)).sum()),
        n_hits=int((pointed & (outcome > 0)).sum()),
        n_better=int((pointed & (outcome < 0)).sum()),
    )
