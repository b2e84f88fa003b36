"""The drawer's figures: the area over the years, among its kommun's areas, in more measures."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component
from numpy.typing import NDArray

from barometer import queries, wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import SMALL_LEVELS, Language, division_of
from barometer.queries import Area
from barometer.ui import theme, words
from barometer.ui.breaks import mark_breaks, stretches
from barometer.ui.figures import amounts, empty_figure, plain
from barometer.ui.markup import aria
from barometer.ui.pages.map import geometry
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.state import MapState

_ORDER: Final = ("riket", "lan", "kommun", "counterpart", "carried", "area")
# The measures that say most of a place, of which the first three that are known are shown.
MORE: Final = (
    *("employed", "employed_16_64", "lower_secondary", "low_standard_children"),
    *("apartment_blocks", "foreign_background", "rented", "children"),
)
FEWEST: Final = 4  # areas that make a strip
NEAR: Final = 12.0  # per cent of the width at which two labels would touch


def strip(state: MapState, area: Area) -> list[Component]:
    """A tick an area, the median, and the chosen one; a sentence says how many are lower."""
    if area.level not in SMALL_LEVELS or area.kommun_id is None or state.indicator.categories:
        return []
    values, own = _values(state, area)
    if len(values) < FEWEST or np.isnan(own):
        return []
    language = state.language
    n_lower = int(np.count_nonzero(values < own))
    sentence = words.fill(
        labels.HIGHER_THAN,
        language,
        n=wording.number(n_lower, language=language),
        total=wording.number(len(values), language=language),
        place=area.kommun or "",
    )
    heading = words.fill(labels.ALL_AREAS, language, place=area.kommun or "")
    return [
        html.P(sentence, className="panel__sentence"),
        html.H3(heading, className="panel__subject"),
        _dots(state, values, own, label=heading),
    ]


def _values(state: MapState, area: Area) -> tuple[NDArray[np.float64], float]:
    """The known values of the area's level in its kommun, and the area's own."""
    level = area.level
    division = division_of(level, state.selection.year)
    order = geometry.order_of(state.reader, level, division)
    selection = replace(
        state.selection,
        level=level,
        within=area.kommun_id or "",
        layer="value",
        since=None,
        compare=None,
    )
    rows = state.reader.once(queries.value_rows)
    figures = queries.map_figures(state.reader.cursor, selection, order=order, rows=rows)
    found = figures.values  # noqa: PD011 - of an array, not of a frame
    own = found[order.index(area.area_id)] if area.area_id in order else np.nan
    return found[~np.isnan(found)], float(own)


def _dots(state: MapState, values: NDArray[np.float64], amount: float, *, label: str) -> Component:
    percent = state.indicator.unit == "percent"
    low, high = (0.0, 100.0) if percent else (float(values.min()), float(values.max()))
    width = (high - low) or 1.0

    def at(value: float) -> dict[str, str]:
        return {"left": f"{100 * (value - low) / width:.1f}%"}

    median = float(np.median(values))
    written = _written(state)
    ticks = [html.Span(className="dots__tick", style=at(v)) for v in values.tolist()]
    middle = words.fill(labels.MEDIAN, state.language, value=written(median))
    shown = [
        *ticks,
        html.Span(className="dots__median", style=at(median)),
        html.Span(className="dots__area", style=at(amount)),
        html.Span(written(low), className="dots__label dots__label--low"),
        html.Span(
            written(high) + wording.unit_suffix(state.indicator.unit, language=state.language),
            className="dots__label dots__label--high",
        ),
    ]
    place = 100 * (amount - low) / width
    if NEAR < place < 100 - NEAR:
        name = "dots__label dots__label--area"
        shown.append(html.Span(written(amount), className=name, style=at(amount)))
    far = abs(100 * (median - low) / width - place) > 2 * NEAR
    if far and 2 * NEAR < 100 * (median - low) / width < 100 - 2 * NEAR:
        shown.append(html.Span(middle, className="dots__label", style=at(median)))
    unit = wording.value(median, indicator=state.indicator, language=state.language)
    spoken = f"{label}: {words.fill(labels.MEDIAN, state.language, value=unit)}"
    return html.Div(shown, className="dots", role="img", **aria(label=spoken))


def _written(state: MapState) -> Callable[[float], str]:
    decimals, language = state.indicator.decimals, state.language
    return lambda value: wording.number(
        value, decimals=0 if value in (0.0, 100.0) else decimals, language=language
    )


def more_measures(state: MapState, area: Area) -> list[Component]:
    """Three more measures of the same year, the area against its kommun."""
    if area.kommun_id in (None, area.area_id):
        return []
    year, language = state.selection.year, state.language
    wanted = [i for i in MORE if i != state.selection.indicator]
    found = queries.values_of_places(
        state.reader.cursor, wanted, year=year, area_ids=(area.area_id, area.kommun_id or "")
    )
    rows: list[Component] = []
    for name in wanted:
        pair = [found.get((name, code)) for code in (area.area_id, area.kommun_id)]
        if pair[0] is None or len(rows) == 3:
            continue
        indicator = state.context.catalogue.indicators[name]
        cells = [
            html.Td(wording.value(value, indicator=indicator, language=language)) for value in pair
        ]
        rows.append(html.Tr([html.Th(indicator.name[language], scope="row"), *cells]))
    if not rows:
        return []
    heads = [
        html.Th(words.fill(labels.MORE_MEASURES, language, year=str(year)), scope="col"),
        html.Th(labels.THE_AREA[language], scope="col", className="more__area"),
        html.Th(area.kommun, scope="col", className="more__kommun"),
    ]
    return [html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="more")]


def series_figure(
    series: pd.DataFrame,
    *,
    indicator: Indicator,
    breaks: Sequence[Break] = (),
    language: Language,
) -> go.Figure:
    """An area and its containers over time; no line crosses a severing break.

    Columns: role, label, division, year, value (`queries.area_series`).
    """
    figure = empty_figure(language)
    parted = series.assign(stretch=stretches(series["year"], breaks=breaks))
    for role in _ORDER:
        of_role = parted[parted["role"] == role]
        for _, part in of_role.groupby(["division", "stretch"], sort=False):
            figure.add_trace(_line(role, part, indicator=indicator, language=language))
    mark_breaks(figure, series["year"], breaks=breaks)
    figure.update_yaxes(**amounts(indicator.unit, language=language))
    figure.update_xaxes(**theme.year_axis(series["year"], most=5))
    return figure.update_layout(hovermode="x unified", height=230)


def _line(role: str, part: pd.DataFrame, *, indicator: Indicator, language: Language) -> go.Scatter:
    mine = role in ("area", "counterpart", "carried")
    name = role_label(role, str(part["label"].iloc[-1]), language=language)
    texts = [wording.value(v, indicator=indicator, language=language) for v in plain(part["value"])]
    return go.Scatter(
        x=part["year"].tolist(),
        y=plain(part["value"]),
        name=name,
        mode="lines+markers",
        connectgaps=False,
        line={
            "color": theme.ROLE_COLOURS[role],
            "dash": theme.ROLE_DASHES[role],
            "width": 2.75 if mine else 1.75,
        },
        marker={
            "size": 7 if mine else 4,
            "symbol": "circle" if role not in ("counterpart", "carried") else "circle-open",
        },
        customdata=texts,
        hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
    )


def role_label(role: str, label: str, *, language: Language) -> str:
    """An area by its own name; what has none, and Sweden, by its role."""
    named = role in ("area", "kommun", "lan")
    return label if named else wording.ROLES[role][language]
