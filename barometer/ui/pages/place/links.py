"""From a place to the other pages: the same place, in its division, at the year it is told for."""

from collections.abc import Iterator, Mapping

from barometer import queries
from barometer.catalogue import Text
from barometer.divisions import RIKET, covers
from barometer.selection import EVALUATION_LEVELS
from barometer.selection.offer import FIRST_INDICATORS
from barometer.ui.pages.place import words
from barometer.ui.pages.place.state import PlaceState

Way = tuple[Text, str, Mapping[str, object]]


def ways(state: PlaceState) -> Iterator[Way]:
    """What each page is called here, its path and its query; only pages that have the place."""
    indicator = state.profile.first[0] if state.profile.first else FIRST_INDICATORS[0]
    yield words.ON_MAP, "/karta", _on_map(state, indicator)
    yield words.ON_SEGREGATION, "/segregation", _measured(state)
    if indicator in state.offer.indicators:
        areas = ",".join(dict.fromkeys((state.area.area_id, RIKET, *state.profile.peers)))
        chosen = {"indicators": indicator, "areas": areas, "view": "line"}
        yield words.IN_LAB, "/labb", chosen
    if _can_be_followed(state, indicator):
        chosen = {"indicator": indicator, "level": state.area.level, "areas": state.area.area_id}
        yield words.IN_FOLLOW_UP, "/folj-upp", chosen


def _on_map(state: PlaceState, indicator: str) -> Mapping[str, object]:
    """The indicator in the latest year that it has in the place's division, up to the profile's."""
    level = "kommun" if state.area.level == "riket" else state.area.level
    years = [
        year
        for year in state.offer.years_of(indicator, level)
        if covers(state.profile.division, year) and year <= state.profile.year
    ]
    area = {"level": level, "area": state.area.area_id}
    return {"indicator": indicator, "year": years[-1], **area} if years else area


def _measured(state: PlaceState) -> Mapping[str, object]:
    """The place, or the kommun that it lies in, in the profile's year where it is measured."""
    offer = queries.measure_offer_of(state.reader)
    area = state.area.area_id if state.is_container else state.area.kommun_id
    grouping = offer.groupings[0] if offer.groupings else ""
    measured = any(
        state.profile.year in offer.years_of(grouping, units) for units in offer.units_of(grouping)
    )
    peers = ",".join(state.profile.peers) or None
    return {"area": area, "year": state.profile.year if measured else None, "peers": peers}


def _can_be_followed(state: PlaceState, indicator: str) -> bool:
    offer = queries.evaluation_offer_of(state.reader)
    level = next((own for own in EVALUATION_LEVELS if own == state.area.level), None)
    return level is not None and bool(offer.years_of(indicator, level, state.profile.division))
