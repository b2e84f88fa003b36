"""The emulator behind a real socket: `serve` until stopped."""

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from etl.emulator.app import API, create_emulator
from etl.emulator.folder import folder_tables
from etl.emulator.limits import SCB_LIMITS, Limits
from etl.emulator.shelf import TableSource

HOST = "127.0.0.1"
THREADS = 4
Say = Callable[[str], None]


class CannotListenError(Exception):
    """The port is taken or not ours to use; the message is one sentence for the user."""


def serve_folder(folder: Path, port: int, *, limits: Limits = SCB_LIMITS) -> None:
    """Serve a folder of tables; see `folder_tables` and `serve` for the rest."""
    serve(folder_tables(folder), port, limits=limits)


def serve(
    source: TableSource, port: int, *, limits: Limits = SCB_LIMITS, say: Say | None = None
) -> None:
    """Serve a source on this machine's own address until stopped, and say at which address.

    Port 0 takes any free port. Does not return: the process ends with the server.

    Raises:
        CannotListenError: the port cannot be used.
    """
    listening = _listen(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    print_ = say or _print
    print_(f"PxWebApi 2 emulator at {address}{API}; Ctrl+C stops it")
    app = create_emulator(source, limits=limits)
    _Server(app, listening.fileno()).run()


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotListenError(
            f"cannot listen on {HOST}:{port} ({reason}): choose another port with --port, "
            "or --port 0 for any free one"
        ) from error
    listening.listen()
    listening.set_inheritable(True)
    return listening


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """One worker, so that calls and faults are counted in one place; threads for slow answers."""

    def __init__(self, app: Any, file_number: int) -> None:
        self._app = app
        self._settings = {
            "bind": f"fd://{file_number}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 0,
            "loglevel": "error",
            "limit_request_line": 0,
        }
        super().__init__()

    def load_config(self) -> None:
        for key, value in self._settings.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        return self._app
