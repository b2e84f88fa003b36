"""One function per figure of the segregation page: frame and words in, figure out."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from barometer import wording
from barometer.catalogue import Break
from barometer.divisions import Language
from barometer.indices import Index
from barometer.ui import theme
from barometer.ui.breaks import mark_breaks, stretches

QUIET: Final = "#868b94"
BAND: Final = "rgba(180,70,15,0.18)"
OUTLINE: Final = {"width": 1, "color": QUIET}
# Above and below the whole: told apart by form as well as by colour.
WHERE_MARKS: Final = ((True, "circle", "#cf5f22"), (False, "square-open", "#5580b8"))
CROWD: Final = 150  # areas from which the marks are made smaller
_ORDER: Final = ("peer", "riket", "lan", "area")


def series_figure(
    series: pd.DataFrame, *, index: Index, breaks: Sequence[Break] = (), language: Language
) -> go.Figure:
    """The place with band and chance, and those beside it; no line crosses a severing break.

    Columns: role, label, division, year, value, expected, estimate, low, high
    (`queries.measure_series`).
    """
    figure = _empty(language)
    series = series.assign(stretch=stretches(series["year"], breaks=breaks))
    for _, part in series[series["role"] == "area"].groupby(["division", "stretch"], sort=False):
        _add_band(figure, part, index=index)
        _add_chance(figure, part, index=index)
    for role in _ORDER:
        of_role = series[series["role"] == role]
        for _, part in of_role.groupby(["container_id", "division", "stretch"], sort=False):
            figure.add_trace(_line(role, part, index=index, language=language))
    mark_breaks(figure, series["year"], breaks=breaks)
    figure.update_xaxes(tickformat="d", nticks=8)
    figure.update_yaxes(rangemode="tozero", ticksuffix=_suffix(index), nticks=5)
    return figure.update_layout(hovermode="x unified")


def ranking_figure(
    ranked: pd.DataFrame, *, area: str, index: Index, language: Language
) -> go.Figure:
    """Places from the highest value with intervals; rings ask for care, the place stands out.

    Columns: rank, container_id, label, value, estimate, low, high, caution, without missing
    values. A point is the estimate with its interval, or the value where there is no estimate.
    """
    figure = _empty(language)
    place = ranked.reset_index(drop=True)
    for chosen in (False, True):
        part = place[(place["container_id"] == area) == chosen]
        figure.add_trace(_points(part, chosen=chosen, index=index, language=language))
    figure.update_xaxes(title=None, nticks=6, rangemode="tozero")
    return figure.update_yaxes(ticksuffix=_suffix(index), nticks=5, rangemode="tozero")


def parts_figure(
    labels: list[str], values: list[float], texts: list[str], *, language: Language
) -> go.Figure:
    """Parts of a whole as bars from zero, in the order given."""
    figure = _empty(language)
    colours = [theme.ROLE_COLOURS["kommun" if value >= 0 else "area"] for value in values]
    figure.add_trace(
        go.Bar(
            x=values,
            y=labels,
            orientation="h",
            marker={"color": colours},
            text=texts,
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.3 * (high - low)  # for the numbers beside the bars
    figure.update_xaxes(
        showticklabels=False,
        zeroline=True,
        zerolinecolor=QUIET,
        range=[low - room * (low < 0), high + room],
    )
    return figure.update_yaxes(autorange="reversed", showgrid=False)


def profile_figure(profile: pd.DataFrame, *, language: Language) -> go.Figure:
    """H by neighbourhood size; sizes double from point to point."""
    figure = _empty(language)
    texts = [wording.number(k, decimals=0, language=language) for k in profile["residents"]]
    values = [100 * float(v) for v in profile["spatial_information_theory"]]
    figure.add_trace(
        go.Scatter(
            x=texts,
            y=values,
            mode="lines+markers",
            line={"color": theme.ROLE_COLOURS["area"], "width": 2.75},
            marker={"size": 8},
            hovertemplate="%{x}: %{y:.1f} %<extra></extra>",
        )
    )
    figure.update_xaxes(type="category")
    return figure.update_yaxes(rangemode="tozero", ticksuffix=" %", nticks=5)


def where_figure(
    areas: pd.DataFrame,
    *,
    outlines: tuple[tuple[tuple[float, float], ...], ...],
    language: Language,
) -> go.Figure:
    """Areas where they lie, larger the more they add, inside the outline of the place.

    Columns: x, y (metres), label, part, share, above (the group is more common than in the whole).
    `outlines` are rings of (x, y).
    """
    figure = _empty(language)
    for ring in outlines:
        x, y = zip(*ring, strict=True)
        figure.add_trace(go.Scatter(x=x, y=y, mode="lines", line=OUTLINE, hoverinfo="skip"))
    largest, widest = float(areas["part"].max()) or 1.0, 26 if len(areas) < CROWD else 12
    for above, symbol, colour in WHERE_MARKS:
        part = areas[areas["above"] == above]
        shares = [_percent_text(v, language) for v in part["share"]]
        figure.add_trace(
            go.Scatter(
                x=part["x"].tolist(),
                y=part["y"].tolist(),
                mode="markers",
                marker={
                    "size": [4 + widest * (float(v) / largest) ** 0.5 for v in part["part"]],
                    "symbol": symbol,
                    "color": colour,
                    "opacity": 0.75,
                    "line": {"width": 1.5, "color": colour},
                },
                customdata=[f"{a}: {b}" for a, b in zip(part["label"], shares, strict=True)],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    figure.update_xaxes(visible=False)
    return figure.update_yaxes(visible=False, scaleanchor="x", scaleratio=1)


def _percent_text(share: float, language: Language) -> str:
    plain = wording.number(100 * float(share), decimals=1, language=language)
    return plain + ("\u00a0%" if language == "sv" else "%")


def matrix_figure(
    names: list[str],
    values: list[list[float | None]],
    texts: list[list[str]],
    *,
    language: Language,
) -> go.Figure:
    """Groups against groups, darker for those who live further apart."""
    figure = _empty(language)
    figure.add_trace(
        go.Heatmap(
            x=names,
            y=names,
            z=values,
            text=texts,
            texttemplate="%{text}",
            colorscale=[[0, "rgba(49,88,140,0.04)"], [1, "rgba(49,88,140,0.35)"]],
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y} – %{x}: %{text}<extra></extra>",
        )
    )
    figure.update_xaxes(showgrid=False, side="top")
    return figure.update_yaxes(autorange="reversed", showgrid=False)


def _empty(language: Language) -> go.Figure:
    separators = ", " if language == "sv" else ".,"
    layout = {"template": theme.template(), "separators": separators, "dragmode": False}
    return go.Figure(layout=layout)


def _scaled(values: pd.Series, index: Index) -> list[float | None]:
    scale = 100 if index.unit == "percent" else 1
    return [None if pd.isna(value) else scale * float(value) for value in values]


def _suffix(index: Index) -> str:
    return " %" if index.unit == "percent" else ""


def _add_band(figure: go.Figure, part: pd.DataFrame, *, index: Index) -> None:
    known = part.dropna(subset=["low", "high"])
    if known.empty:
        return
    years = known["year"].tolist()
    figure.add_trace(
        go.Scatter(
            x=years + years[::-1],
            y=_scaled(known["high"], index) + _scaled(known["low"], index)[::-1],
            fill="toself",
            fillcolor=BAND,
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=years,
            y=_scaled(known["estimate"], index),
            mode="lines+markers" if len(years) == 1 else "lines",
            line={"color": theme.ROLE_COLOURS["area"], "dash": "dash", "width": 1.5},
            marker={"symbol": "line-ew-open", "size": 12},
            hoverinfo="skip",
        )
    )


def _add_chance(figure: go.Figure, part: pd.DataFrame, *, index: Index) -> None:
    if part["expected"].isna().all():
        return
    figure.add_trace(
        go.Scatter(
            x=part["year"].tolist(),
            y=_scaled(part["expected"], index),
            mode="lines+markers" if len(part) == 1 else "lines",
            line={"color": theme.ROLE_COLOURS["area"], "dash": "dot", "width": 1.5},
            marker={"symbol": "line-ew-open", "size": 12},
            hoverinfo="skip",
        )
    )


def _line(role: str, part: pd.DataFrame, *, index: Index, language: Language) -> go.Scatter:
    line: dict[str, Any] = {"color": QUIET, "width": 1}
    if role != "peer":
        line = {
            "color": theme.ROLE_COLOURS[role],
            "dash": theme.ROLE_DASHES[role],
            "width": 2.75 if role == "area" else 1.75,
        }
    texts = [wording.measure_value(v, index=index, language=language) for v in part["value"]]
    return go.Scatter(
        x=part["year"].tolist(),
        y=_scaled(part["value"], index),
        name=str(part["label"].iloc[-1]),
        mode="lines+markers",
        connectgaps=False,
        line=line,
        marker={"size": 7 if role == "area" else 4},
        customdata=texts,
        hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
    )


def _points(part: pd.DataFrame, *, chosen: bool, index: Index, language: Language) -> go.Scatter:
    shown = part["estimate"].fillna(part["value"])
    values = _scaled(shown, index)
    colour = theme.ROLE_COLOURS["area" if chosen else "kommun"]
    texts = [wording.measure_value(v, index=index, language=language) for v in shown]
    ends = (_scaled(part["high"], index), _scaled(part["low"], index))
    up, down = (
        [
            abs(e - v) if e is not None and v is not None else 0
            for e, v in zip(end, values, strict=True)
        ]
        for end in ends
    )
    return go.Scatter(
        x=part["rank"].tolist(),
        y=values,
        mode="markers",
        marker={
            "color": colour,
            "size": 13 if chosen else 6,
            "symbol": ["circle-open" if isinstance(c, str) else "circle" for c in part["caution"]],
        },
        error_y={
            "type": "data",
            "array": up,
            "arrayminus": down,
            "width": 0,
            "thickness": 1,
            "color": colour,
        },
        customdata=[f"{name}: {text}" for name, text in zip(part["label"], texts, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )
