"""How long a server asks to wait, in whatever words, and that all calls do."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from small_source import Time, connect
from test_scb import DATA, REQUEST, dataset, scripted

from etl.errors import SourceUnavailableError
from tests.emulated.faults import Fault, Faults


def test_retry_after_is_honoured():
    faults = Faults(Fault("too_many_calls", path=DATA, times=1, seconds=7))
    time = Time()
    client = connect(faults=faults, time=time)
    start = time.now
    client.data(REQUEST)
    assert 7 <= time.now - start < 8


def test_a_busy_server_that_names_a_time_is_left_alone_so_long():
    busy = httpx.Response(503, headers={"Retry-After": "20"})
    client, _, time = scripted(busy, httpx.Response(200, json=dataset()))
    start = time.now
    client.data(REQUEST)
    assert 20 <= time.now - start < 21


def test_all_calls_wait_when_one_was_refused():
    faults = Faults(Fault("too_many_calls", path=DATA, times=1, seconds=7))
    time = Time()
    client = connect(faults=faults, time=time, attempts=1)
    start = time.now
    with pytest.raises(SourceUnavailableError, match="429 too many calls"):
        client.data(REQUEST)
    client.table_info("TAB1")  # another thread's call, say
    assert time.now - start >= 7


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "-5",
        "-" + "9" * 400,
        "1e9",
        "soon",
        "0",
        "0.0",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "٣",
        "inf",
    ],
)
def test_a_pause_that_says_nothing_is_no_pause_and_no_haste(asked):
    refused = httpx.Response(429, headers={"Retry-After": asked.encode()})
    client, _, time = scripted(refused, refused, httpx.Response(200, json=dataset()))
    start = time.now
    client.data(REQUEST)
    assert 1 <= time.now - start < 10


def test_retry_after_may_be_a_date():
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    refused = httpx.Response(429, headers={"Retry-After": moment})
    client, _, time = scripted(refused, httpx.Response(200, json=dataset()))
    start = time.now
    client.data(REQUEST)
    assert 60 < time.now - start < 91


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("301", "6 minutes"),
        ("3600", "60 minutes"),
        ("86400.5", "25 hours"),
        ("9" * 20, "more than two days"),
        ("9" * 400, "more than two days"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "more than two days"),
    ],
)
def test_a_pause_that_is_too_long_is_an_error_that_says_so(asked, words):
    client, seen, _ = scripted(httpx.Response(429, headers={"Retry-After": asked}))
    with pytest.raises(SourceUnavailableError, match=rf"asks to wait {words}\. Run the same"):
        client.data(REQUEST)
    assert len(seen) == 2


def test_a_storm_of_429_is_sat_out():
    faults = Faults(Fault("too_many_calls", path=DATA, times=6, seconds=10))
    client = connect(faults=faults)
    client.data(REQUEST)
    assert faults.calls.count(f"POST {DATA}") == 7
