"""What the follow-up page is about: an address as understood, its answer, and the frames."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Indicator
from barometer.evaluation import (
    Evaluation,
    Panel,
    Withheld,
    follow_up,
)
from barometer.selection import Effort, EvaluationOffer
from barometer.store import Reader
from barometer.ui import words as site_words
from barometer.ui.base.state import PageState
from barometer.ui.context import Context


@dataclass(frozen=True)
class EvaluationState(PageState[Effort]):
    """What is evaluated, and the snapshot that answers it."""

    path = "/folj-upp"
    prefix = "follow"

    @property
    def effort(self) -> Effort:
        """What is evaluated."""
        return self.address

    @cached_property
    def offer(self) -> EvaluationOffer:
        """What the snapshot holds."""
        return self.reader.once(queries.evaluation_offer)

    @property
    def title(self) -> str:
        """The indicator and the chosen areas."""
        name = self.indicator.name[self.language]
        return wording.evaluation_title(self.effort, indicator=name, where=self.where)

    @property
    def provenance(self) -> queries.Provenance:
        """The tables of the indicator."""
        return self.provenance_of(self.indicator.source_ids, self.breaks)

    @property
    def constants(self) -> dict[str, str | int]:
        """What is evaluated: the same in every row."""
        effort = self.effort
        return {
            "indicator": effort.indicator,
            "areas": " ".join(effort.areas),
            "level": effort.level,
            "division": effort.division,
            "start": effort.start,
        }

    @property
    def about(self) -> list[tuple[str, str]]:
        """What the indicator counts."""
        heading = site_words.INDICATOR[self.language]
        return [(heading, self.indicator.definition[self.language])]

    def stem(self, file: str) -> tuple[str, ...]:
        """The parts of a file's name."""
        areas = self.effort.areas
        chosen = areas[0] if len(areas) == 1 else f"{len(areas)}_areas"
        return ("follow_up", file, self.effort.indicator, chosen, str(self.effort.start))

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
        return queries.evaluation_panel(self.reader.cursor, self.effort, years=self.years)

    @cached_property
    def answer(self) -> Evaluation | Withheld:
        """The follow-up, or why there is none."""
        if not self.years:
            return Withheld("few_before", 0)
        return follow_up(self.panel, chosen=self.effort.areas, start=self.effort.start)


def resolve(context: Context, reader: Reader, query: str) -> EvaluationState:
    """An address as the follow-up page understands it."""
    offer = reader.once(queries.evaluation_offer)
    reading = Effort.from_query(query, offer=offer)
    return EvaluationState(context, reader, reading.effort, reading.misunderstood)


def years_frame(state: EvaluationState) -> pd.DataFrame:
    """Year by year, in per cent and percentage points; empty without an answer.

    Columns: year, after (0 or 1), own, compared, gap, band_low, band_high, persons.
    """
    found = state.answer if state.effort.areas else None
    columns = ["year", "after", "own", "compared", "gap", "band_low", "band_high", "persons"]
    if not isinstance(found, Evaluation):
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
    donors = found.donors if isinstance(found, Evaluation) else ()
    rows = [
        (d.area_id, state.offer.labels[d.area_id], 100 * d.weight, 100 * d.before, d.persons)
        for d in donors
    ]
    return pd.DataFrame(rows, columns=["area_id", "label", "weight", "before", "persons"])
