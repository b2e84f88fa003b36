"""A gunicorn worker that no slow or abandoned client can hold up.

A request is received as a whole by the worker's main thread, which waits for all clients at once;
a thread of the pool begins when everything is there. Requests that take long have lanes of their
own, of fewer threads than the pool has, and are dropped if their client has left meanwhile.
"""

import re
import selectors
import socket
import struct
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from gunicorn.workers.gthread import TConn, ThreadWorker

from barometer.ui.limits import LONG_PATHS, MAX_BODY_BYTES, is_costly

RECEIVE_SECONDS: Final = 10.0
"""How long a client may take to send a request."""
LEAVE_SECONDS: Final = 1.0
"""How long a client that has just come may be silent at a worker that is leaving."""
SEND_SECONDS: Final = 15
"""How long a client may take nothing of an answer."""
COSTLY_AT_ONCE: Final = 2
LONG_AT_ONCE: Final = 1
_MAX_HEAD_BYTES: Final = 64_000
_PIECE: Final = 65_536
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
_CONTINUE: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_TARGET: Final = re.compile(rb"\s*[A-Z]+ +(?:https?://[^/ ]*)?([^ ?]*)")


@dataclass(slots=True)
class _Reception:
    """A request that is on its way; `size` is that of the whole, as soon as its head says it."""

    data: bytearray
    deadline: float
    size: int | None = None
    chunked: bool = False

    def is_complete(self) -> bool:
        """Whether everything has come, or more than a request may be."""
        if self.chunked:
            return self.data.endswith(b"0\r\n\r\n") or len(self.data) > MAX_BODY_BYTES
        if self.size is not None:
            return len(self.data) >= self.size
        return len(self.data) > _MAX_HEAD_BYTES

    def read_head(self) -> bool:
        """Learn the size of the request; whether the head has just become complete."""
        end = self.data.find(b"\r\n\r\n")
        if self.size is not None or self.chunked or end < 0:
            return False
        head = bytes(self.data[: end + 4])
        length = _LENGTH.search(head)
        self.chunked = length is None and _CHUNKED.search(head) is not None
        self.size = end + 4 + (int(length[1]) if length else 0)
        return True

    def waits_for_consent(self) -> bool:
        """Whether the client sends its body only when it is told to go on."""
        return not self.is_complete() and _CONTINUE.search(self.data) is not None


@dataclass(slots=True)
class _Lane:
    """Requests of one kind: so many at once, the others wait without a thread."""

    at_once: int
    running: int = 0
    waiting: deque[TConn] = field(default_factory=deque)


class BufferingWorker(ThreadWorker):
    """See the module."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._receiving: dict[TConn, _Reception] = {}
        self._quick = _Lane(self.cfg.threads)
        self._costly = _Lane(COSTLY_AT_ONCE)
        self._long = _Lane(LONG_AT_ONCE)
        self._running: dict[TConn, _Lane] = {}

    def enqueue_req(self, conn: TConn) -> None:
        """Receive a request, of a new connection or of one that was kept."""
        before = conn.parser.unreader.take_buffered() if conn.parser else b""
        conn.sock.setblocking(False)
        deadline = time.monotonic() + RECEIVE_SECONDS
        self._receiving[conn] = _Reception(bytearray(before), deadline)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))
        self._receive(conn)

    def murder_pending(self) -> None:
        """Drop also the clients that take too long to send a request."""
        super().murder_pending()
        now = time.monotonic()
        silent = now if self.alive else now + RECEIVE_SECONDS - LEAVE_SECONDS
        for conn, reception in list(self._receiving.items()):
            if reception.deadline < (now if reception.data else silent):
                self._refuse(conn, b"408 Request Timeout" if reception.data else b"")

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        """Let the next of the lane begin."""
        lane = self._running.pop(conn, None)
        super().finish_request(conn, fs)
        if lane is not None:
            lane.running -= 1
            self._advance(lane)

    def _receive(self, conn: TConn, _: object = None) -> None:
        reception = self._receiving[conn]
        try:
            piece = conn.sock.recv(_PIECE)
        except (BlockingIOError, InterruptedError):
            piece = None
        except OSError:
            piece = b""
        if piece == b"":
            self._refuse(conn, b"")
            return
        reception.data += piece or b""
        if reception.read_head() and not self._consents(conn, reception):
            return
        if reception.is_complete():
            self._begin(conn)

    def _consents(self, conn: TConn, reception: _Reception) -> bool:
        """Refuse a body that is too large before it comes, and ask for one that waits."""
        if (reception.size or 0) > MAX_BODY_BYTES + _MAX_HEAD_BYTES:
            self._refuse(conn, b"413 Content Too Large")
            return False
        if reception.waits_for_consent():
            with suppress(OSError):
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def _begin(self, conn: TConn) -> None:
        """Hand a whole request over to a lane."""
        self.poller.unregister(conn.sock)
        data = bytes(self._receiving.pop(conn).data)
        conn.init()
        conn.parser.unreader.unread(data)
        conn.data_ready = True
        patience = struct.pack("ll", SEND_SECONDS, 0)
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            conn.sock.setsockopt(socket.SOL_SOCKET, option, patience)
        lane = self._lane_of(data)
        lane.waiting.append(conn)
        self._advance(lane)

    def _lane_of(self, data: bytes) -> _Lane:
        match = _TARGET.match(data)
        path = match[1].decode("latin-1") if match else ""
        if path.startswith(LONG_PATHS):
            return self._long
        return self._costly if is_costly(path) else self._quick

    def _advance(self, lane: _Lane) -> None:
        while lane.waiting and lane.running < lane.at_once:
            conn = lane.waiting.popleft()
            if _has_left(conn):
                self._close(conn)
                continue
            lane.running += 1
            self._running[conn] = lane
            super().enqueue_req(conn)

    def _refuse(self, conn: TConn, status: bytes) -> None:
        """End a connection whose request has not come, with a status if there is one to give."""
        del self._receiving[conn]
        with suppress(KeyError, ValueError):
            self.poller.unregister(conn.sock)
        if status:
            with suppress(OSError):
                conn.sock.send(b"HTTP/1.1 %s\r\nConnection: close\r\n\r\n" % status)
        self._close(conn)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()


def _has_left(conn: TConn) -> bool:
    """Whether the client has closed the connection."""
    try:
        return conn.sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
