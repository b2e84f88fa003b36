"""SCB's localities from the emulated geodata service, and the places that a snapshot names."""

import csv

import duckdb
import geopandas as gpd
import pytest
from changed_layers import changed_service
from tiny_country import boundaries

from barometer.snapshot import schema_sql
from etl.geodata.places import GEONAMES, SCB, insert_places
from etl.geodata.towns import download_towns
from etl.geodata.wfs import GeodataError
from tests.emulated import wfs
from tests.emulated.faults import Faults


@pytest.fixture
def download(tmp_path, monkeypatch):
    """download(change=..., faults=...) into the same file each time; gives its rows."""
    town_frame = wfs.town_frame

    def ask(change=lambda towns: towns, faults=None):
        asked = changed_service(monkeypatch, town_frame, change, faults)
        notes = []
        path = tmp_path / "beside" / "towns.csv"
        download_towns(path, on_progress=notes.append, noted=notes.append, **asked)
        text = (tmp_path / "beside" / "towns.csv").read_text(encoding="utf-8")
        return list(csv.DictReader(text.splitlines())), notes

    return ask


def test_towns_are_kept_as_points_largest_first_and_asked_for_once(download):
    rows, notes = download()
    assert [row["name"] for row in rows] == ["Tätort 0180", "Tätort 0114"]
    assert [int(row["population"]) for row in rows] == [1001, 1000]
    assert notes == ["stat:Tatorter_2023"]
    shapes = boundaries().set_index("area_id").geometry
    points = gpd.GeoSeries.from_xy([r["lon"] for r in rows], [r["lat"] for r in rows], crs=4326)
    inside = [shapes[f"{kommun}R001_SYN_RegSO2025"] for kommun in ("0180", "0114")]
    assert points.to_crs(3006).within(gpd.GeoSeries(inside, crs=3006)).all()
    faults = Faults()
    assert download(faults=faults)[0] == rows
    assert faults.calls == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda towns: towns.rename(columns={"bef": "folkmangd"}), "has no attribute bef"),
        (lambda towns: towns.rename(columns={"tatortskod": "kod"}), "no attribute tatortskod"),
        (lambda towns: towns.assign(bef=None), "2 of its 2 records have no name"),
        (lambda towns: towns.assign(sp_geometry=towns.translate(9e6)), "2 of its 2 records"),
        (lambda towns: towns.iloc[:0], "cannot be"),
    ],
)
def test_a_layer_that_cannot_be_used_is_named_and_not_kept(download, tmp_path, change, fault):
    with pytest.raises(GeodataError, match=fault):
        download(change)
    assert not list(tmp_path.rglob("*.csv"))
    assert len(download()[0]) == 2


def test_a_bad_record_is_left_out_and_named(download):
    rows, notes = download(lambda towns: towns.assign(tatort=[None, "Stockholm"]))
    assert [row["name"] for row in rows] == ["Stockholm"]
    assert "1 records cannot be used (0114TC101)" in notes[1]


def named(tmp_path, *, towns, others):
    """The places of a snapshot as (name, source), and what was heard."""
    paths = [tmp_path / "towns.csv", tmp_path / "places.csv"]
    for path, text in zip(paths, (towns, others), strict=True):
        path.write_text(text, encoding="utf-8")
    heard = []
    with duckdb.connect() as con:
        con.execute(schema_sql())
        shapes = boundaries().set_index("area_id").geometry
        insert_places(con, *paths, shapes=shapes, warn=heard.append)
        return con.execute("SELECT name, source FROM places ORDER BY rank").fetchall(), heard


OTHERS = """name,lat,lon,population,geonameid
Stockholm,59.3294,18.0687,1515017,1
Tensta,59.39,17.90,19000,2
Stockholm,57.0,15.0,10,3
"""


def test_towns_go_before_other_places_of_the_same_name_nearby(tmp_path):
    towns = "name,lat,lon,population,id\nStockholm,59.30,18.05,1617407,0180TC101\n"
    places, heard = named(tmp_path, towns=towns, others=OTHERS)
    assert places == [("Stockholm", SCB), ("Tensta", GEONAMES), ("Stockholm", GEONAMES)]
    assert heard == []


def test_towns_that_cannot_be_read_leave_the_others(tmp_path):
    places, heard = named(tmp_path, towns="name,lat\nKiruna,67\n", others=OTHERS)
    assert [source for _, source in places] == [GEONAMES] * 3
    assert "towns.csv, line 2" in heard[0]
