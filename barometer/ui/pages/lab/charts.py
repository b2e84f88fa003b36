"""The lab's charts: sentence, figure and notes from the frame that the table shows too."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import pandas as pd
import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import division_label
from barometer.pictures import Format
from barometer.selection.labs import Lab, LabView
from barometer.ui import parts
from barometer.ui.base.plotted import plot_of
from barometer.ui.base.section import card_picture
from barometer.ui.breaks import break_notes, comparable, events_of, mark_events, named_by
from barometer.ui.downloads import downloads
from barometer.ui.markup import aria
from barometer.ui.pages.lab import words
from barometer.ui.pages.lab.figures import (
    Style,
    bars_figure,
    can_name,
    dots_figure,
    lines_figure,
    scatter_figure,
    style,
)
from barometer.ui.pages.lab.state import LabState, area_name
from barometer.wording.labs import (
    bar_sentence,
    dot_sentence,
    line_finding,
    line_sentence,
    scatter_sentence,
)

MOST_LINES: Final = 24
MOST_BARS: Final = 40
MOST_DOTS: Final = 6_500
MOST_STRIPS: Final = 14
MOST_CHARTS: Final = 4  # indicators, each with a figure of its own


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, its heading and sentence, what the colours mean and what to think of.

    The heading names the measure; a finding stands above it where there is one.
    """

    heading: str
    sentence: str
    figure: go.Figure | None
    finding: str = ""
    height: int = 340
    key: tuple[tuple[str, Style], ...] = ()
    notes: tuple[str, ...] = ()


def charts(state: LabState) -> list[Component]:
    """The chosen view's charts; none for the table."""
    make = CHARTS.get(state.lab.view)
    if make is None or state.lab.empty or not state.n_values:
        return []
    return [_drawn(state, chart, n) for n, chart in enumerate(make(state))]


def _drawn(state: LabState, chart: Chart, n: int) -> Component:
    drawn = None
    if chart.figure is not None:
        label = chart.sentence or chart.heading
        drawn = html.Div([parts.graph(chart.figure, label=label, height=chart.height), _key(chart)])
    return parts.section(
        f"lab-chart-{n}",
        chart.finding or chart.heading,
        sentences=[chart.sentence],
        figure=drawn,
        notes=chart.notes,
        files=_files(state, n) if drawn else None,
    )


def _files(state: LabState, n: int) -> Component:
    """The menu of the n-th chart; its table is that of all charts."""
    picture, anchor = f"labb/chart-{n}", f"lab-chart-{n}"
    query = state.lab.to_query()
    return downloads("labb", query, language=state.language, anchor=anchor, picture=picture)


def chart_picture(state: LabState, kind: Format, *, n: int) -> bytes | None:
    """The n-th chart of the view on a card; None where it has none."""
    make = CHARTS.get(state.lab.view)
    if make is None or state.lab.empty or not state.n_values:
        return None
    chart = next(islice(make(state), n, None), None)
    if chart is None or chart.figure is None:
        return None
    plot = plot_of(chart.figure, language=state.language)
    if state.lab.view == "bar" and len(chart.key) > 1:
        plot = replace(plot, key=tuple((name, colour) for name, (colour, _, _) in chart.key))
    finding = chart.finding or chart.sentence or chart.heading
    return card_picture(state, plot, finding=finding, heading=chart.heading, kind=kind)


def _key(chart: Chart) -> Component | None:
    if len(chart.key) < 2:
        return None
    return html.Ul([_key_item(name, own) for name, own in chart.key], className="lab__key")


def _key_item(name: str, line_style: Style) -> Component:
    colour, dash, _ = line_style
    border = {"solid": "solid", "dash": "dashed", "dot": "dotted"}[dash]
    line = html.Span(
        className="lab__mark", style={"borderTop": f"3px {border} {colour}"}, **aria(hidden="true")
    )
    return html.Li([line, name])


def _charted(state: LabState) -> tuple[str, ...]:
    return state.lab.indicators[:MOST_CHARTS]


def _cut_indicators(state: LabState) -> tuple[str, ...]:
    if len(state.lab.indicators) <= MOST_CHARTS:
        return ()
    return (words.INDICATORS_CUT[state.language].format(n=MOST_CHARTS),)


