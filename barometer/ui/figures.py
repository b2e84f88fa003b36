"""One function per figure: frame and words in, figure out."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from barometer import wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import Language
from barometer.ui import theme
from barometer.ui.breaks import mark_breaks, stretches

GRAPH_CONFIG: Final[Any] = {"displayModeBar": False, "showSendToCloud": False, "responsive": True}
_ORDER = ("riket", "lan", "kommun", "counterpart", "carried", "area")


def series_figure(
    series: pd.DataFrame,
    *,
    indicator: Indicator,
    breaks: Sequence[Break] = (),
    language: Language,
) -> go.Figure:
    """An area and its containers over time; no line crosses a severing break.

    Columns: role, label, division, year, value (`queries.area_series`).
    """
    figure = go.Figure(layout={"template": theme.template(), "height": 270})
    parted = series.assign(stretch=stretches(series["year"], breaks=breaks))
    for role in _ORDER:
        of_role = parted[parted["role"] == role]
        for _, part in of_role.groupby(["division", "stretch"], sort=False):
            figure.add_trace(_line(role, part, indicator=indicator, language=language))
    mark_breaks(figure, series["year"], breaks=breaks)
    suffix = wording.unit_suffix(indicator.unit, language=language)
    figure.update_yaxes(rangemode="tozero", ticksuffix=suffix, nticks=5)
    figure.update_xaxes(**theme.year_axis(series["year"], most=5))
    separators = ", " if language == "sv" else ".,"
    return figure.update_layout(separators=separators, hovermode="x unified", dragmode=False)


def _line(role: str, part: pd.DataFrame, *, indicator: Indicator, language: Language) -> go.Scatter:
    mine = role in ("area", "counterpart", "carried")
    name = role_label(role, str(part["label"].iloc[-1]), language=language)
    texts = [
        wording.value(v, indicator=indicator, language=language) for v in _plain(part["value"])
    ]
    return go.Scatter(
        x=part["year"].tolist(),
        y=_plain(part["value"]),
        name=name,
        mode="lines+markers",
        connectgaps=False,
        line={
            "color": theme.ROLE_COLOURS[role],
            "dash": theme.ROLE_DASHES[role],
            "width": 2.75 if mine else 1.75,
        },
        marker={
            "size": 7 if mine else 4,
            "symbol": "circle" if role not in ("counterpart", "carried") else "circle-open",
        },
        customdata=texts,
        hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
    )


def role_label(role: str, label: str, *, language: Language) -> str:
    """An area by its own name; what has none, and Sweden, by its role."""
    named = role in ("area", "kommun", "lan")
    return label if named else wording.ROLES[role][language]


def _plain(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]
