"""The pieces that the page is put together of: sections, entries, facts and tables."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dash import html
from dash.development.base_component import Component

from barometer.divisions import Language
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


if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

CONTENT: Final = Path(__file__).parents[2] / "content"
_PLAIN: Final[dict[str, Callable[..., Component]]] = {
    "paragraph": html.P,
    "bullet_list": html.Ul,
    "ordered_list": html.Ol,
    "list_item": html.Li,
    "strong": html.Strong,
    "em": html.Em,
    "table": html.Table,
    "thead": html.Thead,
    "tbody": html.Tbody,
    "tr": html.Tr,
    "th": html.Th,
    "td": html.Td,
    "blockquote": html.Blockquote,
}
_HEADINGS: Final = {"h2": html.H3, "h3": html.H4}  # a text stands below its section's h2


@lru_cache(maxsize=32)
def _source(name: str, language: Language) -> str:
    return (CONTENT / language / f"{name}.md").read_text(encoding="utf-8")


def text_of(name: str, *, language: Language) -> str:
    """A text as it is written."""
    return _source(name, language)


def prose(name: str, *, language: Language) -> list[Component]:
    """A text's paragraphs, lists and tables."""
    return rendered(_source(name, language))


def rendered(text: str) -> list[Component]:
    """Markdown as components: what has no component (raw HTML, pictures) is shown as text."""
    from markdown_it import MarkdownIt  # not before a long text is read: it would delay the start
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parts: list[Any] = _parts(SyntaxTreeNode(parser.parse(text)).children)
    return parts


def _parts(nodes: "Sequence[SyntaxTreeNode]") -> list[Any]:
    return [part for node in nodes for part in _part(node)]


def _part(node: "SyntaxTreeNode") -> list[Any]:
    inside = _parts(node.children)
    if node.type == "inline" or (node.type == "paragraph" and node.hidden):
        return inside
    if node.type == "heading":
        return [_HEADINGS.get(node.tag, html.H4)(inside)]
    if node.type == "link":
        return [html.A(inside, href=str(node.attrs.get("href", "")))]
    if node.type == "code_inline":
        return [html.Code(node.content)]
    if node.type in ("fence", "code_block"):
        return [html.Pre(html.Code(node.content), tabIndex=0, className="code")]
    if node.type == "table":
        return [html.Div(html.Table(inside), className="method__table", tabIndex=0, role="group")]
    if node.type in _PLAIN:
        return [_PLAIN[node.type](inside)]
    return [" "] if node.type == "softbreak" else [node.content]
