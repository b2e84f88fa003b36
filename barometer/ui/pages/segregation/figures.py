"""One function per figure of the segregation page: frame and words in, figure out."""

import itertools
import textwrap
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from barometer import wording
from barometer.catalogue import Break
from barometer.divisions import Language
from barometer.indices import Index
from barometer.ui import theme
from barometer.ui.breaks import mark_breaks, stretches
from barometer.ui.figures import QUIET, amounts, empty_figure, plain

MEDIAN: Final = "#5d626b"
PLACE_MARKS: Final = (
    ("#b4460f", "circle"),
    ("#1f7a74", "square"),
    ("#6b2f7f", "diamond"),
    ("#8a6a00", "triangle-up"),
)
ROOM: Final = 0.06  # of the spread of the ends: names that are nearer would cover one another
ROW: Final = 21
_LEVEL_COLOURS: Final = ("#31588c", "#b4460f", "#1f7a74", "#8a6a00")
_NAME_WIDTH: Final = 20  # characters of a bar's name on one line
_LEGEND: Final = {
    "orientation": "h",
    "yanchor": "bottom",
    "y": 1.02,
    "x": 0,
    "traceorder": "normal",
}


def series_figure(
    series: pd.DataFrame, *, index: Index, breaks: Sequence[Break] = (), language: Language
) -> go.Figure:
    """A line per place, named at its end; estimates with their intervals, or else the values.

    No line crosses a severing break or a change of division. Columns: container_id, label,
    division, year, value, estimate, low, high and, of kommuner, kommun_median.
    """
    figure = empty_figure(language)
    series = series.assign(stretch=stretches(series["year"], breaks=breaks))
    with_bands = bool(series["low"].notna().any())
    shown = series.assign(shown=series["estimate"] if with_bands else series["value"])
    places = list(shown.groupby("container_id", sort=False))
    for (_, rows), (colour, symbol) in zip(places, PLACE_MARKS, strict=False):
        for _, part in rows.groupby(["division", "stretch"], sort=False):
            if with_bands:
                _add_band(figure, part, colour=colour, index=index)
            figure.add_trace(
                _line(part, colour=colour, symbol=symbol, index=index, language=language)
            )
    ends = [
        (str(rows["label"].iloc[-1]), rows.dropna(subset=["shown"]), mark[0])
        for (_, rows), mark in zip(places, PLACE_MARKS, strict=False)
    ]
    if "kommun_median" in shown and shown["kommun_median"].notna().any():
        ends.append(_add_median(figure, places[0][1], index=index, language=language))
    _add_ends(figure, ends, index=index, language=language)
    mark_breaks(figure, series["year"], breaks=breaks)
    _add_flags(figure, series["year"], breaks=breaks, language=language)
    figure.update_xaxes(**theme.year_axis(series["year"]))
    figure.update_yaxes(
        ticksuffix=wording.unit_suffix(index.unit, language=language),
        nticks=5,
        rangemode="nonnegative",
    )
    hover = {"bgcolor": "#ffffff", "bordercolor": QUIET, "font": {"color": "#171b21"}}
    margin = {"l": 8, "r": 170, "t": 28, "b": 8}
    return figure.update_layout(hovermode="x unified", hoverlabel=hover, margin=margin)


def _line(
    part: pd.DataFrame, *, colour: str, symbol: str, index: Index, language: Language
) -> go.Scatter:
    suffix = wording.unit_suffix(index.unit, language=language)
    write = partial(wording.number, decimals=index.decimals, language=language)
    ends = zip(_scaled(part["low"], index), _scaled(part["high"], index), strict=True)
    intervals = [
        f" ({write(low)}–{write(high)})" if low is not None and high is not None else ""
        for low, high in ends
    ]
    return go.Scatter(
        x=part["year"].tolist(),
        y=_scaled(part["shown"], index),
        name=str(part["label"].iloc[-1]),
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2.5},
        marker={"size": 7, "symbol": symbol},
        customdata=intervals,
        hovertemplate=f"%{{fullData.name}}: %{{y:.{index.decimals}f}}{suffix}"
        "%{customdata}<extra></extra>",
    )


