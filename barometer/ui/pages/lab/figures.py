"""One function per figure of the lab: frame and words in, figure out."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from barometer import wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import Language
from barometer.pictures.axes import spread_out
from barometer.ui import theme
from barometer.ui.breaks import mark_breaks, stretches
from barometer.ui.figures import amounts, empty_figure, plain

# Told apart with any colour vision together with dashes and marks; 3:1 on light and dark ground.
COLOURS: Final = (
    *("#4a7fc1", "#c8641e", "#1f8f95", "#9467c7"),
    *("#a0801c", "#c2559a", "#7b828e", "#a06a4c"),
)
DASHES: Final = ("solid", "dash", "dot")
MARKS: Final = ("circle", "diamond", "square", "triangle-up")
STRONG: Final = "#c8641e"

MOST_NAMED: Final = 8  # lines, as many as there are colours
_NAME_SIZE: Final = 14
_LETTER: Final = 0.53  # of its size is how wide a letter is
_LONGEST_NAME: Final = 150  # pixels
_STROKE: Final = 24  # from a line's end to its name, in pixels
_PLOT_HEIGHT: Final = 290  # of a chart of lines between its margins, in pixels

Style = tuple[str, str, str]
"""Colour, dash and mark."""


def style(n: int) -> Style:
    """How the n-th series is drawn."""
    dash = DASHES[n // len(COLOURS) % len(DASHES)]
    return COLOURS[n % len(COLOURS)], dash, MARKS[n % len(MARKS)]


def can_name(names: Sequence[str]) -> bool:
    """Whether there is room for the lines' names at their ends, also on a phone."""
    return len(names) <= MOST_NAMED and _widest(names) <= _LONGEST_NAME


def _widest(names: Sequence[str]) -> float:
    """About the width of the longest name, in pixels."""
    return max((_LETTER * _NAME_SIZE * len(name) for name in names), default=0.0)


def lines_figure(
    lines: pd.DataFrame,
    *,
    styles: Mapping[tuple[str, str], Style],
    indicator: Indicator,
    breaks: Sequence[Break] = (),
    named: bool = True,
    language: Language,
) -> go.Figure:
    """A line an area and background, its name at its end; none crosses a severing break.

    Columns: area_id, background, series (place without division), label, name,
    division, year, value.
    """
    figure = empty_figure(language)
    parted = lines.assign(stretch=stretches(lines["year"], breaks=breaks))
    for _, own in parted.groupby(["area_id", "background", "stretch"], sort=False):
        colour, dash, mark = styles[own["series"].iloc[0], own["background"].iloc[0]]
        values = plain(own["value"])
        figure.add_trace(
            go.Scatter(
                x=own["year"].tolist(),
                y=values,
                name=str(own["name"].iloc[0]),
                mode="lines+markers",
                connectgaps=False,
                line={"color": colour, "dash": dash, "width": 2.25},
                marker={"size": 6, "symbol": mark},
                customdata=_formatted(values, indicator, language),
                hovertemplate="%{fullData.name}, %{x}: %{customdata}<extra></extra>",
            )
        )
    mark_breaks(figure, lines["year"], breaks=breaks)
    figure.update_xaxes(**theme.year_axis(lines["year"]))
    figure.update_yaxes(**amounts(indicator.unit, language=language))
    if named:
        _add_names(figure, lines, styles=styles)
    return figure.update_layout(hovermode="closest")


def _add_names(
    figure: go.Figure, lines: pd.DataFrame, *, styles: Mapping[tuple[str, str], Style]
) -> None:
    """The lines' names to the right of their ends, kept apart, each with a stroke to its line."""
    known = lines.dropna(subset=["value"]).sort_values("year", kind="stable")
    ends = known.groupby(["series", "background"], sort=False).tail(1)
    if ends.empty:
        return
    low, high = min(0.0, *known["value"]), max(0.0, *known["value"])
    high += 0.06 * (high - low or 1)
    pixels = [(value - low) / (high - low) * _PLOT_HEIGHT for value in ends["value"]]
    places = spread_out(pixels, gap=_NAME_SIZE + 4, low=0, high=_PLOT_HEIGHT)
    for row, at, place in zip(ends.to_dict("records"), pixels, places, strict=True):
        colour = styles[str(row["series"]), str(row["background"])][0]
        figure.add_annotation(
            x=int(lines["year"].max()),
            y=float(row["value"]),
            text=str(row["name"]),
            font={"size": _NAME_SIZE, "color": colour},
            ax=_STROKE,
            ay=at - place,
            xanchor="left",
            arrowhead=0,
            arrowwidth=1.5,
            arrowcolor=colour,
            standoff=4,
        )
    figure.update_yaxes(range=[low, high])
    right = _STROKE + _widest(ends["name"].tolist()) + 8
    figure.update_layout(margin={"l": 8, "r": right, "t": 8, "b": 8})


