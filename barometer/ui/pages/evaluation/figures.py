"""One function per figure of the follow-up page: frame and words in, figure out."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from barometer import wording
from barometer.catalogue import Break
from barometer.divisions import Language
from barometer.ui import theme
from barometer.ui.breaks import mark_breaks
from barometer.ui.figures import QUIET, amounts, empty_figure

BAND = "rgba(107,111,118,0.22)"


def years_figure(
    frame: pd.DataFrame,
    *,
    start: int,
    names: tuple[str, str],
    breaks: Sequence[Break] = (),
    language: Language,
) -> go.Figure:
    """The chosen areas and their comparison over the years, with a line where the effort begins.

    Columns: year, own, compared (`view.years_frame`); `names` are theirs.
    """
    figure = _empty(frame["year"], start, language=language)
    styles = (("compared", "riket", "dash", 2.0), ("own", "area", "solid", 2.75))
    for (column, role, dash, width), name in zip(styles, names[::-1], strict=True):
        texts = [wording.percent(v, language=language) for v in frame[column]]
        figure.add_trace(
            go.Scatter(
                x=frame["year"].tolist(),
                y=frame[column].tolist(),
                name=name,
                mode="lines+markers",
                line={"color": theme.ROLE_COLOURS[role], "dash": dash, "width": width},
                marker={"size": 6 if column == "own" else 4},
                customdata=texts,
                hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
            )
        )
    mark_breaks(figure, frame["year"], breaks=breaks)
    figure.update_yaxes(**amounts("percent", language=language))
    return figure.update_layout(hovermode="x unified")


def gap_figure(frame: pd.DataFrame, *, start: int, name: str, language: Language) -> go.Figure:
    """The difference year by year, over the band of the placebo groups.

    Columns: year, gap, band_low, band_high (`view.years_frame`).
    """
    figure = _empty(frame["year"], start, language=language)
    years = frame["year"].tolist()
    figure.add_trace(
        go.Scatter(
            x=years + years[::-1],
            y=frame["band_high"].tolist() + frame["band_low"].tolist()[::-1],
            fill="toself",
            fillcolor=BAND,
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
        )
    )
    texts = [wording.signed_points(v / 100, language=language) for v in frame["gap"]]
    figure.add_trace(
        go.Scatter(
            x=years,
            y=frame["gap"].tolist(),
            name=name,
            mode="lines+markers",
            line={"color": theme.ROLE_COLOURS["area"], "width": 2.75},
            marker={"size": 6},
            customdata=texts,
            hovertemplate="%{x}: %{customdata}<extra></extra>",
        )
    )
    figure.update_yaxes(nticks=5, zeroline=True, zerolinecolor=QUIET, zerolinewidth=1.5)
    return figure


def _empty(years: pd.Series, start: int, *, language: Language) -> go.Figure:
    figure = empty_figure(language)
    # Between the last year before and the first year after.
    figure.add_vline(x=start - 0.5, line={"width": 1.5, "dash": "4px 3px", "color": QUIET})
    return figure.update_xaxes(**theme.year_axis(years))
