"""The outline of a place, coarse enough for a small figure."""

from typing import Final

from shapely import from_wkb, get_parts, simplify

from barometer.store import Cursor

Ring = tuple[tuple[float, float], ...]

MOST_RINGS: Final = 40  # islands beyond the largest are left out of a small figure
_COARSE: Final = 400  # of the place's width: about a dot on the screen


def outline(cursor: Cursor, area_id: str) -> tuple[Ring, ...]:
    """The largest outer rings of an area, in whole metres (SWEREF 99 TM); none without a boundary.

    Ask through `reader.once`: riket's boundary takes a while to simplify.
    """
    row = cursor.execute(
        "SELECT geometry FROM areas WHERE area_id = $area_id", {"area_id": area_id}
    ).fetchone()
    if row is None or row[0] is None:
        return ()
    whole = from_wkb(bytes(row[0]))
    west, south, east, north = whole.bounds
    coarse = simplify(whole, max(east - west, north - south) / _COARSE)
    parts = sorted(get_parts(coarse), key=lambda part: -part.area)[:MOST_RINGS]
    return tuple(
        tuple((round(x), round(y)) for x, y in part.exterior.coords)
        for part in parts
        if not part.is_empty
    )
