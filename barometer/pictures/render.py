"""Draws a chart on a card, or bare, as PNG or SVG."""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final, Literal

from barometer.divisions import Language
from barometer.pictures.charts import Card, Chart

Format = Literal["png", "svg"]
WIDTH: Final = 1600
HEIGHT: Final = 900


def picture(
    card: Card, chart: Chart, *, format: Format = "png", size: tuple[int, int] = (WIDTH, HEIGHT)
) -> bytes:
    """The chart on its card; PNG is `size` pixels, SVG has the same measures."""
    from barometer.pictures.cards import draw_card  # matplotlib is loaded here

    canvas = draw_card(card, chart, size)
    return canvas.png() if format == "png" else canvas.svg()


def drawing(
    chart: Chart,
    *,
    size: tuple[int, int],
    format: Format = "png",
    scale: int = 1,
    language: Language = "sv",
    exchange: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The chart alone, for a document that has heading and source of its own.

    A PNG has `scale` pixels for each of `size`, for screens that show two for one. `exchange` has,
    by colour, another to draw in its place.
    """
    from barometer.pictures.cards import draw_bare

    canvas = draw_bare(chart, size, language=language, exchange=exchange)
    return canvas.png(scale=scale) if format == "png" else canvas.svg()


def indexed(png: bytes) -> bytes:
    """The picture with at most 256 colours, those of its surfaces as they are: a third as large."""
    from PIL import Image

    out = BytesIO()
    few = Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
