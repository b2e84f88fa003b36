"""The controls of the area-type page and what they offer, all from catalogue and snapshot."""

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, typed_indicators
from barometer.ui import components
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.components import Options, select
from barometer.ui.pages.area_types import (
    ids,
    words,
)
from barometer.ui.pages.area_types.state import Seen
from barometer.ui.places import one_place, place_select


def controls(seen: Seen) -> Component:
    """Where, and between which years."""
    view, language = seen.view, seen.language
    inside = [
        place_select(ids.PLACE, places(seen), find=site_words.CONTAINER_FIND, language=language),
        select(ids.YEAR, site_words.YEAR, years(seen), str(view.year), language=language),
        select(ids.SINCE, words.SINCE, earlier(seen), str(view.since), language=language),
    ]
    return _group(inside, words.CONTROLS[language])


def indicator_controls(seen: Seen) -> Component:
    """What is told by type."""
    view, language = seen.view, seen.language
    parts, groups = backgrounds(seen), indicators(seen)
    inside = [
        select(ids.INDICATOR, site_words.INDICATOR, groups, view.indicator, language=language),
        select(ids.BACKGROUND, words.BACKGROUND, parts, view.background, language=language),
    ]
    return _group(inside, words.BY_TYPE_CONTROLS[language])


def places(seen: Seen) -> Options:
    """The chosen place as the only option, until something is typed."""
    code = seen.view.area
    return one_place(code, seen.offer.names[code], language=seen.language)


def years(seen: Seen) -> Options:
    """The years with types, the last first."""
    return components.years(seen.offer.years_of(AREA_TYPE, TYPED_LEVEL)[::-1])


def earlier(seen: Seen) -> Options:
    """The years before; the year itself when there is none."""
    view = seen.view
    found = [y for y in seen.offer.years_of(AREA_TYPE, TYPED_LEVEL) if y < view.year]
    return components.years(found[::-1] or [view.year])


def indicators(seen: Seen) -> Options:
    """By sector, those that RegSO have."""
    return components.indicator_groups(
        seen.context.catalogue, typed_indicators(seen.offer), language=seen.language
    )


def backgrounds(seen: Seen) -> Options:
    """Everybody, and the parts of the population that the indicator is told for."""
    catalogue, language = seen.context.catalogue, seen.language
    return [
        {
            "value": background,
            "label": wording.background_name(
                background, catalogue=catalogue, language=language
            ).capitalize(),
        }
        for background in seen.offer.backgrounds[seen.view.indicator]
    ]


def _group(inside: list[Component], label: str) -> Component:
    return html.Div(inside, className="types__controls", role="group", **aria(label=label))
