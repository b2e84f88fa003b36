"""Polygons that cut areas: each area belongs where its residents live, or else by its surface."""

import gzip

import duckdb
import geopandas as gpd
import orjson
import pandas as pd
import pytest
from changed_layers import changed_service
from shapely import box

from barometer import queries
from barometer.pointer import current_snapshot
from barometer.snapshot import schema_sql
from etl.geodata.fetch import BESIDE, fetch_squares
from etl.geodata.places import insert_squares
from etl.geodata.squares import SQUARES, download_squares, read_squares, residents_of
from etl.geodata.wfs import GeodataError
from etl.own.areas import own_files, read_own_divisions
from etl.remembered import FILE
from tests.emulated import wfs
from tests.emulated.faults import Fault, Faults

WEST, SOUTH = 670_000, 6_580_000


def surface(west: float, east: float, *, south: float = 0, north: float = 1_000) -> object:
    """A surface by its distances in metres from the south-western corner."""
    return box(WEST + west, SOUTH + south, WEST + east, SOUTH + north)


def square_pair(west: int, east: int) -> gpd.GeoDataFrame:
    """Two squares of 1 km beside each other with their residents."""
    halves = [surface(0, 1_000), surface(1_000, 2_000)]
    return gpd.GeoDataFrame({"residents": [west, east]}, geometry=halves, crs=3006)


@pytest.fixture
def download(tmp_path, monkeypatch):
    """download(change=..., faults=...) into the same file each time; gives its squares."""
    square_frame = wfs.square_frame

    def ask(change=lambda squares: squares, faults=None):
        asked = changed_service(monkeypatch, square_frame, change, faults)
        path = tmp_path / "beside" / SQUARES
        download_squares(path, on_progress=lambda _: None, **asked)
        return read_squares(path)

    return ask


def test_residents_of_a_surface_are_those_of_its_parts_of_squares():
    pieces = gpd.GeoDataFrame(
        geometry=[surface(0, 900), surface(900, 2_000), surface(5_000, 6_000)],
        index=["west", "east", "nowhere"],
        crs=3006,
    )
    found = residents_of(pieces, square_pair(100, 30))
    assert found.to_dict() == pytest.approx({"west": 90, "east": 40, "nowhere": 0})


@pytest.mark.parametrize(
    ("living", "polygon", "method"),
    [
        (None, "east", "majority"),  # 1.1 of its 2 km
        (square_pair(100, 30), "west", "residents"),  # 90 of its 130 residents
        (square_pair(30, 100), "east", "residents"),
        (square_pair(0, 0), "east", "residents"),  # nobody lives there: by surface
    ],
)
def test_an_area_that_is_cut_lies_where_its_residents_live(tmp_path, living, polygon, method):
    """Two polygons, each with a small area of its own; the border between them cuts a third."""
    own = {"0114A0020": surface(0, 900, south=1_000, north=2_000)}
    own["0114A0030"] = surface(900, 2_000, south=1_000, north=2_000)
    shapes = gpd.GeoSeries({"0114A0010": surface(0, 2_000)} | own, crs=3006)
    shapes.index += "_DeSO2025"
    parts = [surface(0, 900), surface(900, 2_000)]
    layer = gpd.GeoDataFrame(
        {"id": ["west", "east"], "name": ["W", "E"]},
        geometry=[mine.union(part) for mine, part in zip(own.values(), parts, strict=True)],
        crs=3006,
    )
    layer.to_file(tmp_path / "ytor.geojson", driver="GeoJSON")
    register = pd.DataFrame(
        {"area_id": shapes.index, "level": "deso", "division": "2025", "kommun_id": "0114"}
    )
    (found,) = read_own_divisions(own_files(tmp_path), register, shapes=shapes, squares=living)
    where = found.members.set_index("area_id")["id"]
    assert where["0114A0010_DeSO2025"] == polygon
    assert (found.method, found.n_cut) == (method, 1)


