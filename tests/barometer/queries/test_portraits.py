"""A place beside its like: which years are read, and what the numbers are."""

from pathlib import Path

import pytest

from barometer import queries
from barometer.catalogue import load_catalogue
from barometer.queries.neighbours import neighbours
from barometer.queries.portraits import Portrait, portrait, requested_series
from barometer.queries.profiles import level_table
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


def test_a_place_beside_what_it_lies_in_and_its_like(path: Path) -> None:
    rows = portray(path, "0380R002_SYN_RegSO2025", 2024).rows.set_index("indicator_id")
    row = rows.loc["low_standard_children"]
    # Of the seven RegSO of 2025 two lack a value: 30 %, 7,5 %, 30 % in Uppsala, 40 % and 4 % in
    # Stockholm; 210 of 1 000 in the kommun and the län.
    assert (row["value"], row["kommun"], row["lan"]) == (30.0, 21.0, 21.0)
    assert (row["n_areas"], row["n_lower"], row["median"]) == (5, 2, 30.0)
    assert row["score"] == 0
    assert row["year"] == 2024


def test_similar_areas_are_at_most_a_third_of_the_others(path: Path) -> None:
    made = portray(path, "0380R002_SYN_RegSO2025", 2024, alike=("low_standard_children",))
    found = [made.table.area_ids[row] for row in made.alike.rows]
    assert found == ["0380R004_SYN_RegSO2025", "0180R001_SYN_RegSO2025"]
    assert made.alike.distance[0] == 0
    assert (made.alike.n_compared, made.alike.n_left_out) == (4, 2)


def test_numbers_of_people_are_compared_as_logarithms(path: Path) -> None:
    made = portray(path, "0380R002_SYN_RegSO2025", 2024, alike=("population",))
    column = made.table.figures[:, made.table.indicator_ids.index("population")]
    assert sorted(column) == [200, 200, 200, 400, 400, 500, 500]
    # 400 is as far from 200 as 200 is from 100, and nearer to 500.
    assert [column[row] for row in made.alike.rows] == [400, 500]


def test_the_table_knows_rows_and_columns(path: Path) -> None:
    with read_snapshot(path) as reader:
        table = level_table(
            reader.cursor, level="kommun", division="admin", requested=(("older", 2024),)
        )
    assert table.row("0380") == 2
    assert table.row("9999") is None
    assert table.column("older") == 0
    assert table.column("children") is None
    assert table.counts.tolist() == [0]


def test_neighbours_share_a_border_in_their_own_division(path: Path) -> None:
    with read_snapshot(path) as reader:
        of_flogsta = neighbours(reader.cursor, "0380R002_SYN")
        of_none = neighbours(reader.cursor, WITHOUT_BOUNDARY)
    assert of_flogsta["area_id"].tolist() == ["0380R003_SYN", "0380R001_SYN"]
    assert of_none.empty
