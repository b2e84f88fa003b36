"""The emulator with everything that can go wrong, and with SCB's geodata service beside it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import flask
import httpx

from etl.emulator import app as plain
from etl.emulator import problems
from etl.emulator.answers import Answers
from etl.emulator.limits import SCB_LIMITS, Limits
from etl.emulator.problems import RefusedError
from etl.emulator.shelf import ShelvedTable, TableSource
from tests.emulated.damage import cut_off, damage_body, damage_summaries, damage_table
from tests.emulated.faults import TABLE_FAULTS, Fault, Faults, hit
from tests.emulated.wfs import Boundaries, route_wfs


def create_emulator(
    source: TableSource,
    *,
    limits: Limits = SCB_LIMITS,
    faults: Faults | None = None,
    clock: Callable[[], float] = time.monotonic,
    boundaries: Boundaries | None = None,
) -> flask.Flask:
    """The product's emulator whose calls `faults` strike; `boundaries` adds the geodata service."""
    app = plain.create_emulator(source, limits=limits, clock=clock, answers=DamagedAnswers)
    faults = faults or Faults()
    app.before_request(lambda: strike(faults))
    app.after_request(damage)  # before the answer is compressed
    app.after_request_funcs[None].insert(0, cut)  # and after it
    if boundaries is not None:
        route_wfs(app, boundaries)
    return app


class DamagedAnswers(Answers):
    """Answers from tables as the faults of each call leave them."""

    def _shelved(self, table_id: str) -> ShelvedTable:
        name = str(self._summary(table_id)["id"])
        faults = tuple(fault for fault in struck() if fault.kind in TABLE_FAULTS)

        def load() -> Any:
            return damage_table(self._source.table(name), faults)

        try:
            return self._shelf.get((name, faults), load)
        except KeyError as error:
            raise RefusedError(problems.NO_TABLE) from error

    def _summaries(self) -> list[dict[str, Any]]:
        return damage_summaries(self._source.summaries(), struck())


def strike(faults: Faults) -> flask.Response | None:
    """Let the faults that are due strike the call; those of the body wait for the answer."""
    request = flask.request
    table = (request.view_args or {}).get("table_id")
    flask.g.faults = faults.strike(
        request.method, request.path.removeprefix(plain.API), table=table
    )
    for fault in struck():
        if fault.kind == "slow":
            time.sleep(fault.seconds)
    if hit(struck(), "hang"):
        return hang()
    if (fault_ := hit(struck(), "too_many_calls")) is not None:
        return plain.too_many_calls(SCB_LIMITS, fault_.seconds)
    if (fault_ := hit(struck(), "unavailable")) is not None:
        page = "<html><body>Service Unavailable</body></html>"
        return flask.Response(page, status=fault_.status, mimetype="text/html")
    return None


def hang() -> flask.Response:
    """No answer: behind a socket the connection breaks, in-process httpx's clock runs out."""

    def nothing() -> Iterator[bytes]:
        yield b" "
        raise httpx.ReadTimeout("the server did not answer in time")

    return flask.Response(nothing())


def damage(response: flask.Response) -> flask.Response:
    if response.status_code == 200 and struck() and not response.is_streamed:
        response.set_data(damage_body(response.get_data(), struck()))
    return response


def cut(response: flask.Response) -> flask.Response:
    if response.status_code == 200 and hit(struck(), "cut_off") and not response.is_streamed:
        body = response.get_data()
        response.response = cut_off(body)
        response.headers["Content-Length"] = str(len(body))
    return response


def struck() -> tuple[Fault, ...]:
    found: tuple[Fault, ...] = flask.g.get("faults", ())
    return found
