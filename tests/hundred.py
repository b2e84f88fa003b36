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
from tests.rows import insert
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
    columns = "area_id division level name label parent_id kommun_id lan_id valid_from population"
    insert(connection, "areas", list(_areas()), columns=columns.split())
    insert(connection, "indicator_values", list(_values()))
    connection.close()
    point_to(path)
    return path


def _areas() -> Iterator[tuple[object, ...]]:
    for code in CODES:
        name = f"Kommun {code}"
        yield code, "admin", "kommun", name, name, "03", code, "03", 2011, 9000


def _values() -> Iterator[tuple[object, ...]]:
    rng = np.random.default_rng(4)
    for code in CODES:
        level = rng.uniform(0.1, 0.3)
        for year in YEARS:
            raised = 0.05 if code == RAISED and year >= START else 0.0
            group = round(2000 * (level + raised + rng.normal(0, 0.004)))
            area = (code, "admin", "kommun")
            yield INDICATOR, "all", *area, year, group / 20, float(group), 2000.0
