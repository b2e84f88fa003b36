"""Numbers and sentences for people, in Swedish and English."""

from barometer.wording.actors import common_sentence, lens_sentence, sharing_sentence
from barometer.wording.breakdowns import (
    change_part,
    change_sentence,
    drivers_sentence,
    levels_sentence,
    pairs_sentence,
    profile_sentence,
    split_name,
    usable_profile,
)
from barometer.wording.codes import CHANGE_KINDS, CODED, KINDS, ROLES, SECTORS, SHARE, code_name
from barometer.wording.evaluation import (
    around_sentence,
    chosen_areas,
    donors_sentence,
    effect_sentence,
    evaluation_title,
    fit_sentence,
    level_apart_sentence,
    points,
    poor_fit_sentence,
    signed_points,
    verdict_sentence,
    weak_sentence,
    withheld_sentence,
)
from barometer.wording.layers import (
    MapSentenceInput,
    breaks_sentences,
    caution_sentence,
    change_of_values_sentence,
    crossed_sentence,
    layer_meaning,
    measure_of_areas_sentence,
    steady_sentence,
    uncertain_sentence,
)
from barometer.wording.maps import (
    boundary_sentence,
    class_labels,
    container_name,
    display_name,
    legend_sentence,
    map_title,
    missing_sentence,
    short_type,
    subject,
)
from barometer.wording.marks import (
    MARK,
    mark_names,
    mark_sentences,
    marked_areas_sentence,
    marked_note,
    marked_words,
    without_marked,
)
from barometer.wording.measures import (
    base_sentence,
    caution_words,
    counted_noun,
    left_out_sentence,
    measure_change,
    measure_estimate,
    measure_interval,
    measure_place,
    measure_title,
    measure_trend,
    measure_value,
    rank_words,
    ranking_sentence,
    reading_sentences,
)
from barometer.wording.names import (
    alphabetical,
    background_name,
    layer_name,
    level_noun,
    method_name,
    missing_reason,
    place,
    place_name,
)
from barometer.wording.notes import (
    agency_name,
    extract_line,
    lacking_in_words,
    lacking_sentence,
    licence_name,
    partial_banner,
    source_line,
    summed_sentence,
    summed_words,
    synthetic_banner,
    tables_line,
)
from barometer.wording.numbers import (
    PERCENT_SCALE,
    capitalised,
    category,
    day,
    difference,
    enumerated,
    is_known,
    number,
    percent,
    short_label,
    signed,
    uncapitalised,
    unit_name,
    unit_suffix,
    value,
    value_range,
    with_decimal,
    year_list,
)
from barometer.wording.page_remarks import (
    evaluation_remarks,
    lens_remarks,
    measure_remarks,
    question_faults,
)
from barometer.wording.places import series_sentence
from barometer.wording.reach import (
    distance_sentence,
    distance_words,
    joint_sentence,
    mix_sentence,
    scale_sentence,
)
from barometer.wording.remarks import misunderstood_sentences
from barometer.wording.scales import Scale, scale_of, with_unit, written
from barometer.wording.verdicts import (
    Spread,
    overlap_sentence,
    spread_of,
    verdict,
    verdict_lead,
    withheld_sentences,
)
