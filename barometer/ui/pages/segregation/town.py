"""Where in the town: maps with the same classes side by side, and the areas that weigh most."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from dash import Dash, html
from dash.development.base_component import Component
from flask import Response

from barometer import queries, wording
from barometer.catalogue import Text
from barometer.classes import sequential_palette
from barometer.divisions import RIKET, Language, division_label
from barometer.own_codes import is_own
from barometer.pictures import Chart, KeyRow, MapArea, MapChart, MapName, Panels, drawing, tokens
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.section import Section
from barometer.ui.context import Context, asked_query
from barometer.ui.downloads import lost
from barometer.ui.markup import aria
from barometer.ui.pages.segregation import words
from barometer.ui.pages.segregation.state import (
    SegregationState,
    areas_frame,
    places_frame,
    resolve,
)

Box = tuple[float, float, float, float]

COLOURS: Final = ("#c9dbf2", "#97b8df", "#6190c7", "#3364a2", "#10325f")
WIDTHS: Final = (1, 2, 5, 10, 20)  # per cent, of each of the classes
HEAVIEST: Final = 5
NAMES: Final = 8
SIZE: Final = (480, 412)
ADDRESS: Final = "/segregation/karta/"
DARK: Final = "-dark"
DARK_COLOURS: Final = tokens.DARK_MAP | dict(
    zip(COLOURS, sequential_palette(len(COLOURS), theme="dark"), strict=True)
)
SETTLED: Final = 0.9  # of the residents: their words are in words.TOWN_PART
MUCH_NEARER: Final = 0.75  # of the place's width and height; else all of it is shown
_COARSE: Final = 600  # of the place's width: finer than a dot of the picture


def width_of(state: SegregationState) -> int:
    """How many per cent each class spans: the places' highest share is in the last one or below."""
    highest = max((place.once(areas_frame)["group_share"].max() for place in state.each), default=0)
    return next((w for w in WIDTHS if 100 * highest <= len(COLOURS) * w), WIDTHS[-1])


def colour_of(share: float, width: int) -> str | None:
    """The class of a share of one, of classes of `width` per cent; None where it is missing."""
    if pd.isna(share):
        return None
    return COLOURS[min(int(100 * share / width), len(COLOURS) - 1)]


def chart(state: SegregationState, width: int) -> MapChart | None:
    """The group's share in every area of the place, in classes of `width` per cent.

    None without boundaries.
    """
    areas = state.once(areas_frame)
    codes = areas["area_id"].tolist()
    shapes = _shapes(state, codes)
    (place,) = _shapes(state, [state.measurement.area]).values() or (None,)
    if place is None or not shapes:
        return None
    shares = dict(zip(codes, areas["group_share"], strict=True))
    remainder = place.difference(shapely.union_all(list(shapes.values())).buffer(30))
    key = zip(_classes(width, state.language), COLOURS, strict=True)
    return MapChart(
        areas=tuple(
            MapArea(shape, colour_of(shares[code], width)) for code, shape in shapes.items()
        ),
        bounds=extent(areas, shapes, place.bounds),
        key=tuple(KeyRow(label, colour) for label, colour in key),
        remainder=remainder if remainder.area > 0.01 * place.area else None,
        lines=(place,),
        names=_names(areas, shapes),
    )


def _shapes(state: SegregationState, codes: list[str]) -> Mapping[str, Any]:
    """Boundaries by area, simplified to what can be seen; those that are not known are left out."""
    found = queries.boundaries(state.reader.cursor, codes)
    shapes = {c: shapely.from_wkb(bytes(w)) for c, w in zip(codes, found, strict=True) if w}
    if not shapes:
        return {}
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    step = max(east - west, north - south) / _COARSE / 2
    return {code: shapely.simplify(shape, step) for code, shape in shapes.items()}


def extent(areas: pd.DataFrame, shapes: Mapping[str, Any], whole: Box) -> Box:
    """What the map shows, in metres: the place, or the dense part of a wide one.

    The dense part is the smallest number of areas, by residents on their surface, that SETTLED of
    the residents live in.
    """
    drawn = areas[areas["area_id"].isin(shapes)]
    surface = np.array([shapes[code].area for code in drawn["area_id"]])
    dense = drawn.iloc[np.argsort(-drawn["residents"].to_numpy() / surface, kind="stable")]
    reached = dense["residents"].cumsum() - dense["residents"]
    settled = dense[reached < SETTLED * dense["residents"].sum()]
    if settled.empty:
        return whole
    west, south, east, north = shapely.total_bounds([shapes[code] for code in settled["area_id"]])
    part = max((east - west) / (whole[2] - whole[0]), (north - south) / (whole[3] - whole[1]))
    return (west, south, east, north) if part < MUCH_NEARER else whole


