"""SCB, Kolada, another agency's PxWeb and own files in one refresh; each of them down in turn."""

import pytest
from test_providers import FIGURES, INDICATOR, KPIS, SOURCE, kolada, served
from tiny_country import INDICATORS, boundaries, run_pipeline, serving, write_catalogue

from etl.geodata.service import download_layers
from tests.emulated.kolada import KoladaEmulator
from tests.emulated.pxweb1 import FOLDER, TABLE, PxWeb1Emulator

HEALTH = """
[sources.FHM-halsa]
provider = "pxweb1"
title = { sv = "Bra hälsa", en = "Good health" }
address = "%s"
path = "%s"
agency = "Folkhälsomyndigheten"
licence = "CC0"
levels = ["riket", "kommun"]
years = { first = 2022, last = 2024 }
rhythm = { sv = "Varje år", en = "Every year" }
variables = { ContentsCode = "01", Kon = "0" }
names = { ContentsCode = "Andel", Kon = "Kön" }
meanings = { title = "hälsa" }
"""
OWN = """
sector = "trygghet"
name = { sv = "Lekplatser", en = "Playgrounds" }
definition = { sv = "Antal.", en = "Number." }
population = { sv = "Hela befolkningen", en = "The whole population" }
unit = "per_1000"
agency = "Exempelstads kommun"
licence = "CC0"
"""
SHARES = {
    (area, f"{year - 3}-{year}"): 60.0 + at + (year - 2022) / 10
    for at, area in enumerate(("00", "0114", "0180"))
    for year in (2022, 2023, 2024)
}
DOWN = "http://127.0.0.1:9"
VALUE = (
    "SELECT value FROM indicator_values WHERE indicator_id = '{}' AND year = 2024"
    " AND area_id = '0114' AND background = 'all'"
)
EXPECTED = {"violence": 202.0, "health": 61.2, "playgrounds": 2.5}
pytestmark = pytest.mark.slow


@pytest.fixture
def refreshed(tmp_path, monkeypatch):
    """Runs a refresh of all providers at once, some of them down; gives what it said."""
    monkeypatch.setattr("etl.network.calls._BACKOFF", lambda _state: 0.0)
    monkeypatch.setattr("etl.providers.pxweb1.PxWeb1.calls_a_second", 1000)
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "playgrounds.toml").write_text(OWN, encoding="utf-8")
    rows = "area;year;numerator;denominator\n0114;2024;2;800\n0180;2024;3;900\n"
    (tmp_path / "local" / "playgrounds.csv").write_text(rows, encoding="utf-8")

    def run(*down):
        health = kolada(PxWeb1Emulator(SHARES))
        with serving() as scb, kolada(KoladaEmulator(KPIS, FIGURES)) as api, health as other:
            folder = f"{DOWN if 'pxweb1' in down else other.removesuffix('/v3')}/{FOLDER}"
            catalogue = write_catalogue(tmp_path / "catalogue")
            with (catalogue / "sources.toml").open("a") as file:
                file.write(SOURCE + HEALTH % (folder, TABLE))
            violence = INDICATOR % ("violence", "N07403") + INDICATOR % ("unknown", "N00000")
            better = (INDICATOR % ("health", "FHM-halsa")).replace("per_100000", "percent")
            (catalogue / "indicators.toml").write_text(INDICATORS + violence + better)
            layers = tmp_path / "layers-given"
            if not layers.exists():
                download_layers(layers, area_ids=tuple(boundaries()["area_id"]), url=scb.geodata)
            asked = {
                "--data-dir": tmp_path,
                "--api": f"{DOWN}/api/v2" if "scb" in down else scb.api,
                "--boundaries": layers,
            }
            given = [part for pair in asked.items() for part in pair]
            given += ["--provider", f"kolada={DOWN + '/v3' if 'kolada' in down else api}"]
            given += ["--provider", "pxweb1=own"]
            return run_pipeline("refresh", *given, catalogue=catalogue)

    run.data_dir = tmp_path
    return run


def figures(folder):
    """The figure of one kommun of each provider beside SCB that has one."""
    found = {name: served(folder, VALUE.format(name)) for name in EXPECTED}
    return {name: rows[0][0] for name, rows in found.items() if rows}


def test_all_of_them_publish_at_once(refreshed):
    ran = refreshed()
    assert ran.code == 0, ran.said
    assert figures(refreshed.data_dir) == pytest.approx(EXPECTED)
    sources = served(refreshed.data_dir, "SELECT source_id, provider, agency FROM sources")
    assert {(key, provider, agency) for key, provider, agency in sources} >= {
        ("TAB6574", "scb", "SCB"),
        ("N07403", "kolada", "Kolada"),
        ("FHM-halsa", "pxweb1", "Folkhälsomyndigheten"),
        ("LOCAL-playgrounds", "file", "Exempelstads kommun"),
    }
    assert served(refreshed.data_dir, "SELECT gaps FROM snapshot") == [([],)]
    kept = refreshed.data_dir / "archive"
    assert all(list(kept.rglob(f"{name}/*/*.gz")) for name in ("kolada", "pxweb1", "file"))


@pytest.mark.parametrize(
    ("down", "lost", "named"), [("kolada", "violence", "N07403"), ("pxweb1", "health", "FHM-halsa")]
)
def test_one_is_down_the_others_publish_and_the_gap_is_named(refreshed, down, lost, named):
    ran = refreshed(down)
    assert ran.code == 0, ran.said
    assert f"{down} gave no usable answer" in ran.said
    ((gaps,),) = served(refreshed.data_dir, "SELECT gaps FROM snapshot")
    assert len(gaps) == 1
    assert named in gaps[0]
    rest = {name: value for name, value in EXPECTED.items() if name != lost}
    assert figures(refreshed.data_dir) == pytest.approx(rest)
    again = refreshed()
    assert again.code == 0, again.said
    assert figures(refreshed.data_dir) == pytest.approx(EXPECTED)


def test_both_are_down_and_scb_and_own_files_publish(refreshed):
    ran = refreshed("kolada", "pxweb1")
    assert ran.code == 0, ran.said
    ((gaps,),) = served(refreshed.data_dir, "SELECT gaps FROM snapshot")
    assert [gap.partition(" ")[0] for gap in sorted(gaps)] == ["kolada", "pxweb1"]
    assert figures(refreshed.data_dir) == {"playgrounds": 2.5}


def test_without_scb_what_is_published_stays(refreshed):
    assert refreshed().code == 0
    before = served(refreshed.data_dir, "SELECT snapshot_id FROM snapshot")
    ran = refreshed("scb")
    assert ran.code != 0
    assert served(refreshed.data_dir, "SELECT snapshot_id FROM snapshot") == before
    assert figures(refreshed.data_dir) == pytest.approx(EXPECTED)
