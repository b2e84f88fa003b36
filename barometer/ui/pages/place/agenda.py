"""The shared agenda of a place on one A4 page: picture, priorities, who does what, and when."""

from datetime import date
from typing import Any, Final

import pandas as pd
from dash import html

from barometer import wording
from barometer.actors import load_actors
from barometer.export.meaning import CHALLENGED
from barometer.ui import parts
from barometer.ui.address import address
from barometer.ui.breaks import events_of
from barometer.ui.pages.place import words
from barometer.ui.pages.place.amounts import format_value
from barometer.ui.pages.place.changed import feed_address
from barometer.ui.pages.place.figures import source_note
from barometer.ui.pages.place.frames import (
    POPULATION,
    indicator_frame,
    key_frame,
    outstanding_frame,
)
from barometer.ui.pages.place.hero import lead, whereabouts
from barometer.ui.pages.place.paper import paper
from barometer.ui.pages.place.signals import SIGNALS, signals_frame
from barometer.ui.pages.place.state import PlaceState, has_figures

MOST_PRIORITIES: Final = 4
MOST_EFFORTS: Final = 3  # of the register: more do not fit on the page
_SHARED: Final = 2  # tasks from which a priority is proposed as a shared one


def agenda(state: PlaceState, *, today: date, site: str | None = None) -> str:
    """The agenda as HTML; `site` is as of `paper`."""
    content = [html.H1(state.area.name), html.P(whereabouts(state), className="plats__where")]
    if has_figures(state):
        content += [*_picture(state), *_priorities(state)]
    else:
        content.append(html.P(words.EMPTY[state.language]))
    content += [*_who(state), *_when(state)]
    # The figures that stand here are the first of the profile and those that are prioritised.
    rows = state.once(indicator_frame)
    told = rows[rows["indicator_id"].isin(priorities(state))] if len(rows) else rows
    keys = pd.concat([told, state.once(key_frame)[lambda own: own["indicator_id"] == CHALLENGED]])
    foot = source_note(state, keys) if len(keys) else ""
    name = words.AGENDA[state.language]
    return paper(state, [content], name=name, today=today, site=site, foot=foot)


def _picture(state: PlaceState) -> list[Any]:
    signals = state.once(signals_frame)
    told = SIGNALS.sentences(state, signals)[:1] if len(signals) else []
    return [
        html.H2(words.AGENDA_PICTURE[state.language]),
        *[html.P(sentence) for sentence in (*lead(state), *told)],
    ]


def priorities(state: PlaceState) -> tuple[str, ...]:
    """The reader's own, or some conditions that several tasks share.

    Of what pulls signals for the worse, then of what stands out here, then of the key figures. Who
    lives in a place is no priority of anybody's.
    """
    if state.profile.first:
        return state.profile.first[:MOST_PRIORITIES]
    signals, known = state.once(signals_frame), state.catalogue.indicators
    pulling = signals[signals["course"] == 1]["indicator_id"].dropna().value_counts().index
    frames = (outstanding_frame, key_frame)
    shown = [i for frame in frames for i in state.once(frame)["indicator_id"]]
    tasks = [actor.indicators for actor in load_actors(state.catalogue).values()]
    proposed = dict.fromkeys(map(str, (*pulling, *shown)))
    conditions = (i for i in proposed if i in known and known[i].sector != POPULATION)
    shared = (i for i in conditions if sum(i in own for own in tasks) >= _SHARED)
    return tuple(shared)[:MOST_PRIORITIES]


def _priorities(state: PlaceState) -> list[Any]:
    """Each with its value and the tasks that it concerns."""
    language, actors = state.language, load_actors(state.catalogue)
    rows = state.once(indicator_frame).set_index("indicator_id", drop=False)
    items = []
    for indicator_id in (i for i in priorities(state) if i in rows.index):
        row = rows.loc[indicator_id]
        concerned = [a.name[language] for a in actors.values() if indicator_id in a.indicators]
        names = [wording.uncapitalised(name) for name in concerned]
        items.append(
            words.AGENDA_SHARED[language].format(
                name=f"{state.name(indicator_id)}, {row['year']}",
                value=format_value(state, indicator_id, row["value"]),
                actors=wording.enumerated(names, language=language)
                or words.AGENDA_NOBODY[language],
            )
        )
    how = words.AGENDA_CHOSEN if state.profile.first else words.AGENDA_PROPOSED
    return [
        html.H2(words.AGENDA_PRIORITIES[language]),
        html.Ol([html.Li(item) for item in items]),
        html.P(how[language], className="measure__note"),
    ]


def _who(state: PlaceState) -> list[Any]:
    """The register's efforts here, and room for what is agreed on."""
    language = state.language
    efforts = events_of(state.context, state.named_by)
    rows: list[list[parts.Cell]] = [
        [
            html.A(
                effort.what,
                href=address(
                    "/folj-upp",
                    language=language,
                    indicator=effort.indicator,
                    areas=",".join(effort.areas),
                    start=effort.start,
                ),
            ),
            effort.who or "–",
            str(effort.start),
            state.name(effort.indicator),
        ]
        for effort in efforts[:MOST_EFFORTS]
    ]
    empty = max(1, MOST_EFFORTS - len(rows))
    rows += [["\N{NO-BREAK SPACE}"] * len(words.AGENDA_HEADS) for _ in range(empty)]
    heads = [head[language] for head in words.AGENDA_HEADS]
    label = words.AGENDA_WHO[language]
    told: list[Any] = [words.AGENDA_EFFORTS[language].format(n=len(efforts))]
    if len(efforts) > MOST_EFFORTS:
        more = words.AGENDA_MORE[language].format(n=len(efforts) - MOST_EFFORTS)
        told += [" ", html.A(more, href=address("/folj-upp", language=language))]
    return [
        html.H2(label),
        parts.table(heads, rows, label=label, texts=(0, 1, 3)),
        html.P(told, className="measure__note"),
    ]


def _when(state: PlaceState) -> list[Any]:
    language = state.language
    version = state.reader.snapshot.snapshot_id
    return [
        html.H2(words.AGENDA_WHEN[language]),
        html.P(
            [
                words.AGENDA_LATEST[language].format(version=version),
                " ",
                html.A(words.FEED[language], href=feed_address(state)),
                ".",
            ]
        ),
        html.P(words.AGENDA_NEXT[language]),
    ]
