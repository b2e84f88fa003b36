import gzip
from dataclasses import replace
from pathlib import Path

import httpx
import orjson
import pytest
from small_source import API, POPULATION, REGIONS, SmallSource, Time, connect, table

from etl.emulator.limits import NO_LIMITS, SCB_LIMITS
from etl.errors import (
    RequestRefusedError,
    SourceUnavailableError,
    TableMissingError,
    TooManyCellsError,
)
from etl.fetch.metadata import parse_metadata
from etl.fetch.plan import DataRequest
from etl.fetch.scb import Client
from tests.emulated.faults import Fault, Faults

RECORDED = Path(__file__).parents[1] / "real" / "recorded" / "pxweb"
DATA = "/tables/TAB1/data"
REQUEST = DataRequest.of("TAB1", {**POPULATION, "Kon": ("1+2",), "Tid": ("2022", "2023")})
CONFIG = {
    "apiVersion": "2.3.2",
    "languages": [{"id": "sv"}],
    "maxDataCells": 100,
    "maxCallsPerTimeWindow": 30,
    "timeWindow": 10,
}


def on_the_wire(response):
    """The same answer, its body still to be read, as a network gives it."""
    if not response.is_stream_consumed:
        return response
    stream = httpx.ByteStream(response.content)
    return httpx.Response(response.status_code, headers=response.headers, stream=stream)


def scripted(*answers, time=None, **options):
    """A client of a server that gives these answers one after the other, after /config."""
    time = time or Time()
    script = iter([httpx.Response(200, json=CONFIG), *answers])
    seen = []

    def answer(request):
        seen.append(request)
        step = next(script)
        if isinstance(step, Exception):
            raise step
        return on_the_wire(step)

    transport = httpx.MockTransport(answer)
    client = Client.connect(API, transport=transport, clock=time, sleep=time.sleep, **options)
    return client, seen, time


def dataset(request=REQUEST, **changes):
    answer = {
        "id": [name for name, _ in request.codes],
        "size": [len(codes) for _, codes in request.codes],
        "dimension": {
            name: {"category": {"index": {code: n for n, code in enumerate(codes)}}}
            for name, codes in request.codes
        },
        "value": [1] * request.cells,
    }
    return answer | changes


def test_limits_come_from_the_server():
    client = connect(limits=replace(SCB_LIMITS, cells=77, calls=5, window=3))
    config = client.config
    assert (config.max_cells, config.calls_per_window, config.window_seconds) == (77, 5, 3)
    assert (config.languages, config.synthetic) == (("en", "sv"), False)


def test_a_synthetic_server_says_so():
    assert connect(SmallSource(synthetic=True)).config.synthetic


@pytest.mark.parametrize("gone", ["maxDataCells", "timeWindow", "languages"])
def test_another_server_is_not_mistaken_for_pxwebapi(gone):
    config = {key: value for key, value in CONFIG.items() if key != gone}
    transport = httpx.MockTransport(lambda _: on_the_wire(httpx.Response(200, json=config)))
    time = Time()
    with pytest.raises(SourceUnavailableError, match=f"not a PxWebApi 2 configuration.*{gone}"):
        Client.connect(API, transport=transport, attempts=2, clock=time, sleep=time.sleep)


def test_metadata_is_read_in_order_with_codes_as_text():
    metadata = connect().metadata("TAB1")
    assert (metadata.id, metadata.label) == ("TAB1", "The table TAB1")
    assert metadata.updated == "2026-02-01T07:00:00Z"
    assert {v.code: v.codes for v in metadata.variables} == POPULATION
    sex = metadata.variable("Kon")
    assert (sex.elimination, sex.elimination_value) == (True, "1+2")
    assert metadata.variable("Alder").elimination is False
    (unit,) = metadata.variable("ContentsCode").units
    assert (unit.code, unit.base, unit.decimals) == ("000007Y7", "antal", 0)


def test_table_list_is_read_over_all_pages():
    pages = [
        {
            "tables": [{"id": f"TAB{number}", "label": "x", "updated": "2026"}],
            "page": {"pageNumber": number, "totalPages": 2},
        }
        for number in (1, 2)
    ]
    client, seen, _ = scripted(*(httpx.Response(200, json=page) for page in pages))
    assert [info.id for info in client.search("folkmängd")] == ["TAB1", "TAB2"]
    assert [request.url.params["pageNumber"] for request in seen[1:]] == ["1", "2"]
    assert seen[1].url.params["query"] == "folkmängd"


