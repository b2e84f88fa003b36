"""What a browser may keep for ever, and what only this machine may ask for."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.store import Store
from barometer.ui import serving
from barometer.ui.factory import create_app
from barometer.ui.serving import IMMUTABLE
from tests.barometer.ui.conftest import settings_of


def assets_of(client: FlaskClient) -> list[str]:
    return re.findall(r'"(/assets/[^"]+\?m=[^"]*)"', client.get("/karta").text)


def test_an_asset_is_immutable_only_at_the_address_with_its_checksum(client: FlaskClient) -> None:
    found = assets_of(client)
    assert len(found) > 10
    for address in found:
        assert re.search(r"\?m=[0-9a-f]{12}$", address), address
    assert client.get(found[0]).headers["Cache-Control"] == IMMUTABLE
    path = found[0].partition("?")[0]
    for query in ("?m=99999999999", "?m=", "", "?m=1764460000.0", "?x=1"):
        assert "immutable" not in client.get(f"{path}{query}").headers["Cache-Control"], query


def test_other_contents_have_another_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a build gives all files one time of change."""
    monkeypatch.setattr(serving, "ASSETS", tmp_path)
    (tmp_path / "a.css").write_text("one")
    (tmp_path / "b.css").write_text("two")
    pages = [serving.fingerprinted(f'"/assets/{name}.css?m=1.0"') for name in "ab"]
    assert len({page.rpartition("=")[2] for page in pages}) == 2
    assert serving.asset_checksum("/assets/../settings.py") == ""


def asked(data_dir: Path, address: str, **changes: object) -> int:
    settings = replace(settings_of(data_dir), **changes)
    site = create_app(settings, Store(settings.published_dir), load_catalogue())
    client = site.server.test_client()
    return client.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code


def test_metrics_answer_this_machine_only_unless_they_are_open(data_dir: Path) -> None:
    assert asked(data_dir, "127.0.0.1") == 200
    assert asked(data_dir, "::1") == 200
    assert asked(data_dir, "203.0.113.1") == 403
    assert asked(data_dir, "203.0.113.1", open_metrics=True) == 200


def test_no_public_answer_holds_a_path_of_the_server(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    site = create_app(settings, Store(settings.published_dir), load_catalogue())
    client = site.server.test_client()
    for path in ("/health", "/values", "/api/v1/areas.csv", "/status", "/karta"):
        assert str(tmp_path) not in client.get(path).text, path


def test_a_forwarded_host_is_not_believed(data_dir: Path) -> None:
    settings = replace(settings_of(data_dir), proxies=1)
    site = create_app(settings, Store(settings.published_dir), load_catalogue())
    seen: list[str] = []
    site.server.add_url_rule("/host", "host", lambda: seen.append(_host()) or "")
    site.server.test_client().get("/host", headers={"X-Forwarded-Host": "evil.example"})
    assert seen == ["localhost"]


def _host() -> str:
    from flask import request

    return request.host
