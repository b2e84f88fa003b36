"""The controls of the follow-up page and what they offer, all from catalogue and snapshot."""

from typing import Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import queries
from barometer.divisions import division_label
from barometer.selection import EFFORT_LEVELS, MOST_AREAS, start_years
from barometer.ui import components
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.components import Options, field
from barometer.ui.pages.evaluation import (
    ids,
    words,
)
from barometer.ui.pages.evaluation.state import Seen
from barometer.ui.places import KEEP_ALL

FOUND: Final = 20


def controls(seen: Seen) -> Component:
    """Everything that chooses what is followed up."""
    language = seen.language
    level = dmc.SegmentedControl(
        id=ids.LEVEL,
        data=levels(seen),
        value=seen.effort.level,
        fullWidth=True,
        **aria(label=words.LEVEL[language]),
    )
    followed = seen.effort.indicator
    indicator = components.select(
        ids.INDICATOR, site_words.INDICATOR, indicators(seen), followed, language=language
    )
    start = components.select(
        ids.START,
        words.START,
        starts(seen),
        str(seen.effort.start),
        hint=words.START_HINT,
        language=language,
    )
    return html.Div(
        [indicator, field(words.LEVEL[language], level), areas_select(seen), start],
        className="follow__controls",
        role="group",
        **aria(label=words.CONTROLS[language]),
    )


def areas_select(seen: Seen) -> Component:
    """Several areas, found by the server."""
    language = seen.language
    return dmc.MultiSelect(
        id=ids.AREAS,
        label=words.AREAS[language],
        placeholder=words.AREAS_FIND[language],
        data=chosen(seen),
        value=list(seen.effort.areas),
        searchable=True,
        clearable=False,
        filter=KEEP_ALL,
        maxValues=MOST_AREAS,
        hidePickedOptions=True,
        nothingFoundMessage=site_words.NOTHING_FOUND[language],
        debounce=False,
        comboboxProps={"shadow": "md"},
    )


def levels(seen: Seen) -> Options:
    """The levels at which the indicator can be followed, in the division that is shown."""
    effort, offer = seen.effort, seen.offer
    found = []
    for level in EFFORT_LEVELS:
        same = level == effort.level
        division = effort.division if same else offer.division_of(effort.indicator, level)
        if same or offer.years_of(effort.indicator, level, division):
            found.append({"value": level, "label": division_label(level, division)})
    if seen.language == "en":
        found = [f | {"label": f["label"].replace("Kommun", "Municipality")} for f in found]
    return found


def indicators(seen: Seen) -> Options:
    """The indicators that can be followed, by sector."""
    return components.indicator_groups(
        seen.context.catalogue, seen.offer.indicators, language=seen.language
    )


def starts(seen: Seen) -> Options:
    """The years in which an effort can have begun, the last first."""
    years = start_years(seen.years) or (seen.effort.start,)
    return components.years(years[::-1])


def chosen(seen: Seen) -> Options:
    """The chosen areas as the only options, until something is typed."""
    return [
        {"value": area_id, "label": label}
        for area_id, label in zip(seen.effort.areas, seen.labels, strict=True)
    ]


def found_areas(seen: Seen, text: str) -> Options:
    """Areas that the text may mean; the chosen ones are always there."""
    here = chosen(seen)
    rows = queries.find_areas(seen.reader.cursor, seen.effort, text, limit=FOUND)
    there = {option["value"] for option in here}
    options = [
        {"value": str(row.area_id), "label": str(row.label)} for row in rows.itertuples(index=False)
    ]
    return here + [option for option in options if option["value"] not in there]
