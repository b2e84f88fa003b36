"""Karta: one indicator on the map, its table twin, its legend in words and the chosen area.

The address owns the state. The client asks /values with the address and gets the view as it was
understood; `dash_clientside.map.sync` (assets/33-map-page.js) shows it and sets the controls.
"""

from typing import Any

import orjson
from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from barometer.divisions import Language
from barometer.selection import Selection
from barometer.ui import components, ids, search, view, words
from barometer.ui.attributes import aria, data
from barometer.ui.context import Context
from barometer.ui.pages import Page
from barometer.ui.panel import panel
from barometer.ui.parts import buttons, source
from barometer.ui.places import place_search, register_place_search
from barometer.ui.serving import VENDOR, vendor_address

# What the client sets after every answer of /values, in the order of its `outputs`.
SHOWN = (
    (ids.MAP_URL, "search"),
    (ids.MAP_KIND, "value"),
    (ids.MAP_INDICATOR, "value"),
    (ids.MAP_INDICATOR_BOX, "hidden"),
    (ids.MAP_LEVEL, "value"),
    (ids.MAP_LEVEL, "data"),
    (ids.MAP_BACKGROUND, "value"),
    (ids.MAP_BACKGROUND, "data"),
    (ids.MAP_BACKGROUND_BOX, "hidden"),
    (ids.MAP_WITHIN, "value"),
    (ids.MAP_WITHIN, "data"),
    (ids.MAP_WITHIN_BOX, "hidden"),
    (ids.MAP_MODE, "value"),
    (ids.MAP_SINCE, "value"),
    (ids.MAP_SINCE, "data"),
    (ids.MAP_SINCE_BOX, "hidden"),
    (ids.MAP_COMPARE, "value"),
    (ids.MAP_COMPARE, "data"),
    (ids.MAP_COMPARE_BOX, "hidden"),
    (ids.MAP_TOGETHER, "value"),
    (ids.MAP_LAYER, "value"),
    (ids.MAP_LAYER, "data"),
    (ids.MAP_GROUPING, "value"),
    (ids.MAP_GROUPING, "data"),
    (ids.MAP_GROUPING_BOX, "hidden"),
    (ids.MAP_YEAR, "value"),
    (ids.MAP_YEAR, "min"),
    (ids.MAP_YEAR, "max"),
    (ids.MAP_YEAR, "marks"),
    (ids.MAP_YEAR_SHOWN, "children"),
    (ids.MAP_METHOD, "value"),
    (ids.MAP_CLASSES, "value"),
    (ids.MAP_CLASSES, "data"),
    (ids.MAP_STEADY, "checked"),
    (ids.MAP_STEADY_BOX, "hidden"),
    (ids.MAP_VIEW, "value"),
    (ids.MAP_PLACE, "value"),
    (ids.MAP_PICKED, "data"),
    (ids.MAP_ASKED, "data"),
    (ids.MAP_TITLE, "children"),
    (ids.MAP_DEFINITION, "children"),
    (ids.MAP_ABOUT, "href"),
    (ids.MAP_SENTENCE, "children"),
    (ids.MAP_NOTICE, "children"),
    (ids.MAP_LEGEND, "children"),
    (ids.MAP_CAPTION, "children"),
    (ids.MAP_SECOND_CAPTION, "children"),
    (ids.MAP_SECOND_LEGEND, "children"),
    (ids.MAP_NOTE, "children"),
    (ids.MAP_SOURCE, "children"),
    (ids.MAP_DOWNLOADS, "children"),
    (ids.MAP_ANNOUNCE, "children"),
)
# What a reader can change; the order of `sync`'s arguments.
ASKED = (
    (ids.MAP_URL, "search"),
    (ids.MAP_KIND, "value"),
    (ids.MAP_INDICATOR, "value"),
    (ids.MAP_LEVEL, "value"),
    (ids.MAP_BACKGROUND, "value"),
    (ids.MAP_WITHIN, "value"),
    (ids.MAP_MODE, "value"),
    (ids.MAP_SINCE, "value"),
    (ids.MAP_COMPARE, "value"),
    (ids.MAP_TOGETHER, "value"),
    (ids.MAP_LAYER, "value"),
    (ids.MAP_GROUPING, "value"),
    (ids.MAP_YEAR, "value"),
    (ids.MAP_METHOD, "value"),
    (ids.MAP_CLASSES, "value"),
    (ids.MAP_STEADY, "checked"),
    (ids.MAP_VIEW, "value"),
    (ids.MAP_PLACE, "value"),
    (ids.MAP_PICKED, "data"),
)


