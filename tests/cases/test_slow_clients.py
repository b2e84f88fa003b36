"""Half requests, clients that hang up, and heavy requests in a row keep nobody else waiting."""

import socket
from collections.abc import Iterator

import pytest

from barometer.ui.worker import RECEIVE_SECONDS
from tests.server import serving
from tests.slow_clients import HALF_BODY, HALF_HEAD, abandoned, ask, connections, drip
from tests.snapshots import publish_snapshot

CLIENTS = 24


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("data")
    publish_snapshot(folder / "published")
    with serving(folder, workers=1) as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("half", [HALF_HEAD, HALF_BODY], ids=["head", "body"])
def test_half_requests_keep_nobody_waiting(address: str, half: bytes) -> None:
    """As many as three times the threads of the worker: each of them used to hold one."""
    with connections(address, CLIENTS, half) as opened:
        for _ in range(3):
            drip(opened)
            assert ask(address, "/health", timeout=RECEIVE_SECONDS / 2).status == 200


@pytest.mark.slow
def test_a_half_request_is_dropped(address: str) -> None:
    with connections(address, 1, HALF_HEAD) as (one,):
        one.settimeout(3 * RECEIVE_SECONDS)
        assert one.recv(100).startswith(b"HTTP/1.1 408")
        assert one.recv(1) == b""


@pytest.mark.slow
def test_a_body_that_is_too_large_is_refused_before_it_comes(address: str) -> None:
    large = HALF_BODY.replace(b"1000", b"100000000")
    with connections(address, 1, large) as (one,):
        one.settimeout(RECEIVE_SECONDS / 2)
        assert one.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.slow
def test_who_has_left_is_answered_no_more(address: str) -> None:
    abandoned(address, "/api/v1/geometry.geojson?level=deso", count=16, after=0)
    assert ask(address, "/health").status == 200
    assert ask(address, "/api/v1/areas.csv").status == 200


@pytest.mark.slow
def test_requests_that_come_in_pieces_or_together_are_answered(address: str) -> None:
    """A head in three parts, two requests at once, a body in parts, one that waits for consent."""
    query = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    with connections(address, 1, query[:10]) as (one,):
        one.sendall(query[10:20])
        one.sendall(query[20:] + query)
        assert _answers(one, 2) == [200, 200]
    body = b'{"output": "nobody.children"}'
    head = b"POST /_dash-update-component HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    length = b"Content-Length: %d\r\n" % len(body)
    with connections(address, 1, head + length + b"\r\n" + body[:5]) as (one,):
        one.sendall(body[5:])
        assert _answers(one, 1) == [400]
    with connections(address, 1, head + length + b"Expect: 100-continue\r\n\r\n") as (one,):
        one.settimeout(RECEIVE_SECONDS)
        assert one.recv(100).startswith(b"HTTP/1.1 100")
        one.sendall(body)
        assert _answers(one, 1)[-1] == 400
    chunked = b"Transfer-Encoding: chunked\r\n\r\n"
    with connections(address, 1, head + chunked + b"%x\r\n%s\r\n" % (len(body), body)) as (one,):
        one.sendall(b"0\r\n\r\n")
        assert _answers(one, 1) == [400]


def _answers(one: socket.socket, count: int) -> list[int]:
    """The final statuses of so many answers on a connection."""
    one.settimeout(RECEIVE_SECONDS)
    data, found = b"", []
    while len(found) < count:
        data += one.recv(65_536)
        parts = [part[:3] for part in data.split(b"HTTP/1.1 ")[1:]]
        found = [int(status) for status in parts if status != b"100"]
    return found
