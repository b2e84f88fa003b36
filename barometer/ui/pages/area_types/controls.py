"""The controls of the area-type page and what they offer, all from catalogue and snapshot."""

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import Language
from barometer.selection.area_types import typed_indicators
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.markup import aria
from barometer.ui.pages.area_types import ids, words
from barometer.ui.pages.area_types.state import AreaTypesState
from barometer.ui.parts import Options, select
from barometer.ui.places import one_place, place_select


def controls(state: AreaTypesState) -> Component:
    """Where, and between which years."""
    view, language = state.view, state.language
    since = select(
        ids.SINCE, site_words.COMPARE, earlier(state), str(view.since), language=language
    )
    inside = [
        place_select(ids.PLACE, places(state), find=site_words.CONTAINER_FIND, language=language),
        select(ids.YEAR, site_words.YEAR, years(state), str(view.year), language=language),
        since if len(state.years) > 1 else html.Div(since, hidden=True),
        select(ids.MARKED, words.MARKED, marked(language), view.marked, language=language),
    ]
    return _group(inside, words.CONTROLS[language])


def indicator_controls(state: AreaTypesState) -> Component:
    """What is told by type."""
    view, language = state.view, state.language
    groups, within = indicators(state), backgrounds(state)
    inside = [
        select(ids.INDICATOR, site_words.INDICATOR, groups, view.indicator, language=language),
        select(ids.BACKGROUND, site_words.BACKGROUND, within, view.background, language=language),
    ]
    return _group(inside, words.BY_TYPE_CONTROLS[language])


def places(state: AreaTypesState) -> Options:
    """The chosen place as the only option, until something is typed."""
    code = state.view.area
    return one_place(code, state.offer.names[code], language=state.language)


def years(state: AreaTypesState) -> Options:
    """The years with types, the last first."""
    return parts.years(state.years[::-1])


def earlier(state: AreaTypesState) -> Options:
    """The years before; the year itself when there is none."""
    view = state.view
    found = [y for y in state.years if y < view.year]
    return parts.years(found[::-1] or [view.year])


def marked(language: Language) -> Options:
    """With all areas, or without those that students or an institution mark."""
    named = {"in": words.MARKED_IN, "out": words.MARKED_OUT}
    return [{"value": value, "label": label[language]} for value, label in named.items()]


def indicators(state: AreaTypesState) -> Options:
    """By sector, those that RegSO have."""
    return parts.indicator_groups(
        state.context.catalogue, typed_indicators(state.offer), language=state.language
    )


def backgrounds(state: AreaTypesState) -> Options:
    """Everybody, and the parts of the population that the indicator is told for."""
    catalogue, language = state.context.catalogue, state.language
    return [
        {
            "value": background,
            "label": wording.capitalised(
                wording.background_name(background, catalogue=catalogue, language=language)
            ),
        }
        for background in state.offer.backgrounds[state.view.indicator]
    ]


def _group(inside: list[Component], label: str) -> Component:
    return html.Div(inside, className="types__controls", role="group", **aria(label=label))
