"""Karta: one indicator on a map that fills the page; controls, key and drawer float over it.

The address owns the state. The browser asks /values with the address, and with the key and value
of a control that was changed; the answer is the view, and the properties of every component that
follows it, as `{id: {property: value}}` (assets/modules/map/main.mjs).
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from barometer import queries
from barometer.divisions import Language
from barometer.store import NoSnapshotError, Reader
from barometer.ui import ids, words
from barometer.ui.base.page import Page
from barometer.ui.context import Context
from barometer.ui.frame import origin_badge
from barometer.ui.markup import aria, data
from barometer.ui.pages.map import controls
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.options import Properties, control_properties
from barometer.ui.pages.map.panel import panel
from barometer.ui.pages.map.picture import DARK, FIRST, bare_addresses, file_of, register_pictures
from barometer.ui.pages.map.state import MapState, read_state
from barometer.ui.parts import Options
from barometer.ui.places import LEAST, find_areas, register_search, search_stores
from barometer.ui.serving import VENDOR, module_addresses, vendor_address

NAMES = (
    *("MAP_LABEL", "MAP_LABEL_SECOND", "MAP_CHOSEN", "MAP_FAILED", "MAP_NO_LAYER", "MAP_OFFLINE"),
    *("MAP_RETRY", "MAP_ZOOM_IN", "MAP_ZOOM_OUT", "MAP_WHOLE", "NO_VALUE", "AREAS", "ONE_AREA"),
    *("AREA", "KOMMUN", "CLASS", "FILTER", "TABLE_SORT"),
)
OWN_NAMES = (
    *("CONTEXT_LOST", "DRAW_AGAIN", "SCRIPT_FAILED", "CITY", "CITIES", "SHOW_MAP"),
    "UNCERTAIN_CELL",
    *(
        "OWN_HOW",
        "OWN_DONE",
        "OWN_KIND",
        "OWN_JSON",
        "OWN_EMPTY",
        "OWN_DEGREES",
        "OWN_SWAPPED",
        "OWN_LARGE",
    ),
    *(
        "OWN_NOWHERE",
        "OWN_TAKEN",
        "OWN_MOSTLY",
        "OWN_LIVED",
        "OWN_DOUBLED",
        "OWN_CROSSED",
        "OWN_DRAW",
    ),
)


def layout(context: Context, query: str) -> Component:
    """Title bar and map; its controls hold what the address asks for already."""
    with context.reader(query) as reader:
        state = read_state(context, reader, query)
        properties = control_properties(state)
    return html.Div(
        [
            *search_stores(ids.MAP_PLACE),
            dcc.Store(id=ids.MAP_ASKED),
            html.Div(id=ids.MAP_ANNOUNCE, className="unseen", role="status", **aria(live="polite")),
            controls.title_bar(state, properties),
            html.Div(id=ids.MAP_NOTICE, className="notice"),
            stage(state, properties),
        ],
        className="karta karta--embed" if state.selection.embed else "karta",
    )


def stage(state: MapState, properties: Properties) -> Component:
    """The map or its table, and what floats over it."""
    language = state.language
    return html.Section(
        [
            controls.mode_tabs(state, properties),
            html.Div(
                [
                    first_map(state, properties),
                    second_map(state),
                    html.Div(id=ids.MAP_TABLE, className="twin", hidden=True),
                ],
                className="stage__view",
            ),
            source_line(state),
            html.Aside(id=ids.MAP_PANEL, className="panel", **aria(label=words.PANEL[language])),
        ],
        className="stage",
        **aria(label=words.MAP[language]),
    )


def first_map(state: MapState, properties: Properties) -> Component:
    """The map with its key; a caption when there are two."""
    language = state.language
    return html.Div(
        [
            html.P(id=ids.MAP_CAPTION, className="pane__caption"),
            html.Div(id=ids.MAP_CANVAS, className="map", **_map_attributes(state)),
            html.Div(
                [
                    html.Div(id=ids.MAP_LEGEND),
                    html.Div(
                        [
                            controls.class_choices(language, properties),
                            html.Button(
                                labels.SHOW_TABLE[language],
                                type="button",
                                className="link",
                                **data(set="view", to="table"),
                            ),
                        ],
                        className="key__foot",
                    ),
                ],
                className="card map-key",
            ),
        ],
        className="pane",
    )


def second_map(state: MapState) -> Component:
    """Another map in step with the first."""
    return html.Div(
        [
            html.P(id=ids.MAP_SECOND_CAPTION, className="pane__caption"),
            html.Div(id=ids.MAP_SECOND_CANVAS, className="map"),
            html.Div(html.Div(id=ids.MAP_SECOND_LEGEND), className="card map-key"),
        ],
        id=ids.MAP_SECOND,
        className="pane",
        hidden=True,
        **aria(label=words.MAP_LABEL_SECOND[state.language].split(",")[0]),
        role="group",
    )


def source_line(state: MapState) -> Component:
    """Source and origin on the map's edge, and all that is to be said of the figures."""
    language = state.language
    about = html.Details(
        [
            html.Summary(labels.ABOUT[language]),
            html.Div(
                [
                    html.P(id=ids.MAP_SENTENCE, className="about__sentence"),
                    html.Div(id=ids.MAP_DEFINITION),
                    html.Div(id=ids.MAP_NOTE),
                    html.P(id=ids.MAP_SOURCE, className="facts__source"),
                ],
                className="card about__card",
            ),
        ],
        className="about",
    )
    badge = origin_badge(state.reader.snapshot, language=language)
    return html.Div([badge, html.Span(id=ids.MAP_ORIGIN), about], className="map-source")


