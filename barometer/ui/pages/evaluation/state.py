"""What the follow-up page is about: an address as understood, its answer, and the frames."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import Language
from barometer.follow_up import FollowUp, Panel, Withheld, follow_up
from barometer.selection import Effort, EffortOffer, EffortReading
from barometer.store import Reader
from barometer.ui.context import Context


@dataclass(frozen=True)
class EvaluationState:
    """A reading, the snapshot it is read from, and the answer, computed when it is asked for."""

    reader: Reader
    reading: EffortReading
    context: Context

    @property
    def effort(self) -> Effort:
        """What is followed up."""
        return self.reading.effort

    @property
    def language(self) -> Language:
        """The language it is told in."""
        return self.effort.language

    @property
    def offer(self) -> EffortOffer:
        """What the snapshot holds."""
        return self.reader.once(queries.effort_offer)

    @property
    def indicator(self) -> Indicator:
        """The indicator followed."""
        return self.context.catalogue.indicators[self.effort.indicator]

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks in the indicator's series."""
        return self.context.catalogue.breaks_of(self.indicator, levels=(self.effort.level,))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the areas' division."""
        effort = self.effort
        return self.offer.years_of(effort.indicator, effort.level, effort.division)

    @property
    def labels(self) -> tuple[str, ...]:
        """The chosen areas' names."""
        return tuple(self.offer.labels[area_id] for area_id in self.effort.areas)

    @property
    def where(self) -> str:
        """The chosen areas in a sentence."""
        return wording.chosen_areas(self.labels, level=self.effort.level, language=self.language)

    @cached_property
    def panel(self) -> Panel:
        """Every area of the level over the years."""
        return queries.effort_panel(self.reader.cursor, self.effort, years=self.years)

    @cached_property
    def answer(self) -> FollowUp | Withheld:
        """The follow-up, or why there is none."""
        if not self.years:
            return Withheld("few_before", 0)
        return follow_up(self.panel, chosen=self.effort.areas, start=self.effort.start)


def resolve(context: Context, reader: Reader, query: str) -> EvaluationState:
    """An address as the follow-up page understands it."""
    offer = reader.once(queries.effort_offer)
    return EvaluationState(reader, Effort.from_query(query, offer=offer), context)


def years_frame(state: EvaluationState) -> pd.DataFrame:
    """Year by year, in per cent and percentage points; empty without an answer.

    Columns: year, after (0 or 1), own, compared, gap, band_low, band_high, persons.
    """
    found = state.answer if state.effort.areas else None
    columns = ["year", "after", "own", "compared", "gap", "band_low", "band_high", "persons"]
    if not isinstance(found, FollowUp):
        return pd.DataFrame(columns=columns)
    rows = [state.panel.area_ids.index(area_id) for area_id in state.effort.areas]
    values = {
        "own": found.own,
        "compared": found.compared,
        "gap": found.gap,
        "band_low": found.band_low,
        "band_high": found.band_high,
    }
    frame = pd.DataFrame({"year": found.years} | {k: 100 * v for k, v in values.items()})
    return frame.assign(
        after=(frame["year"] >= found.start).astype(int),
        persons=state.panel.totals[rows].sum(axis=0),
    )[columns]


def donors_frame(state: EvaluationState) -> pd.DataFrame:
    """The comparison areas, largest weight first. Columns: area_id, label, weight, before, persons.

    `weight` and `before` (mean share before the start) in per cent.
    """
    found = state.answer if state.effort.areas else None
    donors = found.donors if isinstance(found, FollowUp) else ()
    rows = [
        (d.area_id, state.offer.labels[d.area_id], 100 * d.weight, 100 * d.before, d.persons)
        for d in donors
    ]
    return pd.DataFrame(rows, columns=["area_id", "label", "weight", "before", "persons"])


FRAMES: Final[Mapping[str, Callable[[EvaluationState], pd.DataFrame]]] = {
    "years": years_frame,
    "donors": donors_frame,
}
