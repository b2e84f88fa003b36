"""The lab's charts: sentence, figure and notes from the frame that the table shows too."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import division_label
from barometer.selection.labs import Lab, LabView
from barometer.ui import parts
from barometer.ui.attributes import aria
from barometer.ui.breaks import break_notes, comparable
from barometer.ui.pages.lab import words
from barometer.ui.pages.lab.figures import (
    Style,
    bars_figure,
    dots_figure,
    lines_figure,
    scatter_figure,
    style,
)
from barometer.ui.pages.lab.state import (
    Seen,
    area_name,
)
from barometer.wording.labs import bar_sentence, dot_sentence, line_sentence, scatter_sentence

MOST_LINES: Final = 24
MOST_BARS: Final = 40
MOST_DOTS: Final = 6_500
MOST_STRIPS: Final = 14
MOST_CHARTS: Final = 4  # indicators, each with a figure of its own


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, its heading and sentence, what the colours mean and what to think of."""

    heading: str
    sentence: str
    figure: go.Figure | None
    height: int = 340
    key: tuple[tuple[str, Style], ...] = ()
    notes: tuple[str, ...] = ()


def charts(seen: Seen) -> list[Component]:
    """The chosen view's charts; none for the table."""
    make = CHARTS.get(seen.lab.view)
    if make is None or seen.lab.empty or not seen.n_values:
        return []
    return [_shown(chart, n) for n, chart in enumerate(make(seen))]


def _shown(chart: Chart, n: int) -> Component:
    drawn = None
    if chart.figure is not None:
        label = chart.sentence or chart.heading
        drawn = html.Div([parts.graph(chart.figure, label=label, height=chart.height), _key(chart)])
    return parts.section(
        f"lab-chart-{n}", chart.heading, said=[chart.sentence], figure=drawn, notes=chart.notes
    )


def _key(chart: Chart) -> Component | None:
    if len(chart.key) < 2:
        return None
    return html.Ul([_key_item(name, own) for name, own in chart.key], className="lab__key")


def _key_item(name: str, own: Style) -> Component:
    colour, dash, _ = own
    border = {"solid": "solid", "dash": "dashed", "dot": "dotted"}[dash]
    line = html.Span(
        className="lab__mark", style={"borderTop": f"3px {border} {colour}"}, **aria(hidden="true")
    )
    return html.Li([line, name])


def _charted(seen: Seen) -> tuple[str, ...]:
    return seen.lab.indicators[:MOST_CHARTS]


def _cut_indicators(seen: Seen) -> tuple[str, ...]:
    if len(seen.lab.indicators) <= MOST_CHARTS:
        return ()
    return (words.INDICATORS_CUT[seen.language].format(n=MOST_CHARTS),)