def layout(context: Context, query: str) -> Component:
    """Controls, map, legend and panel for an address."""
    with context.store.reader() as reader:
        shown = view.show(context, reader, query)
        offer = context.offer(reader)
    selection = shown.selection
    return html.Div(
        [
            dcc.Location(id=ids.MAP_URL, refresh=False),
            *search.stores(ids.MAP_PLACE),
            dcc.Store(id=ids.MAP_PICKED),
            dcc.Store(id=ids.MAP_ASKED),
            html.Div(id=ids.MAP_ANNOUNCE, className="unseen", role="status", **aria(live="polite")),
            controls(context, offer, selection),
            stage(
                shown.title,
                offer.years_of(selection.indicator, selection.level),
                selection,
            ),
            html.Aside(
                id=ids.MAP_PANEL,
                className="panel",
                **aria(label=words.PANEL[selection.language]),
            ),
        ],
        className="karta",
    )


def controls(context: Context, offer: Any, selection: Selection) -> Component:
    """Everything that chooses what is shown, besides the year."""
    language = selection.language
    groups = components.indicator_groups(context.catalogue, offer.indicators, language=language)
    backgrounds = [{"value": selection.background, "label": words.EVERYBODY[language]}]
    levels = [{"value": selection.level, "label": selection.level}]
    kind = "types" if context.catalogue.indicators[selection.indicator].categories else "indicator"
    measure = html.Details(
        [
            html.Summary(words.MEASURE[language]),
            *components.measure_controls(selection),
            components.method_select(selection),
            components.classes_control(selection),
            components.steady_switch(selection),
        ],
        className="fold",
        open=selection.layer != "value",
    )
    about = html.A(
        words.ABOUT_INDICATOR[language],
        id=ids.MAP_ABOUT,
        href="/data",
        className="definition__more",
    )
    inside = [
        components.kind_control(kind, language=language),
        html.Div(
            components.indicator_select(groups, selection),
            id=ids.MAP_INDICATOR_BOX,
            hidden=kind == "types",
        ),
        html.Div(
            [html.P(id=ids.MAP_DEFINITION), about],
            className="definition",
        ),
        components.level_control(levels, selection),
        components.background_control(backgrounds, selection),
        place_search(ids.MAP_PLACE, language=language),
        components.within_control(selection),
        components.mode_control(groups, selection, language=language),
        measure,
    ]
    return html.Section(
        html.Details(
            [
                html.Summary(words.CONTROLS[language], className="sheet__summary"),
                html.Div(inside, className="controls__inside"),
            ],
            className="sheet",
            open=True,
        ),
        className="controls",
        **aria(label=words.CONTROLS[language]),
    )


def stage(title: str, years: tuple[int, ...], selection: Selection) -> Component:
    """Title, map or table, years, legend and notes."""
    language = selection.language
    return html.Section(
        [
            html.Div(id=ids.MAP_NOTICE, className="notice"),
            html.Div(
                [
                    html.H1(title, id=ids.MAP_TITLE, className="stage__title"),
                    components.view_control(selection),
                ],
                className="stage__head",
            ),
            html.P(id=ids.MAP_SENTENCE, className="stage__sentence"),
            html.Div(
                [
                    first_map(selection),
                    second_map(language),
                    html.Div(id=ids.MAP_TABLE, className="twin", hidden=True),
                ],
                className="stage__view",
            ),
            components.year_control(years, selection),
            facts(selection),
        ],
        className="stage",
        **aria(label=words.MAP[language]),
    )


