"""Start's three figures of the country, each with a picture that fits it and its source."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.divisions import RIKET, Language
from barometer.queries.area_types import type_shares
from barometer.selection import Measurement, Selection
from barometer.selection.area_types import AREA_TYPE, TYPED_LEVEL, TypeView
from barometer.store import Reader
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.base.drawings import lines
from barometer.ui.context import Context
from barometer.ui.markup import aria
from barometer.ui.pages.start import words

APART: str = "foreign_background"
TENURE: str = "rented_dwellings"
_DOTS_A_ROW = 25
_SHORTEST_LINE = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the country as it stands on the page; `source` says where it comes from."""

    number: str
    unit: str
    year: int
    sentence: str
    drawing: Sequence[Component]
    source: str


def figures(context: Context, reader: Reader, language: Language) -> Component | None:
    """The figures that the snapshot has; None without any."""
    made = (area_types(context, reader, language), apart(context, reader, language))
    found = [figure for figure in (*made, rented(context, reader, language)) if figure]
    if not found:
        return None
    sources = html.Details(
        [
            html.Summary(words.SOURCES[language]),
            *[html.P(line) for line in dict.fromkeys(figure.source for figure in found)],
        ],
        className="start__sources",
    )
    return html.Section(
        [
            html.H2(words.FIGURES[language], className="unseen"),
            html.Div([_drawn(figure) for figure in found], className="start__columns"),
            sources,
        ],
        className="start__figures",
    )


def _drawn(figure: Figure) -> Component:
    head = [
        html.Strong(figure.number),
        html.B(f" {figure.unit} "),
        html.Span(str(figure.year)),
    ]
    return html.Div(
        [html.P(head, className="start__number"), html.P(figure.sentence), *figure.drawing],
        className="start__figure",
    )


def area_types(context: Context, reader: Reader, language: Language) -> Figure | None:
    """How many live in areas of type 1 and 2, as a number and a bar of all five types."""
    years = context.offer(reader).years.get((AREA_TYPE, TYPED_LEVEL), ())
    if not years:
        return None
    year = max(years)
    view = TypeView(RIKET, year, year, AREA_TYPE, language=language)
    shares = type_shares(reader.cursor, view)
    latest = shares[(shares["year"] == year) & shares["type"].notna()].sort_values("type")
    by_type = dict(zip(latest["type"].astype(int), latest["resident_share"], strict=True))
    low, whole = by_type.get(1, 0.0) + by_type.get(2, 0.0), sum(by_type.values())
    if not np.isfinite(whole):
        return None
    bar = [
        html.I(className=f"type-bar__part type-mark--{kind}", style={"flexGrow": value})
        for kind, value in by_type.items()
    ]
    of_both = {
        "low": wording.percent(low, language=language),
        "high": wording.percent(whole - low, language=language),
    }
    caption = site_words.fill(words.BAR, language, **of_both)
    return Figure(
        number=f"{low:.0f}",
        unit=words.OF_100[language],
        year=year,
        sentence=words.TYPES[language],
        drawing=[
            html.Div(bar, className="type-bar", **aria(hidden="true")),
            html.P(caption, className="start__caption"),
        ],
        source=_source(context, reader, Selection(AREA_TYPE, TYPED_LEVEL, year, language=language)),
    )


def apart(context: Context, reader: Reader, language: Language) -> Figure | None:
    """How many of a hundred would have to move, in the median kommun.

    The country's own index contains what lies between kommuner, and says nothing of any town.
    """
    offer = reader.once(queries.measure_offer)
    if APART not in offer.indices:
        return None
    query = f"?grouping={APART}&index=dissimilarity&units=regso"
    measurement = Measurement.from_query(query, offer=offer).view
    medians = queries.kommun_medians(reader.cursor, measurement)
    if medians.empty:
        return None
    latest = medians.iloc[-1]
    n = round(100 * float(latest["kommun_median"]))
    dots = [html.I(className="on" if place < n else "") for place in _columns_first(100)]
    year = int(latest["year"])
    return Figure(
        number=str(n),
        unit=words.OF_100[language],
        year=year,
        sentence=words.MOVE[language],
        drawing=[
            html.Div(dots, className="hundred", **aria(hidden="true")),
            html.P(words.MOVE_CAPTION[language], className="start__caption"),
        ],
        source=_source(
            context, reader, Selection(APART, "regso", year, language=language), derived=True
        ),
    )


def _columns_first(n: int) -> list[int]:
    """The numbers below `n` in rows that are filled column by column."""
    rows = n // _DOTS_A_ROW
    return [column * rows + row for row in range(rows) for column in range(_DOTS_A_ROW)]


def rented(context: Context, reader: Reader, language: Language) -> Figure | None:
    """The share that lives in rented housing, with its line where there are years enough."""
    years = context.offer(reader).years.get((TENURE, "riket"), ())
    if not years:
        return None
    selection = Selection(TENURE, "riket", max(years), area=RIKET, language=language)
    series = queries.area_series(reader.cursor, selection).dropna(subset=["value"])
    if series.empty:
        return None
    points = [(int(y), float(v)) for y, v in zip(series["year"], series["value"], strict=True)]
    (first, low), (last, high) = points[0], points[-1]
    breaks = context.catalogue.breaks_of(context.catalogue.indicators[TENURE], levels=("riket",))
    severed = any(first < found.year <= last for found in breaks)
    number, before = (wording.number(v, decimals=1, language=language) for v in (high, low))
    sentence, drawing = words.RENTED[language], []
    if len(points) >= _SHORTEST_LINE and not severed:
        sentence = f"{sentence} {_trend(points, language)}".rstrip()
        ends = site_words.fill(
            words.ENDS, language, first=str(first), low=before, last=str(last), high=number
        )
        now, then = (wording.percent(v, language=language) for v in (high, low))
        spoken = site_words.fill(
            words.ENDS, language, first=str(first), low=then, last=str(last), high=now
        )
        label = f"{now} {sentence} {spoken}"
        drawing = [
            lines({"riket": points}, years=(first, last), breaks=(), label=label),
            html.P(ends, className="start__caption"),
        ]
    return Figure(
        number=number,
        unit=words.PERCENT[language],
        year=last,
        sentence=sentence,
        drawing=drawing,
        source=_source(context, reader, replace(selection, year=last)),
    )


def _trend(points: Sequence[tuple[int, float]], language: Language) -> str:
    """That the share has risen, or fallen, every year; nothing where it has done both."""
    steps = np.diff([amount for _, amount in points])
    years = [year for year, _ in points]
    if years != list(range(years[0], years[-1] + 1)):
        return ""
    since = str(years[0])
    if (steps > 0).all():
        return words.RISEN[language].format(year=since)
    return words.FALLEN[language].format(year=since) if (steps < 0).all() else ""


def _source(
    context: Context, reader: Reader, selection: Selection, *, derived: bool = False
) -> str:
    found = queries.provenance(
        reader.cursor, selection, catalogue=context.catalogue, snapshot=reader.snapshot
    )
    stated = replace(found, computed=derived or found.computed)
    return parts.source_line(stated, language=selection.language)
