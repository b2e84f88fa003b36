"""An operator's own divisions: every fault is said at once, and what is sound becomes a level."""

import itertools
from pathlib import Path

import duckdb
import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely import Polygon, box

from barometer import queries
from barometer.catalogue import Text, load_catalogue
from barometer.divisions import Language
from barometer.queries.own_areas import with_own_areas
from barometer.queries.own_parts import Brought, members
from barometer.store import read_snapshot
from barometer.ui.own import own_about, own_kind, own_sentences
from barometer.wording.own import division_notes
from etl.own.areas import named_areas, own_files, read_own_divisions
from etl.own.levels import insert_own_divisions
from etl.own.polygons import OwnAreasError
from tests.snapshots import build_snapshot

Register = tuple[pd.DataFrame, gpd.GeoSeries]
CATALOGUE = load_catalogue()
NEW = "_SYN_DeSO2025"
ROWS = {
    "norr": ("0380A0011", "0380A0012", "0380A0041"),
    "syd": ("0380A0021", "0380A0022", "0380A0042"),
}
KEYS = "code;id;name;parent\n" + "".join(
    f"{code}{NEW};{own};Uppsala {own};Uppsala\n" for own, codes in ROWS.items() for code in codes
)
FIGURES = """
    SELECT indicator_id, background, year, value, numerator, denominator,
        CAST(status AS VARCHAR) AS status
    FROM indicator_values WHERE area_id = $id ORDER BY ALL
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    return build_snapshot(folder / "barometer-20261122-synthetic-0123ab.duckdb")


@pytest.fixture(scope="module")
def register(path: Path) -> Register:
    """The areas as a build has them, and their shapes."""
    with duckdb.connect(str(path), read_only=True) as snapshot:
        areas = snapshot.execute(
            """
            SELECT area_id, CAST(level AS VARCHAR) AS level, CAST(division AS VARCHAR) AS division,
                kommun_id, geometry
            FROM areas ORDER BY area_id
            """
        ).df()
    shaped = areas[areas["geometry"].notna()]
    blobs = [bytes(blob) for blob in shaped["geometry"]]
    shapes = gpd.GeoSeries.from_wkb(blobs, index=shaped["area_id"], crs=3006)
    return areas.drop(columns="geometry"), shapes


@pytest.fixture(scope="module")
def built(
    path: Path,
    register: tuple[pd.DataFrame, gpd.GeoSeries],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The snapshot with a division of six DeSO in two areas."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "stadsdelar.csv").write_text(KEYS, encoding="utf-8")
    words = 'name_sv = "Stadsdel"\nname_en = "District"\n'
    (folder / "stadsdelar.toml").write_text(words, encoding="utf-8")
    areas, shapes = register
    divisions = read_own_divisions(own_files(folder), areas, shapes=shapes)
    copy = tmp_path_factory.mktemp("snapshot") / path.name
    copy.write_bytes(path.read_bytes())
    with duckdb.connect(str(copy)) as snapshot:
        insert_own_divisions(snapshot, divisions, catalogue=CATALOGUE)
    return copy


def faults_of(folder: Path, register: Register, **files: str) -> tuple[str, ...]:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    areas, shapes = register
    with pytest.raises(OwnAreasError) as caught:
        read_own_divisions(own_files(folder), areas, shapes=shapes)
    return caught.value.faults


def test_every_fault_of_a_key_file_is_named_with_its_row_and_what_to_do(tmp_path, register) -> None:
    rows = [f"0380A0011{NEW};a;A", "0999A0001;a;A", f"0380A0011{NEW};b;B", "0380A0011_SYN;b;B"]
    found = faults_of(tmp_path, register, byar__csv="code;id;name\n" + "\n".join(rows))
    assert found == (
        "areas/byar.csv row 3: '0999A0001' is no DeSO or RegSO of the figures: mend the code",
        f"areas/byar.csv row 4: 0380A0011{NEW} is in a already: let it lie in one area, once",
        "areas/byar.csv row 5: 0380A0011_SYN is deso 2018 and the first code deso 2025: keep to one"
        " level and year",
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("byar__xlsx", "x", "areas/byar.xlsx is no file of areas"),
        ("byar__csv", "kod;namn\n", "lacks the column code and id"),
        ("byar__csv", "code;id;name\n", "has no rows"),
        ("byar__toml", 'name_sv = "By"', "there is only byar.toml: give one file of areas"),
        ("Byar 1__csv", KEYS, "call the file by 2 to 30 small letters"),
        ("byar__csv", f"code;id\n0380A0011{NEW}\n", "byar.csv row 2: an area has no id"),
        ("byar__csv", f"code;id;name\n0380A0011{NEW};a;A;B\n", "row 2 has more cells than"),
        (
            "byar__csv",
            f"code;id;name\n0380A0011{NEW};a;A\n0380A0012{NEW};a;B\n",
            "row 3: a is 'A' before and 'B' here",
        ),
        ("byar__csv", f"code;id;name;parent\n0380A0011{NEW};a;A;A\n", "a is part of itself"),
        ("byar__geojson", '{"type":"FeatureCollection","features":[]}', "has no polygons"),
    ],
)
def test_a_file_of_the_wrong_kind_gets_one_sentence(
    tmp_path, register, name: str, text: str, said: str
) -> None:
    (fault,) = faults_of(tmp_path, register, **{name: text})
    assert said in fault


def layer(folder: Path, *shapes: Polygon, ids: tuple[str, ...] = ("a", "b")) -> None:
    named = list(ids[: len(shapes)])
    frame = gpd.GeoDataFrame({"id": named, "name": named}, geometry=list(shapes), crs=3006)
    frame.to_file(folder / "ytor.geojson", driver="GeoJSON")


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ((Polygon([(0, 0), (9000, 9000), (9000, 0), (0, 9000)]),), "a crosses itself"),
        ((Polygon(),), "a has no surface"),
        (
            (box(690000, 6600000, 694000, 6604000), box(692000, 6600000, 696000, 6604000)),
            "a and b overlap by",
        ),
        ((box(0, 0, 10, 10),), "a meets no DeSO of the map"),
        ((Polygon([(0, 0), (9, 9), (0, 0)]),), "a has no surface"),
    ],
)
def test_a_polygon_that_cannot_be_used_is_named(tmp_path, register, shapes, said: str) -> None:
    layer(tmp_path, *shapes)
    assert any(said in fault for fault in faults_of(tmp_path, register))


def test_a_layer_in_metres_is_read_as_such_and_swapped_coordinates_are_named(
    tmp_path, register
) -> None:
    """GeoJSON says degrees by its standard; people save what their program has."""
    areas, shapes = register
    own = shapes.loc[f"0380A0011{NEW}"]
    named = {"id": [1.0], "name": ["Norr"]}
    for crs, swapped in itertools.product((3006, 4326), (False, True)):
        (shape,) = gpd.GeoSeries([own], crs=3006).to_crs(crs)
        shape = shapely.transform(shape, lambda at: at[:, ::-1]) if swapped else shape
        layer = gpd.GeoDataFrame(named, geometry=[shape], crs=4326)
        layer.to_file(tmp_path / "ytor.geojson", driver="GeoJSON")
        if swapped:
            (fault,) = faults_of(tmp_path, register)
            assert fault == "areas/ytor.geojson: its coordinates are swapped: save them east first"
        else:
            (division,) = read_own_divisions(own_files(tmp_path), areas, shapes=shapes)
            assert division.members["area_id"].tolist() == [f"0380A0011{NEW}"]
            assert division.members["id"].tolist() == ["1"]


def test_a_file_without_one_layer_of_polygons_is_named(tmp_path, register) -> None:
    table = pd.DataFrame({"id": ["a"], "name": ["A"]})
    pyogrio.write_dataframe(table, tmp_path / "ytor.gpkg")
    assert faults_of(tmp_path, register) == (
        "areas/ytor.gpkg has no polygons: draw them or take it out",
    )
    two = gpd.GeoDataFrame(table, geometry=[box(0, 0, 9, 9)], crs=3006)
    two.to_file(tmp_path / "ytor.gpkg", layer="two", mode="a")
    assert faults_of(tmp_path, register) == (
        "areas/ytor.gpkg has the layers two, ytor: keep one of them in it",
    )


def test_one_name_in_two_files_of_one_kind_is_named(tmp_path, register) -> None:
    (fault,) = faults_of(tmp_path, register, byar__csv=KEYS, byar__CSV=KEYS)
    assert "there is byar.CSV and byar.csv: give one file of areas" in fault


def test_names_before_a_build_are_read_of_any_rows(tmp_path) -> None:
    (tmp_path / "byar.csv").write_text("code;id\n0380A0011\n", encoding="utf-8")
    (tmp_path / "byar.xlsx").write_bytes(b"PK")
    assert list(named_areas(tmp_path)) == ["byar:"]


def test_polygons_take_whole_areas_by_the_larger_part_and_say_so(tmp_path, register) -> None:
    areas, shapes = register
    ids = [f"{code}{NEW}" for code in ROWS["norr"]]
    west, south, east, north = shapes.loc[ids[:2]].total_bounds
    layer(tmp_path, box(west, south, east - 0.2 * (east - west), north))
    (division,) = read_own_divisions(own_files(tmp_path), areas, shapes=shapes)
    assert set(division.members["area_id"]) == set(ids[:2])
    assert division.method == "majority"
    assert division.n_cut in (1, 2)
    assert (division.n_outside, division.n_there) == (4, 6)


def test_an_operators_area_has_the_figures_of_a_readers_with_the_same_codes(built: Path) -> None:
    token = "own:" + ".".join(ROWS["norr"]) + NEW
    with read_snapshot(built) as bare:
        own = bare.cursor.execute(FIGURES, {"id": "stadsdelar:norr"}).df()
        with with_own_areas(bare, [token], catalogue=CATALOGUE, language="sv") as reader:
            theirs = reader.cursor.execute(FIGURES, {"id": token}).df()
    assert own["value"].notna().sum() > 3
    pd.testing.assert_frame_equal(own, theirs)


def test_it_is_a_level_with_names_outlines_indices_and_a_layer(built: Path) -> None:
    with read_snapshot(built) as reader:
        snapshot = reader.cursor
        areas = snapshot.execute(
            "SELECT area_id, name, kommun_id, geometry IS NOT NULL FROM areas WHERE level = 'own'"
            " ORDER BY area_id"
        ).fetchall()
        indices = snapshot.execute(
            "SELECT count(*) FROM index_values WHERE container_id = 'stadsdelar:norr'"
        ).fetchall()
        layers = snapshot.execute("SELECT area_ids FROM map_layers WHERE level = 'own'").fetchall()
        brought = members(snapshot, "stadsdelar:norr").brought
    assert areas == [
        ("stadsdelar:norr", "Uppsala norr", "0380", True),
        ("stadsdelar:syd", "Uppsala syd", "0380", True),
    ]
    assert indices[0][0] > 0
    assert layers == [(["stadsdelar:norr", "stadsdelar:syd"],)]
    assert brought == Brought("Stadsdel", "District", "listed", 0, 0, 6, "Uppsala")


def test_pages_and_files_say_whose_an_area_is_what_it_is_part_of_and_what_is_left_out(
    built: Path,
) -> None:
    with read_snapshot(built) as reader:
        area = queries.area(reader.cursor, "stadsdelar:norr")
        assert area is not None
        assert own_kind(reader, area, language="sv") == "Stadsdel, Uppsala"
        assert own_kind(reader, area, language="en") == "District, Uppsala"
        ((_, said),) = own_about(
            reader, [("0380", "Uppsala"), (area.area_id, area.label)], language="sv"
        )
        assert own_sentences(reader, "0380", language="sv") == ()
        several = own_about(
            reader,
            [("stadsdelar:norr", "Norr"), ("stadsdelar:syd", "Syd")],
            language="sv",
        )
    assert [text.count("Antal är summor") for _, text in several] == [0, 0, 1]
    assert several[1][1] == "Syd: Området består av 3 DeSO."
    assert said.startswith("Uppsala norr: Området består av 3 DeSO.")
    assert "Indelningen (Stadsdel) kommer från den som driver tjänsten, inte från SCB" in said
    assert said.endswith("täcker hela sina kommuner.")


@pytest.mark.parametrize(
    ("language", "method", "outside", "cut"),
    [
        (
            "sv",
            "majority",
            "4 av 6 områden i dess kommuner ligger inte i något",
            "Dess gränser skär 2 DeSO: varje är räknat helt dit där störst del av dess yta ligger.",
        ),
        (
            "en",
            "residents",
            "4 of 6 areas of its municipalities lie in none",
            "Its boundaries cut 2 DeSO: each is counted whole where most of its residents live",
        ),
    ],
)
def test_gaps_and_cuts_of_a_division_are_told(
    language: Language, method: str, outside: str, cut: str
) -> None:
    said = division_notes(
        Text("Stadsdel", "District"),
        method=method,
        n_cut=2,
        n_outside=4,
        n_there=6,
        language=language,
    )
    assert outside in said[0]
    assert cut in said[1]
