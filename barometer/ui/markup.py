"""HTML: attributes that Python cannot spell, and components as text where no script runs.

What never changes by itself goes to the browser as HTML instead of as components. Dash makes each
component of an answer an instance that it tells of every change; a page of tables and menus has
more than a thousand, which take seconds. Here an element in which nothing has an id becomes one
component, drawn by assets/23-still.js as the same element with the same inside. What a reader opens
or scrolls stays a component, handled by Dash as any other.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import cache
from html import escape
from typing import Any, Final

from dash import html
from dash.development.base_component import Component


def aria(**said: str) -> dict[str, Any]:
    """`aria(label="Karta")` as `aria-label`."""
    return {f"aria-{name}": value for name, value in said.items()}


def data(**said: str) -> dict[str, Any]:
    """`data(close_panel="")` as `data-close-panel`."""
    return {f"data-{name.replace('_', '-')}": value for name, value in said.items()}


def element(kind: type[Component], children: Any = None, /, **props: Any) -> Component:
    """`kind(children, **props)` for what a page has by the hundred.

    Dash compares every name with all that the kind has, which takes ten times as long.
    """
    made = kind.__new__(kind)
    vars(made).update(_own_of(kind), children=children, **props)
    return made


@cache
def _own_of(kind: type[Component]) -> dict[str, Any]:
    """What Dash keeps in each component of a kind."""
    return vars(kind())


_ATTRIBUTES: Final = {
    "className": "class",
    "htmlFor": "for",
    "hrefLang": "hreflang",
    "colSpan": "colspan",
    "tabIndex": "tabindex",
}
_VOID: Final = frozenset({"img", "br", "hr"})
_LEFT_OUT: Final = frozenset({"children", "n_clicks"})
_OF_DASH: Final = frozenset(vars(html.Br())) - {"children"}  # beside what it was given
_RUN: Final = ("javascript:", "vbscript:", "data:")


def markup(part: Any, *, site: str | None) -> str:
    """A component of Dash's HTML as text; anything else of Dash needs a script and is refused."""
    written: list[str] = []
    _write(part, site, written.append)
    return "".join(written)


def props_of(part: Component) -> dict[str, Any]:
    """The properties that a component was given, by name in alphabetical order."""
    own = vars(part)
    return {name: own[name] for name in sorted(own) if name not in _OF_DASH}


def _write(part: Any, site: str | None, write: Callable[[str], None]) -> None:
    if isinstance(part, str):  # first, since nothing tells a component as quickly
        write(escape(part, quote=False))
    elif isinstance(part, list | tuple):
        for child in part:
            _write(child, site, write)
    elif isinstance(part, Component):
        _write_element(part, site, write)
    elif part is not None:
        write(escape(str(part), quote=False))


def _write_element(part: Component, site: str | None, write: Callable[[str], None]) -> None:
    if part._namespace != "dash_html_components":
        raise TypeError(f"{part._type} needs a script: HTML is made of dash.html only")
    props = props_of(part)
    tag = part._type.lower()
    if tag == "a" and site is None:
        tag = "span"
        props = {name: value for name, value in props.items() if name not in ("href", "download")}
    write(f"<{tag}{''.join(_attributes(props.items(), site=site or ''))}>")
    if tag not in _VOID:
        _write(props.get("children"), site, write)
        write(f"</{tag}>")


def _attributes(props: Iterable[tuple[str, Any]], *, site: str) -> Iterator[str]:
    for name, value in props:
        if name in _LEFT_OUT or value is None or value is False:
            continue
        if name == "href":
            value = str(value)
            if _runs(value):
                continue
            if value.startswith("/"):
                value = site + value
        elif name == "style":
            value = ";".join(f"{_hyphenated(key)}:{own}" for key, own in value.items())
        written = _ATTRIBUTES.get(name, name)
        yield f" {written}" if value is True else f" {written}={_quoted(str(value))}"


def _quoted(value: str) -> str:
    """Between the marks that leave its own as they are: `ui/address.py` knows one by them."""
    if '"' in value:
        return "'" + escape(value, quote=False).replace("'", "&#x27;") + "'"
    return f'"{escape(value)}"'


def _runs(address: str) -> bool:
    """Whether a link would run what it says; a browser overlooks spaces and controls in it."""
    return "".join(c for c in address if c > " ").lower().startswith(_RUN)


def _hyphenated(name: str) -> str:
    """A style's name as a style sheet writes it: "flexGrow" to "flex-grow"."""
    if name.islower():
        return name
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)


class Still(Component):
    """One HTML element: its tag, its attributes as Dash names them, and its inside as HTML."""

    _children_props: list[str] = []  # noqa: RUF012 - as Dash declares it
    _base_nodes: list[str] = ["children"]  # noqa: RUF012
    _namespace = "barometer"  # a package that is there: Dash imports it for each attribute
    _type = "Still"

    def __init__(self, tag: str, attributes: dict[str, Any], inside: str) -> None:
        self._prop_names = ["tag", "attributes", "inside"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        super().__init__(tag=tag, attributes=attributes, inside=inside)


def stilled(part: Any) -> Any:
    """The same parts, with one `Still` for each outermost element that callbacks cannot reach."""
    if isinstance(part, list | tuple):
        return [stilled(child) for child in part]
    inside = getattr(part, "children", None)
    if not isinstance(part, Component) or not _has_components(inside):
        return part
    if _is_still(part):
        props = props_of(part)
        inside = markup(props.pop("children"), site="")
        return Still(part._type.lower(), props, inside)
    kept = copy(part)
    kept.children = stilled(inside)
    return kept


def _has_components(inside: Any) -> bool:
    parts = inside if isinstance(inside, list | tuple) else [inside]
    return any(isinstance(part, Component | list | tuple) for part in parts)


def _is_still(part: Any) -> bool:
    """Whether it is text, or HTML in which no element has an id or is opened or scrolled."""
    if isinstance(part, str):
        return True
    if isinstance(part, list | tuple):
        return all(map(_is_still, part))
    if not isinstance(part, Component):
        return True
    plain = part._namespace == "dash_html_components" and part._type != "Details"
    reached = hasattr(part, "id") or hasattr(part, "tabIndex")
    return plain and not reached and _is_still(getattr(part, "children", None))
