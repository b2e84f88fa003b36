"""The actors page's sections: who, with which indicators, and who shares what with whom."""

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.ui import parts
from barometer.ui import words as site_words
from barometer.ui.attributes import aria
from barometer.ui.downloads import downloads
from barometer.ui.pages.actors import words
from barometer.ui.pages.actors.state import (
    ActorsState,
    matrix_frame,
)
from barometer.ui.pages.segregation.figures import matrix_figure


def choose(state: ActorsState) -> Component:
    """Every actor as a link, the chosen one marked."""
    suffix = "&lang=en" if state.language == "en" else ""
    items = [
        html.Li(
            html.A(
                actor.name[state.language],
                href=f"/aktorer?actor={actor_id}{suffix}",
                className="actors__link",
                **(aria(current="true") if actor_id == state.lens.actor else {}),
            )
        )
        for actor_id, actor in state.actors.items()
    ]
    return html.Nav(
        html.Ul(items, className="actors__list"), **aria(label=words.CHOOSE[state.language])
    )


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
                href=state.address(start.page, start.indicator, start.level),
                className="topic",
            )
        )
        for start in actor.starts
        if state.can_open(start)
    ]
    heading = html.H3(words.STARTS[language])
    return html.Section(
        [
            html.H2(actor.name[language], id="actors-mandate"),
            html.P(actor.mandate[language], className="measure__sentence"),
            *([heading, html.Ul(starts, className="topics")] if starts else []),
        ],
        className="measure",
        **aria(labelledby="actors-mandate"),
    )


def indicators(state: ActorsState) -> Component:
    """The actor's indicators, where to open them and who shares them."""
    language, known = state.language, state.context.catalogue.indicators
    others = [a for a in state.actors if a != state.lens.actor]
    counts = [
        (state.name(a), sum(a in state.partners(i) for i in state.indicators)) for a in others
    ]
    sentence = wording.lens_sentence(
        state.actor.name[language], n=len(state.indicators), partners=counts, language=language
    )
    rows: list[list[parts.Cell]] = [
        [
            known[i].name[language],
            site_words.SECTORS[known[i].sector][language],
            _links(state, i),
            wording.enumerated([state.name(a) for a in state.partners(i)], language=language)
            or words.NOBODY[language],
        ]
        for i in state.indicators
    ]
    heads = (words.INDICATOR, words.SECTOR, words.OPEN, words.SHARED)
    table = parts.table(
        [h[language] for h in heads], rows, label=words.INDICATORS[language], texts=(0, 1, 2, 3)
    )
    return parts.section(
        "actors-indicators",
        words.INDICATORS[language],
        said=[sentence],
        notes=[words.INDICATORS_NOTE[language]],
        table=table,
        files=_files(state, "indicators"),
    )


def _links(state: ActorsState, indicator: str) -> Component:
    language = state.language
    name = state.context.catalogue.indicators[indicator].name[language]
    found = [
        html.A(
            words.PAGES[page][language],
            href=state.address(page, indicator),
            **aria(label=f"{words.PAGES[page][language]}: {name}"),
        )
        for page in state.pages_of(indicator)
    ]
    return html.Span(found or words.NOT_HERE[language], className="actors__open")


def matrix(state: ActorsState) -> Component:
    """How many indicators any two actors share."""
    language, frame = state.language, matrix_frame(state)
    ids = list(state.actors)
    n_shared = frame.set_index(["actor_id", "other_id"])["n_shared"].to_dict()
    names = [state.name(a) for a in ids]
    counts = [[int(n_shared[a, b]) for b in ids] for a in ids]
    texts = [[str(n) for n in row] for row in counts]
    values: list[list[float | None]] = [[float(n) for n in row] for row in counts]
    sentence = wording.sharing_sentence(frame, language=language)
    figure = matrix_figure(names, values, texts, language=language)
    heading = words.MATRIX[language]
    rows = [[name, *row] for name, row in zip(names, texts, strict=True)]
    twin = parts.table([words.ACTOR[language], *names], rows, label=heading)
    return parts.section(
        "actors-matrix",
        heading,
        said=[sentence, _common(state)],
        figure=html.Div(
            parts.graph(figure, label=sentence, height=120 + 44 * len(ids)),
            className="actors__wide",
            tabIndex=0,
            role="group",
            **aria(label=heading),
        ),
        notes=[words.MATRIX_NOTE[language]],
        table=parts.folded(twin, language=language),
        files=_files(state, "matrix"),
    )


def _common(state: ActorsState) -> str:
    every = [i for actor in state.actors.values() for i in actor.indicators]
    most = max(every.count(i) for i in every)
    known = state.context.catalogue.indicators
    names = [known[i].name[state.language] for i in dict.fromkeys(every) if every.count(i) == most]
    return wording.common_sentence(names, n=most, language=state.language)


def _files(state: ActorsState, part: str) -> Component:
    return downloads(f"aktorer/{part}", state.lens.to_query(), language=state.language)
