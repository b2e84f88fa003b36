"""An answer that cannot be read is refused in a sentence, is not kept, and is asked for again."""

import json
from pathlib import Path

import orjson
import pytest

from etl.errors import PipelineError
from etl.fetch.bronze import Bronze
from etl.fetch.parse import parse_dataset
from tests.cases.spoiled import Spoil, Spoiled, fetch, only


def put(place: str, value: object) -> object:
    """A change of one field of an answer; `place` is the way to it."""

    def change(answer: dict) -> None:
        *way, last = place.split("/")
        for step in way:
            answer = answer[int(step) if isinstance(answer, list) else step]
        answer[int(last) if isinstance(answer, list) else last] = value

    return change


def drop(place: str) -> object:
    def change(answer: dict) -> None:
        *way, last = place.split("/")
        for step in way:
            answer = answer[step]
        del answer[last]

    return change


def sparse(answer: dict) -> bytes:
    """An answer with an object of values."""
    values = {str(place): value for place, value in enumerate(answer["value"])}
    return orjson.dumps(answer | {"value": values})


def twice(answer: dict, where: bytes, what: bytes) -> bytes:
    """An answer with something that is written once more, after `where`."""
    text = json.dumps(answer).encode()
    assert where in text
    return text.replace(where, where + what, 1)


