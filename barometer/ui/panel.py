"""The chosen area beside the map: its value among others, its years, and both as sentences."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.catalogue import Break
from barometer.divisions import RIKET, SMALL_LEVELS, division_label, level_name
from barometer.queries import Area
from barometer.selection import Selection
from barometer.selection.profiles import profile_years
from barometer.ui import figures, words
from barometer.ui.attributes import aria, data
from barometer.ui.breaks import break_notes, comparable, year_mark
from barometer.ui.figures import GRAPH_CONFIG, role_label
from barometer.ui.links import address
from barometer.ui.view import Shown

_QUARTILES: Final = ("lower_quartile", "median", "upper_quartile")


def panel(shown: Shown) -> list[Component]:
    """The panel of the chosen area, or what to do to choose one."""
    area_id = shown.selection.area
    area = queries.area(shown.reader.cursor, area_id) if area_id else None
    if area is None:
        return _hint(shown)
    comparison = queries.area_comparison(shown.reader.cursor, shown.selection)
    series = queries.across_divisions(
        shown.reader.cursor,
        queries.area_series(shown.reader.cursor, shown.selection),
        shown.selection,
        indicator=shown.indicator,
    )
    return [
        _heading(shown, area),
        *_comparison(shown, comparison),
        *_series(shown, area, series),
    ]


def _hint(shown: Shown) -> list[Component]:
    return [
        html.H2(words.PANEL_EMPTY[shown.language], className="panel__title"),
        html.P(words.PANEL_HINT[shown.language]),
    ]


def _heading(shown: Shown, area: Area) -> Component:
    where = " · ".join(_whereabouts(shown, area))
    close = html.Button(
        "×",
        type="button",
        className="panel__close",
        title=words.PANEL_CLOSE[shown.language],
        **aria(label=words.PANEL_CLOSE[shown.language]),
        **data(close_panel=""),
    )
    return html.Div(
        [
            html.Div(
                [
                    html.H2(area.label, className="panel__title"),
                    html.P(where, className="panel__where"),
                    *_ways(shown, area),
                ]
            ),
            close,
        ],
        className="panel__head",
    )


def _ways(shown: Shown, area: Area) -> list[Component]:
    """From a kommun or län to the smaller areas in it, and back to the whole country."""
    selection, language = shown.selection, shown.language
    inside = area.level in ("kommun", "lan")
    offer = shown.context.offer(shown.reader)
    levels = [
        level
        for level in offer.levels_of(selection.indicator)
        if inside and level in SMALL_LEVELS and (level, area.area_id) != _here(selection)
    ]
    place = wording.place(area.label, area.level, language=language)
    ways = [
        (
            words.fill(
                words.SHOW_INSIDE,
                language,
                level=level_name(level, language=language),
                place=place,
            ),
            replace(selection, level=level, within=area.area_id),
        )
        for level in levels
    ]
    if selection.within != RIKET:
        ways.append((words.SHOW_ALL[language], replace(selection, within=RIKET)))
    links = [
        html.Li(html.A(said, href=f"/karta{way.to_query()}", **data(look=way.to_query())))
        for said, way in ways
    ]
    if inside and selection.indicator in shown.context.catalogue.groupings:
        said = words.fill(words.SEE_SEGREGATION, language, place=place)
        query = {"grouping": selection.indicator, "area": area.area_id}
        measured = address("/segregation", language=language, **query)
        links.append(html.Li(html.A(said, href=measured)))
    if known := profile_years(offer, area.area_id):
        year = selection.year if selection.year in known else None
        profile = address("/plats", language=language, area=area.area_id, year=year)
        links.append(html.Li(html.A(words.SEE_PLACE[language], href=profile)))
    return [html.Ul(links, className="ways")] if links else []


def _here(selection: Selection) -> tuple[str, str]:
    return (selection.level, selection.within)


def _whereabouts(shown: Shown, area: Area) -> list[str]:
    language = shown.language
    level = (
        division_label(area.level, area.division)
        if area.level in SMALL_LEVELS
        else level_name(area.level, language=language)
    )
    above = [area.kommun if area.level in SMALL_LEVELS else None, area.lan]
    known = [name for name in above if name and name != area.label]
    residents = (
        [
            f"{wording.number(area.population, decimals=0, language=language)} "
            f"{words.PANEL_RESIDENTS[language]}"
        ]
        if area.population is not None
        else []
    )
    return [level, *known, *residents]


def _comparison(shown: Shown, comparison: pd.DataFrame) -> list[Component]:
    if comparison.empty:
        return []
    sentences = wording.area_sentences(
        comparison, indicator=shown.indicator, language=shown.language
    )
    name = f"{shown.indicator.name[shown.language]}, {shown.selection.year}"
    return [
        html.H3(name, className="panel__subject"),
        *[html.P(sentence, className="panel__sentence") for sentence in sentences],
        _bars(shown, comparison),
    ]


def _bars(shown: Shown, comparison: pd.DataFrame) -> Component:
    """A table whose value column has bars: figure and table twin in one."""
    most = float(comparison["value"].abs().max()) if comparison["value"].notna().any() else 0.0
    rows = [_bar_row(shown, row, most=most) for row in comparison.itertuples()]
    heads = (words.PANEL_COMPARE, words.VALUE)
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(h[shown.language], scope="col") for h in heads])),
            html.Tbody(rows),
        ],
        className="bars",
    )


def _bar_row(shown: Shown, row: Any, *, most: float) -> Component:
    quartile = row.role in _QUARTILES
    label = role_label(row.role, row.label, language=shown.language)
    missing = pd.isna(row.value)
    said = (
        wording.missing_reason(row.status, language=shown.language)
        if missing and row.status
        else wording.value(
            None if missing else row.value, indicator=shown.indicator, language=shown.language
        )
    )
    width = 0.0 if missing or most == 0 or shown.indicator.categories else 100 * row.value / most
    bar = html.Span(
        className=f"bars__bar bars__bar--{row.role}",
        style={"width": f"{max(width, 0):.1f}%"},
        **aria(hidden="true"),
    )
    value = html.Td(
        [html.Span(said, className="bars__value"), html.Span(bar, className="bars__track")]
    )
    return html.Tr(
        [html.Th(label, scope="row"), value],
        className=f"bars__row bars__row--{'quartile' if quartile else row.role}",
    )


def _series(shown: Shown, area: Area, series: pd.DataFrame) -> list[Component]:
    if series.empty or series["value"].notna().sum() < 2:
        return []
    language = shown.language
    breaks = shown.context.catalogue.breaks_of(shown.indicator, levels=(area.level,))
    first, last = int(series["year"].min()), int(series["year"].max())
    alike = comparable(series, breaks=breaks, year=shown.selection.year)
    sentence = wording.series_sentence(alike, indicator=shown.indicator, language=language)
    figure = figures.series_figure(
        series, indicator=shown.indicator, breaks=breaks, language=language
    )
    notes = break_notes(breaks, first=first, last=last, language=language)
    graph = dcc.Graph(figure=figure, config=GRAPH_CONFIG, style={"height": "270px"})
    crosses = area.level in SMALL_LEVELS and "counterpart" in set(series["role"])
    return [
        html.H3(words.PANEL_SERIES[language], className="panel__subject"),
        *([html.P(sentence, className="panel__sentence")] if sentence else []),
        html.Div(graph, className="panel__graph", role="img", **aria(label=sentence or area.label)),
        _key(shown, series),
        *([html.P(words.PANEL_DIVISION[language], className="panel__note")] if crosses else []),
        *[html.P(note, className="panel__note") for note in notes],
        html.Details(
            [html.Summary(words.PANEL_NUMBERS[language]), _numbers(shown, series, breaks)],
            className="panel__numbers",
        ),
    ]


def _key(shown: Shown, series: pd.DataFrame) -> Component:
    """Which line is which, in words and dashes."""
    roles = [
        r
        for r in ("area", "counterpart", "carried", "kommun", "lan", "riket")
        if r in set(series["role"])
    ]
    labels = series.drop_duplicates("role").set_index("role")["label"]
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(className=f"key__line key__line--{role}", **aria(hidden="true")),
                    role_label(role, labels[role], language=shown.language),
                ]
            )
            for role in roles
        ],
        className="key",
    )


def _numbers(shown: Shown, series: pd.DataFrame, breaks: Sequence[Break]) -> Component:
    told = series[series["role"] != "counterpart"]
    # By role, not by name: a RegSO may be called as its kommun is.
    wide = told.pivot_table(
        index="year", columns="role", values="value", sort=False, dropna=False, aggfunc="first"
    ).sort_index()
    labels = told.drop_duplicates("role").set_index("role")["label"]
    names = [role_label(role, labels[role], language=shown.language) for role in wide.columns]
    head = [words.YEAR[shown.language], *names]
    rows = [
        html.Tr(
            [
                html.Th(year_mark(year, breaks=breaks, first=wide.index[0]), scope="row"),
                *[
                    html.Td(
                        wording.value(
                            None if pd.isna(value) else float(value),
                            indicator=shown.indicator,
                            language=shown.language,
                        )
                    )
                    for value in values
                ],
            ]
        )
        for year, values in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(h, scope="col") for h in head])), html.Tbody(rows)],
        className="numbers",
    )
    return html.Div(
        table,
        className="scroll",
        tabIndex=0,
        role="group",
        **aria(label=words.PANEL_NUMBERS[shown.language]),
    )
