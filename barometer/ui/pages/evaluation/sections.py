"""The follow-up's sections: the answer in words, two figures, the comparison, and the limits."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue.efforts import RegisteredEffort
from barometer.divisions import Language
from barometer.evaluation import FEWEST_BEFORE, Evaluation, Withheld
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.base.section import Box, Section
from barometer.ui.breaks import (
    break_notes,
    event_notes,
    events_of,
    mark_events,
    named_by,
    year_mark,
)
from barometer.ui.downloads import downloads
from barometer.ui.markup import aria
from barometer.ui.pages.evaluation import figures, ids, words
from barometer.ui.pages.evaluation.register import REGISTER, faults, form
from barometer.ui.pages.evaluation.state import (
    EvaluationState,
    donors_frame,
    result_sentences,
    years_frame,
)

SHOWN_DONORS: Final = 15
EXAMPLE_LEVEL: Final = "kommun"


def _has_answer(state: EvaluationState) -> bool:
    return bool(state.effort.areas) and isinstance(state.answer, Evaluation)


def result(state: EvaluationState) -> Component | None:
    """The answer in sentences, its sureness beside it."""
    if not state.effort.areas:
        return _nothing_chosen(state)
    answer, language = state.answer, state.language
    first, *others = result_sentences(state)
    if isinstance(answer, Withheld):
        return _withheld(language, first, others)
    warnings = {
        wording.weak_sentence(answer, language=language),
        wording.poor_fit_sentence(answer, language=language),
    }
    return parts.titled(
        "follow-result",
        words.RESULT[language],
        html.P(state.indicator.definition[language], className="measure__note"),
        html.P(first, className="measure__sentence"),
        *[
            html.P(text, className="measure__warning") if text in warnings else html.P(text)
            for text in [*others, *_breaks(state)]
        ],
        downloads("folj-upp/result", state.query, language=language, anchor="follow-result"),
        name="measure measure--reading",
    )


def _breaks(state: EvaluationState) -> list[str]:
    """The indicator's breaks within the years, which every area goes through."""
    return break_notes(state.breaks, state.years, language=state.language)


def _lines(state: EvaluationState, frame: pd.DataFrame, label: str) -> Component:
    """Both lines before and after, labelled by the answer in a sentence."""
    language, answer = state.language, state.answer
    if isinstance(answer, Evaluation):
        label = wording.effect_sentence(answer, where=state.where, language=language)
    names = (words.OWN[language], words.COMPARED[language])
    figure = figures.years_figure(
        frame, start=state.effort.start, names=names, breaks=state.breaks, language=language
    )
    mark_events(figure, frame["year"], events=_events(state))
    return html.Div([parts.graph(figure, label=label, height=320), _key(names)])


def _events(state: EvaluationState) -> tuple[RegisteredEffort, ...]:
    """The efforts of the register, and of the link's, that concern the chosen areas."""
    effort = state.effort
    return events_of(state.context, named_by(*effort.areas), others=effort.register)


def _year_notes(state: EvaluationState, frame: pd.DataFrame) -> list[str]:
    language = state.language
    marks = event_notes(_events(state), frame["year"], language=language)
    return [words.YEARS_NOTE[language], *marks]


def _key(names: tuple[str, str]) -> Component:
    lines = zip(names, ("area", "compared"), strict=True)
    return html.Ul(
        [
            html.Li(
                [html.Span(className=f"key__line key__line--{role}", **aria(hidden="true")), name]
            )
            for name, role in lines
        ],
        className="key",
    )


def _numbers(state: EvaluationState, frame: pd.DataFrame) -> Component:
    language = state.language
    heads = (site_words.YEAR, words.OWN, words.COMPARED, words.DIFFERENCE, words.PLACEBO)
    counted = wording.capitalised(wording.counted_noun(state.indicator.counted, language=language))
    rows = [_year_row(row, state) for row in frame.to_dict("records")]
    after = int((frame["after"] == 0).sum())
    return parts.table(
        [*(h[language] for h in heads), counted],
        rows,
        label=words.YEARS[language],
        chosen=after,
    )


def _year_row(row: dict[Any, Any], state: EvaluationState) -> list[parts.Cell]:
    language = state.language
    low, high = (
        wording.signed_points(row[end] / 100, language=language)
        for end in ("band_low", "band_high")
    )
    to = {"sv": " till ", "en": " to "}[language]
    return [
        year_mark(row["year"], breaks=state.breaks, first=state.years[0]),
        wording.percent(row["own"], language=language),
        wording.percent(row["compared"], language=language),
        wording.signed_points(row["gap"] / 100, language=language),
        f"{low}{to}{high}",
        wording.number(row["persons"], language=language),
    ]


def _largest_gap(state: EvaluationState, frame: pd.DataFrame) -> list[str]:
    language, later = state.language, frame[frame["after"] == 1]
    largest = later.iloc[int(later["gap"].abs().to_numpy().argmax())]
    sentence = words.GAP_SENTENCE[language].format(
        year=int(largest["year"]),
        **{
            name: wording.signed_points(float(largest[column]) / 100, language=language)
            for name, column in (("gap", "gap"), ("low", "band_low"), ("high", "band_high"))
        },
    )
    return [sentence]


