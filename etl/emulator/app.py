"""A PxWebApi 2 server over any source of tables, as a WSGI app: in-process or behind a socket."""

import gzip
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import flask
import httpx
import orjson
from werkzeug.exceptions import HTTPException

from etl.emulator.answers import Answers
from etl.emulator.damage import cut_off, damage_body
from etl.emulator.faults import Fault, Faults, hit, read_fault
from etl.emulator.limits import SCB_LIMITS, Allowance, CallCounter, Limits
from etl.emulator.problems import RefusedError
from etl.emulator.tables import TableSource
from etl.emulator.wfs import Boundaries, route_wfs

API = "/api/v2"
FAULTS = "/faults"
_GZIP_FROM = 1_000


def create_emulator(
    source: TableSource,
    *,
    limits: Limits = SCB_LIMITS,
    faults: Faults | None = None,
    clock: Callable[[], float] = time.monotonic,
    control: bool = False,
    boundaries: Boundaries | None = None,
) -> flask.Flask:
    """The server, with the API under /api/v2.

    Mount it with httpx.WSGITransport(app=...), or see `server.serve`. `control` adds the route
    /faults: GET lists the faults, POST adds one, DELETE clears them. `boundaries` adds SCB's
    geodata service, see `wfs.route_wfs`.
    """
    app = flask.Flask("emulator", static_folder=None)
    app.config["PROPAGATE_EXCEPTIONS"] = True  # a fault of ours is no answer of SCB's
    faults = faults or Faults()
    counter = CallCounter(limits, clock=clock)
    app.before_request(_hear)
    app.before_request(lambda: _refuse(limits, counter))
    app.before_request(lambda: _strike(faults))
    app.after_request(_finish)
    app.register_error_handler(RefusedError, _answer_problem)
    _route(app, Answers(source, limits))
    if boundaries is not None:
        route_wfs(app, boundaries)
    if control:
        _route_control(app, faults)
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


def _hear() -> None:
    """Read the whole call: the server would wait for what is unread behind a fault's answer."""
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
        return _too_many_calls(limits, allowance.seconds_left)
    flask.g.rate_headers = _rate_headers(limits, allowance)
    return None


def _rate_headers(limits: Limits, allowance: Allowance) -> dict[str, str]:
    reset = datetime.now(UTC) + timedelta(seconds=allowance.seconds_left)
    return {
        "X-Rate-Limit-Limit": f"{limits.window:g}s",
        "X-Rate-Limit-Remaining": str(max(allowance.remaining, 0)),
        "X-Rate-Limit-Reset": reset.strftime("%Y-%m-%dT%H:%M:%S.%f0Z"),
    }


def _too_many_calls(limits: Limits, seconds: float) -> flask.Response:
    text = f"API calls quota exceeded! maximum admitted {limits.calls} per {limits.window:g}s."
    headers = _rate_headers(limits, Allowance(0, seconds))
    headers["Retry-After"] = str(int(-(-seconds // 1)))
    return flask.Response(text, status=429, headers=headers, mimetype="text/plain")


def _strike(faults: Faults) -> flask.Response | None:
    """Let the faults that are due strike the call; those of the body wait for the answer."""
    request = flask.request
    if request.path == FAULTS:
        return None
    table = (request.view_args or {}).get("table_id")
    struck = faults.strike(request.method, request.path.removeprefix(API), table=table)
    flask.g.faults = struck
    for fault in struck:
        if fault.kind == "slow":
            time.sleep(fault.seconds)
    if hit(struck, "hang"):
        return _hang()
    if (fault_ := hit(struck, "too_many_calls")) is not None:
        return _too_many_calls(SCB_LIMITS, fault_.seconds)
    if (fault_ := hit(struck, "unavailable")) is not None:
        page = "<html><body>Service Unavailable</body></html>"
        return flask.Response(page, status=fault_.status, mimetype="text/html")
    return None


def _hang() -> flask.Response:
    """No answer: behind a socket the connection breaks, in-process httpx's clock runs out."""

    def nothing() -> Iterator[bytes]:
        yield b" "
        raise httpx.ReadTimeout("the server did not answer in time")

    return flask.Response(nothing())


def _finish(response: flask.Response) -> flask.Response:
    response.headers.extend(flask.g.get("rate_headers", {}))
    if response.is_streamed:
        return response
    struck: tuple[Fault, ...] = flask.g.get("faults", ())
    if response.status_code == 200 and struck:
        response.set_data(damage_body(response.get_data(), struck))
    _compress(response)
    if response.status_code == 200 and hit(struck, "cut_off"):
        body = response.get_data()
        response.response = cut_off(body)
        response.headers["Content-Length"] = str(len(body))
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


def _route_control(app: flask.Flask, faults: Faults) -> None:
    def show() -> flask.Response:
        return flask.jsonify(faults=faults.describe(), calls=len(faults.calls))

    def add() -> tuple[flask.Response, int]:
        try:
            faults.add(read_fault(flask.request.get_json()))
        except (ValueError, AttributeError, TypeError, HTTPException) as error:
            return flask.jsonify(error=f"no fault was added: {error}"), 400
        return show(), 201

    def clear() -> flask.Response:
        faults.clear()
        return show()

    app.add_url_rule(FAULTS, "show_faults", show, methods=["GET"])
    app.add_url_rule(FAULTS, "add_fault", add, methods=["POST"])
    app.add_url_rule(FAULTS, "clear_faults", clear, methods=["DELETE"])
