"""Own figures from two files to every page: the recipe of CONTRIBUTING, followed word by word."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from clubs import CLUBS, client
from tiny_country import REGSO, SUFFIX, run_pipeline

import barometer
from barometer.pointer import current_snapshot

ROOT = Path(barometer.__file__).parents[1]
RECIPE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("**Own figures.**")[2]
pytestmark = pytest.mark.slow


def block(language):
    return re.search(rf"```{language}\n(.*?)```", RECIPE, re.DOTALL)[1]


@pytest.fixture
def built(site):
    """The data folder after the recipe, and the catalogue that comes with the code."""
    local = site.data_dir / "local"
    local.mkdir()
    names = re.findall(r"`data/local/(playgrounds\.\w+)`", RECIPE)
    for name, language in zip(names, ("toml", "csv"), strict=True):
        (local / name).write_text(block(language), encoding="utf-8")
    (local / "clubs.toml").write_text(CLUBS, encoding="utf-8")
    regso = sorted({code + SUFFIX["2025"][1] for code in REGSO.values()})
    rows = [f"{area};2024;{10 + 20 * at};100" for at, area in enumerate(regso)]
    (local / "clubs.csv").write_text("\n".join(["area;year;numerator;denominator", *rows]))
    program, module, *command = block("sh").split()[0:2] + block("sh").split()[2:]
    assert (program, module, command) == ("python", "-m", ["etl", "refresh"])
    ran = run_pipeline(*site.command("refresh"), catalogue=site.catalogue)
    assert ran.code == 0, ran.said
    return site


def test_the_recipe_leads_to_every_page(built):
    ask = client(built)
    answer = ask.get("/api/v1/values.csv?indicator=playgrounds&year=2024&level=kommun")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert f"{1000 * 61 / 48500}"[:8] in text
    assert "LOCAL-playgrounds" in text
    found = ask.get("/export/csv?indicator=playgrounds&level=kommun&year=2024&lang=sv")
    assert found.status_code == 200
    about = ask.get("/export/json?indicator=playgrounds&level=kommun&year=2024").get_json()
    assert [(s["agency"], s["licence"]) for s in about["sources"]] == [
        ("Exempelstads kommun", "CC0")
    ]
    sources = ask.get("/api/v1/sources.csv").get_data(as_text=True)
    assert "LOCAL-playgrounds" in sources
    assert "CC0" in sources


def test_counts_of_small_areas_get_their_segregation_series(built):
    path = current_snapshot(built.published).path
    with duckdb.connect(str(path), read_only=True) as con:
        rows = con.execute(
            "SELECT container_id, value FROM index_values "
            "WHERE grouping_id = 'clubs' AND index_id = 'dissimilarity' AND unit_level = 'regso'"
        ).fetchall()
        summed = con.execute(
            "SELECT value, summed_by::VARCHAR FROM indicator_values "
            "WHERE indicator_id = 'clubs' AND area_id = '00' AND year = 2024"
        ).fetchall()
    # 10, 30, 50 and 70 of 100: group .0625 .1875 .3125 .4375, others .375 .2917 .2083 .125.
    country = dict(rows)["00"]
    assert country == pytest.approx((0.3125 + 0.104167 + 0.104167 + 0.3125) / 2, abs=1e-4)
    assert summed == [(40.0, "regso")]


def test_a_fault_in_an_own_file_leaves_what_is_published(built):
    before = built.served()[0]
    (built.data_dir / "local" / "clubs.csv").write_text("area;year;value\n4711;2024;5\n")
    ran = run_pipeline(*built.command("refresh"), catalogue=built.catalogue)
    assert ran.code == 1
    assert "local/clubs.csv: line 2: area '4711' is not among" in ran.said
    assert built.served()[0] == before
    told = run_pipeline(
        *("doctor", "--data-dir", built.data_dir, "--api", built.server.api),
        catalogue=built.catalogue,
    )
    assert told.code == 5
    assert "local/clubs.csv: line 2: area '4711' is not among" in told.said
    shutil.rmtree(built.data_dir / "local")
    ran = run_pipeline(*built.command("refresh", "--fewer-years"), catalogue=built.catalogue)
    assert ran.code == 0, ran.said
    assert client(built).get("/api/v1/values.csv?indicator=clubs").status_code == 400
