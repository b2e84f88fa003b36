"""The site under a path of another site, behind nginx as a kommun's web server has it."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.factory import PAGES, create_app
from tests.programs import NGINX
from tests.server import PATIENCE, free_port, serving
from tests.snapshots import publish_snapshot

BASE = "/barometer"
CONFIGURATION = """
daemon off; pid {folder}/nginx.pid; error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    location = / {{ return 200 "home\\n"; }}
    location /barometer/ {{
      proxy_pass {site}/;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Prefix /barometer;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $remote_addr;
    }}
  }}
}}
"""


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prefix")
    publish_snapshot(folder / "published")
    return folder


def site(data_dir: Path, **environ: str) -> FlaskClient:
    settings = replace(Settings.from_env(environ), data_dir=data_dir)
    return create_app(
        settings, Store(settings.published_dir), load_catalogue()
    ).server.test_client()


@pytest.fixture(scope="module", params=["BASE_PATH", "X-Forwarded-Prefix"])
def client(data_dir: Path, request: pytest.FixtureRequest) -> FlaskClient:
    """The site that knows its base, and the one that is told it by the server in front alone."""
    if request.param == "BASE_PATH":
        return site(data_dir, BASE_PATH=f"{BASE}/")
    asking = site(data_dir, PROXIES="1")
    asking.environ_base["HTTP_X_FORWARDED_PREFIX"] = BASE
    return asking


@pytest.fixture(scope="module")
def trusting(data_dir: Path) -> FlaskClient:
    return site(data_dir, PROXIES="1")


@pytest.mark.parametrize("given", ["", "/", "//evil.example", "/a b", '/"><b>', "x", "/karta"])
def test_what_is_no_base_is_not_believed(trusting: FlaskClient, given: str) -> None:
    answer = trusting.get("/karta", headers={"X-Forwarded-Prefix": given})
    assert answer.status_code == 200
    assert 'src="/_dash-component-suites/' in answer.text
    assert given == "" or f'"{given}/_dash' not in answer.text
    assert "X-Forwarded-Prefix" in answer.headers["Vary"]


def test_only_what_the_trusted_proxy_says_counts(trusting: FlaskClient, data_dir: Path) -> None:
    def scripts(asking: FlaskClient, given: str) -> str:
        found = asking.get("/karta", headers={"X-Forwarded-Prefix": given}).text
        match = re.search(r'src="([^"]*)/_dash-component-suites/', found)
        return match[1] if match else "none"

    assert scripts(trusting, "/evil, /barometer") == BASE
    assert scripts(trusting, f"{BASE}/") == BASE
    assert scripts(site(data_dir), BASE) == ""


def strangers(text: str) -> list[str]:
    """The addresses in a document or JSON that do not lie below the base."""
    found = re.findall(r"""["'(](/[\w-][^"'()\\\s]*|/)["')]""", text)
    return [address for address in found if not f"{address}/".startswith(f"{BASE}/")]


@pytest.mark.parametrize("page", [page.path for page in PAGES])
@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_a_document_leads_nowhere_else(client: FlaskClient, page: str, coding: str) -> None:
    answer = client.get(page, headers={"Accept-Encoding": coding})
    assert answer.headers.get("Content-Encoding", "identity") == coding
    if coding == "identity":
        assert f'"requests_pathname_prefix":"{BASE}/"' in answer.text
        assert f'src="{BASE}/_dash-component-suites/' in answer.text
        assert strangers(answer.text) == []


def test_what_the_server_in_front_leaves_on_is_taken_off(client: FlaskClient) -> None:
    for address in ("/values", "/api/v1/indicators", "/status"):
        below = client.get(f"{BASE}{address}")
        assert below.status_code == 200
        assert below.data == client.get(address).data
        assert strangers(below.text) == []


def test_the_api_stays_below(client: FlaskClient) -> None:
    answer = client.get("/api/v1/areas?limit=2", headers={"Accept-Encoding": "br"})
    following = f"{BASE}/api/v1/areas?limit=2&offset=2"
    assert answer.headers["Link"] == f'<{following}>; rel="next"'
    assert client.get("/api/v1/areas?limit=2").get_json()["next"] == following
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    assert {path.startswith(f"{BASE}/api/v1/") for path in paths} == {True}
    assert client.get("/api/v1").get_json()["openapi"] == f"{BASE}/api/v1/openapi.json"


@pytest.mark.parametrize(
    "path",
    [
        *("/export/json?level=kommun", "/export/segregation/indices/json?area=0380"),
        "/api/v1/values?indicator=low_standard_children&area=0380",
    ],
)
def test_the_address_in_a_file_is_the_one_that_can_be_opened(
    client: FlaskClient, path: str
) -> None:
    address = client.get(f"{BASE}{path}").get_json()["address"]
    assert address.startswith(f"http://localhost{BASE}/")
    assert client.get(address.removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("base", ["barometer", "/a b", "/a?b", "//", "/../x"])
def test_a_base_that_is_no_path_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="BASE_PATH"):
        Settings.from_env({"BASE_PATH": base})


def test_a_base_that_is_a_page_of_the_site_is_refused(data_dir: Path) -> None:
    with pytest.raises(ValueError, match="choose another"):
        site(data_dir, BASE_PATH="/data")


@contextmanager
def nginx(folder: Path, site: str) -> Iterator[str]:
    """The site behind nginx; gives nginx's address."""
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=folder, port=port, site=site))
    process = subprocess.Popen([NGINX.find() or "nginx", "-p", str(folder), "-c", str(file)])
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=10), timeout=PATIENCE) as asking:
            assert asking.get(f"http://127.0.0.1:{port}/").text == "home\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.browser
def test_a_reader_behind_nginx_never_leaves_the_path(
    data_dir: Path, tmp_path: Path, browsing: BrowserContext
) -> None:
    """With what nginx says as the only word about it."""
    with serving(data_dir, env={"PROXIES": "1"}) as site, nginx(tmp_path, site) as front:
        page = browsing.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        answers: dict[str, int] = {}
        page.on("response", lambda answer: answers.update({answer.url: answer.status}))
        for path, landmark in (("/karta", "canvas"), ("/plats?area=0380", "h1"), ("/labb", "h1")):
            page.goto(f"{front}{BASE}{path}")
            page.locator(f"main {landmark}").first.wait_for()
            hrefs = page.locator("a[href]").evaluate_all(
                "all => all.filter(a => a.host === location.host).map(a => a.pathname)"
            )
            assert hrefs
            assert [href for href in hrefs if not href.startswith(f"{BASE}/")] == []
        asked = {url: code for url, code in answers.items() if url.startswith("http")}
        assert [url for url in asked if not url.startswith(f"{front}{BASE}/")] == []
        assert {url: code for url, code in asked.items() if code >= 400} == {}
