"""Own areas are made of the figures of what they consist of: nothing lost, nothing invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from barometer import queries
from barometer.catalogue import load_catalogue
from barometer.indices import segregation
from barometer.queries.own_areas import with_own_areas
from barometer.queries.profiles import segregation_table
from barometer.selection.measures import UnitLevel
from barometer.store import Reader, read_snapshot
from tests.snapshots import build_snapshot

CATALOGUE = load_catalogue()
SUFFIX = "_SYN_DeSO2025"
UPPSALA = [f"0380A00{n}" for n in (11, 12, 21, 22, 41, 42)]  # every DeSO of 2025
NAME = "barometer-20261122-synthetic-0123ab.duckdb"
VALUES = """
    SELECT area_id, value, numerator, denominator, CAST(status AS VARCHAR) AS status,
        CAST(summed_by AS VARCHAR) AS summed_by
    FROM indicator_values
    WHERE indicator_id = $indicator AND background = 'all' AND area_id IN (SELECT unnest($ids))
        AND year = $year
    ORDER BY area_id
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:

    return build_snapshot(tmp_path_factory.mktemp("own") / NAME)


@contextmanager
def laid(path: Path, *tokens: str, language: str = "sv") -> Iterator[Reader]:
    with (
        read_snapshot(path) as bare,
        with_own_areas(
            bare, tokens, catalogue=CATALOGUE, language="en" if language == "en" else "sv"
        ) as reader,
    ):
        yield reader


def own(*codes: str, name: str = "") -> str:
    return "own:" + ".".join(sorted(codes)) + SUFFIX + (f":{name}" if name else "")


def values(reader: Reader, indicator: str, *ids: str, year: int = 2024) -> pd.DataFrame:
    return reader.cursor.execute(
        VALUES, {"indicator": indicator, "ids": list(ids), "year": year}
    ).df()


@st.composite
def partitions(draw: st.DrawFn) -> list[list[str]]:
    places = draw(st.lists(st.integers(0, 3), min_size=len(UPPSALA), max_size=len(UPPSALA)))
    parts: dict[int, list[str]] = {}
    for code, place in zip(UPPSALA, places, strict=True):
        parts.setdefault(place, []).append(code)
    return list(parts.values())


@given(partition=partitions())
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_partition_of_a_kommun_sums_to_the_kommun(
    path: Path, partition: list[list[str]]
) -> None:
    tokens = [own(*part) for part in partition]
    with laid(path, *tokens) as reader:
        parts = values(reader, "low_standard_children", *tokens)
        whole = values(reader, "low_standard_children", "0380")
        people = reader.cursor.execute(
            "SELECT sum(population) FROM areas WHERE area_id IN (SELECT unnest($ids))",
            {"ids": tokens},
        ).fetchall()
    assert len(parts) == len(tokens)
    for column in ("numerator", "denominator"):
        assert parts[column].sum() == pytest.approx(whole[column].sum())
    shares = 100 * parts["numerator"] / parts["denominator"]
    assert parts["value"].to_numpy() == pytest.approx(shares.to_numpy())
    assert people == [(1000,)]


def test_splitting_and_joining_give_the_same_figures(path: Path) -> None:
    joined, first, second = own(*UPPSALA[:4]), own(*UPPSALA[:2]), own(*UPPSALA[2:4])
    with laid(path, joined, first, second) as reader:
        found = values(reader, "foreign_background", joined, first, second).set_index("area_id")
        groups = reader.cursor.execute(
            """
            SELECT area_id, counts FROM group_counts
            WHERE grouping_id = 'birth_region' AND year = 2024 AND area_id IN (SELECT unnest($ids))
            """,
            {"ids": [joined, first, second]},
        ).fetchall()
    counts = {area_id: np.array(own_counts) for area_id, own_counts in groups}
    assert found.loc[joined, "numerator"] == found.loc[[first, second], "numerator"].sum()
    assert counts[joined] == pytest.approx(counts[first] + counts[second])


def test_a_single_area_is_itself_and_its_figure_stands_as_published(path: Path) -> None:
    with laid(path, own("0380A0011")) as reader:
        alone = values(reader, "low_standard_children", own("0380A0011"))
        itself = values(reader, "low_standard_children", f"0380A0011{SUFFIX}")
    pd.testing.assert_frame_equal(alone.drop(columns="area_id"), itself.drop(columns="area_id"))


def test_the_largest_areas_that_have_a_figure_are_summed(path: Path) -> None:
    regso = "own:0380R001.0380R002_SYN_RegSO2025"
    with laid(path, regso) as reader:
        assert values(reader, "foreign_background", regso)["summed_by"].tolist() == ["regso"]


def test_a_hole_in_one_part_is_a_hole_in_the_sum_with_its_reason(path: Path) -> None:
    holed, whole = own("0114A0011", "0380A0011"), own("0380A0011", "0380A0021")
    with laid(path, holed, whole) as reader:
        found = values(reader, "low_standard_children", holed, whole).set_index("area_id")
    assert np.isnan(found.loc[holed, "value"])
    assert np.isnan(found.loc[holed, "numerator"])
    assert found.loc[holed, "status"] == "suppressed"
    assert found.loc[whole, "value"] > 0


def test_medians_and_means_are_withheld_with_the_reason(path: Path) -> None:
    several, single = own(*UPPSALA[:3]), own(UPPSALA[0])
    with laid(path, several, single) as reader:
        found = values(reader, "median_standard", several, single).set_index("area_id")
    assert np.isnan(found.loc[several, "value"])
    assert found.loc[several, "status"] == "cannot_be_summed"
    assert found.loc[single, "value"] > 0


