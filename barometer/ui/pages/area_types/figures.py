"""One function per figure of the area-type page: frame and words in, figure out.

The types' colours are the map's; the style sheet gives them anew for a dark ground.
"""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from barometer import classes, wording
from barometer.catalogue import Break, Indicator
from barometer.divisions import LAST_YEAR_OF_2018, Language
from barometer.ui import theme, words
from barometer.ui.breaks import mark_breaks
from barometer.ui.figures import QUIET, amounts, empty_figure, plain

TYPES: Final = (1, 2, 3, 4, 5)
GAP: Final = 0.6  # years by which the bars of the later division stand apart
ENOUGH: Final = 5.0  # per cent that a bar needs to hold its number
_LETTER: Final = 8  # pixels that a letter of a value takes
MARKS: Final = ("circle", "square", "diamond", "triangle-up", "star")


def shares_figure(shares: pd.DataFrame, *, column: str, language: Language) -> go.Figure:
    """Bars that add up to 100 per cent, a type on the other, type 1 lowest, five traces always.

    The bars of the later division stand apart behind a line. Columns: year, type and the share's.
    """
    figure = empty_figure(language)
    for area_type in TYPES:
        own = shares[shares["type"] == area_type].set_index("year")[column]
        every = own.reindex(sorted(set(shares["year"])), fill_value=0.0)
        figure.add_trace(_bars(every, area_type, language=language))
    _add_untyped(figure, shares[shares["type"].isna()], column=column, language=language)
    years = sorted(int(year) for year in shares["year"].unique())
    _label_years(figure, years)
    figure.update_yaxes(
        range=[0, 100], ticksuffix=wording.unit_suffix("percent", language=language), nticks=6
    )
    return figure.update_layout(barmode="stack", bargap=0.12, hovermode="closest")


def indicator_figure(
    table: pd.DataFrame,
    *,
    indicator: Indicator,
    breaks: Sequence[Break] = (),
    language: Language,
) -> go.Figure:
    """All areas and a line a type, six traces always; no line crosses a severing break.

    Columns: year, division, type (0 all), value.
    """
    figure = empty_figure(language)
    for area_type in (0, *TYPES):
        own = table[table["type"] == area_type].set_index("year")["value"]
        cuts = [found.year - 0.5 for found in breaks if found.severs]
        line = _line(own, area_type, cuts=cuts, indicator=indicator, language=language)
        figure.add_trace(line)
    mark_breaks(figure, table["year"], breaks=breaks)
    figure.update_xaxes(**theme.year_axis(table["year"]))
    figure.update_yaxes(**amounts(indicator.unit, language=language))
    return figure.update_layout(hovermode="x unified")


def one_year_figure(table: pd.DataFrame, *, indicator: Indicator, language: Language) -> go.Figure:
    """A lying bar a type, then all areas, with their values: one year is no axis."""
    values = {int(r["type"]): r["value"] for r in table.to_dict("records")}
    palette = classes.area_type_palette(theme="light")
    figure = empty_figure(language)
    longest = 0
    for kind in (*TYPES, 0):
        known = None if pd.isna(values.get(kind)) else float(values[kind])
        told = wording.value(known, indicator=indicator, language=language)
        longest = max(longest, len(told))
        figure.add_trace(
            go.Bar(
                y=[_full_name(kind, language=language)],
                x=[known],
                orientation="h",
                marker={"color": palette[kind - 1] if kind else QUIET},
                text=[told],
                textposition="outside",
                cliponaxis=False,
                hoverinfo="skip",
            )
        )
    figure.update_yaxes(autorange="reversed", showgrid=False, ticksuffix="  ")
    figure.update_xaxes(**amounts(indicator.unit, language=language), tickangle=0)
    # The value stands after its bar, also after the longest one on a phone.
    return figure.update_layout(
        barmode="stack", bargap=0.3, showlegend=False, margin_r=_LETTER * longest
    )


def _bars(shares: pd.Series, area_type: int, *, language: Language) -> go.Bar:
    years = [int(year) for year in shares.index]
    told = [wording.percent(v, language=language) for v in shares]
    return go.Bar(
        x=[_place(year) for year in years],
        y=shares.tolist(),
        name=str(area_type),
        marker={"color": classes.area_type_palette(theme="light")[area_type - 1]},
        text=[str(area_type) if v >= ENOUGH else "" for v in shares],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        customdata=list(zip(years, told, strict=True)),
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>%{fullData.name}</extra>",
    )


def _add_untyped(figure: go.Figure, rows: pd.DataFrame, *, column: str, language: Language) -> None:
    if rows.empty:
        return
    told = [wording.percent(v, language=language) for v in rows[column]]
    figure.add_trace(
        go.Bar(
            x=[_place(int(year)) for year in rows["year"]],
            y=rows[column].tolist(),
            name="–",
            marker={"color": "rgba(0,0,0,0)", "line": {"color": QUIET, "width": 1}},
            customdata=list(zip(rows["year"], told, strict=True)),
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>–</extra>",
        )
    )


def _label_years(figure: go.Figure, years: list[int]) -> None:
    """Every second year from the last has its label, and the line stands between the divisions."""
    labelled = years[::-2] if len(years) > 8 else years[::-1]
    figure.update_xaxes(
        tickvals=[_place(year) for year in labelled],
        ticktext=[str(year) for year in labelled],
        showgrid=False,
    )
    if years[0] <= LAST_YEAR_OF_2018 < years[-1]:
        line = {"width": 1, "dash": "4px 3px", "color": QUIET}
        figure.add_vline(x=LAST_YEAR_OF_2018 + 0.5 + GAP / 2, line=line)


def _place(year: int) -> float:
    return year + GAP if year > LAST_YEAR_OF_2018 else year


def _line(
    rows: pd.Series,
    area_type: int,
    *,
    cuts: Sequence[float],
    indicator: Indicator,
    language: Language,
) -> go.Scatter:
    """One type's years; where its line is cut there is a point without a value."""
    colour = classes.area_type_palette(theme="light")[area_type - 1] if area_type else QUIET
    points: dict[float, float | None] = dict.fromkeys(cuts)
    points |= dict(zip(map(int, rows.index), plain(rows), strict=True))
    years = sorted(points)
    values = [points[year] for year in years]
    return go.Scatter(
        x=years,
        y=values,
        name=str(area_type) if area_type else "–",
        meta=_full_name(area_type, language=language),
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2.5, "dash": "solid" if area_type else "dot"},
        marker={"size": 7, "symbol": MARKS[area_type - 1] if area_type else "circle-open"},
        customdata=[wording.value(v, indicator=indicator, language=language) for v in values],
        hovertemplate="%{customdata}",
    )


def _full_name(area_type: int, *, language: Language) -> str:
    """The name that a picture has where the page has its key."""
    return (words.TYPE_NAMES[area_type - 1] if area_type else words.EVERY_TYPE)[language]
