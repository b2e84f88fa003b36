"""A PxWebApi 2 server over any source of tables, as a WSGI app: in-process or behind a socket."""

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import flask
import orjson

from etl.emulator.answers import Answers
from etl.emulator.limits import SCB_LIMITS, Allowance, CallCounter, Limits
from etl.emulator.problems import RefusedError
from etl.emulator.shelf import TableSource

API = "/api/v2"
_GZIP_FROM = 1_000


def create_emulator(
    source: TableSource,
    *,
    limits: Limits = SCB_LIMITS,
    clock: Callable[[], float] = time.monotonic,
    answers: Callable[[TableSource, Limits], Answers] = Answers,
) -> flask.Flask:
    """The server, with the API under /api/v2.

    Mount it with httpx.WSGITransport(app=...), or see `server.serve`.
    """
    app = flask.Flask("emulator", static_folder=None)
    app.config["PROPAGATE_EXCEPTIONS"] = True  # a fault of ours is no answer of SCB's
    counter = CallCounter(limits, clock=clock)
    app.before_request(_read_body)
    app.before_request(lambda: _refuse(limits, counter))
    app.after_request(_finish)
    app.register_error_handler(RefusedError, _answer_problem)
    _route(app, answers(source, limits))
    return app


def _route(app: flask.Flask, answers: Answers) -> None:
    table = f"{API}/tables/<table_id>"
    routes: tuple[tuple[str, Callable[..., bytes | flask.Response]], ...] = (
        (f"{API}/config", answers.config),
        (f"{API}/tables", answers.tables),
        (table, answers.table),
        (f"{table}/metadata", answers.metadata),
        (f"{table}/defaultselection", answers.default_selection),
        (f"{API}/codelists/<code_list_id>", answers.code_list),
        (f"{API}/codeLists/<code_list_id>", answers.code_list),
    )
    for rule, view in routes:
        app.add_url_rule(rule, rule, view, methods=["GET"], strict_slashes=False)
    data = f"{table}/data"
    app.add_url_rule(data, data, answers.data, methods=["GET", "POST"], strict_slashes=False)


def _read_body() -> None:
    """Read the whole call: the server would wait for what is unread behind an early answer."""
    flask.request.get_data()


def _refuse(limits: Limits, counter: CallCounter) -> flask.Response | None:
    """Addresses that are too long and clients that call too often, before anything is looked up."""
    request = flask.request
    if not request.path.startswith(API):
        return None
    if len(request.url) > limits.address_length:
        return flask.Response(status=404)
    if limits.calls == 0 or request.path == f"{API}/config":
        return None
    allowance = counter.count(request.remote_addr or "")
    if allowance.remaining < 0:
        return too_many_calls(limits, allowance.seconds_left)
    flask.g.rate_headers = _rate_headers(limits, allowance)
    return None


def _rate_headers(limits: Limits, allowance: Allowance) -> dict[str, str]:
    reset = datetime.now(UTC) + timedelta(seconds=allowance.seconds_left)
    return {
        "X-Rate-Limit-Limit": f"{limits.window:g}s",
        "X-Rate-Limit-Remaining": str(max(allowance.remaining, 0)),
        "X-Rate-Limit-Reset": reset.strftime("%Y-%m-%dT%H:%M:%S.%f0Z"),
    }


def too_many_calls(limits: Limits, seconds: float) -> flask.Response:
    """The answer to a client that calls too often."""
    text = f"API calls quota exceeded! maximum admitted {limits.calls} per {limits.window:g}s."
    headers = _rate_headers(limits, Allowance(0, seconds))
    headers["Retry-After"] = str(int(-(-seconds // 1)))
    return flask.Response(text, status=429, headers=headers, mimetype="text/plain")


def _finish(response: flask.Response) -> flask.Response:
    response.headers.extend(flask.g.get("rate_headers", {}))
    if not response.is_streamed:
        _compress(response)
    return response


def _compress(response: flask.Response) -> None:
    if not flask.request.accept_encodings["gzip"]:
        return
    response.headers["Vary"] = "Accept-Encoding"
    body = response.get_data()
    if len(body) >= _GZIP_FROM:
        response.set_data(gzip.compress(body, compresslevel=1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def _answer_problem(error: RefusedError) -> flask.Response:
    body = orjson.dumps(error.problem.body()) if error.problem.title else b""
    mimetype = "application/problem+json"
    return flask.Response(body, status=error.problem.status, mimetype=mimetype)
