"""Whole sets of areas are asked for by mask, and code by code when that does not give them."""

from dataclasses import replace

import httpx
import orjson
import pytest
from small_source import REGIONS, SmallSource, connect, table
from test_scb import REQUEST, dataset, scripted

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
