"""The pieces that the page is put together of: sections, entries, facts and tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from barometer.ui.markup import aria

Fact = tuple[str, Any]


def section(anchor: str, title: str, inside: Sequence[Any]) -> Component:
    """A part of the page that the contents list leads to."""
    head = html.H2(title, id=f"method-{anchor}")
    return html.Section(
        [head, *inside], id=anchor, className="part", **aria(labelledby=f"method-{anchor}")
    )


def fold(label: str, inside: Iterable[Any]) -> Component:
    """What few read to the end; a search, a link to an entry in it and paper open it."""
    return html.Details([html.Summary(label), *inside], className="part__more")


def heading(part: Any) -> tuple[str, str]:
    """A section's anchor and title."""
    return part.id, part.children[0].children


def entry(anchor: str, title: str, *, aside: str, inside: Sequence[Any]) -> Component:
    """One thing of a register: its name, and the rest when it is opened."""
    summary = html.Summary([html.H3(title), html.Span(aside, className="entry__aside")])
    return html.Details(
        [summary, html.Div(inside, className="entry__inside")], id=anchor, className="entry"
    )


def facts(entries: Iterable[Fact | None]) -> Component:
    """Labels with what is said of each; None is left out."""
    rows = [html.Div([html.Dt(f[0]), html.Dd(f[1])]) for f in entries if f is not None]
    return html.Dl(rows, className="said")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Component:
    """A table with row heads, in a frame of its own that scrolls sideways."""
    body = [
        html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])])
        for row in rows
    ]
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in heads]))
    drawn = html.Table([html.Caption(caption, className="unseen"), head, html.Tbody(body)])
    return html.Div(
        drawn, className="method__table", tabIndex=0, role="group", **aria(label=caption)
    )


def lines(items: Iterable[Any]) -> Component:
    """A list without marks."""
    return html.Ul([html.Li(item) for item in items], className="lines")


def separated(items: Sequence[Any], *, by: str = ", ") -> list[Any]:
    """Components with words between them."""
    return [part for item in items for part in (by, item)][1:]


def linked(name: str, anchor: str) -> Component:
    """A name that leads to its entry."""
    return html.A(name, href=f"#{anchor}")
