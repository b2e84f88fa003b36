"""Counts bytes between a browser and a server: what passes on the wire, headers and all."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65_536


class Wire:
    """A relay in front of a server on this machine; `received` is what clients got through it."""

    def __init__(self, server: str) -> None:
        target = urlsplit(server)
        self._target = (target.hostname, target.port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self.received = 0
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def run(self) -> None:
        """Relay until closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                upstream = socket.create_connection(self._target)
                self._start(client, upstream, counted=False)
                self._start(upstream, client, counted=True)

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _start(self, source: socket.socket, sink: socket.socket, *, counted: bool) -> None:
        threading.Thread(
            target=self._pump, args=(source, sink), kwargs={"counted": counted}, daemon=True
        ).start()

    def _pump(self, source: socket.socket, sink: socket.socket, *, counted: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                sink.sendall(piece)
                if counted:
                    with self._lock:
                        self.received += len(piece)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def counting(server: str) -> Iterator[Wire]:
    """A wire in front of a server."""
    wire = Wire(server)
    threading.Thread(target=wire.run, daemon=True).start()
    try:
        yield wire
    finally:
        wire.close()
