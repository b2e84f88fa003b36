"""The long texts: Markdown files beside the package, as components."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dash import html
from dash.development.base_component import Component

from barometer.divisions import Language

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
