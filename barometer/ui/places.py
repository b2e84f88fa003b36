"""Places by name or code: the controls, and menus whose options the server finds while one types.

The text waits in the browser until the typing rests, the server finds, and the browser puts what
was found beside what is chosen by then (assets/22-menus.js): an answer never writes a value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.catalogue import Text
from barometer.divisions import OWN, RIKET, Language, Level, parse_area_code
from barometer.selection.own import MOST_PEERS
from barometer.selection.presets import Preset
from barometer.store import Reader
from barometer.ui import ids, words
from barometer.ui.base.state import PageState
from barometer.ui.context import Context, language_of
from barometer.ui.markup import aria
from barometer.ui.parts import Options, multi_select
from barometer.ui.words import fill

KEEP_ALL: Final = {"function": "keepAll"}  # the server has searched already (assets/20-site.js)
# Value and text are given though empty: unset, the component would set both when the first answer
# comes, and clear what a quick reader has typed by then.
NONE_YET: Final[dict[str, Any]] = {
    **{"data": [], "value": None, "searchValue": "", "searchable": True, "clearable": False},
    **{"filter": KEEP_ALL, "debounce": False},
}
LIMIT: Final = 12
LEAST: Final = 2  # characters that a search is worth
KOMMUN_DIGITS: Final = 4  # of a code; those of smaller areas are longer
Find = Callable[..., tuple[Options, Language] | None]


def place_search(
    component_id: str,
    *,
    language: Language,
    size: str = "sm",
    name: Text | None = None,
    hint: Text = words.PLACE_FIND,
) -> Component:
    """A place by name or code, none chosen; a `name` is for screen readers and not visible."""
    return dmc.Select(
        id=component_id,
        label=None if name else words.PLACE[language],
        placeholder=hint[language],
        nothingFoundMessage=words.PLACE_TYPE[language],
        size=size,
        comboboxProps={"shadow": "md"},
        **NONE_YET,
        rightSection=html.Span(className="icon icon--search", **aria(hidden="true")),
        rightSectionPointerEvents="none",
        **(aria(label=name[language]) if name else {}),
    )


def place_select(
    component_id: str, chosen: Options, *, language: Language, find: Text = words.PLACE_FIND
) -> Component:
    """The page's place, found by the server; there is always one."""
    return dmc.Select(
        id=component_id,
        label=words.PLACE[language],
        placeholder=find[language],
        data=chosen,
        value=chosen[0]["value"],
        searchValue=chosen[0]["label"],  # unset, the component would ask for it once
        searchable=True,
        allowDeselect=False,
        filter=KEEP_ALL,
        nothingFoundMessage=words.NOTHING_FOUND[language],
        debounce=False,
        comboboxProps={"shadow": "md"},
    )


def peers_select(
    component_id: str, options: Options, chosen: Sequence[str], *, language: Language
) -> Component:
    """The reader's own comparison group."""
    return multi_select(
        component_id,
        words.PEERS,
        options,
        chosen,
        language=language,
        clear=words.CLEAR,
        description=words.PEERS_HINT[language],
        maxValues=MOST_PEERS,
        limit=100,
        maxDropdownHeight=320,
    )


def _level_of(code: str) -> Level:
    parsed = parse_area_code(code)
    return parsed.level if parsed else OWN


def peer_choices(
    presets: Mapping[str, Preset], names: Mapping[str, str], *, language: Language
) -> Options:
    """The operator's comparison groups, then places by name; riket is in every comparison."""
    groups = {key: own.name[language] for key, own in presets.items()}
    every = groups | {
        code: wording.place_name(name, _level_of(code), language=language)
        for code, name in names.items()
        if code != RIKET
    }
    return [{"value": value, "label": label} for value, label in every.items()]


def one_place(code: str, name: str, *, language: Language) -> Options:
    """The chosen place as the only option, until something is typed."""
    return [{"value": code, "label": wording.ROLES["riket"][language] if code == RIKET else name}]


def place_options(state: PageState[Any], text: str, *, small: bool = True) -> Options:
    """The places that what is typed finds, with the borders of the year of a page's address."""
    year = state.address.year
    return find_places(state.reader, text, year=year, language=state.language, small=small)


