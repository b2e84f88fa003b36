"""A firewall, a proxy or a login page answers instead of SCB; and SCB's own passing faults."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import httpx
import pytest
from small_source import API, Time

from etl.errors import NetworkRefusedError, PipelineError, SourceUnavailableError
from etl.fetch.bronze import Bronze
from etl.fetch.scb import Client
from etl.network.calls import _retry_after
from etl.session import EXIT_CODES
from tests.cases.spoiled import Spoiled, fetch, only

PAGE = b"<html><head><title>Request Rejected</title></head><body>Support ID: 42</body></html>"


def connect(answer: Callable[[], httpx.Response]) -> Client:
    transport = httpx.MockTransport(lambda _: answer())
    time = Time()
    return Client.connect(API, transport=transport, clock=time, sleep=time.sleep)


REFUSALS = {
    "403 with a page": (403, PAGE, {}, r"403 .*a web page \(Request Rejected\).*firewall or proxy"),
    "403 without a word": (403, b"", {}, "a firewall or proxy between this machine and scb.test"),
    "403 with a word": (403, b"blocked", {}, "firewall or proxy"),
    "401": (401, PAGE, {}, "firewall or proxy"),
    "407": (407, b"", {}, "HTTPS_PROXY"),
    "511": (511, PAGE, {}, "511"),
    "404 with a page": (404, PAGE, {}, "check that the address is right"),
    "a redirect to no address": (
        302,
        b"",
        {"Location": "javascript:alert(1)"},
        "redirect to what is no address",
    ),
    "a redirect": (302, b"", {"Location": "http://login.test/"}, "login page of a network"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_answered_and_what_to_do_is_said(name: str) -> None:
    status, body, headers, said = REFUSALS[name]
    with pytest.raises(SourceUnavailableError, match=said) as refused:
        connect(lambda: httpx.Response(status, stream=httpx.ByteStream(body), headers=headers))
    assert "fewer cells" not in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert EXIT_CODES[SourceUnavailableError] == 6


def test_a_page_with_200_is_no_answer() -> None:
    with pytest.raises(SourceUnavailableError, match=r"a web page \(Request Rejected\) where JSON"):
        connect(lambda: httpx.Response(200, stream=httpx.ByteStream(PAGE)))


def test_a_data_call_is_not_made_smaller_for_a_firewall(tmp_path: Path) -> None:
    app = Spoiled()

    def firewall(environ: dict, start: Callable) -> list[bytes]:
        if not environ["PATH_INFO"].endswith("/data"):
            return list(app(environ, start))
        calls.append(environ["PATH_INFO"])
        start("403 Forbidden", [("Content-Type", "text/html")])
        return [PAGE]

    calls: list[str] = []
    with pytest.raises(NetworkRefusedError, match=r"TAB1, data for .*firewall"):
        fetch(firewall, Bronze(tmp_path))
    assert len(calls) == 1


def test_a_table_that_the_search_index_lacks_is_there(tmp_path: Path) -> None:
    app = Spoiled()

    def index_without_it(environ: dict, start: Callable) -> list[bytes]:
        if environ["PATH_INFO"].endswith("/TAB1"):
            start("404 Not Found", [("Content-Type", "application/json")])
            return [b'{"status": 404, "title": "Non-existent table"}']
        return list(app(environ, start))

    (table,) = fetch(index_without_it, Bronze(tmp_path)).tables
    assert table.updated == "2026-02-01T07:00:00Z"


def test_a_404_of_a_listed_table_is_asked_again(tmp_path: Path) -> None:
    app, left = Spoiled(), [2]

    def hiccup(environ: dict, start: Callable) -> list[bytes]:
        if environ["PATH_INFO"].endswith("/metadata") and left[0]:
            left[0] -= 1
            start("404 Not Found", [("Content-Type", "application/json")])
            return [b'{"status": 404, "title": "Non-existent table"}']
        return list(app(environ, start))

    assert fetch(hiccup, Bronze(tmp_path)).tables[0].table_id == "TAB1"


def test_answers_of_an_undated_table_that_differ_in_release_are_not_mixed(tmp_path: Path) -> None:
    months = count(1)

    def spoil(path: str, answer: dict) -> dict | None:
        if path == "config":
            return {**answer, "maxDataCells": 6}
        if path in ("TAB1", "metadata"):
            return {**answer, "updated": None}
        return {**answer, "updated": f"{2000 + next(months)}-01-01T07:00:00Z"}

    app, bronze = Spoiled(spoil), Bronze(tmp_path)
    with pytest.raises(SourceUnavailableError, match="republished tables in each of 3 rounds"):
        fetch(app, bronze)
    assert not bronze.entries()
    app.spoil = lambda path, answer: (
        {**answer, "updated": None} if path in ("TAB1", "metadata") else None
    )
    (table,) = fetch(app, bronze).tables
    assert table.updated.startswith("undated, asked 20")


def test_a_pause_until_a_date_without_zone_is_of_gmt() -> None:
    answer = httpx.Response(429, headers={"Retry-After": "Fri, 01 Jan 2021 00:00:00"})
    assert _retry_after(answer) == 0
    assert _retry_after(httpx.Response(429, headers={"Retry-After": "soon"})) is None


def test_what_is_forgotten_is_asked_for_again(tmp_path: Path) -> None:
    app, bronze = Spoiled(only("none", lambda _: None)), Bronze(tmp_path)
    fetch(app, bronze)
    assert bronze.forget("TAB1") == 2
    assert bronze.forget("TAB1") == 0
    app.calls.clear()
    fetch(app, Bronze(tmp_path))
    assert app.calls.count("data") == 1


def test_a_kept_answer_that_this_version_cannot_read_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Spoiled(only("data", lambda d: {**d, "value": [-1, *d["value"][1:]]}))
    with monkeypatch.context() as before:
        before.setattr("etl.fetch.parse._check_values", lambda *_, **__: None)
        before.setattr("etl.fetch.bronze.reader_version", lambda: "an older one")
        fetch(app, Bronze(tmp_path))
    with pytest.raises(PipelineError, match="is -1 where a count"):
        fetch(app, Bronze(tmp_path))
    app.spoil = None
    app.calls.clear()
    fetch(app, Bronze(tmp_path))
    assert app.calls.count("data") == 1
