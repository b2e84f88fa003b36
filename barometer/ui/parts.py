"""What every section of a page is made of: heading, sentences, figure, table twin and files."""

from collections.abc import Sequence

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from barometer.divisions import Language
from barometer.ui import words
from barometer.ui.attributes import aria
from barometer.ui.panel import GRAPH_CONFIG

Cell = str | Component


def section(
    key: str,
    heading: str,
    *,
    said: Sequence[str],
    figure: Component | None = None,
    table: Component | None = None,
    notes: Sequence[str] = (),
    files: Component | None = None,
) -> Component:
    """One section; the files hold the frame that everything else in it is made from."""
    shown = [
        html.H2(heading, id=f"{key}-heading"),
        *[html.P(sentence, className="measure__sentence") for sentence in said if sentence],
        figure,
        *[html.P(note, className="measure__note") for note in notes if note],
        table,
        files,
    ]
    return html.Section(
        [item for item in shown if item is not None],
        id=key,
        className="measure",
        **aria(labelledby=f"{key}-heading"),
    )


def graph(figure: go.Figure, *, label: str, height: int) -> Component:
    """A figure; its words are the label, its numbers the table."""
    drawn = dcc.Graph(figure=figure, config=GRAPH_CONFIG, style={"height": f"{height}px"})
    return html.Div(drawn, className="measure__graph", role="img", **aria(label=label))


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    label: str,
    chosen: int | None = None,
    texts: Sequence[int] = (),
) -> Component:
    """A table that scrolls inside its frame; the first cell of a row is its head.

    `texts` are the columns with words, which are not set as numbers.
    """
    body = [
        html.Tr(
            [
                html.Th(row[0], scope="row"),
                *[
                    html.Td(cell, className="words" if n in texts else None)
                    for n, cell in enumerate(row[1:], start=1)
                ],
            ],
            className="chosen" if number == chosen else None,
        )
        for number, row in enumerate(rows)
    ]
    head = html.Thead(
        html.Tr(
            [
                html.Th(h, scope="col", className="words" if n in texts else None)
                for n, h in enumerate(heads)
            ]
        )
    )
    inside = html.Table([head, html.Tbody(body)], className="numbers")
    return html.Div(inside, className="scroll", tabIndex=0, role="group", **aria(label=label))


def folded(twin: Component, *, language: Language, opened: bool = False) -> Component:
    """A table twin under a summary."""
    return html.Details(
        [html.Summary(words.TWIN[language]), twin], className="measure__twin", open=opened
    )
