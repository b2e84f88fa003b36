"""The controls of the segregation page and what they offer, all from catalogue and snapshot."""

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import division_of
from barometer.selection import EVERY_KOMMUN, EVERY_LAN, POPULATIONS
from barometer.selection.measures import CAUTIONS, MOST_PLACES
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.markup import aria
from barometer.ui.pages.segregation import ids, words
from barometer.ui.pages.segregation.state import SegregationState
from barometer.ui.parts import Options, select
from barometer.ui.places import KEEP_ALL, peer_choices, peers_select


def question(state: SegregationState) -> Component:
    """What is asked, as a sentence of controls: how far apart do these live, in these places."""
    asked, language = state.measurement, state.language
    inside = [
        html.Span(words.HOW_APART[language]),
        select(ids.GROUPING, words.GROUPING, groupings(state), asked.grouping, language=language),
        html.Span(words.IN[language]),
        parts.multi_select(
            ids.PLACE,
            words.PLACES,
            places(state),
            asked.places,
            language=language,
            placeholder=words.ADD_PLACE[language],
            searchValue="",
            maxValues=MOST_PLACES,
            hidePickedOptions=True,
            filter=KEEP_ALL,
            debounce=False,
        ),
        select(ids.YEAR, site_words.YEAR, years(state), str(asked.year), language=language),
    ]
    return html.Div(
        inside, className="question", role="group", **aria(label=words.CONTROLS[language])
    )


def since_control(state: SegregationState) -> Component:
    """From which year a change is explained."""
    return select(
        ids.SINCE,
        words.SINCE,
        earlier(state),
        str(state.measurement.since),
        language=state.language,
    )


def ranking_controls(state: SegregationState) -> Component:
    """Whom the ranking compares."""
    asked, language = state.measurement, state.language
    least = str(asked.population)
    inside = [
        select(ids.AMONG, words.AMONG, among(state), asked.among, language=language),
        peers_select(ids.PEERS, peer_options(state), asked.peers, language=language),
        select(ids.POPULATION, words.POPULATION, populations(state), least, language=language),
        select(
            ids.CAUTION, words.CAUTION_FILTER, cautions(state), asked.caution, language=language
        ),
    ]
    return html.Div(
        inside,
        className="segregation__controls",
        role="group",
        **aria(label=words.AMONG[language]),
    )


def peer_options(state: SegregationState) -> Options:
    """What the ranking can compare the place with: presets, and places that hold no larger ones."""
    return peer_choices(
        state.context.presets,
        state.offer.comparable(state.measurement.area),
        language=state.language,
    )


def places(state: SegregationState) -> Options:
    """The chosen places as the only options, until something is typed."""
    return [{"value": code, "label": state.name(code)} for code in state.measurement.places]


def groupings(state: SegregationState) -> Options:
    """Two groups by sector, from the share indicators; then partitions of several."""
    catalogue, language, offered = state.context.catalogue, state.language, state.offer.groupings
    several = [
        {"value": g, "label": grouping.name[language]}
        for g, grouping in catalogue.groupings.items()
        if g in offered and g not in catalogue.indicators
    ]
    last = [{"group": words.SEVERAL[language], "items": several}] if several else []
    return parts.indicator_groups(catalogue, offered, language=language) + last


def years(state: SegregationState) -> Options:
    """The years with any value, the last first."""
    asked = state.measurement
    return parts.years(state.offer.years_of(asked.grouping, asked.units)[::-1])


def earlier(state: SegregationState) -> Options:
    """The years from which a change can be explained; the year itself when there is none."""
    asked = state.measurement
    found = [
        year
        for year in state.offer.years_of(asked.grouping, asked.units)
        if year < asked.year and division_of(asked.units, year) == asked.division
    ]
    return parts.years(found[::-1] or [asked.since])


def among(state: SegregationState) -> Options:
    """Every kommun, every län, or the kommuner of one län."""
    language = state.language
    named = [
        {
            "value": code,
            "label": words.KOMMUNER_IN[language].format(lan=state.place(code)),
        }
        for code in state.offer.lan
    ]
    return [
        {"value": EVERY_KOMMUN, "label": words.EVERY_KOMMUN[language]},
        {"value": EVERY_LAN, "label": words.EVERY_LAN[language]},
        *named,
    ]


def populations(state: SegregationState) -> Options:
    """How many persons a ranked place has at least."""
    language = state.language
    return [
        {
            "value": str(n),
            "label": wording.number(n, language=language) if n else words.NO_LIMIT[language],
        }
        for n in POPULATIONS
    ]


def cautions(state: SegregationState) -> Options:
    """Whether values that ask for caution are marked or left out."""
    named = dict(zip(CAUTIONS, (words.CAUTION_SHOWN, words.CAUTION_HIDDEN), strict=True))
    return [{"value": key, "label": name[state.language]} for key, name in named.items()]
