"""The small figures of the profile: strips, sparklines and bars that print as sharp as text."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from barometer.ui.attributes import aria

Points = Sequence[tuple[int, float | None]]

WIDTH: Final = 200
HEIGHT: Final = 52
_EDGE: Final = 5
# Readable on light and dark ground alike: a picture cannot follow the site's colour scheme.
_OWN: Final = "#c2571a"
_RIKET: Final = "#7c8088"
_STYLES: Final[Mapping[str, str]] = {
    "riket": (
        f"stroke='{_RIKET}' stroke-width='1.8' stroke-dasharray='1.5 3' stroke-linecap='round'"
    ),
    "counterpart": f"stroke='{_OWN}' stroke-width='2' stroke-dasharray='5 3'",
    "area": f"stroke='{_OWN}' stroke-width='2.6' stroke-linejoin='round'",
}


def strip(
    *, value: float, marks: Mapping[str, float], low: float, high: float, label: str
) -> Component:
    """Where a value stands among its like: one element, drawn by the style sheet.

    `marks` has p10, lower_quartile, median, upper_quartile and p90; `low` and `high` are the ends.
    """

    def at(amount: float) -> float:
        share = 50.0 if high <= low else 100 * (amount - low) / (high - low)
        return min(max(share, 0), 100)

    style = {"--median": f"{at(marks['median']):.1f}%", "--own": f"{at(value):.1f}%"}
    for name, first, last in (("most", "p10", "p90"), ("half", "lower_quartile", "upper_quartile")):
        left, width = at(marks[first]), at(marks[last]) - at(marks[first])
        # A background's place is told in parts of what is left beside it.
        place = 100 * left / (100 - width) if width < 100 else 0
        style |= {f"--{name}-at": f"{place:.1f}%", f"--{name}-wide": f"{width:.1f}%"}
    return html.Div(className="strip", role="img", style=style, **aria(label=label))


def bar(share: float, *, mark: float | None = None, most: float = 100.0) -> Component:
    """A share as a bar; `beside` is marked on it. The number stands in the same row."""
    widths = {"--own": share, "--beside": mark if mark is not None else -most}
    style = {name: f"{min(100 * n / most, 100):.1f}%" for name, n in widths.items()}
    return html.Div(className="bar", style=style, **aria(hidden="true"))


def sparkline(
    lines: Mapping[str, Sequence[Points]],
    *,
    years: tuple[int, int],
    breaks: Sequence[float],
    label: str,
) -> Component:
    """An indicator over the years. `lines` has the pieces of each role's line, by `_STYLES`.

    A piece ends where the division changes; within one, a missing year leaves a gap. `breaks` are
    the places of the upright lines, in years.
    """
    known: list[float] = [
        amount
        for pieces in lines.values()
        for piece in pieces
        for _, amount in piece
        if amount is not None and amount == amount
    ]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    pad = 0.08 * (high - low) or max(abs(high), 1.0)

    def x(year: float) -> float:
        return _EDGE + (WIDTH - 2 * _EDGE) * (year - years[0]) / max(years[1] - years[0], 1)

    def y(amount: float) -> float:
        return HEIGHT - HEIGHT * (amount - low + pad) / (high - low + 2 * pad)

    drawn = [
        f"<path d='M{x(at):.1f} 0V{HEIGHT}' stroke='{_RIKET}' stroke-width='1'"
        " stroke-dasharray='3 2'/>"
        for at in breaks
        if years[0] <= at <= years[1]
    ]
    for role, style in _STYLES.items():
        for run in (r for piece in lines.get(role, ()) for r in _runs(piece)):
            steps = " ".join(f"{x(year):.1f},{y(amount):.1f}" for year, amount in run)
            drawn.append(f"<polyline points='{steps}' fill='none' {style}/>")
            if role == "area":
                year, amount = run[-1]
                drawn.append(
                    f"<circle cx='{x(year):.1f}' cy='{y(amount):.1f}' r='3.6' fill='{_OWN}'/>"
                )
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'>"
        f"{''.join(drawn)}</svg>"
    )
    return html.Img(
        src="data:image/svg+xml;utf8," + quote(svg, safe=" =':/.,-<>"),
        alt=label,
        className="spark",
        width=str(WIDTH),
        height=str(HEIGHT),
    )


def _runs(piece: Points) -> list[list[tuple[int, float]]]:
    """The unbroken parts of a piece."""
    runs: list[list[tuple[int, float]]] = [[]]
    for year, amount in piece:
        if amount is None or amount != amount:
            runs.append([])
        else:
            runs[-1].append((year, amount))
    return [run for run in runs if run]
