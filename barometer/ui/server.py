"""The production web server: gunicorn with threads, warmed up before it says that it is ready."""

import errno
import gc
import os
import re
import socket
import threading
from collections.abc import Iterable
from multiprocessing.process import BaseProcess
from typing import Any, Final

import PIL.Image  # noqa: F401 # whole before there are threads: Plotly uses one that is half loaded
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http import message

from barometer.catalogue import load_catalogue
from barometer.fonts import faces
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.factory import create_app
from barometer.ui.worker import BufferingWorker

THREADS: Final = 8
LONGEST_ADDRESS: Final = 32_768  # bytes: 500 areas by name, with every comma escaped, and more
FIRST_WORKER: Final = 1
# What a first visitor asks for; packing these once when a worker starts also cures the 500 that
# Dash can answer to the very first requests in parallel (plotly/dash issue 3971).
FIRST: Final = ("/", "/_dash-layout", "/_dash-dependencies", "/values", "/values?level=deso")
# What is reckoned once for the whole country and kept, while the first visitors read.
KEPT: Final = (
    "/plats/agenda?area=0180",
    *("/export/segregation/levels/csv", "/export/segregation/profile/csv"),
    *("/export/segregation/indices/csv", "/export/segregation/series/csv?area=0180"),
    "/export/folj-upp/years/csv",
)
# DuckDB 2.0 gives back what a hash join needs only when the database is closed, some 10 kB a
# question; the socket stays open while a worker is replaced, so nobody is refused.
MOST_ANSWERS: Final = 10_000
_SENT: Final = re.compile(r'"[^"]*?(/(?:_dash-component-suites|assets|static)/[^"]+)"')
PACKED: Final = {"Accept-Encoding": "br, gzip"}


class ServeError(RuntimeError):
    """The site cannot be served; the message is one sentence with what to do."""


class Gunicorn(BaseApplication):
    """gunicorn started from Python, with our settings alone."""

    def __init__(self, server: Flask, settings: Settings, store: Store | None = None) -> None:
        self._server = server
        self._store = store
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Our options; everything else as gunicorn has it."""
        options: dict[str, Any] = {
            "bind": f"{_in_address(self._settings.host)}:{self._settings.port}",
            "limit_request_line": LONGEST_ADDRESS,
            "forwarder_headers": "",  # SCRIPT_NAME as a header: anybody may send it
            "workers": self._settings.workers,
            "worker_class": BufferingWorker,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 15,
            "max_requests": MOST_ANSWERS,
            "max_requests_jitter": MOST_ANSWERS // 5,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self._warm,
            "worker_exit": _leave,
        }
        for name, value in options.items():
            self.cfg.set(name, value)
        message.MAX_REQUEST_LINE = LONGEST_ADDRESS  # gunicorn's own is 8190, or none at all

    def load(self) -> Flask:
        """The application, imported before the workers are forked."""
        return self._server

    def _warm(self, worker: Any) -> None:
        try:
            warm(self._server)
        except ServeError as error:  # what answers is served, /health and /status first of all
            worker.log.error("%s", error)
        gc.freeze()  # what is here stays: to look through it for rubbish holds answers up by 0.1 s
        threading.Thread(target=self._finish_warming, args=(worker,)).start()
        if worker.age == FIRST_WORKER:
            print(f"\n  {address(self._settings)}   (Ctrl-C stops)\n", flush=True)

    def _finish_warming(self, worker: Any) -> None:
        if self._store is not None:
            self._store.verify()
        keep(self._server, worker)


def _leave(_: object, worker: Any) -> None:
    """End a worker that has served at once: what it still draws for later would hold it up."""
    if worker.booted:
        os._exit(0)


def serve_site(settings: Settings, *, packing: BaseProcess | None = None) -> None:
    """Serve until the process is told to stop; `packing` makes the fonts by then, if they lack.

    Raises:
        ServeError: the port is taken or the data folder cannot be read.
    """
    check_folder(settings)
    check_port(settings)
    app = create_app(settings, Store(settings.published_dir), load_catalogue())
    if packing:
        packing.join()
    faces(settings.fonts_dir)  # once here rather than in every worker
    Gunicorn(app.server, settings).run()


def address(settings: Settings) -> str:
    """Where to point a browser."""
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host
    where = f"{_in_address('::1' if host == '::' else host)}:{settings.port}"
    return f"http://{where}{settings.base_path}"


def _in_address(host: str) -> str:
    """The host as addresses have it: IPv6 in brackets, so that its colons end before the port."""
    return f"[{host}]" if ":" in host else host


def warm(server: Flask) -> None:
    """Ask once for what the first visitor will ask for."""
    ask(server, FIRST)


def keep(server: Flask, worker: Any) -> None:
    """Have what is kept made beside the first requests, until the worker is told to stop.

    Scripts and styles are packed first. The first worker draws the start page's pictures, which the
    others read.
    """
    document = server.test_client().get("/karta").get_data(as_text=True)
    pictures = server.config.get("PICTURES", tuple)() if worker.age == FIRST_WORKER else ()
    paths = (*_SENT.findall(document), *pictures, *KEPT)
    ask(server, (path for path in paths if worker.alive))


def ask(server: Flask, paths: Iterable[str]) -> None:
    """Have the server answer as it will answer a browser.

    Raises:
        ServeError: an answer is a fault of ours.
    """
    client = server.test_client()
    for path in paths:
        if client.get(path, headers=PACKED).status_code == 500:
            raise ServeError(f"the site does not answer {path}; its log says why")


def check_folder(settings: Settings) -> None:
    """The data folder must be there and readable."""
    folder = settings.data_dir
    if not folder.is_dir():
        raise ServeError(f"{folder} is not a folder: run make run, or say --data-dir (DATA_DIR)")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise ServeError(f"{folder} cannot be read: give this user the right to, or say --data-dir")


def check_port(settings: Settings) -> None:
    """Nobody else may listen on the port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((settings.host, settings.port))
        except OSError as error:
            raise ServeError(_why(error, settings)) from error


def _why(error: OSError, settings: Settings) -> str:
    where = f"port {settings.port} on {settings.host}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is taken: stop what listens there, or choose another with PORT (--port)"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"{where} may not be used by this user: choose one above 1023 with PORT (--port)"
    return f"{where} cannot be used ({error.strerror}): choose others with HOST and PORT"
