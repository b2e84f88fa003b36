"""The profile's sections in their order."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from barometer.ui.base.section import Box
from barometer.ui.pages.place import ids
from barometer.ui.pages.place.around import NEIGHBOURS, SIMILAR, method
from barometer.ui.pages.place.changed import CHANGED
from barometer.ui.pages.place.figures import KEY, OUTSTANDING, TYPES
from barometer.ui.pages.place.hero import hero
from barometer.ui.pages.place.inside import INSIDE
from barometer.ui.pages.place.measures import ALL
from barometer.ui.pages.place.safety import SAFETY
from barometer.ui.pages.place.segregated import segregation_frame
from barometer.ui.pages.place.signals import SIGNALS, TESTS
from barometer.ui.pages.place.state import PlaceState, group_frame, series_frame

SECTIONS: Final = (
    *(KEY, OUTSTANDING, INSIDE, SIGNALS, TESTS, CHANGED),
    *(TYPES, SAFETY, ALL, NEIGHBOURS, SIMILAR),
)
BOXES: Final[tuple[Box[PlaceState], ...]] = (Box(ids.SECTIONS, (hero, *SECTIONS, method)),)
FILES: Final[Mapping[str, Callable[[PlaceState], Any]]] = {
    "series": series_frame,
    "groups": group_frame,
    "segregation": segregation_frame,
}
"""Frames behind several sections, as files."""
