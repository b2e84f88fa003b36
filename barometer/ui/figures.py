"""What every figure is made of: its ground, its axes, and values as a plotter takes them."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from barometer import wording
from barometer.divisions import Language
from barometer.ui import theme

GRAPH_CONFIG: Final[Any] = {"displayModeBar": False, "showSendToCloud": False, "responsive": True}
QUIET: Final = "#868b94"


def empty_figure(language: Language) -> go.Figure:
    """A figure without anything in it, which writes numbers as its language does."""
    separators = ", " if language == "sv" else ".,"
    layout = {"template": theme.template(), "separators": separators, "dragmode": False}
    return go.Figure(layout=layout)


def amounts(unit: str, *, language: Language, nticks: int = 5, **more: Any) -> dict[str, Any]:
    """An axis of values in a unit, from zero."""
    suffix = wording.unit_suffix(unit, language=language)
    return {"rangemode": "tozero", "ticksuffix": suffix, "nticks": nticks, **more}


def plain(values: Iterable[Any], *, scale: float = 1) -> list[float | None]:
    """Values times a scale; None for what is missing."""
    return [None if pd.isna(value) else scale * float(value) for value in values]
