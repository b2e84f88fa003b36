"""The tables of numbers: indicator values, area types and index values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from barometer import queries
from barometer.areas import BOUNDED_UNITS
from barometer.catalogue import ALL, Catalogue, Indicator, Text, known_ids
from barometer.divisions import OWN
from barometer.export.columns import columns
from barometer.queries import tables as asked
from barometer.queries.tables import Slice
from barometer.selection.wanted import TableRequest
from barometer.store import Cursor, Reader
from barometer.tables.parameter import (
    AREA,
    BACKGROUND,
    GROUPING,
    INDEX,
    INDICATOR,
    LEVEL,
    UNITS,
    WITHIN,
    YEAR,
)
from barometer.tables.table import Rows, Table, paged

Complete = Callable[[pd.DataFrame], pd.DataFrame]
_CELL: Final = ["area_id", "indicator", "background", "year"]
_NO_BOUNDS: Final = pd.DataFrame(columns=[*_CELL, "parts_low", "parts_high"])
_ROWS_TOGETHER: Final = 16_000  # of several slices that are asked for at once


def find_values(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:
    """Indicator values; for everybody where no background is asked for."""
    found = _values(
        reader,
        requested,
        catalogue=catalogue,
        complete=partial(_with_origin, catalogue=catalogue),
    )
    return replace(found, source_ids=_sources(catalogue, requested.indicator))


def find_types(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:
    """Area types: the indicators whose values are named classes, with the names."""
    named = {
        key: _names(own, requested) for key, own in catalogue.indicators.items() if own.categories
    }
    found = _values(
        reader,
        replace(requested, indicator=tuple(named)),
        catalogue=catalogue,
        complete=lambda part: _with_types(_with_origin(part, catalogue=catalogue), named),
    )
    return replace(found, source_ids=_sources(catalogue, tuple(named)))


def find_indices(reader: Reader, catalogue: Catalogue, requested: TableRequest) -> Rows:
    """Index values."""
    queries.measure_own(reader, requested.grouping or catalogue.groupings, catalogue=catalogue)
    sizes = asked.index_groupings(reader.cursor, requested)
    found = list(sizes)

    def parts(cursor: Cursor) -> Iterator[pd.DataFrame]:
        for number, limit, offset in paged(list(sizes.values()), requested):
            rows = asked.index_rows(cursor, found[number], requested, limit=limit, offset=offset)
            for part in rows:
                yield part.assign(source=_sources_of_grouping(catalogue, found[number]))

    ids = dict.fromkeys(s for g in found for s in _sources_of_grouping(catalogue, g).split())
    return Rows(sum(sizes.values()), reader.parts(parts), tuple(ids))


def _values(
    reader: Reader, requested: TableRequest, *, catalogue: Catalogue, complete: Complete
) -> Rows:
    chosen = replace(requested, background=requested.background or (ALL,))
    n_areas = asked.areas_by_year(reader.cursor, requested)
    there = reader.once(asked.slices)
    there = asked.with_own(there) if reader.overlay else there
    every = asked.requested_slices(there, chosen)
    blocks = _blocks([(s, size) for s in every if (size := _size(s, n_areas))])
    sizes = [sum(size for _, size in block) for block in blocks]

    def parts(cursor: Cursor) -> Iterator[pd.DataFrame]:
        marks = queries.marks_in(reader)
        known = _bounds_of_own(cursor, every, requested, catalogue)
        for number, limit, offset in paged(sizes, requested):
            entries = [entry for entry, _ in blocks[number]]
            rows = asked.value_rows(cursor, entries, requested, limit=limit, offset=offset)
            for part in rows:
                found = queries.marks_of_rows(part, key="area_id", marks=marks)
                yield _with_part_bounds(complete(part.assign(marks=found)), known)

    return Rows(sum(sizes), reader.parts(parts))


def _blocks(sized: Sequence[tuple[Slice, int]]) -> list[list[tuple[Slice, int]]]:
    """Slices in their order, small ones together: each block is one question to the database."""
    blocks: list[list[tuple[Slice, int]]] = []
    room = 0
    for entry, size in sized:
        if size > room:
            blocks.append([])
            room = _ROWS_TOGETHER
        blocks[-1].append((entry, size))
        room -= size
    return blocks


def _size(entry: Slice, n_areas: Mapping[tuple[str, int], int]) -> int:
    return sum(n_areas.get((entry.level, year), 0) for year in entry.years)


def _with_origin(part: pd.DataFrame, *, catalogue: Catalogue) -> pd.DataFrame:
    """The unit and the tables of each row."""
    known = catalogue.indicators
    pairs = list(zip(part["indicator"], part["year"].astype(int), strict=True))
    tables = {(i, y): " ".join(known_ids(known[i].source_ids_in(y))) for i, y in set(pairs)}
    units = {i: known[i].unit for i in part["indicator"].unique()}
    return part.assign(unit=part["indicator"].map(units), source=[tables[own] for own in pairs])


def _bounds_of_own(
    cursor: Cursor, slices: Sequence[Slice], requested: TableRequest, catalogue: Catalogue
) -> pd.DataFrame:
    """Between what the medians and means of the wanted own areas lie, by `_CELL`."""
    known = catalogue.indicators
    own = dict.fromkeys(entry.indicator for entry in slices if entry.level == OWN)
    bounded = [i for i in own if i in known and known[i].unit in BOUNDED_UNITS]
    areas = asked.own_ids(cursor, requested) if bounded else []
    found = queries.part_bounds(cursor, areas, indicators=bounded) if areas else _NO_BOUNDS
    return found.set_index(_CELL)


def _with_part_bounds(part: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The rows with the bounds of those that have no value."""
    if known.empty:
        return part.assign(parts_low=np.nan, parts_high=np.nan)
    joined = part.join(known, on=_CELL)
    ends = ["parts_low", "parts_high"]
    joined[ends] = joined[ends].where(joined["value"].isna())
    return joined


