"""The tiny snapshot with what area types need besides: the crosswalk and the index's three parts.

Types are those of `tests.snapshots`: by the share of children with a low standard, 35, 20, 10 and
5 per cent. Every RegSO but Gottsunda has the same borders in both divisions.
"""

from pathlib import Path

import duckdb

from tests.snapshots import BOTH, REGSO, publish_snapshot

PARTS = ("index_low_standard", "index_education", "index_assistance")


def publish_typed(published_dir: Path) -> Path:
    """Publish the snapshot and give its path back."""
    path = publish_snapshot(published_dir)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        walk = [
            (f"{key}_SYN", f"{key}_SYN_RegSO2025", "exact")
            for key in REGSO
            if REGSO[key][3] == BOTH
        ]
        walk.append(("0380R003_SYN", "0380R004_SYN_RegSO2025", "border_change"))
        connection.executemany(
            "INSERT INTO crosswalk VALUES (?, ?, 'regso', 1, 1, 'same', ?)", walk
        )
        for part in PARTS:
            connection.execute(
                """
                INSERT INTO indicator_values
                SELECT $part, 'all', area_id, division, level, year, value, NULL, NULL, NULL, NULL
                FROM indicator_values
                WHERE indicator_id = 'lower_secondary' AND level = 'regso'
                """,
                {"part": part},
            )
    path.chmod(0o444)
    return path
