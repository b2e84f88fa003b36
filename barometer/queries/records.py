"""The small answers: an area, a map layer, counts, sources; what lies in a place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from barometer.catalogue import Break, Text
from barometer.divisions import Division, Level
from barometer.snapshot import Snapshot
from barometer.store import Cursor

Encoding = Literal["br", "gzip"]


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the register; `bounds` is (west, south, east, north) in degrees."""

    area_id: str
    division: Division
    level: Level
    name: str
    label: str
    parent_id: str | None
    kommun_id: str | None
    kommun: str | None
    lan_id: str | None
    lan: str | None
    population: int | None
    bounds: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class MapLayer:
    """Geometry of a level and division: `area_ids` in the order of the features."""

    level: Level
    division: Division
    sha256: str
    area_ids: tuple[str, ...]
    media_type: str
    raw_bytes: int


@dataclass(frozen=True, slots=True)
class MapFigures:
    """What a map shows, one item an area in the order asked for.

    `values` is NaN exactly where `reasons` says why, or where an area lies `outside` the place that
    is looked at; `few` are the figures of few persons. Of a change, `earlier` and `later` are the
    values it lies between, and `margin` the half width of its 95 % interval in the value's unit,
    were both values shares of persons drawn at random; NaN where persons are not known.
    """

    values: NDArray[np.float64]
    reasons: tuple[str | None, ...]
    outside: NDArray[np.bool_]
    few: NDArray[np.bool_]
    earlier: NDArray[np.float64] | None = None
    later: NDArray[np.float64] | None = None
    margin: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many areas a view has, how many lack a value by reason, and how many lack a boundary."""

    n_areas: int
    n_values: int
    missing: tuple[tuple[str, int], ...]
    n_without_boundary: int


@dataclass(frozen=True, slots=True)
class SourceUse:
    """One table as it was fetched.

    `label` is its agency's own title. `updated` is the agency's date, None when it is unreadable,
    and `retrieved` ours in UTC.
    """

    source_id: str
    title: Text
    updated: date | None
    retrieved: datetime
    licence: str
    agency: str = "SCB"
    label: str = ""
    first_year: int = 0
    last_year: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a view's numbers come from, and where their series break.

    `computed`: the barometer has made the numbers of SCB's; else they stand as SCB published them.
    `summed_from`: the areas whose published figures were summed, where SCB published none.
    """

    snapshot: Snapshot
    sources: tuple[SourceUse, ...]
    breaks: tuple[Break, ...] = ()
    computed: bool = True
    summed_from: tuple[str, ...] = ()


def select(cursor: Cursor, sql: str, parameters: object = None) -> pd.DataFrame:
    """The answer of a SELECT; text columns are text even when every value is missing."""
    return texts_as_text(cursor.execute(sql, parameters).df())


def texts_as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text columns that are text even when every value is missing."""
    untyped = [name for name, kind in frame.dtypes.items() if kind == np.dtype(object)]
    return frame.astype(dict.fromkeys(untyped, "str")) if untyped else frame


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame's rows by column: pandas' own way takes twice as long for many columns."""
    names = [str(name) for name in frame.columns]
    columns = [column.tolist() for _, column in frame.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def inside(place: str, *, areas: str = "a") -> str:
    """The condition that a row of `areas` lies in the place that a parameter names.

    Of an own area those areas of the year's division that lie mostly in it.
    """
    return f"""(
        {place} IN ('00', {areas}.lan_id, {areas}.kommun_id) OR {areas}.area_id IN (
            SELECT m.area_id FROM memberships AS m WHERE m.own_id = {place} AND m.weight > 0.5
        )
    )"""
