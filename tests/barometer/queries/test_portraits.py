"""A place beside its like: which years are read, and what the numbers are."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from barometer import queries
from barometer.catalogue import load_catalogue
from barometer.queries.places import neighbours
from barometer.queries.portraits import Portrait, portrait, requested_series, similar_areas
from barometer.queries.profiles import LevelTable, level_table
from barometer.selection import Offer
from barometer.selection.profiles import Profile, namesake
from barometer.store import read_snapshot
from tests.snapshots import WITHOUT_BOUNDARY, publish_snapshot

CATALOGUE = load_catalogue()
OFFER = Offer(
    years={
        ("net_moves", "regso"): (2022, 2023),
        ("children", "regso"): (2022, 2023, 2024),
        ("older", "kommun"): (2015, 2020),
    },
    backgrounds={},
    areas=frozenset(),
    names={},
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_snapshot(tmp_path_factory.mktemp("data") / "published")


def portray(path: Path, area_id: str, year: int, **chosen: tuple[str, ...]) -> Portrait:
    with read_snapshot(path) as reader:
        offer = reader.once(queries.offer)
        profile = Profile(area_id, year, **chosen)
        area = queries.area(reader.cursor, area_id)
        assert area
        return portrait(
            reader,
            profile,
            area=area,
            namesake=namesake(profile, offer),
            offer=offer,
            catalogue=CATALOGUE,
        )


def test_a_figure_of_the_other_division_is_never_read() -> None:
    new = requested_series(OFFER, level="regso", division="2025", year=2024)
    old = requested_series(OFFER, level="regso", division="2018", year=2023)
    assert new == (("children", 2024),)
    assert old == (("net_moves", 2023), ("children", 2023))


def test_an_indicator_has_its_last_year_up_to_the_asked_one() -> None:
    assert requested_series(OFFER, level="kommun", division="admin", year=2024) == (
        ("older", 2020),
    )
    assert requested_series(OFFER, level="kommun", division="admin", year=2019) == (
        ("older", 2015),
    )
    assert requested_series(OFFER, level="kommun", division="admin", year=2014) == ()


def test_a_year_that_few_areas_have_counts_where_the_place_has_it() -> None:
    few = replace(OFFER, sparse=frozenset({("older", "kommun", 2020)}))
    asked = {"level": "kommun", "division": "admin", "year": 2024}
    assert requested_series(few, **asked) == (("older", 2015),)
    assert requested_series(few, **asked, known={("older", 2020)}) == (("older", 2020),)


def test_a_place_beside_what_it_lies_in_and_its_like(path: Path) -> None:
    rows = portray(path, "0380R002_SYN_RegSO2025", 2024).rows.set_index("indicator_id")
    row = rows.loc["low_standard_children"]
    # Of the seven RegSO of 2025 two lack a value: 30 %, 7,5 %, 30 % in Uppsala, 40 % and 4 % in
    # Stockholm; 210 of 1 000 in the kommun, which is all of its län.
    assert (row["value"], row["kommun"]) == (30.0, 21.0)
    assert np.isnan(row["lan"])
    assert (row["n_areas"], row["n_lower"], row["median"]) == (5, 2, 30.0)
    assert row["score"] == 0
    assert row["year"] == 2024


def ladder() -> LevelTable:
    """Ten areas in three indicators: 100 residents doubled from one to the next, and two shares."""
    steps = np.arange(10.0)
    figures = np.column_stack([100 * 2**steps, 10 + steps, 50 - steps])
    return LevelTable(
        area_ids=tuple(f"a{n}" for n in range(10)),
        labels=tuple(f"A{n}" for n in range(10)),
        indicator_ids=("population", "low_standard", "employed"),
        years=(2024, 2024, 2024),
        figures=figures,
        scores=np.zeros_like(figures),
        scale=np.ones((2, 3)),
        quantiles=np.zeros((7, 3)),
        counts=np.full(3, 10),
    )


def test_similar_areas_are_at_most_a_third_of_the_others() -> None:
    """Numbers of people are compared as logarithms: twice as many is as far for all."""
    ids = ("population", "low_standard", "employed")
    found = similar_areas(ladder(), "a5", indicator_ids=ids, catalogue=load_catalogue())
    assert set(found.rows[:2].tolist()) == {4, 6}
    assert len(found.rows) == 3
    assert found.distance[0] == pytest.approx(found.distance[1])
    assert np.abs(found.apart[0]).tolist() == pytest.approx([found.distance[0]] * 3)


def test_likeness_takes_three_indicators_and_half_of_those_chosen(path: Path) -> None:
    ids = ("population", "low_standard", "employed")
    chosen = (*ids, "children", "older", "rented", "lower_secondary")
    for asked in (ids[:2], chosen):
        found = similar_areas(ladder(), "a5", indicator_ids=asked, catalogue=load_catalogue())
        assert not found.enough
    made = portray(path, "0380R002_SYN_RegSO2025", 2024, alike=("low_standard_children",))
    assert not len(made.alike.rows)


def test_the_table_knows_rows_and_columns(path: Path) -> None:
    with read_snapshot(path) as reader:
        table = level_table(reader, level="kommun", division="admin", requested=(("older", 2024),))
    assert table.row("0380") == 2
    assert table.row("9999") is None
    assert table.column("older") == 0
    assert table.column("children") is None
    assert table.counts.tolist() == [0]


def test_every_figure_of_a_table_stands_at_its_area_and_indicator(path: Path) -> None:
    requested = (("low_standard_children", 2024), ("population", 2024), ("employed", 2023))
    with read_snapshot(path) as reader:
        table = level_table(reader, level="regso", division="2025", requested=requested)
        stored = reader.cursor.execute(
            "SELECT area_id, indicator_id, year, value FROM indicator_values"
            " WHERE background = 'all' AND level = 'regso' AND division = '2025'"
        ).fetchall()
    placed = {
        (area_id, *asked): value
        for area_id, row in zip(table.area_ids, table.figures.tolist(), strict=True)
        for asked, value in zip(requested, row, strict=True)
        if value == value
    }
    known = {tuple(key): value for *key, value in stored if value is not None}
    assert placed == {key: value for key, value in known.items() if key[1:] in requested}
    assert len({area_id for area_id, *_ in placed}) > 1


def test_neighbours_share_a_border_in_their_own_division(path: Path) -> None:
    with read_snapshot(path) as reader:
        of_flogsta = neighbours(reader.cursor, "0380R002_SYN")
        of_none = neighbours(reader.cursor, WITHOUT_BOUNDARY)
    assert of_flogsta["area_id"].tolist() == ["0380R003_SYN", "0380R001_SYN"]
    assert of_none.empty
