"""Codes with blanks, rings that run the wrong way, and pages that do not count."""

import re
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import httpx
import orjson
import pandas as pd
import pytest
import shapely
from small_source import Time

from barometer.divisions import parse_area_code
from etl.geodata.boundaries import BoundariesError, FolderBoundaries
from etl.geodata.layers import to_geojson
from etl.geodata.outlines import plain_code
from etl.geodata.service import LAYERS, download_layers
from etl.geodata.shapes import dissolve, generalise, simplify
from etl.geodata.wfs import GeodataError
from etl.snapshot.drawing import or_without_outlines

CODES = ("0114A0010", "0114C1010", "0180C1010")
SQUARES = [
    shapely.box(674_000 + at * 1000, 6_580_000, 675_000 + at * 1000, 6_581_000) for at in range(3)
]


def write(folder: Path, codes: tuple[object, ...], name: str = "deso_2018") -> None:
    column = "kommunkod" if "kommun" in name else "desokod"
    frame = gpd.GeoDataFrame({column: codes}, geometry=SQUARES[: len(codes)], crs=3006)
    frame.to_parquet(folder / f"{name}.parquet")


WRITTEN = ("{} ", " {}", "{}\u00a0", "{}\0", "{}_deso2018", "{} _DeSO2018", "{}-deso2025")


@pytest.mark.parametrize("code", WRITTEN)
def test_codes_in_files_are_cleaned(tmp_path: Path, code: str) -> None:
    write(tmp_path, tuple(code.format(c).lower() for c in CODES))
    assert FolderBoundaries((tmp_path,)).read()["area_id"].tolist() == list(CODES)


@pytest.mark.parametrize("nothing", [None, float("nan"), "", " "])
def test_a_record_without_a_code_is_told_to_have_none(tmp_path: Path, nothing: object) -> None:
    heard: list[str] = []
    write(tmp_path, (*CODES[:2], nothing))
    found = FolderBoundaries((tmp_path,)).read(heard.append)
    assert found["area_id"].tolist() == list(CODES[:2])
    assert ["(no code)" in fault for fault in heard] == [True]


def test_a_code_of_a_million_letters_is_told_in_a_line(tmp_path: Path) -> None:
    heard: list[str] = []
    write(tmp_path, (*CODES[:2], "x" * 1_000_000))
    (tmp_path / "deso_2018.parquet").rename(tmp_path / "DESO_2018.PARQUET")
    assert FolderBoundaries((tmp_path,)).read(heard.append)["area_id"].tolist() == list(CODES[:2])
    assert len("".join(heard)) < 200


@pytest.mark.parametrize("codes", [(114, 180), ("114.0", "180.0"), ("0114", "180")])
def test_kommuner_that_a_spreadsheet_has_shortened_are_whole_again(
    tmp_path: Path, codes: tuple[object, ...]
) -> None:
    write(tmp_path, codes, "kommun")
    assert FolderBoundaries((tmp_path,)).read()["area_id"].tolist() == ["0114", "0180"]


@pytest.mark.parametrize("code", ["114A0010", "0114-a0010", "0114 A0010", "０１１４A0010"])
def test_a_code_is_put_right_however_it_is_written(code: str) -> None:
    assert plain_code(code) == plain_code(code.encode()) == "0114A0010"


@pytest.mark.parametrize(
    ("contents", "heard"),
    [
        (lambda path: path.write_bytes(b"PAR1, but no more"), "cannot be read"),
        (lambda path: path.mkdir(), "cannot be read"),
        (lambda path: path.symlink_to("/nowhere"), "cannot be read"),
        (lambda path: write_shapes(path, []), "has no features"),
        (lambda path: write_shapes(path, [None] * 3), "3 areas have no outline"),
        (lambda path: write_shapes(path, [None, *SQUARES[1:]]), "1 records are without an outline"),
        (lambda path: write_key(path, "Norr"), "1 of its 1 codes are no deso"),
    ],
)
def test_what_is_left_out_of_a_file_is_told_and_stops_nothing(
    tmp_path: Path, contents: Callable[[Path], object], heard: str
) -> None:
    contents(tmp_path / "deso_2018.parquet")
    told: list[str] = []
    source = FolderBoundaries((tmp_path,))
    assert source.fingerprint.startswith("files ")
    source.read(told.append)
    (sentence,) = told
    assert heard in sentence


