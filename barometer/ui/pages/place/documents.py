"""The lägesbild as a Word document or slides, made for whoever asks."""

from typing import Final, Literal

from flask import Flask, Response

from barometer.documents import Briefing
from barometer.own_codes import plain_id
from barometer.ui.address import site_address
from barometer.ui.context import Context, asked_query
from barometer.ui.downloads import refused
from barometer.ui.pages.place.briefing import briefing
from barometer.ui.pages.place.state import has_figures, resolve
from barometer.ui.pages.place.words import EMPTY

Kind = Literal["docx", "pptx"]
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES: Final[dict[Kind, str]] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
}


def register(server: Flask, context: Context) -> None:
    """Serve /plats/lagesbild.docx and /plats/lagesbild.pptx."""
    server.add_url_rule("/plats/lagesbild.docx", "plats_docx", lambda: _answer(context, "docx"))
    server.add_url_rule("/plats/lagesbild.pptx", "plats_pptx", lambda: _answer(context, "pptx"))


def _answer(context: Context, kind: Kind) -> Response:
    with context.reader(asked_query()) as reader:
        state = resolve(context, reader, asked_query())
        if state.corrections:
            return refused(state.corrections)
        if not has_figures(state):
            return Response(EMPTY[state.language], status=404, mimetype="text/plain")
        made = briefing(state, site=site_address())
    response = Response(_file(made, kind), mimetype=_MEDIA_TYPES[kind])
    name = f"lagesbild-{plain_id(state.area.area_id)}-{state.profile.year}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _file(content: Briefing, kind: Kind) -> bytes:
    if kind == "docx":
        from barometer.documents.word import word_file

        return word_file(content)
    from barometer.documents.slides import slides_file

    return slides_file(content)
