"""What can be taken along of a view: files, link, code for another page, and who to thank."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.catalogue import Text
from barometer.export import FORMATS, Format
from barometer.ui import words
from barometer.ui.address import address
from barometer.ui.downloads import PICTURES, code_lines
from barometer.ui.markup import data
from barometer.ui.pages.map import words as labels
from barometer.ui.pages.map.state import MapState

FIRST: Final = ("xlsx", "csv")


def share_list(state: MapState, *, n_areas: int) -> list[Component]:
    """The menu's groups: figures, more formats, link, code and programs."""
    language = state.language
    count = wording.number(n_areas, language=language)
    heading = words.fill(labels.FIGURES, language, n=f"{count} {words.AREAS[language]}")
    first = sorted(
        (f for f in FORMATS if f.format_id in FIRST), key=lambda f: FIRST.index(f.format_id)
    )
    others = [f for f in FORMATS if f.format_id not in FIRST]
    copies = [
        _button(
            words.COPY_LINK[language],
            labels.LINK_USE[language],
            copy="link",
            done=words.COPIED[language],
        ),
        _button(
            labels.EMBED[language],
            labels.EMBED_USE[language],
            copy="embed",
            done=words.EMBEDDED[language],
        ),
        _button(words.PRINT[language], labels.PRINT_USE[language], print=""),
    ]
    return [
        html.H3(words.PICTURE[language], className="share__heading"),
        html.Ul([_picture(state, *kind) for kind in PICTURES], className="share__list"),
        html.H3(heading, className="share__heading"),
        html.Ul([_file(state, found) for found in first], className="share__list"),
        html.Details(
            [
                html.Summary(labels.MORE_FORMATS[language]),
                html.Ul([_file(state, found) for found in others], className="share__list"),
            ],
            className="share__more",
        ),
        html.Ul(copies, className="share__list share__list--ruled"),
        html.Details(
            [html.Summary(labels.PROGRAMS[language]), *_programs(state)], className="share__more"
        ),
    ]


def downloads(state: MapState) -> list[dict[str, str]]:
    """The files of exactly this view."""
    query = state.selection.to_query()
    return [
        {"name": f.name[state.language], "href": f"/export/{f.format_id}{query}"} for f in FORMATS
    ]


def _file(state: MapState, format_: Format) -> Component:
    use = labels.FILE_USES.get(format_.format_id)
    more = [html.Span(use[state.language])] if use else []
    inside = [html.Strong(format_.name[state.language]), *more]
    href = f"/export/{format_.format_id}{state.selection.to_query()}"
    return html.Li(html.A(inside, href=href, download="", className="share__item"))


def _picture(state: MapState, kind: str, name: str, note: Text) -> Component:
    inside = [html.Strong(name), html.Span(note[state.language])]
    href = f"/picture/karta/karta.{kind}{state.selection.to_query()}"
    return html.Li(html.A(inside, href=href, download="", className="share__item"))


def _button(name: str, use: str, **attributes: str) -> Component:
    inside = [html.Strong(name), html.Span(use)]
    return html.Li(
        html.Button(inside, type="button", className="share__item", **data(**attributes))
    )


def _programs(state: MapState) -> list[Component]:
    """The figures' address, and a line that reads it in each of two languages."""
    path = f"/export/csv{state.selection.to_query()}"
    rows = [
        html.Div([html.Span(name), html.Code(line, **data(origin=""))], className="share__line")
        for name, line in code_lines(path)
    ]
    api = html.A("API", href=address("/data/api", language=state.language))
    return [*rows, html.P(api)]


def origin(state: MapState) -> str:
    """The short source line on the map's edge: where the figures and the names come from."""
    language, snapshot = state.language, state.reader.snapshot
    if snapshot.synthetic:
        return ""
    found = queries.provenance(
        state.reader.cursor, state.selection, catalogue=state.context.catalogue, snapshot=snapshot
    )
    used = [use.source_id for use in found.sources]
    tables = ", ".join(used[:2]) + (" …" if len(used) > 2 else "")
    whose = dict.fromkeys(wording.agency_name(u.agency, language=language) for u in found.sources)
    text = labels.SHORT_COMPUTED if found.computed else labels.SHORT_SOURCE
    source = words.fill(text, language, agencies=", ".join(whose), tables=tables)
    agencies = [s.partition(",")[0] for s in state.reader.once(queries.place_sources)]
    named = words.fill(labels.MAP_NAMES, language, sources=", ".join(agencies))
    return f"{source}. {named}" if agencies else source
