"""The profile's sections in their order: the same on the page and in the report."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from barometer.divisions import SMALL_LEVELS, division_label, level_name, parse_area_code
from barometer.ui import parts
from barometer.ui.base.section import Box
from barometer.ui.links import address
from barometer.ui.pages.place import ids, words
from barometer.ui.pages.place.around import NEIGHBOURS, SEGREGATION, SIMILAR, TYPES, about
from barometer.ui.pages.place.indicators import FIGURES, sectors
from barometer.ui.pages.place.links import ways
from barometer.ui.pages.place.state import PlaceState, has_figures
from barometer.ui.pages.place.trends import YEARS
from barometer.ui.pages.place.who import WHO, outstanding


def heading(state: PlaceState) -> list[Component]:
    """What place it is and where it lies."""
    return [
        html.H1(state.title, className="plats__title"),
        html.P(whereabouts(state), className="plats__where"),
    ]


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


def no_figures(state: PlaceState) -> Component | None:
    """That the snapshot has no figure of the place."""
    if has_figures(state):
        return None
    return html.P(words.EMPTY[state.language], className="lead")


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
    shown += [
        html.Li(
            html.A(name[language], href=f"/plats/lagesbild.{kind}{profile.to_query()}", download="")
        )
        for kind, name in words.DOCUMENTS.items()
    ]
    other = parse_area_code(state.namesake or "")
    if other is not None:
        name = words.OTHER_DIVISION[language].format(
            label=division_label(other.level, other.division)
        )
        shown.append(html.Li(html.A(name, href=f"/plats{state.address_of(other.area_id)}")))
    return shown


def source(state: PlaceState) -> str:
    """Where the figures come from, in one line."""
    return parts.source_line(state.provenance, language=state.language)


PORTRAIT: Final = Box(ids.PORTRAIT, (no_figures, WHO, outstanding, FIGURES, sectors))
AROUND: Final = Box(ids.AROUND, (TYPES, SEGREGATION, SIMILAR, NEIGHBOURS, about), group="rest")
EVERY_YEAR: Final = Box(ids.EVERY, (YEARS,), group="rest")
SOURCE: Final = Box(ids.SOURCE, (source,), group="rest")
# What is read first answers by itself: half of the time goes to the rest.
BOXES: Final[tuple[Box[PlaceState], ...]] = (PORTRAIT, AROUND, EVERY_YEAR, SOURCE)
