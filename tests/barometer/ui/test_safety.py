"""What strangers can do to the site: nothing, however they ask."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.document import Site
from barometer.ui.factory import PAGES, create_app
from barometer.ui.v1.limits import MOST_BYTES
from tests.barometer.ui.conftest import settings_of

REQUESTS = 10_000
FRAMED = {page.path for page in PAGES if page.embed}
# Words that mean something to a route, a path, a database or a browser.
WORDS = st.sampled_from(
    [
        *("csv", "json", "xlsx", "gpkg", "deso", "regso", "2024", "2018", "sv", "en", "0180", "00"),
        *(
            "low_standard_children",
            "dissimilarity",
            "birth_region",
            "sex:women",
            "all",
            "area_type",
        ),
        *("..", "../../etc/passwd", "%2e%2e%2f", "'; DROP TABLE areas; --", "\x00", "\ud800", "💥"),
        *("-1", "1e9", "999999999999999999999", "NaN", "", " ", "<script>", "=1+1", "a,b,,c", "[]"),
    ]
)
VALUES = WORDS | st.text(max_size=30)
KEYS = st.sampled_from(
    [
        *("indicator", "level", "year", "area", "within", "background", "limit", "offset", "lang"),
        *("grouping", "index", "units", "since", "among", "q", "embed", "method", "classes"),
        *("compare", "layer", "view", "place", "kind", "rows", "columns", "start"),
    ]
)
HEADERS = st.dictionaries(
    st.sampled_from(["Accept", "Accept-Encoding", "If-None-Match", "Range", "Content-Type"]),
    st.sampled_from(["*/*", "text/csv", "br", "gzip;q=0", "*", '"x"', "bytes=9-1", "{}", "q=;;"]),
    max_size=2,
)
METHODS = st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
BODIES = st.sampled_from([b"", b"{}", b"[]", b"null", b'{"output":1}', b"\xff\xfe", b"x" * 5000])


@st.composite
def addresses(draw: st.DrawFn, rules: list[Rule]) -> str:
    """A route of the site with anything in its blanks."""
    rule = draw(st.sampled_from(rules))
    parts = [
        draw(VALUES).replace("/", "") or "x" if is_blank else text
        for is_blank, text in rule._trace
        if text != "|"
    ]
    return "".join(parts) or "/"


@pytest.mark.slow
def test_no_question_breaks_the_site(site: Site) -> None:
    client = site.server.test_client()
    rules = [rule for rule in site.server.url_map.iter_rules() if rule.endpoint != "v1-package"]

    @settings(
        max_examples=REQUESTS,
        phases=(Phase.generate,),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(
        path=addresses(rules),
        query=st.dictionaries(KEYS, VALUES, max_size=4),
        headers=HEADERS,
        method=METHODS,
        body=BODIES,
    )
    def holds(
        path: str, query: dict[str, str], headers: dict[str, str], method: str, body: bytes
    ) -> None:
        encodable = quote(path, safe="/%", errors="replace")
        asked = {key: value.encode("utf-8", "replace").decode() for key, value in query.items()}
        answer = client.open(
            encodable, method=method, query_string=asked, headers=headers, data=body
        )
        answer.get_data()
        assert answer.status_code < 500, answer.text[:2000]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    holds()


def test_every_route_is_asked(site: Site) -> None:
    """The fuzz takes its routes from the site, so that a new one is asked by itself."""
    paths = {rule.rule for rule in site.server.url_map.iter_rules()}
    assert {"/api/v1/values", "/values", "/export/<format_id>", "/_dash-update-component"} <= paths


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_only_pages_to_embed_may_be_framed(client: FlaskClient, page: object) -> None:
    headers = client.get(f"{page.path}?embed=1").headers
    policy = headers["Content-Security-Policy"]
    assert ("frame-ancestors *" in policy) == page.embed
    assert ("X-Frame-Options" in headers) != page.embed
    plain = client.get(page.path).headers
    assert "frame-ancestors 'self'" in plain["Content-Security-Policy"]


def test_map_chart_and_place_can_be_embedded() -> None:
    assert {"/karta", "/segregation", "/plats"} <= FRAMED
    assert {"/", "/data"} & FRAMED == set()


def test_no_page_runs_text_as_script(client: FlaskClient) -> None:
    for page in PAGES:
        policy = client.get(page.path).headers["Content-Security-Policy"]
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe" not in scripts


@pytest.mark.parametrize("path", ["/api/v1/areas", "/values", "/export/csv", "/api/v1/nothing"])
def test_an_answer_that_is_no_page_can_be_nothing_else(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post(
        "/_dash-update-component", data=b"x" * (MOST_BYTES + 1), content_type="application/json"
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        *(None, [], "x", {}, {"output": 1}, {"output": "nobody.children", "outputs": {}}),
        {"output": "site-page.children", "outputs": [], "inputs": [1, 2]},
        {"output": "site-page.children", "outputs": [], "inputs": {}, "state": []},
        {"output": "site-page.children", "outputs": [], "changedPropIds": 7},
    ],
)
def test_a_callback_that_no_page_sends_is_refused(client: FlaskClient, body: object) -> None:
    assert client.post("/_dash-update-component", json=body).status_code == 400


def test_a_script_that_there_is_none_of_is_not_found(client: FlaskClient) -> None:
    for path in ("x/y.js", "dash/../../etc/passwd", "dash_html_components/nothing.js"):
        assert client.get(f"/_dash-component-suites/{path}").status_code == 404


def limited_client(data_dir: Path, **changes: object) -> FlaskClient:
    settings = replace(settings_of(data_dir), **changes)
    site = create_app(settings, Store(settings.published_dir), load_catalogue())
    return site.server.test_client()


def test_the_rate_is_limited_where_the_settings_say_so(data_dir: Path) -> None:
    client = limited_client(data_dir, rate_limit="3/minute")
    codes = [client.get("/api/v1/snapshot").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    refused = client.get("/api/v1/snapshot")
    assert refused.mimetype == "application/problem+json"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert client.get("/karta").status_code == 200


def test_there_is_no_limit_unless_somebody_sets_one(client: FlaskClient) -> None:
    assert {client.get("/api/v1/snapshot").status_code for _ in range(200)} == {200}


def test_behind_a_proxy_each_visitor_counts(data_dir: Path) -> None:
    client = limited_client(data_dir, rate_limit="1/minute", proxies=1)
    for visitor in ("203.0.113.1", "203.0.113.2"):
        answer = client.get("/api/v1/snapshot", headers={"X-Forwarded-For": visitor})
        assert answer.status_code == 200
    alone = limited_client(data_dir, rate_limit="1/minute")
    codes = [
        alone.get("/api/v1/snapshot", headers={"X-Forwarded-For": visitor}).status_code
        for visitor in ("203.0.113.1", "203.0.113.2")
    ]
    assert codes == [200, 429]


@pytest.mark.parametrize("rate", ["many", "0/minute", "5 per minute", "5/fortnight"])
def test_a_rate_that_cannot_be_read_is_named(rate: str) -> None:
    with pytest.raises(ValueError, match=r"RATE_LIMIT=.* is no rate: write it as 60/minute"):
        Settings.from_env({"RATE_LIMIT": rate})