def _band(state: EvaluationState, frame: pd.DataFrame, label: str) -> Component:
    """The difference over the placebos' band."""
    figure = figures.gap_figure(
        frame,
        start=state.effort.start,
        name=words.DIFFERENCE[state.language],
        language=state.language,
    )
    return parts.graph(figure, label=label, height=260)


def _donor_sentences(state: EvaluationState, frame: pd.DataFrame) -> list[str]:
    top = frame.iloc[0]
    sentence = wording.donors_sentence(
        len(frame),
        str(top["label"]),
        float(top["weight"]) / 100,
        level=state.effort.level,
        language=state.language,
    )
    return [sentence]


def _donor_notes(state: EvaluationState, frame: pd.DataFrame) -> list[str]:
    language = state.language
    own_kommun = state.effort.level == "kommun"
    note = words.DONORS_NOTE_KOMMUN if own_kommun else words.DONORS_NOTE
    more = words.DONORS_ROWS[language].format(n=SHOWN_DONORS) if len(frame) > SHOWN_DONORS else ""
    return [note[language], more]


def _donor_table(state: EvaluationState, frame: pd.DataFrame) -> Component:
    language = state.language
    counted = wording.capitalised(wording.counted_noun(state.indicator.counted, language=language))
    heads = (words.AREA, words.WEIGHT, words.BEFORE)
    year = max(year for year in state.years if year < state.effort.start)
    rows = [_donor_row(state, row, year) for row in frame.head(SHOWN_DONORS).to_dict("records")]
    columns = [*(h[language] for h in heads), counted]
    return parts.table(columns, rows, label=words.DONORS[language])


def _donor_row(state: EvaluationState, row: dict[Any, Any], year: int) -> list[parts.Cell]:
    language = state.language
    place = address("/plats", language=language, area=row["area_id"], year=year)
    return [
        html.A(row["label"], href=place),
        wording.percent(row["weight"], language=language),
        wording.percent(row["before"], language=language),
        wording.number(row["persons"], language=language),
    ]


def limits(language: Language) -> Component:
    """What it can and cannot show."""
    lists = [
        _list(words.CAN_HEAD[language], [t[language] for t in words.CAN]),
        _list(words.CANNOT_HEAD[language], [t[language] for t in words.CANNOT]),
    ]
    inside = html.Div(lists, className="follow__limits")
    return parts.titled("follow-limits", words.LIMITS[language], inside)


def _list(heading: str, items: Sequence[str]) -> Component:
    return html.Div([html.H3(heading), html.Ul([html.Li(item) for item in items])])


def method(language: Language) -> Component:
    """How it is computed, folded."""
    return html.Details(
        [
            html.Summary(words.METHOD[language]),
            *[html.P(text[language]) for text in words.METHOD_TEXT],
        ],
        className="measure follow__method",
    )


def _nothing_chosen(state: EvaluationState) -> Component:
    """What to do first, with an example that works; or that the data version is too short."""
    language, offer = state.language, state.offer
    if offer.most_years <= FEWEST_BEFORE:
        text = words.TOO_SHORT_NEXT[language].format(n=offer.most_years)
        return parts.titled("follow-empty", words.TOO_SHORT[language], html.P(text))
    kommuner = [code for code in offer.labels if len(code) == 4]
    example = {"indicator": state.effort.indicator, "level": EXAMPLE_LEVEL}
    links = [
        html.A(
            words.EXAMPLE[language].format(label=offer.labels[code]),
            href=address("/folj-upp", language=language, **example, areas=code),
        )
        for code in kommuner[len(kommuner) // 2 :][:1]
    ]
    return parts.titled(
        "follow-empty",
        words.EMPTY[language],
        html.P(words.EMPTY_NEXT[language]),
        *[html.P(link) for link in links],
    )


def _withheld(language: Language, reason: str, others: Sequence[str]) -> Component:
    return parts.titled(
        "follow-withheld",
        words.NO_ANSWER[language],
        html.P(reason, className="measure__sentence"),
        *[html.P(text) for text in others],
    )


YEARS: Final = Section(
    key="years",
    heading=words.YEARS,
    frame=years_frame,
    applies=_has_answer,
    drawing=_lines,
    notes=_year_notes,
    table=_numbers,
)
GAP: Final = Section(
    key="gap",
    heading=words.GAP,
    frame=years_frame,
    file="years",
    applies=_has_answer,
    sentences=_largest_gap,
    drawing=_band,
    notes=lambda state, _: [words.GAP_NOTE[state.language]],
    table=_numbers,
)
DONORS: Final = Section(
    key="donors",
    heading=words.DONORS,
    frame=donors_frame,
    applies=_has_answer,
    sentences=_donor_sentences,
    notes=_donor_notes,
    table=_donor_table,
    folded=False,
)
BOXES: Final[tuple[Box[EvaluationState], ...]] = (
    Box(
        ids.SECTIONS,
        (
            *(result, YEARS, GAP, DONORS, faults, REGISTER, form),
            lambda state: limits(state.language),
            lambda state: method(state.language),
        ),
    ),
)
