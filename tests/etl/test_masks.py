"""Whole sets of areas are asked for by mask, and code by code when that does not give them."""

import io
from dataclasses import replace

import httpx
import orjson
import pytest
from small_source import API, POPULATION, REGIONS, SmallSource, connect, table
from test_scb import REQUEST, dataset, scripted

from etl.fetch.metadata import parse_metadata
from etl.fetch.plan import DataRequest, in_table_order
from etl.fetch.scb import Client
from tests.emulated.app import create_emulator

OLD = [f"0114A{n:04}" for n in range(150)]
NEW = [f"{code}_DeSO2025" for code in OLD]
COUNTRY = POPULATION | {"Region": ("00", "0114", *OLD, *NEW)}
MASKED = replace(REQUEST, masks=(("Region", ("????",)),))


def asked_regions(requests):
    bodies = [orjson.loads(request.content)["selection"] for request in requests]
    return [
        part["valueCodes"] for body in bodies for part in body if part["variableCode"] == "Region"
    ]


@pytest.mark.parametrize(
    "first",
    [
        httpx.Response(400, json={"title": "Non-existent value", "status": 400}),
        httpx.Response(200, json=dataset(REQUEST.replace("Region", ("00", "0010")))),
        httpx.Response(503),
        httpx.Response(408),
    ],
)
def test_codes_are_asked_one_by_one_when_their_mask_does_not_give_them(first):
    client, seen, _ = scripted(first, httpx.Response(200, json=dataset()))
    assert orjson.loads(client.data(MASKED)) == dataset()
    assert asked_regions(seen[1:]) == [["????"], list(REGIONS)]


def test_a_mask_that_gives_the_codes_is_enough():
    client, seen, _ = scripted(httpx.Response(200, json=dataset()))
    client.data(MASKED)
    assert asked_regions(seen[1:]) == [["????"]]


def test_the_server_takes_masks():
    source = SmallSource({"TAB1": table()})
    client = connect(source)
    whole = replace(REQUEST.replace("Region", ("0114",)), masks=(("Region", ("????",)),))
    assert orjson.loads(client.data(whole))["size"][0] == 1


class Listening:
    """The emulator, which may refuse masks; `asked` are the codes of Region of each data call."""

    def __init__(self, *, refuses_masks):
        self._app = create_emulator(SmallSource({"TAB1": table(codes=COUNTRY)}))
        self._refuses_masks = refuses_masks
        self.asked = []

    def __call__(self, environ, start):
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read()
            environ["wsgi.input"] = io.BytesIO(body)
            (codes,) = asked_regions([httpx.Request("POST", API, content=body)])
            self.asked.append(codes)
            if self._refuses_masks and any("?" in code for code in codes):
                start("400 Bad Request", [("Content-Type", "application/problem+json")])
                return [b'{"title": "Non-existent value", "status": 400}']
        return self._app(environ, start)


def answers_of(app):
    """Two years of all small areas and the country, a call each."""
    with Client.connect(API, transport=httpx.WSGITransport(app=app)) as client:
        metadata = parse_metadata(client.metadata_answer("TAB1").raw, table_id="TAB1")
        codes = {**COUNTRY, "Region": ("00", *OLD, *NEW), "Kon": ("1+2",)}
        years = [DataRequest.of("TAB1", codes | {"Tid": (year,)}) for year in ("2022", "2023")]
        return [client.data(in_table_order(year, metadata=metadata)) for year in years]


def test_a_server_that_refuses_masks_gives_the_same_and_is_not_asked_by_them_again():
    masks, codes = ["00", "????A????", "????A????_DeSO2025"], ["00", *OLD, *NEW]
    reading, refusing = Listening(refuses_masks=False), Listening(refuses_masks=True)
    assert answers_of(reading) == answers_of(refusing)
    assert reading.asked == [masks, masks]
    assert refusing.asked == [masks, codes, codes]
