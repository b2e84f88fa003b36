import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import pytest
import shapely

from barometer.divisions import parse_area_code
from etl.geodata.boundaries import BoundariesError, FolderBoundaries, NoBoundaries
from etl.geodata.layers import encode_layers, to_geojson
from etl.geodata.shapes import dissolve, generalise, shape_areas, simplify
from tests.etl.tiny import boundaries_of_tiny

EAST, NORTH = 500_000, 6_600_000


def wavy_squares() -> gpd.GeoSeries:
    """Two neighbours of one square kilometre with a fine-grained border between them."""
    y = np.linspace(0, 1000, 401)
    border = np.column_stack([1000 + 3 * np.sin(y), y])
    left = shapely.Polygon([(0, 0), *border, (0, 1000)])
    right = shapely.Polygon([(2000, 0), (2000, 1000), *border[::-1]])
    moved = [
        shapely.transform(shape, lambda xy: xy + np.array([EAST, NORTH])) for shape in (left, right)
    ]
    return gpd.GeoSeries(moved, index=["0114A0010", "0114A0020"], crs=3006)


def test_neighbours_still_share_their_border_after_simplification() -> None:
    squares = wavy_squares()
    simple = simplify(squares, max_vertices=40)
    assert shapely.coverage_is_valid(simple.values)
    assert shapely.get_num_coordinates(simple.values).sum() < 40
    assert simple.area.to_numpy() == pytest.approx(squares.area.to_numpy(), rel=0.01)


def test_a_layer_over_its_budget_becomes_coarser() -> None:
    country = boundaries_of_tiny()
    deso = country[(country["level"] == "deso") & (country["division"] == "2025")]
    shapes = deso.set_index("area_id").geometry
    fine = shapely.get_num_coordinates(simplify(shapes).values).sum()
    coarse = simplify(shapes, max_vertices=int(fine * 0.7))
    assert shapely.get_num_coordinates(coarse.values).sum() <= fine * 0.7
    assert shapely.coverage_is_valid(coarse.values)


def test_a_layer_within_its_budget_stays_as_it_is() -> None:
    squares = wavy_squares()
    assert simplify(squares).geom_equals_exact(squares, tolerance=0).all()


def test_the_whole_country_s_map_is_generalised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.geodata.shapes.COUNTRY_VERTICES", 40)
    simple = generalise(wavy_squares())
    assert shapely.coverage_is_valid(simple.values)
    assert shapely.get_num_coordinates(simple.values).sum() <= 40


def test_larger_levels_are_dissolved_from_the_smallest() -> None:
    country = boundaries_of_tiny()
    register = _register(country)
    shapes = shape_areas(register, boundaries=country)
    assert set(shapes.index) == set(register["area_id"])
    kommun = shapes["0305"]
    deso = shapes[[a for a in shapes.index if a.startswith("0305") and a.endswith("_DeSO2025")]]
    assert shapely.equals(shapely.coverage_union_all(deso.values), kommun)
    for level in ("regso", "deso"):
        ids = register.loc[
            (register["level"] == level) & (register["division"] == "2018"), "area_id"
        ]
        assert shapely.coverage_is_valid(shapes[ids].values)


def test_kommuner_without_small_areas_come_from_the_packaged_outlines() -> None:
    register = _register(boundaries_of_tiny())
    shapes = shape_areas(register, boundaries=NoBoundaries().read())
    assert set(shapes.index) == {"00", "03", "24", "25", "0305", "2418", "2506"}


def test_a_regso_whose_deso_are_not_all_known_is_not_made_up() -> None:
    country = boundaries_of_tiny()
    register = _register(country)
    gone = next(a for a in register["area_id"] if a.startswith("0305A") and "_DeSO" not in a)
    lacking = country[~country["area_id"].eq(gone) & (country["level"] == "deso")]
    shapes = shape_areas(register, boundaries=lacking)
    regso = register.set_index("area_id").loc[gone, "parent_id"]
    assert gone not in shapes.index
    assert regso not in shapes.index
    assert "0305" in shapes.index


def test_dissolving_by_container_keeps_the_surface() -> None:
    squares = wavy_squares()
    (both,) = dissolve(squares, into=pd.Index(["0114", "0114"]))
    assert both.area == pytest.approx(squares.area.sum())
    assert len(both.interiors) == 0


