"""A table's rows as a sheet, so that every format can write them."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import repeat
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from barometer import wording
from barometer.catalogue import Catalogue, Indicator, Text
from barometer.divisions import LEVELS, Language, division_label, level_name
from barometer.export import Column, Sheet
from barometer.export.frames import breaks_within, file_stem, sheet_of, with_bounds
from barometer.export.meaning import Meaning, meanings, places_in_words
from barometer.export.origin import origin_in_words
from barometer.indices import INDICES
from barometer.own_codes import plain_id
from barometer.queries import Provenance, sources, summed_among
from barometer.selection.wanted import TableRequest
from barometer.snapshot import Snapshot
from barometer.store import Reader
from barometer.tables.table import Rows, Table

_NAMED: Final = 3  # of each list of the question; more are too long for a name
_TYPES: Final = {"text": "str", "number": "Float64", "whole": "Int64"}


def _are_published(asked: Sequence[Indicator], requested: TableRequest) -> bool:
    """Whether every figure of the indicators stands in an agency's table as it stands here."""
    return bool(asked) and not any(
        one.is_derived_in(year)
        for one in asked
        for year in requested.year
        or {part.last_year or part.first_year or 0 for part in one.parts}
        or {0}
    )


def _summed(reader: Reader, requested: TableRequest) -> tuple[str, ...]:
    """What the values that are asked for were summed from, where indicators are named."""
    if not requested.indicator:
        return ()
    return summed_among(
        reader.cursor, requested.indicator, levels=requested.level, years=requested.year
    )


def table_sheet(
    reader: Reader,
    table: Table,
    requested: TableRequest,
    *,
    catalogue: Catalogue,
    address: str = "",
) -> tuple[Sheet, Rows]:
    """The wanted rows as a sheet, and the rows themselves with how many there are in all.

    `address` is where they were asked for.
    """
    rows = table.find(reader, catalogue, requested)
    asked = [catalogue.indicators[key] for key in requested.indicator]
    measured = [catalogue.groupings[key] for key in requested.grouping]
    breaks = catalogue.breaks_of(
        *asked, *measured, levels=(*requested.level, *requested.units) or LEVELS
    )
    breaks = breaks_within(breaks, pd.DataFrame({"year": requested.year}))
    used = sources(reader.cursor, rows.source_ids)
    summed = _summed(reader, requested)
    computed = bool(summed) or not _are_published(asked, requested)
    provenance = Provenance(reader.snapshot, used, breaks, computed=computed, summed_from=summed)
    known = _definitions(table, requested, catalogue)
    sheet = sheet_of(
        _typed(pd.DataFrame(columns=[c.name for c in table.columns]), table.columns),
        table.columns,
        stem=file_stem(
            (table.table_id, *_named(requested)),
            query=urlsplit(address).query,
            synthetic=reader.snapshot.synthetic,
        ),
        title=table.name[requested.lang],
        language=requested.lang,
        provenance=provenance,
        known=known,
        address=address,
        in_words=partial(_in_words, catalogue=catalogue, language=requested.lang),
        about=(
            (Text("Beskrivning", "Description")[requested.lang], table.about[requested.lang]),
            *((meaning.name, meaning.text) for meaning in known),
        ),
        described={"table": table.table_id},
        boundaries=rows.boundaries,
        parts=partial(_parts, rows, table.columns, reader.snapshot, catalogue),
    )
    return sheet, rows


def _parts(
    rows: Rows, columns: tuple[Column, ...], snapshot: Snapshot, catalogue: Catalogue
) -> Iterator[pd.DataFrame]:
    named = cache(partial(_agencies, catalogue=catalogue, synthetic=snapshot.synthetic))
    for part in rows.parts():
        pairs = [named(str(ids)) for ids in part["source"]]
        same = {"snapshot": snapshot.snapshot_id, "origin": snapshot.origin}
        whose = {"agency": [a for a, _ in pairs], "licence": [terms for _, terms in pairs]}
        own = {name: given for name, given in whose.items() if name not in part}
        part = with_bounds(part, catalogue=catalogue).assign(**same, **own)
        yield _typed(part[[c.name for c in columns]], columns)


def _agencies(ids: str, *, catalogue: Catalogue, synthetic: bool) -> tuple[str, str]:
    """Whose figures some tables are and on what terms; made-up ones are of no agency."""
    known = [catalogue.sources[own] for own in ids.split() if own in catalogue.sources]
    if synthetic:
        return "", ""
    agencies = dict.fromkeys(own.agency for own in known)
    return "; ".join(agencies), "; ".join(dict.fromkeys(own.licence for own in known))


