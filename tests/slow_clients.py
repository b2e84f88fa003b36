"""Clients that send half a request, read nothing or hang up, and how long others wait meanwhile."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

HALF_HEAD: Final = b"GET / HTTP/1.1\r\nHost: x\r\nX-A: "
HALF_BODY: Final = (
    b"POST /_dash-update-component HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: 1000\r\n\r\n{"
)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long somebody waited for an answer, in seconds, and its status; 0 without one."""

    seconds: float
    status: int


def ask(address: str, path: str, *, timeout: float = 30) -> Wait:
    """One request of somebody else."""
    began, status = time.monotonic(), 0
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=timeout)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        status = answer.status
    connection.close()
    return Wait(time.monotonic() - began, status)


@contextmanager
def connections(address: str, count: int, data: bytes) -> Iterator[list[socket.socket]]:
    """So many connections that have sent the same bytes."""
    host, _, port = urlsplit(address).netloc.partition(":")
    opened = [socket.create_connection((host, int(port))) for _ in range(count)]
    try:
        for one in opened:
            one.sendall(data)
        yield opened
    finally:
        for one in opened:
            one.close()


def drip(opened: list[socket.socket]) -> None:
    """One more byte from each that is still connected."""
    for one in opened:
        with suppress(OSError):
            one.sendall(b"a")


def abandoned(address: str, path: str, *, count: int, after: float) -> None:
    """Ask for something so many times at once, and hang up after so many seconds."""
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    with connections(address, count, request):
        time.sleep(after)
