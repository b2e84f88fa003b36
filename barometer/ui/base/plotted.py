"""From what stands on a page to a chart for pictures: the same values, so the same finding."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from typing import Any, Final

from dash.development.base_component import Component

from barometer.divisions import Language
from barometer.pictures import (
    Band,
    Chart,
    Dots,
    Panels,
    Plot,
    PlotAxis,
    Rectangle,
    Stroke,
    TableChart,
    VerticalLine,
)
from barometer.pictures.axes import nice_ticks, tick_text
from barometer.ui import words
from barometer.ui.figures import QUIET

Trace = dict[str, Any]
Mark = Stroke | Dots | Rectangle | Band
_SHAPES: Final = {"square": "square", "diamond": "diamond", "triangle-up": "triangle"}
_BAR: Final = 0.8  # of the room between two bars
_NARROW: Final = 0.94  # of a cell
_LARGER: Final = 1.7  # a mark of a picture beside that of the screen
_TAGS: Final = re.compile(r"<[^>]*>")
_MOST_YEARS: Final = 8


def chart_of(drawn: Component | None, table: Component | None, language: Language) -> Chart | None:
    """The chart of what a section draws, or else its table; None where there is neither."""
    figures = [(part, _caption(drawn, part)) for part in _parts(drawn, "Graph")]
    if figures:
        plots = [(caption, plot_of(part.figure, language=language)) for part, caption in figures]
        return plots[0][1] if len(plots) == 1 else Panels(tuple(plots))
    listed = _parts(drawn, "Table") or _parts(table, "Table")
    return table_of(listed[0], language=language) if listed else None


def can_be_drawn(*components: Component | None) -> bool:
    """Whether `chart_of` finds anything."""
    there = (part for part in components if part is not None)
    inside = chain.from_iterable(chain([part], part._traverse()) for part in there)
    return any(type(part).__name__ in ("Graph", "Table") for part in inside)


def _parts(component: Component | None, kind: str) -> list[Any]:
    if component is None:
        return []
    every = [component, *component._traverse()]
    return [part for part in every if type(part).__name__ == kind]


def _caption(drawn: Component | None, graph: Component) -> str:
    """The caption of the smallest figure with the graph in it; empty without one."""
    around = [f for f in _parts(drawn, "Figure") if graph in list(f._traverse())]
    captions = _parts(around[-1], "Figcaption") if around else []
    return text_of(captions[0]) if captions else ""


def text_of(part: Any) -> str:
    """All text in a component, its pieces parted by blanks."""
    if part is None:
        return ""
    if isinstance(part, str | int | float):
        return str(part)
    if isinstance(part, list | tuple):
        return " ".join(filter(None, map(text_of, part)))
    return text_of(getattr(part, "children", None))


def table_of(table: Component, *, language: Language) -> TableChart:
    """A table of the page, its cells as texts; columns without any text are left out."""
    head, *rest = [
        [text_of(cell).strip() for cell in _cells(row)] for row in _parts(table, "Tr")
    ] or [[]]
    kept = [n for n in range(len(head)) if any(n < len(row) and row[n] for row in rest)]
    rows = tuple(tuple(row[n] if n < len(row) else "" for n in kept) for row in rest)
    left_out = words.PICTURE_ROWS[language].format(n="{n}", of=len(rows))
    return TableChart(tuple(head[n] for n in kept), rows, left_out)


def _cells(row: Component) -> list[Any]:
    inside = row.children if isinstance(row.children, list | tuple) else [row.children]
    return [cell for cell in inside if cell is not None]


@dataclass(frozen=True, slots=True)
class _Axis:
    """An axis of a figure: what it says of itself, and the names that stand for whole numbers."""

    layout: Trace
    names: tuple[str, ...]

    def at(self, values: Iterable[Any] | None) -> list[float]:
        """Places on the axis; NaN for what is missing."""
        found = []
        for value in () if values is None else values:
            if value is None:
                found.append(float("nan"))
            else:
                found.append(float(self.names.index(value)) if self.names else float(value))
        return found


def _axis(traces: Sequence[Trace], layout: Trace, letter: str) -> _Axis:
    own = layout.get(f"{letter}axis", {})
    values = [v for trace in traces for v in _listed(trace.get(letter)) if v is not None]
    named = own.get("type") == "category" or any(isinstance(v, str) for v in values)
    order = [*_listed(own.get("categoryarray")), *values] if named else []
    return _Axis(own, tuple(dict.fromkeys(map(str, order))))


def _listed(values: Any) -> list[Any]:
    return [] if values is None else list(values)


def plot_of(figure: Any, *, language: Language) -> Plot:
    """A Plotly figure of the site as marks on two axes.

    Scatter, bars (grouped, stacked, lying) and heatmaps, upright lines, intervals, and names
    beside line ends are understood: all that the site draws.
    """
    plain = figure if isinstance(figure, dict) else figure.to_plotly_json()
    traces, layout = list(plain.get("data", ())), dict(plain.get("layout", {}))
    across, up = (_axis(traces, layout, letter) for letter in "xy")
    marks = _bars(traces, layout, across, up)
    ends, flags = _annotations(layout)
    for trace in traces:
        if trace.get("type") == "heatmap":
            marks += _cells_of(trace)
        elif trace.get("type") != "bar":
            marks += _scatter(trace, across, up, named=not ends)
    marks += [*_short_lines(layout), *ends]
    return Plot(
        tuple(marks),
        across=_scale(across, _extent(marks, 0), language, upright=False),
        up=_scale(up, _extent(marks, 1), language, upright=True),
        rules=_rules(layout, flags),
        key=_key(traces),
        level=bool(up.layout.get("scaleanchor")),
    )


def _scatter(trace: Trace, across: _Axis, up: _Axis, *, named: bool) -> list[Mark]:
    points = list(zip(across.at(trace.get("x")), up.at(trace.get("y")), strict=True))
    if trace.get("fill") == "toself":
        colour, alpha = _colour(trace.get("fillcolor"))
        return [Band(tuple(points), colour, alpha * float(trace.get("opacity", 1)))]
    mode, line, marker = trace.get("mode", "lines"), trace.get("line", {}), trace.get("marker", {})
    colour, _ = _colour(line.get("color") or marker.get("color"))
    marks: list[Mark] = [*_intervals(trace, points)]
    if "lines" in mode:
        run = _stepped(points) if line.get("shape") == "hv" else points
        text = _end_text(trace) if named else ""
        width = 1.4 * float(line.get("width", 2))
        dashed = line.get("dash", "solid") != "solid"
        marks.append(Stroke(tuple(run), colour, width, dashed, text))
    if "markers" in mode:
        marks += _dots(trace, points, colour)
    return marks


def _dots(trace: Trace, points: list[tuple[float, float]], colour: str) -> list[Mark]:
    marker = trace.get("marker", {})
    symbol = marker.get("symbol", "circle")
    shape: Any = _SHAPES.get(symbol, "round") if isinstance(symbol, str) else "round"
    said = _listed(trace.get("customdata"))
    alone = len(points) == 1 and trace.get("mode") == "markers" and isinstance(said[:1], list)
    text = str(said[0]) if alone and said and isinstance(said[0], str) else ""
    size = _LARGER * float(marker.get("size", 6))
    return [Dots(tuple(points), colour, shape, size, float(marker.get("opacity", 1)), text)]


def _intervals(trace: Trace, points: list[tuple[float, float]]) -> list[Mark]:
    error = trace.get("error_y") or {}
    colour, _ = _colour(error.get("color"))
    ends = zip(points, _listed(error.get("array")), _listed(error.get("arrayminus")), strict=False)
    return [
        Stroke(((x, y - (down or 0)), (x, y + (high or 0))), colour, 1.2)
        for (x, y), high, down in ends
        if high or down
    ]


def _stepped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A level line to each next point, then upright to it."""
    found: list[tuple[float, float]] = []
    for x, y in points:
        found += [(x, found[-1][1])] if found else []
        found.append((x, y))
    return found


