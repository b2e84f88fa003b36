"""The chosen area's drawer: a large figure, the same figure around it, its kommun's areas."""

from dataclasses import replace
from functools import partial
from typing import Any, Final

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.classes import area_type_palette
from barometer.divisions import OWN, RIKET, SMALL_LEVELS, Language, division_label, level_name
from barometer.queries import Area
from barometer.queries.profiles import types_by_kommun
from barometer.selection import Selection
from barometer.selection.profiles import profile_years
from barometer.ui import words
from barometer.ui.address import address
from barometer.ui.breaks import break_notes, comparable, events_of, mark_events, named_by
from barometer.ui.figures import GRAPH_CONFIG
from barometer.ui.markup import aria, data
from barometer.ui.own import own_kind
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.figures import more_measures, role_label, series_figure, strip
from barometer.ui.pages.map.key import areas_written, types_finding
from barometer.ui.pages.map.marks import mark_lines
from barometer.ui.pages.map.options import limit_choices
from barometer.ui.pages.map.state import MapState

BARS: Final = ("area", "regso", "kommun", "lan", "riket")
_OWN: Final = ("area", "counterpart", "carried")  # roles of the chosen area itself in a series


def panel(state: MapState) -> list[Component]:
    """The chosen area's drawer; empty without one."""
    area_id = state.selection.area
    area = queries.area(state.reader.cursor, area_id) if area_id else None
    if area is None:
        return []
    comparison = queries.area_comparison(state.reader.cursor, state.selection)
    rows = {str(row.role): row for row in comparison.itertuples()}
    inside = [
        _heading(state, area),
        *_figure(state, area, rows),
        *mark_lines(state, area.area_id),
        *_bars(state, area, rows),
        *strip(state, area),
        *more_measures(state, area),
        *_series(state, area),
        _ways(state, area),
    ]
    return [html.Div(inside, className="panel__inside"), _foot(state, area)]


def short_name(area: Area, language: Language) -> str:
    """The name as it stands in the drawer: without code and kommun."""
    if area.level == "deso":
        return area.name.rpartition(" ")[0].rstrip(",") or area.name
    return wording.place_name(area.name, area.level, language=language)


def _heading(state: MapState, area: Area) -> Component:
    close = html.Button(
        "×",
        type="button",
        className="panel__close",
        title=words.PANEL_CLOSE[state.language],
        **aria(label=words.PANEL_CLOSE[state.language]),
        **data(set="area", to=""),
    )
    where = " · ".join(_whereabouts(state, area))
    texts = [
        html.H2(short_name(area, state.language), className="panel__title"),
        html.P(where, className="panel__where"),
    ]
    return html.Div([html.Div(texts), close], className="panel__head")


def _whereabouts(state: MapState, area: Area) -> list[str]:
    language = state.language
    small = area.level in SMALL_LEVELS
    level = division_label(area.level, area.division) if small else ""
    level = level or level_name(area.level, language=language)
    if area.level == OWN:
        level = own_kind(state.reader, area, language=language)
    code = area.name.rpartition(" ")[2] if area.level == "deso" else ""
    lan = wording.place_name(area.lan or "", "lan", language=language)
    above = area.kommun if small or area.level == OWN else lan
    place = f" i {above}" if language == "sv" else f" in {above}"
    first = f"{level} {code}".strip() + (place if above and above != area.name else "")
    if area.population is None:
        return [first]
    residents = wording.number(area.population, language=language)
    return [first, f"{residents} {words.PANEL_RESIDENTS[language]}"]


