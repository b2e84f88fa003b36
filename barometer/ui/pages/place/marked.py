"""Students or an institution: of the place itself, and of the areas that it is shown with."""

from collections.abc import Iterable
from typing import Any

from barometer import queries, wording
from barometer.divisions import SMALL_LEVELS
from barometer.ui.pages.place.state import PlaceState


def marks(state: PlaceState) -> list[dict[Any, Any]]:
    """The rows of `queries.marked_areas` of the place; none for larger places."""
    area = state.area
    if area.level not in SMALL_LEVELS:
        return []
    found = state.reader.once(
        queries.marked_areas, level=area.level, division=area.division, year=state.profile.year
    )
    return found[found["area_id"] == area.area_id].to_dict("records")


def marked_line(state: PlaceState, areas: Iterable[tuple[str, str]], *, year: int) -> str:
    """Which of some areas, code and name, are marked and for what; "" where none is."""
    named = dict(areas)
    frame = queries.areas_with_marks(named, year=year, marks=state.marks)
    found = [(named[code], marks) for code, marks in frame.items()]
    return wording.marked_areas_sentence(found, language=state.language)
