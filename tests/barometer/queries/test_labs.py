"""The lab's rows on the tiny country: what is there, in which order, and why a value is not."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from barometer import queries
from barometer.queries.labs import (
    RowRange,
    lab_areas,
    lab_columns,
    lab_frame,
    lab_pivot,
    lab_size,
    pivot_size,
)
from barometer.selection import Offer
from barometer.selection.labs import Lab
from barometer.store import Cursor, Reader, Store
from tests.snapshots import publish_snapshot

CHILDREN = "low_standard_children"
KOMMUNER = Lab(indicators=(CHILDREN,), areas=("kommun",))
SMALL = Lab(indicators=(CHILDREN,), areas=("regso@0114",))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("lab")
    publish_snapshot(folder)
    return Store(folder)


@pytest.fixture
def offer(reader: Reader) -> Offer:
    return reader.once(queries.offer)


def keys(table: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(table["area_id"], table["year"], strict=True))


def test_areas_are_single_ones_and_sets_in_order(cursor: Cursor) -> None:
    lab = Lab(indicators=(CHILDREN,), areas=("regso@0114", "kommun@01", "00"))
    assert lab_areas(cursor, lab)["area_id"].tolist() == [
        *("00", "0114", "0180", "0114R001_SYN", "0114R001_SYN_RegSO2025"),
        *("0114R002_SYN", "0114R002_SYN_RegSO2025"),
    ]


def test_a_filter_keeps_areas_by_name_kommun_or_code_without_accents(cursor: Cursor) -> None:
    every = Lab(indicators=(CHILDREN,), areas=("regso", "kommun"))

    def left(text: str) -> list[str]:
        return lab_areas(cursor, replace(every, find=text))["area_id"].tolist()

    assert left("ASATRA") == ["0114R002_SYN", "0114R002_SYN_RegSO2025"]
    assert left("0380r004") == ["0380R004_SYN_RegSO2025"]
    assert left("upplands")[0] == "0114"
    assert len(left("upplands")) == 5
    assert left("'; DROP TABLE areas; --") == []


def test_rows_are_in_the_order_of_the_first_dimension(cursor: Cursor, offer: Offer) -> None:
    by_area = keys(lab_frame(cursor, KOMMUNER, offer=offer))
    assert by_area[:4] == [("0114", 2022), ("0114", 2023), ("0114", 2024), ("0180", 2022)]
    by_year = keys(lab_frame(cursor, replace(KOMMUNER, rows="year"), offer=offer))
    assert by_year[:4] == [("0114", 2022), ("0180", 2022), ("0380", 2022), ("0114", 2023)]


def test_rows_are_sorted_by_value_and_paged(cursor: Cursor, offer: Offer) -> None:
    lab = replace(KOMMUNER, sort="-value", years=(2024,))
    table = lab_frame(cursor, lab, offer=offer)
    assert table["area_id"].tolist() == ["0180", "0380", "0114"]
    assert table["value"].tolist() == pytest.approx([22, 21, 17.5])
    pages = [lab_frame(cursor, lab, offer=offer, page=RowRange(n, 1)) for n in range(3)]
    assert pd.concat(pages, ignore_index=True).equals(table)


@pytest.mark.parametrize(
    ("only", "kept"),
    [
        (">21", ["0180"]),
        (">=21", ["0180", "0380"]),
        ("<18", ["0114"]),
        ("17–21,5", ["0114", "0380"]),
    ],
)
def test_a_filter_keeps_values(cursor: Cursor, offer: Offer, only: str, kept: list[str]) -> None:
    lab = replace(KOMMUNER, years=(2024,), only=only)
    assert lab_frame(cursor, lab, offer=offer)["area_id"].tolist() == kept
    assert lab_size(cursor, lab, offer=offer) == {2024: len(kept)}


def test_a_spread_table_keeps_rows_with_some_value_within(cursor: Cursor, offer: Offer) -> None:
    long = lab_frame(cursor, KOMMUNER, offer=offer)
    lab = replace(KOMMUNER, columns="year", only="<18")
    columns = lab_columns(cursor, lab, offer=offer)
    wide = lab_pivot(cursor, lab, columns=columns, offer=offer)
    assert wide["area_id"].tolist() == ["0114"]
    assert pivot_size(cursor, lab, offer=offer) == 1
    own = long[long["area_id"] == "0114"]["value"].tolist()
    assert max(own) > 18
    assert wide[["v0", "v1", "v2"]].iloc[0].tolist() == own


def test_names_are_sorted_as_in_swedish(cursor: Cursor, offer: Offer) -> None:
    lab = Lab(indicators=(CHILDREN,), areas=("regso@01",), years=(2023,), sort="label")
    names = [label.split(" (")[0] for label in lab_frame(cursor, lab, offer=offer)["label"]]
    assert names == ["Rinkeby", "Väsby centrum", "Åsätra", "Östermalm"]


def test_what_is_missing_has_its_reason_and_stands_last(cursor: Cursor, offer: Offer) -> None:
    table = lab_frame(cursor, replace(SMALL, sort="-value"), offer=offer)
    assert len(table) == 6
    assert table["value"].isna().tolist() == [False] * 4 + [True] * 2
    assert dict(zip(table["area_id"], table["status"], strict=True)) | {} == {
        "0114R001_SYN": table["status"].iloc[0],
        "0114R002_SYN": table["status"].iloc[0],
        "0114R001_SYN_RegSO2025": "suppressed",
        "0114R002_SYN_RegSO2025": "not_available",
    }
    assert pd.isna(table["status"].iloc[0])


def test_an_area_has_rows_in_the_years_of_its_division_only(cursor: Cursor, offer: Offer) -> None:
    table = lab_frame(cursor, Lab((CHILDREN,), ("0380R002_SYN",)), offer=offer)
    assert table["year"].tolist() == [2022, 2023]
    assert set(table["division"]) == {"2018"}


def test_sizes_are_those_of_the_tables(cursor: Cursor, offer: Offer) -> None:
    lab = Lab(
        indicators=(CHILDREN, "foreign_background"),
        areas=("regso", "lan"),
        backgrounds=("all", "sex:women"),
    )
    table = lab_frame(cursor, lab, offer=offer)
    sizes = lab_size(cursor, lab, offer=offer)
    assert sizes == table["year"].value_counts().sort_index().to_dict()
    for columns in ("indicator", "area", "year", "background"):
        spread = replace(lab, columns=columns, rows="area" if columns != "area" else "year")
        names = lab_columns(cursor, spread, offer=offer)
        wide = lab_pivot(cursor, spread, columns=names, offer=offer)
        assert len(wide) == pivot_size(cursor, spread, offer=offer)
        told = wide[[f"v{n}" for n in range(len(names))]].notna().sum().sum()
        assert told == table["value"].notna().sum()


def test_a_table_is_spread_over_years(cursor: Cursor, offer: Offer) -> None:
    lab = replace(SMALL, columns="year", sort="-2024")
    columns = lab_columns(cursor, lab, offer=offer)
    assert columns == ("2022", "2023", "2024")
    wide = lab_pivot(cursor, lab, columns=columns, offer=offer).set_index("area_id")
    assert wide.loc["0114R001_SYN", ["v0", "v1"]].tolist() == [35, 30]
    assert wide.loc["0114R001_SYN", ["v2", "s2"]].isna().all()  # not in the year's division
    assert wide.loc["0114R001_SYN_RegSO2025", "s2"] == "suppressed"
    assert set(wide["division"]) == {"2018", "2025"}


def test_a_spread_table_is_sorted_by_any_of_its_columns(cursor: Cursor, offer: Offer) -> None:
    lab = replace(KOMMUNER, columns="year", sort="-2024")
    columns = lab_columns(cursor, lab, offer=offer)
    wide = lab_pivot(cursor, lab, columns=columns, offer=offer)
    assert wide["area_id"].tolist() == ["0180", "0380", "0114"]
    by_area = replace(KOMMUNER, rows="year", columns="area", sort="-0180")
    names = lab_columns(cursor, by_area, offer=offer)
    wide = lab_pivot(cursor, by_area, columns=names, offer=offer)
    assert names == ("0114", "0180", "0380")
    assert wide["year"].tolist() == [2022, 2023, 2024]
    for sort in ("label", "-year", "division", "value", "-background", "indicator"):
        assert len(lab_pivot(cursor, replace(lab, sort=sort), columns=columns, offer=offer)) == 3


def test_a_background_that_an_indicator_lacks_gives_no_rows(cursor: Cursor, offer: Offer) -> None:
    lab = Lab((CHILDREN, "foreign_background"), ("00",), backgrounds=("sex:women",))
    table = lab_frame(cursor, lab, offer=offer)
    assert set(table["indicator"]) == {"foreign_background"}
    assert lab_size(cursor, Lab((CHILDREN,), ("00",), backgrounds=("sex:men",)), offer=offer) == {}
