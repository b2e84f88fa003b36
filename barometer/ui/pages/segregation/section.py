"""A section of the segregation page."""

from collections.abc import Sequence

from dash.development.base_component import Component

from barometer.ui import parts
from barometer.ui.downloads import downloads
from barometer.ui.pages.segregation.state import SegregationState


def section(
    state: SegregationState,
    part: str,
    heading: str,
    *,
    said: Sequence[str],
    figure: Component | None = None,
    table: Component | None = None,
    notes: Sequence[str] = (),
) -> Component:
    """A section with its frame as files; without a table there is no frame."""
    query = state.measurement.to_query()
    files = downloads(f"segregation/{part}", query, language=state.language)
    return parts.section(
        f"segregation-{part}",
        heading,
        said=said,
        figure=figure,
        table=table,
        notes=notes,
        files=files if table is not None else None,
    )
