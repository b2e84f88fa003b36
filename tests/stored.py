"""What must hold of every stored interval, index value and share of a snapshot."""

from typing import Final

import duckdb

from barometer.indices import INDICES

_TINY: Final = 1e-9
# In minus out: neither a share nor a count.
_NO_NET: Final = "CAST(indicator_id AS VARCHAR) NOT IN ('net_moves', 'net_migration')"
_INTERVALS: Final = (
    ("NOT (low <= estimate + 1e-12 AND estimate <= high + 1e-12)", "holds its estimate"),
    ("low < 0 OR high > 1", "stays on the scale of shares"),
    ("estimate IS NULL OR high IS NULL", "has an estimate and two ends"),
    ("value <= expected", "is of a place beyond chance"),
    ("value IS NULL", "is of a value that is shown"),
    ("caution LIKE '%withheld%'", "is of a value that is not withheld"),
)


def broken_properties(snapshot: duckdb.DuckDBPyConnection) -> list[str]:
    """Every property that some row breaks, with how many rows do."""
    rules = [("index_values", f"low IS NOT NULL AND ({wrong})", why) for wrong, why in _INTERVALS]
    rules += [
        ("index_values", "(estimate IS NULL) <> (low IS NULL)", "has no estimate without ends"),
        ("index_values", "value IS NOT NULL AND caution LIKE '%withheld%'", "is not withheld"),
        *_ranges(),
        *_shares(),
    ]
    found = ((_count(snapshot, table, wrong), table, why) for table, wrong, why in rules)
    return [f"{n} rows of {table}: every one {why}" for n, table, why in found if n]


def _ranges() -> list[tuple[str, str, str]]:
    """Values and what chance gives lie on their index's own scale."""
    rules = []
    for index in INDICES:
        low, high = index.range
        outside = f"NOT BETWEEN {low - _TINY} AND {min(high, 1e9) + _TINY}"
        wrong = f"index_id = '{index.id}' AND (value {outside} OR expected {outside})"
        rules.append(("index_values", wrong, f"of {index.id} is on its scale"))
    return rules


def _shares() -> list[tuple[str, str, str]]:
    shares = "SELECT indicator_id FROM indicators WHERE unit = 'percent'"
    percent = f"{_NO_NET} AND indicator_id IN ({shares})"
    counted = f"{_NO_NET} AND numerator IS NOT NULL AND denominator > 0"
    return [
        ("indicator_values", f"{percent} AND value NOT BETWEEN 0 AND 100", "is from 0 to 100"),
        ("indicator_values", f"{counted} AND numerator < 0", "is counted from nothing"),
        ("indicator_values", "value IS NULL AND status IS NULL", "has a value or a reason"),
        ("indicator_values", "value IS NOT NULL AND status IS NOT NULL", "has no reason beside"),
    ]


def _count(snapshot: duckdb.DuckDBPyConnection, table: str, where: str) -> int:
    (found,) = snapshot.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchall()[0]
    return int(found)
