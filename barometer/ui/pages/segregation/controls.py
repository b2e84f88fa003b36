"""The controls of the segregation page and what they offer, all from catalogue and snapshot."""

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import division_label, division_of
from barometer.selection import EVERY_KOMMUN, EVERY_LAN, POPULATIONS
from barometer.selection.measures import CAUTIONS
from barometer.ui import components
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.components import Options, select
from barometer.ui.pages.segregation import (
    ids,
    words,
)
from barometer.ui.pages.segregation.state import (
    Seen,
    capital,
)
from barometer.ui.places import one_place, place_select


def controls(seen: Seen) -> Component:
    """Everything that chooses what is measured."""
    asked, language = seen.measurement, seen.language
    inside = [
        select(ids.GROUPING, words.GROUPING, groupings(seen), asked.grouping, language=language),
        select(ids.INDEX, words.INDEX, indices(seen), asked.index, language=language),
        place_select(ids.PLACE, places(seen), find=site_words.CONTAINER_FIND, language=language),
        select(ids.UNITS, words.UNITS, unit_levels(seen), asked.units, language=language),
        select(ids.YEAR, site_words.YEAR, years(seen), str(asked.year), language=language),
        select(ids.SINCE, words.SINCE, earlier(seen), str(asked.since), language=language),
    ]
    return html.Div(
        inside,
        className="segregation__controls",
        role="group",
        **aria(label=words.CONTROLS[seen.language]),
    )


def ranking_controls(seen: Seen) -> Component:
    """Whom the ranking compares."""
    asked, language = seen.measurement, seen.language
    least = str(asked.population)
    inside = [
        select(ids.AMONG, words.AMONG, among(seen), asked.among, language=language),
        select(ids.POPULATION, words.POPULATION, populations(seen), least, language=language),
        select(ids.CAUTION, words.CAUTION_FILTER, cautions(seen), asked.caution, language=language),
    ]
    return html.Div(
        inside,
        className="segregation__controls",
        role="group",
        **aria(label=words.AMONG[language]),
    )


def places(seen: Seen) -> Options:
    """The chosen place as the only option, until something is typed."""
    code = seen.measurement.area
    return one_place(code, seen.offer.names[code], language=seen.language)


def groupings(seen: Seen) -> Options:
    """Two groups by sector, from the share indicators; then partitions of several."""
    catalogue, language, offered = seen.context.catalogue, seen.language, seen.offer.groupings
    several = [
        {"value": g, "label": grouping.name[language]}
        for g, grouping in catalogue.groupings.items()
        if g in offered and g not in catalogue.indicators
    ]
    last = [{"group": words.SEVERAL[language], "items": several}] if several else []
    return components.indicator_groups(catalogue, offered, language=language) + last


def indices(seen: Seen) -> Options:
    """The indices that the grouping's kind has, headline first."""
    offered = seen.offer.indices[seen.measurement.grouping]
    return [{"value": i, "label": capital(seen.label(i))} for i in offered]


def unit_levels(seen: Seen) -> Options:
    """RegSO and DeSO, with the year's division."""
    asked = seen.measurement
    return [
        {"value": level, "label": division_label(level, division_of(level, asked.year))}
        for level in seen.offer.units_of(asked.grouping)
    ]


def years(seen: Seen) -> Options:
    """The years with any value, the last first."""
    asked = seen.measurement
    return components.years(seen.offer.years_of(asked.grouping, asked.units)[::-1])


def earlier(seen: Seen) -> Options:
    """The years from which a change can be explained; the year itself when there is none."""
    asked = seen.measurement
    found = [
        year
        for year in seen.offer.years_of(asked.grouping, asked.units)
        if year < asked.year and division_of(asked.units, year) == asked.division
    ]
    return components.years(found[::-1] or [asked.since])


def among(seen: Seen) -> Options:
    """Every kommun, every län, or the kommuner of one län."""
    language = seen.language
    named = [
        {
            "value": code,
            "label": words.KOMMUNER_IN[language].format(lan=seen.place(code)),
        }
        for code in seen.offer.lan
    ]
    return [
        {"value": EVERY_KOMMUN, "label": words.EVERY_KOMMUN[language]},
        {"value": EVERY_LAN, "label": words.EVERY_LAN[language]},
        *named,
    ]


def populations(seen: Seen) -> Options:
    """How many persons a ranked place has at least."""
    language = seen.language
    return [
        {
            "value": str(n),
            "label": wording.number(n, decimals=0, language=language)
            if n
            else words.NO_LIMIT[language],
        }
        for n in POPULATIONS
    ]


def cautions(seen: Seen) -> Options:
    """Whether values that ask for caution are marked or left out."""
    named = dict(zip(CAUTIONS, (words.CAUTION_SHOWN, words.CAUTION_HIDDEN), strict=True))
    return [{"value": key, "label": name[seen.language]} for key, name in named.items()]
