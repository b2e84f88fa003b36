"""Every question the site asks of a snapshot, one function each.

Cursor first, keywords after; results are frames whose columns stand in the docstring, or small
records. `kommun` columns are names; `value` is NaN exactly when `status` says why.
"""

from barometer.queries.breakdowns import by_level, drivers, pairs, profile, why_changed
from barometer.queries.efforts import effort_offer, effort_panel, find_areas
from barometer.queries.maps import (
    boundaries,
    counts,
    map_layer,
    map_layer_bytes,
    map_table,
    map_values,
)
from barometer.queries.measures import (
    Units,
    measure_offer,
    measure_series,
    measure_table,
    ranking,
    units,
)
from barometer.queries.origins import provenance, source_ids_in, sources
from barometer.queries.places import area_comparison, area_series, index_series
from barometer.queries.records import (
    Area,
    Counts,
    Encoding,
    MapLayer,
    MapValues,
    Provenance,
    SourceUse,
)
from barometer.queries.register import area, children, offer, search_places

__all__ = [
    "Area",
    "Counts",
    "Encoding",
    "MapLayer",
    "MapValues",
    "Provenance",
    "SourceUse",
    "Units",
    "area",
    "area_comparison",
    "area_series",
    "boundaries",
    "by_level",
    "children",
    "counts",
    "drivers",
    "effort_offer",
    "effort_panel",
    "find_areas",
    "index_series",
    "map_layer",
    "map_layer_bytes",
    "map_table",
    "map_values",
    "measure_offer",
    "measure_series",
    "measure_table",
    "offer",
    "pairs",
    "profile",
    "provenance",
    "ranking",
    "search_places",
    "source_ids_in",
    "sources",
    "units",
    "why_changed",
]
