"""Files: the answer that carries a sheet, the route of a page's tables, and the links to them."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from dash import Dash, html
from dash.development.base_component import Component
from flask import Response

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.export import Format, Sheet, filename, find_format, formats
from barometer.selection import Misunderstood
from barometer.store import Reader
from barometer.ui import words
from barometer.ui.context import Context, asked_query, language_of
from barometer.ui.markup import aria, data, element
from barometer.ui.serving import streamed

PICTURES: Final = (("png", "PNG", words.PNG_USE), ("svg", "SVG", words.SVG_USE))
CODES: Final = ("area", "area_id", "container_id")
"""Columns of files that hold codes of digits alone."""
EXPORTS: Final = "barometer-exports"
"""Where a server keeps the parts of each page that come as files, for tests to ask for each."""
Sheets = Callable[[Reader, str, str], Sheet | Sequence[Misunderstood] | None]
"""A reader, the address and the part to its sheet; None where there is nothing to send, and what
could not be followed where the question is another than any that has an answer."""


def respond(sheet: Sheet, file_format: Format) -> Response:
    """The sheet as a file, sent piece by piece."""
    response = streamed(file_format.write(sheet), media_type=file_format.media_type)
    name = filename(sheet, file_format)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Snapshot"] = str(sheet.description["snapshot"])
    return response


def register_files(
    app: Dash, context: Context, page: str, *, sheet: Sheets, parts: Collection[str] = ()
) -> None:
    """The parts of a page as files, or the whole page: /export/<page>/[<part>/]<format>."""

    def export(format_id: str, part: str = "") -> Response:
        found = find_format(format_id)
        if found is None or found.geometry or part not in (parts or ("",)):
            return lost(words.NO_FILE)
        with context.reader(asked_query()) as reader:
            made = sheet(reader, asked_query(), part)
        if isinstance(made, Sheet):
            return respond(made, found)
        return refused(made) if made else lost(words.NOTHING_TO_SEND)

    path = f"{page}/<part>" if parts else page
    app.server.extensions.setdefault(EXPORTS, {})[page] = tuple(parts)
    app.server.add_url_rule(f"/export/{path}/<format_id>", f"{page}_export", export)


def refused(faults: Sequence[Misunderstood]) -> Response:
    """400 with a line for each fault: a file never answers another question than the one asked."""
    lines = wording.question_faults(faults, language=language_of(asked_query()))
    return Response("\n".join(lines), status=400, mimetype="text/plain")


def lost(why: Text) -> Response:
    """404 with the reason in the reader's language."""
    return Response(why[language_of(asked_query())], status=404, mimetype="text/plain")


def downloads(
    page: str,
    query: str,
    *,
    language: Language,
    anchor: str = "",
    picture: str = "",
    embed: bool = True,
) -> Component:
    """The menu of a figure: its picture, its table, its link and the code that reads it.

    `page` is its path below /export, with the part; `anchor` is where it stands on the page;
    `picture` its path below /picture, where it has one; `embed` offers code for another site,
    which shows that picture or else the page.
    """
    pictures = [
        _file(name, f"/picture/{picture}.{kind}{query}", note[language])
        for kind, name, note in PICTURES
        if picture
    ]
    tables = [
        _file(found.name[language], f"/export/{page}/{found.format_id}{query}")
        for found in formats(geometry=False)
    ]
    shown = f"/picture/{picture}.svg{query}" if picture else ""
    framed = shown if embed else None
    groups = [
        *([_group(words.PICTURE[language], pictures)] if pictures else []),
        _group(words.FIGURES[language], tables),
        _group(
            words.LINK[language], _copies(f"/export/{page}/csv{query}", anchor, language, framed)
        ),
    ]
    label = [
        element(html.Span, className="icon icon--download", **aria(hidden="true")),
        words.SHARE[language],
        element(html.Span, className="icon icon--chevron", **aria(hidden="true")),
    ]
    menu = element(
        html.Details,
        [element(html.Summary, label), element(html.Div, groups, className="figure-menu__list")],
        className="figure-menu",
    )
    return element(html.Div, menu, className="measure__files")


def _group(heading: str, items: list[Component]) -> Component:
    listed = element(html.Ul, [element(html.Li, item) for item in items], className="downloads")
    return element(html.Div, [element(html.Span, heading, className="figure-menu__group"), listed])


def _file(name: str, href: str, note: str = "") -> Component:
    inside = (
        [element(html.Strong, name), element(html.Span, note)]
        if note
        else [element(html.Strong, name)]
    )
    return element(html.A, inside, href=href, download="", className="figure-menu__item")


def code_lines(path: str) -> tuple[tuple[str, str], ...]:
    """By language, what reads a table of the site; codes keep the noughts they begin with.

    R warns of each column that a table does not have, and reads the others all the same.
    """
    table = f'"{{origin}}{path}"'
    in_r = ", ".join(f'{name} = "character"' for name in CODES)
    in_python = ", ".join(f'"{name}": str' for name in CODES)
    return (
        ("R", f"suppressWarnings(read.csv({table}, colClasses = c({in_r})))"),
        ("Python", f"import pandas; pandas.read_csv({table}, dtype={{{in_python}}})"),
    )


def _copies(path: str, anchor: str, language: Language, framed: str | None) -> list[Component]:
    """What is copied: the link to the figure, code for a page, and a line that reads its data.

    `framed` is the picture that the code shows; where it is empty the code shows the whole page.
    """
    done = words.COPIED_TEXT[language]
    lines = code_lines(path)
    copies = [
        ("link", words.COPY_LINK[language], ""),
        *([("embed", words.COPY_EMBED[language], framed)] if framed is not None else []),
        *[("code", words.fill(words.COPY_CODE, language, name=name), line) for name, line in lines],
        ("code", words.COPY_ADDRESS[language], f"{{origin}}{path}"),
    ]
    return [
        element(
            html.Button,
            label,
            type="button",
            className="figure-menu__item",
            **data(copy=kind, done=done, code=code, anchor=anchor),
        )
        for kind, label, code in copies
    ]