def first_map(selection: Selection) -> Component:
    """The map with its legend; a caption when there are two."""
    heading = html.H2(words.LEGEND[selection.language], className="unseen")
    return html.Div(
        [
            html.P(id=ids.MAP_CAPTION, className="pane__caption"),
            html.Div(id=ids.MAP_CANVAS, className="map", **_map_attributes(selection)),
            html.Div([heading, html.Div(id=ids.MAP_LEGEND)], className="stage__legend"),
        ],
        className="pane",
    )


def second_map(language: Language) -> Component:
    """Room for another map in step with the first."""
    heading = html.H2(words.LEGEND[language], className="unseen")
    return html.Div(
        [
            html.P(id=ids.MAP_SECOND_CAPTION, className="pane__caption"),
            html.Div(id=ids.MAP_SECOND_CANVAS, className="map"),
            html.Div([heading, html.Div(id=ids.MAP_SECOND_LEGEND)], className="stage__legend"),
        ],
        id=ids.MAP_SECOND,
        className="pane",
        hidden=True,
    )


def facts(selection: Selection) -> Component:
    """Downloads, link, notes and source."""
    language = selection.language
    return html.Div(
        [
            buttons(language, embed=True),
            html.Div(
                [
                    html.Span(words.DOWNLOADS[language], className="field__label"),
                    html.Ul(id=ids.MAP_DOWNLOADS, className="downloads"),
                ],
                className="facts__downloads",
            ),
            html.Div(id=ids.MAP_NOTE, className="facts__note"),
            source(ids.MAP_SOURCE),
        ],
        className="facts",
    )


def _map_attributes(selection: Selection) -> dict[str, Any]:
    """What the map's script needs to know: addresses and words."""
    language = selection.language
    said = {
        name.lower().removeprefix("map_"): getattr(words, name)[language]
        for name in (
            *("MAP_LABEL", "MAP_LABEL_SECOND", "MAP_CHOSEN", "MAP_FAILED", "MAP_NO_LAYER"),
            *("MAP_OFFLINE", "MAP_RETRY"),
            *("MAP_ZOOM_IN", "MAP_ZOOM_OUT", "MAP_WHOLE", "NO_VALUE", "AREAS", "ONE_AREA"),
            *("AREA", "KOMMUN", "CLASS", "FILTER", "TABLE_SORT", "NOTICE", "COPIED"),
            *("FEW", "COMPARE_YEARS", "SQUARE_COUNTS"),
        )
    }
    site = words.SITE[language]
    return data(
        locale="sv-SE" if language == "sv" else "en-GB",
        outputs=orjson.dumps(SHOWN).decode(),
        words=orjson.dumps(said | {"site": site}).decode(),
    )


def register(app: Dash, context: Context) -> None:
    """The address and the controls; the place search; the chosen area."""
    app.clientside_callback(
        ClientsideFunction("map", "sync"),
        *[Input(component, prop) for component, prop in ASKED],
    )
    register_place_search(app, context, ids.MAP_PLACE, ids.MAP_URL)

    @app.callback(Output(ids.MAP_PANEL, "children"), Input(ids.MAP_ASKED, "data"))
    def choose(query: str | None) -> list[Component]:
        with context.store.reader() as reader:
            return panel(view.show(context, reader, query or ""))


def library() -> tuple[str, ...]:
    """The addresses of what draws the map."""
    return tuple(map(vendor_address, VENDOR))


PAGE = Page(
    path="/karta",
    name=words.MAP,
    layout=layout,
    register=register,
    wide=True,
    preload=library,
    embed=True,
    file="/export",
)
