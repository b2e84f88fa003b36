"""The map page's controls, empty of choices: `options.control_properties` fills them."""

from typing import Any, Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.selection import METHODS
from barometer.ui import ids, parts, words
from barometer.ui.markup import aria, data
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.options import Properties
from barometer.ui.pages.map.state import MapState
from barometer.ui.parts import field
from barometer.ui.places import NONE_YET

# The address's key that a control changes, by its id.
CONTROLS: Final[dict[str, tuple[str, str]]] = {
    ids.MAP_INDICATOR: ("value", "indicator"),
    ids.MAP_LEVEL: ("value", "level"),
    ids.MAP_YEAR: ("value", "year"),
    ids.MAP_MODE: ("value", "mode"),
    ids.MAP_BACKGROUND: ("value", "background"),
    ids.MAP_SINCE: ("value", "since"),
    ids.MAP_COMPARE: ("value", "compare"),
    ids.MAP_TOGETHER: ("value", "together"),
    ids.MAP_LAYER: ("value", "layer"),
    ids.MAP_GROUPING: ("value", "grouping"),
    ids.MAP_METHOD: ("value", "method"),
    ids.MAP_CLASSES: ("value", "classes"),
    ids.MAP_STEADY: ("checked", "steady"),
    ids.MAP_PLACE: ("value", "area"),
}


def title_bar(state: MapState, properties: Properties) -> Component:
    """Indicator, level, year, and the menu of what can be taken along."""
    language = state.language
    return html.Div(
        [
            html.Div(
                [
                    html.H1(state.title, id=ids.MAP_TITLE, className="unseen map-title"),
                    indicator_menu(state, properties),
                    html.P(id=ids.MAP_SUBTITLE, **properties[ids.MAP_SUBTITLE]),
                ],
                className="map-heading",
            ),
            html.Div(
                [
                    segments(ids.MAP_LEVEL, words.LEVEL[language], properties),
                    year_control(language, properties),
                    share_menu(language),
                ],
                className="map-tools",
            ),
        ],
        className="map-bar",
    )


def indicator_menu(state: MapState, properties: Properties) -> Component:
    """The page's heading and its menu: a click empties the field, what is typed finds."""
    types = {"area_type", "deso_area_type"} - {properties[ids.MAP_INDICATOR]["value"]}
    offered = [i for i in state.offer.indicators if i not in types or i == "area_type"]
    groups = parts.indicator_groups(state.context.catalogue, offered, language=state.language)
    return dmc.Select(
        id=ids.MAP_INDICATOR,
        data=groups,
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage=words.NOTHING_FOUND[state.language],
        maxDropdownHeight=480,
        comboboxProps={"shadow": "md", "width": 420, "position": "bottom-start"},
        variant="unstyled",
        className="map-indicator",
        rightSection=html.Span(className="chevron", **aria(hidden="true")),
        rightSectionPointerEvents="none",
        **properties[ids.MAP_INDICATOR],
        **aria(label=words.INDICATOR[state.language]),
    )


def segments(
    name: str, label: str, properties: Properties, *, tabs: bool = False, **more: Any
) -> Component:
    """One of a few, side by side."""
    given = {"data": [], "value": None} | properties.get(name, {}) | more
    return dmc.SegmentedControl(
        id=name, className="tabs" if tabs else "segments", **given, **aria(label=label)
    )


def year_control(language: Language, properties: Properties) -> Component:
    """The year; a slider with a button that plays it where there are several."""
    slider = dmc.Slider(
        id=ids.MAP_YEAR,
        restrictToMarks=True,
        updatemode="drag",
        label=None,
        thumbLabel=words.YEAR[language],
        thumbSize=20,
        size=6,
        **properties[ids.MAP_YEAR],
    )
    play = html.Button(
        html.Span(className="play__icon", **aria(hidden="true")),
        id=ids.MAP_PLAY,
        type="button",
        className="play",
        title=words.PLAY[language],
        **aria(label=words.PLAY[language]),
        **data(pause=words.PAUSE[language]),
    )
    box = html.Div(
        [play, html.Div(slider, className="years__slider")],
        id=ids.MAP_YEARS_BOX,
        className="years__box",
        **properties[ids.MAP_YEARS_BOX],
    )
    shown = html.Span(
        id=ids.MAP_YEAR_SHOWN, className="years__shown", **properties[ids.MAP_YEAR_SHOWN]
    )
    return html.Div([shown, box], className="years")


def share_menu(language: Language) -> Component:
    """The button and its list; what the list holds follows the view (payload)."""
    button = html.Button(
        [
            html.Span(className="icon-download", **aria(hidden="true")),
            html.Span(words.SHARE[language], className="share__full"),
            html.Span(labels.SHARE_SHORT[language], className="share__short"),
        ],
        type="button",
        className="outlined share__button",
        **aria(expanded="false", controls=ids.MAP_SHARE, label=words.SHARE[language]),
        **data(popover=ids.MAP_SHARE),
    )
    menu = html.Div(
        html.Div(id=ids.MAP_DOWNLOADS), id=ids.MAP_SHARE, className="share__menu", hidden=True
    )
    return html.Div([button, menu], className="share")


