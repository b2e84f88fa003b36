"""How the data fares: snapshot, last run, SCB's tables, update log, files, dictionary."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.catalogue import Catalogue, Indicator, Source
from barometer.divisions import Language, level_name
from barometer.export import FORMATS
from barometer.queries import SourceUse
from barometer.queries.dictionary import DictionaryTable, UpdateEntry
from barometer.runs import read_status
from barometer.snapshot import Snapshot
from barometer.ui import words as site_words
from barometer.ui.address import address
from barometer.ui.markup import aria
from barometer.ui.pages.method import words
from barometer.ui.pages.method.parts import Fact, entry, facts, lines, linked, separated, table
from barometer.ui.words import fill, run_name


def snapshot_facts(
    snapshot: Snapshot,
    catalogue: Catalogue,
    fetched: Mapping[str, SourceUse],
    *,
    language: Language,
) -> Component:
    """What the snapshot is, and what it lacks in a reader's words."""
    return facts(
        [
            (site_words.SNAPSHOT[language], html.Code(snapshot.snapshot_id)),
            (words.ORIGIN[language], words.ORIGINS[snapshot.origin][language]),
            (site_words.STATUS_BUILT[language], _moment(snapshot.built_at, language)),
            (words.LACKING[language], _lacking(snapshot, catalogue, fetched, language)),
        ]
    )


def _lacking(
    snapshot: Snapshot, catalogue: Catalogue, fetched: Mapping[str, SourceUse], language: Language
) -> str:
    """How many tables did not come, and of how many some part did not."""
    if not snapshot.lacking:
        return words.NOTHING_LACKS[language]
    n_absent = len(catalogue.sources.keys() - fetched.keys())
    named = {re.split(r"[\s,:]", message, maxsplit=1)[0] for message in snapshot.lacking}
    n_partial = len(named & fetched.keys())
    extract = snapshot.origin == "scb-extract"
    absent = words.LACKING_IN_EXTRACT if extract else words.LACKING_TABLES
    counted = ((absent, n_absent), (words.LACKING_PARTS, n_partial))
    total = str(len(catalogue.sources))
    found = [fill(text, language, n=str(n), total=total) for text, n in counted if n]
    return " ".join([*found, words.LACKING_RULE[language]])


def technical_facts(snapshot: Snapshot, published_dir: Path, *, language: Language) -> Component:
    """For whoever checks or runs the site: how the snapshot was made, the sources' own answers."""
    answers = html.Div(lines(snapshot.lacking), lang="en")
    return facts(
        [
            (words.FETCHED_FROM[language], _fetched_from(snapshot, language)),
            (words.CODE_VERSION[language], html.Code(snapshot.code_version)),
            (words.CHECKSUM[language], html.Code(snapshot.inputs_sha256)),
            (site_words.STATUS_LAST_RUN[language], last_run(published_dir, language=language)),
            (words.OPERATION[language], _operation(language)),
            (words.ANSWERS[language], answers) if snapshot.lacking else None,
        ]
    )


def _fetched_from(snapshot: Snapshot, language: Language) -> Component | str:
    if snapshot.synthetic:
        return words.FETCHED_FROM_NOBODY[language]
    return words.FETCHED_FROM_EXTRACT[language] if snapshot.extract else html.Code(snapshot.api)


def _operation(language: Language) -> Component:
    """The way to the operator's page, which is no part of the app: the browser loads it anew."""
    return html.A(site_words.STATUS_NAME[language], href=address("/status", language=language))


def last_run(published_dir: Path, *, language: Language) -> str:
    """How the last run of the pipeline ended, as STATUS.json has it."""
    run = read_status(published_dir).last_run
    if run is None:
        return words.NO_RUN[language]
    text = words.LAST_RUN_BADLY if run.exit_code else words.LAST_RUN_WELL
    name = run_name(run.command, language)
    return fill(text, language, run=name, day=_moment(run.ended_at, language))


def source_entries(
    catalogue: Catalogue, fetched: Mapping[str, SourceUse], *, language: Language
) -> Iterator[Component]:
    """Every table of the catalogue, fetched or not; then those that nothing is made of."""
    for source in catalogue.sources.values():
        yield source_entry(source, catalogue, fetched.get(source.source_id), language=language)
    if catalogue.unused:
        reasons = lines(f"{key}: {why[language]}" for key, why in catalogue.unused.items())
        yield entry(
            "sources-unused",
            words.UNUSED[language],
            aside=str(len(catalogue.unused)),
            inside=[reasons],
        )


def source_entry(
    source: Source, catalogue: Catalogue, fetched: SourceUse | None, *, language: Language
) -> Component:
    """One table: what it is for and how new it is."""
    name = source.source_id
    said: list[Fact | None] = [
        (words.TABLE[language], _at_scb(source, fetched, language)),
        *_state(fetched, language),
        (
            words.YEARS[language],
            _years(fetched) if fetched else words.NO_YEARS[language],
        ),
        (words.RHYTHM[language], source.rhythm[language]),
        (words.NOTE[language], words.UNCONFIRMED_NOTE[language])
        if source.unverified and not fetched
        else None,
        (
            words.BREAKS[language],
            lines(f"{b.year}: {b.note[language]}" for b in source.breaks),
        )
        if source.breaks
        else None,
        (words.USED_BY[language], _users(name, catalogue, language)),
        (words.AGENCY[language], wording.agency_name(source.agency, language=language)),
        (words.LICENCE_WORD[language], wording.licence_name(source.licence, language=language)),
        (words.PROTECTION[language], source.protection[language]) if source.protection else None,
        (words.NOTES[language], html.Div(lines(map(_footnote, fetched.notes)), lang="sv"))
        if fetched and fetched.notes
        else None,
    ]
    aside = _day(fetched, language) if fetched else words.NOT_IN_VERSION[language]
    title = f"{source.printed_id(fetched=fetched is not None)} {source.title[language]}".strip()
    return entry(f"source-{name}", title, aside=aside, inside=[facts(said)])