def _end_text(trace: Trace) -> str:
    """The line's name with its last value as the page writes it."""
    name = trace.get("meta") or trace.get("name")
    if not name:
        return ""
    said = [
        t
        for t, y in zip(_listed(trace.get("customdata")), _listed(trace.get("y")), strict=False)
        if y is not None
    ]
    value = said[-1] if said and isinstance(said[-1], str) else ""
    return f"{name} {value}".rstrip() if "(" not in value else str(name)


def _bars(traces: Sequence[Trace], layout: Trace, across: _Axis, up: _Axis) -> list[Mark]:
    """Bars beside one another, or on one another, from zero."""
    bars = [trace for trace in traces if trace.get("type") == "bar"]
    stacked = layout.get("barmode") == "stack"
    width = _BAR if stacked or not bars else _BAR / len(bars)
    ends: dict[float, float] = {}
    marks: list[Mark] = []
    for n, trace in enumerate(bars):
        lying = trace.get("orientation") == "h"
        places = (up if lying else across).at(trace.get("y" if lying else "x"))
        amounts = (across if lying else up).at(trace.get("x" if lying else "y"))
        first = -_BAR / 2 + (0 if stacked else n * width)
        texts = [*_listed(trace.get("text")), *[""] * len(places)]
        colours = _colours(trace.get("marker", {}).get("color"), len(places))
        for place, amount, text, (colour, alpha) in zip(
            places, amounts, texts, colours, strict=False
        ):
            if not isfinite(amount):
                continue
            start = ends.get(place, 0.0) if stacked else 0.0
            ends[place] = start + amount
            low, high = place + first, place + first + width
            corners = (
                (start, low, start + amount, high) if lying else (low, start, high, start + amount)
            )
            inside = trace.get("textposition") != "outside"
            marks.append(Rectangle(corners, colour, alpha, str(text), inside))
    return marks


