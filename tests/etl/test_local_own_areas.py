"""Own figures about an operator's own areas: a level that only these figures have, everywhere."""

import duckdb
import pytest
from clubs import CLUBS, client
from tiny_country import DESO, run_pipeline

from barometer.catalogue import load_catalogue
from barometer.pointer import current_snapshot
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.pages.place.page import PAGE

pytestmark = pytest.mark.slow
NEW = "_SYN_DeSO2025"
KEY = "code;id;name\n" + "".join(
    f"{code}{NEW};{'norr' if n < 3 else 'syd'};{'Norra' if n < 3 else 'Södra'} delen\n"
    for n, code in enumerate(DESO[:4])
)


def write(site, rows):
    for folder in ("local", "areas"):
        (site.data_dir / folder).mkdir(exist_ok=True)
    (site.data_dir / "areas" / "delar.csv").write_text(KEY, encoding="utf-8")
    (site.data_dir / "areas" / "delar.toml").write_text('name_sv = "Delområde"\n', encoding="utf-8")
    (site.data_dir / "local" / "clubs.toml").write_text(CLUBS, encoding="utf-8")
    text = "\n".join(["area;year;numerator;denominator", *rows])
    (site.data_dir / "local" / "clubs.csv").write_text(text, encoding="utf-8")


def rows_of(site, indicator):
    path = current_snapshot(site.published).path
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(
            "SELECT area_id, year, value, numerator, summed_by::VARCHAR, status::VARCHAR"
            " FROM indicator_values WHERE indicator_id = $i AND level = 'own'"
            " AND background = 'all' ORDER BY ALL",
            {"i": indicator},
        ).fetchall()


@pytest.fixture
def built(site):
    rows = ["delar:norr;2023;10;40", "delar:norr;2024;12;40", "syd;2024;9;30"]
    write(site, rows)
    ran = run_pipeline(*site.command("refresh"), catalogue=site.catalogue)
    assert ran.code == 0, ran.said
    return site


def test_figures_of_own_areas_stand_as_they_were_given(built):
    assert rows_of(built, "clubs") == [
        ("delar:norr", 2023, 25.0, 10.0, None, None),
        ("delar:norr", 2024, 30.0, 12.0, None, None),
        ("delar:syd", 2023, None, None, None, "not_published"),
        ("delar:syd", 2024, 30.0, 9.0, None, None),
    ]
    summed = rows_of(built, "population")
    assert {row[0] for row in summed} == {"delar:norr", "delar:syd"}
    assert {row[4] for row in summed if row[0] == "delar:norr"} == {"deso"}


def test_they_are_on_the_map_in_the_profile_in_files_and_in_the_api(built):
    ask = client(built)
    view = ask.get("/values?indicator=clubs&level=own&year=2024").get_json()
    assert view["selection"]["level"] == "own"
    assert [value for value in view["values"] if value is not None] == [300, 300]
    inside = ask.get(f"/values?indicator=clubs&level=own&year=2024&within={DESO[0][:4]}").get_json()
    assert inside["values"] == view["values"]
    assert "own" in [level["value"] for level in view["set"]["map-level"]["data"]]
    for address in (view["layer"]["url"], view["names"]):
        assert ask.get(address, headers={"Accept-Encoding": "gzip"}).status_code == 200
    table = ask.get("/api/v1/values.csv?indicator=clubs&level=own&year=2024")
    said = table.get_data(as_text=True)
    assert "delar:norr" in said
    assert "LOCAL-clubs" in said
    exported = ask.get("/export/csv?indicator=clubs&level=own&year=2024")
    assert "Norra delen" in exported.get_data(as_text=True)


def test_they_are_in_the_profile_beside_what_is_summed(built):
    settings = Settings(built.data_dir, "127.0.0.1", 8050, 1, "")
    store = Store(settings.published_dir)
    context = Context(settings, store, load_catalogue(built.catalogue))
    with context.reader() as reader:
        rows = PAGE.resolve(context, reader, "?area=delar:norr").portrait.rows
        beside = PAGE.resolve(context, reader, "?area=delar:norr&peers=delar:syd,0114")
    assert (beside.profile.peers, beside.corrections) == (("delar:syd", "0114"), ())
    found = rows.set_index("indicator_id")
    assert found.loc["clubs", ["year", "value", "numerator"]].tolist() == [2024, 30, 12]
    assert found.loc["population", "summed_by"] == "deso"
    assert found.loc["clubs", "n_areas"] == 0  # no DeSO has a figure to stand beside


def test_no_figure_is_summed_from_own_areas_upwards(built):
    path = current_snapshot(built.published).path
    with duckdb.connect(str(path), read_only=True) as con:
        levels = con.execute(
            "SELECT DISTINCT level::VARCHAR FROM indicator_values WHERE indicator_id = 'clubs'"
        ).fetchall()
    assert levels == [("own",)]


def test_an_own_area_without_a_figure_of_its_own_has_that_of_its_parts(site):
    """Rows of DeSO and of one own area in one file: what is given stands, the rest is summed."""
    small = [f"{code}{NEW};2024;5;20" for code in DESO[:4]]
    write(site, [*small, "delar:syd;2024;12;40"])
    ran = run_pipeline(*site.command("refresh"), catalogue=site.catalogue)
    assert ran.code == 0, ran.said
    assert rows_of(site, "clubs") == [
        ("delar:norr", 2024, 25.0, 15.0, "deso", None),
        ("delar:syd", 2024, 30.0, 12.0, None, None),
    ]


def test_an_area_that_no_division_has_is_named_with_its_line(site):
    write(site, ["delar:norr;2024;10;40", "delar:vast;2024;10;40", "öst;2024;1;2"])
    ran = run_pipeline(*site.command("refresh"), catalogue=site.catalogue)
    assert ran.code == 1
    assert "local/clubs.csv: line 3: area 'delar:vast' is not among" in ran.said
    assert "local/clubs.csv: line 4: area 'öst' is not among" in ran.said
