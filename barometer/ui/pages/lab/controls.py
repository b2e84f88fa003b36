"""The lab's controls and what they offer, all from catalogue and snapshot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from barometer import queries, wording
from barometer.catalogue import ALL, Text
from barometer.divisions import (
    LAST_YEAR_OF_2018,
    OWN,
    RIKET,
    SMALL_LEVELS,
    Language,
    Level,
    parse_area_code,
)
from barometer.selection import Offer
from barometer.selection.labs import (
    DIMENSIONS,
    LAB_VIEWS,
    MOST_INDICATORS,
    Lab,
    area_set,
    every_background,
    every_year,
)
from barometer.ui.markup import aria
from barometer.ui.pages.lab import ids, words
from barometer.ui.pages.lab.state import LabState, token_label
from barometer.ui.pages.lab.words import PRESET_WORDS
from barometer.ui.parts import Options, indicator_groups, multi_select, select
from barometer.ui.parts import years as year_options
from barometer.ui.places import KEEP_ALL
from barometer.wording.labs import lab_title

WHOLE: Final = ("riket", "lan", "kommun", "regso", "deso")
INSIDE: Final = {"lan": ("kommun", "regso", "deso"), "kommun": ("regso", "deso")}
FOUND: Final = 8  # places that a search offers, each with what lies in it


def controls(state: LabState) -> Component:
    """One indicator and some places, and how; years and groups are folded until one is chosen."""
    lab, language = state.lab, state.language
    groups = indicator_groups(state.context.catalogue, state.offer.indicators, language=language)
    chosen = [
        _many(
            state,
            ids.INDICATORS,
            words.INDICATORS,
            groups,
            lab.indicators,
            hint=words.INDICATORS_FIND,
            maxValues=MOST_INDICATORS,
        ),
        _many(
            state,
            ids.AREAS,
            words.AREAS,
            area_options(state, ""),
            lab.areas,
            hint=words.AREAS_FIND,
            filter=KEEP_ALL,
        ),
    ]
    return html.Div(
        [
            _group(chosen, words.CONTROLS, state, kind="lab__choose"),
            _view_control(state),
            _more_choices(state),
        ],
        className="lab__controls",
    )


def _more_choices(state: LabState) -> Component:
    lab, language = state.lab, state.language
    year = chosen_years(state)
    inside = [
        _many(state, ids.YEARS, words.YEARS, years(state), year, hint=words.YEARS_ALL),
        _many(state, ids.BACKGROUNDS, words.BACKGROUNDS, backgrounds(state), lab.backgrounds),
    ]
    return html.Details(
        [
            html.Summary(words.MORE_CHOICES[language]),
            _group(inside, words.MORE_CHOICES, state, kind="lab__choose"),
        ],
        open=bool(year) or tuple(lab.backgrounds) != (ALL,),
        className="lab__more",
    )


def _view_control(state: LabState) -> Component:
    lab, language = state.lab, state.language
    control = dmc.SegmentedControl(
        id=ids.VIEW,
        data=[{"value": view, "label": words.VIEWS[view][language]} for view in LAB_VIEWS],
        value=lab.view,
        **aria(label=words.VIEW[language]),
    )
    return html.Div(
        [html.Span(words.VIEW[language], className="field__label"), control],
        className="field lab__views",
    )


def arrangement(state: LabState) -> Component:
    """How the table is laid out."""
    lab, language = state.lab, state.language
    dimensions = [{"value": d, "label": words.DIMENSIONS[d][language]} for d in DIMENSIONS]
    spread = [{"value": "none", "label": words.NO_COLUMNS[language]}, *dimensions]
    inside = [
        select(ids.ROWS, words.ROWS, dimensions, lab.rows, language=language),
        select(ids.COLUMNS, words.COLUMNS, spread, lab.columns or "none", language=language),
        dmc.TextInput(
            id=ids.FIND,
            label=words.FIND[language],
            placeholder=words.FIND_HINT[language],
            value=lab.find,
            debounce=350,
        ),
        dmc.TextInput(
            id=ids.ONLY,
            label=words.ONLY[language],
            placeholder=words.ONLY_HINT[language],
            value=lab.only,
            debounce=700,
        ),
    ]
    return _group(inside, words.ARRANGE, state, kind="lab__arrange")


def area_options(state: LabState, text: str) -> Options:
    """What the text may mean with what lies in it; without text the whole levels and the chosen."""
    if text.strip():
        return _matching_places(state, text)
    found = _sets(state)
    there = {option["value"] for option in found}
    found += _presets(state)
    chosen = [t for t in state.lab.areas if t not in there]
    return found + [{"value": token, "label": token_label(state, token)} for token in chosen]


def _sets(state: LabState) -> Options:
    sets = (*WHOLE, *((OWN,) if state.offer.has_own_level else ()))
    names = {level: words.SETS[level][state.language] for level in sets}
    return [
        {"value": RIKET if level == "riket" else level, "label": name}
        for level, name in names.items()
    ]


def _presets(state: LabState, text: str = "") -> Options:
    """The operator's comparison groups whose names have the text."""
    named = {key: own.name[state.language] for key, own in state.context.presets.items()}
    return [
        {"value": key, "label": name}
        for key, name in named.items()
        if text.casefold() in name.casefold()
    ]


