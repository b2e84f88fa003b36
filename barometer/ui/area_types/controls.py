"""The controls of the area-type page and what they offer, all from catalogue and snapshot."""

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Text
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, typed_indicators
from barometer.ui import words as site_words
from barometer.ui.area_types import ids, words
from barometer.ui.area_types.view import Seen
from barometer.ui.attributes import aria
from barometer.ui.places import Options, one_place, place_select


def controls(seen: Seen) -> Component:
    """Where, and between which years."""
    view, language = seen.view, seen.language
    inside = [
        place_select(ids.PLACE, places(seen), find=site_words.CONTAINER_FIND, language=language),
        _select(seen, ids.YEAR, words.YEAR, years(seen), str(view.year)),
        _select(seen, ids.SINCE, words.SINCE, earlier(seen), str(view.since)),
    ]
    return _group(inside, words.CONTROLS[language])


def indicator_controls(seen: Seen) -> Component:
    """What is told by type."""
    view, language = seen.view, seen.language
    inside = [
        _select(seen, ids.INDICATOR, words.INDICATOR, indicators(seen), view.indicator),
        _select(seen, ids.BACKGROUND, words.BACKGROUND, backgrounds(seen), view.background),
    ]
    return _group(inside, words.BY_TYPE_CONTROLS[language])


def places(seen: Seen) -> Options:
    """The chosen place as the only option, until something is typed."""
    code = seen.view.area
    return one_place(code, seen.offer.names[code], language=seen.language)


def years(seen: Seen) -> Options:
    """The years with types, the last first."""
    return _numbers(seen.offer.years_of(AREA_TYPE, TYPED_LEVEL)[::-1])


def earlier(seen: Seen) -> Options:
    """The years before; the year itself when there is none."""
    view = seen.view
    found = [y for y in seen.offer.years_of(AREA_TYPE, TYPED_LEVEL) if y < view.year]
    return _numbers(found[::-1] or [view.year])


def indicators(seen: Seen) -> Options:
    """By sector, those that RegSO have."""
    catalogue, language = seen.context.catalogue, seen.language
    offered = set(typed_indicators(seen.offer))
    sectors = (
        (sector, [i for i in catalogue.of_sector(sector) if i.indicator_id in offered])
        for sector in catalogue.sectors
    )
    return [
        {
            "group": site_words.SECTORS[sector][language],
            "items": [{"value": i.indicator_id, "label": i.name[language]} for i in found],
        }
        for sector, found in sectors
        if found
    ]


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


def _select(seen: Seen, component: str, label: Text, options: Options, value: str) -> Component:
    return dmc.Select(
        id=component,
        label=label[seen.language],
        data=options,
        value=value,
        allowDeselect=False,
        searchable=len(options) > 1 and "group" in options[0],
        nothingFoundMessage=site_words.NOTHING_FOUND[seen.language],
        maxDropdownHeight=420,
        comboboxProps={"shadow": "md"},
    )


def _numbers(found: Any) -> Options:
    return [{"value": str(year), "label": str(year)} for year in found]
