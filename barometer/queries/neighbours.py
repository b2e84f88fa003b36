"""The areas that border on an area."""

from typing import Final

import pandas as pd
import shapely

from barometer.store import Cursor

_GAP: Final = 1.0  # metres that simplified outlines may be apart and still be one border
_COLUMNS: Final = ("area_id", "label", "level", "division", "kommun", "population")


def neighbours(cursor: Cursor, area_id: str) -> pd.DataFrame:
    """Areas of the same level and division that touch an area, by name.

    Ask through `reader.once(neighbours, area_id)`. Empty where the boundary is not known.
    Columns: area_id, label, level, division, kommun, population.
    """
    found = cursor.execute(
        """
        SELECT
            a.area_id, a.label, CAST(a.level AS VARCHAR) AS level,
            CAST(a.division AS VARCHAR) AS division, kommun.name AS kommun, a.population, a.geometry
        FROM areas AS own
        JOIN areas AS a ON a.level = own.level AND a.division = own.division
            AND a.west <= own.east + 0.001 AND a.east >= own.west - 0.001
            AND a.south <= own.north + 0.001 AND a.north >= own.south - 0.001
        LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
        WHERE own.area_id = $area_id AND own.geometry IS NOT NULL AND a.geometry IS NOT NULL
        ORDER BY a.label, a.area_id
        """,
        {"area_id": area_id},
    ).fetchall()
    shapes = {row[0]: shapely.from_wkb(row[-1]) for row in found}
    own = shapes.get(area_id)
    near = [row[:-1] for row in found if row[0] != area_id]
    touching = [row for row in near if shapely.dwithin(own, shapes[row[0]], _GAP)]
    return pd.DataFrame(touching, columns=list(_COLUMNS))