def _years(fetched: SourceUse) -> str:
    first, last = fetched.first_year, fetched.last_year
    return f"{first}" if first == last else f"{first}–{last}"


def _state(fetched: SourceUse | None, language: Language) -> list[Fact]:
    if fetched is None:
        return [(words.IN_VERSION[language], words.NOT_IN_VERSION[language])]
    return [
        (words.UPDATED[language], _day(fetched, language)),
        (words.RETRIEVED[language], _moment(fetched.retrieved, language)),
    ]


def _footnote(note: str) -> list[Any]:
    """A footnote of SCB's, whose links are written in HTML."""
    pieces = re.split(r"<a\s+href\s*=\s*['\"]?([^'\">]+)['\"]?\s*>(.+?)</a>", note)
    said: list[Any] = [re.sub(r"<[^>]+>", " ", piece) for piece in pieces]
    for at in range(1, len(pieces), 3):
        said[at : at + 2] = [html.A(pieces[at + 1], href=pieces[at], rel="external"), ""]
    return [piece for piece in said if piece]


def _at_scb(source: Source, fetched: SourceUse | None, language: Language) -> list[Any]:
    levels = ", ".join(level_name(level, language=language) for level in source.levels)
    label = fetched.label if fetched else source.title["sv"]
    href = source.table_address(language)
    if not (href and source.printed_id(fetched=fetched is not None)):
        return [html.Span(label, lang="sv"), f" ({levels})"]
    return [html.A(label, href=href, rel="external", lang="sv"), f" ({levels})"]


def _users(source_id: str, catalogue: Catalogue, language: Language) -> list[Any]:
    """The indicators and groupings that are made of a table."""
    made = [
        linked(i.name[language], f"indicator-{i.indicator_id}")
        for i in catalogue.indicators.values()
        if source_id in i.source_ids
    ]
    made += [
        linked(g.name[language], f"grouping-{g.grouping_id}")
        for g in catalogue.groupings.values()
        if source_id in g.source_ids and g.grouping_id not in catalogue.indicators
    ]
    return separated(made)


def log_lines(changes: Sequence[UpdateEntry], *, language: Language) -> Component:
    """What is new against the snapshot before."""
    return html.Ul([html.Li(change.text[language]) for change in changes])


def file_table(*, language: Language) -> Component:
    """Every format that a view can be downloaded in."""
    rows = [
        (
            found.name[language],
            html.Code(f"/export/{found.format_id}"),
            html.Code(found.media_type.partition(";")[0]),
        )
        for found in FORMATS
    ]
    heads = (words.FORMAT[language], words.ADDRESS[language], words.TYPE[language])
    return table(words.FILES[language], heads, rows)


def whole_files(catalogue: Catalogue, *, language: Language) -> Iterator[Component]:
    """Everything at once: the data package, each indicator whole, and the way for programs."""
    package = html.A(words.PACKAGE[language], href="/api/v1/package.zip", download="")
    programs = html.A(words.PROGRAMS[language], href=address("/data/api", language=language))
    yield html.P([package, " · ", programs])
    rows = [
        (own.name[language], *(_whole(own, form, language) for form in ("csv", "xlsx", "parquet")))
        for own in catalogue.indicators.values()
    ]
    heads = (words.INDICATOR[language], "CSV", "Excel", "Parquet")
    whole = table(words.WHOLE_INDICATORS[language], heads, rows)
    yield entry("whole-indicators", words.WHOLE_INDICATORS[language], aside="", inside=[whole])


def _whole(indicator: Indicator, format_id: str, language: Language) -> Component:
    """A link whose name also says which indicator, for those who hear one link at a time."""
    where = f"/api/v1/values.{format_id}?indicator={indicator.indicator_id}"
    label = aria(label=f"{format_id}, {indicator.name[language]}")
    return html.A(format_id, href=where, download="", **label)


def dictionary_entries(
    tables: Sequence[DictionaryTable], *, language: Language
) -> Iterator[Component]:
    """Every table of the snapshot with its columns."""
    for found in tables:
        heads = (words.COLUMN[language], words.TYPE[language], words.MEANING[language])
        rows = [
            (
                html.Code(column.name),
                [column.data_type.lower(), _null(column.nullable, language)],
                html.Span(column.comment, lang="en"),
            )
            for column in found.columns
        ]
        yield entry(
            f"table-{found.name}",
            found.name,
            aside="",
            inside=[html.P(found.comment, lang="en"), table(found.name, heads, rows)],
        )


def _null(nullable: bool, language: Language) -> str:
    return f", {words.MAY_BE_NULL[language]}" if nullable else ""


def _day(fetched: SourceUse, language: Language) -> str:
    if fetched.updated is None:
        return words.NO_RUN[language]
    return wording.day(fetched.updated, language=language)


def _moment(moment: datetime, language: Language) -> str:
    return f"{wording.day(moment.date(), language=language)} {moment:%H:%M} UTC"
