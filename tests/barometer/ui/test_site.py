"""The frame of the site: documents, pages, callbacks, headers."""

import json
import re

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from barometer.ui import frame, ids
from barometer.ui.context import Context
from barometer.ui.document import Site
from barometer.ui.factory import PAGES, find_page, shell
from barometer.ui.pages.map.payload import map_view
from barometer.ui.pages.map.state import read_state

LANGUAGES = ("sv", "en")


def said(part: object) -> str:
    """Every word of a component, in order."""
    if isinstance(part, str):
        return part
    if isinstance(part, list | tuple):
        return " ".join(said(child) for child in part)
    return said(getattr(part, "children", None) or "")


def every_layout(context: Context) -> list[Component]:
    return [shell(), *(page.content(context, "") for page in PAGES)]


def part_ids(parts: list[Component]) -> set[str]:
    return {part.id for whole in parts for part in whole._traverse() if hasattr(part, "id")}


@pytest.mark.parametrize("path", ["/", "/karta"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_document_says_its_language_and_title(
    client: FlaskClient, path: str, language: str
) -> None:
    document = client.get(path, query_string={"lang": language}).text
    page = find_page(path)
    assert f'<html lang="{language}">' in document
    assert f"<title>{page.name[language]} – " in document
    assert 'href="/assets/favicon.svg' in document


def test_unknown_page_is_404_in_the_sites_frame(client: FlaskClient, context: Context) -> None:
    answer = client.get("/finns-inte?lang=en")
    assert answer.status_code == 404
    assert '<html lang="en">' in answer.text
    shown = said(frame.framed(find_page("/finns-inte"), PAGES, context, "?lang=en"))
    assert "There is no such page" in shown
    assert "Map" in shown


def test_a_trailing_slash_is_the_same_page() -> None:
    assert find_page("/karta/") is find_page("/karta")
    assert find_page("/kartan") is frame.LOST


def test_every_callback_refers_to_ids_that_are_there(site: Site, context: Context) -> None:
    header = frame.header(find_page("/karta"), PAGES, "")
    there = part_ids([*every_layout(context), header])
    with context.store.reader() as reader:
        view = map_view(read_state(context, reader, "?level=regso&compare=foreign_background"))
    wired = (
        set(view["set"])
        | {
            item["id"]
            for callback in site._callback_list
            for item in (*callback["inputs"], *callback["state"])
        }
        | {
            output.rpartition(".")[0]
            for callback in site._callback_list
            for output in callback["output"].strip(".").split("...")
            if not callback.get("no_output")
        }
    )
    assert wired - there == set()
    assert ids.MAP_YEAR in wired


def test_an_id_is_used_once(context: Context) -> None:
    every = [
        part.id
        for layout in every_layout(context)
        for part in layout._traverse()
        if hasattr(part, "id")
    ]
    assert sorted(every) == sorted(set(every))


def test_a_page_is_made_when_it_is_asked_for(client: FlaskClient) -> None:
    document = client.get("/").text
    config = json.loads(re.search(r'id="_dash-config"[^>]*>(.*?)</script>', document)[1])
    assert config["suppress_callback_exceptions"] is True
    assert "validation_layout" not in config


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_synthetic_figures_have_a_banner_on_every_page(
    context: Context, page: object, language: str
) -> None:
    shown = said(frame.framed(page, PAGES, context, f"?lang={language}"))
    banner = {
        "sv": "siffrorna är påhittade och säger inget om verkliga platser.",
        "en": "the figures are made up and say nothing about real places.",
    }
    assert banner[language] in shown


def test_an_embedded_page_has_banner_but_no_menu(context: Context) -> None:
    shown = said(frame.framed(find_page("/karta"), PAGES, context, "?embed=1"))
    assert "siffrorna är påhittade" in shown
    assert "Segregationsbarometern" not in shown


def test_the_language_link_keeps_the_view() -> None:
    link = frame.language_link(find_page("/karta"), "?indicator=employed&year=2023")
    assert link.href == "/karta?indicator=employed&year=2023&lang=en"
    assert link.lang == "en"
    back = frame.language_link(find_page("/karta"), "?year=2023&lang=en")
    assert back.href == "/karta?year=2023"


def test_without_a_snapshot_the_page_says_what_to_do(empty_site: Site) -> None:
    client = empty_site.server.test_client()
    body = {
        "output": f"{ids.PAGE}.children",
        "outputs": {"id": ids.PAGE, "property": "children"},
        "inputs": [{"id": ids.URL, "property": "pathname", "value": "/karta"}],
        "changedPropIds": [f"{ids.URL}.pathname"],
        "state": [{"id": ids.URL, "property": "search", "value": ""}],
    }
    assert client.get("/karta").status_code == 200
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    assert "Här finns inga siffror än" in answer.text
    assert "make refresh" in answer.text


def test_without_a_snapshot_health_and_values_answer_503(empty_site: Site) -> None:
    client = empty_site.server.test_client()
    for path in ("/health", "/values", "/export/csv"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.mimetype == "application/problem+json"
        assert "make refresh" in answer.get_json()["detail"]


def test_documents_keep_strangers_out(client: FlaskClient) -> None:
    headers = client.get("/karta").headers
    policy = headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "'unsafe-eval'" not in policy
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in script


def test_only_an_embedded_page_may_be_framed_elsewhere(client: FlaskClient) -> None:
    headers = client.get("/karta?embed=1").headers
    assert "frame-ancestors *" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


def test_nothing_in_a_document_comes_from_elsewhere(client: FlaskClient) -> None:
    document = client.get("/karta").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', document)
    assert addresses
    assert [address for address in addresses if not address.startswith("/")] == []


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_scripts_are_packed_and_kept(client: FlaskClient, coding: str) -> None:
    document = client.get("/").text
    address = next(a for a in re.findall(r'src="([^"]+)"', document) if "mantine" in a)
    answer = client.get(address, headers={"Accept-Encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert len(answer.data) < 300_000
    assert client.get(address).headers.get("Content-Encoding") is None
