import geopandas as gpd
import pandas as pd
import pytest
import shapely

from barometer.divisions import RIKET
from etl.fetch.metadata import TableMetadata, TableVariable
from etl.geodata.boundaries import NoBoundaries
from etl.snapshot.areas import local_code, register_areas

LABELS = {
    "00": "00 Riket",
    "01": "01 Stockholms län",
    "0114": "0114 Upplands Väsby",
    "0115": "0115 Vallentuna",
    "0114R001": "Upplands Väsby (Bollstanäs)",
    "0114R002": "Upplands Väsby (Centrum)",
    "0115R001": "0115R001 Vallentuna (Centrum)",
    "0114R001_RegSO2025": "0114R001 Upplands Väsby (Bollstanäs)",
    "0114A0010": "0114A0010",
    "0114C1010": "0114C1010",
    "0114A0010_DeSO2025": "0114A0010",
    "RegSO0114001": "an old form",
    "FA01": "Stockholm",
}


def table(labels: dict[str, str], *, years: tuple[str, ...] = ("2015", "2023", "2024")):
    region = TableVariable(
        "Region", "region", tuple(labels), tuple(labels.values()), elimination=False
    )
    time = TableVariable("Tid", "år", years, years, elimination=False)
    return TableMetadata("TAB1", "t", "2026", (region, time))


def register(labels: dict[str, str] = LABELS, *, boundaries: gpd.GeoDataFrame | None = None):
    given = NoBoundaries().read() if boundaries is None else boundaries
    return register_areas([table(labels)], boundaries=given).set_index("area_id")


def keys(*rows: tuple[str, str, str, str | None, shapely.Geometry | None]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(
        [(a, level, d, None, p, None) for a, level, d, p, _ in rows],
        columns=["area_id", "level", "division", "name", "parent_id", "land_area_km2"],
        dtype=object,
    )
    return gpd.GeoDataFrame(frame, geometry=[shape for *_, shape in rows], crs=3006)


def test_areas_are_read_from_the_codes_and_others_left_out() -> None:
    areas = register()
    assert "RegSO0114001" not in areas.index
    assert "FA01" not in areas.index
    assert areas.loc["0114A0010_DeSO2025", ["level", "division"]].tolist() == ["deso", "2025"]
    assert areas.loc["0115R001", ["kommun_id", "lan_id"]].tolist() == ["0115", "01"]


def test_names_come_from_labels_without_code_and_kommun() -> None:
    names = register()["name"]
    assert names[["00", "01", "0114"]].tolist() == ["Riket", "Stockholms län", "Upplands Väsby"]
    assert names["0114R001"] == names["0114R001_RegSO2025"] == "Bollstanäs"
    assert names["0115R001"] == "Centrum"


def test_a_name_does_not_repeat_its_level() -> None:
    areas = register(LABELS | {"0114R003": "Malmö (RegSO-Sibbarp)"})
    assert areas.loc["0114R003", "name"] == "Sibbarp"


def test_the_longest_label_of_all_tables_is_used() -> None:
    short = table({"0114": "0114"})
    named = table({"0114": "0114 Upplands Väsby"})
    areas = register_areas([short, named, short], boundaries=NoBoundaries().read())
    assert areas["name"].tolist() == ["Upplands Väsby"]


def test_labels_are_unique_in_a_list() -> None:
    areas = register()
    assert areas.loc["0114R002", "label"] == "Centrum (Upplands Väsby)"
    assert areas.loc["0115R001", "label"] == "Centrum (Vallentuna)"
    twins = register(LABELS | {"0114R003": "Upplands Väsby (Centrum)"})
    assert twins.loc["0114R003", "label"] == "Centrum (Upplands Väsby) R003"
    assert not twins.duplicated(["level", "division", "label"]).any()


def test_a_deso_is_named_by_its_regso_and_code() -> None:
    areas = register(boundaries=keys(("0114A0010", "deso", "2018", "0114R001", None)))
    assert areas.loc["0114A0010", ["parent_id", "name"]].tolist() == [
        "0114R001",
        "Bollstanäs, A0010",
    ]


def test_a_deso_without_key_lies_in_the_regso_around_it() -> None:
    boundaries = keys(
        ("0114A0010", "deso", "2018", None, shapely.box(1, 1, 2, 2)),
        ("0114C1010", "deso", "2018", None, shapely.box(11, 1, 12, 2)),
        ("0114R001", "regso", "2018", None, shapely.box(0, 0, 10, 10)),
        ("0114R002", "regso", "2018", None, shapely.box(10, 0, 20, 10)),
        ("0114R001_RegSO2025", "regso", "2025", None, shapely.box(0, 0, 20, 20)),
    )
    parents = register(boundaries=boundaries)["parent_id"]
    assert parents[["0114A0010", "0114C1010"]].tolist() == ["0114R001", "0114R002"]


@pytest.mark.parametrize("claimed", [None, "0114R009"])
def test_a_deso_whose_regso_is_not_known_lies_in_its_kommun(claimed: str | None) -> None:
    areas = register(boundaries=keys(("0114A0010", "deso", "2018", claimed, None)))
    assert areas.loc["0114A0010", "parent_id"] == "0114"
    assert areas.loc["0114A0010", "name"] == "Upplands Väsby, A0010"


def test_the_levels_above_follow_from_the_code() -> None:
    parents = register()["parent_id"]
    assert parents[["01", "0114", "0114R001"]].tolist() == [RIKET, "01", "0114"]
    assert parents[RIKET] is None or pd.isna(parents[RIKET])


def test_divisions_are_valid_in_their_years_only() -> None:
    valid = register()[["valid_from", "valid_to"]]
    assert valid.loc["0114"].tolist() == [2015, pd.NA]
    assert valid.loc["0114A0010"].tolist() == [2015, 2023]
    assert valid.loc["0114A0010_DeSO2025"].tolist() == [2024, pd.NA]


def test_local_codes_lose_kommun_and_suffixes() -> None:
    assert local_code("0114R001_SYN_RegSO2025") == "R001"
    assert local_code("0114") == "0114"
