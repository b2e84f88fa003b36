"""Answers that end: whatever a server sends, and however slowly, is bounded in size and in time.

A time-out of the socket is not enough, for every byte begins it anew. What has no end when its time
is over is cut at the socket: so are others of the same client, which are asked again.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary, WeakSet

import httpx

from etl.network.answers import TooLargeError

_GRACE: Final = 10.0  # seconds before a slow body is called one that drips
_OPENED: Final = ("connect_tcp.complete", "start_tls.complete")
_sockets: WeakKeyDictionary[httpx.Client, WeakSet[socket.socket]] = WeakKeyDictionary()


class TooSlowError(httpx.TransportError):
    """An answer that does not end in time, or drips so slowly that it never will."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an answer may take.

    Bytes of its body as they come over the wire, seconds for them, their least speed, and the
    seconds until its head is whole.
    """

    max_bytes: int
    seconds: float
    bytes_per_second: float = 1_000.0
    head_seconds: float = 30.0


@contextmanager
def exchange(
    http: httpx.Client,
    request: httpx.Request,
    *,
    bounds: Bounds,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[tuple[httpx.Response, Iterator[bytes]]]:
    """Send a request; gives the answer's head, and its body as it comes within the bounds.

    Raises:
        TooLargeError: the body has more bytes than the bounds allow.
        TooSlowError: head or body takes too long, or the body comes slower than the bounds want.
        httpx.TransportError: the connection fails.
    """
    opened = _watched(http, request)
    with _within(bounds.head_seconds, opened, what="head"):
        try:
            response = http.send(request, stream=True)
        except httpx.InvalidURL as error:
            raise httpx.RemoteProtocolError(f"redirect to what is no address: {error}") from error
    try:
        with _within(bounds.seconds + _GRACE, opened, what="body"):
            yield response, bounded(response.iter_raw(), bounds=bounds, clock=clock)
    finally:
        response.close()


def bounded(
    chunks: Iterable[bytes], *, bounds: Bounds, clock: Callable[[], float]
) -> Iterator[bytes]:
    """The chunks of a body as they come, while they stay within the bounds.

    Raises:
        TooLargeError: there are more bytes than the bounds allow.
        TooSlowError: it takes too long, or after ten seconds comes slower than the bounds want.
    """
    start, received = clock(), 0
    for chunk in chunks:
        received += len(chunk)
        if received > bounds.max_bytes:
            raise TooLargeError(f"more than {bounds.max_bytes / 1e6:.1f} MB")
        seconds = clock() - start
        if seconds > bounds.seconds:
            raise TooSlowError(f"not whole after {bounds.seconds:.0f} s")
        if seconds > _GRACE and received < seconds * bounds.bytes_per_second:
            raise TooSlowError(f"{received:,} bytes in {seconds:.0f} s: it drips")
        yield chunk


def _watched(http: httpx.Client, request: httpx.Request) -> WeakSet[socket.socket]:
    """The sockets that the client has opened, those for this request in time too."""
    opened = _sockets.setdefault(http, WeakSet())

    def trace(event: str, info: dict[str, Any]) -> None:
        if event.endswith(_OPENED):
            opened.add(info["return_value"].get_extra_info("socket"))

    request.extensions = {**request.extensions, "trace": trace}
    return opened


@contextmanager
def _within(seconds: float, opened: WeakSet[socket.socket], *, what: str) -> Iterator[None]:
    late = threading.Event()

    def cut() -> None:
        late.set()
        for one in list(opened):
            with suppress(OSError):  # closed already
                one.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except httpx.TransportError as error:
        if late.is_set() and not isinstance(error, TooSlowError):
            raise TooSlowError(f"without the end of its {what} after {seconds:.0f} s") from error
        raise
    finally:
        timer.cancel()
