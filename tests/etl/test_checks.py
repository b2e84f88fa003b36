"""Each contract is broken on purpose, one at a time, on a small snapshot of the real schema."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from barometer.snapshot import schema_sql
from etl.publish import checks
from etl.publish.candidate import Candidate
from etl.publish.checks import ContractViolatedError, require_contracts
from etl.publish.diff import BEFORE

REGISTER = (
    ("00", "admin", "riket", None, None, None, 2020, None),
    ("01", "admin", "lan", "00", None, "01", 2020, None),
    ("0114", "admin", "kommun", "01", "0114", "01", 2020, None),
    ("0114R001", "2018", "regso", "0114", "0114", "01", 2020, 2023),
    ("0114A0010", "2018", "deso", "0114R001", "0114", "01", 2020, 2023),
    ("0114A0020", "2018", "deso", "0114R001", "0114", "01", 2020, 2023),
)
COUNTS = {"00": 50, "01": 50, "0114": 50, "0114R001": 50, "0114A0010": 20, "0114A0020": 30}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(schema_sql())
        fill(connection)
        yield connection


def fill(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "INSERT INTO snapshot VALUES ('x', now()::TIMESTAMP, '0', 1, 'x', 'synthetic', 'x', [], [])"
    )
    for area_id, division, level, parent, kommun, lan, first, last in REGISTER:
        con.execute(
            "INSERT INTO areas (area_id, division, level, name, label, parent_id, kommun_id, "
            "lan_id, valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [area_id, division, level, area_id, area_id, parent, kommun, lan, first, last],
        )
        con.execute(
            "INSERT INTO observations VALUES ('TAB1', ?, ?, 2022, 'x|1', ?, NULL, NULL)",
            [area_id, division, COUNTS[area_id]],
        )
        con.execute(
            "INSERT INTO indicator_values VALUES ('share', 'all', ?, ?, ?, 2022, 50, ?, ?, NULL, "
            "NULL)",
            [area_id, division, level, COUNTS[area_id], 2 * COUNTS[area_id]],
        )
        con.execute(
            "INSERT INTO group_counts VALUES ('parts', ?, ?, ?, 2022, [?, ?, ?], NULL)",
            [area_id, division, level, COUNTS[area_id], COUNTS[area_id], 0],
        )
    con.execute(
        "INSERT INTO sources VALUES "
        "('TAB1', 's', 's', 's', '2026', now()::TIMESTAMP, 2022, 2022, 'CC0', 'SCB', [], 'scb')"
    )
    con.execute(
        "INSERT INTO indicators VALUES ('share', 's', 's', 's', 's', 's', 'percent', 1, ['TAB1'])"
    )
    con.execute("INSERT INTO groupings VALUES ('parts', 'p', 'p', 'multigroup', ['a'], ['TAB1'])")
    con.execute("INSERT INTO indices VALUES ('d', 'd', 'd', 'two-group', 0, 1, 'f', 'r')")
    con.execute(
        "INSERT INTO index_values VALUES ('d', 'share', '0114', 'deso', '2018', 2022, 0.5, NULL, "
        "0.5, 0.4, 0.6, 2, 0, 50, 25, 1, NULL)"
    )


def test_a_sound_snapshot_breaks_nothing(con: duckdb.DuckDBPyConnection) -> None:
    require_contracts(Candidate(con, compared=False))


BROKEN = {
    "a crosswalk that loses somebody": (
        "INSERT INTO areas (area_id, division, level, name, label, parent_id, kommun_id, lan_id, "
        "valid_from) VALUES ('0114A0010_DeSO2025', '2025', 'deso', 'x', 'x', '0114', '0114', '01', "
        "2024); INSERT INTO crosswalk VALUES ('0114A0010', '0114A0010_DeSO2025', 'deso', 1, 0.9, "
        "'area', 'split')",
        "the crosswalk has 1 areas whose weights are not 1: 0114A0010 0.9",
    ),
    "a crosswalk to nowhere": (
        "INSERT INTO crosswalk VALUES ('0114A0010', '0114A0020', 'deso', 1, 1, 'same', 'exact')",
        "the crosswalk has 1 pairs of areas that are none: 0114A0010 0114A0020",
    ),
    "a cell twice": (
        "INSERT INTO observations FROM observations WHERE area_id = '0114'",
        "observations has source_id, variable_id, year with the same area more than once: TAB1",
    ),
    "an index twice": (
        "INSERT INTO index_values FROM index_values",
        "index_values has grouping_id",
    ),
    "figures of an unknown area": (
        "INSERT INTO observations VALUES ('TAB1', '0115', 'admin', 2022, 'x|1', 1, NULL, NULL)",
        "1 areas with figures are not in the register: TAB1 0115",
    ),
    "a shared label": (
        "UPDATE areas SET label = '0114A0010' WHERE area_id = '0114A0020'",
        "areas share a label: deso 2018 0114A0010",
    ),
    "a parent that is not there": (
        "UPDATE areas SET parent_id = '0114R009' WHERE area_id = '0114A0020'",
        "1 areas lie in no area above them: 0114A0020 0114R009",
    ),
    "a share over 100": (
        "UPDATE indicator_values SET value = 101 WHERE area_id = '0114A0020'",
        "1 shares outside 0-100: share 0114A0020 2022 101",
    ),
    "a negative count": (
        "UPDATE indicator_values SET numerator = -1 WHERE area_id = '0114A0020'",
        "1 negative counts: share 0114A0020 2022",
    ),
    "an index over 1": (
        "UPDATE index_values SET value = 1.5",
        "1 indices or intervals off range: d share 0114 2022 1.5",
    ),
    "an interval upside down": (
        "UPDATE index_values SET low = 0.7",
        "1 indices or intervals off range",
    ),
    "an interval without its estimate": (
        "UPDATE index_values SET estimate = NULL",
        "1 indices or intervals off range",
    ),
    "an interval that leaves the range": (
        "UPDATE index_values SET low = -0.01",
        "1 indices or intervals off range",
    ),
    "a zero outside its division's years": (
        "INSERT INTO observations VALUES ('TAB1', '0114A0010', '2018', 2024, 'x|1', 0, NULL, NULL)",
        "figures outside their division's years: TAB1 2018 2024 1",
    ),
    "a table of zeros": (
        "UPDATE observations SET value = 0",
        "tables and years with nothing but zeros: TAB1 2022",
    ),
    "a year without a figure": (
        "UPDATE observations SET value = NULL, status = 'suppressed'",
        "tables and years without a single figure: TAB1 2022",
    ),
    "a source without figures": ("DELETE FROM observations", "sources without figures: TAB1"),
    "an indicator without a value": (
        "UPDATE indicator_values SET value = NULL, status = 'suppressed'",
        "indicators without a value: share",
    ),
    "levels that do not add up": (
        "UPDATE indicator_values SET numerator = numerator + 20 WHERE level = 'regso'",
        "share 2022: the numerators of all regso add up to 70, riket has 50",
    ),
    "groups that do not add up": (
        "UPDATE group_counts SET counts = [1, 1, 1] WHERE level = 'riket'",
        "parts, riket 2022: the groups add up to 3 of 100",
    ),
    "more areas than SCB has": (
        "INSERT INTO areas (area_id, division, level, name, label, parent_id, lan_id, valid_from) "
        "SELECT 'L' || i, 'admin', 'lan', 'L' || i, 'L' || i, '00', 'L', 2020 "
        "FROM range(25) t(i)",
        "lan admin: 26 areas, expected 21",
    ),
    "too few areas in SCB's own country": (
        "UPDATE snapshot SET origin = 'scb'",
        "deso 2018: 2 areas, expected 5984",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_contract_is_named(con: duckdb.DuckDBPyConnection, what: str) -> None:
    breakage, message = BROKEN[what]
    con.execute(breakage)
    with pytest.raises(ContractViolatedError) as raised:
        require_contracts(Candidate(con, compared=False))
    assert message in str(raised.value)
    assert "the published snapshot stays" in str(raised.value)


def test_all_violations_are_listed_at_once(con: duckdb.DuckDBPyConnection) -> None:
    for what in ("a cell twice", "an index over 1"):
        con.execute(BROKEN[what][0])
    with pytest.raises(ContractViolatedError, match="breaks 2 data contracts"):
        require_contracts(Candidate(con, compared=False))


def test_a_source_that_lost_half_its_rows_is_stopped(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"ATTACH ':memory:' AS {BEFORE}")
    con.execute(f"CREATE TABLE {BEFORE}.observations AS FROM observations")
    candidate = Candidate(con, compared=True)
    assert checks.check_row_counts(candidate) == []
    con.execute("DELETE FROM observations WHERE area_id <> '00' AND area_id <> '01'")
    assert checks.check_row_counts(candidate) == ["TAB1: 2 rows, 6 before"]


def test_a_partial_build_may_lack_areas_and_figures(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("UPDATE snapshot SET lacking = ['TAB1 has no 2021'], origin = 'scb'")
    con.execute("UPDATE observations SET value = NULL, status = 'suppressed'")
    require_contracts(Candidate(con, compared=False))


def test_a_balance_may_be_negative_and_a_share_may_not(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("UPDATE indicator_values SET value = -3, denominator = NULL")
    assert checks.check_ranges(Candidate(con, compared=False)) == []
    con.execute("UPDATE indicator_values SET denominator = 100")
    assert len(checks.check_ranges(Candidate(con, compared=False))) == 1


def test_noise_of_2025_may_lift_a_share_over_100(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("UPDATE areas SET valid_to = NULL")
    con.execute("UPDATE indicator_values SET value = 101, numerator = denominator + 2, year = 2025")
    noisy = Candidate(con, compared=False, perturbed={"share": 2025})
    assert checks.check_ranges(noisy) == []
    assert len(checks.check_ranges(replace(noisy, perturbed={"other": 2025}))) == 1
    assert len(checks.check_ranges(replace(noisy, perturbed={"share": 2026}))) == 1
    con.execute("UPDATE indicator_values SET numerator = denominator + 50")
    assert len(checks.check_ranges(noisy)) == 1