def _add_median(
    figure: go.Figure, rows: pd.DataFrame, *, index: Index, language: Language
) -> tuple[str, pd.DataFrame, str]:
    """The kommuner's median as a thin line, and what stands at its end."""
    name = "Kommunernas median" if language == "sv" else "Median of municipalities"
    shown = rows.assign(shown=rows["kommun_median"])
    for _, part in shown.groupby(["division", "stretch"], sort=False):
        bare = part.assign(label=name, low=None)
        line = _line(bare, colour=MEDIAN, symbol="circle", index=index, language=language)
        figure.add_trace(line.update(line={"width": 1.5}, marker={"size": 4}))
    return name, shown.dropna(subset=["shown"]), MEDIAN


def _add_ends(
    figure: go.Figure,
    ends: list[tuple[str, pd.DataFrame, str]],
    *,
    index: Index,
    language: Language,
) -> None:
    """Names with the last number at the ends of the lines, kept apart."""
    known = [(name, rows.iloc[-1], colour) for name, rows, colour in ends if len(rows)]
    ordered = sorted(known, key=lambda end: -float(end[1]["shown"]))
    last = max((int(row["year"]) for _, row, _ in ordered), default=0)
    for n, (name, row, colour) in enumerate(ordered):
        text = wording.measure_value(float(row["shown"]), index=index, language=language)
        scale = 100 if index.unit == "percent" else 1
        figure.add_annotation(
            x=last,
            y=scale * float(row["shown"]),
            text=f"{name} <b>{text}</b>",
            font={"color": colour, "size": 14},
            showarrow=False,
            xanchor="left",
            xshift=10,
            yshift=_shift([float(r["shown"]) for _, r, _ in ordered], n),
        )


def _shift(values: list[float], n: int) -> float:
    """Pixels that a name is moved from those that are as near as to cover it."""
    spread = (max(values) - min(values)) or 1.0
    close = [m for m, v in enumerate(values) if abs(v - values[n]) < spread * ROOM]
    return -ROW * (close.index(n) - (len(close) - 1) / 2) if len(close) > 1 else 0.0


def _add_flags(
    figure: go.Figure, years: pd.Series, *, breaks: Sequence[Break], language: Language
) -> None:
    """The year of every break above its upright line."""
    first, last = int(years.min()), int(years.max())
    for year in sorted({b.year for b in breaks if first < b.year <= last}):
        text = f"{year}: serien bryts" if language == "sv" else f"{year}: the series breaks"
        figure.add_annotation(
            x=year - 0.5,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="left",
            text=f"⚑ {text}",
            showarrow=False,
            font={"size": 13},
        )


def ranking_figure(
    ranked: pd.DataFrame, *, area: str, index: Index, language: Language
) -> go.Figure:
    """Places from the highest value with intervals; rings ask for care, the place stands out.

    Columns: rank, container_id, label, value, estimate, low, high, caution, without missing
    values. A point is the estimate with its interval, or the value where there is no estimate.
    """
    figure = empty_figure(language)
    place = ranked.reset_index(drop=True)
    for chosen in (False, True):
        part = place[(place["container_id"] == area) == chosen]
        figure.add_trace(_points(part, chosen=chosen, index=index, language=language))
    figure.update_xaxes(title=None, nticks=6, rangemode="tozero")
    return figure.update_yaxes(**amounts(index.unit, language=language))


def parts_figure(
    labels: list[str], values: list[float], texts: list[str], *, language: Language
) -> go.Figure:
    """Parts of a whole as bars from zero, in the order given."""
    figure = empty_figure(language)
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
    figure = empty_figure(language)
    texts = [wording.number(k, language=language) for k in profile["residents"]]
    values = plain(profile["spatial_information_theory"], scale=100)
    figure.add_trace(
        go.Scatter(
            x=texts,
            y=values,
            mode="lines+markers",
            line={"color": theme.ROLE_COLOURS["area"], "width": 2.75},
            marker={"size": 8},
            hovertemplate=f"%{{x}}: %{{y:.1f}}{_per_cent(language)}<extra></extra>",
        )
    )
    figure.update_xaxes(type="category")
    return figure.update_yaxes(**amounts("percent", language=language))


