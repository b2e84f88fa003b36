"""What a reader is looking at: the address of a page as a value, and what can be looked at."""

from barometer.selection.address import LANGUAGES, Misunderstood, Reason
from barometer.selection.maps import (
    DEFAULT_INDICATOR,
    DEFAULT_LEVEL,
    FEWEST_CLASSES,
    KEYS,
    METHODS,
    MOST_CLASSES,
    VIEWS,
    Method,
    Offer,
    Reading,
    Selection,
    View,
    same_code,
)
from barometer.selection.measures import (
    EVERY_KOMMUN,
    EVERY_LAN,
    POPULATIONS,
    Measurement,
    MeasureOffer,
    MeasureReading,
)

__all__ = [
    "DEFAULT_INDICATOR",
    "DEFAULT_LEVEL",
    "EVERY_KOMMUN",
    "EVERY_LAN",
    "FEWEST_CLASSES",
    "KEYS",
    "LANGUAGES",
    "METHODS",
    "MOST_CLASSES",
    "POPULATIONS",
    "VIEWS",
    "MeasureOffer",
    "MeasureReading",
    "Measurement",
    "Method",
    "Misunderstood",
    "Offer",
    "Reading",
    "Reason",
    "Selection",
    "View",
    "same_code",
]