def _figure(state: MapState, area: Area, rows: dict[str, Any]) -> list[Component]:
    """The figure itself, and what it is made of in one sentence."""
    row = rows.get("area")
    if row is None:
        return []
    language, indicator = state.language, state.indicator
    name = html.H3(indicator.name[language], className="unseen")
    missing = pd.isna(row.value)
    if missing and (whole := _types(state, area)):
        return [name, *whole]
    if missing and not state.offer.years_of(state.selection.indicator, area.level):
        text = words.fill(
            labels.LEVEL_WITHOUT,
            language,
            level=labels.LEVEL_AREAS[area.level][language],
            areas=labels.LEVEL_AREAS[state.selection.level][language],
        )
        return [name, html.P(text, className="panel__sentence")]
    if missing:
        reason = wording.missing_reason(row.status, language=language) if row.status else ""
        text = f"{words.NO_VALUE[language]}{f' ({reason})' if reason else ''}"
        return [name, html.P(text, className="panel__sentence")]
    said = wording.value(row.value, indicator=indicator, language=language)
    word = " panel__value--word" if indicator.categories else ""
    value = html.Span(said, className=f"panel__value{word}")
    year = html.Span(str(row.year), className="panel__year")
    return [name, html.P([value, year], className="panel__figure"), *_counts(state, row)]


def _types(state: MapState, area: Area) -> list[Component]:
    """How the residents of a place with typed areas in it are divided among the types."""
    if state.selection.indicator != "area_type" or area.level in SMALL_LEVELS:
        return []
    cursor, language = state.reader.cursor, state.language
    found = types_by_kommun(cursor, year=state.selection.year, within=area.area_id)
    typed = found[found["area_type"].notna()]
    numbers = range(1, len(words.TYPE_NAMES) + 1)
    summed = typed.groupby("area_type")[["n_areas", "residents"]].sum().reindex(numbers)
    summed = summed.fillna(0.0)
    if not summed["residents"].sum():
        return []
    shares = (100 * summed["residents"] / summed["residents"].sum()).tolist()
    percent = partial(wording.percent, decimals=1, language=language)
    rows = [
        _bar_row(
            name[language],
            f"{percent(share)} · {areas_written(int(n), language)}",
            share,
            "type",
            {"--light": light, "--dark": dark},
        )
        for name, share, n, light, dark in zip(
            words.TYPE_NAMES,
            shares,
            summed["n_areas"],
            area_type_palette(theme="light"),
            area_type_palette(theme="dark"),
            strict=True,
        )
    ]
    lead = words.fill(labels.TYPES_INSIDE, language, year=str(int(typed["year"].iloc[0])))
    return [
        html.P(types_finding(shares, language), className="panel__sentence"),
        html.P(lead, className="panel__note"),
        html.Ul(rows, className="bars"),
    ]


def _counts(state: MapState, row: Any) -> list[Component]:
    is_part = state.indicator.unit == "percent"  # a rate's two counts are of different things
    if not is_part or pd.isna(row.numerator) or pd.isna(row.denominator):
        return []
    part, whole = (
        wording.number(n, language=state.language) for n in (row.numerator, row.denominator)
    )
    text = words.fill(labels.PART_OF, state.language, part=part, whole=whole)
    return [html.P(text, className="panel__sentence")]


def _bars(state: MapState, area: Area, rows: dict[str, Any]) -> list[Component]:
    """The same figure for the area and what it lies in, on one axis."""
    if state.indicator.categories:
        return []
    known = [rows[role] for role in BARS if role in rows and not pd.isna(rows[role].value)]
    if len(known) < 2:
        return []
    percent = state.indicator.unit == "percent"
    most = 100.0 if percent else max(float(row.value) for row in known)
    return [
        html.Ul([_bar(state, row, area, most=most) for row in known], className="bars"),
    ]


def _bar(state: MapState, row: Any, area: Area, *, most: float) -> Component:
    name, level = (area.name, area.level) if row.role == "area" else (str(row.label), row.role)
    label = wording.place_name(name, level, language=state.language)
    if row.role == "regso":
        label = f"{label.partition(' (')[0]}, RegSO"
    if row.role == "riket":
        label = role_label(row.role, row.label, language=state.language)
    said = wording.value(row.value, indicator=state.indicator, language=state.language)
    width = 0.0 if most == 0 else max(0.0, min(100.0, 100 * row.value / most))
    return _bar_row(label, said, width, row.role)


