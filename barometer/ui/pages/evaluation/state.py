"""What the follow-up page is about: an address as understood, its answer, and the frames."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Break, Indicator
from barometer.evaluation import FEWEST_BEFORE, LEVEL, Evaluation, Panel, Withheld, follow_up
from barometer.selection import Effort, EvaluationOffer
from barometer.store import Reader
from barometer.ui import words as site_words
from barometer.ui.base.state import PageState
from barometer.ui.context import Context
from barometer.ui.pages.evaluation import words


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
        return queries.evaluation_offer_of(self.reader)

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
            "unit": "percent",
        }

    @property
    def about(self) -> list[tuple[str, str]]:
        """What the indicator counts, the answer in sentences, and what it does not show."""
        language = self.language
        heading = site_words.INDICATOR[language]
        result = [(words.RESULT[language], text) for text in result_sentences(self)]
        limit = (words.CANNOT_HEAD[language], words.CANNOT[0][language])
        return [(heading, self.indicator.definition[language]), *result, limit]

    def stem(self, file: str) -> tuple[str, ...]:
        """The parts of a file's name."""
        areas = self.effort.areas
        chosen = "-".join(areas) if len(areas) < 4 else f"{len(areas)}_areas"
        effort = self.effort
        return ("follow_up", file, effort.indicator, effort.level, chosen, str(effort.start))

    @property
    def indicator(self) -> Indicator:
        """The indicator followed."""
        return self.context.catalogue.indicators[self.effort.indicator]

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks in the indicator's series."""
        return self.context.catalogue.breaks_of(self.indicator, levels=(self.effort.level,))

    @property
    def offered_years(self) -> tuple[int, ...]:
        """The years of the areas' division."""
        effort = self.effort
        return self.offer.years_of(effort.indicator, effort.level, effort.division)

    @property
    def years(self) -> tuple[int, ...]:
        """Those that no break parts from the start so that the levels cannot be compared."""
        cuts = [found.year for found in self.breaks if found.severs]
        series = bisect_right(cuts, self.effort.start)
        return tuple(y for y in self.offered_years if bisect_right(cuts, y) == series)

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
            return Withheld("few_before", 0, needed=FEWEST_BEFORE)
        around = queries.areas_around(self.reader.cursor, self.effort)
        return follow_up(
            self.panel, chosen=self.effort.areas, start=self.effort.start, around=around
        )


def resolve(context: Context, reader: Reader, query: str) -> EvaluationState:
    """An address as the follow-up page understands it."""
    offer = queries.evaluation_offer_of(reader)
    reading = Effort.from_query(query, offer=offer)
    return EvaluationState(context, reader, reading.view, reading.misunderstood)


def result_sentences(state: EvaluationState) -> list[str]:
    """The answer, or why there is none; nothing where no area is chosen."""
    if not state.effort.areas:
        return []
    answer, language = state.answer, state.language
    if isinstance(answer, Withheld):
        labels = [state.offer.labels[area_id] for area_id in answer.area_ids]
        reason = wording.withheld_sentence(
            answer,
            labels=labels,
            effort=state.effort,
            years=state.years,
            longest=state.offer.most_years,
        )
        return [reason, *_series_break(state)]
    level = state.effort.level
    sentences = (
        wording.effect_sentence(answer, where=state.where, language=language),
        wording.weak_sentence(answer, language=language),
        wording.poor_fit_sentence(answer, language=language),
        wording.verdict_sentence(answer, language=language),
        wording.fit_sentence(answer, language=language),
        wording.level_apart_sentence(answer, language=language),
        wording.around_sentence(answer, level=level, language=language),
        *_series_break(state),
    )
    return [sentence for sentence in sentences if sentence]


def _series_break(state: EvaluationState) -> list[str]:
    """The breaks that cut the series off, where years are left out for them."""
    left_out = set(state.offered_years) - set(state.years)
    if not left_out:
        return []
    return [found.note[state.language] for found in state.breaks if found.severs]


def result_frame(state: EvaluationState) -> pd.DataFrame:
    """The answer in one row, in percentage points; without an answer its reason (`withheld`).

    Columns: first_year, last_year, effect, low, high, interval_level (per cent), n_placebos,
    n_as_large, rmse, placebo_rmse, fits_worse (per cent of the placebos that fit better),
    level_apart, n_comparison, n_around, around_effect, withheld.
    """
    if not state.effort.areas:
        return pd.DataFrame()
    found = state.answer
    ends = (min(state.years, default=None), max(state.years, default=None))
    years = dict(zip(("first_year", "last_year"), ends, strict=True))
    if isinstance(found, Withheld):
        return pd.DataFrame([years | {"withheld": found.reason}])
    points = {
        "effect": found.effect,
        "low": found.low,
        "high": found.high,
        "rmse": found.misfit,
        "placebo_rmse": found.usual_misfit,
        "fits_worse": found.fits_worse,
        "level_apart": found.level_apart,
        "interval_level": LEVEL,
        "around_effect": found.around_effect,
    }
    numbers = {
        "n_placebos": found.n_placebos,
        "n_as_large": found.n_as_large,
        "n_comparison": len(found.donors),
        "n_around": len(found.around),
    }
    scaled = {name: None if v is None else 100 * v for name, v in points.items()}
    return pd.DataFrame([years | scaled | numbers | {"unit": "percentage_points"}])


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
