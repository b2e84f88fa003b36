"""Codes with blanks, rings that run the wrong way, and pages that do not count."""

from pathlib import Path

import geopandas as gpd
import httpx
import orjson
import pytest
import shapely
from small_source import Time

from barometer.divisions import parse_area_code
from etl.boundaries import BoundariesError, FolderBoundaries
from etl.geodata import LAYERS, GeodataError, download_layers
from etl.layers import to_geojson

CODES = ("0114A0010", "0114C1010", "0180C1010")
SQUARES = [
    shapely.box(674_000 + at * 1000, 6_580_000, 675_000 + at * 1000, 6_581_000) for at in range(3)
]


def write(folder: Path, codes: tuple[object, ...], name: str = "deso_2018") -> None:
    column = "kommunkod" if "kommun" in name else "desokod"
    frame = gpd.GeoDataFrame({column: codes}, geometry=SQUARES[: len(codes)], crs=3006)
    frame.to_parquet(folder / f"{name}.parquet")


@pytest.mark.parametrize("code", ["{} ", " {}", "{}\u00a0", "{}\0", "{}_deso2018"])
def test_codes_in_files_are_cleaned(tmp_path: Path, code: str) -> None:
    write(tmp_path, tuple(code.format(c).lower() for c in CODES))
    assert FolderBoundaries((tmp_path,)).read()["area_id"].tolist() == list(CODES)


def test_kommuner_that_a_spreadsheet_has_shortened_are_whole_again(tmp_path: Path) -> None:
    write(tmp_path, (114, 180), "kommun")
    assert FolderBoundaries((tmp_path,)).read()["area_id"].tolist() == ["0114", "0180"]


def test_a_file_of_other_codes_is_named(tmp_path: Path) -> None:
    write(tmp_path, ("Norr", "Söder"))
    with pytest.raises(BoundariesError, match=r"deso_2018.*2 of its 2 codes are no deso.*NORR"):
        FolderBoundaries((tmp_path,)).read()


def test_metropolitan_regions_are_no_kommuner() -> None:
    assert [parse_area_code(code) for code in ("0010", "0020", "0030")] == [None] * 3
    assert parse_area_code("0114") is not None


def test_exterior_rings_run_counter_clockwise_and_holes_clockwise() -> None:
    ring = shapely.Polygon(SQUARES[0].buffer(2_000).exterior, [SQUARES[0].exterior]).reverse()
    shapes = gpd.GeoSeries([ring], index=["0114"], crs=3006)
    (feature,) = orjson.loads(to_geojson(shapes, decimals=6))["features"]
    outer, hole = (shapely.LinearRing(each) for each in feature["geometry"]["coordinates"])
    assert (outer.is_ccw, hole.is_ccw) == (True, False)


def feature(code: str, shape: shapely.Geometry | None) -> dict:
    geometry = None if shape is None else shapely.geometry.mapping(shape)
    return {"type": "Feature", "properties": {"desokod": code}, "geometry": geometry}


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
    monkeypatch.setattr("etl.geodata.PAGE_SIZE", 2)
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


def test_a_service_that_sends_the_same_page_for_ever_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.geodata.PAGE_SIZE", 3)
    page = {"features": [feature(c, s) for c, s in zip(CODES, SQUARES, strict=True)]}
    with pytest.raises(GeodataError, match="sends its first page again from 3 on"):
        served([page] * 9, tmp_path, [])
    assert LAYERS[0].name == "DeSO_2018"
