"""Documents to PDF by the Chromium that is installed, from 127.0.0.1 and nowhere else."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from flask import Flask, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from barometer.drafts import whole

BROWSERS: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "chrome", "msedge"),
)
PATIENCE: Final = 180  # seconds for one document on a machine that does much else
# Nothing that calls home; no header or footer of the browser's own.
FLAGS: Final = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--no-pdf-header-footer",
)


class PrintError(RuntimeError):
    """A document could not be printed; the message says why and what to do."""


@dataclass(slots=True)
class Desk:
    """Where documents lie to be printed: each has an address, and knows whether it was fetched."""

    address: str
    documents: dict[str, str] = field(default_factory=dict)
    fetched: set[str] = field(default_factory=set)


def find_browser() -> str:
    """The path of an installed Chromium, Chrome or Edge.

    Raises:
        PrintError: there is none on PATH.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise PrintError(
            "a PDF needs Chromium, Chrome or Edge on PATH as one of "
            f"{', '.join(BROWSERS)}, and none is there: install it (Debian and Ubuntu: apt install"
            " chromium; Fedora: dnf install chromium) and run the command again, or print the page"
            " /plats from any browser"
        )
    return found


@contextmanager
def desk() -> Iterator[Desk]:
    """A server of documents on a free port of 127.0.0.1, for as long as the block lasts."""
    app = Flask("report", static_folder=None)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    open_desk = Desk(f"http://127.0.0.1:{server.server_port}")
    app.add_url_rule("/<name>", "document", lambda name: _answer(open_desk, name))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield open_desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def print_pdf(document: str, out: Path, *, browser: str, on: Desk) -> None:
    """Print a document to a file that is there whole or not at all.

    Raises:
        PrintError: the browser failed, or the file cannot be written.
    """
    name = f"{out.stem}.html"
    on.documents[name] = document
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with (
            whole(out) as draft,
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        ):
            said = _run(browser, profile, f"{on.address}/{quote(name)}", draft)
            if name not in on.fetched or not _is_pdf(draft):
                why = said or "it did not say why"
                raise PrintError(f"{browser} printed no PDF to {out}: {why}")
    except OSError as error:
        raise PrintError(f"{out} cannot be written: {error.strerror or error}") from error
    finally:
        on.documents.pop(name, None)


def _run(browser: str, profile: str, address: str, out: Path) -> str:
    """Let the browser print; its last words, for when it failed."""
    # Chromium's sandbox refuses root, which is who runs it in most containers.
    root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    command = [browser, *FLAGS, *root, f"--user-data-dir={profile}", f"--print-to-pdf={out}"]
    try:
        done = subprocess.run(
            [*command, address],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return f"it was not done in {PATIENCE} seconds"
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else ""


def _is_pdf(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-"


def _answer(open_desk: Desk, name: str) -> Response:
    document = open_desk.documents.get(name)
    if document is None:
        return Response("no such document", status=404)
    open_desk.fetched.add(name)
    return Response(document, mimetype="text/html")


class _Quiet(WSGIRequestHandler):
    """Says nothing on the terminal, where the progress is."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""
