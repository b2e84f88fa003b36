"""Small figures of pages: strips, lines, stacked dots and shares of a whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from barometer.ui.markup import aria, element

Points = Sequence[tuple[int, float]]

_LINE: Final = (300, 60)
_DOTS: Final = (900, 64)
_RADIUS: Final = 2.7
# Readable on light and dark ground alike: a picture cannot follow the site's colour scheme.
_COLOURS: Final = {"riket": "#80858e", "lan": "#4d8f76", "area": "#c2571a"}
_EVENT: Final = "#8a6a00"
_DOT: Final = "#6180ab"


def strip(
    *,
    value: float,
    spread: Mapping[str, float],
    marks: Mapping[str, float],
    low: float,
    high: float,
    label: str,
) -> Component:
    """A value between `low` and `high`, over the spread of its like and beside län and riket.

    `spread` has p10, lower_quartile, median, upper_quartile and p90, or nothing; `marks` may have
    lan and riket.
    """

    def at(amount: float) -> float:
        share = 50.0 if high <= low else 100 * (amount - low) / (high - low)
        return min(max(share, 0), 100)

    parts = []
    if spread and spread["median"] == spread["median"]:
        for name, first, last in (
            ("most", "p10", "p90"),
            ("half", "lower_quartile", "upper_quartile"),
        ):
            left = at(spread[first])
            where = {"left": f"{left:.1f}%", "width": f"{at(spread[last]) - left:.1f}%"}
            parts.append(element(html.I, className=f"strip__{name}", style=where))
        parts.append(_mark("median", at(spread["median"])))
    parts += [_mark(name, at(amount)) for name, amount in marks.items() if amount == amount]
    parts.append(_mark("area", at(value)))
    return element(html.Div, parts, className="strip", role="img", **aria(label=label))


def _mark(name: str, at: float) -> Component:
    return element(html.I, className=f"strip__{name}", style={"left": f"{at:.1f}%"})


def lines(
    drawn: Mapping[str, Points],
    *,
    years: tuple[int, int],
    breaks: Sequence[float],
    events: Sequence[float] = (),
    label: str,
) -> Component:
    """Lines over the years by role; a missing year and a break leave a gap, an event a mark."""
    width, height = _LINE
    known = [amount for points in drawn.values() for _, amount in points]
    low, high = min(known), max(known)
    pad = 0.08 * (high - low) or max(abs(high), 1.0)

    def x(year: float) -> float:
        return 6 + (width - 12) * (year - years[0]) / max(years[1] - years[0], 1)

    def y(amount: float) -> float:
        return height - 4 - (height - 8) * (amount - low + pad) / (high - low + 2 * pad)

    shapes = [
        f"<path d='M{x(at):.1f} 0V{height}' stroke='#80858e' stroke-dasharray='3 2'/>"
        for at in breaks
    ]
    shapes += [f"<path d='M{x(at):.1f} 0V{height}' stroke='{_EVENT}'/>" for at in events]
    for role in _COLOURS:
        points = drawn.get(role, ())
        for run in _runs(points, breaks):
            steps = " ".join(f"{x(year):.1f},{y(amount):.1f}" for year, amount in run)
            shapes.append(
                f"<polyline points='{steps}' fill='none' stroke='{_COLOURS[role]}'"
                f" stroke-width='2'/>"
            )
        shapes += [
            f"<path d='M{x(year):.1f} {y(amount):.1f}h0' stroke='{_COLOURS[role]}'"
            f" stroke-width='7' stroke-linecap='round'/>"  # round however wide the image is
            for year, amount in list(points)[-1:]
        ]
    thin = [shape.replace("/>", " vector-effect='non-scaling-stroke'/>") for shape in shapes]
    return _image(thin, _LINE, label=label, name="spark", fit="none")


def _runs(points: Points, breaks: Sequence[float]) -> list[list[tuple[int, float]]]:
    """The parts of a line that neither a missing year nor a break interrupts."""
    runs: list[list[tuple[int, float]]] = []
    for year, amount in points:
        before = runs[-1][-1][0] if runs else None
        joined = before == year - 1 and not any(before < at < year for at in breaks)
        if joined:
            runs[-1].append((year, amount))
        else:
            runs.append([(year, amount)])
    return runs


def dots(
    values: Sequence[float], *, low: float, high: float, place: float | None, label: str
) -> Component:
    """A dot an area, stacked from the axis; the place itself stands out."""
    width, height = _DOTS
    step = 2 * _RADIUS + 0.4

    def column(amount: float) -> int:
        return round((width - 2 * step) * (amount - low) / max(high - low, 1e-9) / step)

    counts = Counter(map(column, values))
    lift = min(step, (height - 6) / max(counts.values(), default=1))
    shapes = [
        f"M{step + n * step:.1f} {height - 4 - level * lift:.1f}h0"
        for n, amount in counts.items()
        for level in range(amount)
    ]
    # Lines without length have round ends: a third of as many circles, and looks the same.
    stroke = f"stroke='{_DOT}' stroke-width='{2 * _RADIUS}' stroke-linecap='round'"
    shapes = [f"<path d='{''.join(shapes)}' {stroke}/>"]
    if place is not None:
        x = step + column(place) * step
        shapes.append(f"<circle cx='{x:.1f}' cy='{height - 6}' r='5' fill='{_COLOURS['area']}'/>")
    return _image(shapes, _DOTS, label=label, name="dots__image", fit="xMinYMax")


def _image(
    shapes: Sequence[str], size: tuple[int, int], *, label: str, name: str, fit: str
) -> Component:
    """An image as wide as there is room; `fit` is SVG's preserveAspectRatio."""
    width, height = size
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'"
        f" preserveAspectRatio='{fit}'>{''.join(shapes)}</svg>"
    )
    source = "data:image/svg+xml;utf8," + quote(svg, safe=" =':/.,-<>")
    return html.Img(src=source, alt=label, className=name, width=str(width), height=str(height))


def stack(shares: Sequence[float], texts: Sequence[str], *, label: str) -> Component:
    """The five area types as parts of one bar, then what has no type; a number inside has room."""
    parts = [
        html.Span(
            text if share >= 4 else "",
            className=f"stack__part type--{kind}",
            style={"flexGrow": f"{share:.2f}"},
        )
        for kind, (share, text) in enumerate(zip(shares, texts, strict=True), start=1)
        if share > 0
    ]
    return html.Div(parts, className="stack", role="img", **aria(label=label))
