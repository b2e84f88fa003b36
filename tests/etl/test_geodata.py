from dataclasses import replace

import geopandas as gpd
import httpx
import numpy as np
import pytest
import shapely
from small_source import SmallSource, Time

from etl.geodata import wfs
from etl.geodata.boundaries import FolderBoundaries
from etl.geodata.service import download_layers, missing_layers, stored_layers
from etl.geodata.wfs import GeodataError
from tests.emulated.app import create_emulator
from tests.emulated.faults import Fault, Faults

URL = "http://scb.test/geoserver/stat/wfs"
CODES = (
    *("0114A0010", "0114C1010", "0180C1010"),
    *("0114A0010_DeSO2025", "0114C1010_DeSO2025", "0114C1020_DeSO2025"),
    *("0114R001", "0180R001", "0114R001_RegSO2025"),
)
PATH = "/geoserver/stat/wfs"
BOWTIE = shapely.Polygon([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])


def square(at):
    return shapely.box(674_000 + at * 1000, 6_580_000, 675_000 + at * 1000, 6_581_000)


def country(**shapes):
    """The areas side by side; `shapes` replaces an area's, without it the area is left out."""
    rows = []
    for at, code in enumerate(CODES):
        deso, new = "R0" not in code, code.endswith("2025")
        regso = f"{code[:4]}R001" + ("_RegSO2025" if new else "")
        rows.append(
            {
                "area_id": code,
                "level": "deso" if deso else "regso",
                "division": "2025" if new else "2018",
                "name": f"The name of {code}",
                "parent_id": regso if deso else code[:4],
                "geometry": shapes.get(code, square(at)),
            }
        )
    frame = gpd.GeoDataFrame(rows, crs=3006)
    return frame[frame.geometry.notna()]


@pytest.fixture
def download(tmp_path):
    """download(boundaries=..., faults=...) into the same folder each time."""

    def ask(*, boundaries=country, faults=None, area_ids=CODES, **options):
        time = Time()
        app = create_emulator(SmallSource(), faults=faults, boundaries=boundaries, clock=time)
        return download_layers(
            tmp_path,
            area_ids=area_ids,
            url=URL,
            transport=httpx.WSGITransport(app=app),
            attempts=2,
            clock=time,
            sleep=time.sleep,
            **options,
        )

    return ask


def ids(folder):
    return set(FolderBoundaries((folder,)).read()["area_id"])


def test_the_build_reads_what_was_downloaded(download, tmp_path):
    kept = download()
    assert [(k.name, k.format, k.features) for k in kept] == [
        ("DeSO_2018", "geopackage", 3),
        ("DeSO_2025", "geopackage", 3),
        ("RegSO_2020", "geopackage", 2),
        ("RegSO_2025", "geopackage", 1),
    ]
    areas = FolderBoundaries((tmp_path,)).read().set_index("area_id")
    assert set(areas.index) == set(CODES)
    new = areas.loc["0114C1020_DeSO2025"]
    assert (new["level"], new["division"]) == ("deso", "2025")
    assert new["parent_id"] == "0114R001_RegSO2025"
    assert areas.loc["0180R001", "name"] == "The name of 0180R001"
    assert areas.loc["0114A0010", "geometry"].equals(square(0))


def test_a_second_run_asks_for_nothing(download, tmp_path):
    first = download()
    faults = Faults()
    assert download(faults=faults) == first
    assert faults.calls == ()
    assert missing_layers(tmp_path, area_ids=CODES) == ()


def test_only_a_damaged_layer_is_downloaded_again(download, tmp_path):
    download()
    (tmp_path / "RegSO_2020.parquet").write_bytes(b"rot")
    faults, heard = Faults(), []
    download(faults=faults, on_progress=heard.append)
    assert heard == ["RegSO_2020"]
    assert len(faults.calls) == 1
    assert ids(tmp_path) == set(CODES)


def test_layers_of_levels_that_the_tables_lack_are_not_asked_for(download):
    kept = download(area_ids=("00", "0180", "0114R001", "0180R001"))
    assert [k.name for k in kept] == ["RegSO_2020"]


@pytest.mark.parametrize("kind", ["unavailable", "garbage", "cut_off", "hang"])
def test_pages_stand_in_for_a_layer_that_does_not_come_whole(download, tmp_path, kind, monkeypatch):
    monkeypatch.setattr(wfs, "PAGE_SIZE", 2)
    faults = Faults(Fault(kind, path=PATH, times=2))
    kept = download(faults=faults)
    assert [k.format for k in kept] == ["json", "geopackage", "geopackage", "geopackage"]
    assert len(faults.calls) == 2 + 2 + 3  # two attempts, two pages, three other layers
    assert ids(tmp_path) == set(CODES)


def test_a_passing_fault_is_waited_out(download):
    faults = Faults(Fault("too_many_calls", path=PATH, times=1, seconds=5))
    assert [k.format for k in download(faults=faults)][:1] == ["geopackage"]


