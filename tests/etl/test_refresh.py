"""A refresh as a scheduler runs it: its boundaries, its plan, its log and its status."""

import json

import duckdb
import geopandas as gpd
import pytest
import shapely

from barometer.pointer import current_snapshot
from etl.remembered import FILE
from etl.session import read_status
from etl.workspace import Workspace
from tests.emulated.faults import Fault

WFS = "/geoserver/stat/wfs"

pytestmark = pytest.mark.slow


@pytest.fixture
def refresh(site):
    """Runs a refresh that has no layers at hand and asks the emulated geodata service."""
    (site.data_dir / FILE).unlink()  # the boundaries that the site was first built with

    def ask(*more, geodata=None):
        places = ("--api", site.server.api, "--data-dir", site.data_dir)
        address = geodata or site.server.geodata
        return site.pipeline("refresh", *places, "--geodata", address, *more)

    return ask


def layers(site):
    path = current_snapshot(site.published).path
    with duckdb.connect(str(path), read_only=True) as con:
        rows = con.execute(
            "SELECT level::VARCHAR, division::VARCHAR, len(area_ids) FROM map_layers "
            "WHERE detail = 'country'"
        ).fetchall()
    return {(level, division): n for level, division, n in rows}


def crosswalk(site):
    path = current_snapshot(site.published).path
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(
            "SELECT from_id, to_id, method, quality FROM crosswalk ORDER BY ALL"
        ).fetchall()


def calls_of_geodata(site):
    return [call for call in site.server.faults.calls if WFS in call]


def places(site):
    with duckdb.connect(str(current_snapshot(site.published).path), read_only=True) as con:
        return set(con.execute("SELECT name, source FROM places").fetchall())


def test_boundaries_are_downloaded_once_and_built_from(site, refresh):
    ran = refresh()
    assert ran.code == 0, ran.said
    assert len(calls_of_geodata(site)) == 6
    assert {("Tätort 0180", "SCB, CC0"), ("Tensta", "GeoNames, CC BY 4.0")} <= places(site)
    small = {place: n for place, n in layers(site).items() if place[0] in ("deso", "regso")}
    assert small == {
        ("deso", "2018"): 8,
        ("deso", "2025"): 8,
        ("regso", "2018"): 4,
        ("regso", "2025"): 4,
    }
    site.server.faults.clear()
    again = refresh()
    assert (again.code, calls_of_geodata(site)) == (0, [])
    assert "Nothing has changed" in again.said


def test_a_crosswalk_is_built_from_the_boundaries(site, refresh):
    assert refresh().code == 0
    rows = crosswalk(site)
    assert len(rows) == 8 + 4
    assert rows[0] == ("0114A0010_SYN", "0114A0010_SYN_DeSO2025", "same", "exact")
    assert {row[3] for row in rows} == {"exact"}


def test_scbs_file_of_changes_goes_into_the_crosswalk(site, refresh, tmp_path):
    path = tmp_path / "changes.csv"
    path.write_text("Tidigare DeSO;DeSO\n0114A0020_SYN;0114A0020_SYN\n", encoding="utf-8")
    assert refresh("--changes", path).code == 0
    assert ("0114A0010_SYN", "0114A0010_SYN_DeSO2025", "file", "exact") in crosswalk(site)
    again = refresh()  # as a scheduler would
    assert f"Using {path}, given before" in again.said
    assert "Nothing has changed" in again.said
    path.unlink()
    without = refresh()
    assert f"{path}, given before, is not there" in without.said
    assert "Published" in without.said


def test_boundaries_that_cannot_be_used_stop_no_figures(site, refresh, tmp_path):
    (tmp_path / "deso_2018.parquet").write_bytes(b"no layer")
    outline = gpd.GeoSeries([shapely.box(674_000, 6_580_000, 675_000, 6_581_000)], crs=3006)
    elsewhere = gpd.GeoDataFrame({"regsokod": ["2584R001"]}, geometry=outline)
    elsewhere.to_parquet(tmp_path / "regso_2025.parquet")
    ran = refresh("--boundaries", tmp_path)
    assert ran.code == 0, ran.said
    assert "deso_2018.parquet" in ran.said
    assert "regso_2025.parquet: 1 of its 1 regso" in ran.said
    assert ran.said.count("The file is left out") == 2
    assert current_snapshot(site.published).path


