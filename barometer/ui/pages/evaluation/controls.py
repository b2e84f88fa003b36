"""The controls of the follow-up page and what they offer, all from catalogue and snapshot."""

from typing import Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import queries
from barometer.divisions import division_label
from barometer.selection import EVALUATION_LEVELS, MOST_AREAS, start_years
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.markup import aria
from barometer.ui.pages.evaluation import ids, words
from barometer.ui.pages.evaluation.state import EvaluationState
from barometer.ui.parts import Options, field
from barometer.ui.places import KEEP_ALL

FOUND: Final = 20


def controls(state: EvaluationState) -> Component:
    """Everything that chooses what is followed up."""
    language = state.language
    level = dmc.SegmentedControl(
        id=ids.LEVEL,
        data=levels(state),
        value=state.effort.level,
        fullWidth=True,
        **aria(label=words.LEVEL[language]),
    )
    followed = state.effort.indicator
    indicator = parts.select(
        ids.INDICATOR, site_words.INDICATOR, indicators(state), followed, language=language
    )
    start = parts.select(
        ids.START,
        words.START,
        starts(state),
        str(state.effort.start),
        hint=words.START_HINT,
        language=language,
    )
    return html.Div(
        [indicator, field(words.LEVEL[language], level), areas_select(state), start],
        className="follow__controls",
        role="group",
        **aria(label=words.CONTROLS[language]),
    )


def areas_select(state: EvaluationState) -> Component:
    """Several areas, found by the server."""
    language = state.language
    return parts.multi_select(
        ids.AREAS,
        words.AREAS,
        chosen(state),
        state.effort.areas,
        language=language,
        placeholder=words.AREAS_FIND[language],
        clearable=False,
        filter=KEEP_ALL,
        maxValues=MOST_AREAS,
        hidePickedOptions=True,
        debounce=False,
    )


def levels(state: EvaluationState) -> Options:
    """The levels at which the indicator can be followed, in the division that is shown."""
    effort, offer = state.effort, state.offer
    found = []
    for level in EVALUATION_LEVELS:
        same = level == effort.level
        division = effort.division if same else offer.division_of(effort.indicator, level)
        if same or offer.years_of(effort.indicator, level, division):
            found.append({"value": level, "label": division_label(level, division)})
    if state.language == "en":
        found = [f | {"label": f["label"].replace("Kommun", "Municipality")} for f in found]
    return found


def indicators(state: EvaluationState) -> Options:
    """The indicators that can be followed, by sector."""
    return parts.indicator_groups(
        state.context.catalogue, state.offer.indicators, language=state.language
    )


def starts(state: EvaluationState) -> Options:
    """The years in which an effort can have begun, the last first."""
    years = start_years(state.offered_years) or (state.effort.start,)
    return parts.years(years[::-1])


def chosen(state: EvaluationState) -> Options:
    """The chosen areas as the only options, until something is typed."""
    return [
        {"value": area_id, "label": label}
        for area_id, label in zip(state.effort.areas, state.labels, strict=True)
    ]


def matching_areas(state: EvaluationState, text: str) -> Options:
    """Areas that the text may mean; the chosen ones are always there."""
    here = chosen(state)
    rows = queries.find_areas(state.reader.cursor, state.effort, text, limit=FOUND)
    there = {option["value"] for option in here}
    options = [
        {"value": str(row.area_id), "label": str(row.label)} for row in rows.itertuples(index=False)
    ]
    return here + [option for option in options if option["value"] not in there]
