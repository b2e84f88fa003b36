"""What pages are made of: controls, room for sections, remarks, tools, a section's own parts.

The options of controls come from the catalogue and the snapshot.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import dash_mantine_components as dmc
import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Catalogue, Text
from barometer.divisions import Language
from barometer.queries import Provenance
from barometer.ui import words
from barometer.ui.figures import GRAPH_CONFIG
from barometer.ui.markup import aria, data, element

MOST_YEAR_LABELS: Final = 5
MOST: Final = 500  # rows an answer
_RANGES: Final = re.compile(r"(\d+–\d+)")

Cell = str | Component
Options = list[dict[str, Any]]
Linked = list[Component | str]


def message(heading: str, lead: str, *more: Component) -> Component:
    """A page that has nothing to show says why, and what to do."""
    return html.Div([html.H1(heading), html.P(lead, className="lead"), *more], className="message")


def placeholder(name: str, *inside: Component, loading: bool = True) -> Component:
    """Room for sections that are loading, or that load when the reader opens a folded part."""
    busy = "true" if loading else "false"
    return html.Div(list(inside), id=name, className="room", **aria(busy=busy))


def waiting(language: Language) -> Component:
    """What stands in the first room until its sections come."""
    return html.P(words.LOADING[language], className="loading")


def image(
    light: str, dark: str, *, alt: str, size: tuple[int, int], name: str = "picture"
) -> Component:
    """A picture from the server; on dark ground another, which is asked for only there."""
    return html.Img(
        src=light,
        alt=alt,
        width=str(size[0]),
        height=str(size[1]),
        className=name,
        style={"--dark": f'url("{dark}")'},
    )


def notice(remarks: Sequence[str], *, language: Language) -> list[Component]:
    """How an address was understood, where that is not what it says."""
    if not remarks:
        return []
    title = html.P(words.NOTICE[language], className="notice__title")
    return [title, html.Ul([html.Li(remark) for remark in remarks])]


def buttons(language: Language, *, embed: bool = False) -> Component:
    """Take the view along: its link, code that shows it on another site, paper (20-site.js)."""
    copies = [("link", words.COPY, words.COPIED)]
    copies += [("embed", words.EMBED, words.EMBEDDED)] if embed else []
    made = [
        html.Button(
            said[language],
            type="button",
            className="button",
            **data(copy=what, done=done[language]),
        )
        for what, said, done in copies
    ]
    paper = html.Button(words.PRINT[language], type="button", className="button", **data(print=""))
    return html.Div([*made, paper], className="facts__tools")


def tools(*below: Component, language: Language, embed: bool = False) -> Component:
    """The foot of a page: its tools, and where the numbers come from."""
    return html.Div([buttons(language, embed=embed), *below], className="facts")


def source(name: str, line: str | Linked = "") -> Component:
    """Where the numbers come from; `line` is a `source_line` or `source_links`."""
    return html.P(line, id=name, className="facts__source")


def source_links(provenance: Provenance, catalogue: Catalogue, *, language: Language) -> Linked:
    """The `source_line`, in which every table leads to the same table at its agency."""
    return linked_tables(source_line(provenance, language=language), catalogue, language=language)


def linked_tables(line: str, catalogue: Catalogue, *, language: Language) -> Linked:
    """A text in which the ids of tables lead to them."""
    ids = sorted((i for i, own in catalogue.sources.items() if own.has_known_id), key=len)
    known = "|".join(map(re.escape, reversed(ids)))
    found: Linked = []
    for piece in re.split(rf"\b({known})\b", line) if known else [line]:
        table = catalogue.sources.get(piece)
        href = table.table_address(language) if table else ""
        found.append(html.A(piece, href=href, rel="external") if href else piece)
    return [piece for piece in found if piece != ""]


def tables_line(provenance: Provenance, *, language: Language) -> str:
    """The tables behind one figure or table, who computed it, and which values are sums."""
    line = wording.tables_line(
        [(used.agency, used.source_id, used.updated) for used in provenance.sources],
        derived=provenance.computed,
        synthetic=provenance.snapshot.synthetic,
        language=language,
    )
    summed = wording.summed_sentence(provenance.summed_from, language=language)
    return f"{line} {summed}".rstrip()


def source_line(provenance: Provenance, *, language: Language) -> str:
    """Where the numbers come from, and which of them are sums of the barometer."""
    snapshot, sources = provenance.snapshot, provenance.sources
    line = wording.source_line(
        [(used.agency, used.source_id, used.updated) for used in sources],
        derived=provenance.computed,
        retrieved=max((used.retrieved for used in sources), default=snapshot.built_at).date(),
        snapshot_id=snapshot.snapshot_id,
        synthetic=snapshot.synthetic,
        language=language,
    )
    summed = wording.summed_sentence(provenance.summed_from, language=language)
    return f"{line} {summed}".rstrip()


def section(
    key: str,
    heading: str,
    *,
    sentences: Sequence[str] = (),
    figure: Component | None = None,
    table: Component | None = None,
    notes: Sequence[str] = (),
    files: Component | None = None,
) -> Component:
    """One section; the files hold the frame that everything else in it is made from."""
    shown = [
        html.H2(unbroken(heading), id=f"{key}-heading"),
        *[html.P(sentence, className="measure__sentence") for sentence in sentences if sentence],
        figure,
        *[html.P(note, className="measure__note") for note in notes if note],
        table,
        files,
    ]
    return html.Section(
        [item for item in shown if item is not None],
        id=key,
        className="measure",
        **aria(labelledby=f"{key}-heading"),
    )


def titled(anchor: str, heading: str, *inside: Component | str, name: str = "measure") -> Component:
    """A section that is no frame's: its heading, and what stands under it."""
    return html.Section(
        [html.H2(heading, id=anchor), *inside], className=name, **aria(labelledby=anchor)
    )


