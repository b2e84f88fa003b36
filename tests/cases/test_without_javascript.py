"""Without scripts every page says what is true of it and leads to its figures."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.factory import create_app
from tests.snapshots import publish_snapshot


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("quiet")
    publish_snapshot(folder / "published")
    settings = Settings.from_env({"DATA_DIR": str(folder)})
    app = create_app(settings, Store(settings.published_dir), load_catalogue())
    client: FlaskClient = app.server.test_client()
    return client


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/", "/plats/rapport"),
        ("/karta?level=kommun", "/export/csv?level=kommun"),
        ("/plats?area=0180", "/plats/rapport?area=0180"),
        ("/segregation?area=0180", "/export/segregation/scale/xlsx?area=0180"),
        ("/omradestyper", "/export/omradestyper/shares/csv"),
        ("/aktorer", "/export/aktorer/indicators/csv"),
        ("/data", "/api/v1/package.zip"),
        ("/data/api?lang=en", "/api/v1/openapi.json"),
    ],
)
def test_a_page_leads_to_its_figures(client: FlaskClient, path: str, leads_to: str) -> None:
    document = client.get(path).text
    (quiet,) = re.findall("<noscript>(.*?)</noscript>", document, flags=re.DOTALL)
    links = re.findall('href="([^"]*)"', quiet)
    assert leads_to in links
    assert [link for link in links if client.get(link).status_code != 200] == []
    assert ("switched off" if "lang=en" in path else "avstängt") in quiet


@pytest.mark.parametrize(("lang", "said"), [("", "Felet ligger hos oss"), ("en", "is ours")])
def test_a_page_that_cannot_be_made_says_so_and_what_to_do(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("secret")

    monkeypatch.setattr("barometer.ui.document._opening", broken)
    answer = client.get(f"/plats?area=0180&lang={lang}")
    assert answer.status_code == 500
    assert said in answer.text
    assert 'href="/"' in answer.text
    assert "secret" not in answer.text
