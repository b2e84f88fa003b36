"""Every question the site asks of a snapshot, one function each.

Cursor first, keywords after; results are frames whose columns stand in the docstring, or small
records. `kommun` columns are names; `value` is NaN exactly when `status` says why.
"""

from barometer.queries.breakdowns import by_level, drivers, pairs, profile, why_changed
from barometer.queries.evaluation import (
    areas_around,
    evaluation_offer,
    evaluation_panel,
    find_areas,
)
from barometer.queries.figures import (
    FEW_PERSONS,
    map_figures,
    map_frame,
    value_rows,
    values_of_all_years,
)
from barometer.queries.intervals import can_be_drawn, drawn_intervals
from barometer.queries.map_places import (
    GROUND,
    SQUARES,
    find_towns,
    ground_bytes,
    map_ground,
    map_names,
    map_parts,
    place_sources,
)
from barometer.queries.maps import (
    boundaries,
    map_layer,
    map_layer_bytes,
    map_table,
    with_boundaries,
)
from barometer.queries.marks import (
    MarksIn,
    areas_with_marks,
    marked_areas,
    marks_in,
    marks_of_rows,
    small_areas,
)
from barometer.queries.measures import (
    kommun_medians,
    measure_offer,
    measure_own,
    measure_series,
    measure_table,
    own_segregation,
    ranking,
    units,
)
from barometer.queries.offers import (
    contents_of,
    evaluation_offer_of,
    laid_over,
    measure_offer_of,
    offer_of,
)
from barometer.queries.origins import provenance, sources, summed_among, summed_in_grouping
from barometer.queries.own_areas import outline_of
from barometer.queries.own_parts import Members, bounds, members, part_bounds
from barometer.queries.places import (
    across_divisions,
    area_comparison,
    area_series,
    carried_series,
    index_series,
    values_of_places,
)
from barometer.queries.reach import (
    by_level_and_group,
    mix_reach,
    over_distance,
    scale_corrected,
)
from barometer.queries.records import (
    Area,
    Counts,
    Encoding,
    MapFigures,
    MapLayer,
    Provenance,
    SourceUse,
)
from barometer.queries.register import area, children, offer, search_places