def _cells_of(trace: Trace) -> list[Mark]:
    """Squares, the stronger the larger their number."""
    known = [v for row in trace["z"] for v in row if v is not None]
    low, high = min(known, default=0), max(known, default=1)
    half = _NARROW / 2
    return [
        Rectangle(
            (x - half, y - half, x + half, y + half),
            "#31588c",
            0.04 + 0.31 * (0 if value is None else (value - low) / ((high - low) or 1)),
            str(trace["text"][y][x]),
            inside=True,
        )
        for y, row in enumerate(trace["z"])
        for x, value in enumerate(row)
    ]


def _annotations(layout: Trace) -> tuple[list[Mark], list[tuple[float, str]]]:
    """Names at the ends of lines, and short texts above the plot."""
    ends: list[Mark] = []
    flags = []
    for note in layout.get("annotations", ()):
        text = _TAGS.sub("", str(note.get("text", ""))).replace("⚑ ", "")
        if str(note.get("yref", "y")).startswith("y") and "domain" not in str(note.get("yref")):
            colour, _ = _colour(note.get("font", {}).get("color"))
            ends.append(Dots(((float(note["x"]), float(note["y"])),), colour, size=0.1, text=text))
        else:
            flags.append((float(note["x"]), text))
    return ends, flags


def _short_lines(layout: Trace) -> list[Mark]:
    """Lines between two points of the plot, such as a median."""
    return [
        Stroke(((s["x0"], s["y0"]), (s["x1"], s["y1"])), _colour(s["line"]["color"])[0], 4)
        for s in layout.get("shapes", ())
        if s.get("type") == "line" and "domain" not in str(s.get("yref")) + str(s.get("xref"))
    ]


def _rules(layout: Trace, flags: list[tuple[float, str]]) -> tuple[VerticalLine, ...]:
    texts = dict(flags)
    found = {
        float(s["x0"]): s.get("line", {}).get("dash", "solid") != "solid"
        for s in layout.get("shapes", ())
        if s.get("type") == "line" and "domain" in str(s.get("yref"))
    }
    return tuple(
        VerticalLine(at, texts.get(at, ""), dashed)
        for at, dashed in {**dict.fromkeys(texts, True), **found}.items()
    )