def find_places(
    reader: Reader,
    text: str,
    *,
    year: int,
    language: Language,
    small: bool = True,
) -> Options:
    """Areas that the text may mean, and kommuner with a town of that name.

    Towns stand before small areas, which only lie there or have the words further on in the name.
    """
    found = find_areas(reader, text, year=year, language=language, small=small)
    known = {option["value"] for option in found}
    towns = queries.find_towns(reader.cursor, text, limit=LIMIT) if len(text.strip()) > 1 else []
    within = {town.kommun_id: town for town in reversed(towns) if town.kommun_id not in known}
    named = [
        {"value": code, "label": fill(words.TOWN_IN, language, town=town.name, kommun=town.kommun)}
        for code, town in reversed(within.items())
        if code
    ]
    larger = [option for option in found if len(option["value"]) <= KOMMUN_DIGITS]
    return [*larger, *named, *found[len(larger) :]]


def find_areas(
    reader: Reader, text: str, *, year: int, language: Language, small: bool = True
) -> Options:
    """Areas that the text may mean, smaller than kommuner too if `small`.

    Where the year's divisions have none, the areas of other years.
    """
    ways = (
        queries.search_places(reader.cursor, text, language=language, year=own, limit=LIMIT)
        for own in (year, None)
    )
    found = (
        [
            {"value": str(row.area_id), "label": str(row.label)}
            for row in table.itertuples(index=False)
            if small or row.division == "admin"
        ]
        for table in ways
    )
    return next(filter(None, found), [])


def register_place_search(app: Dash, context: Context, component_id: str, opened: str) -> None:
    """Options of a `place_search` follow what is typed; a place that is found opens its profile.

    The browser opens it; `opened` is a component that the callback may write to.
    """

    def find(text: str, query: str | None) -> tuple[Options, Language]:
        with context.store.reader() as reader:
            year = context.read(reader, query or "").view.year
            language = language_of(query or "")
            return find_places(reader, text, year=year, language=language), language

    register_search(app, component_id, find, states=[State(ids.URL, "search")])
    app.clientside_callback(
        ClientsideFunction("site", "open_place"),
        Output(opened, "title"),
        Input(component_id, "value"),
        prevent_initial_call=True,
    )


def names_in_language(labels: Iterable[str], level: Level, language: Language) -> list[str]:
    """Names of places of a level as readers of a language know them."""
    return [wording.place_name(label, level, language=language) for label in labels]


def in_language(area: queries.Area, language: Language) -> queries.Area:
    """A place with its name and its län's as readers of a language know them."""
    name, label = names_in_language((area.name, area.label), area.level, language)
    lan = area.lan and wording.place_name(area.lan, "lan", language=language)
    return replace(area, name=name, label=label, lan=lan)


def search_stores(component: str) -> list[Component]:
    """What a page with such a menu has besides it: the text to look for, and what was found."""
    return [dcc.Store(id=_asked(component)), dcc.Store(id=_results_id(component))]


def register_search(
    app: Dash,
    component: str,
    find: Find,
    *,
    states: Sequence[State],
    nothing: Text = words.PLACE_NONE,
) -> None:
    """Options of a menu follow what is typed in it.

    `find` takes the text and the states, and gives options and the reader's language, or None when
    there is nothing to change. `nothing` is said when nothing is found.
    """
    app.clientside_callback(
        ClientsideFunction("menus", "rest"),
        Output(_asked(component), "data"),
        Input(component, "searchValue"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(_results_id(component), "data"),
        Input(_asked(component), "data"),
        *states,
        prevent_initial_call=True,
    )
    def answer(text: str | None, *values: Any) -> Any:
        found = find(text or "", *values)
        if found is None:
            return no_update
        options, language = found
        said = nothing if len((text or "").strip()) >= LEAST else words.PLACE_TYPE
        return {"options": options, "message": said[language]}

    app.clientside_callback(
        ClientsideFunction("menus", "offer"),
        Output(component, "data", allow_duplicate=True),
        Output(component, "nothingFoundMessage"),
        Input(_results_id(component), "data"),
        State(component, "value"),
        State(component, "data"),
        prevent_initial_call=True,
    )


def _asked(component: str) -> str:
    return f"{component}-asked"


def _results_id(component: str) -> str:
    return f"{component}-found"