def reach_figure(
    metres: Sequence[float], residents: Sequence[float], *, language: Language
) -> go.Figure:
    """The share of residents who meet the mix within a distance, as steps; areas nearest first."""
    figure = empty_figure(language)
    whole = sum(residents) or 1.0
    shares = [100 * part / whole for part in itertools.accumulate(residents)]
    figure.add_trace(
        go.Scatter(
            x=[distance / 1_000 for distance in metres],
            y=shares,
            mode="lines",
            line={"color": theme.ROLE_COLOURS["area"], "width": 2.75, "shape": "hv"},
            hovertemplate=f"%{{x:.1f}} km: %{{y:.0f}}{_per_cent(language)}<extra></extra>",
        )
    )
    figure.update_xaxes(ticksuffix=" km", rangemode="tozero", nticks=6)
    return figure.update_yaxes(range=[0, 102], ticksuffix=_per_cent(language), nticks=6)


def distance_figure(
    texts: list[str], lines: Mapping[str, list[float | None]], *, language: Language
) -> go.Figure:
    """H by reach, a line for each form: the first solid, the second dashed."""
    figure = empty_figure(language)
    looks, unit = (("area", "solid"), ("kommun", "dash")), _per_cent(language)
    for (name, values), (role, dash) in zip(lines.items(), looks, strict=True):
        figure.add_trace(
            go.Scatter(
                x=texts,
                y=values,
                name=name,
                mode="lines+markers",
                line={"color": theme.ROLE_COLOURS[role], "width": 2.75, "dash": dash},
                marker={"size": 8},
                hovertemplate=f"%{{fullData.name}}, %{{x}}: %{{y:.1f}}{unit}<extra></extra>",
            )
        )
    figure.update_layout(showlegend=True, legend=_LEGEND)
    figure.update_xaxes(type="category")
    return figure.update_yaxes(**amounts("percent", language=language))


def stacked_figure(
    groups: list[str], levels: Mapping[str, list[float]], *, language: Language
) -> go.Figure:
    """Parts of a whole in per cent: a bar for each group, a colour for each level."""
    figure, unit = empty_figure(language), _per_cent(language)
    for (name, values), colour in zip(levels.items(), _LEVEL_COLOURS, strict=False):
        figure.add_trace(
            go.Bar(
                x=values,
                y=["<br>".join(textwrap.wrap(group, _NAME_WIDTH)) for group in groups],
                name=name,
                orientation="h",
                marker={"color": colour},
                hovertemplate=f"%{{y}}, %{{fullData.name}}: %{{x:.1f}}{unit}<extra></extra>",
            )
        )
    figure.update_layout(barmode="stack", showlegend=len(levels) > 1, legend=_LEGEND)
    figure.update_xaxes(**amounts("percent", language=language, nticks=6))
    return figure.update_yaxes(autorange="reversed", showgrid=False)


def matrix_figure(
    names: list[str],
    values: list[list[float | None]],
    texts: list[list[str]],
    *,
    language: Language,
) -> go.Figure:
    """Groups against groups, darker for those who live further apart."""
    figure = empty_figure(language)
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
    figure.update_xaxes(side="top")
    return figure.update_yaxes(autorange="reversed", showgrid=False)


def _per_cent(language: Language) -> str:
    return wording.unit_suffix("percent", language=language)


def _scaled(values: pd.Series, index: Index) -> list[float | None]:
    return plain(values, scale=100 if index.unit == "percent" else 1)


def _add_band(figure: go.Figure, part: pd.DataFrame, *, colour: str, index: Index) -> None:
    known = part.dropna(subset=["low", "high"])
    years = known["year"].tolist()
    if not years:
        return
    figure.add_trace(
        go.Scatter(
            x=years + years[::-1],
            y=_scaled(known["high"], index) + _scaled(known["low"], index)[::-1],
            fill="toself",
            fillcolor=colour,
            opacity=0.16,
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
        )
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