def test_fewer_years_are_published_only_when_told(site, refresh):
    assert refresh().code == 0
    served = current_snapshot(site.published).path
    last = (
        duckdb.connect(str(served), read_only=True)
        .execute("SELECT max(year) FROM observations")
        .fetchall()[0][0]
    )
    ran = refresh("--years", last)
    assert ran.code == 4, ran.said
    assert "lacks years that are served" in ran.said
    assert current_snapshot(site.published).path == served
    assert "lacks years" not in refresh("--years", last, "--fewer-years").said


def test_figures_are_published_when_boundaries_cannot_be_had(site, refresh):
    site.server.faults.add(Fault("unavailable", path=WFS))
    ran = refresh()
    assert ran.code == 0, ran.said
    assert "warning: stat:DeSO_2018 cannot be had" in ran.said
    assert {source for _, source in places(site)} == {"GeoNames, CC BY 4.0"}
    site.server.faults.clear()
    assert refresh().code == 0
    assert layers(site)["deso", "2025"] == 8


def test_layers_of_one_country_are_not_used_for_the_other(site, refresh):
    assert refresh().code == 0
    kept = site.data_dir / "bronze" / "geodata" / "synthetic"
    assert sorted(path.name for path in kept.glob("*.parquet"))[0] == "DeSO_2018.parquet"
    kept.rename(kept.with_name("scb"))
    site.server.faults.clear()
    assert refresh().code == 0
    assert len(calls_of_geodata(site)) == 6
    assert {("Tätort 0180", "SCB, CC0"), ("Tensta", "GeoNames, CC BY 4.0")} <= places(site)


def test_a_dry_run_tells_calls_cells_and_minutes_and_does_nothing(site, refresh):
    before = site.served()
    ran = refresh("--dry-run", "--tables", "TAB6574")
    assert ran.code == 0
    assert "TAB6574      3 calls" in ran.said
    assert "TAB6571" not in ran.said
    assert "3 calls, 48 cells, at least 0.0 minutes" in ran.said
    assert (site.calls_for_data(), site.served()) == (0, before)


def test_only_what_changed_is_downloaded(site, refresh):
    newer = site.server.source.tables
    assert refresh().code == 0
    newer["TAB6571"].metadata["updated"] = "2026-07-01T07:00:00Z"
    site.server.publish(site.server.source)
    site.calls_for_data()
    assert refresh().code == 0
    assert site.calls_for_data() == 3


def test_the_doctor_speaks_first(site, refresh):
    site.server.faults.add(Fault("gone_code", table="TAB6571", variable="UtlBakgrund", code="1"))
    ran = refresh()
    assert ran.code == 5
    assert "in indicators.toml: foreign_background replace '1' by " in ran.said


def test_the_status_and_the_log_tell_how_runs_ended(site, refresh):
    assert refresh().code == 0
    site.server.faults.add(Fault("gone_table", table="TAB6571"))
    assert refresh().code == 5
    status = read_status(site.published)
    assert (status.last_run.exit_code, status.last_success.exit_code) == (5, 0)
    assert "TAB6571" in status.last_error.message
    assert status.last_run.snapshot_id in site.served()[0]
    text = (site.data_dir / "logs" / "etl.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["exit_code"] for line in lines if line["event"] == "ended"][-2:] == [0, 5]
    assert any(line["event"] == "stage" and line["name"] == "indices" for line in lines)
    assert any("Published barometer-" in line.get("text", "") for line in lines)
    assert any("/tables/TAB6574" in line["event"] for line in lines)
    assert any(line["event"] == "drift" and line["table_id"] == "TAB6571" for line in lines)


def test_an_unexpected_error_is_recorded_too(site, refresh, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("etl.run.build", broken)
    with pytest.raises(ZeroDivisionError):
        refresh()
    run = read_status(site.published).last_error
    assert (run.exit_code, run.message) == (1, "ended by an unexpected error or by hand")


def test_a_run_that_is_turned_away_leaves_the_status(site, refresh):
    before = read_status(site.published)
    with Workspace(site.data_dir).lock():
        assert refresh().code == 75
    assert read_status(site.published) == before
