"""The map's table as a sheet: one row an area, with its boundary."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import ALL, Catalogue, Text
from barometer.divisions import division_label, level_name
from barometer.export.origin import (
    about_origin,
    about_synthetic,
    company,
    company_in_words,
    described_origin,
)
from barometer.export.sheet import Column, Sheet, names_of
from barometer.queries import Provenance
from barometer.selection import Selection
from barometer.store import Reader

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
    Column("numerator", Text("Antal i gruppen", "Number in the group"), "number", 0),
    Column("denominator", Text("Antal totalt", "Number in all"), "number", 0),
    Column("status", Text("Uppgift saknas", "No figure because")),
    Column("source", Text("Källa", "Source")),
    Column("snapshot", Text("Datamängd", "Data set")),
    Column("origin", Text("Ursprung", "Origin")),
)


def map_sheet(reader: Reader, selection: Selection, *, catalogue: Catalogue) -> Sheet:
    """The map's twin table as a sheet: the same frame as `queries.map_table`."""
    table = queries.map_table(reader.cursor, selection)
    provenance = queries.provenance(
        reader.cursor, selection, catalogue=catalogue, snapshot=reader.snapshot
    )
    indicator = catalogue.indicators[selection.indicator]
    same = {
        "indicator": selection.indicator,
        "background": selection.background,
        "unit": indicator.unit,
    } | company(provenance)
    complete = table.assign(**same)
    columns = tuple(
        replace(column, decimals=indicator.decimals) if column.name == "value" else column
        for column in COLUMNS
        if column.name in complete
    )
    return Sheet(
        stem=_stem(selection, synthetic=reader.snapshot.synthetic),
        language=selection.language,
        columns=columns,
        frame=complete[names_of(columns)],
        in_words=partial(
            _in_words, selection=selection, catalogue=catalogue, provenance=provenance
        ),
        about=tuple(_about(selection, catalogue=catalogue, provenance=provenance)),
        description=_description(selection, catalogue=catalogue, provenance=provenance) | same,
        boundaries=reader.later(queries.boundaries, table["area_id"].tolist()),
    )


def _stem(selection: Selection, *, synthetic: bool) -> str:
    background = "" if selection.background == ALL else selection.background.replace(":", "-")
    made_up = "synthetic" if synthetic else ""
    parts = (selection.indicator, background, selection.level, str(selection.year), made_up)
    return "_".join(part for part in parts if part)


def _in_words(
    frame: pd.DataFrame, *, selection: Selection, catalogue: Catalogue, provenance: Provenance
) -> pd.DataFrame:
    language = selection.language
    indicator = catalogue.indicators[selection.indicator]
    pairs = zip(frame["level"], frame["division"], strict=True)
    same = company_in_words(provenance, language=language) | {
        "indicator": indicator.name[language],
        "background": wording.background_name(
            selection.background, catalogue=catalogue, language=language
        ),
        "unit": wording.unit_name(indicator, language=language),
    }
    return frame.assign(
        level=[level_name(level, language=language) for level in frame["level"]],
        division=[division_label(level, division) for level, division in pairs],
        status=frame["status"].map(partial(wording.missing_reason, language=language), "ignore"),
        **same,
    )


def _about(
    selection: Selection, *, catalogue: Catalogue, provenance: Provenance
) -> Iterator[tuple[str, str]]:
    language = selection.language
    indicator = catalogue.indicators[selection.indicator]
    yield from about_synthetic(provenance.snapshot, language=language)
    title = wording.map_title(selection, catalogue=catalogue)
    yield Text("Innehåll", "Contents")[language], title
    yield Text("Definition", "Definition")[language], indicator.definition[language]
    yield Text("Population", "Population")[language], indicator.population[language]
    yield Text("Enhet", "Unit")[language], wording.unit_name(indicator, language=language)
    for found in catalogue.breaks_of(indicator):
        yield Text("Att tänka på", "Note")[language], f"{found.year}: {found.note[language]}"
    yield from about_origin(provenance, language=language)


def _description(
    selection: Selection, *, catalogue: Catalogue, provenance: Provenance
) -> dict[str, object]:
    language = selection.language
    return {
        "title": wording.map_title(selection, catalogue=catalogue),
        "definition": catalogue.indicators[selection.indicator].definition[language],
        "query": selection.to_query(),
    } | described_origin(provenance, language=language)