def line_charts(seen: Seen) -> Iterator[Chart]:
    """A figure an indicator with the first places' lines."""
    areas = seen.areas()
    areas["series"] = [place_of(code) for code in areas["area_id"]]
    places = list(dict.fromkeys(areas["series"]))
    shown = places[: max(1, MOST_LINES // len(seen.lab.backgrounds))]
    codes = areas.loc[areas["series"].isin(shown), "area_id"]
    lab = replace(seen.lab.of(list(codes)), rows="area", columns="", sort="", find="")
    every = _named(seen, seen.frame(lab))
    keys = [(place, background) for place in shown for background in seen.lab.backgrounds]
    styles = {key: style(n) for n, key in enumerate(keys)}
    cut = words.LINES_CUT[seen.language].format(
        shown=len(shown), n=wording.number(len(places), decimals=0, language=seen.language)
    )
    for indicator_id in _charted(seen):
        own = every[every["indicator"] == indicator_id]
        if own.empty:
            continue
        indicator = seen.indicator(indicator_id)
        breaks = seen.breaks(indicator_id)
        first, last = int(own["year"].min()), int(own["year"].max())
        alike = comparable(own, breaks=breaks, year=last)
        figure = lines_figure(
            own, styles=styles, indicator=indicator, breaks=breaks, language=seen.language
        )
        yield Chart(
            heading=indicator.name[seen.language],
            sentence=line_sentence(alike, indicator=indicator, language=seen.language),
            figure=figure,
            key=_line_key(own, styles),
            notes=(
                *((cut,) if len(shown) < len(places) else ()),
                *break_notes(breaks, first=first, last=last, language=seen.language),
                *_missing(seen, own),
                *_cut_indicators(seen),
            ),
        )


def place_of(code: str) -> str:
    """An area's code without its division: the same place before and after a change of borders."""
    return re.sub(r"_(DeSO|RegSO)2025$", "", code)


def _named(seen: Seen, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a name for each series: place, and group where there are several."""
    several = len(seen.lab.backgrounds) > 1
    riket = area_name(seen, "00")
    series = frame["area_id"].map(place_of)
    label = told_apart(frame["label"].where(frame["area_id"] != "00", riket), series, frame)
    groups = frame["background"].map(seen.background)
    return frame.assign(
        series=series, label=label, name=label + ", " + groups if several else label
    )


def told_apart(label: pd.Series, series: pd.Series, frame: pd.DataFrame) -> pd.Series:
    """Labels with the kommun, or else the code, where several places share one."""
    for more in (frame["kommun"], series):
        shared = series.groupby(label).transform("nunique") > 1
        label = label.mask(shared & more.notna(), label + " (" + more + ")")
    return label


def _line_key(
    own: pd.DataFrame, styles: Mapping[tuple[str, str], Style]
) -> tuple[tuple[str, Style], ...]:
    first = own.drop_duplicates(["series", "background"])
    return tuple(
        (str(row["name"]), styles[str(row["series"]), str(row["background"])])
        for row in first.to_dict("records")
    )


def bar_charts(seen: Seen) -> Iterator[Chart]:
    """A figure an indicator with its latest year, highest first."""
    for indicator_id in _charted(seen):
        indicator = seen.indicator(indicator_id)
        year, every = _latest(seen, indicator_id)
        known = _named(seen, every).dropna(subset=["value"])
        if known.empty:
            continue
        places = known.drop_duplicates("area_id").sort_values(
            ["value", "area_id"], ascending=[False, True]
        )["area_id"]
        half = MOST_BARS // 2
        cut = len(places) > MOST_BARS
        kept = [*places[:half], *places[-half:]] if cut else list(places)
        bars = known[known["area_id"].isin(kept)].copy()
        bars["order"] = bars["area_id"].map({code: n for n, code in enumerate(kept)})
        bars = bars.sort_values(["order"], kind="stable")
        styles = {background: style(n) for n, background in enumerate(seen.lab.backgrounds)}
        n_bars = len(bars)
        yield Chart(
            heading=f"{indicator.name[seen.language]}, {_where(every, year)}",
            sentence=bar_sentence(known, indicator=indicator, year=year, language=seen.language),
            figure=bars_figure(bars, styles=styles, indicator=indicator, language=seen.language),
            height=70 + max(20 * n_bars, 60),
            key=tuple((seen.background(b), styles[b]) for b in seen.lab.backgrounds),
            notes=(
                *((_bars_cut(seen, len(places)),) if cut else ()),
                *((words.BARS_CARE[seen.language],) if len(places) > 1 else ()),
                *_missing(seen, every),
                *_cut_indicators(seen),
            ),
        )


def _bars_cut(seen: Seen, n: int) -> str:
    told = wording.number(n, decimals=0, language=seen.language)
    return words.BARS_CUT[seen.language].format(half=MOST_BARS // 2, n=told)


def dot_charts(seen: Seen) -> Iterator[Chart]:
    """A figure an indicator with a strip a year and group."""
    several = len(seen.lab.backgrounds) > 1
    for indicator_id in _charted(seen):
        years = _years(seen, indicator_id)
        fitting = _fitting(seen, years, several=several)
        if not fitting:
            continue
        every = _named(seen, seen.frame(_only(seen, indicator_id, fitting)))
        groups = every["background"].map(seen.background)
        strips = every["year"].astype(str) + (", " + groups if several else "")
        every = every.assign(strip=strips).sort_values(
            ["year", "background"], ascending=[False, True], kind="stable"
        )
        if every["value"].isna().all():
            continue
        indicator = seen.indicator(indicator_id)
        cut = words.DOTS_CUT[seen.language].format(years=wording.year_list(fitting))
        yield Chart(
            heading=indicator.name[seen.language],
            sentence=dot_sentence(
                every, indicator=indicator, year=max(fitting), language=seen.language
            ),
            figure=dots_figure(every, indicator=indicator, language=seen.language),
            height=90 + 46 * every["strip"].nunique(),
            notes=(
                words.DOTS_NOTE[seen.language],
                *((cut,) if len(fitting) < len(years) else ()),
                *_missing(seen, every),
                *_cut_indicators(seen),
            ),
        )


def _fitting(seen: Seen, years: tuple[int, ...], *, several: bool) -> tuple[int, ...]:
    """The latest years whose dots there is room for, at least one."""
    strips = MOST_STRIPS // len(seen.lab.backgrounds) if several else MOST_STRIPS
    kept: list[int] = []
    dots = 0.0
    for year in sorted(years, reverse=True)[: max(1, strips)]:
        dots += seen.sizes[year] / len(seen.lab.indicators)
        if kept and dots > MOST_DOTS:
            break
        kept.append(year)
    return tuple(kept)


def scatter_charts(seen: Seen) -> Iterator[Chart]:
    """One figure of the first two indicators in their last year together."""
    lab, language = seen.lab, seen.language
    if len(lab.indicators) < 2:
        yield Chart(words.VIEWS["scatter"][language], words.SCATTER_NEEDS[language], None)
        return
    first, second = (seen.indicator(i) for i in lab.indicators[:2])
    common = set(_years(seen, first.indicator_id)) & set(_years(seen, second.indicator_id))
    if not common:
        yield Chart(words.VIEWS["scatter"][language], words.SCATTER_APART[language], None)
        return
    year = max(common)
    asked = replace(
        lab,
        indicators=lab.indicators[:2],
        backgrounds=lab.backgrounds[:1],
        years=(year,),
        columns="",
        sort="",
    )
    every = _named(seen, seen.frame(asked))
    wide = every.pivot_table(
        index=["area_id", "label"], columns="indicator", values="value", sort=False
    )
    points = pd.DataFrame(
        {
            "label": wide.index.get_level_values("label"),
            "x": wide[first.indicator_id].to_numpy() if first.indicator_id in wide else None,
            "y": wide[second.indicator_id].to_numpy() if second.indicator_id in wide else None,
        }
    )
    group = seen.background(lab.backgrounds[0])
    names = f"{first.name[language]} – {second.name[language]}"
    yield Chart(
        heading=f"{names}, {group}, {_where(every, year)}",
        sentence=scatter_sentence(points, x=first, y=second, year=year, language=language),
        figure=scatter_figure(points, x=first, y=second, language=language),
        height=460,
        notes=(
            words.SCATTER_CARE[language],
            *((words.SCATTER_FIRST[language],) if len(lab.indicators) > 2 else ()),
            *_missing(seen, every),
        ),
    )


def _latest(seen: Seen, indicator_id: str) -> tuple[int, pd.DataFrame]:
    year = max(_years(seen, indicator_id), default=0)
    return year, seen.frame(_only(seen, indicator_id, (year,) if year else (-1,)))


def _only(seen: Seen, indicator_id: str, years: tuple[int, ...]) -> Lab:
    own = replace(seen.lab, indicators=(indicator_id,), years=years)
    return replace(own, rows="area", columns="", sort="")


def _years(seen: Seen, indicator_id: str) -> tuple[int, ...]:
    spans = [seen.lab.years_of(indicator_id, v, offer=seen.offer) for v in seen.lab.levels]
    return tuple(sorted({year for span in spans for year in span} & set(seen.sizes)))


def _where(frame: pd.DataFrame, year: int) -> str:
    """The year, and the divisions of the small areas: "2024 (RegSO 2025)"."""
    pairs = dict.fromkeys(zip(frame["level"], frame["division"], strict=True))
    small = [division_label(level, own) for level, own in pairs if own != "admin"]
    return f"{year} ({', '.join(small)})" if small else str(year)


def _missing(seen: Seen, frame: pd.DataFrame) -> tuple[str, ...]:
    n = int(frame["value"].isna().sum())
    told = wording.number(n, decimals=0, language=seen.language)
    return (words.MISSING[seen.language].format(n=told),) if n else ()


CHARTS: Final[Mapping[LabView, Callable[[Seen], Iterator[Chart]]]] = {
    "line": line_charts,
    "bar": bar_charts,
    "dot": dot_charts,
    "scatter": scatter_charts,
}