def _matching_places(state: LabState, text: str) -> Options:
    """Places by name or code; small areas of both divisions."""
    last = every_year(state.offer)[-1]
    tokens: dict[str, str] = {}
    for year in dict.fromkeys((last, LAST_YEAR_OF_2018)):
        found = queries.search_places(
            state.reader.cursor, text, language=state.language, year=year, limit=FOUND
        )
        for row in found.to_dict("records"):
            token, level = str(row["area_id"]), str(row["level"])
            small = level in SMALL_LEVELS
            tokens[token] = token_label(state, token) if small else str(row["label"])
            for inside in INSIDE.get(level, ()):
                tokens[f"{inside}@{token}"] = token_label(state, f"{inside}@{token}")
    places = [{"value": token, "label": label} for token, label in tokens.items()]
    return _presets(state, text.strip()) + places


def years(state: LabState) -> Options:
    """Every year of any indicator, the last first."""
    return year_options(every_year(state.offer)[::-1])


def chosen_years(state: LabState) -> list[str]:
    """The chosen years; none when it is all of them."""
    return [str(year) for year in state.lab.years]


def backgrounds(state: LabState) -> Options:
    """Everybody, and every part of the population that some indicator is told for."""
    return [
        {"value": b, "label": wording.capitalised(state.background(b))}
        for b in every_background(state.offer)
    ]


def _group(inside: list[Component], label: Text, state: LabState, *, kind: str) -> Component:
    return html.Div(inside, className=kind, role="group", **aria(label=label[state.language]))


def _many(
    state: LabState,
    component: str,
    label: Text,
    options: Options,
    value: Sequence[str],
    *,
    hint: Text | None = None,
    **more: Any,
) -> Component:
    return multi_select(
        component,
        label,
        options,
        value,
        language=state.language,
        clear=words.CLEAR,
        placeholder=hint[state.language] if hint and not value else None,
        hidePickedOptions=False,
        maxDropdownHeight=420,
        debounce=False,
        **more,
    )


def _inside(label: str, token: str) -> str:
    """A set's name inside a line: "alla län"; riket is no name in Swedish either."""
    noun = area_set(token) or (token, label) == (RIKET, words.SETS["riket"]["sv"])
    return wording.uncapitalised(label) if noun else label


def labels(state: LabState) -> Mapping[str, str]:
    """Names of what an address can hold, for remarks about it."""
    catalogue, language = state.context.catalogue, state.language
    named = {i: catalogue.indicators[i].name[language] for i in state.offer.indicators}
    return (
        named
        | {b: state.background(b) for b in every_background(state.offer)}
        | {view: words.VIEWS[view][language] for view in LAB_VIEWS}
        | {d: words.DIMENSIONS[d][language] for d in DIMENSIONS}
        | {"none": words.NO_COLUMNS[language]}
    )


def title(state: LabState) -> str:
    """What is shown, or the page's name while nothing is chosen."""
    lab, language = state.lab, state.language
    if lab.empty:
        return words.NAME[language]
    names = [state.indicator(i).name[language] for i in lab.indicators]
    places = [_inside(token_label(state, t), t) for t in lab.areas]
    has_sets = bool(state.lab.sets)
    return lab_title(names, places, tuple(state.sizes), has_sets=has_sets, language=language)


@dataclass(frozen=True, slots=True)
class Example:
    """A view with a question that it answers."""

    question: Text
    lab: Lab


_LABS: Final = (
    Lab(indicators=("rented_dwellings",), areas=("0180", "1480", "1280"), view="line"),
    Lab(indicators=("low_standard_children",), areas=("lan",), view="line"),
    Lab(indicators=("employed",), areas=("lan",), backgrounds=("sex:women", "sex:men"), view="bar"),
    Lab(indicators=("long_tertiary", "low_standard_children"), areas=("kommun",), view="scatter"),
    Lab(indicators=("low_standard_children",), areas=("regso@0180",), view="dot"),
    Lab(indicators=("foreign_background", "rented"), areas=("kommun@03", "00"), columns="year"),
    Lab(indicators=("low_standard_children",), areas=("deso",), sort="-value"),
)


def _has_years(lab: Lab, offer: Offer) -> bool:
    """Whether an example that tells of years has two of them for its first places."""
    if lab.view != "line" and lab.columns != "year":
        return True
    place = parse_area_code(lab.areas[0])
    level = place.level if place else cast(Level, lab.areas[0].partition("@")[0])
    return all(len(offer.years_of(i, level)) > 1 for i in lab.indicators)


def presets(offer: Offer, *, language: Language) -> Iterator[tuple[Example, str]]:
    """The examples that the snapshot has figures for, with their addresses."""
    for question, lab in zip(PRESET_WORDS, _LABS, strict=True):
        if set(lab.indicators) <= set(offer.indicators) and _has_years(lab, offer):
            query = replace(lab, language=language).to_query()
            yield Example(question, lab), f"/labb{query}"
