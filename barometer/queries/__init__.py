"""Every question the site asks of a snapshot, one function each.

Cursor first, keywords after; results are frames whose columns stand in the docstring, or small
records. `kommun` columns are names; `value` is NaN exactly when `status` says why.
"""

from barometer.queries.maps import (
    boundaries,
    counts,
    map_layer,
    map_layer_bytes,
    map_table,
    map_values,
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
    "area",
    "area_comparison",
    "area_series",
    "boundaries",
    "children",
    "counts",
    "index_series",
    "map_layer",
    "map_layer_bytes",
    "map_table",
    "map_values",
    "offer",
    "provenance",
    "search_places",
    "source_ids_in",
    "sources",
]
