"""Kolada: recorded answers, damaged ones, its empty list, and what the archive keeps."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import flask
import httpx
import orjson
import pytest
from small_source import Time

from barometer.catalogue import Source, Text
from etl.errors import SourceUnavailableError, TableMissingError
from etl.fetch.metadata import parse_metadata
from etl.fetch.parse import read_dataset
from etl.fetch.plan import DataRequest
from etl.network.answers import BadAnswerError
from etl.providers.archive import Archive
from etl.providers.kolada import Kolada
from tests.emulated.kolada import ADDRESS, KoladaEmulator, kpi, value

RECORDED = Path(__file__).parents[1] / "real" / "recorded"
WORDS = Text("", "")
SOURCE = Source(
    "N15428",
    WORDS,
    "kpi",
    "",
    (),
    ("riket", "kommun"),
    (1998, 1999),
    closed=False,
    rhythm=WORDS,
    licence="",
    breaks=(),
    backgrounds=(),
    provider="kolada",
)
KPIS = {"N15428": kpi("N15428", "Elever i åk 9 som är behöriga, andel (%)")}
FIGURES = [
    value("N15428", "0000", 2023, T=85.0, K=87.0, M=83.0),
    value("N15428", "0114", 2023, T=80.5, K=82.0, M=None),
    value("N15428", "0001", 2023, T=1.0),  # a region: no area of ours
    value("N15428", "G12", 2023, T=2.0),  # a group of kommuner
    value("N15428", "0114", 2024, T=81.0),
]


def connect(emulator, *, archive=None, source=SOURCE):
    time = Time()
    return Kolada.connect(
        MappingProxyType({source.source_id: source}),
        base_url=ADDRESS,
        archive=archive,
        transport=httpx.WSGITransport(app=emulator.app()),
        clock=time,
        sleep=time.sleep,
    )


def test_an_indicator_is_a_table_with_sex_years_and_areas():
    client = connect(KoladaEmulator(KPIS, FIGURES, page=2))
    info = client.table_info("N15428")
    assert info.label == "Elever i åk 9 som är behöriga, andel (%)"
    metadata = parse_metadata(client.metadata_answer("N15428").raw, table_id="N15428")
    assert {v.code: v.codes for v in metadata.variables} == {
        "Region": ("00", "0114"),
        "Kon": ("K", "M", "T"),
        "ContentsCode": ("N15428",),
        "Tid": ("2023", "2024"),
    }
    request = DataRequest.of(
        "N15428",
        {
            "Region": ["0114"],
            "Kon": ["T", "M"],
            "ContentsCode": ["N15428"],
            "Tid": ["2023", "2024"],
        },
    )
    dataset = read_dataset(client.data_answer(request).raw, request=request)
    assert str(dataset.cells.tolist()) == "[80.5, 81.0, nan, nan]"


def test_every_page_is_read_once_at_the_same_server():
    emulator = KoladaEmulator(KPIS, FIGURES, page=2)
    client = connect(emulator)
    client.table_info("N15428")
    client.metadata_answer("N15428")
    data = [call for call in emulator.calls if "/data/" in call]
    assert [call.partition("?")[2] for call in data if "2023" in call][1:] == ["page=2", "page=3"]
    assert len(data) == len(set(data))


def test_a_recorded_answer_is_read_as_it_came():
    raw = (RECORDED / "kolada_behorighet.json").read_bytes()
    recorded = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))["values"]
    client = connect(KoladaEmulator(KPIS, recorded, page=20))
    cube = client.read("N15428")
    kommun, year, figures = "1780", 1998, {}
    for own in recorded:
        if (own["municipality"], own["period"]) == (kommun, year):
            figures = {item["gender"]: item["value"] for item in own["values"]}
    axes = {axis.code: axis.codes for axis in cube.axes}
    at = axes["Region"].index(kommun), axes["Tid"].index(str(year))
    for sex, expected in figures.items():
        assert cube.values[at[0], axes["Kon"].index(sex), 0, at[1]] == expected
    assert len(figures) == 3


def test_an_empty_list_is_a_fault_that_names_the_indicator():
    with pytest.raises(TableMissingError, match=r"N15428: Kolada has no value of .*empty list"):
        connect(KoladaEmulator(KPIS, [])).table_info("N15428")


def test_an_indicator_that_is_gone_is_named():
    with pytest.raises(TableMissingError, match="N15428: Kolada has no indicator of that id"):
        connect(KoladaEmulator({}, FIGURES)).table_info("N15428")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ({"kpi": "N99999"}, "is of N99999, not of N15428"),
        ({"period": "2023"}, "is no area and year"),
        ({"municipality": None}, "is no area and year"),
        ({"values": [{"gender": "X", "value": 1}]}, "neither T, K nor M"),
        ({"values": [{"gender": "T", "value": "81,0"}]}, "a value is a text"),
        ({"values": None}, "values is null where a list was expected"),
    ],
)
def test_a_damaged_answer_is_refused_with_its_place(damage, said):
    damaged = [FIGURES[0] | damage]
    emulator = KoladaEmulator(KPIS, damaged)
    app = emulator.app()
    app.view_functions["data"] = lambda **_: flask.jsonify(values=damaged, next_url=None)
    time = Time()
    client = Kolada.connect(
        {"N15428": SOURCE},
        base_url=ADDRESS,
        transport=httpx.WSGITransport(app=app),
        clock=time,
        sleep=time.sleep,
    )
    with pytest.raises(SourceUnavailableError, match=said):
        client.table_info("N15428")


def test_two_figures_for_one_cell_are_a_fault():
    twice = [*FIGURES, value("N15428", "0114", 2024, T=99.0)]
    with pytest.raises(BadAnswerError, match=r"two figures, 81\.0 and 99\.0"):
        connect(KoladaEmulator(KPIS, twice)).table_info("N15428")


def test_a_passing_fault_is_asked_again():
    emulator = KoladaEmulator(KPIS, FIGURES)
    emulator.faults += [flask.Response(status=503), flask.Response("<html>", status=200)]
    assert connect(emulator).table_info("N15428").last_period == "2024"


def test_secret_figures_are_told_from_those_that_are_lacking():
    secret = value("N15428", "0180", 2024, T=None)
    secret["values"][0]["status"] = "Private"
    client = connect(KoladaEmulator(KPIS, [*FIGURES, secret]))
    codes = {"Region": ["0180"], "Kon": ["T"], "ContentsCode": ["N15428"], "Tid": ["2023", "2024"]}
    raw = client.data_answer(DataRequest.of("N15428", codes)).raw
    assert orjson.loads(raw)["status"] == {"1": ".."}


def test_equal_content_is_one_release_and_is_archived_once(tmp_path: Path):
    archive = Archive(tmp_path)
    first = connect(KoladaEmulator(KPIS, FIGURES), archive=archive).table_info("N15428")
    again = connect(KoladaEmulator(KPIS, [*reversed(FIGURES)]), archive=archive)
    assert again.table_info("N15428").updated == first.updated
    changed = [*FIGURES[:-1], value("N15428", "0114", 2024, T=70.0)]
    later = connect(KoladaEmulator(KPIS, changed), archive=archive).table_info("N15428")
    assert later.updated != first.updated
    assert len(list(archive.answers("kolada", "N15428"))) == 3  # as received, in whatever order
    same = connect(KoladaEmulator(KPIS, changed), archive=archive)
    same.table_info("N15428")
    assert len(list(archive.answers("kolada", "N15428"))) == 3


def test_search_names_indicators_that_could_be_meant():
    client = connect(KoladaEmulator(KPIS, FIGURES), source=replace(SOURCE, source_id="X"))
    assert [found.id for found in client.search("behöriga")] == ["N15428"]
