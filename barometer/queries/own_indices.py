"""Segregation inside the own areas of an address, computed when it is asked for."""

from collections.abc import Iterable

import pandas as pd

from barometer.areas import own_panel
from barometer.catalogue import Catalogue
from barometer.queries.own_areas import OwnAreas, store_indices
from barometer.store import Reader


def measure_own(
    reader: Reader,
    groupings: Iterable[str],
    *,
    catalogue: Catalogue,
    indices: tuple[str, ...] | None = None,
) -> None:
    """Compute the index values of the address's own areas for some groupings, if it has any.

    They stand among the snapshot's index values afterwards, for this request: all indices, or some.
    """
    overlay = reader.overlay
    if not isinstance(overlay, OwnAreas):
        return
    own_ids = tuple(area.token for area in overlay.areas if area.token)
    new = []
    for grouping in groupings:
        if grouping in overlay.indices or grouping not in catalogue.groupings or not own_ids:
            continue
        kind = catalogue.groupings[grouping].kind
        panel = reader.once(own_panel, own_ids, grouping=grouping, kind=kind, indices=indices)
        overlay.indices[grouping] = panel
        new += [panel] if len(panel) else []
    if new:
        store_indices(reader.cursor, pd.concat(new, ignore_index=True))