def test_table_list_of_the_emulator():
    source = SmallSource({f"TAB{n}": table(f"TAB{n}") for n in range(3)})
    assert [info.id for info in connect(source).search()] == ["TAB0", "TAB1", "TAB2"]


def test_a_code_list():
    codes = connect().code_list("vs_CKM02")
    assert (codes.kind, codes.codes, codes.members) == ("Valueset", ("01",), (("01",),))


def test_data_is_posted_and_comes_back_as_bytes():
    client, seen, _ = scripted(httpx.Response(200, json=dataset()))
    raw = client.data(REQUEST)
    assert orjson.loads(raw) == dataset()
    call = seen[1]
    assert call.method == "POST"
    assert str(call.url) == f"{API}{DATA}?lang=sv&outputFormat=json-stat2"
    selection = orjson.loads(call.content)["selection"]
    assert {part["variableCode"]: tuple(part["valueCodes"]) for part in selection} == dict(
        REQUEST.codes
    )


def test_the_emulator_answers_what_was_asked():
    answer = orjson.loads(connect().data(REQUEST))
    assert len(answer["value"]) == REQUEST.cells


def test_the_pace_keeps_to_the_window():
    time = Time()
    client = connect(limits=replace(SCB_LIMITS, calls=5, window=10), time=time, attempts=1)
    start = time.now
    for _ in range(16):
        client.table_info("TAB1")  # one attempt each: a 429 would be an error
    assert 30 <= time.now - start < 31


def test_no_limit_no_waiting():
    time = Time()
    client = connect(limits=NO_LIMITS, time=time)
    naps = len(time.naps)
    for _ in range(100):
        client.table_info("TAB1")
    assert len(time.naps) == naps


@pytest.mark.parametrize(
    "kind", ["unavailable", "cut_off", "garbage", "wrong_length", "hang", "duplicate_area"]
)
def test_a_passing_fault_is_retried(kind):
    faults = Faults(Fault(kind, path=DATA, times=2))
    time = Time()
    client = connect(faults=faults, time=time)
    answer = orjson.loads(client.data(REQUEST))
    assert len(answer["value"]) == REQUEST.cells
    assert faults.calls.count(f"POST {DATA}") == 3
    assert all(nap > 0 for nap in time.naps)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("unavailable", "HTTP 503"),
        ("cut_off", "Error"),
        ("garbage", "a web page where JSON was expected"),
        ("wrong_length", "59 values where the sizes make 60"),
        ("hang", "did not answer in time"),
        ("duplicate_area", "label: '00' is written 2 times"),
    ],
)
def test_a_lasting_fault_is_an_error_with_table_call_attempts_and_next_step(kind, said):
    faults = Faults(Fault(kind, path=DATA))
    client = connect(faults=faults, attempts=3)
    pattern = rf"TAB1, data for Region=00….*{DATA}.* in 3 attempts.*{said}.*again later"
    with pytest.raises(SourceUnavailableError, match=pattern):
        client.data(REQUEST)
    assert faults.calls.count(f"POST {DATA}") == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"value": [1] * (REQUEST.cells - 1)},
        {"value": ["1"] * REQUEST.cells},
        {"value": None},
        {"status": {str(REQUEST.cells): ".."}},
        {"status": {"-1": ".."}},
        {"id": ["Region"]},
        {"dimension": {}},
        {"size": [1, 1, 1, 1, 1]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_answer_that_is_not_what_was_asked_is_not_kept(changes):
    bad = httpx.Response(200, json=dataset(**changes))
    client, seen, _ = scripted(bad, httpx.Response(200, json=dataset()))
    assert orjson.loads(client.data(REQUEST)) == dataset()
    assert len(seen) == 3


def test_other_codes_than_asked_for_are_named():
    other = REQUEST.replace("Region", (*REGIONS[1:], "9999"))
    answers = [httpx.Response(200, json=dataset(other)) for _ in range(2)]
    client, _, _ = scripted(*answers, attempts=2)
    said = r"Region lacks 1 codes asked for \['00'\] and has 1 that were not \['9999'\]"
    with pytest.raises(SourceUnavailableError, match=said):
        client.data(REQUEST)


def test_variables_and_codes_may_come_in_another_order():
    turned = DataRequest("TAB1", tuple((n, codes[::-1]) for n, codes in REQUEST.codes[::-1]))
    client, seen, _ = scripted(httpx.Response(200, json=dataset(turned)))
    client.data(REQUEST)
    assert len(seen) == 2


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("slow"),
        httpx.ConnectTimeout("slow"),
        httpx.ConnectError("refused"),
        httpx.RemoteProtocolError("cut"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_broken_connection_is_retried(error):
    client, seen, _ = scripted(error, httpx.Response(200, json=dataset()))
    client.data(REQUEST)
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"no gzip", "gzip"),
        (gzip.compress(b"{}" * 99, mtime=0)[:-9], "gzip"),
        (orjson.dumps(dataset()), "br"),
    ],
    ids=["not gzip", "cut gzip", "other packing"],
)
def test_an_answer_that_cannot_be_unpacked_is_asked_for_again(content, encoding):
    wire = httpx.Response(
        200, stream=httpx.ByteStream(content), headers={"Content-Encoding": encoding}
    )
    client, seen, _ = scripted(wire, httpx.Response(200, json=dataset()))
    client.data(REQUEST)
    assert len(seen) == 3


