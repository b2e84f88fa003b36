"""The segregation page's sections in their order, by the box that answers them."""

from typing import Final

from barometer.ui.base.section import Box
from barometer.ui.pages.segregation import ids
from barometer.ui.pages.segregation.depth import AREAS, CHANGE, LEVELS, PAIRS, PROFILE
from barometer.ui.pages.segregation.overview import INDEX_TABLE, SERIES, reading
from barometer.ui.pages.segregation.ranking import RANKING
from barometer.ui.pages.segregation.state import SegregationState

BOXES: Final[tuple[Box[SegregationState], ...]] = (
    Box(ids.OVERVIEW, (reading,)),
    Box(ids.OVER_TIME, (SERIES, INDEX_TABLE)),
    Box(ids.RANKING, (RANKING,)),
    Box(ids.DEPTH, (LEVELS, CHANGE, PAIRS)),
    Box(ids.NEARNESS, (PROFILE,)),
    Box(ids.DRIVERS, (AREAS,)),
)
