"""A section of the profile, with its frame as files."""

from collections.abc import Sequence

from dash.development.base_component import Component

from barometer.ui import parts
from barometer.ui.downloads import downloads
from barometer.ui.pages.place.state import PlaceState


def section(
    state: PlaceState,
    key: str,
    heading: str,
    *,
    part: str | None,
    said: Sequence[str] = (),
    figure: Component | None = None,
    table: Component | None = None,
    notes: Sequence[str] = (),
) -> Component:
    """A section; `part` is the frame behind it (`FRAMES`), None when another has its files."""
    query = state.profile.to_query()
    files = downloads(f"plats/{part}", query, language=state.language) if part else None
    return parts.section(
        f"plats-{key}", heading, said=said, figure=figure, table=table, notes=notes, files=files
    )