def test_geojson_holds_id_code_and_rounded_degrees_only() -> None:
    answer = orjson.loads(to_geojson(wavy_squares(), decimals=4))
    first, second = answer["features"]
    assert (first["id"], second["id"]) == (0, 1)
    assert first["properties"] == {"a": "0114A0010"}
    assert set(first) == {"type", "id", "properties", "geometry"}
    xs = [x for x, _ in first["geometry"]["coordinates"][0]]
    assert all(round(x, 4) == x for x in xs)
    assert 14 < min(xs) < 16


def test_an_area_too_small_for_the_decimals_keeps_a_place() -> None:
    speck = gpd.GeoSeries([shapely.box(EAST, NORTH, EAST + 1, NORTH + 1)], index=["x"], crs=3006)
    (feature,) = orjson.loads(to_geojson(speck, decimals=3))["features"]
    assert feature["geometry"]["coordinates"]


def test_equal_shapes_give_equal_layers() -> None:
    country = boundaries_of_tiny()
    register = _register(country)
    shapes = shape_areas(register, boundaries=country)
    first, second = (
        {(layer.level, layer.division): layer for layer in encode_layers(register, shapes=shapes)}
        for _ in range(2)
    )
    assert first == second
    assert first["deso", "2025"].area_ids == tuple(sorted(first["deso", "2025"].area_ids))


def test_layers_named_as_scb_names_them_are_read(tmp_path) -> None:
    squares = wavy_squares()
    columns = {"desokod": squares.index, "regsokod": ["0114R001"] * 2, "version": "2025_v2"}
    gpd.GeoDataFrame(columns, geometry=list(squares), crs=3006).to_parquet(tmp_path / "a.parquet")
    read = FolderBoundaries((tmp_path,)).read().set_index("area_id")
    assert read.index.tolist() == ["0114A0010_DeSO2025", "0114A0020_DeSO2025"]
    assert set(read["parent_id"]) == {"0114R001_RegSO2025"}
    assert read["land_area_km2"].to_numpy() == pytest.approx([1, 1], rel=0.01)


def test_keys_without_shapes_give_parents_and_names(tmp_path) -> None:
    key = {"deso": ["0114A0010"], "regso": ["0114R001"], "regso_name": ["Bollstanäs"]}
    pd.DataFrame(key).to_parquet(tmp_path / "deso2018_regso2020.parquet")
    read = FolderBoundaries((tmp_path,)).read().set_index("area_id")
    assert read.loc["0114A0010", "parent_id"] == "0114R001"
    assert read.loc["0114R001", "name"] == "Bollstanäs"
    assert read.geometry.isna().all()


def test_every_unusable_layer_is_named(tmp_path) -> None:
    squares = list(wavy_squares())
    gpd.GeoDataFrame({"x": [1, 2]}, geometry=squares, crs=3006).to_parquet(tmp_path / "a.parquet")
    gpd.GeoDataFrame({"deso": ["1", "2"]}, geometry=squares, crs=3006).to_parquet(
        tmp_path / "b.parquet"
    )
    pd.DataFrame({"x": [1]}).to_parquet(tmp_path / "c.parquet")
    with pytest.raises(BoundariesError) as raised:
        FolderBoundaries((tmp_path,)).read()
    message = str(raised.value)
    assert "a.parquet: has no column of area codes" in message
    assert "b.parquet: does not say which division it is" in message
    assert "c.parquet: has neither geometry nor the columns" in message


def test_the_fingerprint_follows_the_files(tmp_path) -> None:
    pd.DataFrame({"deso": ["0114A0010"], "regso": ["0114R001"]}).to_parquet(tmp_path / "k.parquet")
    before = FolderBoundaries((tmp_path,)).fingerprint
    assert FolderBoundaries((tmp_path,)).fingerprint == before
    pd.DataFrame({"deso": ["0114A0020"], "regso": ["0114R001"]}).to_parquet(tmp_path / "k.parquet")
    assert FolderBoundaries((tmp_path,)).fingerprint != before


def test_a_folder_without_layers_is_an_error(tmp_path) -> None:
    (tmp_path / "deso_2025.gpkg").touch()
    with pytest.raises(BoundariesError, match=r"no GeoParquet layer.*makes one of a GeoPackage"):
        FolderBoundaries((tmp_path,)).read()


def _register(country: gpd.GeoDataFrame) -> pd.DataFrame:
    areas = {a: parse_area_code(a) for a in country["area_id"]}
    return country[["area_id", "level", "division", "parent_id"]].assign(
        kommun_id=[areas[a].kommun_id for a in country["area_id"]]
    )
