"""The segregation page's sections in their order, by the box that answers them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Text
from barometer.divisions import count_kommuner
from barometer.ui.address import address
from barometer.ui.base.section import Box, Section, nothing
from barometer.ui.pages.segregation import controls, ids, words
from barometer.ui.pages.segregation.behind import OWN_AREA, SPLIT
from barometer.ui.pages.segregation.depth import AREAS, CHANGE, LEVELS, PAIRS, PROFILE
from barometer.ui.pages.segregation.measures import CHANCE, INDEX_TABLE, UNITS
from barometer.ui.pages.segregation.ranking import RANKING
from barometer.ui.pages.segregation.reach import DISTANCE, FINER, JOINT, MIX
from barometer.ui.pages.segregation.scale import SCALE
from barometer.ui.pages.segregation.series import SERIES
from barometer.ui.pages.segregation.state import (
    SegregationState,
    known_kommuner,
    kommuner_frame,
    places_frame,
    ranking_frame,
    units_frame,
)
from barometer.ui.pages.segregation.town import TOWN


@dataclass(frozen=True, slots=True)
class Fold:
    """A folded part: its name, its answer in short, and what is read and drawn when it opens.

    Its controls are in the page from the start, as the address follows them.
    """

    key: str
    heading: Text
    answer: Callable[[SegregationState], str]
    content: tuple[Section[SegregationState] | Callable[[SegregationState], Any], ...]
    controls: Callable[[SegregationState], Component | None] = nothing


def _by_chance(state: SegregationState, row: Mapping[Any, Any]) -> str:
    """What chance alone gives in a place, or why nothing is said of it."""
    if pd.isna(row["value"]):
        return state.value_words(row)
    return wording.measure_value(row["expected"], index=state.index, language=state.language)


def _n_indices(state: SegregationState) -> str:
    n = len(state.offer.indices[state.measurement.grouping])
    count = wording.number(n, language=state.language)
    return words.INDICES_SHORT[state.language].format(n=count)


def _other_units(state: SegregationState) -> str:
    table = state.once(units_frame)
    other = table[table["unit_level"] != state.measurement.units]
    if other.empty:
        return words.ONE_UNIT[state.language]
    names = [state.name(code) for code in other["container_id"]]
    values = map(state.value_words, other.to_dict("records"))
    return " · ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))


def _ranks(state: SegregationState) -> str:
    chosen, language = bool(state.measurement.peers), state.language
    ranked = state.once(ranking_frame if chosen else kommuner_frame).dropna(subset=["value"])
    if not chosen and ranked.empty:
        return words.FEW_RANKED[language].format(
            n=len(state.once(known_kommuner)), of=count_kommuner(state.offer.names)
        )
    kind = (words.CHOSEN_PLACES if chosen else words.KOMMUNER)[language]
    n = wording.number(len(ranked), language=language)
    own = ranked.set_index("container_id").reindex(state.measurement.places).dropna(subset=["rank"])
    if own.empty:
        return words.N_RANKED[language].format(n=n, kind=kind)
    said = [
        f"{state.name(str(code))} {wording.rank_words(row, language=language)}"
        for code, row in zip(own.index, own.to_dict("records"), strict=True)
    ]
    brackets = words.RANKS_IN_BRACKETS[language] if any("(" in rank for rank in said) else ""
    return words.RANKS[language].format(ranks=" · ".join(said), n=n, kind=kind) + brackets


def _chance(state: SegregationState) -> str:
    """What chance alone gives: "Göteborg 1,3 % · Malmö 1,2 %"."""
    if state.index.expected is None:
        return words.NO_CHANCE[state.language]
    places = state.once(places_frame).to_dict("records")
    values = " · ".join(f"{row['label']} {_by_chance(state, row)}" for row in places)
    return words.CHANCE_SHORT[state.language].format(values=values)


def _groups(state: SegregationState) -> str:
    names = [group.name[state.language] for group in state.grouping.groups]
    return wording.capitalised(", ".join(names))


def _several(state: SegregationState) -> Component:
    """The ways to groupings of more than two groups."""
    catalogue, places = state.context.catalogue, ",".join(state.measurement.places)
    links = [
        html.Li(
            html.A(
                catalogue.groupings[g].name[state.language],
                href=address("/segregation", language=state.language, grouping=g, area=places),
            )
        )
        for g in state.offer.groupings
        if catalogue.groupings[g].kind != "two-group"
    ]
    return html.Ul(links, className="segregation__links")


def _method(state: SegregationState) -> Component:
    """Who the groups are, and what the ends of the scale mean."""
    language, index = state.language, state.index
    rows = (
        (words.GROUPING[language], _groups(state) + "."),
        (words.LOWEST[language], index.low.of(language)),
        (words.HIGHEST[language], index.high.of(language)),
        *(((words.CAUTION[language], index.note.of(language)),) if index.note else ()),
    )
    ends = html.Dl(
        [part for name, text in rows for part in (html.Dt(name), html.Dd(text))],
        className="measure__ends",
    )
    more = html.A(words.METHOD_MORE[language], href=address("/metod", language=language))
    return html.Div([ends, html.P(more)])


FOLDS: Final = (
    Fold("measures", words.INDICES, _n_indices, (INDEX_TABLE,)),
    Fold("units", words.UNITS_HEADING, _other_units, (UNITS, FINER)),
    Fold("ranks", words.RANKING, _ranks, (RANKING,), controls.ranking_controls),
    Fold("luck", words.CHANCE, _chance, (CHANCE,)),
    Fold(
        "why",
        words.CHANGE,
        lambda state: words.CHANGE_SHORT[state.language],
        (CHANGE,),
        controls.since_control,
    ),
    Fold(
        "near",
        words.LEVELS_FOLD,
        lambda state: words.LEVELS_SHORT[state.language],
        (LEVELS, JOINT, PROFILE, DISTANCE),
    ),
    Fold("mix-reach", words.MIX, lambda state: words.MIX_SHORT[state.language], (MIX,)),
    Fold("all-areas", words.DRIVERS, lambda state: words.DRIVERS_SHORT[state.language], (AREAS,)),
    Fold("groups", words.SEVERAL, _groups, (PAIRS, _several)),
    Fold("method", words.METHOD, lambda state: words.METHOD_SHORT[state.language], (_method,)),
)
BOXES: Final[tuple[Box[SegregationState], ...]] = (
    Box(ids.OVERVIEW, (SCALE,), after=ids.ASKED),
    Box(ids.TOWN, (TOWN,), after=ids.ASKED),
    Box(ids.BEHIND, (OWN_AREA, SPLIT), after=ids.ASKED),
    *[Box(ids.answer(f.key), (f.answer,), group="answers", after=ids.ASKED) for f in FOLDS],
    Box(ids.OVER_TIME, (SERIES,)),
    *[Box(ids.fold(f.key), f.content, after=f"{ids.fold(f.key)}-asked") for f in FOLDS],
)
