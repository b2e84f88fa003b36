"""The tiny country with 240 kommuner more, 5001 to 5240: enough to compare one with others.

2,000 children in each; the share with a low economic standard is between 10 and 30 % and goes its
way by chance. In 5001 it is five percentage points higher from 2019 on.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np

from barometer.catalogue import load_catalogue
from barometer.pointer import point_to, snapshot_name
from tests.snapshots import SNAPSHOT_ID, fill

YEARS = range(2011, 2025)
INDICATOR = "low_standard_children"
CODES = [str(number) for number in range(5001, 5241)]
RAISED, START = "5001", 2019


def publish_hundred(published_dir: Path) -> Path:
    """Build the snapshot in a folder and point to it."""
    published_dir.mkdir(parents=True)
    path = published_dir / snapshot_name(SNAPSHOT_ID)
    connection = duckdb.connect(str(path))
    fill(connection, load_catalogue())
    connection.executemany(
        "INSERT INTO areas (area_id, division, level, name, label, parent_id, kommun_id, lan_id,"
        " valid_from, population) VALUES (?, 'admin', 'kommun', ?, ?, '03', ?, '03', 2011, 9000)",
        [(code, f"Kommun {code}", f"Kommun {code}", code) for code in CODES],
    )
    connection.executemany(
        "INSERT INTO indicator_values VALUES (?, 'all', ?, 'admin', 'kommun', ?, ?, ?, ?, NULL, "
        "NULL)",
        list(_values()),
    )
    connection.close()
    point_to(path)
    return path


def _values() -> Iterator[tuple[object, ...]]:
    rng = np.random.default_rng(4)
    for code in CODES:
        level = rng.uniform(0.1, 0.3)
        for year in YEARS:
            raised = 0.05 if code == RAISED and year >= START else 0.0
            group = round(2000 * (level + raised + rng.normal(0, 0.004)))
            yield INDICATOR, code, year, group / 20, float(group), 2000.0
