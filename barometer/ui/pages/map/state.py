"""The map page's state: the address as it was read, and the snapshot that it is read against."""

from dataclasses import dataclass
from typing import Final, Literal

from barometer import wording
from barometer.catalogue import Indicator
from barometer.divisions import Language
from barometer.selection import Offer, Reading, Selection, compared_selection
from barometer.selection.map_changes import Before, changed
from barometer.store import Reader
from barometer.ui.context import Context

Mode = Literal["level", "change", "compare", "local"]

MODES: Final[tuple[Mode, ...]] = ("level", "change", "compare", "local")


@dataclass(frozen=True, slots=True)
class MapState:
    """One request's view of the map; the address is read once, in `read_state`.

    `other` is what stands beside the view. `wanted` is the tab that the reader pressed when the
    view cannot be shown that way: its panel says why.
    """

    context: Context
    reader: Reader
    offer: Offer
    reading: Reading[Selection]
    other: Selection | None
    wanted: Mode | None = None

    @property
    def selection(self) -> Selection:
        """What is shown."""
        return self.reading.view

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.selection.language

    @property
    def indicator(self) -> Indicator:
        """The indicator that is shown."""
        return self.context.catalogue.indicators[self.selection.indicator]

    @property
    def mode(self) -> Mode:
        """The tab that is chosen."""
        return self.wanted or mode_of(self.selection)

    @property
    def title(self) -> str:
        """What the map shows, in words."""
        return wording.map_title(
            self.selection,
            catalogue=self.context.catalogue,
            names=self.offer.names,
            compared=self.other,
        )


def mode_of(selection: Selection) -> Mode:
    """The tab that a view belongs to."""
    if selection.layer != "value":
        return "local"
    if selection.since is not None:
        return "change"
    return "compare" if selection.compare else "level"


def read_state(
    context: Context, reader: Reader, query: str, *, key: str = "", value: str = ""
) -> MapState:
    """The state of an address, with one of its keys changed when `key` is given."""
    offer = context.offer(reader)
    reading = Selection.from_query(query, catalogue=context.catalogue, offer=offer)
    wanted: Mode | None = None
    if key:
        before = Before(reading.view, context.catalogue, offer)
        reading = Reading(changed(before, key, value))
        pressed = next((mode for mode in MODES if key == "mode" and mode == value), None)
        wanted = pressed if pressed != mode_of(reading.view) else None
    other = compared_selection(reading.view, catalogue=context.catalogue, offer=offer)
    return MapState(context, reader, offer, reading, other, wanted)
