"""A table ready to be written: the page's own frame, and the company that its numbers keep."""

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import Catalogue, Indicator, Text
from barometer.divisions import Language, division_label, level_name
from barometer.queries import Provenance
from barometer.selection import Selection
from barometer.store import Reader

ROWS_AT_A_TIME: Final = 1_000

Kind = Literal["text", "number", "whole"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name for machines and its heading for people."""

    name: str
    heading: Text
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame of `queries` with its provenance.

    `boundaries` asks for the areas' boundaries (WKB, SWEREF 99 TM) in the order of the rows: only
    the formats with geometry do, and they may after the request's reader is closed.
    """

    frame: pd.DataFrame
    selection: Selection
    catalogue: Catalogue
    provenance: Provenance
    boundaries: Callable[[], tuple[bytes | None, ...]]

    @property
    def indicator(self) -> Indicator:
        """The catalogue's entry of what the numbers are."""
        return self.catalogue.indicators[self.selection.indicator]


# Every column in which a number or its company can stand, in the order of the files.
COLUMNS: Final = (
    Column("indicator", Text("Indikator", "Indicator")),
    Column("background", Text("Grupp", "Group")),
    Column("role", Text("Roll", "Role")),
    Column("area_id", Text("Områdeskod", "Area code")),
    Column("label", Text("Område", "Area")),
    Column("kommun", Text("Kommun", "Municipality")),
    Column("level", Text("Nivå", "Level")),
    Column("division", Text("Indelning", "Division")),
    Column("year", Text("År", "Year"), "whole"),
    Column("value", Text("Värde", "Value"), "number"),
    Column("unit", Text("Enhet", "Unit")),
    Column("numerator", Text("Antal i gruppen", "Number in the group"), "number"),
    Column("denominator", Text("Antal totalt", "Number in all"), "number"),
    Column("status", Text("Uppgift saknas", "No figure because")),
    Column("source", Text("Källa", "Source")),
    Column("snapshot", Text("Datamängd", "Data set")),
    Column("origin", Text("Ursprung", "Origin")),
)


def map_sheet(reader: Reader, selection: Selection, *, catalogue: Catalogue) -> Sheet:
    """The map's twin table as a sheet: the same frame as `queries.map_table`."""
    frame = queries.map_table(reader.cursor, selection)
    provenance = queries.provenance(
        reader.cursor, selection, catalogue=catalogue, snapshot=reader.snapshot
    )
    boundaries = reader.later(queries.boundaries, frame["area_id"].tolist())
    return Sheet(frame, selection, catalogue, provenance, boundaries)


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of the sheet's file, in order."""
    there = {*sheet.frame.columns, *company(sheet)}
    return tuple(column for column in COLUMNS if column.name in there)


def company(sheet: Sheet) -> dict[str, str]:
    """What is the same in every row, so that no row is ever without it: codes for machines."""
    snapshot = sheet.provenance.snapshot
    return {
        "indicator": sheet.selection.indicator,
        "background": sheet.selection.background,
        "unit": sheet.indicator.unit,
        "source": " ".join(source.source_id for source in sheet.provenance.sources),
        "snapshot": snapshot.snapshot_id,
        "origin": snapshot.origin,
    }


def company_in_words(sheet: Sheet) -> dict[str, str]:
    """The same as `company`, for people."""
    language = sheet.selection.language
    snapshot = sheet.provenance.snapshot
    background = sheet.selection.background
    origin = (
        Text("påhittade siffror", "made-up figures") if snapshot.synthetic else Text("SCB", "SCB")
    )
    return company(sheet) | {
        "indicator": sheet.indicator.name[language],
        "background": wording.background_name(
            background, catalogue=sheet.catalogue, language=language
        ),
        "unit": wording.unit_name(sheet.indicator, language=language),
        "source": ", ".join(f"SCB {source.source_id}" for source in sheet.provenance.sources),
        "origin": origin[language] if snapshot.synthetic else "SCB",
    }


def for_machines(sheet: Sheet) -> pd.DataFrame:
    """The file's columns with codes, in order; numbers in full precision."""
    complete = sheet.frame.assign(**company(sheet))
    return complete[[column.name for column in columns_of(sheet)]]


def for_people(sheet: Sheet) -> pd.DataFrame:
    """The file's columns with words instead of codes; numbers in full precision."""
    language = sheet.selection.language
    frame = sheet.frame
    pairs = zip(frame["level"], frame["division"], strict=True)
    told = frame.assign(
        level=[level_name(level, language=language) for level in frame["level"]],
        division=[division_label(level, division) for level, division in pairs],
        status=frame["status"].map(partial(wording.missing_reason, language=language), "ignore"),
        **company_in_words(sheet),
    )
    return told[[column.name for column in columns_of(sheet)]]


def about(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """What stands beside the numbers: heading and text, in the reader's language."""
    language = sheet.selection.language
    indicator, provenance = sheet.indicator, sheet.provenance
    snapshot = provenance.snapshot
    rows = [
        (Text("Innehåll", "Contents"), _title(sheet)),
        (Text("Definition", "Definition"), indicator.definition[language]),
        (Text("Population", "Population"), indicator.population[language]),
        (Text("Enhet", "Unit"), wording.unit_name(indicator, language=language)),
        *((Text("Källa", "Source"), _source(source, language)) for source in provenance.sources),
        *(
            (Text("Att tänka på", "Note"), f"{found.year}: {found.note[language]}")
            for found in sheet.catalogue.breaks_of(indicator)
        ),
        (Text("Datamängd", "Data set"), snapshot.snapshot_id),
        (Text("Byggd", "Built"), wording.day(snapshot.built_at.date(), language=language)),
    ]
    if snapshot.synthetic:
        rows.insert(0, (Text("Obs", "Note"), wording.synthetic_banner(language)))
    lacking = wording.lacking_sentence(snapshot.lacking, language=language)
    if lacking:
        rows.append((Text("Ofullständig", "Incomplete"), lacking))
    return tuple((heading[language], text) for heading, text in rows)


def description(sheet: Sheet) -> dict[str, object]:
    """What stands beside the numbers, for machines."""
    snapshot = sheet.provenance.snapshot
    return company(sheet) | {
        "title": _title(sheet),
        "definition": sheet.indicator.definition[sheet.selection.language],
        "query": sheet.selection.to_query(),
        "built_at": snapshot.built_at.isoformat(),
        "synthetic": snapshot.synthetic,
        "sources": [
            {
                "source_id": source.source_id,
                "title": source.title[sheet.selection.language],
                "updated": source.updated.isoformat() if source.updated else None,
                "retrieved": source.retrieved.isoformat(),
                "licence": source.licence,
            }
            for source in sheet.provenance.sources
        ],
    }


def records(frame: pd.DataFrame) -> Iterator[list[dict[Hashable, Any]]]:
    """The rows as plain values, some at a time; None where there is no value."""
    for start in range(0, len(frame), ROWS_AT_A_TIME):
        part = frame.iloc[start : start + ROWS_AT_A_TIME].astype(object)
        yield part.where(part.notna(), None).to_dict("records")


def description_text(sheet: Sheet) -> str:
    """The description as JSON, for formats that carry it in their metadata."""
    return json.dumps(description(sheet), ensure_ascii=False)


def names_of(columns: Sequence[Column]) -> list[str]:
    """The columns' names for machines."""
    return [column.name for column in columns]


def _title(sheet: Sheet) -> str:
    return wording.map_title(sheet.selection, catalogue=sheet.catalogue)


def _source(source: queries.SourceUse, language: Language) -> str:
    retrieved = wording.day(source.retrieved.date(), language=language)
    updated = wording.day(source.updated, language=language) if source.updated else "–"
    return Text(
        f"SCB, tabell {source.source_id}: {source.title.sv}. Uppdaterad {updated},"
        f" hämtad {retrieved}. Licens {source.licence}.",
        f"Statistics Sweden (SCB), table {source.source_id}: {source.title.en}."
        f" Updated {updated}, retrieved {retrieved}. Licence {source.licence}.",
    )[language]
