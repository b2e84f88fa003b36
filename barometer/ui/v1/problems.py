"""What an answer says when a question cannot be answered: RFC 9457, every fault at once."""

from collections.abc import Sequence
from http import HTTPStatus

import orjson
from flask import Response, request

from barometer.tables import Fault

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, *, faults: Sequence[Fault] = ()) -> Response:
    """A problem document; `faults` name each parameter that is at fault and what to do."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "errors": [
            {"parameter": fault.parameter, "given": fault.given, "detail": fault.detail}
            for fault in faults
        ],
    }
    response = Response(orjson.dumps(document), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def faulty(faults: Sequence[Fault]) -> Response:
    """400 for a question that cannot be read, 404 for one about what is not there."""
    status = 404 if all(fault.missing for fault in faults) else 400
    said = "; ".join(f"{fault.parameter} {fault.detail}" for fault in faults)
    return problem(status, said, faults=faults)