def bars_figure(
    bars: pd.DataFrame,
    *,
    styles: Mapping[str, Style],
    indicator: Indicator,
    language: Language,
) -> go.Figure:
    """A bar an area and background, areas in the frame's order from the top.

    Columns: area_id, label, background, value; without missing values.
    """
    figure = empty_figure(language)
    names = list(dict.fromkeys(bars["label"]))
    for background, own in bars.groupby("background", sort=False):
        values = [float(v) for v in own["value"]]
        told = _formatted(values, indicator, language)
        figure.add_trace(
            go.Bar(
                x=values,
                y=own["label"].tolist(),
                orientation="h",
                name=str(background),
                marker={"color": styles[str(background)][0]},
                text=told,
                textposition="outside",
                cliponaxis=False,
                hovertemplate="%{y}: %{text}<extra></extra>",
            )
        )
    low, high = min(0.0, *bars["value"]), max(0.0, *bars["value"])
    room = 0.18 * (high - low or 1)
    figure.update_xaxes(
        showticklabels=False, range=[low - room * (low < 0), high + room], zeroline=True
    )
    figure.update_yaxes(
        autorange="reversed", showgrid=False, categoryorder="array", categoryarray=names
    )
    return figure.update_layout(barmode="group", bargap=0.25)


def dots_figure(dots: pd.DataFrame, *, indicator: Indicator, language: Language) -> go.Figure:
    """A strip of dots a year with its median. Columns: label, year, background_name, value."""
    figure = empty_figure(language)
    known = dots.dropna(subset=["value"])
    strips = list(dict.fromkeys(known["strip"]))
    for place, strip in enumerate(strips):
        own = known[known["strip"] == strip]
        values = [float(v) for v in own["value"]]
        figure.add_trace(_strip(own, values, place, indicator=indicator, language=language))
        middle = float(own["value"].median())
        figure.add_shape(
            type="line",
            x0=middle,
            x1=middle,
            y0=place - 0.4,
            y1=place + 0.4,
            line={"color": STRONG, "width": 3},
        )
    figure.update_yaxes(
        tickvals=list(range(len(strips))),
        ticktext=strips,
        range=[len(strips) - 0.4, -0.6],
        showgrid=False,
    )
    return figure.update_xaxes(
        ticksuffix=wording.unit_suffix(indicator.unit, language=language), nticks=6
    )


def scatter_figure(
    points: pd.DataFrame, *, x: Indicator, y: Indicator, language: Language
) -> go.Figure:
    """A dot an area by two indicators. Columns: label, x, y."""
    figure = empty_figure(language)
    known = points.dropna(subset=["x", "y"])
    many = len(known) > 400
    told = [
        f"{name}: {wording.value(a, indicator=x, language=language)};"
        f" {wording.value(b, indicator=y, language=language)}"
        for name, a, b in zip(known["label"], known["x"], known["y"], strict=True)
    ]
    figure.add_trace(
        go.Scatter(
            x=known["x"].tolist(),
            y=known["y"].tolist(),
            mode="markers",
            marker={
                "size": 4 if many else 8,
                "color": COLOURS[0],
                "opacity": 0.6 if many else 0.85,
            },
            customdata=told,
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    figure.update_xaxes(
        title=x.name[language], ticksuffix=wording.unit_suffix(x.unit, language=language), nticks=6
    )
    return figure.update_yaxes(
        title=y.name[language], ticksuffix=wording.unit_suffix(y.unit, language=language), nticks=6
    )


def _strip(
    rows: pd.DataFrame,
    values: list[float],
    place: int,
    *,
    indicator: Indicator,
    language: Language,
) -> go.Scatter:
    """The dots of a strip, each a little beside the middle so that they show."""
    told = _formatted(values, indicator, language)
    many = len(values) > 150
    return go.Scatter(
        x=values,
        y=[place + 0.32 * math.sin(12.9898 * (n + 1)) for n in range(len(values))],
        mode="markers",
        marker={"size": 5 if many else 8, "color": COLOURS[0], "opacity": 0.6 if many else 0.8},
        customdata=[f"{name}: {text}" for name, text in zip(rows["label"], told, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _formatted(
    values: list[float | None] | list[float], indicator: Indicator, language: Language
) -> list[str]:
    return [wording.value(v, indicator=indicator, language=language) for v in values]
