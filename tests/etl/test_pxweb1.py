"""PxWebApi 1 in another agency's words: names, four-year periods, marks, and what is missing."""

from dataclasses import replace

import flask
import httpx
import orjson
import pytest
from small_source import Time
from test_kolada import SOURCE

from etl.errors import SourceUnavailableError, TableMissingError
from etl.fetch.metadata import parse_metadata
from etl.fetch.parse import read_dataset
from etl.fetch.plan import DataRequest
from etl.network.answers import BadAnswerError
from etl.providers.archive import Archive
from etl.providers.pxweb1 import PxWeb1, _in_our_words

FOLDER = "http://health.test/api/v1/sv/A/B"
HEALTH = replace(
    SOURCE,
    source_id="FHM-halsa",
    provider="pxweb1",
    address=FOLDER,
    path="health.px",
    names=(("ContentsCode", "Andel och konfidensintervall"), ("Kon", "Kön")),
)
DESCRIBED = {
    "title": "Bra hälsa efter region, kön och år",
    "variables": [
        {
            "code": "Region",
            "text": "Region",
            "values": ["00", "0114"],
            "valueTexts": ["Riket", "X"],
        },
        {"code": "Kön", "text": "Kön", "values": ["0", "1"], "valueTexts": ["Totalt", "Kvinnor"]},
        {
            "code": "Andel och konfidensintervall",
            "text": "Andel",
            "values": ["01", "02"],
            "valueTexts": ["Andel", "Nedre gräns"],
        },
        {
            "code": "År",
            "text": "År",
            "values": ["16", "17"],
            "valueTexts": ["2019-2022", "2021-2024"],
            "time": True,
        },
    ],
}


def answer(query):
    """The cells that are asked for, counted from 1, one of them secret."""
    chosen = {part["code"]: part["selection"]["values"] for part in query["query"]}
    size = [len(codes) for codes in chosen.values()]
    n = 1
    for length in size:
        n *= length
    return {
        "version": "2.0",
        "class": "dataset",
        "id": list(chosen),
        "size": size,
        "dimension": {
            name: {"category": {"index": {code: at for at, code in enumerate(codes)}}}
            for name, codes in chosen.items()
        },
        "value": [None, *range(2, n + 1)],
        "status": {"0": ".."},
        "updated": "2026-03-01T08:00:00Z",
    }


def connect(*, described=None, listed=True, archive=None, source=HEALTH):
    app = flask.Flask("health", static_folder=None)
    queries = []

    @app.get("/api/v1/sv/A/B")
    def folder():
        entries = [{"id": "health.px", "type": "t", "updated": "2026-03-01T08:00:00"}]
        return flask.jsonify(entries if listed else [])

    @app.get("/api/v1/sv/A/B/health.px")
    def one():
        return flask.jsonify(described or DESCRIBED)

    @app.post("/api/v1/sv/A/B/health.px")
    def data():
        queries.append(flask.request.get_json())
        return flask.Response(orjson.dumps(answer(queries[-1])), mimetype="application/json")

    time = Time()
    client = PxWeb1.connect(
        {source.source_id: source},
        archive=archive,
        transport=httpx.WSGITransport(app=app),
        clock=time,
        sleep=time.sleep,
    )
    return client, queries


def test_a_table_is_described_under_our_names():
    client, _ = connect()
    info = client.table_info("FHM-halsa")
    assert (info.label, info.updated) == (DESCRIBED["title"], "2026-03-01T08:00:00")
    metadata = parse_metadata(client.metadata_answer("FHM-halsa").raw, table_id="FHM-halsa")
    assert {v.code: v.codes for v in metadata.variables} == {
        "Region": ("00", "0114"),
        "Kon": ("0", "1"),
        "ContentsCode": ("01", "02"),
        "Tid": ("2022", "2024"),  # periods of four years by their last
    }


def test_cells_are_asked_for_in_its_words_and_given_in_ours(tmp_path):
    archive = Archive(tmp_path)
    client, queries = connect(archive=archive)
    codes = {"Region": ["00", "0114"], "Kon": ["0"], "ContentsCode": ["01"], "Tid": ["2024"]}
    request = DataRequest.of("FHM-halsa", codes)
    dataset = read_dataset(client.data_answer(request).raw, request=request)
    assert [part["code"] for part in queries[0]["query"]] == [
        "Region",
        "Kön",
        "Andel och konfidensintervall",
        "År",
    ]
    assert queries[0]["query"][3]["selection"]["values"] == ["17"]
    assert str(dataset.cells.tolist()) == "[nan, 2.0]"
    assert dataset.marks[0] == ".."
    (kept,) = archive.answers("pxweb1", "FHM-halsa")
    assert "Andel och konfidensintervall" in orjson.loads(kept.raw)["dimension"]


def test_a_table_that_its_folder_does_not_list_is_gone():
    client, _ = connect(listed=False)
    with pytest.raises(TableMissingError, match="does not list health"):
        client.table_info("FHM-halsa")


def test_a_description_that_lacks_a_variable_says_what_it_has():
    renamed = orjson.loads(orjson.dumps(DESCRIBED).replace(b'"Region"', b'"Kommun"'))
    client, _ = connect(described=renamed)
    with pytest.raises(SourceUnavailableError, match="without Region: it has Kommun, Kön"):
        client.table_info("FHM-halsa")


def test_a_variable_that_was_not_asked_for_is_refused():
    client, _ = connect()
    table = client._described("FHM-halsa")
    strange = answer({"query": [{"code": "Ålder", "selection": {"values": ["1"]}}]})
    with pytest.raises(BadAnswerError, match="'Ålder' that was not asked for"):
        _in_our_words(orjson.dumps(strange), table)
