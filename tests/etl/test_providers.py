"""All providers in one refresh: figures of each, one of them down, and doctor's report."""

import threading
from contextlib import contextmanager

import duckdb
import pytest
from tiny_country import (
    INDICATORS,
    boundaries,
    run_pipeline,
    serving,
    write_catalogue,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from barometer.pointer import current_snapshot
from etl.geodata.service import download_layers
from tests.emulated.kolada import KoladaEmulator, kpi, value

SOURCE = """
[providers.kolada]
agency = "Kolada"
licence = "CC BY 4.0"
rhythm = { sv = "Varje år", en = "Every year" }

[sources.N07403]
provider = "kolada"
title = { sv = "Anmälda våldsbrott", en = "Reported violent crime" }
years = { first = 2022, last = 2024 }
meanings.title = ["våldsbrott"]

[sources.N00000]
provider = "kolada"
title = { sv = "Något okänt", en = "Something unknown" }
years = { first = 2022, last = 2024 }
unverified = "våldsbrott"
"""
INDICATOR = """
[%s]
sector = "trygghet"
name = { sv = "Anmälda våldsbrott", en = "Reported violent crime" }
definition = { sv = "Antal anmälda.", en = "Number reported." }
population = { sv = "Hela befolkningen", en = "The whole population" }
unit = "per_100000"
parts = [{ source = "%s", published = {} }]
"""
KPIS = {"N07403": kpi("N07403", "Anmälda våldsbrott per 100 000 invånare")}
FIGURES = [
    value("N07403", area, year, T=100.0 * at + year - 2022)
    for at, area in enumerate(("0000", "0114", "0180"), start=1)
    for year in (2022, 2023, 2024)
]
pytestmark = pytest.mark.slow


class _Silent(WSGIRequestHandler):
    def log_request(self, *_):
        pass


@contextmanager
def kolada(emulator):
    server = make_server("127.0.0.1", 0, emulator.app(), threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/v3"
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """The tiny catalogue with Kolada's indicators, and layers of its own."""
    folder = tmp_path_factory.mktemp("providers")
    catalogue = write_catalogue(folder / "catalogue")
    with (catalogue / "sources.toml").open("a") as file:
        file.write(SOURCE)
    found = INDICATOR % ("violence", "N07403") + INDICATOR % ("unknown", "N00000")
    (catalogue / "indicators.toml").write_text(INDICATORS + found)
    with serving() as server:
        area_ids = tuple(boundaries()["area_id"])
        download_layers(folder / "layers", area_ids=area_ids, url=server.geodata)
    return catalogue, folder / "layers"


@pytest.fixture
def run(places, tmp_path, monkeypatch):
    """Runs a command of the pipeline in one data folder; nobody waits between attempts."""
    monkeypatch.setattr("etl.network.calls._BACKOFF", lambda _state: 0.0)
    catalogue, layers = places

    def ran(command, api, address, *more):
        given = ("--boundaries", layers) if command == "refresh" else ()
        folder = ("--data-dir", tmp_path, "--api", api, "--provider", f"kolada={address}")
        return run_pipeline(command, *folder, *given, *more, catalogue=catalogue)

    ran.data_dir = tmp_path
    return ran


def served(data_dir, question):
    path = current_snapshot(data_dir / "published").path
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(question).fetchall()


VIOLENCE = (
    "SELECT area_id, value FROM indicator_values "
    "WHERE indicator_id = 'violence' AND year = 2024 ORDER BY area_id"
)
RATES = [("00", 102.0), ("01", None), ("0114", 202.0), ("0180", 302.0)]


def test_a_refresh_publishes_the_figures_of_every_provider(run):
    with serving() as scb, kolada(KoladaEmulator(KPIS, FIGURES)) as address:
        ran = run("refresh", scb.api, address)
    assert ran.code == 0, ran.said
    assert [row for row in served(run.data_dir, VIOLENCE) if row[1] is not None] == [
        row for row in RATES if row[1] is not None
    ]
    rows = served(run.data_dir, "SELECT source_id, provider, agency, licence FROM sources")
    assert ("N07403", "kolada", "Kolada", "CC BY 4.0") in rows
    assert ("TAB6574", "scb", "SCB", "CC0") in rows
    assert "N00000 is unverified in the catalogue" in ran.said
    assert "N07403 (Anmälda våldsbrott per 100 000 invånare)" in ran.said  # what could be meant
    levels = served(
        run.data_dir,
        "SELECT DISTINCT level::VARCHAR FROM indicator_values WHERE indicator_id = 'violence'",
    )
    assert {level for (level,) in levels} <= {"riket", "lan", "kommun"}
    assert list((run.data_dir / "archive" / "kolada" / "N07403").glob("*.json.gz"))


def test_when_one_is_down_the_others_publish_and_the_gap_is_named(run):
    with serving() as scb:
        ran = run("refresh", scb.api, "http://127.0.0.1:9/v3")
    assert ran.code == 0, ran.said
    assert "kolada gave no usable answer" in ran.said
    ((gaps, lacking),) = served(run.data_dir, "SELECT gaps, lacking FROM snapshot")
    assert len(gaps) == 1
    assert "there are none of N00000, N07403" in gaps[0]
    assert lacking == []  # of SCB nothing is lacking, and its contracts hold
    assert served(run.data_dir, VIOLENCE) == []
    assert served(run.data_dir, "SELECT count(*) FROM indicator_values")[0][0] > 0


def test_figures_of_an_earlier_fetch_stay_while_a_provider_is_down(run):
    with serving() as scb, kolada(KoladaEmulator(KPIS, FIGURES)) as address:
        assert run("refresh", scb.api, address).code == 0
        ran = run("refresh", scb.api, "http://127.0.0.1:9/v3")
        assert ran.code == 0, ran.said
        assert "figures of an earlier fetch are kept of N07403" in ran.said
        assert ("0114", 202.0) in served(run.data_dir, VIOLENCE)
        again = run("refresh", scb.api, address)
    assert again.code == 0
    assert served(run.data_dir, "SELECT gaps FROM snapshot") == [([],)]


def test_doctor_reports_on_all_providers(run):
    with serving() as scb, kolada(KoladaEmulator(KPIS, FIGURES)) as address:
        well = run("doctor", scb.api, address)
        gone = run("doctor", scb.api, "http://127.0.0.1:9/v3")
    with serving() as scb, kolada(KoladaEmulator({}, [])) as address:
        lost = run("doctor", scb.api, address)
    assert (well.code, gone.code, lost.code) == (0, 0, 0)
    assert "N07403" not in well.said.replace("N07403 (Anmälda", "")
    assert "N07403: kolada gave no usable answer" in gone.said
    assert "N07403: Kolada has no indicator of that id" in lost.said


def test_an_address_that_cannot_be_understood_is_said(run):
    with serving() as scb:
        ran = run("doctor", scb.api, "none", "--provider", "eurostat=1")
    assert ran.code == 1
    assert "--provider 'eurostat=1' is not understood" in ran.said