def _typed(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """Every part with the same types, so that parts fit together."""
    return frame.astype({column.name: _TYPES[column.kind] for column in columns})


def _named(requested: TableRequest) -> tuple[str, ...]:
    """What a file's name says of the question: what, where, when, as far as it is short."""
    lists = (
        requested.indicator,
        requested.grouping,
        requested.index,
        requested.level,
        requested.within,
    )
    words = ["-".join(map(plain_id, own)) for own in lists if 0 < len(own) <= _NAMED]
    years = requested.year
    words += [f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])] if years else []
    return tuple(words)


def _definitions(
    table: Table, requested: TableRequest, catalogue: Catalogue
) -> tuple[Meaning, ...]:
    """Of the indicators, groupings and measures in the table: those asked for, else all."""
    names = {column.name for column in table.columns}
    if "definition" in names:
        return ()  # each row says its own
    typed = "type_name" in names
    indicators = (key for key, own in catalogue.indicators.items() if own.categories or not typed)
    asked = {
        "indicator": requested.indicator or tuple(indicators),
        "grouping": requested.grouping or tuple(catalogue.groupings),
        "index_id": requested.index or tuple(index.id for index in INDICES),
    }
    frame = pd.DataFrame({n: pd.Series(asked[n], dtype="str") for n in asked if n in names})
    return meanings(frame, catalogue=catalogue, language=requested.lang)


def _in_words(frame: pd.DataFrame, *, catalogue: Catalogue, language: Language) -> pd.DataFrame:
    """The same rows for people: names for codes, in every column that has any."""
    said = _words_by_column(catalogue, language)
    labelled = frame.assign(
        **{n: frame[n].map(say, "ignore") for n, say in said.items() if n in frame}
    )
    if "label" in frame and "level" in frame:
        places = places_in_words(frame["label"], frame["level"], language=language)
        labelled = labelled.assign(label=places)
    level = "unit_level" if "unit_level" in frame else "level"
    if "division" in frame and level in frame:
        pairs = zip(frame[level], frame["division"], strict=True)
        labelled = labelled.assign(
            division=[division_label(own, division, language=language) for own, division in pairs]
        )
    return labelled.assign(source=list(_sources_in_words(frame, catalogue, language)))


def _sources_in_words(
    frame: pd.DataFrame, catalogue: Catalogue, language: Language
) -> Iterator[str]:
    """Whose figures each row holds, or of whose the barometer has computed it."""
    own = Text("Segregationsbarometern, ur {0}", "the Segregation Barometer, from {0}")[language]

    @cache
    def attribution(ids: str, indicator: str, year: int, summed: bool) -> str:
        named, known = _named_tables(ids, catalogue), catalogue.indicators.get(indicator)
        published = known is not None and "value" in frame and not known.is_derived_in(year)
        return named if not named or (published and not summed) else own.format(named)

    columns = (
        frame["source"].astype(str),
        frame["indicator"].astype(str) if "indicator" in frame else repeat(""),
        frame["year"].fillna(0).astype(int) if "year" in frame else repeat(0),
        frame["summed_by"].notna() if "summed_by" in frame else repeat(False),
    )
    yield from map(attribution, *columns)


def _named_tables(ids: str, catalogue: Catalogue) -> str:
    return ", ".join(f"{catalogue.sources[own].agency} {own}" for own in ids.split())


def _words_by_column(catalogue: Catalogue, language: Language) -> dict[str, Callable[[str], str]]:
    measures = {index.id: index.label.of(language) for index in INDICES}
    codes = {n: partial(wording.code_name, n, language=language) for n in wording.CODED}
    return codes | {
        "indicator": lambda key: catalogue.indicators[key].name[language],
        "background": partial(wording.background_name, catalogue=catalogue, language=language),
        "grouping": lambda key: catalogue.groupings[key].name[language],
        "index_id": lambda key: measures.get(key, key),
        "levels": lambda own: _each(own, partial(level_name, language=language)),
        "backgrounds": lambda own: _each(
            own, partial(wording.background_name, catalogue=catalogue, language=language)
        ),
        "status": partial(wording.missing_reason, language=language),
        "caution": partial(wording.caution_words, language=language),
        "marks": partial(wording.mark_names, language=language),
        "origin": partial(origin_in_words, language=language),
    }


def _each(codes: str, name: Callable[[Any], str]) -> str:
    """Codes with blanks between, by name: "RegSO, DeSO"."""
    return ", ".join(map(name, codes.split()))
