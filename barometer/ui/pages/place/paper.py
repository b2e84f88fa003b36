"""A place on A4 pages that need no script: what the report and the agenda have in common."""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from barometer import fonts, wording
from barometer.ui import words as site_words
from barometer.ui.frame import mark
from barometer.ui.markup import markup
from barometer.ui.pages.place import words
from barometer.ui.pages.place.state import PlaceState
from barometer.ui.serving import font_address

ASSETS: Final = Path(__file__).resolve().parents[4] / "assets"
_DOCUMENT: Final = """<!DOCTYPE html>
<html lang="{language}" data-mantine-color-scheme="light">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body class="report">
<main>{body}</main>
</body>
</html>"""


def paper(
    state: PlaceState,
    sheets: Sequence[Sequence[Any]],
    *,
    name: str,
    today: date,
    site: str | None,
    after: Sequence[Any] = (),
    foot: str = "",
) -> str:
    """A document of A4 pages with some contents, then what stands after them; `name` is what it is.

    `site` is the address of the site that links lead to; without one they are plain text, since a
    file has no site to lead to. "" keeps them as they are on the site. `foot` says where the
    figures are from; without one it leads to the appendix.
    """
    day = wording.day(today, language=state.language)
    pages = [
        _sheet(state, content, number=n, total=len(sheets), head=f"{name} · {day}", foot=foot)
        for n, content in enumerate(sheets, start=1)
    ]
    return _DOCUMENT.format(
        language=state.language,
        title=escape(f"{name}: {state.where}, {day}"),
        style=_style(state, site),
        body=markup([*pages, *after], site=site),
    )


def _sheet(
    state: PlaceState, content: Sequence[Any], *, number: int, total: int, head: str, foot: str
) -> Component:
    """One page: the mark above, source and page number inside at the foot."""
    language = state.language
    site = html.Span([mark(), html.B(site_words.SITE[language])], className="brand")
    page = words.PAGE_OF[language].format(place=state.area.name, n=number, total=total)
    return html.Section(
        [
            html.Header([site, html.Span(head)]),
            html.Div(list(content), className="sheet__content"),
            html.Footer([html.Span(foot or _foot(state)), html.Span(page)]),
        ],
        className="sheet",
    )


def _foot(state: PlaceState) -> str:
    """Where the figures come from: short, since the appendix names every table."""
    snapshot = state.reader.snapshot
    if snapshot.synthetic:
        return wording.synthetic_banner(state.language)
    retrieved = wording.day(snapshot.built_at.date(), language=state.language)
    return words.FOOT[state.language].format(day=retrieved)


def _style(state: PlaceState, site: str | None) -> str:
    """The style sheets of tables and figures; a report that leaves the site carries its fonts."""
    address = font_address if site == "" else fonts.inline
    names = ("10-tokens.css", "11-frame.css", "14-segregation.css", "18-plats.css", "19-report.css")
    sheets = ((ASSETS / name).read_text(encoding="utf-8") for name in names)
    return "\n".join((fonts.rules(state.context.faces(), address=address), *sheets))
