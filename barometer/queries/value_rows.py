"""Where in their table the values of some areas lie, so that they are read without a scan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from barometer.store import Cursor

# A block has the values of an indicator, background, level and year, by area. Most blocks have the
# same areas in the same order, as the last two numbers tell: of these one is read, for all of them.
_BLOCKS: Final = """
    SELECT min(rowid), max(rowid), count(*), bit_xor(hash(area_id)),
        sum(rowid * (hash(area_id) & 65535)) - min(rowid) * sum(hash(area_id) & 65535)
    FROM indicator_values WHERE level <> 'own'
    GROUP BY indicator_id, background, level, year
"""
_AREAS: Final = """
    SELECT area_id FROM indicator_values WHERE rowid >= $first AND rowid < $end ORDER BY rowid
"""
_SEARCHED: Final = """
    SELECT rowid AS row, area_id FROM indicator_values WHERE area_id IN (SELECT unnest($ids))
"""


@dataclass(frozen=True, slots=True)
class _Alike:
    """Blocks of the same areas: where each begins, and which areas follow from there."""

    firsts: NDArray[np.int64]
    place_of: Mapping[str, int]


def value_blocks(cursor: Cursor) -> tuple[_Alike, ...]:
    """Where the values of each area lie; ask through `reader.once(value_blocks)`.

    Empty where they do not lie block by block.
    """
    blocks = cursor.execute(_BLOCKS).fetchall()
    if any(last - first + 1 != size for first, last, size, *_ in blocks):
        return ()
    alike: dict[tuple[int, ...], list[int]] = {}
    for first, _, *areas in blocks:
        alike.setdefault(tuple(areas), []).append(first)
    found = []
    for (size, *_), firsts in alike.items():
        order = cursor.execute(_AREAS, {"first": firsts[0], "end": firsts[0] + size}).fetchall()
        places = {area_id: place for place, (area_id,) in enumerate(order)}
        found.append(_Alike(np.array(firsts), MappingProxyType(places)))
    return tuple(found)


def rows_of_areas(cursor: Cursor, area_ids: Sequence[str], *, blocks: Sequence[_Alike]) -> pa.Table:
    """The rows of some areas' values and the area of each: row, area_id.

    The table is searched where it has no `blocks`.
    """
    if not blocks:
        return cursor.execute(_SEARCHED, {"ids": list(area_ids)}).to_arrow_table()
    rows, areas = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
    for alike in blocks:
        own = [n for n, area_id in enumerate(area_ids) if area_id in alike.place_of]
        places = np.array([alike.place_of[area_ids[n]] for n in own], np.int64)
        rows.append(np.add.outer(alike.firsts, places).ravel())
        areas.append(np.tile(np.array(own, np.int32), len(alike.firsts)))
    codes = pa.DictionaryArray.from_arrays(np.concatenate(areas), pa.array(area_ids, pa.string()))
    return pa.table({"row": np.concatenate(rows), "area_id": codes})
