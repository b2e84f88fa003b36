"""Area types on the tiny country: shares, moves and indicators that are reckoned by hand."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from barometer import queries
from barometer.queries.area_types import (
    approximation_agreement,
    indicator_by_type,
    recomputed_types,
    type_agreement,
    type_changes,
    type_moves,
    type_shares,
)
from barometer.selection.area_types import TypeView
from barometer.store import Cursor, Reader, Store
from tests.snapshots import publish_snapshot
from tests.typed_snapshot import publish_typed

AGAIN = TypeView("00", 2023, 2022, "low_standard_children")
ACROSS = TypeView("00", 2024, 2022, "low_standard_children")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("typed")
    publish_typed(folder)
    return Store(folder)


def moved(table: pd.DataFrame) -> dict[tuple[int, int], tuple[int, float]]:
    return {
        (int(r["from_type"]), int(r["to_type"])): (int(r["n_areas"]), float(r["residents"]))
        for r in table.to_dict("records")
    }


def changes(cursor: Cursor, view: TypeView) -> pd.DataFrame:
    return type_changes(cursor, view, ours=recomputed_types(cursor, view.year))


def test_shares_of_a_year_make_a_hundred_and_weigh_areas_and_residents_apart(
    cursor: Cursor,
) -> None:
    shares = type_shares(cursor, AGAIN)
    sums = shares.groupby("year")[["area_share", "resident_share"]].sum()
    assert sums.to_numpy() == pytest.approx(100)
    first = shares[(shares["year"] == 2023) & (shares["type"] == 1)].iloc[0]
    assert first["n_areas"] == 2
    assert first["area_share"] == pytest.approx(100 * 2 / 7)
    assert first["residents"] == 700
    assert first["resident_share"] == pytest.approx(100 * 700 / 2400)
    assert set(shares.loc[shares["year"] == 2024, "division"]) == {"2025"}


def test_a_place_has_its_own_areas_only(cursor: Cursor) -> None:
    shares = type_shares(cursor, replace(AGAIN, area="0114"))
    assert shares[shares["year"] == 2023]["n_areas"].sum() == 2
    county = type_shares(cursor, replace(AGAIN, area="03"))
    assert county[county["year"] == 2023]["residents"].sum() == 1000


def test_moves_with_the_same_borders_count_areas_and_their_residents(cursor: Cursor) -> None:
    assert moved(type_moves(cursor, AGAIN)) == {
        (1, 1): (2, 700),
        (1, 2): (2, 600),
        (2, 3): (1, 200),
        (3, 3): (1, 400),
        (4, 4): (1, 500),
    }


def test_moves_across_the_divisions_go_by_the_crosswalk(cursor: Cursor) -> None:
    across = moved(type_moves(cursor, ACROSS))
    assert across == {
        (1, 1): (1, 500),
        (1, 2): (2, 800),  # Gottsunda's residents are carried, the area is not counted
        (2, 3): (1, 200),
        (3, 4): (1, 400),
        (4, 5): (1, 500),
    }
    assert sum(residents for _, residents in across.values()) == 2400


def test_areas_that_changed_type_come_in_the_order_asked_for(cursor: Cursor) -> None:
    found = changes(cursor, AGAIN)
    assert found["area_id"].tolist() == ["0380R002_SYN", "0114R001_SYN", "0114R002_SYN"]
    by_size = changes(cursor, TypeView("00", 2023, 2022, "employed", sort="-residents"))
    assert by_size["residents"].tolist() == [400, 200, 200]
    assert found[["first", "second"]].to_numpy().tolist() == [[1, 2], [1, 2], [2, 3]]


def test_across_the_divisions_only_unchanged_borders_are_listed(cursor: Cursor) -> None:
    found = changes(cursor, ACROSS)
    assert len(found) == 5
    assert "0380R004_SYN_RegSO2025" not in found["area_id"].tolist()
    assert set(found["division"]) == {"2025"}


def test_our_own_types_are_beside_the_official(reader: Reader) -> None:
    ours = recomputed_types(reader.cursor, 2023)
    assert len(ours) == 7
    assert ours["recomputed"].between(1, 5).all()
    rate, n = type_agreement(recomputed_types(reader.cursor, 2023))
    same = (ours["official"] == ours["recomputed"]).mean()
    assert (rate, n) == (pytest.approx(same), 7)


def test_the_approximation_is_held_against_the_regso_that_is_one_deso(
    reader: Reader, tmp_path: Path
) -> None:
    """Two RegSO are left with one DeSO each, of which one has another type."""
    assert approximation_agreement(reader.cursor, 2023)[1] == 0
    path = publish_snapshot(tmp_path)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        pairs = connection.execute(
            "SELECT list_sort(list(area_id)) FROM areas WHERE level = 'deso' AND division = '2018' "
            "GROUP BY parent_id ORDER BY ALL LIMIT 2"
        ).fetchall()
        for ((_, *others),) in pairs:
            connection.execute("DELETE FROM areas WHERE list_contains(?, area_id)", [others])
        connection.execute(
            "UPDATE indicator_values SET value = CASE WHEN area_id = '0114R002_SYN' THEN 4 ELSE 3 "
            "END WHERE indicator_id IN ('area_type', 'deso_area_type')"
        )
    with Store(tmp_path).reader() as changed:
        assert approximation_agreement(changed.cursor, 2023) == (0.5, 2)


def test_without_the_parts_there_is_no_agreement(tmp_path: Path) -> None:
    publish_snapshot(tmp_path)
    with Store(tmp_path).reader() as reader:
        rate, n = type_agreement(recomputed_types(reader.cursor, 2023))
        assert n == 0
        assert rate != rate
        offer = reader.once(queries.offer)
        view = TypeView.from_query("?year=2023", offer=offer).view
        assert changes(reader.cursor, view)["recomputed"].isna().all()


def test_a_share_by_type_is_persons_over_persons(cursor: Cursor) -> None:
    table = indicator_by_type(cursor, AGAIN).set_index(["year", "type"])
    assert table.loc[(2023, 1), "value"] == pytest.approx(100 * 300 / 700)
    assert table.loc[(2023, 0), "value"] == pytest.approx(100 * 590 / 2400)
    assert set(table["how"]) == {"aggregate"}


def test_missing_values_by_type_are_counted_with_and_without_a_row(cursor: Cursor) -> None:
    table = indicator_by_type(cursor, ACROSS).set_index(["year", "type"])
    assert table.loc[(2024, 2), "n_missing"] == 1  # suppressed
    assert table.loc[(2024, 3), "n_missing"] == 1  # no row
    assert table.loc[(2024, 0), "n_missing"] == 2
    assert pd.isna(table.loc[(2024, 3), "value"])


def test_a_median_by_type_is_weighted_and_persons_are_added(cursor: Cursor) -> None:
    medians = indicator_by_type(cursor, TypeView("00", 2023, 2022, "median_standard"))
    assert set(medians["how"]) == {"weighted"}
    first = medians[(medians["year"] == 2023) & (medians["type"] == 1)]["value"].iloc[0]
    assert first == pytest.approx((500 * (300 - 2 * 42) + 200 * (300 - 2 * 45)) / 700)
    people = indicator_by_type(cursor, TypeView("00", 2023, 2022, "population"))
    assert set(people["how"]) == {"sum"}
    assert people[(people["year"] == 2023) & (people["type"] == 0)]["value"].iloc[0] == 2400
