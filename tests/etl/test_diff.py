from collections.abc import Iterator

import duckdb
import pytest

from barometer.snapshot import schema_sql
from etl.publish.diff import BEFORE, list_changes, store_changes


@pytest.fixture
def con(tmp_path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Two snapshots that are equal: one source, one indicator, two areas, one year."""
    before = str(tmp_path / "before.duckdb")
    with duckdb.connect(before) as old:
        fill(old)
    with duckdb.connect() as new:
        fill(new)
        new.execute(f"ATTACH '{before}' AS {BEFORE}")
        yield new


def fill(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(schema_sql())
    con.execute(
        """
        INSERT INTO sources VALUES
            ('TAB1', 'Folk', 'People', 'x', '2026-02-20T08:00:00Z', '2026-03-01', 2022, 2022,
             'CC0', 'SCB', [], 'scb');
        INSERT INTO areas (area_id, division, level, name, label, parent_id, valid_from) VALUES
            ('00', 'admin', 'riket', 'Riket', 'Riket', NULL, 2022),
            ('01', 'admin', 'lan', 'Län', 'Stockholms län', '00', 2022);
        INSERT INTO indicators VALUES
            ('share', 's', 'Andel', 'Share', 'd', 'd', 'percent', 1, ['TAB1']);
        INSERT INTO observations VALUES
            ('TAB1', '00', 'admin', 2022, '1', 1000, NULL, NULL),
            ('TAB1', '01', 'admin', 2022, '1', 500, NULL, NULL);
        INSERT INTO indicator_values VALUES
            ('share', 'all', '00', 'admin', 'riket', 2022, 10.0, 1, 10, NULL, NULL),
            ('share', 'all', '01', 'admin', 'lan', 2022, 20.0, 1, 5, NULL, NULL);
        """
    )


def changes(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    return {change.kind: (change.sv, change.en) for change in list_changes(con, compared=True)}


def test_equal_snapshots_have_no_changes(con) -> None:
    assert changes(con) == {}


def test_the_first_snapshot_says_so(con) -> None:
    (change,) = list_changes(con, compared=False)
    assert (change.kind, change.amount) == ("first", 2)
    assert change.en == "First data version: 2 figures."


def test_rows_are_counted_as_new_removed_and_changed(con) -> None:
    con.execute("UPDATE observations SET value = 501 WHERE area_id = '01'")
    con.execute("INSERT INTO observations VALUES ('TAB1', '01', 'admin', 2022, '2', 1, NULL, NULL)")
    con.execute("DELETE FROM observations WHERE area_id = '00'")
    assert changes(con) == {
        "rows": (
            "TAB1: 1 nya, 1 borttagna och 1 ändrade uppgifter.",
            "TAB1: 1 new, 1 removed and 1 changed figures.",
        )
    }


def test_a_new_year_is_news(con) -> None:
    con.execute("INSERT INTO observations VALUES ('TAB1', '00', 'admin', 2023, '1', 7, NULL, NULL)")
    assert changes(con)["year"] == ("Folk: nytt år 2023.", "People: new year 2023.")


def test_an_updated_source_is_named_with_its_date(con) -> None:
    con.execute("UPDATE sources SET updated = '2026-09-01T08:00:00Z'")
    assert changes(con)["source"] == (
        "Folk: uppdaterad av SCB 2026-09-01.",
        "People: updated by SCB 2026-09-01.",
    )


def test_a_new_and_a_removed_source_are_named(con) -> None:
    con.execute("UPDATE sources SET source_id = 'TAB2'")
    texts = [change.en for change in list_changes(con, compared=True)]
    assert texts[:2] == ["Removed: People.", "New source: People."]


def test_the_largest_movement_of_an_indicator_is_told_in_words(con) -> None:
    con.execute("UPDATE indicator_values SET value = 10.5 WHERE area_id = '00'")
    con.execute("UPDATE indicator_values SET value = 1234.5 WHERE area_id = '01'")
    assert changes(con)["values"] == (
        "Andel: 2 ändrade värden, mest i Stockholms län 2022 20,0 → 1\N{NO-BREAK SPACE}234,5.",
        "Share: 2 revised values, most in Stockholms län 2022 20.0 → 1,234.5.",
    )


def test_a_value_that_went_missing_is_told_without_numbers(con) -> None:
    con.execute("UPDATE indicator_values SET value = NULL, status = 'suppressed' WHERE year = 2022")
    assert changes(con)["values"][1] == "Share: 2 revised values, most in Riket 2022."


def test_changes_are_kept_in_order(con) -> None:
    con.execute("UPDATE sources SET updated = '2026-09-01'")
    con.execute("UPDATE observations SET value = 501 WHERE area_id = '01'")
    found = list_changes(con, compared=True)
    store_changes(con, found)
    store_changes(con, found)  # again: replaces
    rows = con.execute("SELECT position, kind, text_sv FROM changes ORDER BY position").fetchall()
    assert rows == [(0, "source", found[0].sv), (1, "rows", found[1].sv)]


def test_other_figures_of_a_redrawn_own_area_are_no_revision(con) -> None:
    before = f"INSERT INTO {BEFORE}.memberships"
    same = "VALUES ('own', '00', 'riket', 'admin', 1)"
    con.execute(f"{before} {same}; INSERT INTO memberships {same}")
    con.execute("UPDATE indicator_values SET value = 11 WHERE area_id = '01'")
    con.execute(
        "INSERT INTO areas (area_id, division, level, name, label, parent_id, valid_from)"
        " VALUES ('own', 'admin', 'own', 'Norr', 'Norr', '00', 2022)"
    )
    figure = "VALUES ('share', 'all', 'own', 'admin', 'own', 2022, {}, 1, 5, NULL, NULL)"
    con.execute(f"INSERT INTO {BEFORE}.indicator_values {figure.format(20)}")
    con.execute(f"INSERT INTO indicator_values {figure.format(90)}")
    assert "mest i Norr 2022 20,0 → 90,0" in changes(con)["values"][0]
    con.execute("INSERT INTO memberships VALUES ('own', '01', 'lan', 'admin', 1)")
    told = changes(con)
    assert "1 ändrade värden, mest i Stockholms län" in told["values"][0]
    assert told["redrawn"][0].startswith("Norr består av andra områden än förut.")
