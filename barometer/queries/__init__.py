"""Every question the site asks of a snapshot, one function each.

Cursor first, keywords after; results are frames whose columns stand in the docstring, or small
records. `kommun` columns are names; `value` is NaN exactly when `status` says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from barometer.catalogue import Catalogue, Text
from barometer.divisions import Division, Language, Level
from barometer.selection import Offer, Selection
from barometer.store import Cursor, Snapshot

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
class MapValues:
    """A map's values in the order of its layer, and all values for the class breaks.

    `values` and `reasons` have one item a feature (NaN and a reason where there is no value);
    `all_values` are those of every area of the level, with or without a boundary, NaN left out.
    """

    layer: MapLayer
    values: NDArray[np.float64]
    reasons: tuple[str | None, ...]
    all_values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many areas a view has, how many lack a value by reason, and how many lack a boundary."""

    n_areas: int
    n_values: int
    missing: tuple[tuple[str, int], ...]
    n_without_boundary: int


@dataclass(frozen=True, slots=True)
class SourceUse:
    """One SCB table behind a view."""

    source_id: str
    title: Text
    updated: date | None
    retrieved: datetime
    licence: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a view's numbers come from."""

    snapshot: Snapshot
    sources: tuple[SourceUse, ...]


def offer(cursor: Cursor) -> Offer:
    """What the snapshot holds; ask through `reader.once(offer)`."""
    raise NotImplementedError


def area(cursor: Cursor, area_id: str) -> Area | None:
    """One area by its code."""
    raise NotImplementedError


def search_places(
    cursor: Cursor, text: str, *, language: Language, year: int, limit: int = 10
) -> pd.DataFrame:
    """Places whose name's words or code begin as the words of the text do, accents aside.

    Riket, län and kommuner come before RegSO before DeSO; only areas of the year's divisions.
    Columns: area_id, label, level, division, kommun.
    """
    raise NotImplementedError


def children(cursor: Cursor, area_id: str, *, level: Level, year: int) -> pd.DataFrame:
    """The areas of a level that lie in a place, in code order. Columns as `search_places`."""
    raise NotImplementedError


def map_layer(cursor: Cursor, *, level: Level, division: Division) -> MapLayer | None:
    """The geometry's description; None where the snapshot has no boundaries."""
    raise NotImplementedError


def map_layer_bytes(cursor: Cursor, sha256: str, *, encoding: Encoding) -> bytes | None:
    """The compressed geometry with this checksum, as it is sent."""
    raise NotImplementedError


def map_values(cursor: Cursor, selection: Selection, *, layer: MapLayer) -> MapValues:
    """The selection's values in the order of its map layer."""
    raise NotImplementedError


def map_table(cursor: Cursor, selection: Selection) -> pd.DataFrame:
    """The map's twin: every area of the level, in code order.

    Columns: area_id, label, kommun, level, division, year, value, numerator, denominator, status.
    """
    raise NotImplementedError


def counts(cursor: Cursor, selection: Selection) -> Counts:
    """What the note under the map says."""
    raise NotImplementedError


def area_comparison(cursor: Cursor, selection: Selection) -> pd.DataFrame:
    """The selected area beside its containers and the areas of its own level in riket and kommun.

    Roles: area, kommun, lan, riket (those above the area that the indicator has), then
    lower_quartile, median, upper_quartile of all areas of the area's level. Empty without an area.
    Columns: role, area_id, label, level, division, year, value, numerator, denominator, status,
    n_areas (areas behind a quartile, else 1).
    """
    raise NotImplementedError


def area_series(cursor: Cursor, selection: Selection) -> pd.DataFrame:
    """The selected area and its containers over all years.

    Role `counterpart` is the area with the same code in the other division: other borders under the
    same code may hide there, so it is never part of the area's own line. Sorted by role and year.
    Columns: role, area_id, label, level, division, year, value, numerator, denominator, status.
    """
    raise NotImplementedError


def index_series(
    cursor: Cursor,
    *,
    grouping_id: str,
    container_ids: Sequence[str],
    unit_level: Level,
    index_ids: Sequence[str],
) -> pd.DataFrame:
    """Index values over all years, sorted by index, container (in the order given) and year.

    Columns: index_id, container_id, label, unit_level, division, year, value, expected, low, high,
    n_units, n_excluded, population, group_population, coverage, caution.
    """
    raise NotImplementedError


def provenance(
    cursor: Cursor, selection: Selection, *, catalogue: Catalogue, snapshot: Snapshot
) -> Provenance:
    """The tables that the indicator is made of in the selection's year."""
    raise NotImplementedError
