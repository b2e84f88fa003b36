"""What Karta's document has of its first view: a picture in the live map's place."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from barometer.store import NoSnapshotError
from barometer.ui.context import Context
from barometer.ui.pages.map.picture import DARK, FIRST, bare_addresses, file_of
from barometer.ui.pages.map.state import read_state


def first_addresses(context: Context) -> tuple[str, str]:
    """Karta's first view as pictures, on light and dark ground."""
    with context.store.reader() as reader:
        return bare_addresses(reader, FIRST, read_state(context, reader, "").selection.to_query())


def first_picture(context: Context, query: str) -> tuple[str, str] | None:
    """The addresses of the pictures that stand for the live map until it is there.

    None for any view but Karta's first, and until both have been drawn: to draw them now would
    keep the reader from the map itself.
    """
    with suppress(NoSnapshotError), context.reader(query) as reader:
        first = read_state(context, reader, "")
        asked = read_state(context, reader, query).selection
        view = first.selection.to_query()
        drawn = [file_of(first, (view, shape, None)) for shape in (FIRST, FIRST + DARK)]
        same = asked == replace(first.selection, language=asked.language)
        if same and all(map(Path.exists, drawn)):
            return bare_addresses(reader, FIRST, view)
    return None
