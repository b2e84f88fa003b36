"""What every section is made of: heading, sentences, figure, table twin and files."""

from collections.abc import Sequence

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from barometer.export import MEASURE_FORMATS
from barometer.ui.attributes import aria
from barometer.ui.panel import GRAPH_CONFIG
from barometer.ui.segregation import words
from barometer.ui.segregation.view import Seen

Cell = str | Component


def section(
    seen: Seen,
    part: str,
    heading: str,
    *,
    said: Sequence[str],
    figure: Component | None = None,
    table: Component | None = None,
    notes: Sequence[str] = (),
) -> Component:
    """One section; the files hold the frame that everything else in it is made from."""
    key = f"segregation-{part}"
    shown = [
        html.H2(heading, id=f"{key}-heading"),
        *[html.P(sentence, className="measure__sentence") for sentence in said if sentence],
        figure,
        *[html.P(note, className="measure__note") for note in notes if note],
        table,
        files(seen, part) if table is not None else None,
    ]
    return html.Section(
        [item for item in shown if item is not None],
        id=key,
        className="measure",
        **aria(labelledby=f"{key}-heading"),
    )


def files(seen: Seen, part: str) -> Component:
    """The section's table as files."""
    query = seen.measurement.to_query()
    links = [
        html.Li(
            html.A(
                found.name[seen.language],
                href=f"/export/segregation/{part}/{found.format_id}{query}",
                download="",
            )
        )
        for found in MEASURE_FORMATS
    ]
    return html.Div(
        [html.Span(words.DOWNLOAD[seen.language]), html.Ul(links, className="downloads")],
        className="measure__files",
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


def folded(seen: Seen, twin: Component, *, opened: bool = False) -> Component:
    """A table twin under a summary."""
    return html.Details(
        [html.Summary(words.TABLE[seen.language]), twin], className="measure__twin", open=opened
    )
