"""What a picture shows, as values: every form of chart that the barometer draws, and its card.

Numbers are in the unit of the axis (per cent is 0-100). Texts are finished: in the reader's
language, rounded and with their unit. NaN is a gap; it is never drawn as zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

from barometer.divisions import Language

Shape = Literal["round", "square", "diamond", "triangle"]
Hatch = Literal["missing", "uncertain"]


@dataclass(frozen=True, slots=True)
class Point:
    """A year's value."""

    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """A place over the years. `label` is what stands at the line's end, with the last value."""

    name: str
    label: str
    points: tuple[Point, ...]
    colour: str
    shape: Shape = "round"


@dataclass(frozen=True, slots=True)
class BreakMark:
    """A year from which figures must not be compared with the years before."""

    year: int
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Places over the years; lines are interrupted at breaks. `unit` stands at the top tick."""

    lines: tuple[Line, ...]
    breaks: tuple[BreakMark, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SpreadMark:
    """How a measure is spread over areas: the middle half and the middle 80 per cent."""

    median: float
    half: tuple[float, float]
    most: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PointMark:
    """Another place on the same axis, such as län or riket."""

    value: float
    colour: str
    shape: Shape
    label: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A place's value among its like. Without a value, `reason` stands in its place."""

    label: str
    value: float | None
    value_label: str
    spread: SpreadMark | None = None
    marks: tuple[PointMark, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Strips:
    """Strips on one common axis from `low` to `high`."""

    rows: tuple[Strip, ...]
    place: str
    low: float = 0.0
    high: float = 100.0
    unit: str = "%"
    median_label: str = ""
    half_label: str = ""
    most_label: str = ""
    colour: str = "#b4460f"


@dataclass(frozen=True, slots=True)
class DotStack:
    """Every area as a dot, stacked from the axis; some are named."""

    values: Sequence[float]
    median: float
    median_label: str
    named: tuple[PointMark, ...] = ()
    low: float = 0.0
    high: float = 100.0
    unit: str = "%"


@dataclass(frozen=True, slots=True)
class Stack:
    """A whole divided into parts, in the order of the chart's names; parts sum to about 100."""

    label: str
    parts: tuple[float, ...]
    part_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """Wholes under one another, divided alike."""

    rows: tuple[Stack, ...]
    names: tuple[str, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A place on the scale from evenly spread to wholly apart."""

    name: str
    value: float
    value_label: str
    colour: str
    shape: Shape = "round"


@dataclass(frozen=True, slots=True)
class ScaleChart:
    """Places on a scale of 0-100 beside chance and the spread of all kommuner."""

    rows: tuple[ScaleRow, ...]
    spread: SpreadMark | None
    every: Sequence[float]
    chance: float | None
    chance_label: str
    median_label: str
    low_label: str
    high_label: str


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Two values of one place: ring and filled."""

    label: str
    first: float
    second: float
    first_label: str
    second_label: str
    colour: str
    shape: Shape = "round"


@dataclass(frozen=True, slots=True)
class Dumbbells:
    """Pairs of shares on one common axis of 0-100 per cent."""

    rows: tuple[Dumbbell, ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area in SWEREF 99 TM metres. `fill` is None where the value is missing."""

    outline: BaseGeometry
    fill: str | None
    hatch: Hatch | None = None


@dataclass(frozen=True, slots=True)
class MapName:
    """A name on the map at a point in SWEREF 99 TM metres; earlier names win where they collide."""

    x: float
    y: float
    text: str
    strong: bool = False
    dot: bool = False


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A row of the key. `number` stands in the swatch; `detail` to the right.

    With `line` it explains the outlines over the map.
    """

    label: str
    fill: str | None
    detail: str = ""
    hatch: Hatch | None = None
    number: str = ""
    line: bool = False


@dataclass(frozen=True, slots=True)
class MapChart:
    """A map with its key. Geometry is in SWEREF 99 TM (EPSG:3006) metres.

    `bounds` is what must be in view (west, south, east, north). `remainder` is land of the place
    whose areas lack a boundary: hatched. `neighbours` is land without data, `lines` borders of
    kommuner or län, `sea` what hides them off the coast, `over` outlines over all of them, `focus`
    the area that the picture is about. `name_size` and `border`, the line between areas, are in
    pixels.
    """

    areas: tuple[MapArea, ...]
    bounds: tuple[float, float, float, float]
    key: tuple[KeyRow, ...]
    key_label: str = ""
    key_detail_label: str = ""
    remainder: BaseGeometry | None = None
    neighbours: tuple[BaseGeometry, ...] = ()
    lines: tuple[BaseGeometry, ...] = ()
    sea: tuple[BaseGeometry, ...] = ()
    over: tuple[BaseGeometry, ...] = ()
    focus: BaseGeometry | None = None
    names: tuple[MapName, ...] = ()
    name_size: int = 20
    border: float = 0.8


@dataclass(frozen=True, slots=True)
class PlotAxis:
    """An axis: its ends, its ticks with their texts, and what it measures.

    It grows to the right or upwards; `reversed` turns it. `rules` draws a line at every tick.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    title: str = ""
    reversed: bool = False
    rules: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; NaN interrupts it. `text` stands at its end."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 3.5
    dashed: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Marks of `size` pixels; a single one may have its `text` beside it."""

    points: tuple[tuple[float, float], ...]
    colour: str
    shape: Shape = "round"
    size: float = 10
    alpha: float = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A bar, a part of a bar or a cell, between two corners; `inside` says where its text is."""

    corners: tuple[float, float, float, float]
    colour: str
    alpha: float = 1
    text: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """An area between lines, such as intervals over the years."""

    points: tuple[tuple[float, float], ...]
    colour: str
    alpha: float = 0.16


@dataclass(frozen=True, slots=True)
class VerticalLine:
    """An upright line across the plot, such as a break, with a short text at its top."""

    at: float
    text: str = ""
    dashed: bool = True


@dataclass(frozen=True, slots=True)
class Plot:
    """Marks on two axes, drawn in their order; `key` has a name for each colour that needs one.

    `level` plots have as many pixels a unit along both axes.
    """

    marks: tuple[Stroke | Dots | Rectangle | Band, ...]
    across: PlotAxis
    up: PlotAxis
    rules: tuple[VerticalLine, ...] = ()
    key: tuple[tuple[str, str], ...] = ()
    level: bool = False


@dataclass(frozen=True, slots=True)
class TableChart:
    """A table; the first column is the rows' heads. `rest` says what a short picture leaves out."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Panels:
    """Charts beside or under one another, each with its caption; maps share the first one's key."""

    panels: tuple[tuple[str, "Chart"], ...]
    beside: bool = False


Chart = (
    LineChart
    | Strips
    | DotStack
    | Stacks
    | ScaleChart
    | Dumbbells
    | MapChart
    | Plot
    | TableChart
    | Panels
)


@dataclass(frozen=True, slots=True)
class Card:
    """What stands around a chart, so that the picture can travel alone.

    `heading` says the finding, `subtitle` measure, unit, level and year; `source` names tables,
    who computed and the day of the picture; `badge` is set for made-up figures.
    """

    heading: str
    subtitle: str
    source: str
    mark: str = "Segregationsbarometern"
    badge: str = ""
    language: Language = "sv"
