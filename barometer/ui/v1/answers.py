"""What a client gets: the format it takes, or, of RFC 9457, every fault of its question."""

from collections.abc import Sequence
from http import HTTPStatus

import orjson
from flask import Response, request
from werkzeug.datastructures import MIMEAccept

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.export import Format, find_format
from barometer.selection import LANGUAGES
from barometer.tables import Fault, Table


def formats_of(table: Table) -> tuple[Format, ...]:
    """The formats of a table, the first for who does not say."""
    return tuple(found for name in table.formats if (found := find_format(name)) is not None)


def media_type(file_format: Format) -> str:
    """The media type without its parameters."""
    return file_format.media_type.partition(";")[0]


def negotiated(table: Table, extension: str | None) -> Format | None:
    """The format asked for; None when there is none that the client takes."""
    if extension is not None:
        return next((f for f in formats_of(table) if f.format_id == extension), None)
    by_type: dict[str, Format] = {}
    for found in formats_of(table):
        by_type.setdefault(media_type(found), found)
    accepts: MIMEAccept = request.accept_mimetypes
    if not accepts or not accepts.best:
        return formats_of(table)[0]
    best = accepts.best_match(list(by_type))
    return by_type[best] if best else None


MEDIA_TYPE = "application/problem+json"


def asked_language() -> Language:
    """That of the question's `lang`, else what the client accepts, else English as the rest."""
    given = request.args.get("lang", "").strip().lower()
    if given in LANGUAGES:
        return given
    accepted = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((own for own in accepted if own in LANGUAGES), "en")


def problem(status: int, detail: Text | str, *, faults: Sequence[Fault] = ()) -> Response:
    """A problem document; `faults` name each parameter that is at fault and what to do.

    Keys, parameters and `title` are the same in every language, for programs.
    """
    language = asked_language()
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail if isinstance(detail, str) else detail[language],
        "instance": request.path,
        "errors": [
            {"parameter": fault.parameter, "given": fault.given, "detail": fault.said[language]}
            for fault in faults
        ],
    }
    response = Response(orjson.dumps(document), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = "en" if isinstance(detail, str) else language
    response.headers["Vary"] = "Accept-Language"
    return response


def faulty(faults: Sequence[Fault]) -> Response:
    """400 for a question that cannot be read, 404 for one about what is not there."""
    status = 404 if all(fault.missing for fault in faults) else 400
    sv, en = ("; ".join(_told(fault, language) for fault in faults) for language in LANGUAGES)
    return problem(status, Text(sv, en), faults=faults)


def _told(fault: Fault, language: Language) -> str:
    return " ".join(filter(None, (fault.parameter, fault.given, fault.said[language])))