def _names(areas: pd.DataFrame, shapes: Mapping[str, Any]) -> tuple[MapName, ...]:
    """The areas that weigh most, by their short names."""
    drawn = areas[areas["area_id"].isin(shapes)].head(NAMES)
    points = [shapes[code].representative_point() for code in drawn["area_id"]]
    labels = [wording.short_label(str(label)) for label in drawn["label"]]
    return tuple(MapName(p.x, p.y, t, strong=True) for p, t in zip(points, labels, strict=True))


def _classes(width: int, language: Language) -> tuple[str, ...]:
    ends = range(0, (len(COLOURS) + 1) * width, width)
    sign = Text("\u00a0%", "%")[language]
    return tuple(f"{low}–{high}{sign}" for low, high in itertools.pairwise(ends))


def register_maps(app: Dash, context: Context) -> None:
    """The maps of the places, drawn on the server."""
    app.server.add_url_rule(
        f"{ADDRESS}<name>.svg", "segregation_map", lambda name: picture_of(context, name)
    )


def picture_of(context: Context, name: str) -> Response:
    """The map of one place as SVG, by the page's address; `name` is its code, and -dark or not."""
    code, dark = name.removesuffix(DARK), name.endswith(DARK)
    with context.reader(asked_query()) as reader:
        state = resolve(context, reader, asked_query())
        if code not in state.measurement.places or not state.two_groups:
            return lost(site_words.NOTHING_TO_DRAW)
        place = next(p for p in state.each if p.measurement.area == code)
        found = chart(place, width_of(state))
        if found is None:
            return Response("no boundaries are known here", 404, mimetype="text/plain")
        n = len(state.measurement.places)  # the more, the smaller they are shown
        named = replace(found, name_size=18 if n <= 3 else 24)
        exchange = DARK_COLOURS if dark else {}
        svg = drawing(named, size=SIZE, format="svg", language=state.language, exchange=exchange)
    response = Response(svg, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _chart(state: SegregationState, _: pd.DataFrame) -> Chart | None:
    """The map of the place, or those of several beside one another."""
    if state.measurement.level == "riket":
        return None
    width = width_of(state)
    maps = [(state.name(place.measurement.area), chart(place, width)) for place in state.each]
    found = tuple((name, one) for name, one in maps if one is not None)
    return found[0][1] if len(found) == 1 else Panels(found, beside=True) if found else None


def _lead(state: SegregationState, _: pd.DataFrame) -> list[str]:
    group, language = state.grouping.groups[0].name[state.language], state.language
    asked = state.measurement
    units = division_label(asked.units, asked.division)
    same = words.SAME_COLOURS[language] if len(state.each) > 1 else ""
    lead = words.TOWN_LEAD[language].format(group=group, units=units, year=asked.year)
    part = words.TOWN_PART[language] if asked.level != "riket" else ""
    return [" ".join(filter(None, [lead, same, part]))]


def _drawing(state: SegregationState, table: pd.DataFrame, _: str) -> Component:
    maps = [] if state.measurement.level == "riket" else [_maps(state)]
    if maps and any(_has_outlines(place) for place in state.each):
        maps.append(_key(state))
    measured = state.once(places_frame)["value"].notna().iloc[:1].all()
    weights = _weights(state, table) if measured else []
    return html.Div([*maps, *weights], className="town")


def _maps(state: SegregationState) -> Component:
    return html.Div(
        [_map(state, place, n) for n, place in enumerate(state.each, start=1)],
        className=f"town__maps town__maps--{len(state.each)}",
    )


def _map(state: SegregationState, place: SegregationState, number: int) -> Component:
    code, language = place.measurement.area, state.language
    areas = place.once(areas_frame)
    persons = (areas["group_share"] * areas["residents"]).sum()
    share = state.percent(persons / areas["residents"].sum(), 1) if len(areas) else "–"
    lacking = len(areas) - len(place.once(_outlined) - {code})
    name, whole = state.name(code), words.IN_WHOLE[language].format(share=share)
    alt = f"{name}: {_lead(place, areas)[0]} {whole}."
    caption = [html.Span(name, className="town__name"), html.Span(whole)]
    if lacking:
        text = words.NO_BOUNDARY[language].format(n=lacking, of=len(areas))
        caption.append(html.Small(text, className="town__lacking"))
    light, dark = (f"{ADDRESS}{code}{suffix}.svg{state.query}" for suffix in ("", DARK))
    image = [parts.image(light, dark, alt=alt, size=SIZE)] if _has_outlines(place) else []
    return html.Figure([html.Figcaption(caption), *image], className=f"town__map place--{number}")


def _has_outlines(place: SegregationState) -> bool:
    """Whether the place and any of its areas can be drawn: else the server has no map of it."""
    known, own = place.once(_outlined), place.measurement.area
    return own in known and len(known) > 1


def _outlined(place: SegregationState) -> frozenset[str]:
    """The place and its areas, those whose boundaries are known."""
    codes = tuple(sorted(place.once(areas_frame)["area_id"]))
    return place.reader.once(queries.with_boundaries, (place.measurement.area, *codes))


def _key(state: SegregationState) -> Component:
    steps = [
        html.Li(
            [html.I(style={"background": f"light-dark({colour}, {DARK_COLOURS[colour]})"}), label]
        )
        for label, colour in zip(_classes(width_of(state), state.language), COLOURS, strict=True)
    ]
    missing = html.Li([html.I(className="missing"), words.MISSING[state.language]])
    return html.Ul([*steps, missing], className="town__key")


def _weights(state: SegregationState, table: pd.DataFrame) -> list[Component]:
    """The five heaviest areas either way on a common axis, of the first place."""
    language = state.language
    overall = (table["group_share"] * table["residents"]).sum() / table["residents"].sum()
    above = table["group_share"] >= overall
    sides = (table[above].head(HEAVIEST), table[~above].head(HEAVIEST))
    most = max((float(side["part"].max()) for side in sides if len(side)), default=1.0) or 1.0
    total = wording.number(100 * table["part"].sum(), decimals=1, language=language)
    asked = state.measurement
    in_words = is_own(asked.area) or asked.area == RIKET
    name = (state.place if in_words else state.name)(asked.area)
    heads = (words.MORE_THAN_EVEN[language], words.FEWER_THAN_EVEN[language])
    return [
        html.H3(words.WEIGHTS[language].format(place=name)),
        html.P(
            words.WEIGHTS_LEAD[language].format(
                total=total, n=wording.number(len(table), language=language)
            ),
            className="measure__note",
        ),
        html.Div(
            [
                _side(state, head, side, most, kind)
                for head, side, kind in zip(heads, sides, ("more", "fewer"), strict=True)
            ],
            className="weights",
        ),
    ]


def _side(
    state: SegregationState, head: str, side: pd.DataFrame, most: float, kind: str
) -> Component:
    group = state.grouping.groups[0].name[state.language]
    label = html.Tr(
        [
            html.Th([html.I(className="weights__mark"), head], scope="col"),
            html.Th(words.UNITS_OF_INDEX[state.language], scope="col"),
            html.Th(words.SHARE_IN_AREA[state.language], scope="col", title=group),
        ]
    )
    rows = [_weight(state, row, most) for row in side.to_dict("records")]
    return html.Table(
        [html.Thead(label), html.Tbody(rows)], className=f"weights__side weights__side--{kind}"
    )


def _weight(state: SegregationState, row: dict[Any, Any], most: float) -> Component:
    part = wording.number(100 * row["part"], decimals=2, language=state.language)
    bar = html.I(style={"width": f"{70 * row['part'] / most:.1f}%"}, **aria(hidden="true"))
    return html.Tr(
        [
            html.Th(wording.short_label(str(row["label"])), scope="row"),
            html.Td([bar, html.B(part)]),
            html.Td(state.percent(row["group_share"], 0)),
        ]
    )


TOWN: Final = Section(
    key="town",
    heading=words.TOWN,
    frame=areas_frame,
    file="areas",
    applies=lambda state: state.two_groups and state.is_headline,
    sentences=_lead,
    drawing=_drawing,
    chart=_chart,
)