def write_shapes(path: Path, shapes: list[shapely.Geometry | None]) -> None:
    codes = CODES[: len(shapes)]
    versions = [None] * len(shapes)  # then the file's name says which division
    columns = {"desokod": codes, "version": versions}
    gpd.GeoDataFrame(columns, geometry=shapes, crs=3006).to_parquet(path)


def write_key(path: Path, code: str) -> None:
    pd.DataFrame({"deso": [code], "regso": ["0114R001"]}).to_parquet(path)


GRID = [
    shapely.box(x, y, x + 700, y + 700)
    for x in (674_000, 674_700)
    for y in (6_580_000, 6_580_700, 6_581_400)
]


@pytest.mark.parametrize(
    "odd", [GRID[1], GRID[0].buffer(300), GRID[0].centroid.buffer(20, quad_segs=50)]
)
def test_outlines_that_overlap_are_drawn_all_the_same(
    monkeypatch: pytest.MonkeyPatch, odd: shapely.Geometry
) -> None:
    """Valid one by one, and no coverage: the fast ways refuse them or join them wrongly."""
    monkeypatch.setattr("etl.geodata.shapes.COUNTRY_VERTICES", 20)
    codes = [f"0114A{n:04}" for n in range(7)]
    layer = gpd.GeoSeries([*GRID, odd], index=codes, crs=3006)
    (whole,) = dissolve(layer, into=pd.Index(["0114"] * len(layer)))
    assert whole.is_valid
    assert whole.area == pytest.approx(layer.union_all().area)
    assert generalise(simplify(layer, max_vertices=20)).is_valid.all()


def test_outlines_that_fail_are_left_out_of_the_build() -> None:
    told: list[str] = []
    layer = gpd.GeoDataFrame({"area_id": CODES}, geometry=SQUARES, crs=3006)

    def work(boundaries: gpd.GeoDataFrame) -> list[str]:
        if boundaries.geometry.notna().any():
            raise shapely.GEOSException("TopologyException: side location conflict")
        return boundaries["area_id"].tolist()

    assert or_without_outlines(work, layer, warn=told.append) == list(CODES)
    (sentence,) = told
    assert "do not fit together (GEOSException('TopologyException" in sentence
    with pytest.raises(shapely.GEOSException):  # what fails without outlines too is no map's fault
        or_without_outlines(lambda _: work(layer), layer.set_geometry([None] * 3), warn=print)


def test_a_file_of_other_codes_is_named(tmp_path: Path) -> None:
    write(tmp_path, ("Norr", "Söder"))
    with pytest.raises(BoundariesError, match=r"deso_2018.*2 of its 2 codes are no deso.*NORR"):
        FolderBoundaries((tmp_path,)).read()


@pytest.mark.parametrize(
    ("expected", "kept", "heard"),
    [
        (CODES, 3, ""),
        (("0180C1010", "0114A0010_DeSO2025"), 3, ""),  # a layer of more than the tables have
        (("0180C1010", "0380A0010", "0380A0020"), 3, "2 of its 3 deso .* The others are used"),
        (
            ("0380A0010", "0114A0010_DeSO2025"),
            0,
            "3 of its 3 deso .* 1 of division 2018 .*0380A0010",
        ),
        (("0114", "0114A0010_DeSO2025"), 3, ""),  # tables without this level refuse nothing
    ],
)
def test_codes_that_no_table_has_are_refused_where_nothing_is_known(
    tmp_path: Path, expected: tuple[str, ...], kept: int, heard: str
) -> None:
    write(tmp_path, CODES)
    notes: list[str] = []
    read = FolderBoundaries((tmp_path,)).read(notes.append, expected)
    assert len(read) == kept
    assert len(notes) == bool(heard)
    assert all(re.search(f"deso_2018.parquet: {heard}", note) for note in notes)
    assert kept or "The file is left out" in notes[0]


