"""The controls of the profile and what they offer."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.own_codes import is_own, read_own
from barometer.selection.profiles import MOST_CHOSEN, chosen_from, profile_years
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.markup import aria
from barometer.ui.pages.place import ids, words
from barometer.ui.pages.place.state import PlaceState
from barometer.ui.parts import Options
from barometer.ui.places import one_place, peer_choices, peers_select, place_select


def controls(state: PlaceState) -> Component:
    """Place, year and the reader's own choices, folded away."""
    language, profile = state.language, state.profile
    place = place_select(ids.PLACE, places(state), language=language)
    year = parts.select(
        ids.YEAR,
        site_words.YEAR,
        years(state),
        str(profile.year),
        hint=words.YEAR_HINT,
        language=language,
    )
    inside = [
        html.Div([place, year, _naming(state)], className="segregation__controls"),
        html.Div(
            [
                _choices(state, ids.FIRST, list(profile.first)),
                _choices(state, ids.ALIKE, list(profile.alike)),
                peers_select(
                    ids.PEERS, peer_options(state), state.profile.peers, language=language
                ),
            ],
            className="segregation__controls",
        ),
    ]
    return html.Details(
        [
            html.Summary(words.CHANGE_PLACE[language]),
            html.Div(inside, role="group", **aria(label=words.CONTROLS[language])),
        ],
        className="fold plats__controls",
        open=bool(profile.first),
    )


def _naming(state: PlaceState) -> Component:
    """The name of a reader's own area."""
    field = dmc.TextInput(
        id=ids.NAME,
        label=words.OWN_NAME[state.language],
        description=words.OWN_NAME_HINT[state.language],
        value=own_name(state),
        debounce=True,
    )
    return html.Div(field, id=ids.NAMING, hidden=not is_own(state.profile.area))


def own_name(state: PlaceState) -> str:
    """The name that the reader gave the own area; empty without one, and for other places."""
    own = read_own(state.profile.area).own if is_own(state.profile.area) else None
    return own.name if own else ""


def places(state: PlaceState) -> Options:
    """The chosen place as the only option, until something is typed."""
    return one_place(state.area.area_id, state.area.label, language=state.language)


def years(state: PlaceState) -> Options:
    """The years of the place's division, the last first."""
    return parts.years(profile_years(state.offer, state.area.area_id)[::-1])


def _choices(state: PlaceState, component_id: str, value: list[str]) -> Component:
    """Some indicators, by sector."""
    language = state.language
    label, hint = {
        ids.FIRST: (words.FIRST, words.FIRST_HINT),
        ids.ALIKE: (words.ALIKE, words.ALIKE_HINT),
    }[component_id]
    return parts.multi_select(
        component_id,
        label,
        [*choices(state), *_lacking(state, value)],
        value,
        language=language,
        clear=site_words.CLEAR,
        description=hint[language],
        maxValues=MOST_CHOSEN,
        maxDropdownHeight=320,
    )


def _lacking(state: PlaceState, chosen: list[str]) -> Options:
    """What is chosen, or stands there from the start, and is not in the data version."""
    language, known = state.language, chosen_from(state.offer, state.context.catalogue)
    lacking = [i for i in chosen if i not in known]
    items = [{"value": i, "label": state.indicator(i).name[language]} for i in lacking]
    why = wording.capitalised(wording.missing_reason("not_available", language=language))
    return [{"group": why, "items": items}] if items else []


def peer_options(state: PlaceState) -> Options:
    """What a comparison group can hold: presets, kommuner, län, and what the link has."""
    table = state.portrait.table
    named = zip(table.area_ids, map(str, table.labels), strict=True)
    others = {code: label for code, label in named if code in state.profile.peers}
    return peer_choices(
        state.context.presets, others | dict(state.offer.names), language=state.language
    )


def choices(state: PlaceState) -> Options:
    """What a reader can put first or compare by, by sector."""
    catalogue = state.context.catalogue
    known = chosen_from(state.offer, catalogue)
    return parts.indicator_groups(catalogue, known, language=state.language)
