from datetime import datetime

import pytest

from etl.emulator.limits import Limits


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_the_call_over_the_limit_must_wait_for_the_window(connect, clock):
    client = connect(limits=Limits(calls=3, window=10), clock=clock)
    remaining = [client.get("/tables").headers["X-Rate-Limit-Remaining"] for _ in range(3)]
    assert remaining == ["2", "1", "0"]
    clock.now += 2.5
    refused = client.get("/tables")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "8"
    assert refused.headers["X-Rate-Limit-Limit"] == "10s"
    assert refused.headers["X-Rate-Limit-Remaining"] == "0"
    assert datetime.fromisoformat(refused.headers["X-Rate-Limit-Reset"]).tzinfo is not None
    clock.now += 7.4
    assert client.get("/tables").status_code == 429
    clock.now += 0.1
    assert client.get("/tables").status_code == 200


def test_the_configuration_is_exempt(connect, clock):
    client = connect(limits=Limits(calls=1), clock=clock)
    assert [client.get("/config").status_code for _ in range(3)] == [200] * 3
    assert "X-Rate-Limit-Remaining" not in client.get("/config").headers
    assert [client.get("/tables").status_code for _ in range(2)] == [200, 429]


def test_the_configuration_tells_the_limits(connect):
    config = connect(limits=Limits(cells=7, calls=3, window=1)).get("/config").json()
    told = [config[key] for key in ("maxDataCells", "maxCallsPerTimeWindow", "timeWindow")]
    assert told == [7, 3, 1]
    config = connect(limits=Limits()).get("/config").json()
    told = [config[key] for key in ("maxDataCells", "maxCallsPerTimeWindow", "timeWindow")]
    assert told == [150_000, 30, 10]


def test_long_addresses_are_refused(client):
    address = "http://scb/api/v2/tables/TAB1/metadata?x="
    assert client.get(address + "y" * (2_100 - len(address))).status_code == 200
    assert client.get(address + "y" * (2_101 - len(address))).status_code == 404


def test_answers_are_compressed_when_asked_for(client):
    plain = client.get("/tables/TAB1/metadata", headers={"Accept-Encoding": "identity"})
    packed = client.get("/tables/TAB1/metadata", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"])
    assert packed.json() == plain.json()
