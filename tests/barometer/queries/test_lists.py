"""Three lists told apart, and the reader's own limits with near misses marked."""

import duckdb
import pytest
import shapely

from barometer.catalogue import load_catalogue
from barometer.queries.lists import (
    has_list,
    judged_areas,
    listed_areas,
    outlines,
    police_areas,
    screened_areas,
)
from barometer.selection.lists import Limit
from tests.snapshots import fill

FLOGSTA, CENTRUM = "0380R002_SYN_RegSO2025", "0380R001_SYN_RegSO2025"


@pytest.fixture(scope="module")
def cursor():
    con = duckdb.connect()
    fill(con, load_catalogue())
    con.execute("DELETE FROM indicator_values WHERE indicator_id = 'area_type'")
    types = ((FLOGSTA, 1), (CENTRUM, 4))
    con.executemany(
        "INSERT INTO indicator_values (indicator_id, background, area_id, division, level, year, "
        "value) VALUES ('area_type', 'all', ?, '2025', 'regso', 2024, ?)",
        types,
    )
    listed = [("utanforskapets_karta", CENTRUM, "", "2024")]
    con.executemany("INSERT INTO listed_areas VALUES (?, ?, ?, ?)", listed)
    square = shapely.to_wkb(shapely.box(0, 0, 1, 1))
    con.execute(
        "INSERT INTO police_areas VALUES ('Gottsunda', 'Särskilt utsatt område', '0380', "
        "'2025-12-01', ?)",
        [square],
    )
    yield con
    con.close()


def test_an_area_can_be_on_one_list_and_not_on_the_other(cursor):
    found = listed_areas(cursor, area="0380", year=2024).set_index("area_id")
    assert set(found.index) == {FLOGSTA, CENTRUM}
    assert found.loc[FLOGSTA, "type"] == 1
    assert found["exclusion"].isna()[FLOGSTA]
    assert (found.loc[CENTRUM, "type"], found.loc[CENTRUM, "exclusion"]) == (4, "")
    assert has_list(cursor)
    assert listed_areas(cursor, area="0180", year=2024).empty


def test_a_listed_area_of_other_borders_stands_where_it_has_the_same(cursor):
    old = "0380R002_SYN"
    cursor.execute("BEGIN; DELETE FROM listed_areas; DELETE FROM crosswalk WHERE level = 'regso'")
    cursor.execute(
        "INSERT INTO listed_areas VALUES ('utanforskapets_karta', ?, 'stor', '2024')", [old]
    )
    apart = listed_areas(cursor, area="0380", year=2024).set_index("area_id")
    assert apart.loc[old, "exclusion"] == "stor"
    assert apart["exclusion"].isna()[FLOGSTA]
    cursor.execute(
        "INSERT INTO crosswalk VALUES (?, ?, 'regso', 1, 1, 'same', 'exact')", [old, FLOGSTA]
    )
    together = listed_areas(cursor, area="0380", year=2024).set_index("area_id")
    assert together.loc[FLOGSTA, ["type", "exclusion"]].tolist() == [1, "stor"]
    assert old not in together.index
    cursor.execute("ROLLBACK")


def test_a_police_area_marks_neither_regso_nor_kommun(cursor):
    assert police_areas(cursor, area="0380")["name"].tolist() == ["Gottsunda"]
    assert police_areas(cursor, area="00")["kommun"].tolist() == ["Uppsala"]
    assert police_areas(cursor, area="0180").empty
    listed = listed_areas(cursor, area="0380", year=2024)
    assert set(listed["area_id"]) == {FLOGSTA, CENTRUM}
    regso, police = outlines(cursor, kommun="0380", year=2024)
    assert (len(regso), len(police)) == (3, 1)


def test_limits_are_absolute_and_near_misses_are_marked(cursor):
    """Low standard of children 2024: Flogsta 120/400 = 30 %, Centrum 7.5 %, Rinkeby 40 %."""

    def verdicts(amount, *, area="00", sign=">"):
        limit = Limit("low_standard_children", sign, amount)
        found = screened_areas(cursor, [limit], years=[2024], area=area, level="regso")
        return dict(zip(found["label"].str.partition(" (")[0], found["verdict"], strict=True))

    # Margins: 4.5 points for Flogsta, 4.3 for Rinkeby, 6.4 for Nya Gottsunda (60/200 = 30 %).
    assert verdicts(20) == {
        "Flogsta-Ekeby": "within",
        "Nya Gottsunda": "within",
        "Rinkeby": "within",
    }
    assert verdicts(28)["Flogsta-Ekeby"] == "within_uncertain"
    assert verdicts(33)["Flogsta-Ekeby"] == "near"
    assert list(verdicts(35.5).items()) == [("Rinkeby", "within"), ("Nya Gottsunda", "near")]
    assert "Rinkeby" not in verdicts(28, area="0380")
    assert verdicts(8, area="0380", sign="<") == {"Uppsala centrum": "within_uncertain"}


def test_several_limits_hold_at_once(cursor):
    limits = [Limit("low_standard_children", ">", 20), Limit("foreign_background", "<", 70)]
    found = screened_areas(cursor, limits, years=[2024, 2024], area="00", level="regso")
    kept = dict(zip(found["label"].str.partition(" (")[0], found["verdict"], strict=True))
    assert kept == {"Flogsta-Ekeby": "within", "Nya Gottsunda": "within"}  # Rinkeby has 80 %
    n, whole = judged_areas(cursor, limits, years=[2024, 2024], area="00", level="regso")
    assert 0 < n < whole
    assert judged_areas(cursor, limits, years=[2024, 2020], area="00", level="regso")[0] == 0
    assert {"value_1", "margin_1", "value_2", "margin_2"} <= set(found)
