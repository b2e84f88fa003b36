"""A canvas in pixels from the upper left corner, drawn by matplotlib."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from threading import Lock
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import shapely
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextToPath
from shapely.geometry.base import BaseGeometry

from barometer.pictures import tokens
from barometer.pictures.charts import Hatch, Shape

Align = Literal["left", "center", "right"]
_DPI: Final = 100
_POINTS: Final = 72 / _DPI  # of a pixel
_FACES: Final = {400: "Regular", 600: "Semibold", 700: "Bold"}
_CORNERS: Final[dict[Shape, tuple[tuple[float, float], ...]]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
}
_DRAWING: Final = Lock()  # matplotlib's fonts are shared between threads


@cache
def _face(weight: int) -> FontProperties:
    """The site's typeface in one weight: 400, 600 or 700."""
    name = f"SourceSansPro-{_FACES[weight]}.ttf"
    return FontProperties(fname=str(files("font_source_sans_pro") / "files" / name))


@cache
def _measure() -> TextToPath:
    return TextToPath()


@cache
def text_width(text: str, size: float, weight: int = tokens.REGULAR) -> float:
    """Width in pixels of a line of text; `size` is in pixels."""
    font = _face(weight).copy()
    font.set_size(size)
    width, _, _ = _measure().get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def wrapped(text: str, width: float, size: float, weight: int = tokens.REGULAR) -> list[str]:
    """The text in lines of at most `width` pixels; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Canvas:
    """Draws in pixels; y grows downwards. Ask `png` or `svg` for the picture.

    `exchange` has, by colour, another to draw in its place.
    """

    def __init__(
        self,
        width: float,
        height: float,
        *,
        language: str = "sv",
        exchange: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.width, self.height, self.language = width, height, language
        self._exchange = exchange
        self._figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()
        self._order = 0
        self.rectangle(0, 0, width, height, fill=tokens.SURFACE)

    def _ink(self, colour: str) -> str:
        return self._exchange.get(colour, colour)

    def _next(self) -> int:
        self._order += 1
        return self._order

    def _add(self, patch: Any) -> None:
        patch.set_zorder(self._next())
        self._axes.add_artist(patch)  # add_patch would measure every ring, for limits that are set

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 18,
        weight: int = tokens.REGULAR,
        colour: str = tokens.INK,
        align: Align = "left",
        halo: float = 0,
        halo_colour: str = tokens.SURFACE,
    ) -> None:
        """Write one line with its baseline at `y`; a `halo` in pixels separates it from a map."""
        font = _face(weight).copy()
        font.set_size(size * _POINTS)
        around = withStroke(linewidth=2 * halo * _POINTS, foreground=self._ink(halo_colour))
        self._axes.text(
            x,
            y,
            text,
            fontproperties=font,
            color=self._ink(colour),
            ha=align,
            va="baseline",
            parse_math=False,
            path_effects=[around] if halo else [],
            zorder=self._next(),
        )

    def paragraph(
        self, x: float, y: float, lines: Iterable[str], *, leading: float, **style: Any
    ) -> float:
        """Write lines from baseline `y` downwards; answers the baseline after the last one."""
        for line in lines:
            self.text(x, y, line, **style)
            y += leading
        return y

    def line(
        self,
        points: Sequence[tuple[float, float]],
        *,
        colour: str = tokens.INK,
        width: float = 1.0,
        dashed: bool = False,
    ) -> None:
        """A line through points."""
        xs, ys = zip(*points, strict=True)
        style: Any = (0, (4, 3)) if dashed else "solid"
        self._axes.plot(
            xs,
            ys,
            color=self._ink(colour),
            linewidth=width * _POINTS,
            linestyle=style,
            solid_capstyle="round",
            solid_joinstyle="round",
            zorder=self._next(),
        )

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str,
        edge: str = "none",
        radius: float = 0,
        edge_width: float = 1.0,
    ) -> None:
        """A rectangle, with round corners where `radius` is given."""
        style: dict[str, Any] = {
            "facecolor": self._ink(fill),
            "edgecolor": self._ink(edge),
            "linewidth": edge_width * _POINTS if edge != "none" else 0,
        }
        if radius:
            box = f"round,pad=0,rounding_size={radius}"
            self._add(FancyBboxPatch((x, y), width, height, boxstyle=box, **style))
        else:
            self._add(Rectangle((x, y), width, height, **style))

    def area(self, points: Sequence[tuple[float, float]], *, fill: str, alpha: float = 1) -> None:
        """A filled polygon."""
        colour = self._ink(fill)
        self._add(Polygon(points, closed=True, facecolor=colour, alpha=alpha, linewidth=0))

    def mark(
        self,
        x: float,
        y: float,
        *,
        shape: Shape,
        size: float,
        fill: str,
        edge: str = tokens.SURFACE,
        edge_width: float = 2,
        alpha: float = 1,
    ) -> None:
        """A mark of `size` pixels across; its form follows its colour, so that neither is alone."""
        style: dict[str, Any] = {
            "facecolor": self._ink(fill),
            "edgecolor": self._ink(edge),
            "linewidth": edge_width * _POINTS,
            "alpha": alpha,
        }
        half = size / 2
        if shape == "round":
            self._add(Circle((x, y), half, **style))
            return
        corners = _CORNERS[shape]
        points = [(x + half * dx, y + half * dy) for dx, dy in corners]
        self._add(Polygon(points, closed=True, **style))

    def shape(
        self,
        outline: BaseGeometry,
        *,
        fill: str = "none",
        edge: str = "none",
        width: float = 0,
        clip: tuple[float, float, float, float] | None = None,
        hatch: Hatch | None = None,
    ) -> None:
        """A geometry in pixels; `clip` is x, y, width, height."""
        path = _path(outline)
        if path is None:
            return
        colours = {"facecolor": self._ink(fill), "edgecolor": self._ink(edge)}
        patch = PathPatch(path, linewidth=width * _POINTS, **colours)
        patch.set_joinstyle("round")
        self._add(patch)
        if clip is not None:
            self._clip(patch, clip)
        if hatch is not None:
            self._hatched(path, hatch, clip)

    def _clip(self, patch: Any, clip: tuple[float, float, float, float]) -> None:
        x, y, width, height = clip
        patch.set_clip_path(Rectangle((x, y), width, height, transform=self._axes.transData))

    def _hatched(
        self, path: Path, hatch: Hatch, clip: tuple[float, float, float, float] | None
    ) -> None:
        """Lines at 45 degrees, 6 pixels apart, within the path."""
        inside = path.get_extents()
        left, top, right, bottom = inside.x0, inside.y0, inside.x1, inside.y1
        if clip is not None:
            left, right = max(left, clip[0]), min(right, clip[0] + clip[2])
            top, bottom = max(top, clip[1]), min(bottom, clip[1] + clip[3])
        if left >= right or top >= bottom:
            return
        step, high = 8.5, bottom - top
        starts = np.arange(np.floor((left + top) / step) * step, right + bottom, step)
        ends = [[(s - top, top), (s - top - high, bottom)] for s in starts]
        lines = shapely.multilinestrings(shapely.linestrings(ends))
        colour = self._ink(tokens.HATCH_LINE if hatch == "missing" else tokens.SURFACE)
        drawn = PathPatch(
            _line_path(lines), facecolor="none", edgecolor=colour, linewidth=1.5 * _POINTS
        )
        self._add(drawn)
        drawn.set_clip_path(path, transform=self._axes.transData)
        if clip is not None:
            box = shapely.box(left, top, right, bottom)
            drawn.set_path(_line_path(shapely.intersection(lines, box)))

    def png(self, *, scale: int = 1) -> bytes:
        """The picture as PNG, with `scale` pixels for each of the canvas."""
        self._figure.set_dpi(_DPI * scale)
        return self._print(FigureCanvasAgg(self._figure).print_png, {"Software": None})

    def svg(self) -> bytes:
        """The picture as SVG; text is drawn as outlines, so that no font is needed to show it."""
        return self._print(FigureCanvasSVG(self._figure).print_svg, {"Date": None, "Creator": None})

    def _print(self, write: Any, metadata: dict[str, Any]) -> bytes:
        settings: Any = {"svg.hashsalt": "barometer", "svg.fonttype": "path"}
        out = BytesIO()
        with _DRAWING, rc_context(settings):
            write(out, metadata=metadata)
        return out.getvalue()


def _path(outline: BaseGeometry) -> Path | None:
    """Polygons and lines as one path; None when there is nothing to draw."""
    if outline.is_empty:
        return None
    if outline.geom_type in ("LineString", "MultiLineString", "LinearRing"):
        return _line_path(outline)
    rings = [
        Path(np.asarray(ring.coords)[:, :2], closed=True)
        for part in shapely.get_parts(outline)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return Path.make_compound_path(*rings) if rings else None


def _line_path(lines: BaseGeometry) -> Path:
    parts = [
        Path(np.asarray(part.coords)[:, :2])
        for part in shapely.get_parts(lines)
        if part.geom_type in ("LineString", "LinearRing") and len(part.coords) > 1
    ]
    return Path.make_compound_path(*parts) if parts else Path(np.empty((0, 2)))