def test_squares_are_kept_as_surfaces_and_asked_for_once(download):
    found = download()
    assert found.geometry.area.tolist() == pytest.approx([1_000_000.0] * len(found))
    assert set(found["residents"]) == {0, 100}
    assert found.total_bounds.tolist()[:2] == [WEST, SOUTH]
    faults = Faults()
    assert len(download(faults=faults)) == len(found)
    assert faults.calls == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda squares: squares.rename(columns={"beftotalt": "bef"}), "no attribute beftotalt"),
        (lambda squares: squares.rename(columns={"rutid_scb": "ruta"}), "no attribute rutid_scb"),
        (lambda squares: squares.assign(beftotalt=None), "have no residents"),
        (lambda squares: squares.assign(sp_geometry=squares.buffer(700)), "no square of 1 km"),
        (lambda squares: squares.assign(sp_geometry=squares.translate(9e6)), "in Sweden"),
        (lambda squares: squares.iloc[:0], "cannot be"),
    ],
)
def test_a_layer_that_cannot_be_used_is_named_and_not_kept(download, tmp_path, change, fault):
    with pytest.raises(GeodataError, match=fault):
        download(change)
    assert not list(tmp_path.rglob("*.part*"))
    assert len(download()) > 2


def test_the_map_gets_the_squares_where_anybody_lives(tmp_path):
    """In degrees, to a tenth of a square's side."""
    path = tmp_path / SQUARES
    rows = {"x": [674_500.0, 675_500.0], "y": [6_580_500.0] * 2, "residents": [120, 0]}
    pd.DataFrame(rows).to_parquet(path)
    with duckdb.connect() as con:
        con.execute(schema_sql())
        assert queries.map_ground(con, queries.SQUARES) is None
        insert_squares(con, None)
        insert_squares(con, path)
        checksum = queries.map_ground(con, queries.SQUARES)
        sent = orjson.loads(gzip.decompress(queries.ground_bytes(con, checksum, encoding="gzip")))
    assert sent["type"] == "MultiPoint"
    assert sent["coordinates"] == [
        [pytest.approx(18.0672, abs=1e-3), pytest.approx(59.33, abs=1e-2), 120]
    ]


def test_a_refresh_fetches_them_also_where_the_operator_has_no_polygons(tmp_path, monkeypatch):
    """A reader may draw on any site."""
    asked = changed_service(monkeypatch, wfs.square_frame, lambda squares: squares, None)
    said: list[str] = []
    fetch_squares(tmp_path, asked.pop("url"), say=said.append, **asked)
    assert len(read_squares(tmp_path / BESIDE / SQUARES)) > 2, said


@pytest.mark.slow
def test_a_refresh_counts_by_them(site):
    """Without the layer the figures are published all the same, and the method says so."""
    folder = site.data_dir / "areas"
    folder.mkdir()
    (site.data_dir / FILE).unlink()
    named = gpd.GeoDataFrame({"id": ["allt"], "name": ["Allt"]}, geometry=[surface(0, 8_000)])
    named.set_crs(3006).to_file(folder / "ytor.geojson", driver="GeoJSON")

    def refreshed():
        ran = site.pipeline(
            *("refresh", "--api", site.server.api, "--data-dir", site.data_dir),
            *("--geodata", site.server.geodata),
        )
        assert ran.code == 0, ran.said
        path = current_snapshot(site.published).path
        with duckdb.connect(str(path), read_only=True) as con:
            methods = con.execute("SELECT method FROM own_divisions").fetchall()
            return ran.said, methods, queries.map_ground(con, queries.SQUARES)

    site.server.faults.add(Fault("unavailable", path=wfs.WFS, after=5))
    said, methods, squares = refreshed()
    assert "Areas that polygons cut are counted by their surface" in said
    assert (methods, squares) == ([("majority",)], None)
    site.server.faults.clear()
    _, methods, squares = refreshed()
    assert methods == [("residents",)]
    assert squares
