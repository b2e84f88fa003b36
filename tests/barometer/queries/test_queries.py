"""What the site asks of a snapshot, against a country small enough to reckon by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import brotli
import numpy as np
import pandas as pd
import pytest

from barometer import queries
from barometer.catalogue import load_catalogue
from barometer.divisions import Level
from barometer.selection import Selection
from barometer.store import Reader, Store
from tests.snapshots import MISSING, WITHOUT_BOUNDARY, YEARS, publish_snapshot

FLOGSTA = "0380R002_SYN_RegSO2025"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    published = tmp_path_factory.mktemp("published")
    publish_snapshot(published)
    with Store(published).reader() as reader:
        yield reader


def view(level: Level = "regso", year: int = 2024, **changes: object) -> Selection:
    return replace(Selection("low_standard_children", level, year), **changes)


def test_the_offer_is_what_has_values(reader: Reader) -> None:
    offer = reader.once(queries.offer)
    assert offer.years_of("low_standard_children", "regso") == YEARS
    assert offer.levels_of("employed") == ("regso", "deso")
    assert offer.levels_of("rented") == ()
    assert offer.backgrounds["foreign_background"] == ("all", "sex:women", "sex:men")
    assert {FLOGSTA, "0380R002_SYN", "0380", "00"} <= offer.areas
    assert offer.names["03"] == "Uppsala län"
    assert FLOGSTA not in offer.names


def test_an_area_knows_what_it_lies_in(reader: Reader) -> None:
    area = queries.area(reader.cursor, FLOGSTA)
    assert area is not None
    assert (area.name, area.level, area.division) == ("Flogsta-Ekeby", "regso", "2025")
    assert (area.kommun_id, area.kommun, area.lan_id, area.lan) == (
        "0380",
        "Uppsala",
        "03",
        "Uppsala län",
    )
    assert area.population == 400
    assert area.bounds is not None
    west, south, east, north = area.bounds
    assert west < east
    assert south < north


def test_areas_without_a_boundary_or_a_container(reader: Reader) -> None:
    riket = queries.area(reader.cursor, "00")
    assert riket is not None
    assert (riket.kommun, riket.lan, riket.parent_id) == (None, None, None)
    unbounded = queries.area(reader.cursor, WITHOUT_BOUNDARY)
    assert unbounded is not None
    assert unbounded.bounds is None
    assert queries.area(reader.cursor, "0380R999") is None


@pytest.mark.parametrize(
    ("text", "year", "first"),
    [
        ("uppsala", 2024, ["0380", "03"]),
        ("Upplands", 2024, ["0114"]),
        ("0380", 2024, ["0380"]),
        ("03", 2024, ["03", "0380"]),
        ("sweden", 2024, ["00"]),
        ("riket", 2024, ["00"]),
        ("ostermalm", 2024, ["0180R002_SYN_RegSO2025", "0180A0021_SYN_DeSO2025"]),
        ("ÖSTERMALM", 2023, ["0180R002_SYN", "0180A0021_SYN"]),
        ("asatra", 2024, ["0114R002_SYN_RegSO2025"]),
        ("ekeby", 2024, [FLOGSTA]),
        ("uppsala flog", 2024, [FLOGSTA]),
        ("flog uppsala", 2023, ["0380R002_SYN"]),
        ("gottsunda", 2023, ["0380R003_SYN"]),
        ("gottsunda", 2024, ["0380R004_SYN_RegSO2025"]),
        ("0380R002", 2024, [FLOGSTA]),
    ],
)
def test_places_are_found_by_words_and_codes(
    reader: Reader, text: str, year: int, first: list[str]
) -> None:
    found = queries.search_places(reader.cursor, text, language="sv", year=year)
    assert found["area_id"].tolist()[: len(first)] == first
    assert list(found.columns) == ["area_id", "label", "level", "division", "kommun"]


@pytest.mark.parametrize(
    "text", ["", "  ", "'", "%", "xyzzy", "uppsala xyzzy", "'; DROP TABLE areas", "a" * 9999]
)
def test_nothing_is_found_where_nothing_is(reader: Reader, text: str) -> None:
    assert queries.search_places(reader.cursor, text, language="sv", year=2024).empty


def test_containers_come_before_regso_before_deso_and_no_more_than_asked(reader: Reader) -> None:
    found = queries.search_places(reader.cursor, "u", language="sv", year=2024, limit=99)
    levels = [{"regso": 1, "deso": 2}.get(level, 0) for level in found["level"]]
    assert levels == sorted(levels)
    assert set(levels) == {0, 1, 2}
    assert len(queries.search_places(reader.cursor, "u", language="sv", year=2024, limit=3)) == 3


def test_riket_has_a_name_in_both_languages(reader: Reader) -> None:
    for language, name in (("sv", "Riket"), ("en", "Sweden")):
        found = queries.search_places(reader.cursor, "00", language=language, year=2024)
        assert found["label"].tolist() == [name]


@pytest.mark.parametrize(
    ("parent", "level", "year", "expected"),
    [
        ("0380", "regso", 2023, ["0380R001_SYN", "0380R002_SYN", "0380R003_SYN"]),
        ("0380", "regso", 2024, [f"0380R00{n}_SYN_RegSO2025" for n in (1, 2, 4)]),
        (FLOGSTA, "deso", 2024, ["0380A0021_SYN_DeSO2025", "0380A0022_SYN_DeSO2025"]),
        ("01", "kommun", 2024, ["0114", "0180"]),
        ("00", "lan", 2024, ["01", "03"]),
        ("00", "riket", 2024, []),
        ("nowhere", "deso", 2024, []),
    ],
)
def test_the_areas_inside_a_place(
    reader: Reader, parent: str, level: Level, year: int, expected: list[str]
) -> None:
    found = queries.children(reader.cursor, parent, level=level, year=year)
    assert found["area_id"].tolist() == expected


def test_a_layer_says_how_its_features_are_ordered_and_comes_compressed(reader: Reader) -> None:
    layer = queries.map_layer(reader.cursor, level="regso", division="2025")
    assert layer is not None
    assert layer.area_ids[0] == "0380R004_SYN_RegSO2025"
    assert WITHOUT_BOUNDARY not in layer.area_ids
    packed = queries.map_layer_bytes(reader.cursor, layer.sha256, encoding="br")
    assert packed is not None
    assert len(brotli.decompress(packed)) == layer.raw_bytes
    gzipped = queries.map_layer_bytes(reader.cursor, layer.sha256, encoding="gzip")
    assert gzipped is not None
    assert gzipped[:2] == b"\x1f\x8b"
    assert queries.map_layer_bytes(reader.cursor, "0" * 64, encoding="br") is None
    assert queries.map_layer(reader.cursor, level="riket", division="2025") is None


def test_values_come_in_the_order_of_the_layer(reader: Reader) -> None:
    layer = queries.map_layer(reader.cursor, level="regso", division="2025")
    assert layer is not None
    found = queries.map_figures(reader.cursor, view(), order=layer.area_ids)
    np.testing.assert_array_equal(found.values, [30.0, 30.0, 7.5, 40.0, np.nan, np.nan])
    assert found.reasons == (None, None, None, None, "not_available", "suppressed")
    assert not found.outside.any()


@pytest.mark.parametrize("indicator", ["low_standard_children", "foreign_background", "area_type"])
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("level", ["regso", "deso", "kommun", "riket"])
def test_map_and_table_never_disagree(
    reader: Reader, indicator: str, level: Level, year: int
) -> None:
    selection = view(level, year, indicator=indicator)
    table = queries.map_table(reader.cursor, selection).set_index("area_id")
    order = table.index[::-1].tolist()
    found = queries.map_figures(reader.cursor, selection, order=order)
    drawn = table.loc[order]
    np.testing.assert_array_equal(found.values, drawn["value"])
    assert (
        list(found.reasons)
        == drawn["status"].astype(object).where(drawn["status"].notna(), None).tolist()
    )


def test_the_table_has_every_area_and_a_reason_for_every_gap(reader: Reader) -> None:
    table = queries.map_table(reader.cursor, view())
    assert table["area_id"].is_monotonic_increasing
    assert table["value"].isna().tolist() == table["status"].notna().tolist()
    flogsta = table.set_index("area_id").loc[FLOGSTA]
    assert flogsta[["label", "kommun", "level", "division", "year"]].tolist() == [
        "Flogsta-Ekeby (Uppsala)",
        "Uppsala",
        "regso",
        "2025",
        2024,
    ]
    assert flogsta[["value", "numerator", "denominator"]].tolist() == [30.0, 120.0, 400.0]


def test_every_reason_for_a_gap_reaches_the_table(reader: Reader) -> None:
    table = queries.map_table(reader.cursor, view("deso")).set_index("area_id")
    for area_id, reason in MISSING.items():
        if area_id in table.index:
            assert table.loc[area_id, "status"] == reason


def test_a_table_shows_one_division_only(reader: Reader) -> None:
    assert set(queries.map_table(reader.cursor, view(year=2023))["division"]) == {"2018"}
    assert set(queries.map_table(reader.cursor, view(year=2024))["division"]) == {"2025"}


def test_a_background_has_its_own_numbers(reader: Reader) -> None:
    selection = view(indicator="foreign_background", background="sex:women")
    table = queries.map_table(reader.cursor, selection).set_index("area_id")
    assert table.loc[FLOGSTA, ["value", "numerator", "denominator"]].tolist() == [
        60.0,
        120.0,
        200.0,
    ]


def test_text_is_text_even_when_all_is_missing_or_nothing_is(reader: Reader) -> None:
    for year in YEARS:
        dtypes = queries.map_table(reader.cursor, view("kommun", year)).dtypes
        assert str(dtypes["status"]) == "str"


def test_a_place_stands_beside_its_containers_and_its_like(reader: Reader) -> None:
    found = queries.area_comparison(reader.cursor, view(area=FLOGSTA)).set_index("role")
    assert found.index.tolist() == [
        *("area", "kommun", "lan", "riket"),
        *("lower_quartile", "median", "upper_quartile"),
    ]
    assert found.loc["area", "value"] == 30.0
    assert found.loc["kommun", ["area_id", "value"]].tolist() == ["0380", 21.0]
    assert found.loc["riket", "value"] == pytest.approx(100 * 500 / 2400)
    # Of 4, 7.5, 30, 30 and 40: the areas without a boundary count, those without a value do not.
    assert found.loc["lower_quartile", ["value", "n_areas"]].tolist() == [7.5, 5]
    assert found.loc["median", "value"] == 30.0


def test_a_missing_place_keeps_its_reason_in_the_comparison(reader: Reader) -> None:
    found = queries.area_comparison(reader.cursor, view(area="0114R002_SYN_RegSO2025"))
    assert found.loc[0, ["role", "status"]].tolist() == ["area", "not_available"]
    assert found.loc[1, "role"] == "kommun"


def test_a_comparison_has_only_the_containers_that_the_indicator_has(reader: Reader) -> None:
    roles = queries.area_comparison(reader.cursor, view(indicator="employed", area=FLOGSTA))["role"]
    assert roles.tolist() == ["area", "lower_quartile", "median", "upper_quartile"]
    roles = queries.area_comparison(reader.cursor, view(area="00"))["role"]
    assert roles.tolist() == ["area"]
    assert queries.area_comparison(reader.cursor, view()).empty


def test_the_place_may_have_another_level_than_the_map(reader: Reader) -> None:
    found = queries.area_comparison(reader.cursor, view("deso", area="0380")).set_index("role")
    assert found.index.tolist() == ["area", "lan", "riket"]
    assert found.loc["area", ["level", "value"]].tolist() == ["kommun", 21.0]


def line(series: pd.DataFrame, role: str) -> list[tuple[int, str, float]]:
    part = series[series["role"] == role]
    return list(zip(part["year"], part["division"], part["value"], strict=True))


def test_a_series_never_crosses_divisions(reader: Reader) -> None:
    series = queries.area_series(reader.cursor, view(area=FLOGSTA))
    assert line(series, "area") == [(2024, "2025", 30.0)]
    assert line(series, "counterpart") == [(2022, "2018", 35.0), (2023, "2018", 32.5)]
    assert line(series, "kommun") == [
        (2022, "admin", 29.0),
        (2023, "admin", 26.0),
        (2024, "admin", 21.0),
    ]
    assert series["role"].unique().tolist() == ["area", "counterpart", "kommun", "lan", "riket"]


def test_a_series_leaves_out_the_years_outside_the_division(reader: Reader) -> None:
    series = queries.area_series(reader.cursor, view(year=2023, area="0380R002_SYN"))
    assert line(series, "area") == [(2022, "2018", 35.0), (2023, "2018", 32.5)]
    assert line(series, "counterpart") == [(2024, "2025", 30.0)]


def test_a_kommun_has_no_counterpart(reader: Reader) -> None:
    series = queries.area_series(reader.cursor, view(area="0380"))
    assert series["role"].unique().tolist() == ["area", "lan", "riket"]
    assert queries.area_series(reader.cursor, view()).empty


def test_an_index_series_comes_in_the_order_asked_for(reader: Reader) -> None:
    series = queries.index_series(
        reader.cursor,
        grouping_id="low_standard_children",
        container_ids=["0380", "00"],
        unit_level="regso",
        index_ids=["isolation", "dissimilarity"],
    )
    assert series["index_id"].unique().tolist() == ["isolation", "dissimilarity"]
    assert series["container_id"].tolist() == (["0380"] * 3 + ["00"] * 3) * 2
    assert series["year"].tolist() == [2022, 2023, 2024] * 4
    assert series["division"].tolist() == ["2018", "2018", "2025"] * 4
    assert series["value"].tolist()[:4] == pytest.approx([0.20, 0.22, 0.24, 0.40])
    assert series.loc[0, ["label", "caution", "n_units"]].tolist() == ["Uppsala", "few_areas", 3]


def test_numbers_come_from_the_tables_of_their_year(reader: Reader) -> None:
    catalogue = load_catalogue()

    def sources(year: int) -> list[str]:
        selection = view("kommun", year, indicator="lower_secondary")
        found = queries.provenance(
            reader.cursor, selection, catalogue=catalogue, snapshot=reader.snapshot
        )
        assert found.snapshot is reader.snapshot
        return [source.source_id for source in found.sources]

    assert sources(2023) == ["TAB5956"]
    assert sources(2024) == ["TAB6534"]


def test_a_source_has_its_dates(reader: Reader) -> None:
    (source,) = queries.sources(reader.cursor, ["TAB6685"])
    assert source.updated == date(2025, 6, 4)
    assert source.retrieved == datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
    assert source.licence == "CC0"


def test_boundaries_come_in_the_order_asked_for(reader: Reader) -> None:
    ids = [FLOGSTA, WITHOUT_BOUNDARY, "0114"]
    first, second, third = queries.boundaries(reader.cursor, ids)
    assert first
    assert second is None
    assert third
    assert first != third
