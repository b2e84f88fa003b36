"""Over time: a line per chosen place with its estimate's interval, or that there is one year."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue.efforts import RegisteredEffort
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.section import Section
from barometer.ui.breaks import break_notes, comparable, events_of, mark_events, named_by, year_mark
from barometer.ui.pages.segregation import figures, words
from barometer.ui.pages.segregation.state import SegregationState, series_frame

WITH_YEARS: Final = 2  # years that make a line


def _n_years(state: SegregationState) -> int:
    series = state.once(series_frame)
    return int(series["year"][series["value"].notna()].nunique())


def _trends(state: SegregationState, series: pd.DataFrame) -> list[str]:
    """How every place has changed in the years that can be compared; or why there is no line."""
    language, asked = state.language, state.measurement
    if state.once(_n_years) < WITH_YEARS:
        return [words.ONE_YEAR[language].format(year=asked.year)]
    rows = comparable(series, breaks=state.breaks, year=asked.year)
    return [
        wording.measure_trend(
            rows[rows["container_id"] == place.measurement.area],
            index=state.index,
            year=asked.year,
            where=place.where,
            language=language,
        )
        for place in state.each
    ]


def _lines(state: SegregationState, series: pd.DataFrame, label: str) -> Component:
    if state.once(_n_years) < WITH_YEARS:
        return _elsewhere(state)
    events = _events(state)
    places = tuple((place.measurement.area, place.where) for place in state.each)
    figure = state.reader.remember(
        (_figure, state.all_years, places, state.language, events),
        lambda: _figure(state, series, events),
    )
    return parts.graph(figure, label=label, height=400)


def _figure(
    state: SegregationState, series: pd.DataFrame, events: Sequence[RegisteredEffort]
) -> dict[str, Any]:
    """The lines as plotly takes them: the same whichever year the page is about."""
    figure = figures.series_figure(
        series, index=state.index, breaks=state.breaks, language=state.language
    )
    mark_events(figure, series["year"], events=events)
    return dict(figure.to_dict())


def _elsewhere(state: SegregationState) -> Component:
    """A measure that has several years."""
    catalogue, chosen = state.context.catalogue, state.measurement
    for grouping in state.offer.groupings:
        for units in state.offer.units_of(grouping):
            years = state.offer.years_of(grouping, units)
            if len(years) >= WITH_YEARS:
                name = catalogue.groupings[grouping].name[state.language]
                text = words.SEVERAL_YEARS[state.language].format(
                    name=wording.uncapitalised(name), first=years[0], last=years[-1]
                )
                asked = {"grouping": grouping, "units": units, "area": ",".join(chosen.places)}
                view = address("/segregation", language=state.language, **asked)
                return html.P(html.A(text, href=f"{view}#segregation-series"))
    return html.Div()


def _notes(state: SegregationState, series: pd.DataFrame) -> list[str]:
    if state.once(_n_years) < WITH_YEARS:
        return []
    language = state.language
    text = words.SERIES_BAND if series["low"].notna().any() else words.SERIES_VALUE
    return [
        text[language],
        *break_notes(state.breaks, series["year"], events=_events(state), language=language),
    ]


def _events(state: SegregationState) -> tuple[RegisteredEffort, ...]:
    """The efforts of the register that concern the chosen places."""
    return events_of(state.context, named_by(*state.measurement.places))


def _numbers(state: SegregationState, series: pd.DataFrame) -> Component:
    language, index = state.language, state.index
    first = int(series["year"].min())
    heads = (words.PLACE, site_words.YEAR, words.VALUE, words.EXPECTED, words.ESTIMATE)
    rows = [
        [
            state.name(row["container_id"]),
            year_mark(row["year"], breaks=state.breaks, first=first),
            state.value_words(row),
            wording.measure_value(row["expected"], index=index, language=language),
            wording.measure_estimate(row, index=index, language=language),
        ]
        for row in series.to_dict("records")
    ]
    return parts.table([h[language] for h in heads], rows, label=words.SERIES[language])


SERIES: Final = Section(
    key="series",
    heading=words.SERIES,
    frame=series_frame,
    sentences=_trends,
    drawing=_lines,
    notes=_notes,
    table=_numbers,
)