def _bar_row(
    label: str, written: str, width: float, role: str, colours: dict[str, str] | None = None
) -> Component:
    """A bar of `width` per cent of its track, under its label and value."""
    style = {"width": f"{width:.1f}%"} | (colours or {})
    bar = html.Span(className=f"bars__bar bars__bar--{role}", style=style)
    text = html.Span(
        [html.Span(label), html.Span(written, className="bars__value")], className="bars__text"
    )
    return html.Li(
        [text, html.Span(bar, className="bars__track", **aria(hidden="true"))],
        className=f"bars__row bars__row--{role}",
    )


def _series(state: MapState, area: Area) -> list[Component]:
    """The area over the years; a sentence alone where it has one year only."""
    cursor, language = state.reader.cursor, state.language
    series = queries.across_divisions(
        cursor,
        queries.area_series(cursor, state.selection),
        state.selection,
        indicator=state.indicator,
    )
    known = series[series["value"].notna()] if not series.empty else series
    own = known[known["role"].isin(_OWN)] if not known.empty else known
    if own.empty:
        return []
    breaks = state.context.catalogue.breaks_of(state.indicator, levels=(area.level,))
    alike = comparable(series, breaks=breaks, year=state.selection.year)
    sentence = wording.series_sentence(alike, indicator=state.indicator, language=language)
    heading = html.H3(words.PANEL_SERIES[language], className="panel__subject")
    if own["year"].nunique() < 2:
        return [heading, html.P(sentence, className="panel__sentence")]
    figure = series_figure(series, indicator=state.indicator, breaks=breaks, language=language)
    events = events_of(state.context, named_by(area.area_id, area.parent_id))
    mark_events(figure, series["year"], events=events)
    notes = break_notes(breaks, series["year"], events=events, language=language)
    graph = dcc.Graph(figure=figure, config=GRAPH_CONFIG, style={"height": "230px"})
    crosses = area.level in SMALL_LEVELS and "counterpart" in set(series["role"])
    notes = [*([words.PANEL_DIVISION[language]] if crosses else []), *notes]
    return [
        heading,
        *([html.P(sentence, className="panel__sentence")] if sentence else []),
        html.Div(graph, className="panel__graph", role="img", **aria(label=sentence or area.label)),
        *[html.P(note, className="panel__note") for note in notes],
    ]


def _ways(state: MapState, area: Area) -> Component:
    """From the chosen place into the smaller areas in it, and back to the whole country."""
    selection, language = state.selection, state.language
    ways = [
        (words.fill(labels.SHOW_ONLY, language, place=_place(state, code)), "within", code)
        for code in limit_choices(state)
        if code != selection.within
    ]
    if selection.within != RIKET:
        ways.append((words.SHOW_ALL[language], "within", ""))
    links = [html.Li(_way(state, *way)) for way in ways]
    if area.level in ("kommun", "lan") and selection.indicator in state.context.catalogue.groupings:
        place = wording.place(area.label, area.level, language=language)
        said = words.fill(words.SEE_SEGREGATION, language, place=place)
        query = {"grouping": selection.indicator, "area": area.area_id}
        href = address("/segregation", language=language, **query)
        links.append(html.Li(html.A(said, href=href)))
    return html.Ul(links, className="ways")


def _way(state: MapState, text: str, key: str, value: str) -> Component:
    after: Selection = replace(state.selection, within=value or RIKET)
    return html.A(text, href=f"/karta{after.to_query()}", **data(set=key, to=value))


def _place(state: MapState, code: str) -> str:
    level = "lan" if len(code) == 2 else "kommun"
    return wording.place(state.offer.names.get(code, code), level, language=state.language)


def _foot(state: MapState, area: Area) -> Component:
    language, year = state.language, state.selection.year
    known = profile_years(state.offer, area.area_id)
    query = {"area": area.area_id, "year": year if year in known else None}
    profile = html.A(
        [labels.OPEN_PROFILE[language], html.Span("→", **aria(hidden="true"))],
        href=address("/plats", language=language, **query),
        className="filled",
    )
    lab = {"areas": area.area_id, "indicators": state.selection.indicator}
    compare = html.A(
        labels.COMPARE_PLACE[language],
        href=address("/labb", language=language, **lab),
        className="outlined",
    )
    return html.Div([*([profile] if known else []), compare], className="panel__foot")
