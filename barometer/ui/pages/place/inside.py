"""How different the areas inside a place are: a dot an area."""

from typing import Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import Language, division_label
from barometer.ui.base.drawings import dots
from barometer.ui.base.section import Section
from barometer.ui.pages.place import words
from barometer.ui.pages.place.amounts import axis, format_value
from barometer.ui.pages.place.figures import axis_end, source_note
from barometer.ui.pages.place.frames import level_of_parts, names_inside, spread_frame
from barometer.ui.pages.place.pictured import inside_chart
from barometer.ui.pages.place.state import PlaceState


def _inside_heading(state: PlaceState) -> str:
    country = state.area.level == "riket"
    place = words.RIKET[state.language] if country else names_inside(state)
    return words.INSIDE[state.language].format(place=place)


def _inside_sentences(state: PlaceState, frame: pd.DataFrame) -> list[str]:
    if frame.empty:
        return []
    level, division = level_of_parts(state), frame["division"].iloc[0]
    n = wording.number(frame.groupby("indicator_id").size().max(), language=state.language)
    text = words.INSIDE_KOMMUNER if level == "kommun" else words.INSIDE_LEAD
    return [text[state.language].format(n=n, level=division_label(level, division))]


def _inside_dots(state: PlaceState, frame: pd.DataFrame, _: str) -> Component:
    rows = [
        html.Li(_dot_row(state, str(indicator_id), part))
        for indicator_id, part in frame.groupby("indicator_id", sort=False)
    ]
    return html.Ul(rows, className="dotrows")


def _dot_row(state: PlaceState, indicator_id: str, part: pd.DataFrame) -> list[Component]:
    low, high = axis(part["value"].tolist())
    median = float(part["value"].median())
    own = part["value"][part["is_place"]]
    said = extremes(state, indicator_id, part)
    head = [html.H3(state.name(indicator_id)), html.P(said[0])]
    head += [html.P(line) for line in said[1:]]
    at = 100 * (median - low) / max(high - low, 1e-9)
    picture = dots(
        part["value"].tolist(),
        low=low,
        high=high,
        place=float(own.iloc[0]) if len(own) else None,
        label=f"{state.name(indicator_id)}: {', '.join(said)}",
    )
    ends = [
        html.Span(axis_end(state, low)),
        html.Span(wording.percent(high, language=state.language, decimals=0)),
    ]
    line = html.I(className="dots__median", style={"left": f"{at:.1f}%"})
    drawn = html.Div([picture, line], className="dots__plot")
    return [html.Div(head), html.Div([drawn, html.Div(ends, className="keys__axis")])]


def extremes(state: PlaceState, indicator_id: str, part: pd.DataFrame) -> list[str]:
    """Year and median, the lowest and the highest area by name, or how many share the value."""
    language = state.language
    median = words.MEDIAN_VALUE[language].format(
        value=format_value(state, indicator_id, float(part["value"].median()))
    )
    values = part["value"].to_numpy(float)
    written = [format_value(state, indicator_id, amount) for amount in values]
    named = list(zip(part["label"], written, strict=True))
    return [
        f"{part['year'].iloc[0]} · {median}",
        _extreme(named, written[values.argmin()], highest=False, language=language),
        _extreme(named, written[values.argmax()], highest=True, language=language),
    ]


def _extreme(
    named: list[tuple[str, str]], written: str, *, highest: bool, language: Language
) -> str:
    """The area with the lowest or highest value, of areas and values as they are written."""
    same = [label for label, own in named if own == written]
    if len(same) > 1:
        many = words.HIGHEST_MANY if highest else words.LOWEST_MANY
        return many[language].format(n=len(same), value=written)
    one = words.HIGHEST if highest else words.LOWEST
    return one[language].format(name=wording.short_label(str(same[0])), value=written)


INSIDE: Final = Section(
    key="inside",
    heading=_inside_heading,
    frame=spread_frame,
    applies=lambda state: not state.once(spread_frame).empty,
    sentences=_inside_sentences,
    drawing=_inside_dots,
    chart=inside_chart,
    notes=lambda state, frame: [source_note(state, frame.drop_duplicates("indicator_id"))],
)
