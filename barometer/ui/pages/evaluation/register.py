"""The register of efforts on Följ upp: each with its evaluation on the snapshot of today.

It is the operator's files together with what the address says.
"""

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from barometer.catalogue import CatalogueError
from barometer.catalogue.efforts import (
    EFFORTS,
    EFFORTS_CSV,
    RegisteredEffort,
    registered_efforts,
    written_effort,
)
from barometer.evaluation import Evaluation
from barometer.ui import parts
from barometer.ui.address import address
from barometer.ui.base.section import Section
from barometer.ui.markup import aria
from barometer.ui.pages.evaluation import words
from barometer.ui.pages.evaluation.state import EvaluationState, resolve, result_sentences
from barometer.wording import enumerated
from barometer.wording.evaluation import around_sentence

COLUMNS: Final = (
    "what",
    "who",
    "areas_named",
    "effort_start",
    "indicator_id",
    "text",
    "around_effect",
    "n_around",
    "around_text",
    "effort_link",
)


def register_frame(state: EvaluationState) -> pd.DataFrame:
    """A row an effort of the register, evaluated anew. Columns: `COLUMNS`.

    `around_effect`, in percentage points, is how the areas around have gone beside their like:
    spillover, or chance.
    """
    try:
        efforts = _efforts(state)
    except CatalogueError:
        efforts = state.effort.register
    return pd.DataFrame([_row(state, effort) for effort in efforts], columns=list(COLUMNS))


def _efforts(state: EvaluationState) -> tuple[RegisteredEffort, ...]:
    folder = state.context.settings.data_dir
    every = registered_efforts(folder, indicators=state.catalogue.indicators)
    return tuple(dict.fromkeys((*every, *state.effort.register)))


def _row(state: EvaluationState, effort: RegisteredEffort) -> tuple[object, ...]:
    query = {
        "indicator": effort.indicator,
        "areas": ",".join(effort.areas),
        "start": str(effort.start),
    }
    own = resolve(state.context, state.reader, "?" + urlencode(query | {"lang": state.language}))
    corrected = own.effort.indicator != effort.indicator or own.effort.start != effort.start
    usable = bool(own.effort.areas) and not corrected
    told = result_sentences(own)[0] if usable else words.REGISTER_UNUSABLE[state.language]
    answer = own.answer if usable else None
    around: tuple[float | None, int, str] = (None, 0, "")
    if isinstance(answer, Evaluation) and answer.around_effect is not None:
        spread = around_sentence(answer, level=own.effort.level, language=state.language)
        around = (100 * answer.around_effect, len(answer.around), spread)
    names = enumerated(
        [own.offer.labels.get(area_id, area_id) for area_id in effort.areas],
        language=state.language,
    )
    link = address("/folj-upp", language=state.language, **query)
    return effort.what, effort.who, names, effort.start, effort.indicator, told, *around, link


def faults(state: EvaluationState) -> Component | None:
    """What is wrong with the file, for whoever keeps it; nothing where it can be read."""
    try:
        _efforts(state)
    except CatalogueError as error:
        lines = [
            words.REGISTER_FAULTS[state.language].format(file=f"{EFFORTS}, {EFFORTS_CSV}"),
            *error.faults,
        ]
        return html.Div(parts.notice(lines, language=state.language), className="notice")
    return None


def _table(state: EvaluationState, frame: pd.DataFrame) -> Component:
    language = state.language
    known = state.catalogue.indicators
    rows: list[list[parts.Cell]] = [
        [
            html.A(row["what"], href=row["effort_link"]),
            row["who"],
            row["areas_named"],
            str(row["effort_start"]),
            known[row["indicator_id"]].name[language],
            row["text"],
            row["around_text"] or words.REGISTER_NO_AROUND[language],
        ]
        for row in frame.to_dict("records")
    ]
    heads = (
        *(words.REGISTER_WHAT, words.REGISTER_WHO, words.REGISTER_WHERE),
        *(words.REGISTER_START, words.REGISTER_INDICATOR, words.REGISTER_RESULT),
        words.REGISTER_AROUND,
    )
    label = words.REGISTER[language]
    return parts.table([h[language] for h in heads], rows, label=label, texts=(0, 1, 2, 4, 5, 6))


def form(state: EvaluationState) -> Component:
    """The register of the link to change, a line an effort; sent as an address, nothing is kept."""
    language, effort = state.language, state.effort
    lines = [written_effort(own) for own in effort.register]
    if effort.areas and effort.start:
        what = words.REGISTER_NEW[language]
        lines.append(
            written_effort(RegisteredEffort(what, "", effort.areas, effort.start, effort.indicator))
        )
    single = replace(effort, register=()).to_query().removeprefix("?")
    kept = [dcc.Input(name=key, value=own, type="hidden") for key, own in parse_qsl(single)]
    fields = [
        html.Label(
            [
                words.REGISTER_LINE[language].format(n=n),
                " ",
                dcc.Input(name="effort", value=line, type="text"),
            ]
        )
        for n, line in enumerate([*dict.fromkeys(lines), ""], 1)
    ]
    button = html.Button(words.REGISTER_SEND[language], type="submit", className="button")
    return html.Details(
        [
            html.Summary(words.REGISTER_FORM[language]),
            html.P(words.REGISTER_HOW[language]),
            html.Form(
                [*fields, *kept, button], action="/folj-upp", method="get", className="rules"
            ),
        ],
        className="fold",
        **aria(label=words.REGISTER_FORM[language]),
    )


REGISTER: Final = Section(
    key="register",
    heading=words.REGISTER,
    frame=register_frame,
    applies=lambda state: not state.once(register_frame).empty,
    sentences=lambda state, frame: [words.REGISTER_LEAD[state.language].format(n=len(frame))],
    table=_table,
    folded=False,
)
