"""What a reader is looking at: the address of a page as a value, and what can be looked at."""

from barometer.selection.address import LANGUAGES, Misunderstood
from barometer.selection.evaluation import (
    EVALUATION_LEVELS,
    MOST_AREAS,
    Effort,
    EvaluationOffer,
    start_years,
)
from barometer.selection.keys import Reading
from barometer.selection.lenses import Lens
from barometer.selection.map_keys import FEWEST_CLASSES, MOST_CLASSES, same_code
from barometer.selection.maps import (
    METHODS,
    VIEWS,
    Method,
    Selection,
    can_be_one,
    can_be_steady,
    compared_selection,
    grouping_choices,
    layers_of,
    years_before,
)
from barometer.selection.measures import (
    EVERY_KOMMUN,
    EVERY_LAN,
    POPULATIONS,
    Measurement,
    MeasureOffer,
)
from barometer.selection.offer import LAYERS, Layer, Offer