def test_what_arrived_before_a_failure_is_kept(download, tmp_path):
    with pytest.raises(GeodataError, match=r"stat:DeSO_2025 cannot be had.*--geodata none"):
        download(faults=Faults(Fault("unavailable", path=PATH, after=1)))
    assert [k.name for k in stored_layers(tmp_path)] == ["DeSO_2018"]
    faults = Faults()
    download(faults=faults)
    assert len(faults.calls) == 3


def test_a_service_that_is_gone_is_an_error(download):
    with pytest.raises(GeodataError, match="cannot be had"):
        download(boundaries=None)


def renamed(frame):
    return frame.rename(columns={"desokod": "DeSOkod", "version": "Version"})


@pytest.mark.parametrize("rename", [renamed, lambda f: f.rename(columns={"desokod": "DESOKOD"})])
def test_attributes_may_be_in_any_case(download, tmp_path, rename, monkeypatch):
    read = wfs._read_geopackage
    monkeypatch.setattr(wfs, "_read_geopackage", lambda raw: rename(read(raw)))
    download()
    assert ids(tmp_path) == set(CODES)


def test_codes_may_carry_the_suffix_already(download, tmp_path, monkeypatch):
    read = wfs._read_geopackage

    def suffixed(raw):
        frame = read(raw)
        new = frame["version"].str.startswith("2025")
        return frame.assign(
            **{
                name: frame[name] + f"_{label}2025"
                for name, label in (("desokod", "DeSO"), ("regsokod", "RegSO"))
                if name in frame and new.all()
            }
        )

    monkeypatch.setattr(wfs, "_read_geopackage", suffixed)
    download()
    assert ids(tmp_path) == set(CODES)


def test_an_outline_that_crosses_itself_is_mended_and_named(download, tmp_path):
    crossed = shapely.transform(BOWTIE, lambda xy: np.add(xy, (674_000, 6_580_000)))
    kept = download(boundaries=lambda: country(**{"0114A0010": crossed}))
    assert [k.mended for k in kept][:2] == [("0114A0010",), ()]
    shape = FolderBoundaries((tmp_path,)).read().set_index("area_id").loc["0114A0010", "geometry"]
    assert shape.is_valid
    assert shape.area == pytest.approx(500_000)


def strange(codes):
    return lambda: country().replace({"area_id": codes})


BAD_RECORDS = {
    "no record": (lambda: country(**{"0114A0010": None}), None),
    "an empty outline": (
        lambda: country(**{"0114A0010": shapely.Polygon()}),
        "1 records are without an outline that can be used (0114A0010)",
    ),
    "a point": (lambda: country(**{"0114A0010": shapely.Point(674_000, 6_580_000)}), "without"),
    "degrees": (
        lambda: country(**{"0114A0010": shapely.box(18, 59, 19, 60)}),
        "1 records are outside Sweden (0114A0010)",
    ),
    "another's code": (
        strange({"0114A0010": "0114C1010"}),
        "1 records are in several records, joined (0114C1010)",
    ),
    "no code": (strange({"0114A0010": "Centrum"}), "no deso of division 2018 (CENTRUM)"),
}


@pytest.mark.parametrize("name", BAD_RECORDS)
def test_one_bad_record_is_left_out_and_named(download, tmp_path, name):
    boundaries, said = BAD_RECORDS[name]
    notes = []
    kept = download(boundaries=boundaries, noted=notes.append)
    assert kept[0].lacking == ("0114A0010",)
    assert ids(tmp_path) == set(CODES) - {"0114A0010"}
    assert [said in note for note in notes] == [True] * bool(said)


def swapped(shape):
    return shapely.transform(shape, lambda xy: xy[:, ::-1])


BAD_LAYERS = {
    "other areas": (strange({"0114A0010": "0114A0090", "0114C1010": "0114C1090"}), "2 unknown"),
    "no codes": (strange({"0114A0010": "Centrum", "0114C1010": "Väst"}), "2 of its 3 codes are no"),
    "degrees": (lambda: country().assign(geometry=shapely.box(18, 59, 19, 60)), "not in Sweden"),
    "axes": (lambda: country().assign(geometry=country().geometry.map(swapped)), "are swapped"),
    "no outlines": (
        lambda: country().assign(geometry=shapely.Polygon()),
        "3 areas have no outline",
    ),
}


@pytest.mark.parametrize("name", BAD_LAYERS)
def test_a_layer_that_is_not_the_tables_is_refused(download, tmp_path, name):
    boundaries, said = BAD_LAYERS[name]
    with pytest.raises(GeodataError, match=f"stat:DeSO_2018 cannot be had.*{said}"):
        download(boundaries=boundaries)
    assert "DeSO_2018" not in [k.name for k in stored_layers(tmp_path)]


def test_a_real_layer_is_never_taken_for_the_synthetic_countrys(download):
    synthetic = tuple(
        code.replace("0010", "0010_SYN").replace("R001", "R001_SYN") for code in CODES
    )
    with pytest.raises(GeodataError, match="are not the"):
        download(area_ids=synthetic)


def test_a_manifest_that_cannot_be_read_means_downloading_again(download, tmp_path):
    first = download()
    (tmp_path / "layers.json").write_text("[{]")
    again = download()
    assert [replace(k, retrieved="") for k in again] == [replace(k, retrieved="") for k in first]
