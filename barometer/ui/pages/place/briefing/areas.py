"""Where: the areas of the place on a map, by type, or those with the highest values."""

from typing import Final

import numpy as np

from barometer import wording
from barometer.documents import Part, Sentences, TextTable
from barometer.queries.profiles import LevelTable
from barometer.ui import words as site_words
from barometer.ui.pages.place import words as place_words
from barometer.ui.pages.place.briefing import words
from barometer.ui.pages.place.briefing.charts import written
from barometer.ui.pages.place.briefing.maps import area_map, inside, mapped, types_text
from barometer.ui.pages.place.marked import marked_line
from barometer.ui.pages.place.state import PlaceState

_MOST_AREAS: Final = 10
_MOST_NAMED: Final = 10  # areas of a type


def map_of_areas(state: PlaceState) -> list[Part]:
    """The map of the place's areas, or of those around it."""
    found = area_map(state)
    return [found] if found else []


def types(state: PlaceState) -> list[Part]:
    """How residents divide between area types."""
    said = types_text(state)
    note = Sentences((place_words.TYPES_NOTE[state.language],), small=True)
    return [Sentences((said,)), note] if said else []


def areas(state: PlaceState) -> list[Part]:
    """The areas of the map, for a kommun or the kommun around an area: by type, or the highest."""
    found = state.once(mapped)
    if found is None or state.area.level in ("riket", "lan"):
        return []
    indicator_id, year, table = found
    values = table.figures[:, 0]
    known = [n for n in inside(state, table) if not np.isnan(values[n])]
    place = state.where if state.is_container else state.area.kommun or state.area.name
    if state.indicator(indicator_id).categories:
        made = _areas_by_type(state, table, known, caption=f"{place}, {year}")
    else:
        known = sorted(known, key=lambda n: (-values[n], n))
        caption = f"{place}, {state.name(indicator_id)}, {year}"
        made = _highest(state, indicator_id, table, known, caption=caption)
        known = known[:_MOST_AREAS]
    named = [(table.area_ids[n], wording.short_label(table.labels[n])) for n in known]
    marked = marked_line(state, named, year=year)
    return [made, *([Sentences((marked,), small=True)] if marked else [])]


def _areas_by_type(
    state: PlaceState, table: LevelTable, rows: list[int], *, caption: str
) -> TextTable:
    """Every type with how many areas it has here, and the names of at most ten of them."""
    language, indicator = state.language, state.indicator("area_type")
    body = []
    for kind, _ in indicator.categories:
        names = sorted(
            wording.short_label(table.labels[n]) for n in rows if table.figures[n, 0] == kind
        )
        rest = len(names) - _MOST_NAMED
        more = words.AND_MORE[language].format(n=rest) if rest > 0 else ""
        named = f"{', '.join(names[:_MOST_NAMED])}{more}" if rest > 0 else None
        listed = named or wording.enumerated(names, language=language) or "–"
        label = wording.category(kind, indicator=indicator, language=language)
        body.append((label, str(len(names)), listed))
    heads = (indicator.name[language], words.COUNT[language], words.AREAS_HEAD[language])
    first, second = (int(row[1]) for row in body[:2])
    message = words.TYPE_MESSAGE[language].format(first=first, second=second, n=len(rows))
    return TextTable(words.AREAS[language].format(place=caption), heads, tuple(body), message)


def _highest(
    state: PlaceState, indicator_id: str, table: LevelTable, rows: list[int], *, caption: str
) -> TextTable:
    """The ten areas with the highest values, of how many."""
    language, shown = state.language, rows[:_MOST_AREAS]
    heads = (site_words.AREA[language], state.name(indicator_id))
    body = tuple(
        (wording.short_label(table.labels[n]), written(state, indicator_id, table.figures[n, 0]))
        for n in shown
    )
    heading = words.AREAS if len(shown) == len(rows) else words.HIGHEST
    named = heading[language].format(place=caption, n=len(shown), all=len(rows))
    most = ", ".join(body[0]) if body else ""
    message = words.HIGHEST_MESSAGE[language].format(indicator=heads[1], area=most)
    return TextTable(named, heads, body, message=message)
