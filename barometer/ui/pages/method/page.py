"""Data och metod: what every figure means, made of the catalogue, the registry and the snapshot."""

from collections.abc import Iterable, Iterator
from functools import partial

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, html
from dash.development.base_component import Component

from barometer.divisions import Language
from barometer.indices import INDICES
from barometer.queries import dictionary
from barometer.selection.address import Address
from barometer.store import Reader
from barometer.ui.address import address
from barometer.ui.base.page import Page
from barometer.ui.context import Context, language_of
from barometer.ui.markup import aria, data
from barometer.ui.pages.evaluation import words as own
from barometer.ui.pages.method import indicators, measures, status, words
from barometer.ui.pages.method.parts import fold, heading, prose, section
from barometer.ui.serving import module_addresses
from barometer.ui.words import fill

FILTER = "data-filter"
FOUND = "data-found"
_MOST_TYPED = 80


def layout(context: Context, query: str) -> Component:
    """Contents, search, and one section after the other."""
    language = language_of(query)
    with context.store.reader() as reader:
        parts = list(sections(context, reader, language))
    return html.Div(
        [
            html.Div(
                [
                    html.H1(words.NAME[language]),
                    html.P(words.LEAD[language], className="lead"),
                    search(query, language),
                ],
                className="method__head",
            ),
            contents(parts, language),
            html.Div(parts, className="method__parts"),
        ],
        className="method",
    )


def search(query: str, language: Language) -> Component:
    """The box that leaves the entries with the words in them; ?q= holds them."""
    typed = Address.of(query).values.get("q", [""])[0][:_MOST_TYPED]
    return html.Div(
        [
            dmc.TextInput(
                id=FILTER,
                label=words.FILTER[language],
                placeholder=words.FILTER_HINT[language],
                value=typed,
                size="md",
            ),
            html.P(
                id=FOUND,
                className="method__found",
                role="status",
                **data(found=words.FOUND[language], nothing=words.NOTHING[language]),
            ),
        ],
        className="method__search",
    )


def contents(parts: list[Component], language: Language) -> Component:
    """The way to every section; folded away on a narrow window."""
    links = [
        html.Li(html.A(title, href=f"#{anchor}", className="contents__link"))
        for anchor, title in map(heading, parts)
    ]
    inside = html.Details(
        [html.Summary(words.CONTENTS[language]), html.Ol(links)], className="contents__fold"
    )
    return html.Nav(inside, className="contents", **aria(label=words.CONTENTS[language]))


def sections(context: Context, reader: Reader, language: Language) -> Iterator[Component]:
    """Every section, in the order of the contents."""
    guide = prose("guide", language=language)
    yield section("guide", words.GUIDE[language], guide)
    yield _text("area_types", words.AREA_TYPES[language], language)
    yield _text("index_limits", words.SEGREGATION[language], language)
    yield from _registers(context, reader, language)
    lead, *rest = following(language)
    yield section(
        "follow-up", words.FOLLOWING[language], [lead, fold(words.READ_ON[language], rest)]
    )
    yield _text("missing", words.MISSING[language], language)
    yield from _state(context, reader, language)
    yield _text("licence", words.LICENCE[language], language)
    yield _text("accessibility", words.ACCESSIBILITY[language], language)


def _text(name: str, title: str, language: Language) -> Component:
    """A long text; what comes under headings of its own is folded."""
    text = prose(name, language=language)
    lead = next((n for n, part in enumerate(text) if isinstance(part, html.H3)), len(text))
    more = [fold(words.READ_ON[language], text[lead:])] if text[lead:] else []
    return section(name.replace("_", "-"), title, [*text[:lead], *more])


def _all(n: int, inside: Iterable[Component], language: Language) -> Component:
    return fold(fill(words.ALL_OF, language, n=str(n)), inside)


def _registers(context: Context, reader: Reader, language: Language) -> Iterator[Component]:
    """Indicators, groupings and measures."""
    catalogue = context.catalogue
    held = indicators.SnapshotContents(
        context.offer(reader),
        reader.once(dictionary.missing_values),
        reader.once(dictionary.grouping_spans),
        reader.once(dictionary.fetched).keys(),
    )
    lead = fill(words.INDICATORS_LEAD, language, n=str(len(catalogue.indicators)))
    entries = indicators.indicator_entries(catalogue, held, language=language)
    yield section(
        "indicators",
        words.INDICATORS[language],
        [html.P(lead), _all(len(catalogue.indicators), entries, language)],
    )
    groupings = list(indicators.grouping_entries(catalogue, held, language=language))
    lead = words.GROUPINGS_LEAD[language]
    yield section(
        "groupings",
        words.GROUPINGS[language],
        [html.P(lead), _all(len(groupings), groupings, language)],
    )
    lead = fill(words.INDICES_LEAD, language, n=str(len(INDICES)))
    found = measures.index_entries(language=language)
    yield section(
        "indices", words.INDICES[language], [html.P(lead), _all(len(INDICES), found, language)]
    )
    lead = measures.agreement_lead(language)
    three = measures.agreement_table(language=language)
    yield section(
        "agreement",
        words.AGREEMENT[language],
        [html.P(lead), fold(words.COMPARISON[language], [three])],
    )


def _state(context: Context, reader: Reader, language: Language) -> Iterator[Component]:
    """Snapshot, tables, log, files and dictionary."""
    fetched = reader.once(dictionary.fetched)
    known = status.snapshot_facts(reader.snapshot, context.catalogue, fetched, language=language)
    technical = status.technical_facts(
        reader.snapshot, context.settings.published_dir, language=language
    )
    tables = list(status.source_entries(context.catalogue, fetched, language=language))
    inside = [
        known,
        fold(words.TECHNICAL[language], [technical]),
        html.P(words.STATUS_LEAD[language]),
        _all(len(context.catalogue.sources), tables, language),
    ]
    yield section("status", words.STATUS[language], inside)
    log = status.log_lines(reader.once(dictionary.update_log), language=language)
    yield section("log", words.LOG[language], [log])
    files = fold(words.FORMATS[language], [status.file_table(language=language)])
    lead = words.FILES_LEAD[language]
    whole = status.whole_files(context.catalogue, language=language)
    yield section("files", words.FILES[language], [html.P(lead), *whole, files])
    described = reader.once(dictionary.data_dictionary)
    schema = _all(len(described), status.dictionary_entries(described, language=language), language)
    lead = words.DICTIONARY_LEAD[language]
    yield section("dictionary", words.DICTIONARY[language], [html.P(lead), schema])


def register(app: Dash, context: Context) -> None:  # noqa: ARG001 - a page's two functions
    """The search runs in the browser; the address keeps what was typed."""
    app.clientside_callback(
        ClientsideFunction("method", "narrow"),
        Output(FOUND, "children"),
        Input(FILTER, "value"),
    )


def following(language: Language) -> list[Component]:
    """The method, what it can and cannot show, and the way to the page."""
    page = address("/folj-upp", language=language)
    limits = ((own.CAN_HEAD, own.CAN), (own.CANNOT_HEAD, own.CANNOT))
    return [
        html.P(own.LEAD[language]),
        *[html.P(text[language]) for text in own.METHOD_TEXT],
        *[
            part
            for heading, items in limits
            for part in (
                html.H3(heading[language]),
                html.Ul([html.Li(item[language]) for item in items]),
            )
        ],
        html.P(html.A(words.FOLLOWING_OPEN[language], href=page)),
    ]


PAGE = Page(
    path="/data",
    name=words.NAME,
    layout=layout,
    register=register,
    preload=partial(module_addresses, "method/narrow"),
)
