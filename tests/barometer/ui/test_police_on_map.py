"""The police's areas over the map: in the address, with source and day, marking no other area."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.store import Store
from barometer.ui.factory import create_app
from tests.barometer.ui.conftest import settings_of
from tests.police_snapshot import publish_with_police

VIEW = "?indicator=low_standard_children&level=regso&year=2024"


@pytest.fixture(scope="module")
def with_police(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("police")
    publish_with_police(folder / "published")
    settings = settings_of(folder)
    app = create_app(settings, Store(settings.published_dir), load_catalogue())
    return app.server.test_client()


def key_of(client: FlaskClient, query: str) -> str:
    view = client.get(f"/values{query}").get_json()
    return str(view["set"]["map-legend"]["children"])


def test_without_a_file_there_is_nothing_to_switch_on(client: FlaskClient) -> None:
    assert "olisens" not in key_of(client, VIEW)
    view = client.get(f"/values{VIEW}&police=1").get_json()
    assert view["police"] is None
    assert "police" not in view["query"]
    assert view["notice"] == [
        "Polisens områden ingår inte i den här dataversionen; visar kartan utan dem."
    ]


def test_the_key_offers_the_outlines_and_says_whose_they_are(with_police: FlaskClient) -> None:
    off = with_police.get(f"/values{VIEW}").get_json()
    assert off["police"] is None
    assert "Visa polisens utsatta områden" in key_of(with_police, VIEW)
    turned = with_police.get(f"/values{VIEW}&change=police&to=1").get_json()
    assert turned["query"] == f"{VIEW}&police=1"
    said = key_of(with_police, turned["query"])
    assert "Polisens utsatta områden (2). Källa: Polisen, fil från 2025-12-01." in said
    back = with_police.get(f"/values{turned['query']}&change=police&to=0").get_json()
    assert back["query"] == VIEW
    assert "The police" in key_of(with_police, f"{VIEW}&police=1&lang=en")


def test_the_outlines_mark_no_area(with_police: FlaskClient) -> None:
    """Figures, classes and patterns of the areas are the same with and without them."""
    plain, outlined = (
        with_police.get(f"/values{VIEW}{more}").get_json() for more in ("", "&police=1")
    )
    for key in ("values", "reasons", "few", "uncertain", "note", "sentence", "area"):
        assert outlined[key] == plain[key], key
    lines = with_police.get(outlined["police"]).get_json()
    assert [feature["properties"] for feature in lines["features"]] == [{}, {}]
    (west, south), *_ = lines["features"][0]["geometry"]["coordinates"][0]
    assert 10 < west < 25
    assert 55 < south < 70


def test_what_is_no_switch_is_said(with_police: FlaskClient) -> None:
    view = with_police.get(f"/values{VIEW}&police=kanske").get_json()
    assert view["police"] is None
    assert "”kanske” för police är okänt" in view["notice"][0]


def test_a_picture_has_the_lines_their_key_and_their_source(with_police: FlaskClient) -> None:
    plain, outlined = (
        with_police.get(f"/picture/karta/karta.svg{VIEW}{more}").get_data(as_text=True)
        for more in ("", "&police=1")
    )
    for said in ("Polisens utsatta områden", "#7a1fa2"):
        assert said in outlined
        assert said not in plain
    assert "fil från 2025-12-01" in outlined


def test_outlines_of_another_data_version_are_not_there(with_police: FlaskClient) -> None:
    assert with_police.get("/geometry/police/20200101-scb-abc.json").status_code == 404
