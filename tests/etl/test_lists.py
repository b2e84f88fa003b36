"""Lists that the operator gives: the map of exclusion as codes, the police's areas as polygons."""

import json

import pytest
import shapely

from etl.providers.archive import Archive
from etl.providers.parsers import KnownArea
from etl.snapshot.lists import ListError, read_lists

AREAS = {
    "0114": KnownArea("kommun", "Upplands Väsby"),
    "0114R001": KnownArea("regso", "Centrum"),
    "0114R001_RegSO2025": KnownArea("regso", "Centrum"),
    "0114R002_RegSO2025": KnownArea("regso", "Åsätra"),
}
SQUARE = shapely.box(660_000, 6_600_000, 661_000, 6_601_000)


def police(*shapes, **properties):
    given = {"NAMN": "Testområdet", "KATEGORI": "Utsatt område"} | properties
    features = [{"geometry": shapely.geometry.mapping(s), "properties": given} for s in shapes]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def read(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()

    def ask(exclusion=None, polygons=None):
        for name, text in (("utanforskapets_karta.csv", exclusion), ("polisen.geojson", polygons)):
            if text is not None:
                (folder / name).write_text(text, encoding="utf-8")
        return read_lists(folder, areas=AREAS, archive=Archive(tmp_path / "archive"))

    ask.archive = tmp_path / "archive" / "lists"
    return ask


def test_without_files_there_are_no_lists(read):
    assert read().fingerprint == ""


def test_codes_are_of_the_borders_of_their_edition_and_polygons_stay_as_drawn(read):
    rows = "regso;category;edition\n0114R001;särskilt stor;2024-11-14\n0114R002;;\n"
    found = read(rows, police(SQUARE))
    assert [(own.area_id, own.category, own.edition) for own in found.exclusion] == [
        ("0114R001", "särskilt stor", "2024-11-14"),
        ("0114R002_RegSO2025", "", ""),
    ]
    assert [(own.name, own.category) for own in found.police] == [("Testområdet", "Utsatt område")]
    assert found.police[0].shape.equals(SQUARE)
    assert len(list(read.archive.rglob("*.gz"))) == 2


def test_polygons_in_degrees_come_to_the_same_place(read):
    degrees = shapely.box(17.85, 59.50, 17.86, 59.51)
    (own,) = read(polygons=police(degrees)).police
    assert 660_000 < own.shape.centroid.x < 665_000
    assert 6_598_000 < own.shape.centroid.y < 6_602_000


def test_all_faults_of_both_files_are_named(read):
    rows = "regso\n0114R001\n0114R009\n0114\n0114R001\n"
    with pytest.raises(ListError) as error:
        read(rows, police(SQUARE, shapely.box(0, 0, 1000, 1000), NAMN=""))
    said = str(error.value)
    assert "utanforskapets_karta.csv: line 3: '0114R009' is no RegSO" in said
    assert "line 4: '0114' is no RegSO" in said
    assert "line 5: 0114R001 stands there twice" in said
    assert "polisen.geojson: feature 1: expected the properties NAMN and KATEGORI" in said
    with pytest.raises(ListError, match="feature 1: Testområdet is no area in Sweden"):
        read(polygons=police(shapely.box(0, 0, 1000, 1000)), exclusion="regso\n0114R001\n")
    with pytest.raises(ListError, match="is no GeoJSON with a list of features"):
        read(polygons="{}", exclusion="regso\n0114R001\n")
