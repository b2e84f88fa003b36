"""HTML: attributes that Python cannot spell, and components as text where no script runs."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final

from dash.development.base_component import Component


def aria(**said: str) -> dict[str, Any]:
    """`aria(label="Karta")` as `aria-label`."""
    return {f"aria-{name}": value for name, value in said.items()}


def data(**said: str) -> dict[str, Any]:
    """`data(close_panel="")` as `data-close-panel`."""
    return {f"data-{name.replace('_', '-')}": value for name, value in said.items()}


_ATTRIBUTES: Final = {
    "className": "class",
    "htmlFor": "for",
    "hrefLang": "hreflang",
    "colSpan": "colspan",
    "tabIndex": "tabindex",
}
_VOID: Final = frozenset({"img", "br", "hr"})
_LEFT_OUT: Final = frozenset({"children", "n_clicks"})
_RUN: Final = ("javascript:", "vbscript:", "data:")


def markup(part: Any, *, site: str | None) -> Iterator[str]:
    """A component of Dash's HTML as text; anything else of Dash needs a script and is refused."""
    if part is None:
        return
    if isinstance(part, list | tuple):
        for child in part:
            yield from markup(child, site=site)
    elif isinstance(part, Component):
        yield from _element(part, site=site)
    else:
        yield escape(str(part), quote=False)


def _element(part: Component, *, site: str | None) -> Iterator[str]:
    if part._namespace != "dash_html_components":
        raise TypeError(f"{part._type} needs a script: HTML is made of dash.html only")
    props: Mapping[str, Any] = part.to_plotly_json()["props"]
    tag = part._type.lower()
    if tag == "a" and site is None:
        tag = "span"
        props = {name: value for name, value in props.items() if name not in ("href", "download")}
    yield f"<{tag}{''.join(_attributes(props.items(), site=site or ''))}>"
    if tag not in _VOID:
        yield from markup(props.get("children"), site=site)
        yield f"</{tag}>"


def _attributes(props: Iterable[tuple[str, Any]], *, site: str) -> Iterator[str]:
    for name, value in props:
        if name in _LEFT_OUT or value is None or value is False:
            continue
        if name == "href" and _runs(str(value)):
            continue
        if name == "style":
            value = ";".join(f"{_hyphenated(key)}:{own}" for key, own in value.items())
        if name == "href" and str(value).startswith("/"):
            value = site + value
        written = _ATTRIBUTES.get(name, name)
        yield f" {written}" if value is True else f" {written}={_quoted(str(value))}"


def _quoted(value: str) -> str:
    """Between the marks that leave its own as they are: `prefix` knows an address by them."""
    if '"' in value:
        return "'" + escape(value, quote=False).replace("'", "&#x27;") + "'"
    return f'"{escape(value)}"'


def _runs(address: str) -> bool:
    """Whether a link would run what it says; a browser overlooks spaces and controls in it."""
    return "".join(c for c in address if c > " ").lower().startswith(_RUN)


def _hyphenated(name: str) -> str:
    """A style's name as a style sheet writes it: "flexGrow" to "flex-grow"."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
