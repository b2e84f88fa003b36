"""The actors page's sections: who, with which indicators, and who shares what with whom."""

from typing import Final

import pandas as pd
from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import RIKET
from barometer.selection.signals import written_weights
from barometer.ui import parts
from barometer.ui.address import address
from barometer.ui.base.section import Box, Section
from barometer.ui.markup import aria
from barometer.ui.pages.actors import words
from barometer.ui.pages.actors.state import ActorsState, indicators_frame, matrix_frame


def choose(state: ActorsState) -> Component:
    """Every actor as a link, the chosen one marked."""
    items = [
        html.Li(
            html.A(
                actor.name[state.language],
                href=address("/aktorer", language=state.language, actor=actor_id),
                className="actors__link",
                **(aria(current="true") if actor_id == state.lens.actor else {}),
            )
        )
        for actor_id, actor in state.actors.items()
    ]
    return html.Nav(
        html.Ul(items, className="actors__list"), **aria(label=words.CHOOSE[state.language])
    )


def notice(state: ActorsState) -> Component:
    """How the address was understood, where that is not what it says."""
    language = state.language
    remarks = wording.lens_remarks(
        state.corrections, used=state.actor.name[language], language=language
    )
    return html.Div(parts.notice(remarks, language=language), className="notice")


def mandate(state: ActorsState) -> Component:
    """The actor's task, and questions to begin with."""
    language, actor = state.language, state.actor
    starts = [
        html.Li(
            html.A(
                [
                    html.Span(words.PAGES[start.page][language], className="topic__sector"),
                    html.Span(start.question[language], className="topic__question"),
                ],
                href=state.link_to(start.page, start.indicator, start.level),
                className="topic",
            )
        )
        for start in actor.starts
        if state.can_open(start)
    ]
    heading = html.H3(words.STARTS[language])
    return parts.titled(
        "actors-mandate",
        actor.name[language],
        html.P(actor.mandate[language], className="measure__sentence"),
        *([heading, html.Ul(starts, className="topics")] if starts else []),
    )


def _indicator_sentences(state: ActorsState, _: pd.DataFrame) -> list[str]:
    """How many indicators bear on the task, and who shares most of them."""
    others = [a for a in state.actors if a != state.lens.actor]
    counts = [
        (state.name(a), sum(a in state.partners(i) for i in state.indicators)) for a in others
    ]
    sentence = wording.lens_sentence(
        n=len(state.indicators),
        partners=counts,
        language=state.language,
    )
    return [sentence]


def _indicator_table(state: ActorsState, _: pd.DataFrame) -> Component:
    """The actor's indicators, where to open them and who shares them."""
    language, known = state.language, state.catalogue.indicators
    rows: list[list[parts.Cell]] = [
        [
            known[i].name[language],
            wording.SECTORS[known[i].sector][language],
            _links(state, i),
            wording.capitalised(_partners(state, i)) or words.NOBODY[language],
        ]
        for i in state.indicators
    ]
    heads = (words.INDICATOR, words.SECTOR, words.OPEN, words.SHARED)
    label = words.INDICATORS[language]
    return parts.table([h[language] for h in heads], rows, label=label, texts=(0, 1, 2, 3))


def _partners(state: ActorsState, indicator: str) -> str:
    """The others whom an indicator concerns, as they stand in a sentence; "" where nobody is."""
    names = [wording.uncapitalised(state.name(actor)) for actor in state.partners(indicator)]
    return wording.enumerated(names, language=state.language)


def _links(state: ActorsState, indicator: str) -> Component:
    language = state.language
    name = state.context.catalogue.indicators[indicator].name[language]
    found = [
        html.A(
            words.PAGES[page][language],
            href=state.link_to(page, indicator),
            **aria(label=f"{words.PAGES[page][language]}: {name}"),
        )
        for page in state.pages_of(indicator)
    ]
    return html.Span(
        found or wording.missing_reason("not_available", language=language),
        className="actors__open",
    )


def task_signals(state: ActorsState) -> Component:
    """The signals' indicators that bear on the task, who shares them, and where to see them."""
    language, known = state.language, state.catalogue.indicators
    shared = [
        html.Li(
            words.SIGNAL_SHARED[language].format(
                name=known[i].name[language],
                others=_partners(state, i) or words.NOBODY[language],
            )
        )
        for i in state.weighed
    ]
    link = address("/plats", language=language, area=RIKET, weights=written_weights(state.weighed))
    content: list[Component] = [html.P(words.SIGNALS_NONE[language])]
    if shared:
        see = html.A(words.SIGNALS_LINK[language], href=f"{link}#plats-signals")
        content = [html.P(words.SIGNALS_LEAD[language]), html.Ul(shared), html.P(see)]
    return parts.titled("actors-signals", words.SIGNALS[language], *content)


def _counts(state: ActorsState, frame: pd.DataFrame) -> list[list[int]]:
    n_shared = frame.set_index(["actor_id", "other_id"])["n_shared"].to_dict()
    return [[int(n_shared[a, b]) for b in state.actors] for a in state.actors]


def _squares(state: ActorsState, frame: pd.DataFrame, label: str) -> Component:
    """How many indicators any two actors share, the chosen actor in bold."""
    counts, chosen = _counts(state, frame), list(state.actors).index(state.lens.actor)
    names = [state.name(a) for a in state.actors]
    most = max(max(row) for row in counts) or 1
    heads = [html.Th(words.ACTOR[state.language], scope="col")]
    heads += [html.Th(name, scope="col") for name in names]
    rows = [
        html.Tr(
            [
                html.Th(name, scope="row"),
                *[html.Td(str(n), style={"--part": f"{45 * n / most:.0f}%"}) for n in row],
            ],
            className="chosen" if number == chosen else None,
        )
        for number, (name, row) in enumerate(zip(names, counts, strict=True))
    ]
    body = [html.Thead(html.Tr(heads)), html.Tbody(rows)]
    return html.Table(body, className="pairings", **aria(label=label))


def _common(state: ActorsState) -> str:
    every = [i for actor in state.actors.values() for i in actor.indicators]
    most = max(every.count(i) for i in every)
    known = state.context.catalogue.indicators
    names = [known[i].name[state.language] for i in dict.fromkeys(every) if every.count(i) == most]
    return wording.common_sentence(names, n=most, language=state.language)


INDICATORS: Final = Section(
    key="indicators",
    heading=words.INDICATORS,
    frame=indicators_frame,
    sentences=_indicator_sentences,
    notes=lambda state, _: [words.INDICATORS_NOTE[state.language]],
    table=_indicator_table,
    folded=False,
)
MATRIX: Final = Section(
    key="matrix",
    heading=words.MATRIX,
    frame=matrix_frame,
    sentences=lambda state, frame: [
        wording.sharing_sentence(frame, language=state.language),
        _common(state),
    ],
    drawing=_squares,
    notes=lambda state, _: [words.MATRIX_NOTE[state.language]],
)
CONTENT: Final[Box[ActorsState]] = Box(
    "", (choose, notice, mandate, task_signals, INDICATORS, MATRIX)
)
