"""Starting the site: what can be wrong is said in one sentence."""

import socket
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask, request
from typer.testing import CliRunner

from barometer.__main__ import app
from barometer.ui.server import KEPT, ServeError, address, check_folder, check_port, keep
from tests.barometer.ui.conftest import settings_of


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        taken = replace(settings_of(tmp_path), port=port)
        with pytest.raises(ServeError, match=f"port {port} on 127.0.0.1 is taken: .*PORT"):
            check_port(taken)


def test_a_missing_folder_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="inte-har is not a folder: run make run"):
        check_folder(settings_of(tmp_path / "inte-har"))


def test_the_command_fails_with_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["serve", "--data-dir", str(tmp_path / "inte-har")])
    assert ran.exit_code == 1
    assert ran.output.count("\n") == 1
    assert "Traceback" not in ran.output


def test_the_address_can_be_opened_in_a_browser(tmp_path: Path) -> None:
    everywhere = replace(settings_of(tmp_path), host="0.0.0.0", port=80)
    assert address(everywhere) == "http://127.0.0.1:80"


STYLE = "/assets/10-tokens.css"


@dataclass
class Worker:
    """gunicorn's, as far as it is asked."""

    alive: bool = True
    age: int = 2


def test_a_worker_that_is_told_to_stop_reckons_no_more() -> None:
    worker, site, asked = Worker(), Flask("site"), []

    @site.get("/<path:_>")
    def answer(_: str) -> str:
        asked.append(request.full_path.rstrip("?"))
        worker.alive = len(asked) < 4
        return f'<link href="{STYLE}">'

    keep(site, worker)
    assert asked == ["/karta", STYLE, *KEPT[:2]]


def test_the_first_worker_draws_the_pictures_before_it_reckons() -> None:
    worker, site, asked = Worker(age=1), Flask("site"), []
    site.config["PICTURES"] = lambda: ("/picture/karta/start.png",)

    @site.get("/<path:_>")
    def answer(_: str) -> str:
        asked.append(request.path)
        worker.alive = len(asked) < 2
        return ""

    keep(site, worker)
    assert asked == ["/karta", "/picture/karta/start.png"]
