"""The tables that say what there is: indicators, groupings, measures, areas, sources, snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import isfinite
from typing import Any, Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import ALL, Catalogue, Grouping, Indicator, Text, known_ids
from barometer.export.columns import PROVENANCE, columns
from barometer.indices import INDICES
from barometer.queries import dictionary
from barometer.queries import tables as asked
from barometer.selection.wanted import TableRequest
from barometer.store import Reader
from barometer.tables.parameter import AREA, INDICATOR, LEVEL, MOST_ROWS, SEARCHED, WITHIN, YEAR
from barometer.tables.table import Rows, Table, whole


def find_indicators(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:
    """The catalogue's indicators that the data set has values of."""
    found = reader.once(queries.offer)
    rows = [
        _indicator(catalogue, key, found.backgrounds.get(key, (ALL,)), requested)
        | _span(found.years, key)
        for key in catalogue.indicators
        if key in found.indicators and (not requested.indicator or key in requested.indicator)
    ]
    return whole(_frame(rows, INDICATORS), requested)


def find_groupings(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:
    """The partitions that segregation is measured on."""
    held = reader.once(queries.measure_offer).groupings
    rows = [
        {
            "grouping": key,
            "name": own.name[requested.lang],
            "population_about": own.population[requested.lang],
            "kind": own.kind,
            "groups": " | ".join(group.name[requested.lang] for group in own.groups),
            "breaks": _breaks(catalogue, own, requested),
            "source": " ".join(known_ids(own.source_ids)),
        }
        for key, own in catalogue.groupings.items()
        if key in held
    ]
    return whole(_frame(rows, GROUPINGS), requested)


def find_measures(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:  # noqa: ARG001 - a table's question
    """The registry of segregation measures."""
    rows = [
        {
            "index_id": index.id,
            "name": index.label.of(requested.lang),
            "kind": index.kind,
            "unit": "share" if index.unit == "percent" else index.unit,  # its values are 0–1
            "range_low": _end(index.range[0]),
            "range_high": _end(index.range[1]),
            "formula": index.formula,
            "reference": index.reference,
            "source": "",
        }
        for index in INDICES
    ]
    return whole(_frame(rows, MEASURES), requested)


def find_areas(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:  # noqa: ARG001 - a table's question
    """The register of areas, and their boundaries."""
    every = asked.area_rows(reader.cursor, replace(requested, limit=None, offset=0))
    found = whole(every.assign(source=""), requested)
    (page,) = found.parts()
    ids = page["area_id"].tolist()
    return replace(found, boundaries=reader.later(queries.boundaries, ids))


def find_places(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:  # noqa: ARG001 - a table's question
    """A search among the areas of the latest of the wanted years.

    Without a year: of the last one, or of others where the last has none of that name.
    """
    last = max(y for ys in reader.once(queries.offer).years.values() for y in ys)
    for year in requested.year[-1:] or (last, None):
        found = queries.search_places(
            reader.cursor, requested.q, language=requested.lang, year=year, limit=MOST_ROWS
        )
        if not found.empty:
            break
    return whole(found.assign(source=""), requested)


def find_sources(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:
    """SCB's tables as they were fetched."""
    rows = [
        {
            "source_id": key,
            "title": catalogue.sources[key].title[requested.lang]
            if key in catalogue.sources
            else "",
            "updated": own.updated.isoformat() if own.updated else None,
            "retrieved": own.retrieved.isoformat(),
            "first_year": own.first_year,
            "last_year": own.last_year,
            "licence": own.licence,
            "source": key,
        }
        for key, own in reader.once(dictionary.fetched).items()
    ]
    return whole(_frame(rows, SOURCES), requested)


def find_snapshot(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:  # noqa: ARG001 - a table's question
    """The data set itself, in one row."""
    own, fetched = reader.snapshot, tuple(reader.once(dictionary.fetched))
    row = {
        "built_at": own.built_at.isoformat(),
        "code_version": own.code_version,
        "inputs_sha256": own.inputs_sha256,
        "lacking": wording.lacking_in_words(own.lacking, fetched, language=requested.lang),
        "source": " ".join(fetched),
    }
    return whole(_frame([row], SNAPSHOT), requested)


def _end(bound: float) -> float | None:
    """An end of a measure's range; None where it has none."""
    return bound if isfinite(bound) else None


def _indicator(
    catalogue: Catalogue, key: str, backgrounds: Iterable[str], requested: TableRequest
) -> dict[str, Any]:
    own = catalogue.indicators[key]
    return {
        "indicator": key,
        "name": own.name[requested.lang],
        "sector": own.sector,
        "definition": own.definition[requested.lang],
        "population_about": own.population[requested.lang],
        "unit": own.unit,
        "decimals": own.decimals,
        "backgrounds": " ".join(backgrounds),
        "breaks": _breaks(catalogue, own, requested),
        "source": " ".join(known_ids(own.source_ids)),
    }


def _breaks(catalogue: Catalogue, entry: Indicator | Grouping, requested: TableRequest) -> str:
    found = catalogue.breaks_of(entry)
    return " | ".join(f"{own.year}: {own.note[requested.lang]}" for own in found)


def _span(years: Mapping[tuple[str, Any], tuple[int, ...]], key: str) -> dict[str, Any]:
    """Levels with values, and the years from the first to the last."""
    own = {level: found for (indicator, level), found in years.items() if indicator == key}
    every = [year for found in own.values() for year in found]
    return {"levels": " ".join(own), "first_year": min(every), "last_year": max(every)}


def _frame(rows: list[dict[str, Any]], table: Table) -> pd.DataFrame:
    """Rows as a frame with the table's columns, also where there is none."""
    known = rows[0] if rows else {"source"}
    names = [c.name for c in table.columns if c.name in known or c.name not in PROVENANCE]
    return pd.DataFrame(rows, columns=names)


INDICATORS: Final = Table(
    "indicators",
    Text("Indikatorer", "Indicators"),
    Text("Vad som kan visas och hämtas.", "What can be shown and fetched."),
    (INDICATOR,),
    columns(
        *("indicator", "name", "sector", "definition", "population_about", "unit", "decimals"),
        *("levels", "first_year", "last_year", "backgrounds", "breaks"),
    ),
    find_indicators,
)
GROUPINGS: Final = Table(
    "groupings",
    Text("Befolkningsgrupper", "Population groups"),
    Text("Grupper som segregation mäts mellan.", "Groups between which segregation is measured."),
    (),
    columns("grouping", "name", "population_about", "kind", "groups", "breaks"),
    find_groupings,
)
MEASURES: Final = Table(
    "measures",
    Text("Måttens definitioner", "Definitions of the measures"),
    Text("Formel, ändpunkter och referens.", "Formula, ends and reference."),
    (),
    columns("index_id", "name", "kind", "unit", "range_low", "range_high", "formula", "reference"),
    find_measures,
)
AREAS: Final = Table(
    "areas",
    Text("Områden", "Areas"),
    Text(
        "Riket, län, kommuner, RegSO och DeSO i båda indelningarna.",
        "Sweden, counties, municipalities, RegSO and DeSO in both area versions.",
    ),
    (LEVEL, YEAR, AREA, WITHIN),
    columns(
        *("area_id", "label", "name", "level", "division", "parent_id", "kommun_id", "kommun"),
        *("lan_id", "lan", "valid_from", "valid_to", "population", "land_area_km2"),
        *("west", "south", "east", "north"),
    ),
    find_areas,
    "also",
)
GEOMETRY: Final = Table(
    "geometry",
    Text("Gränser", "Boundaries"),
    Text(
        "Områdenas gränser, i grader som GeoJSON eller i SWEREF 99 TM som GeoPackage.",
        "The areas' boundaries, in degrees as GeoJSON or in SWEREF 99 TM as GeoPackage.",
    ),
    (replace(LEVEL, required=True), YEAR, AREA, WITHIN),
    columns("area_id", "label", "level", "division", "kommun"),
    find_areas,
    "only",
)
PLACES: Final = Table(
    "places",
    Text("Sök plats", "Search for a place"),
    Text("Platser efter namn eller kod.", "Places by name or code."),
    (SEARCHED, YEAR),
    columns("area_id", "label", "level", "division", "kommun"),
    find_places,
)
SOURCES: Final = Table(
    "sources",
    Text("Källor", "Sources"),
    Text("Källornas tabeller som de hämtades.", "The sources' tables as they were fetched."),
    (),
    columns(
        *("source_id", "title", "updated", "retrieved", "first_year", "last_year", "licence"),
    ),
    find_sources,
)
SNAPSHOT: Final = Table(
    "snapshot",
    Text("Dataversionen", "The data version"),
    Text(
        "Vilken dataversion som svarar, och vad den saknar.",
        "Which data version answers, and what it lacks.",
    ),
    (),
    columns("built_at", "code_version", "inputs_sha256", "lacking"),
    find_snapshot,
)