def _map_attributes(state: MapState) -> dict[str, Any]:
    """What the map's script needs to know: the controls' keys, and words."""
    language = state.language
    texts = {n.lower().removeprefix("map_"): getattr(words, n)[language] for n in NAMES}
    texts |= {n.lower(): getattr(labels, n)[language] for n in OWN_NAMES}
    keys = {name: key for name, (_, key) in controls.CONTROLS.items()}
    return data(
        locale="sv-SE" if language == "sv" else "en-GB",
        keys=orjson.dumps(keys).decode(),
        words=orjson.dumps(texts | {"site": words.SITE[language]}).decode(),
    )


def register(app: Dash, context: Context) -> None:
    """The controls, the place search and the chosen area's drawer."""
    app.clientside_callback(
        ClientsideFunction("map", "sync"),
        *[Input(name, prop) for name, (prop, _) in controls.CONTROLS.items()],
    )
    register_place_search(app, context)
    register_pictures(app, context)

    @app.callback(Output(ids.MAP_PANEL, "children"), Input(ids.MAP_ASKED, "data"))
    def open_drawer(query: str | None) -> list[Component]:
        with context.reader(query) as reader:
            return panel(read_state(context, reader, query or ""))


def early_files() -> tuple[str, ...]:
    """The addresses of what draws the map."""
    return (*map(vendor_address, VENDOR), *module_addresses("map/main"))


MOST_TOWNS: Final = 4
TOWN_ZOOM: Final = 12


def register_place_search(app: Dash, context: Context) -> None:
    """What the search offers follows what is typed."""

    def find(text: str, query: str | None) -> tuple[Options, Language]:
        with context.reader(query) as reader:
            state = read_state(context, reader, query or "")
            language = state.language
            areas = find_areas(reader, text, year=state.selection.year, language=language)
            found = towns(reader, text) if len(text.strip()) >= LEAST else []
            return found + areas, language

    register_search(
        app, ids.MAP_PLACE, find, states=[State(ids.URL, "search")], nothing=labels.NO_PLACE
    )


def towns(reader: Reader, text: str) -> Options:
    """Towns and city districts by name; their value is where the map zooms to."""
    found = queries.find_towns(reader.cursor, text, limit=MOST_TOWNS)
    return [
        {
            "value": f"@{TOWN_ZOOM}/{town.latitude:.4f}/{town.longitude:.4f}",
            "label": f"{town.name}, {town.kommun}"
            if town.kommun not in ("", town.name)
            else town.name,
        }
        for town in found
    ]


def first_addresses(context: Context) -> tuple[str, str]:
    """Karta's first view as pictures, on light and dark ground."""
    with context.store.reader() as reader:
        return bare_addresses(reader, FIRST, read_state(context, reader, "").selection.to_query())


def first_picture(context: Context, query: str) -> tuple[str, str] | None:
    """The addresses of the pictures that stand for the live map until it is there.

    None for any view but Karta's first, and until both have been drawn: to draw them now would
    keep the reader from the map itself.
    """
    with suppress(NoSnapshotError), context.reader(query) as reader:
        first = read_state(context, reader, "")
        asked = read_state(context, reader, query).selection
        view = first.selection.to_query()
        drawn = [file_of(first, (view, shape, None)) for shape in (FIRST, FIRST + DARK)]
        same = asked == replace(first.selection, language=asked.language)
        if same and all(map(Path.exists, drawn)):
            return bare_addresses(reader, FIRST, view)
    return None


PAGE = Page(
    path="/karta",
    name=words.MAP,
    menu="row",
    origin=True,
    layout=layout,
    register=register,
    wide=True,
    preload=early_files,
    embed=True,
    file="/export",
    picture=first_picture,
)