def test_gzip_is_kept_as_it_came():
    wire = gzip.compress(orjson.dumps(dataset()), 9, mtime=7)
    packed = httpx.Response(
        200, stream=httpx.ByteStream(wire), headers={"Content-Encoding": "gzip"}
    )
    plain = httpx.Response(200, json=dataset())
    client, seen, _ = scripted(packed, plain)
    first, second = client.data_answer(REQUEST), client.data_answer(REQUEST)
    assert first.packed == wire
    assert orjson.loads(first.raw) == orjson.loads(gzip.decompress(second.packed)) == dataset()
    assert seen[1].headers["Accept-Encoding"] == "gzip"


def test_an_answer_that_trickles_for_ever_is_given_up():
    time = Time()

    def trickle():
        for _ in range(1_000):
            time.now += 30
            yield b" "

    client, seen, _ = scripted(
        httpx.Response(200, content=trickle()), httpx.Response(200, json=dataset()), time=time
    )
    start = time.now
    client.data(REQUEST)
    assert len(seen) == 3
    assert time.now - start < 400


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409])
def test_other_refusals_are_never_retried(status):
    problem = {"title": "Illegal selection expression", "detail": "Tid", "status": status}
    client, seen, _ = scripted(httpx.Response(status, json=problem))
    pattern = f"TAB1, data for .*refused with {status} Illegal selection expression: Tid"
    with pytest.raises(RequestRefusedError, match=pattern) as error:
        client.data(REQUEST)
    assert error.value.status == status
    assert len(seen) == 2


@pytest.mark.parametrize("status", [400, 403])
def test_too_many_cells_is_one_error_whatever_its_status(status):
    limits = replace(SCB_LIMITS, cells=10, too_many_cells_status=status)
    with pytest.raises(TooManyCellsError, match="fewer cells"):
        connect(limits=limits).data(REQUEST)


@pytest.mark.parametrize("status", [400, 404])
def test_an_unknown_table_is_one_error_whatever_its_status(status):
    client = connect(limits=replace(SCB_LIMITS, unknown_table_on_data=status))
    with pytest.raises(TableMissingError, match="TAB9"):
        client.data(DataRequest("TAB9", REQUEST.codes))
    with pytest.raises(TableMissingError, match="TAB9"):
        client.table_info("TAB9")


@pytest.mark.real
def test_recorded_answers_of_scb_are_understood():
    files = ("config", "TAB6471_metadata", "tables", "agg_Alder10arJ", "TAB6471_data")
    answers = {name: (RECORDED / f"{name}.json").read_bytes() for name in files}
    paths = {
        "/api/v2/config": "config",
        "/api/v2/tables/TAB6471/metadata": "TAB6471_metadata",
        "/api/v2/tables/TAB6471/data": "TAB6471_data",
        "/api/v2/codelists/agg_Ålder10årJ": "agg_Alder10arJ",
    }
    transport = httpx.MockTransport(
        lambda request: on_the_wire(httpx.Response(200, content=answers[paths[request.url.path]]))
    )
    client = Client.connect(API, transport=transport, clock=(time := Time()), sleep=time.sleep)
    metadata = client.metadata("TAB6471")
    assert [len(v.codes) for v in metadata.variables] == [312, 134, 3, 1, 16]
    assert metadata.variable("Alder").codes[:3] == ("0", "TotSA", "-4")
    assert client.code_list("agg_Ålder10årJ").members[0][0] == "9"
    asked = parse_metadata(answers["TAB6471_data"], table_id="TAB6471")
    request = DataRequest.of("TAB6471", {v.code: v.codes for v in asked.variables})
    assert client.data(request) == answers["TAB6471_data"]
