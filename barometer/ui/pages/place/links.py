"""From a place to the other pages: the same place, in its division, at the year it is told for."""

from collections.abc import Iterator, Mapping

from barometer import queries
from barometer.catalogue import Text
from barometer.divisions import RIKET, covers
from barometer.selection import EFFORT_LEVELS
from barometer.selection.efforts import DEFAULT_INDICATOR
from barometer.ui.pages.place import words
from barometer.ui.pages.place.state import Seen

Way = tuple[Text, str, Mapping[str, object]]


def ways(seen: Seen) -> Iterator[Way]:
    """What each page is called here, its path and its query; only pages that have the place."""
    indicator = seen.profile.first[0] if seen.profile.first else DEFAULT_INDICATOR
    yield words.ON_MAP, "/karta", _on_map(seen, indicator)
    yield words.ON_SEGREGATION, "/segregation", _measured(seen)
    if indicator in seen.offer.indicators:
        areas = ",".join(dict.fromkeys((seen.area.area_id, RIKET)))
        chosen = {"indicators": indicator, "areas": areas, "view": "line"}
        yield words.IN_LAB, "/labb", chosen
    if _can_be_followed(seen, indicator):
        chosen = {"indicator": indicator, "level": seen.area.level, "areas": seen.area.area_id}
        yield words.IN_FOLLOW_UP, "/folj-upp", chosen


def _on_map(seen: Seen, indicator: str) -> Mapping[str, object]:
    """The indicator in the latest year that it has in the place's division, up to the profile's."""
    level = "kommun" if seen.area.level == "riket" else seen.area.level
    years = [
        year
        for year in seen.offer.years_of(indicator, level)
        if covers(seen.profile.division, year) and year <= seen.profile.year
    ]
    area = {"level": level, "area": seen.area.area_id}
    return {"indicator": indicator, "year": years[-1], **area} if years else area


def _measured(seen: Seen) -> Mapping[str, object]:
    """The place, or the kommun that it lies in, in the profile's year where it is measured."""
    offer = seen.reader.once(queries.measure_offer)
    area = seen.area.area_id if seen.is_container else seen.area.kommun_id
    grouping = offer.groupings[0] if offer.groupings else ""
    measured = any(
        seen.profile.year in offer.years_of(grouping, units) for units in offer.units_of(grouping)
    )
    return {"area": area, "year": seen.profile.year if measured else None}


def _can_be_followed(seen: Seen, indicator: str) -> bool:
    offer = seen.reader.once(queries.effort_offer)
    level = next((own for own in EFFORT_LEVELS if own == seen.area.level), None)
    return level is not None and bool(offer.years_of(indicator, level, seen.profile.division))