def own_menu(language: Language) -> Component:
    """An own area: chosen on the map, of pasted codes, or of a file that stays in the browser."""
    button = html.Button(
        labels.OWN[language],
        type="button",
        className="outlined own__button",
        **aria(expanded="false", controls=ids.MAP_OWN),
        **data(popover=ids.MAP_OWN),
    )
    choose = html.Button(
        labels.OWN_CHOOSE[language],
        id=ids.MAP_OWN_CHOOSE,
        type="button",
        className="filled",
        **aria(pressed="false"),
    )
    take = html.Button(
        labels.OWN_TAKE[language], id=ids.MAP_OWN_TAKE, type="button", className="outlined"
    )
    file = html.Button(
        labels.OWN_FILE[language], id=ids.MAP_OWN_FILE, type="button", className="outlined"
    )
    menu = html.Div(
        [
            html.P(labels.OWN_ABOUT[language]),
            choose,
            dmc.TextInput(id=ids.MAP_OWN_NAME, label=labels.OWN_NAME[language]),
            dmc.Textarea(
                id=ids.MAP_OWN_CODES,
                label=labels.OWN_CODES[language],
                description=labels.OWN_CODES_HINT[language],
                minRows=3,
            ),
            html.Div([take, file], className="own__ways"),
            html.P(labels.OWN_STAYS[language], className="hint"),
            html.P(id=ids.MAP_OWN_STATUS, role="status"),
        ],
        id=ids.MAP_OWN,
        className="share__menu own__menu",
        hidden=True,
    )
    return html.Div([button, menu], className="share own")


def mode_tabs(state: MapState, properties: Properties) -> Component:
    """The tabs, the place search, and a card with what the chosen tab lets one choose."""
    language = state.language
    tabs = [{"value": mode, "label": name[language]} for mode, name in labels.MODES.items()]
    return html.Div(
        [
            segments(ids.MAP_MODE, labels.MODE[language], properties, tabs=True, data=tabs),
            html.Div(map_place_search(language), className="map-search"),
            own_menu(language),
            html.Div(
                tab_choices(state, properties),
                id=ids.MAP_OPTIONS,
                className="card options",
                role="group",
                **properties[ids.MAP_OPTIONS],
                **aria(label=labels.OPTIONS[language]),
            ),
        ],
        className="map-modes",
    )


def map_place_search(language: Language) -> Component:
    """A place by its name; choosing one opens it, or zooms to a town."""
    return dmc.Select(
        id=ids.MAP_PLACE,
        placeholder=labels.FIND_PLACE[language],
        nothingFoundMessage=labels.NO_PLACE[language],
        comboboxProps={"shadow": "md", "width": 360, "position": "bottom-start"},
        leftSection=html.Span(className="icon-search", **aria(hidden="true")),
        leftSectionPointerEvents="none",
        rightSection=html.Span(),
        **NONE_YET,
        **aria(label=words.PLACE[language]),
    )


def choice(
    name: str, label: Text, properties: Properties, *, language: Language, search: bool = False
) -> Component:
    """One of several, under its label."""
    given: dict[str, Any] = {"data": [], "value": None} | properties.get(name, {})
    return dmc.Select(
        id=name,
        label=label[language],
        searchable=search,
        allowDeselect=False,
        nothingFoundMessage=words.NOTHING_FOUND[language],
        maxDropdownHeight=420,
        comboboxProps={"shadow": "md"},
        **given,
    )


def tab_choices(state: MapState, properties: Properties) -> list[Component]:
    """What each tab lets one choose; all but the chosen tab's are hidden."""
    language = state.language

    def hidden(name: str) -> dict[str, Any]:
        return {"id": name, **properties.get(name, {"hidden": True})}

    def select(name: str, label: Text, *, search: bool = False) -> Component:
        return choice(name, label, properties, language=language, search=search)

    together = [{"value": k, "label": v[language]} for k, v in words.TOGETHERS.items()]
    hint = html.P(words.SINCE_HINT[language], className="hint")
    return [
        html.P(className="lacking", role="status", **hidden(ids.MAP_LACKING)),
        field(
            words.BACKGROUND[language],
            segments(ids.MAP_BACKGROUND, words.BACKGROUND[language], properties),
            **hidden(ids.MAP_BACKGROUND_BOX),
        ),
        html.Div([select(ids.MAP_SINCE, words.SINCE), hint], **hidden(ids.MAP_SINCE_BOX)),
        html.Div(
            [
                select(ids.MAP_COMPARE, words.COMPARE, search=True),
                html.Div(
                    segments(ids.MAP_TOGETHER, words.TOGETHER[language], properties, data=together),
                    **hidden(ids.MAP_TOGETHER_BOX),
                ),
            ],
            **hidden(ids.MAP_COMPARE_BOX),
        ),
        html.Div(
            [
                select(ids.MAP_LAYER, words.LAYER),
                html.Div(select(ids.MAP_GROUPING, words.GROUPING), **hidden(ids.MAP_GROUPING_BOX)),
            ],
            **hidden(ids.MAP_LOCAL_BOX),
        ),
    ]


def class_choices(language: Language, properties: Properties) -> Component:
    """How the classes are made, folded under the key."""
    methods = [
        {"value": m, "label": wording.capitalised(wording.method_name(m, language=language))}
        for m in METHODS
    ]
    steady = properties[ids.MAP_STEADY]
    method = choice(
        ids.MAP_METHOD,
        words.METHOD,
        {ids.MAP_METHOD: {"data": methods} | properties[ids.MAP_METHOD]},
        language=language,
    )
    return html.Details(
        [
            html.Summary(labels.CLASS_OPTIONS[language]),
            html.Div(
                [
                    method,
                    field(
                        words.CLASSES[language],
                        segments(ids.MAP_CLASSES, words.CLASSES[language], properties),
                    ),
                    html.Div(
                        dmc.Switch(
                            id=ids.MAP_STEADY, label=words.STEADY[language], size="sm", **steady
                        ),
                        id=ids.MAP_STEADY_BOX,
                        **properties[ids.MAP_STEADY_BOX],
                    ),
                ],
                className="class-options",
            ),
        ],
        id=ids.MAP_CLASSES_BOX,
        className="fold",
        **properties[ids.MAP_CLASSES_BOX],
    )
