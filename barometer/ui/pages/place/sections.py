"""The profile's sections in their order: the same on the page and in the report."""

from dash import html
from dash.development.base_component import Component

from barometer import queries
from barometer.divisions import SMALL_LEVELS, division_label, level_name, parse_area_code
from barometer.queries.portraits import Portrait
from barometer.ui import parts
from barometer.ui.links import address
from barometer.ui.pages.place import around as beside
from barometer.ui.pages.place import words
from barometer.ui.pages.place.indicators import sectors
from barometer.ui.pages.place.links import ways
from barometer.ui.pages.place.state import PlaceState
from barometer.ui.pages.place.who import (
    outstanding,
    who,
)
from barometer.wording.profiles import profile_title


def heading(state: PlaceState) -> list[Component]:
    """What place it is and where it lies."""
    return [
        html.H1(title(state), className="plats__title"),
        html.P(whereabouts(state), className="plats__where"),
    ]


def title(state: PlaceState) -> str:
    """The profile's heading."""
    return profile_title(state.where, year=state.profile.year, language=state.language)


def whereabouts(state: PlaceState) -> str:
    """Level, division and what the place lies in: "RegSO 2025 · Uppsala · Uppsala län · kod"."""
    area, language = state.area, state.language
    small = area.level in SMALL_LEVELS
    level = (
        division_label(area.level, area.division)
        if small
        else level_name(area.level, language=language)
    )
    above = [name for name in (area.kommun, area.lan) if name and name != area.name]
    return " · ".join([level, *above, area.area_id])


def portrait_parts(state: PlaceState, made: Portrait) -> list[Component]:
    """Who lives here, what stands out, and the indicators by sector."""
    if made.rows.empty:
        return [html.P(words.EMPTY[state.language], className="lead")]
    return [who(state, made), outstanding(state, made), *sectors(state, made)]


def around(state: PlaceState, made: Portrait) -> list[Component]:
    """Area types, segregation, similar areas, neighbours, and what it is all made of."""
    if made.rows.empty:
        return []
    shown = (
        beside.types(state),
        beside.segregation(state),
        beside.similar(state, made),
        beside.neighbours(state),
        beside.about(state, made),
    )
    return [part for part in shown if part is not None]


def links(state: PlaceState) -> list[Component]:
    """The same place on the other pages."""
    profile, language = state.profile, state.language
    shown: list[Component] = [
        html.Li(html.A(name[language], href=address(path, language=language, **query)))
        for name, path, query in ways(state)
    ]
    shown.append(
        html.Li(html.A(words.REPORT[language], href=f"/plats/rapport{profile.to_query()}"))
    )
    other = parse_area_code(state.namesake or "")
    if other is not None:
        name = words.OTHER_DIVISION[language].format(
            label=division_label(other.level, other.division)
        )
        shown.append(html.Li(html.A(name, href=f"/plats{state.address_of(other.area_id)}")))
    return shown


def provenance(state: PlaceState, made: Portrait) -> queries.Provenance:
    """The tables behind every figure that is shown."""
    used = [
        source_id
        for row in made.rows.to_dict("records")
        for source_id in state.indicator(row["indicator_id"]).source_ids_in(row["year"])
    ]
    found = state.reader.once(queries.sources, tuple(dict.fromkeys(used)))
    shown = (state.indicator(row) for row in made.rows["indicator_id"])
    return queries.Provenance(state.reader.snapshot, found, state.breaks(*shown))


def source(state: PlaceState, made: Portrait) -> str:
    """Where the figures come from, in one line."""
    return parts.source_line(provenance(state, made), language=state.language)


__all__ = [
    "around",
    "heading",
    "links",
    "portrait_parts",
    "provenance",
    "source",
    "title",
    "whereabouts",
]
