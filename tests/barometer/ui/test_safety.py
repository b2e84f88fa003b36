"""What strangers can do to the site: nothing, however they ask."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from dash import html
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.document import Site
from barometer.ui.factory import PAGES, create_app
from barometer.ui.guard import CALLBACKS
from barometer.ui.limits import MAX_BODY_BYTES
from tests.barometer.ui.conftest import settings_of

REQUESTS = 1_000  # `make bench BENCH=fuzz` asks 40,000
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
        *("01", "0180R001_SYN_RegSO2025", "0180R001_SYN", "0380A0011_SYN_DeSO2025"),
        *("..", "../../etc/passwd", "%2e%2e%2f", "'; DROP TABLE areas; --", "\x00", "\ud800", "💥"),
        *("-1", "1e9", "999999999999999999999", "NaN", "", " ", "<script>", "=1+1", "a,b,,c", "[]"),
    ]
)
VALUES = WORDS | st.text(max_size=30)
KEYS = st.sampled_from(
    [
        *("indicator", "level", "year", "area", "within", "background", "limit", "offset", "lang"),
        *("grouping", "index", "units", "since", "among", "q", "embed", "method", "classes"),
        *("compare", "layer", "view", "place", "kind", "rows", "columns", "start", "first"),
        *("indicators", "areas", "years", "sort", "find", "actor", "other", "alike", "caution"),
    ]
)
HEADERS = st.dictionaries(
    st.sampled_from(["Accept", "Accept-Encoding", "If-None-Match", "Range", "Content-Type"]),
    st.sampled_from(["*/*", "text/csv", "br", "gzip;q=0", "*", '"x"', "bytes=9-1", "{}", "q=;;"]),
    max_size=2,
)
METHODS = st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
BODIES = st.sampled_from([b"", b"{}", b"[]", b"null", b'{"output":1}', b"\xff\xfe", b"x" * 5000])
QUERIES = st.dictionaries(KEYS, VALUES, max_size=4)
PATHS = st.sampled_from([page.path for page in PAGES]) | VALUES
CHOICES = VALUES | st.none() | st.integers() | st.booleans() | st.lists(VALUES, max_size=3)


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


@st.composite
def asked_of_routes(draw: st.DrawFn, rules: list[Rule]) -> dict[str, object]:
    """What a stranger types or sends, as the test client takes it."""
    return {
        "path": quote(draw(addresses(rules)), safe="/%", errors="replace"),
        "query_string": {key: encodable(value) for key, value in draw(QUERIES).items()},
        "headers": draw(HEADERS),
        "method": draw(METHODS),
        "data": draw(BODIES),
    }


@st.composite
def asked_of_callbacks(draw: st.DrawFn, callbacks: Mapping[str, Any]) -> dict[str, object]:
    """What a page of ours would send, with anything in its properties."""
    output = draw(st.sampled_from(sorted(callbacks)))
    filled = {
        name: [
            part | {"value": draw(held_by(part["property"]))} for part in callbacks[output][name]
        ]
        for name in ("inputs", "state")
    }
    changed = draw(st.sampled_from(filled["inputs"]))
    body = filled | {
        "output": output,
        "outputs": outputs_of(output),
        "changedPropIds": [f"{changed['id']}.{changed['property']}"],
    }
    return {"path": CALLBACKS, "method": "POST", "json": body}


def held_by(name: str) -> st.SearchStrategy[object]:
    """What a component's property may be said to hold; rarely something of another kind."""
    if name == "pathname":
        return PATHS
    if name in ("search", "data"):
        return st.one_of([QUERIES.map(as_search)] * 4 + [CHOICES])
    return CHOICES


def as_search(query: Mapping[str, str]) -> str:
    return "?" + urlencode({key: encodable(value) for key, value in query.items()})


def encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def outputs_of(output: str) -> object:
    """The outputs as a page sends them, by the name that Dash gives a callback."""
    found = [
        {"id": part.rpartition(".")[0], "property": part.rpartition(".")[2]}
        for part in output.partition("@")[0].strip(".").split("...")
    ]
    return found if output.startswith("..") else found[0]


@pytest.mark.slow
def test_no_question_breaks_the_site(site: Site) -> None:
    client = site.server.test_client()
    client.get("/_dash-dependencies")
    rules = [rule for rule in site.server.url_map.iter_rules() if rule.endpoint != "v1-package"]
    own = {name: asked for name, asked in site.callback_map.items() if asked.get("callback")}
    statuses: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    # Ten in one example: hypothesis takes more time for an example than the site for an answer.
    nine = st.tuples(*[asked_of_routes(rules)] * 9)

    @settings(
        max_examples=REQUESTS // 10,
        phases=(Phase.generate,),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(plain=nine, callback=asked_of_callbacks(own))
    def holds(plain: tuple[dict[str, Any], ...], callback: dict[str, Any]) -> None:
        for asked in (*plain, callback):
            answer = client.open(**asked)
            answer.get_data()
            assert answer.status_code < 500, (asked, answer.text[:2000])
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            statuses[asked is callback][answer.status_code] += 1

    holds()
    assert sum(found.total() for found in statuses.values()) >= REQUESTS
    # Much of it is no nonsense, or it would ask nothing but the door.
    assert all(found[200] > found.total() / 10 for found in statuses.values()), statuses


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_pages_to_embed_and_no_others_give_the_code_for_it(context: Context, page: object) -> None:
    shown = page.content(context, "")
    buttons = [part for part in shown._traverse() if isinstance(part, html.Button)]
    copied = {getattr(button, "data-copy", "") for button in buttons}
    in_menu = page.path != "/karta"  # the map's menu comes with its figures
    assert ("embed" in copied) == (page.embed and in_menu)


def test_map_chart_and_place_can_be_embedded() -> None:
    assert {"/karta", "/segregation", "/labb", "/plats"} <= FRAMED
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
        "/_dash-update-component", data=b"x" * (MAX_BODY_BYTES + 1), content_type="application/json"
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        *(None, [], "x", {}, {"output": 1}, {"output": "nobody.children", "outputs": {}}),
        {"output": "site-page.children", "outputs": [], "inputs": [1, 2]},
        {"output": "site-page.children", "outputs": [], "inputs": {}, "state": []},
        {"output": "site-page.children", "outputs": [], "changedPropIds": 7},
        *[
            {
                "output": "site-page.children",
                "outputs": {"id": "site-page", "property": "children"},
                "inputs": [{"id": "site-url", "property": "pathname", "value": "/karta"}],
                "state": [{"id": "site-url", "property": "search", "value": value}],
            }
            for value in (5, ["?lang=en"], {"lang": "en"}, True, "?q=\ud800")
        ],
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
    for language, told in (("sv", "Vänta någon minut"), ("en", "Wait a minute")):
        page = client.get(f"/export/csv?lang={language}")
        assert page.status_code == 429
        assert f'<html lang="{language}">' in page.text
        assert told in page.text


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
