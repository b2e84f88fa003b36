"""Lines across a chart where figures before and after are not fully comparable."""

from collections.abc import Iterable, Sequence
from typing import Final

import plotly.graph_objects as go

from barometer.catalogue import Break
from barometer.ui.figures import CHANGE_OF_DIVISION

_QUIET: Final = "#868b94"
_DASHED, _DOTTED = "4px 3px", "1px 3px"


def mark_breaks(
    figure: go.Figure, years: Iterable[int], *, breaks: Sequence[Break], crosses: bool
) -> None:
    """Dotted before each break within the years, dashed where the division changes (`crosses`)."""
    shown = [int(year) for year in years]
    first, last = min(shown, default=0), max(shown, default=0)
    marks = {found.year - 0.5: _DOTTED for found in breaks if first < found.year <= last}
    if crosses:
        marks[CHANGE_OF_DIVISION] = _DASHED
    for at, dash in sorted(marks.items()):
        figure.add_vline(x=at, line={"width": 1, "dash": dash, "color": _QUIET})
