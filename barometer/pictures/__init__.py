"""Pictures of figures and maps as PNG and SVG, drawn on the server without a browser.

A chart is a value (`charts`); `picture` draws it on a card with heading, key, source and date,
`drawing` draws it bare, for a document that has its own heading. matplotlib is loaded when the
first picture is asked for.
"""

from barometer.pictures.charts import (
    Band,
    BreakMark,
    Card,
    Chart,
    Dots,
    DotStack,
    Dumbbell,
    Dumbbells,
    KeyRow,
    Line,
    LineChart,
    MapArea,
    MapChart,
    MapName,
    Panels,
    Plot,
    PlotAxis,
    Point,
    PointMark,
    Rectangle,
    ScaleChart,
    ScaleRow,
    SpreadMark,
    Stack,
    Stacks,
    Strip,
    Strips,
    Stroke,
    TableChart,
    VerticalLine,
)
from barometer.pictures.render import Format, drawing, indexed, picture