def _with_types(part: pd.DataFrame, named: Mapping[str, Mapping[float, str]]) -> pd.DataFrame:
    names = [
        named[indicator].get(kind)
        for indicator, kind in zip(part["indicator"], part["value"], strict=True)
    ]
    return part.assign(type_name=pd.Series(names, index=part.index, dtype="str"))


def _names(indicator: Indicator, requested: TableRequest) -> dict[float, str]:
    return {float(number): name[requested.lang] for number, name in indicator.categories}


def _sources(catalogue: Catalogue, indicators: tuple[str, ...]) -> tuple[str, ...]:
    ids = (source for i in indicators for source in catalogue.indicators[i].source_ids)
    return tuple(dict.fromkeys(ids))


def _sources_of_grouping(catalogue: Catalogue, grouping: str) -> str:
    return " ".join(known_ids(catalogue.groupings[grouping].source_ids))


VALUES: Final = Table(
    "values",
    Text("Värden", "Values"),
    Text(
        "Indikatorernas värden, ett område och år på varje rad.",
        "Values of the indicators, one area and year a row.",
    ),
    (replace(INDICATOR, required=True), BACKGROUND, LEVEL, YEAR, AREA, WITHIN),
    columns(
        *("indicator", "background", "area_id", "label", "kommun", "level", "division", "year"),
        *(
            "value",
            "unit",
            "numerator",
            "denominator",
            "status",
            "summed_by",
            "marks",
            "parts_low",
            "parts_high",
        ),
    ),
    find_values,
)
INDEX_VALUES: Final = Table(
    "indices",
    Text("Segregationsmått", "Segregation measures"),
    Text(
        "Måtten för riket, län och kommuner, med vad slumpen ger, intervall och försiktighet.",
        "The measures of Sweden, counties and municipalities, with what chance gives, interval"
        " and caution.",
    ),
    (GROUPING, INDEX, UNITS, LEVEL, YEAR, AREA, WITHIN),
    columns(
        *("grouping", "index_id", "container_id", "label", "level", "unit_level", "division"),
        *(
            "year",
            "value",
            "expected",
            "estimate",
            "low",
            "high",
            "n_units",
            "n_excluded",
            "population",
        ),
        *("group_population", "group_low", "group_high", "coverage", "caution"),
    ),
    find_indices,
)
AREA_TYPES: Final = Table(
    "area-types",
    Text("Områdestyper", "Area types"),
    Text(
        "Områdenas typ med dess namn, ett område och år på varje rad.",
        "The type of each area with its name, one area and year a row.",
    ),
    (YEAR, AREA, WITHIN),
    columns(
        *("indicator", "area_id", "label", "kommun", "level", "division", "year", "value"),
        *("type_name", "status", "marks"),
    ),
    find_types,
)
