"""The register of efforts on Följ upp: each with its evaluation on the snapshot of today."""

from typing import Final
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer.catalogue import CatalogueError
from barometer.catalogue.efforts import EFFORTS, RegisteredEffort, load_efforts
from barometer.ui import parts
from barometer.ui.base.section import Section
from barometer.ui.links import address
from barometer.ui.pages.evaluation import words
from barometer.ui.pages.evaluation.state import EvaluationState, resolve, result_sentences
from barometer.wording import enumerated

COLUMNS: Final = (
    "what",
    "who",
    "areas_named",
    "effort_start",
    "indicator_id",
    "text",
    "effort_link",
)


def register_frame(state: EvaluationState) -> pd.DataFrame:
    """A row an effort of the register, evaluated anew. Columns: `COLUMNS`."""
    try:
        efforts = _efforts(state)
    except CatalogueError:
        efforts = ()
    return pd.DataFrame([_row(state, effort) for effort in efforts], columns=list(COLUMNS))


def _efforts(state: EvaluationState) -> tuple[RegisteredEffort, ...]:
    path = state.context.settings.data_dir / EFFORTS
    return load_efforts(path, indicators=state.catalogue.indicators)


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
    names = enumerated(
        [own.offer.labels.get(area_id, area_id) for area_id in effort.areas],
        language=state.language,
    )
    link = address("/folj-upp", language=state.language, **query)
    return effort.what, effort.who, names, effort.start, effort.indicator, told, link


def faults(state: EvaluationState) -> Component | None:
    """What is wrong with the file, for whoever keeps it; nothing where it can be read."""
    try:
        _efforts(state)
    except CatalogueError as error:
        lines = [words.REGISTER_FAULTS[state.language].format(file=EFFORTS), *error.faults]
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
        ]
        for row in frame.to_dict("records")
    ]
    heads = (
        *(words.REGISTER_WHAT, words.REGISTER_WHO, words.REGISTER_WHERE),
        *(words.REGISTER_START, words.REGISTER_INDICATOR, words.REGISTER_RESULT),
    )
    label = words.REGISTER[language]
    return parts.table([h[language] for h in heads], rows, label=label, texts=(0, 1, 2, 4, 5))


REGISTER: Final = Section(
    key="register",
    heading=words.REGISTER,
    frame=register_frame,
    applies=lambda state: not state.once(register_frame).empty,
    sentences=lambda state, frame: [words.REGISTER_LEAD[state.language].format(n=len(frame))],
    table=_table,
    folded=False,
)