def line_charts(state: LabState) -> Iterator[Chart]:
    """A figure an indicator with the first places' lines."""
    areas = state.areas()
    areas["series"] = [place_of(code) for code in areas["area_id"]]
    places = list(dict.fromkeys(areas["series"]))
    shown = places[: max(1, MOST_LINES // len(state.lab.backgrounds))]
    codes = areas.loc[areas["series"].isin(shown), "area_id"]
    lab = replace(state.lab.of(list(codes)), rows="area", columns="", sort="", find="")
    every = _named(state, state.frame(lab))
    keys = [(place, background) for place in shown for background in state.lab.backgrounds]
    styles = {key: style(n) for n, key in enumerate(keys)}
    cut = words.LINES_CUT[state.language].format(
        shown=len(shown), n=wording.number(len(places), language=state.language)
    )
    events = events_of(state.context, named_by(*codes))
    for indicator_id in _charted(state):
        own = every[every["indicator"] == indicator_id]
        if own.empty:
            continue
        indicator = state.indicator(indicator_id)
        breaks = state.breaks(indicator_id)
        alike = comparable(own, breaks=breaks, year=int(own["year"].max()))
        key = _line_key(own, styles)
        named = can_name([name for name, _ in key])
        figure = lines_figure(
            own,
            styles=styles,
            indicator=indicator,
            breaks=breaks,
            named=named,
            language=state.language,
        )
        mark_events(figure, own["year"], events=events)
        yield Chart(
            heading=indicator.name[state.language],
            sentence=line_sentence(alike, indicator=indicator, language=state.language),
            figure=figure,
            finding=line_finding(alike, indicator=indicator, language=state.language),
            key=() if named else key,
            notes=(
                *((cut,) if len(shown) < len(places) else ()),
                *break_notes(breaks, own["year"], events=events, language=state.language),
                *_missing(state, own),
                *_cut_indicators(state),
            ),
        )


def place_of(code: str) -> str:
    """An area's code without its division: the same place before and after a change of borders."""
    return re.sub(r"_(DeSO|RegSO)2025$", "", code)


def _named(state: LabState, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a name for each series: place, and group where there are several."""
    several = len(state.lab.backgrounds) > 1
    riket = area_name(state, "00")
    series = frame["area_id"].map(place_of)
    label = distinguished(frame["label"].where(frame["area_id"] != "00", riket), series, frame)
    groups = frame["background"].map(state.background)
    return frame.assign(
        series=series, label=label, name=label + ", " + groups if several else label
    )


def distinguished(label: pd.Series, series: pd.Series, frame: pd.DataFrame) -> pd.Series:
    """Labels with the kommun, or else the code, where several places share one."""
    for more in (frame["kommun"], series):
        shared = series.groupby(label).transform("nunique") > 1
        label = label.mask(shared & more.notna(), label + " (" + more + ")")
    return label


def _line_key(
    lines: pd.DataFrame, styles: Mapping[tuple[str, str], Style]
) -> tuple[tuple[str, Style], ...]:
    first = lines.drop_duplicates(["series", "background"])
    return tuple(
        (str(row["name"]), styles[str(row["series"]), str(row["background"])])
        for row in first.to_dict("records")
    )


def bar_charts(state: LabState) -> Iterator[Chart]:
    """A figure an indicator with its latest year, highest first."""
    for indicator_id in _charted(state):
        indicator = state.indicator(indicator_id)
        year, every = _latest(state, indicator_id)
        known = _named(state, every).dropna(subset=["value"])
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
        styles = {background: style(n) for n, background in enumerate(state.lab.backgrounds)}
        n_bars = len(bars)
        yield Chart(
            heading=f"{indicator.name[state.language]}, {_where(every, year)}",
            sentence=bar_sentence(known, indicator=indicator, year=year, language=state.language),
            figure=bars_figure(bars, styles=styles, indicator=indicator, language=state.language),
            height=70 + max(20 * n_bars, 60),
            key=tuple((state.background(b), styles[b]) for b in state.lab.backgrounds),
            notes=(
                *((_bars_cut(state, len(places)),) if cut else ()),
                *((words.BARS_CARE[state.language],) if len(places) > 1 else ()),
                *_missing(state, every),
                *_cut_indicators(state),
            ),
        )


def _bars_cut(state: LabState, n: int) -> str:
    told = wording.number(n, language=state.language)
    return words.BARS_CUT[state.language].format(half=MOST_BARS // 2, n=told)


def dot_charts(state: LabState) -> Iterator[Chart]:
    """A figure an indicator with a strip a year and group."""
    several = len(state.lab.backgrounds) > 1
    for indicator_id in _charted(state):
        years = _years(state, indicator_id)
        fitting = _fitting(state, years, several=several)
        if not fitting:
            continue
        every = _named(state, state.frame(_only(state, indicator_id, fitting)))
        groups = every["background"].map(state.background)
        strips = every["year"].astype(str) + (", " + groups if several else "")
        every = every.assign(strip=strips).sort_values(
            ["year", "background"], ascending=[False, True], kind="stable"
        )
        known = every.loc[every["value"].notna(), "year"]
        if known.empty:
            continue
        indicator = state.indicator(indicator_id)
        cut = words.DOTS_CUT[state.language].format(years=wording.year_list(fitting))
        yield Chart(
            heading=indicator.name[state.language],
            sentence=dot_sentence(
                every, indicator=indicator, year=int(known.max()), language=state.language
            ),
            figure=dots_figure(every, indicator=indicator, language=state.language),
            height=90 + 46 * every["strip"].nunique(),
            notes=(
                words.DOTS_NOTE[state.language],
                *((cut,) if len(fitting) < len(years) else ()),
                *_missing(state, every),
                *_cut_indicators(state),
            ),
        )


def _fitting(state: LabState, years: tuple[int, ...], *, several: bool) -> tuple[int, ...]:
    """The latest years whose dots there is room for, at least one."""
    strips = MOST_STRIPS // len(state.lab.backgrounds) if several else MOST_STRIPS
    kept: list[int] = []
    dots = 0.0
    for year in sorted(years, reverse=True)[: max(1, strips)]:
        dots += state.sizes[year] / len(state.lab.indicators)
        if kept and dots > MOST_DOTS:
            break
        kept.append(year)
    return tuple(kept)


def scatter_charts(state: LabState) -> Iterator[Chart]:
    """One figure of the first two indicators in their last year together."""
    lab, language = state.lab, state.language
    if len(lab.indicators) < 2:
        yield Chart(words.VIEWS["scatter"][language], words.SCATTER_NEEDS[language], None)
        return
    first, second = (state.indicator(i) for i in lab.indicators[:2])
    common = set(_years(state, first.indicator_id)) & set(_years(state, second.indicator_id))
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
    every = _named(state, state.frame(asked))
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
    group = state.background(lab.backgrounds[0])
    names = f"{first.name[language]} – {second.name[language]}"
    yield Chart(
        heading=f"{names}, {group}, {_where(every, year)}",
        sentence=scatter_sentence(points, x=first, y=second, year=year, language=language),
        figure=scatter_figure(points, x=first, y=second, language=language),
        height=460,
        notes=(
            words.SCATTER_CARE[language],
            *((words.SCATTER_FIRST[language],) if len(lab.indicators) > 2 else ()),
            *_missing(state, every),
        ),
    )


def _latest(state: LabState, indicator_id: str) -> tuple[int, pd.DataFrame]:
    """The latest year in which any place has a figure, and its rows."""
    for year in reversed(_years(state, indicator_id) or (-1,)):
        rows = state.frame(_only(state, indicator_id, (year,)))
        if rows["value"].notna().any():
            break
    return year, rows


def _only(state: LabState, indicator_id: str, years: tuple[int, ...]) -> Lab:
    own = replace(state.lab, indicators=(indicator_id,), years=years)
    return replace(own, rows="area", columns="", sort="")


def _years(state: LabState, indicator_id: str) -> tuple[int, ...]:
    spans = [state.lab.years_of(indicator_id, v, offer=state.offer) for v in state.lab.levels]
    return tuple(sorted({year for span in spans for year in span} & set(state.sizes)))


def _where(frame: pd.DataFrame, year: int) -> str:
    """The year, and the divisions of the small areas: "2024 (RegSO 2025)"."""
    pairs = dict.fromkeys(zip(frame["level"], frame["division"], strict=True))
    small = [division_label(level, own) for level, own in pairs if own != "admin"]
    return f"{year} ({', '.join(small)})" if small else str(year)


def _missing(state: LabState, frame: pd.DataFrame) -> tuple[str, ...]:
    n = int(frame["value"].isna().sum())
    told = wording.number(n, language=state.language)
    return (words.MISSING[state.language].format(n=told),) if n else ()


CHARTS: Final[Mapping[LabView, Callable[[LabState], Iterator[Chart]]]] = {
    "line": line_charts,
    "bar": bar_charts,
    "dot": dot_charts,
    "scatter": scatter_charts,
}
