"""Numbers and sentences for people, in Swedish and English."""

from barometer.wording.maps import (
    boundary_sentence,
    class_labels,
    legend_sentence,
    map_title,
    missing_sentence,
    subject,
)
from barometer.wording.names import (
    background_name,
    level_noun,
    method_name,
    missing_reason,
    place,
)
from barometer.wording.notes import lacking_sentence, source_line, synthetic_banner
from barometer.wording.numbers import (
    category,
    day,
    difference,
    enumerated,
    is_known,
    number,
    unit_name,
    value,
    value_range,
    year_list,
)
from barometer.wording.places import area_sentences, series_sentence
from barometer.wording.remarks import misunderstood_sentences

__all__ = [
    "area_sentences",
    "background_name",
    "boundary_sentence",
    "category",
    "class_labels",
    "day",
    "difference",
    "enumerated",
    "is_known",
    "lacking_sentence",
    "legend_sentence",
    "level_noun",
    "map_title",
    "method_name",
    "missing_reason",
    "missing_sentence",
    "misunderstood_sentences",
    "number",
    "place",
    "series_sentence",
    "source_line",
    "subject",
    "synthetic_banner",
    "unit_name",
    "value",
    "value_range",
    "year_list",
]