REGIONS = "dimension/Region/category"
KON = "dimension/Kon"
BAD: dict[str, tuple[str, object, str]] = {
    # data answers
    "a negative count": (
        "data",
        put("value/0", -5),
        "Region=00.* is -5 where a count of 0 or more",
    ),
    "1e308": ("data", put("value/1", 1e308), r"is 1e\+308 where a number under 1e\+15"),
    "true": ("data", put("value/0", True), "cell 0 is true or false"),
    "a text": ("data", put("value/0", "12"), "cell 0 is a text .'12'. where a number or null"),
    "no values": ("data", put("value", None), "value is null where a list was expected"),
    "a value at no place": ("data", put("value", {"99999": 1}), "value at '99999', outside"),
    "a place written twice": (
        "data",
        lambda d: {**d, "value": {"00": 9} | {str(n): x for n, x in enumerate(d["value"])}},
        "value at '00', outside the",
    ),
    "a key written twice": (
        "data",
        lambda d: sparse(d).replace(b'"value":{', b'"value":{"0":9,'),
        "value: '0' is written 2 times",
    ),
    "a mark's key written twice beside a list": (
        "data",
        lambda d: twice({**d, "status": {"1": ".."}}, b'"status": {', b'"1" :"-",'),
        "status: '1' is written 2 times",
    ),
    "a code written twice": (
        "data",
        lambda d: twice(d, b'"index": {"00": 0', b', "00":0'),
        "dimension/Region/category/index: '00' is written 2 times",
    ),
    "a variable written twice": (
        "data",
        lambda d: twice(d, b'"dimension": {', b'"Tid":{},'),
        "dimension: 'Tid' is written 2 times",
    ),
    "a field written twice": (
        "data",
        lambda d: twice(d, b"{", b'"value":[],'),
        "the answer: 'value' is written 2 times",
    ),
    "half a person": (
        "data",
        put("value/2", 0.5),
        "TAB1, data for .*the cell Region=00, .* is 0.5 where a whole number was expected",
    ),
    "a mark's key written twice": (
        "data",
        lambda d: sparse(d | {"status": {"1": ".."}}).replace(b'"status":{', b'"status":{"1":"-",'),
        "'1' is written 2 times",
    ),
    "a mark's place written twice": (
        "data",
        put("status", {"0": "..", "00": "-"}),
        "status at '00', outside the",
    ),
    "a status at a word": ("data", put("status", {"x": ".."}), "status at 'x', outside the"),
    "a status at -1": ("data", put("status", {"-1": ".."}), "status at '-1', outside the"),
    "a short status": ("data", put("status", [".."]), "status has 1 marks for"),
    "a status that is a number": ("data", put("status", 7), "status is a number where an object"),
    "a mark that is a list": ("data", put("status", {"0": []}), "status at 0 is a list"),
    "an unknown mark": (
        "data",
        lambda d: {**d, "value": [None, *d["value"][1:]], "status": {"0": "?!"}},
        "Region=00.*has no value and the unknown mark '\\?!'",
    ),
    "a size too few": ("data", put("size", [1]), "size has 1 numbers and id 5"),
    "a size that is a text": ("data", put("size/0", "10"), "Region has 3 codes and size 10"),
    "a double position": ("data", put(f"{REGIONS}/index/01", 0), "Region has positions other than"),
    "a position past the end": ("data", put(f"{REGIONS}/index/01", 9), "positions other than 0 to"),
    "a position that is a text": ("data", put(f"{REGIONS}/index/01", "1"), "positions other than"),
    "index a number": ("data", put(f"{REGIONS}/index", 3), "Region: index is a number"),
    "no category": ("data", drop(REGIONS), "Region: category is null"),
    "no dimension": ("data", drop("dimension"), "dimension is null where an object"),
    "a dimension that is a list": ("data", put("dimension", []), "dimension is a list"),
    "a problem with 200": (
        "data",
        lambda _: {"title": "Too many cells selected", "status": 400},
        r"a refusal \(Too many cells selected\) where a table was expected",
    ),
    "another table's": (
        "data",
        put("extension/px/tableid", "TAB2"),
        "the answer is of the table TAB2 where TAB1 was asked for",
    ),
    "an older release": ("data", put("updated", "2020-01-01T07:00:00Z"), "of the release 2020-01"),
    "a newer release": (
        "data",
        put("updated", "2030-01-01T07:00:00Z"),
        "republished tables in each of 3 rounds of download, the last: TAB1, data for",
    ),
    "updated a number": ("data", put("updated", 7), "updated is '7', no moment"),
    "a list": ("data", lambda _: [], "a list where a JSON object"),
    "empty": ("data", lambda _: b"{}"[:0], "empty .0 bytes. where JSON"),
    "blanks": ("data", lambda _: b"  \n", "empty .3 bytes. where JSON"),
    "no JSON": ("data", lambda _: b"Bad Gateway", "bytes that are not JSON"),
    "deep JSON": ("data", lambda _: b"[" * 100_000, "that are not JSON"),
    "NaN": ("data", lambda _: b'{"value": [NaN]}', "that are not JSON"),
    "a login page": (
        "data",
        lambda _: b"<!DOCTYPE html><html><title>Logga\x1b[2J in</title></html>",
        r"a web page \(Logga \[2J in\) where JSON was expected",
    ),
    # metadata answers
    "a list as extension": ("metadata", put(f"{KON}/extension", [1]), "Kon: extension is a list"),
    "a list as label": (
        "metadata",
        put(f"{REGIONS}/label/0114", []),
        "Region 0114: a label is a l",
    ),
    "a label of 5,000": ("metadata", put(f"{REGIONS}/label/0114", "å" * 5000), "5,000 characters"),
    "decimals a word": (
        "metadata",
        put("dimension/ContentsCode/category/unit/000007Y7/decimals", "x"),
        "unit of 000007Y7: decimals are 'x' where a number of 0 to 15",
    ),
    "decimals of 99": (
        "metadata",
        put("dimension/ContentsCode/category/unit/000007Y7/decimals", 99),
        "decimals are '99'",
    ),
    "another table's metadata": (
        "metadata",
        put("extension/px/tableid", "TAB2"),
        "the answer is of the table TAB2 where TAB1 was asked for",
    ),
    "no variables": (
        "metadata",
        lambda d: {**d, "id": [], "size": []},
        "metadata without variables",
    ),
    "no variable": ("metadata", drop("dimension/Tid"), "dimension: Tid is null"),
    "an id that is null": ("metadata", put("id", None), "id is null where a list"),
    "an older description": (
        "metadata",
        put("updated", "2020-01-01T07:00:00Z"),
        "of the release 20",
    ),
    "a size too few in metadata": (
        "metadata",
        put("size", [1]),
        r"the sizes \[1\] where its codes",
    ),
    "a size that its codes lack": ("metadata", put("size/0", 99), "where its codes are Region 10"),
    "a page as metadata": ("metadata", lambda _: b"<html></html>", "a web page where JSON"),
    "a label written twice": (
        "metadata",
        lambda d: twice(d, b'"label": {"00"', b':"x","00"'),
        "Region/category/label: '00' is written 2 times",
    ),
    # the table's entry
    "another's entry": ("TAB1", put("id", "TAB2"), "the entry of TAB2 where TAB1 was asked for"),
    "an entry without id": ("TAB1", put("id", None), "a table's entry without id"),
    "an entry of 1988": ("TAB1", put("updated", 1988), "updated is '1988', no moment"),
    "/config without limit": ("config", put("maxDataCells", None), "maxDataCells is None where a"),
    "/config with 0 cells": ("config", put("maxDataCells", 0), "maxDataCells is 0 where a number"),
    "/config of 1e308 s": ("config", put("timeWindow", 1e308), r"timeWindow is 1e\+308 where"),
    "/config of -1 s": ("config", put("timeWindow", -1), "timeWindow is -1 where"),
    "/config a call an hour": (
        "config",
        lambda c: {**c, "timeWindow": 3600, "maxCallsPerTimeWindow": 1},
        "where at least one call a minute was expected",
    ),
    "/config of words": ("config", put("maxDataCells", "many"), "maxDataCells is many where"),
    "/config a list": ("config", lambda _: [], "a list where a JSON object"),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_in_a_sentence_and_asked_for_again(tmp_path: Path, name: str) -> None:
    kind, change, said = BAD[name]
    app = Spoiled(only(kind, change))  # type: ignore[arg-type]
    with pytest.raises(PipelineError, match=said) as refused:
        fetch(app, Bronze(tmp_path))
    sentence = str(refused.value)
    assert "TAB1" in sentence or "/config" in sentence
    assert "again later" in sentence
    assert "\x1b" not in sentence
    app.spoil = None
    collection = fetch(app, Bronze(tmp_path))
    assert [len(parse_dataset(Bronze(tmp_path).read(e))) for e in collection.tables[0].data] == [18]


UNDERSTOOD: dict[str, tuple[str, object]] = {
    "a null label": ("metadata", put(f"{REGIONS}/label/0114", None)),
    "a number as label": ("metadata", put(f"{REGIONS}/label/0114", 114)),
    "no labels": ("metadata", drop(f"{REGIONS}/label")),
    "a note that is a text": ("metadata", put("note", "En anmärkning")),
    "notes with nulls": ("metadata", put("note", [None, 3, "En anmärkning"])),
    "no notes": ("metadata", put("note", None)),
    "no decimals": (
        "metadata",
        put("dimension/ContentsCode/category/unit/000007Y7/decimals", None),
    ),
    "decimals as text": (
        "metadata",
        put("dimension/ContentsCode/category/unit/000007Y7/decimals", "0"),
    ),
    "no unit": ("metadata", drop("dimension/ContentsCode/category/unit")),
    "a null unit": ("metadata", put("dimension/ContentsCode/category/unit/000007Y7", None)),
    "codes as a list": ("data", put(f"{REGIONS}/index", ["00", "01", "0114"])),
    "metadata without a stamp": ("metadata", put("updated", None)),
    "data without a stamp": ("data", put("updated", None)),
    "data with an odd stamp": ("data", put("updated", "i måndags")),
    "an entry without a stamp": ("TAB1", put("updated", None)),
    "an entry without label": ("TAB1", put("label", None)),
    "features of texts": ("config", put("features", ["x", None])),
    "features null": ("config", put("features", None)),
    "a huge limit": ("config", put("maxDataCells", 10**12)),
    "limits as texts": ("config", put("maxDataCells", "150000")),
    "values as an object": ("data", lambda d: {**d, "value": dict(enumerate(d["value"]))}),
    "a status that is null": ("data", put("status", None)),
    "a large mark on a number": ("data", put("status", {"0": "preliminär"})),
    "counts with a decimal point": ("data", lambda d: {**d, "value": [*map(float, d["value"])]}),
    "texts that look like keys": ("data", put("note", ['a": b', '\\": "c":'])),
    "a byte order mark": ("data", lambda d: b"\xef\xbb\xbf" + orjson.dumps(d)),
}


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_an_odd_answer_that_can_be_read_is_read(tmp_path: Path, name: str) -> None:
    kind, change = UNDERSTOOD[name]
    odd: Spoil = only(kind, change)  # type: ignore[arg-type]
    collection = fetch(Spoiled(odd), Bronze(tmp_path))
    plain = fetch(Spoiled(), Bronze(tmp_path / "plain"))
    frames = [
        parse_dataset(Bronze(folder).read(kept.tables[0].data[0]))
        for kept, folder in ((collection, tmp_path), (plain, tmp_path / "plain"))
    ]
    assert frames[0].equals(frames[1])


def test_a_part_is_kept_where_the_table_says_that_it_has_decimals(tmp_path: Path) -> None:
    def spoil(path: str, answer: dict) -> dict:
        if path == "metadata":
            put("dimension/ContentsCode/category/unit/000007Y7/decimals", 1)(answer)
        if path == "data":
            put("value/2", 0.5)(answer)
        return answer

    collection = fetch(Spoiled(spoil), Bronze(tmp_path))
    assert parse_dataset(Bronze(tmp_path).read(collection.tables[0].data[0])).value[2] == 0.5
