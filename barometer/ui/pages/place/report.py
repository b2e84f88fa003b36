"""The profile as one document that needs no script: the A4 report, on paper and as PDF."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from barometer import fonts, wording
from barometer.ui import words as site_words
from barometer.ui.frame import banner, footer, mark
from barometer.ui.pages.place import words
from barometer.ui.pages.place.sections import AROUND, EVERY_YEAR, PORTRAIT, heading, source
from barometer.ui.pages.place.state import PlaceState
from barometer.ui.serving import font_address

ASSETS: Final = Path(__file__).resolve().parents[4] / "assets"
_ATTRIBUTES: Final = {"className": "class", "htmlFor": "for", "hrefLang": "hreflang"}
_VOID: Final = frozenset({"img", "br", "hr"})
_LEFT_OUT: Final = frozenset({"children", "n_clicks", "tabIndex"})
_DOCUMENT: Final = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body class="report">
{body}
</body>
</html>"""


def report(state: PlaceState, *, today: date, site: str | None = None) -> str:
    """The whole report as HTML.

    `site` is the address of the site that links lead to; without one they are
    plain text, since a file has no site to lead to. "" keeps them as they are on the site.
    """
    snapshot = state.reader.snapshot
    said = words.REPORT_FROM[state.language].format(
        site=site_words.SITE[state.language], day=wording.day(today, language=state.language)
    )
    shown = [
        html.Header([html.Span([mark(), html.Span(said)], className="brand")], className="header"),
        banner(snapshot, state.language),
        html.Main(
            html.Div(
                [
                    *heading(state),
                    *PORTRAIT.fill(state),
                    *AROUND.fill(state),
                    html.Div(EVERY_YEAR.fill(state)),
                    html.P(source(state), className="facts__source"),
                ],
                className="plats",
            ),
            className="main",
        ),
        footer(snapshot, state.language),
    ]
    return _DOCUMENT.format(
        language=state.language,
        title=escape(said),
        style=_style(state, site),
        body="".join(markup([part for part in shown if part is not None], site=site)),
    )


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
        raise TypeError(f"{part._type} needs a script: the report is made of dash.html only")
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
        if name == "style":
            value = ";".join(f"{key}:{own}" for key, own in value.items())
        if name == "href" and str(value).startswith("/"):
            value = site + value
        written = _ATTRIBUTES.get(name, name)
        yield f" {written}" if value is True else f' {written}="{escape(str(value))}"'


def _style(state: PlaceState, site: str | None) -> str:
    """Every style sheet; a report that leaves the site carries its fonts with it."""
    address = font_address if site == "" else fonts.inline
    sheets = (path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css")))
    return "\n".join((fonts.rules(state.context.faces(), address=address), *sheets))
