"""Segregation inside the own areas of an address, computed when it is asked for."""

from collections.abc import Iterable

from barometer.areas import own_panel
from barometer.catalogue import Catalogue
from barometer.indices.panel import PanelKind
from barometer.queries.own_areas import OwnAreas, store_indices
from barometer.store import Reader


def measure_own(
    reader: Reader,
    groupings: Iterable[str],
    *,
    catalogue: Catalogue,
    indices: tuple[str, ...] | None = None,
    until: int | None = None,
) -> None:
    """Compute the index values of the address's own areas for some groupings, if it has any.

    They stand among the snapshot's index values afterwards, for this request: all indices, or some;
    of all years, or of the last one of each grouping that is not after a year.
    """
    overlay = reader.overlay
    own_ids = tuple(a.token for a in overlay.areas) if isinstance(overlay, OwnAreas) else ()
    if not isinstance(overlay, OwnAreas) or not any(own_ids):
        return
    by_kind: dict[PanelKind, list[str]] = {}
    for grouping in groupings:
        if grouping in catalogue.groupings and grouping not in overlay.indices:
            by_kind.setdefault(catalogue.groupings[grouping].kind, []).append(grouping)
    for kind, wanted in by_kind.items():
        panel = reader.once(
            own_panel,
            tuple(filter(None, own_ids)),
            groupings=tuple(wanted),
            kind=kind,
            perturbed=tuple(map(catalogue.perturbed.get, wanted)),
            indices=indices,
            until=until,
        )
        found = dict(list(panel.groupby("grouping_id"))) if len(panel) else {}
        overlay.indices.update({grouping: found.get(grouping, panel[0:0]) for grouping in wanted})
        store_indices(reader.cursor, panel)