def unbroken(text: str) -> str | list[str | Component]:
    """A heading in which no line ends within "1–2" or "16–64"; as it is where it has no range."""
    found = _RANGES.split(text)
    if len(found) == 1:
        return text
    return [
        html.Span(part, className="together") if place % 2 else part
        for place, part in enumerate(found)
        if part
    ]


def graph(figure: go.Figure | dict[str, Any], *, label: str, height: int) -> Component:
    """A figure; its words are the label, its numbers the table."""
    drawn = dcc.Graph(figure=figure, config=GRAPH_CONFIG, style={"height": f"{height}px"})
    return html.Div(drawn, className="measure__graph", role="img", **aria(label=label))


def table(
    heads: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    *,
    label: str,
    chosen: int | None = None,
    texts: Sequence[int] = (),
    blocks: bool = False,
) -> Component:
    """A table that scrolls inside its frame; the first cell of a row is its head.

    `texts` are the columns with words, which are not set as numbers. A table of nothing but words,
    or one of few rows that asks for it, stands as `blocks` on a phone, each cell under the name of
    its column.
    """
    prose = blocks or len(texts) == len(heads)
    body = [
        element(
            html.Tr,
            [
                element(html.Th, row[0], scope="row"),
                *[
                    element(
                        html.Td,
                        cell,
                        className="words" if n in texts else None,
                        **({"data-label": str(heads[n])} if prose else {}),
                    )
                    for n, cell in enumerate(row[1:], start=1)
                ],
            ],
            className="chosen" if number == chosen else None,
        )
        for number, row in enumerate(rows)
    ]
    head = html.Thead(
        element(
            html.Tr,
            [
                element(html.Th, h, scope="col", className="words" if n in texts else None)
                for n, h in enumerate(heads)
            ],
        )
    )
    inside = html.Table([head, html.Tbody(body)], className="numbers prose" if prose else "numbers")
    return html.Div(inside, className="scroll", tabIndex=0, role="group", **aria(label=label))


def folded(twin: Component, *, language: Language) -> Component:
    """A table twin under a summary."""
    summary = html.Summary(words.TWIN[language])
    return html.Details([summary, twin], className="measure__twin", open=False)


def row_words(n: int, *, language: Language) -> dict[str, str]:
    """The words that the client puts on a table of `n` rows."""
    counted = wording.number(n, language=language)
    return {
        "sort": words.ROWS_SORT[language],
        "count": words.ROWS_COUNT[language].format(n=counted),
        "failed": words.ROWS_FAILED[language],
    }


def asked_rows(asked: Mapping[str, str]) -> tuple[int, int]:
    """From which row on and how many: `from` and `n` of an address, never more than MOST."""
    return _number(asked.get("from"), 0), min(_number(asked.get("n"), MOST), MOST)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else default


def indicator_groups(
    catalogue: Catalogue, offered: Collection[str], *, language: Language
) -> Options:
    """The indicators that are offered, by sector, for a select."""
    groups = (
        (sector, [i for i in catalogue.of_sector(sector) if i.indicator_id in offered])
        for sector in catalogue.sectors
    )
    return [
        {
            "group": wording.SECTORS[sector][language],
            "items": [{"value": i.indicator_id, "label": i.name[language]} for i in found],
        }
        for sector, found in groups
        if found
    ]


def years(numbers: Iterable[int]) -> Options:
    """Years for a select."""
    return [{"value": str(year), "label": str(year)} for year in numbers]


def select(
    name: str,
    label: Text,
    options: Options,
    value: str | None,
    *,
    language: Language,
    hint: Text | None = None,
) -> Component:
    """One of several; one that can be searched when its options come in groups."""
    return dmc.Select(
        id=name,
        label=label[language],
        description=hint[language] if hint else None,
        inputWrapperOrder=["label", "input", "description"],
        data=options,
        value=value,
        searchable=bool(options) and "group" in options[0],
        allowDeselect=False,
        nothingFoundMessage=words.NOTHING_FOUND[language],
        maxDropdownHeight=420,
        comboboxProps={"shadow": "md"},
    )


def multi_select(
    name: str,
    label: Text,
    options: Options,
    chosen: Iterable[str],
    *,
    language: Language,
    clear: Text | None = None,
    **more: Any,
) -> Component:
    """Several of many; with the word `clear` they can be cleared at once."""
    words_of = f"{clear[language]}: {label[language]}" if clear else ""
    cleared = {"clearable": True, "clearButtonProps": aria(label=words_of)} if clear else {}
    return dmc.MultiSelect(
        id=name,
        label=label[language],
        data=options,
        value=list(chosen),
        searchable=True,
        nothingFoundMessage=words.NOTHING_FOUND[language],
        comboboxProps={"shadow": "md"},
        **cleared,
        **more,
    )


def field(
    label: str, control: Component, *, hint: str | None = None, **attributes: Any
) -> Component:
    """A control that has no label of its own, under a visible one."""
    shown = [html.Span(label, className="field__label"), control]
    if hint:
        shown.append(html.Span(hint, className="field__hint"))
    return html.Div(shown, className="field", **attributes)


def year_marks(years: Sequence[int]) -> Options:
    """A mark a year, labelled so that the labels have room; the last year always is."""
    step = -(-len(years) // MOST_YEAR_LABELS)
    return [
        {"value": year, "label": str(year)} if (len(years) - 1 - i) % step == 0 else {"value": year}
        for i, year in enumerate(years)
    ]