def test_indices_of_an_own_area_are_those_of_the_library_on_its_deso(path: Path) -> None:
    token = own(*UPPSALA)
    with laid(path, token) as reader:
        queries.measure_own(reader, ["foreign_background"], catalogue=CATALOGUE)
        rows = reader.cursor.execute(
            """
            SELECT index_id, value, expected, low, high, n_units FROM index_values
            WHERE container_id = $id AND unit_level = 'deso' AND year = 2024
            """,
            {"id": token},
        ).df()
        table = reader.cursor.execute(
            """
            SELECT numerator, denominator - numerator FROM estimated_counts
            WHERE indicator_id = 'foreign_background' AND background = 'all' AND year = 2024
                AND level = 'deso' AND area_id LIKE '0380%'
            """
        ).fetchall()
    by_id = rows.set_index("index_id")
    ids = ("dissimilarity", "gini", "information_theory", "isolation")
    expected = segregation(np.array(table), indices=ids)
    for index_id in ids:
        assert by_id.loc[index_id, "value"] == pytest.approx(expected[index_id].item(), abs=1e-9)
    headline = by_id.loc["dissimilarity"]
    assert headline["low"] <= headline["value"] <= headline["high"]
    assert 0 < headline["expected"] < headline["value"]
    assert headline["n_units"] == len(table)


def test_the_outline_is_the_union_of_the_parts_and_lies_where_they_lie(path: Path) -> None:
    token = own("0380A0011", "0380A0012")
    with laid(path, token) as reader:
        ((wkb, west, east),) = reader.cursor.execute(
            "SELECT geometry, west, east FROM areas WHERE area_id = $id", {"id": token}
        ).fetchall()
        parts = reader.cursor.execute(
            "SELECT geometry FROM areas WHERE area_id LIKE '0380A001__SYN_DeSO2025'"
        ).fetchall()
        inside = queries.children(reader.cursor, token, level="deso", year=2024)
    whole = shapely.from_wkb(bytes(wkb))
    union = shapely.union_all([shapely.from_wkb(bytes(part)) for (part,) in parts])
    assert whole.area == pytest.approx(union.area)
    assert west < east
    assert inside["area_id"].tolist() == [f"0380A0011{SUFFIX}", f"0380A0012{SUFFIX}"]


def test_it_is_named_by_its_name_or_by_what_it_consists_of(path: Path) -> None:
    tokens = [
        own("0380A0011", "0380A0012"),
        own("0380A0021", "0380A0022"),
        own("0380A0041", name="Norr"),
    ]
    with laid(path, *tokens) as reader:
        labels = [area.label for area in queries.laid_over(reader)]
    with laid(path, tokens[0], language="en") as reader:
        english = [area.label for area in queries.laid_over(reader)]
    assert labels == ["Eget område, 2 DeSO (1)", "Eget område, 2 DeSO (2)", "Norr"]
    assert english == ["Own area, 2 DeSO"]


def test_what_the_snapshot_lacks_is_left_out_and_named(path: Path) -> None:
    with laid(path, own("0380A0011", "0380A9999"), own("0999A0001")) as reader:
        known, unknown = queries.laid_over(reader)
        offer = queries.offer_of(reader)
    assert [fault.given for fault in known.faults] == [f"0380A9999{SUFFIX}"]
    assert known.token in offer.areas
    assert (unknown.token, [fault.kind for fault in unknown.faults]) == ("", ["unknown"])


def test_what_is_kept_for_everybody_never_has_somebodys_area_in_it(path: Path) -> None:
    token = own("0380A0011", "0380A0012")
    with read_snapshot(path) as bare:
        with with_own_areas(bare, [token], catalogue=CATALOGUE, language="sv") as reader:
            assert token in queries.offer_of(reader).areas
            assert token not in reader.once(queries.offer).areas
        assert token not in queries.offer_of(bare).areas
        assert queries.area(bare.cursor, token) is None


def test_a_median_of_areas_together_lies_between_theirs(
    path: Path,
) -> None:
    token, alone = own(*UPPSALA[:3]), own(UPPSALA[0])
    asked = {"indicators": ["median_standard", "mean_standard"], "year": 2030}
    with laid(path, token, alone) as reader:
        parts = values(reader, "median_standard", *(f"{c}{SUFFIX}" for c in UPPSALA[:3]))
        found = queries.bounds(reader.cursor, token, **asked)
        single = queries.bounds(reader.cursor, alone, **asked)
    assert found == [("median_standard", 2024, parts["value"].min(), parts["value"].max())]
    assert single == []


@pytest.mark.parametrize("units", ["regso", "deso"])
def test_the_page_of_a_place_measures_as_the_tables_do(path: Path, units: UnitLevel) -> None:
    """Computed for one page, or stored for the request: the same rows of the same year."""
    token = own(*UPPSALA, name="Uppsala")
    asked: dict[str, Any] = {"groupings": ("low_standard_children", "foreign_background")}
    asked |= {"year": 2030, "units": units}
    with laid(path, token) as reader:
        computed = queries.own_segregation(reader, (token, "Uppsala"), catalogue=CATALOGUE, **asked)
        queries.measure_own(reader, asked["groupings"], catalogue=CATALOGUE)
        stored = segregation_table(reader.cursor, **asked, area_id=token)
    assert len(stored) == len(asked["groupings"])
    pd.testing.assert_frame_equal(computed, stored, check_dtype=False, check_categorical=False)
