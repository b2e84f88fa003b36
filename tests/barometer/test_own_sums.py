"""The statements that sum own areas, held against sums by hand: no part is lost or made up.

Every part is a DeSO whose row may be there with a count, without one, or not at all, and that lies
in the own area with all of its residents or with a share of them.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barometer.areas import COUNTS_SQL, RULES_TABLE, VALUES_SQL, area_row
from barometer.snapshot import schema_sql

LEAST: Final = 20
VALUES: Final = VALUES_SQL.format(values="indicator_values", members="memberships")
COUNTS: Final = COUNTS_SQL.format(counts="group_counts", members="memberships")
HERE: Final = ("deso", "2025")

Part = tuple[int | None, int, float] | None
"""Numerator and denominator of a part, and its weight; None where it has no row."""
COUNTED: Final = st.tuples(st.integers(0, 9), st.integers(1, 30), st.sampled_from((1.0, 0.5)))
HOLED: Final = st.tuples(st.none(), st.integers(1, 30), st.just(1.0))
PARTS: Final = st.lists(
    st.one_of(COUNTED, COUNTED, COUNTED, COUNTED, HOLED, st.none()), min_size=2, max_size=4
)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(schema_sql())
        con.execute(RULES_TABLE)
        con.executemany(
            "INSERT INTO own_rules VALUES (?, 0, 9999, ?, ?, ?)",
            [("share", "ratio", 100, LEAST), ("people", "count", 1, 0)],
        )
        yield con


def summed(con: duckdb.DuckDBPyConnection, parts: list[Part], indicator: str) -> dict[str, Any]:
    """The row of the own area "own" of some parts; empty where there is none."""
    con.execute("DELETE FROM indicator_values; DELETE FROM memberships")
    for number, part in enumerate(parts):
        count, everybody, weight = part or (None, 0, 1.0)
        area = f"0380A{number:04}"
        con.execute("INSERT INTO memberships VALUES ('own', ?, ?, ?, ?)", [area, *HERE, weight])
        if part is None:
            continue
        is_share = indicator == "share"
        value = count if count is None or not is_share else 100 * count / everybody
        status = None if count is not None else "suppressed"
        counts = (count, everybody) if is_share else (None, None)
        con.execute(
            "INSERT INTO indicator_values VALUES (?, 'all', ?, ?, ?, 2024, ?, ?, ?, ?, NULL)",
            [indicator, area, HERE[1], HERE[0], value, *counts, status],
        )
    rows = con.execute(VALUES).df().astype(object).where(lambda df: df.notna(), None)
    return dict(rows.iloc[0]) if len(rows) else {}


def total(parts: list[Part], place: int) -> float | None:
    """The weighted sum of numerators (0) or denominators (1); None where one is not known."""
    known = [(part[place], part[2]) for part in parts if part and part[place] is not None]
    return sum(n * w for n, w in known) if len(known) == len(parts) else None


@given(parts=PARTS)
@settings(max_examples=40, deadline=None)
def test_a_share_is_made_of_all_counts_or_of_none(con, parts: list[Part]) -> None:
    found = summed(con, parts, "share")
    count, everybody = total(parts, 0), total(parts, 1)
    if all(part is None for part in parts):
        assert found == {}
        return
    assert (found["numerator"], found["denominator"]) == (count, everybody)
    if count is None or everybody is None:
        assert (found["value"], found["status"] is not None) == (None, True)
    elif everybody < LEAST:
        assert (found["value"], found["status"]) == (None, "too_few")
    else:
        assert found["value"] == pytest.approx(100 * count / everybody)
        assert (found["status"], found["summed_by"]) == (None, "deso")


@given(parts=PARTS)
@settings(max_examples=40, deadline=None)
def test_a_number_of_people_is_the_sum_of_all_or_none(con, parts: list[Part]) -> None:
    found = summed(con, parts, "people")
    if all(part is None for part in parts):
        assert found == {}
        return
    assert found["value"] == total(parts, 0)
    assert (found["status"] is None) == (found["value"] is not None)


def test_groups_are_summed_each_by_itself(con) -> None:
    """Two parts in every way that a count can be there, missing, or its whole row away."""
    ways = [(4.0, 1.0, 2.0), (float("nan"), 1.0, 2.0), None]
    for first, second in product(ways, ways):
        con.execute("DELETE FROM group_counts; DELETE FROM memberships")
        weights = (1.0, 0.5)
        for area, counts, weight in zip(("a", "b"), (first, second), weights, strict=True):
            con.execute("INSERT INTO memberships VALUES ('own', ?, ?, ?, ?)", [area, *HERE, weight])
            if counts:
                con.execute(
                    "INSERT INTO group_counts VALUES ('origin', ?, ?, ?, 2024, ?, NULL)",
                    [area, HERE[1], HERE[0], list(counts)],
                )
        rows = con.execute(f"SELECT counts FROM ({COUNTS})").fetchall()
        if first is None or second is None:
            assert rows == []
        else:
            expected = [one + 0.5 * other for one, other in zip(first, second, strict=True)]
            assert rows[0][0] == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("is_holed", [True, False])
def test_the_larger_areas_are_summed_where_they_have_what_smaller_ones_lack(con, is_holed) -> None:
    """A RegSO of two DeSO, in numbers that tell which were summed."""
    con.execute("DELETE FROM group_counts; DELETE FROM memberships")
    missing = float("nan") if is_holed else 3.0
    areas = {"a": ("deso", [1.0, 2.0]), "b": ("deso", [missing, 4.0]), "c": ("regso", [9.0, 9.0])}
    for area, (level, counts) in areas.items():
        con.execute("INSERT INTO memberships VALUES ('own', ?, ?, '2025', 1)", [area, level])
        con.execute(
            "INSERT INTO group_counts VALUES ('origin', ?, '2025', ?, 2024, ?, NULL)",
            [area, level, counts],
        )
    assert con.execute(f"SELECT counts FROM ({COUNTS})").fetchall() == [([9.0, 9.0],)]
    con.execute("UPDATE group_counts SET counts = [9.0, 'nan'::DOUBLE] WHERE area_id = 'c'")
    if not is_holed:
        assert con.execute(f"SELECT counts FROM ({COUNTS})").fetchall() == [([4.0, 6.0],)]


def test_residents_and_land_of_parts_are_summed_if_all_are_known() -> None:
    sides = {side: [0.0, 1.0] for side in ("west", "south", "east", "north")}
    parts = pd.DataFrame(
        {"kommun_id": ["0180"] * 2, "lan_id": ["01"] * 2, "geometry": [None] * 2, **sides}
        | {"population": [100, 20], "land_area_km2": [1.5, 2.0]}
    )
    row = area_row("own:x", "X", parts, since=2018)
    assert (row["population"], row["land_area_km2"]) == (120, 3.5)
    assert (row["parent_id"], row["west"], row["east"]) == ("0180", 0, 1)
    unknown = parts.assign(population=[100, None], land_area_km2=[1.5, None])
    row = area_row("own:x", "X", unknown, since=2018)
    assert row["population"] is None
    assert pd.isna(row["land_area_km2"])
