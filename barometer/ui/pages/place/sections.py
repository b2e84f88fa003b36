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
from barometer.ui.pages.place.state import Seen
from barometer.ui.pages.place.who import (
    outstanding,
    who,
)
from barometer.wording.profiles import profile_title


def heading(seen: Seen) -> list[Component]:
    """What place it is and where it lies."""
    return [
        html.H1(title(seen), className="plats__title"),
        html.P(whereabouts(seen), className="plats__where"),
    ]


def title(seen: Seen) -> str:
    """The profile's heading."""
    return profile_title(seen.where, year=seen.profile.year, language=seen.language)


def whereabouts(seen: Seen) -> str:
    """Level, division and what the place lies in: "RegSO 2025 · Uppsala · Uppsala län · kod"."""
    area, language = seen.area, seen.language
    small = area.level in SMALL_LEVELS
    level = (
        division_label(area.level, area.division)
        if small
        else level_name(area.level, language=language)
    )
    above = [name for name in (area.kommun, area.lan) if name and name != area.name]
    return " · ".join([level, *above, area.area_id])


def portrait_parts(seen: Seen, made: Portrait) -> list[Component]:
    """Who lives here, what stands out, and the indicators by sector."""
    if made.rows.empty:
        return [html.P(words.EMPTY[seen.language], className="lead")]
    return [who(seen, made), outstanding(seen, made), *sectors(seen, made)]


def around(seen: Seen, made: Portrait) -> list[Component]:
    """Area types, segregation, similar areas, neighbours, and what it is all made of."""
    if made.rows.empty:
        return []
    shown = (
        beside.types(seen),
        beside.segregation(seen),
        beside.similar(seen, made),
        beside.neighbours(seen),
        beside.about(seen, made),
    )
    return [part for part in shown if part is not None]


def links(seen: Seen) -> list[Component]:
    """The same place on the other pages."""
    profile, language = seen.profile, seen.language
    shown: list[Component] = [
        html.Li(html.A(name[language], href=address(path, language=language, **query)))
        for name, path, query in ways(seen)
    ]
    shown.append(
        html.Li(html.A(words.REPORT[language], href=f"/plats/rapport{profile.to_query()}"))
    )
    other = parse_area_code(seen.namesake or "")
    if other is not None:
        name = words.OTHER_DIVISION[language].format(
            label=division_label(other.level, other.division)
        )
        shown.append(html.Li(html.A(name, href=f"/plats{seen.address_of(other.area_id)}")))
    return shown


def provenance(seen: Seen, made: Portrait) -> queries.Provenance:
    """The tables behind every figure that is shown."""
    used = [
        source_id
        for row in made.rows.to_dict("records")
        for source_id in seen.indicator(row["indicator_id"]).source_ids_in(row["year"])
    ]
    found = seen.reader.once(queries.sources, tuple(dict.fromkeys(used)))
    shown = (seen.indicator(row) for row in made.rows["indicator_id"])
    return queries.Provenance(seen.reader.snapshot, found, seen.breaks(*shown))


def source(seen: Seen, made: Portrait) -> str:
    """Where the figures come from, in one line."""
    return parts.source_line(provenance(seen, made), language=seen.language)


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