def _key(traces: Sequence[Trace]) -> tuple[tuple[str, str], ...]:
    """Bars and clouds of dots of several names; lines have theirs at their ends."""
    named = {
        str(trace.get("meta") or trace["name"]): _colour(trace.get("marker", {}).get("color"))[0]
        for trace in traces
        if trace.get("name") and trace.get("type") == "bar"
    }
    return tuple(named.items()) if len(named) > 1 else ()


def _extent(marks: Sequence[Mark], side: int) -> tuple[float, float]:
    """The lowest and the highest of what is drawn along an axis."""
    values = [
        value
        for mark in marks
        for value in (
            mark.corners[side::2]
            if isinstance(mark, Rectangle)
            else [p[side] for p in mark.points if isfinite(p[0]) and isfinite(p[1])]
        )
    ]
    return min(values, default=0.0), max(values, default=1.0)


def _scale(
    axis: _Axis, extent: tuple[float, float], language: Language, *, upright: bool
) -> PlotAxis:
    layout, (low, high) = axis.layout, extent
    turned = layout.get("autorange") == "reversed"
    title = layout.get("title") or {}
    named = title.get("text") or "" if isinstance(title, dict) else str(title)
    if axis.names:
        ticks = tuple((float(n), _TAGS.sub(" ", name)) for n, name in enumerate(axis.names))
        # A line of words starts at the axis; bars and cells need their half.
        room = 0.5 if upright or low < 0 else 0.1
        return PlotAxis(min(low, -room), max(high, len(ticks) - 1 + room), ticks, named, turned)
    if layout.get("range"):
        low, high = layout["range"]
        low, high, turned = min(low, high), max(low, high), turned or low > high
    elif layout.get("rangemode") in ("tozero", "nonnegative") and layout["rangemode"] == "tozero":
        low, high = min(low, 0.0), max(high, 0.0) * 1.06
    elif layout.get("tickformat") == "d" and low == high:
        low, high = low - 1, high + 1  # a year alone stands in the middle
    elif layout.get("tickformat") != "d":
        room = 0.06 * (high - low) or 1.0
        low, high = (max(low - room, 0.0) if low >= 0 else low - room), high + room
    hidden = layout.get("visible") is False or layout.get("showticklabels") is False
    ticks = () if hidden else _ticks(layout, (low, high), extent, language)
    rules = bool(ticks) and upright and layout.get("showgrid") is not False
    return PlotAxis(low, high, ticks, named, turned, rules)


def _ticks(
    layout: Trace,
    ends: tuple[float, float],
    extent: tuple[float, float],
    language: Language,
) -> tuple[tuple[float, str], ...]:
    if layout.get("tickvals") is not None:
        return tuple(zip(map(float, layout["tickvals"]), map(str, layout["ticktext"]), strict=True))
    if layout.get("tickformat") == "d":
        first, last = int(-(-extent[0] // 1)), int(extent[1] // 1)
        step = max(1, -(-(last - first) // _MOST_YEARS))
        return tuple((float(year), str(year)) for year in range(last, first - 1, -step))[::-1]
    found = nice_ticks(*ends, most=int(layout.get("nticks") or 6))
    unit = layout.get("ticksuffix") or ""
    return tuple(
        (tick, tick_text(tick, language=language) + (unit if n == len(found) - 1 else ""))
        for n, tick in enumerate(found)
    )


def _colours(value: Any, n: int) -> list[tuple[str, float]]:
    if isinstance(value, list | tuple):
        return [_colour(one) for one in value]
    return [_colour(value)] * n


def _colour(value: Any) -> tuple[str, float]:
    """A colour of the site as #rrggbb and its opacity."""
    found = re.match(r"rgba?\(([^)]*)\)", str(value))
    if found:
        red, green, blue, *alpha = (float(part) for part in found[1].split(","))
        return f"#{int(red):02x}{int(green):02x}{int(blue):02x}", alpha[0] if alpha else 1.0
    return (value, 1.0) if isinstance(value, str) else (QUIET, 1.0)