def test_metropolitan_regions_are_no_kommuner() -> None:
    assert [parse_area_code(code) for code in ("0010", "0020", "0030")] == [None] * 3
    assert parse_area_code("0114") is not None


def test_exterior_rings_run_counter_clockwise_and_holes_clockwise() -> None:
    ring = shapely.Polygon(SQUARES[0].buffer(2_000).exterior, [SQUARES[0].exterior]).reverse()
    shapes = gpd.GeoSeries([ring], index=["0114"], crs=3006)
    (feature,) = orjson.loads(to_geojson(shapes, decimals=6))["features"]
    outer, hole = (shapely.LinearRing(each) for each in feature["geometry"]["coordinates"])
    assert (outer.is_ccw, hole.is_ccw) == (True, False)


def feature(code: object, shape: shapely.Geometry | None, **more: object) -> dict:
    geometry = None if shape is None else shapely.geometry.mapping(shape)
    return {"type": "Feature", "properties": {"desokod": code, **more}, "geometry": geometry}


def served(pages: list[dict], folder: Path, notes: list[str]) -> list[str]:
    """Download DeSO 2018 from a service that answers in pages only."""
    left = iter(pages)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.params["outputFormat"] == "geopackage":
            return httpx.Response(200, stream=httpx.ByteStream(b"<ServiceExceptionReport/>"))
        return httpx.Response(200, stream=httpx.ByteStream(orjson.dumps(next(left))))

    time = Time()
    download_layers(
        folder,
        area_ids=CODES,
        transport=httpx.MockTransport(answer),
        attempts=1,
        clock=time,
        sleep=time.sleep,
        noted=notes.append,
    )
    return FolderBoundaries((folder,)).read()["area_id"].tolist()


@pytest.mark.parametrize("total", ["unknown", None, -1, 3, True])
def test_pages_need_not_say_how_many_there_are(
    tmp_path: Path, total: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.geodata.wfs.PAGE_SIZE", 2)
    features = [feature(f"{c} ", s) for c, s in zip(CODES, SQUARES, strict=True)]
    pages = [{"features": f, "totalFeatures": total} for f in (features[:2], features[2:])]
    assert served(pages, tmp_path, []) == list(CODES)


def test_an_area_without_outline_is_noted_and_the_others_are_used(tmp_path: Path) -> None:
    shapes = (SQUARES[0], None, SQUARES[2])
    features = [feature(c, s) for c, s in zip(CODES, shapes, strict=True)]
    notes: list[str] = []
    assert served([{"features": features}], tmp_path, notes) == [CODES[0], CODES[2]]
    assert notes == [
        "stat:DeSO_2018: 1 records are without an outline that can be used (0114C1010)"
    ]


@pytest.mark.parametrize("code", [["0114A0010"], {"code": "0114A0010"}, 1.5, True])
def test_a_code_that_is_no_text_is_left_out_and_the_others_are_used(
    tmp_path: Path, code: object
) -> None:
    features = [feature(c, s) for c, s in zip((code, *CODES[1:]), SQUARES, strict=True)]
    notes: list[str] = []
    assert served([{"features": features}], tmp_path, notes) == list(CODES[1:])
    assert [note.startswith("stat:DeSO_2018: 1 records are no deso") for note in notes] == [True]


def test_attributes_of_several_kinds_void_no_layer(tmp_path: Path) -> None:
    kinds = ({"a": 1}, [1, {}], "words")
    features = [feature(c, s, odd=k) for c, s, k in zip(CODES, SQUARES, kinds, strict=True)]
    assert served([{"features": features}], tmp_path, []) == list(CODES)


def test_a_service_that_sends_the_same_page_for_ever_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.geodata.wfs.PAGE_SIZE", 3)
    page = {"features": [feature(c, s) for c, s in zip(CODES, SQUARES, strict=True)]}
    with pytest.raises(GeodataError, match="sends its first page again from 3 on"):
        served([page] * 9, tmp_path, [])
    assert LAYERS[0].name == "DeSO_2018"
