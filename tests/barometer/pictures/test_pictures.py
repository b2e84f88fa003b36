"""Pictures of every form of chart, read back as pixels and as SVG."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import matplotlib.image
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from barometer.pictures import (
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
    drawing,
    indexed,
    picture,
    tokens,
)
from barometer.pictures.axes import nice_ticks, spread_out
from barometer.pictures.canvas import text_width, wrapped
from barometer.pictures.draw_lines import _stretches

NAN = float("nan")
BLUE, ORANGE = "#10325f", "#b4460f"
SPREAD = SpreadMark(median=23, half=(17, 30), most=(11, 38))
CARD = Card(
    heading="Från 12 till 96 procent har utländsk bakgrund i Malmös områden",
    subtitle="Andel av befolkningen, 2022",
    source="Barometerns beräkning på SCB:s tabell TAB6571. Bilden skapad 29 november 2026.",
)
LINES = LineChart(
    lines=(
        Line(
            name="Göteborg",
            label="Göteborg 36,6",
            points=tuple(Point(year, 30 + year % 7) for year in range(2015, 2025)),
            colour=ORANGE,
        ),
    ),
    breaks=(BreakMark(2024, "Nya gränser"),),
)
MAP = MapChart(
    areas=(
        MapArea(box(0, 0, 100, 100), BLUE),
        MapArea(box(100, 0, 200, 100), None),
        MapArea(box(0, 100, 100, 200), "#c9dbf2", "uncertain"),
    ),
    bounds=(0, 0, 200, 200),
    key=(KeyRow("under 25 %", "#c9dbf2", "34"), KeyRow("Gräns saknas", None)),
    neighbours=(box(200, 0, 400, 200),),
    names=(MapName(50, 50, "Hyllie"), MapName(52, 51, "Holma")),
)
CHARTS: dict[str, Chart] = {
    "lines": LINES,
    "one year": LineChart((Line("A", "A 3", (Point(2022, 3.0),), BLUE),)),
    "strips": Strips(
        (
            Strip("Hyresrätt", 67.1, "67,1 %", SPREAD, (PointMark(40, BLUE, "diamond", "länet"),)),
            Strip("Saknas", None, "–", reason="Finns inte i utdraget"),
        ),
        place="Göteborg",
        median_label="kommunernas median",
    ),
    "dots": DotStack(
        [1.0, 2.0, NAN, 2.0, 50.0], 2.0, "median 2", (PointMark(50, BLUE, "round", "x"),)
    ),
    "stacks": Stacks((Stack("Riket", (60, 40), ("60", "40")),), ("a", "b"), (BLUE, ORANGE)),
    "scale": ScaleChart(
        (ScaleRow("Malmö", 35.2, "35,2", ORANGE),),
        SPREAD,
        [10.0, NAN],
        1.0,
        "slumpen",
        "median",
        "jämnt",
        "åtskilt",
    ),
    "dumbbells": Dumbbells((Dumbbell("Malmö", 49, 58, "49", "58", ORANGE),)),
    "map": MAP,
    "plot": Plot(
        (
            Band(((0, 1), (1, 3), (1, 2)), BLUE),
            Stroke(((0, 1), (0.5, NAN), (1, 2)), BLUE, text="Malmö 2 %"),
            Dots(((0.5, 1.5),), ORANGE, "diamond", text="Lund"),
            Rectangle((0, 0, 0.4, 1), ORANGE, text="1", inside=True),
            Rectangle((0.6, 0, 0.8, 1), ORANGE, text="1 %"),
        ),
        across=PlotAxis(0, 1, ((0, "Födda i Sverige"), (1, "2022")), "År"),
        up=PlotAxis(0, 3, ((0, "0"), (3, "3 %")), "Andel", rules=True),
        rules=(VerticalLine(0.7, "Nya gränser"),),
        key=(("En", BLUE), ("Två", ORANGE)),
    ),
    "table": TableChart(("Område", "Andel"), (("Hyllie", "12 %"), ("Holma", "–")), "{n} av 2"),
    "panels": Panels((("Malmö", MAP), ("Lund", MAP)), beside=True),
}


def pixels(png: bytes) -> np.ndarray:
    """Height x width x 3, 0-255."""
    return np.round(matplotlib.image.imread(BytesIO(png))[..., :3] * 255).astype(int)


def count(image: np.ndarray, colour: str) -> int:
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return int((np.abs(image - wanted).max(axis=-1) <= 2).sum())


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_a_picture_of_the_size_asked_for_in_both_formats(name):
    png = picture(CARD, CHARTS[name], size=(800, 450))
    assert pixels(png).shape == (450, 800, 3)
    assert len(png) < 450_000
    svg = ElementTree.fromstring(picture(CARD, CHARTS[name], format="svg", size=(800, 450)))
    assert svg.get("viewBox") == "0 0 576 324"  # points: 800 x 450 pixels at 100 a inch


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_same_chart_gives_the_same_bytes(form):
    one, two = (drawing(MAP, size=(300, 200), format=form) for _ in range(2))
    assert one == two


def test_a_missing_area_is_hatched_and_a_known_one_has_its_class():
    image = pixels(drawing(MAP, size=(600, 400)))
    assert count(image, BLUE) > 20_000
    assert count(image, "#f3f3f1") > 5_000  # the hatch's ground
    assert count(image, "#c9dbf2") > 5_000  # uncertain keeps its colour under white lines
    without = MapChart(
        areas=(MAP.areas[0], MapArea(MAP.areas[1].outline, "#c9dbf2")),
        bounds=MAP.bounds,
        key=(),
    )
    assert count(pixels(drawing(without, size=(600, 400))), "#f3f3f1") == 0


def test_a_map_of_a_dark_page_has_the_dark_colours_and_none_of_the_light():
    own = {BLUE: "#e1edfa", "#c9dbf2": "#2b4461"}
    light = pixels(drawing(MAP, size=(600, 400)))
    dark = pixels(drawing(MAP, size=(600, 400), exchange={**tokens.DARK_MAP, **own}))
    for was, now in {**own, tokens.SEA: "#0e1319", tokens.HATCH_GROUND: "#171c22"}.items():
        assert count(light, was) > 1_000
        assert count(dark, now) > 0.9 * count(light, was)
        assert count(dark, was) == 0


def test_a_picture_of_few_colours_is_smaller_and_has_those_of_its_surfaces():
    drawn = drawing(MAP, size=(600, 400), scale=2)
    few = indexed(drawn)
    assert len(few) < len(drawn) / 2
    for colour in (BLUE, "#c9dbf2", tokens.SEA):
        assert count(pixels(few), colour) > 0.99 * count(pixels(drawn), colour)


def test_the_sea_lies_over_areas_and_borders_off_the_coast():
    at_sea = replace(MAP, sea=(box(0, 0, 100, 100),), lines=(box(0, 0, 100, 100),))
    assert count(pixels(drawing(at_sea, size=(600, 400))), BLUE) == 0


def test_a_long_table_leaves_rows_out_and_a_pale_line_has_a_name_in_ink():
    rows = tuple((f"Område {n}", f"{n} %") for n in range(40))
    short, long = (
        TableChart(("Område", "Andel"), r, "De första {n} av 40") for r in (rows[:9], rows)
    )
    assert count(pixels(drawing(long, size=(800, 450))), "#e6e5e0") > count(
        pixels(drawing(short, size=(800, 450))), "#e6e5e0"
    )
    scale = PlotAxis(0, 1)
    pale = Plot((Dots(((0.1, 0.5),), "#c3e7d9", text="Mycket goda"),), scale, scale)
    assert count(pixels(drawing(pale, size=(800, 450))), "#171b21") > 50


def test_a_source_is_never_cut():
    line = " ".join(f"TAB{n} (uppdaterad 24 mars 2025)," for n in range(24))
    one, two = (Card(CARD.heading, CARD.subtitle, source) for source in (line, f"{line} Sist."))
    assert picture(one, LINES) != picture(two, LINES)


def test_a_line_is_interrupted_at_a_break_and_at_a_gap():
    points = (Point(2020, 1), Point(2021, NAN), Point(2022, 2), Point(2023, 3), Point(2024, 4))
    runs = list(_stretches(points, (BreakMark(2024, "Nya gränser"),)))
    assert [[point.year for point in run] for run in runs] == [[2020, 2022, 2023], [2024]]


def test_names_that_collide_give_way_to_the_first():
    one = MapChart(MAP.areas, MAP.bounds, (), names=MAP.names[:1])
    two = MapChart(MAP.areas, MAP.bounds, (), names=MAP.names)
    assert drawing(one, size=(600, 400)) == drawing(two, size=(600, 400))


def test_ticks_are_written_in_the_language():
    small = LineChart((Line("A", "A", (Point(2020, 0.4), Point(2021, 0.9)), BLUE),))
    swedish, english = (
        drawing(small, size=(400, 300), language=language) for language in ("sv", "en")
    )
    assert swedish != english


def test_a_badge_marks_made_up_figures():
    made_up = Card(CARD.heading, CARD.subtitle, CARD.source, badge="Exempeldata")
    assert count(pixels(picture(made_up, LINES, size=(800, 450))), "#fff3d6") > 1_000


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_labels_are_spread_out_in_their_order(wanted):
    places = spread_out(wanted, gap=20, low=0, high=400)
    ordered = [places[i] for i in np.argsort(wanted, kind="stable")]
    assert all(after - before >= 20 - 1e-9 for before, after in pairwise(ordered))
    assert min(places) >= 0


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e5))
def test_ticks_are_few_and_within_the_axis(low, span):
    ticks = nice_ticks(low, low + span)
    assert 1 <= len(ticks) <= 5
    assert all(low - 1e-6 * span <= tick <= low + span * (1 + 1e-6) for tick in ticks)


def test_lines_of_text_fit_their_width():
    lines = wrapped(CARD.heading * 3, 400, 38, 700)
    assert " ".join(lines) == CARD.heading * 3
    assert all(text_width(line, 38, 700) <= 400 for line in lines if " " in line)


@pytest.mark.parametrize("module", ["barometer.pictures", "barometer.ui.factory"])
def test_matplotlib_is_loaded_with_the_first_picture_only(module: str):
    code = f"import {module}, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
