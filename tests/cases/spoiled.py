"""A small table behind a server that answers wrongly as a test says; all in this process."""

import gzip
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx
from small_source import API, SmallSource, Time

from barometer.catalogue import Need
from etl.fetch.bronze import Bronze, Collection
from etl.fetch.collection import fetch_tables
from etl.fetch.scb import Client
from tests.emulated.app import create_emulator

CODES = (("ContentsCode", ("000007Y7",)), ("Alder", ("totalt", "-4")), ("Kon", ("1+2",)))
NEED = Need(
    "TAB1", CODES, ("riket", "lan", "kommun"), (2022, 2023, 2024), True, counts=("000007Y7",)
)

Spoil = Callable[[str, Any], Any]
"""Gets the end of the path and the answer as JSON; gives another, bytes, or None for as it is."""


class Spoiled:
    """An emulator whose answers go through `spoil`; `calls` are the paths asked for."""

    def __init__(self, spoil: Spoil | None = None, source: SmallSource | None = None) -> None:
        self.spoil = spoil
        self.calls: list[str] = []
        self._app = create_emulator(source or SmallSource())

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.calls.append(path.rpartition("/")[2])
        said: dict[str, Any] = {}

        def hear(status: str, headers: list[tuple[str, str]], _: object = None) -> Any:
            said.update(status=status, headers=dict(headers))
            return io.BytesIO().write

        body = b"".join(self._app(environ, hear))
        if said["headers"].pop("Content-Encoding", "") == "gzip":
            body = gzip.decompress(body)
        if self.spoil is not None and body.startswith(b"{"):
            other = self.spoil(self.calls[-1], json.loads(body))
            if other is not None:
                body = other if isinstance(other, bytes) else json.dumps(other).encode()
        said["headers"]["Content-Length"] = str(len(body))
        start(said["status"], list(said["headers"].items()))
        return [body]


def client_of(app: Any, *, time: Time | None = None, attempts: int = 8) -> Client:
    """A client of a WSGI app, whose time only moves when somebody sleeps."""
    time = time or Time()
    transport = httpx.WSGITransport(app=app)
    return Client.connect(API, transport=transport, clock=time, sleep=time.sleep, attempts=attempts)


def fetch(app: Any, bronze: Bronze) -> Collection:
    """A whole fetch of the one table from the app."""
    with client_of(app) as client:
        return fetch_tables(client, bronze, [NEED], workers=1)


def only(kind: str, change: Callable[[Any], Any]) -> Spoil:
    """Change one kind of answer, such as "data" or "metadata"; in place, or by what is returned."""

    def spoil(path: str, answer: Any) -> Any:
        if path != kind:
            return None
        changed = change(answer)
        return answer if changed is None else changed

    return spoil
