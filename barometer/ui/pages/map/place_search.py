"""The map's place search: areas of the register, and towns that the map only zooms to."""

from typing import Final

from dash import Dash, State

from barometer import queries
from barometer.divisions import Language
from barometer.store import Reader
from barometer.ui import ids, search
from barometer.ui.components import Options
from barometer.ui.context import Context
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.state import read_state
from barometer.ui.places import find_places

MOST_TOWNS: Final = 4
TOWN_ZOOM: Final = 12


def register_place_search(app: Dash, context: Context) -> None:
    """What the search offers follows what is typed."""

    def find(text: str, query: str | None) -> tuple[Options, Language]:
        with context.reader(query) as reader:
            state = read_state(context, reader, query or "")
            language = state.language
            areas = find_places(reader, text, year=state.selection.year, language=language)
            found = towns(reader, text) if len(text.strip()) >= search.LEAST else []
            return found + areas, language

    search.register(
        app, ids.MAP_PLACE, find, states=[State(ids.URL, "search")], nothing=labels.NO_PLACE
    )


def towns(reader: Reader, text: str) -> Options:
    """Towns and city districts by name; their value is where the map zooms to."""
    found = queries.find_towns(reader.cursor, text, limit=MOST_TOWNS)
    return [
        {
            "value": f"@{TOWN_ZOOM}/{latitude:.4f}/{longitude:.4f}",
            "label": f"{name}, {kommun}" if kommun and kommun != name else name,
        }
        for name, kommun, longitude, latitude in found
    ]
