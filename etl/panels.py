"""Index values: every grouping within every kommun, län and riket, by RegSO and by DeSO."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from barometer.catalogue import ALL, Grouping
from barometer.divisions import CONTAINER_LEVELS, LEVELS, RIKET, SMALL_LEVELS, Level, division_of
from barometer.indices import index_panel

# Intervals are read beside rankings of kommuner; those of a län or riket are a hair, and drawing
# them takes as long.
_WITH_INTERVALS: Final[frozenset[Level]] = frozenset({"kommun"})
_TWO_GROUP_COUNTS: Final = """
    SELECT area_id, level, division, year, denominator AS total, numerator IS NOT NULL AS known,
           numerator AS g0, greatest(denominator - numerator, 0) AS g1
    FROM indicator_values WHERE indicator_id = $grouping AND background = $background
"""
_GROUP_COUNTS: Final = """
    SELECT area_id, level, division, year, NULL AS total, NOT isnan(list_sum(counts)) AS known,
           {groups}
    FROM group_counts WHERE grouping_id = $grouping
"""
_STORE: Final = """
    INSERT INTO index_values BY NAME
    SELECT * EXCLUDE (value, expected, low, high, group_population),
           if(isnan(value), NULL, value) AS value, if(isnan(expected), NULL, expected) AS expected,
           if(isnan(low), NULL, low) AS low, if(isnan(high), NULL, high) AS high,
           if(isnan(group_population), NULL, group_population) AS group_population
    FROM panel ORDER BY index_id, unit_level, year, container_id
"""


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts of a grouping at one level, a row per area and year; NaN where one is missing.

    Columns of `areas`: area_id, division, year, kommun, lan, riket, land_area_km2.
    """

    areas: pd.DataFrame
    counts: NDArray[np.float64]
    totals: NDArray[np.float64]


def build_index_values(con: duckdb.DuckDBPyConnection, grouping: Grouping) -> None:
    """Fill index_values for one grouping, from areas and indicator_values or group_counts."""
    by_level = dict(_read_counts(con, grouping))
    frames = [
        _panel(
            units, within=container, published=by_level.get(container), grouping=grouping
        ).assign(unit_level=unit, grouping_id=grouping.grouping_id)
        for unit in SMALL_LEVELS
        for container in CONTAINER_LEVELS
        if (units := by_level.get(unit)) is not None
    ]
    if not frames:
        return
    con.register("panel", pd.concat(frames))
    con.execute(_STORE)
    con.unregister("panel")


def _read_counts(
    con: duckdb.DuckDBPyConnection, grouping: Grouping
) -> Iterator[tuple[Level, _Counts]]:
    """The grouping's counts by level; years without any count are left out."""
    two = grouping.kind == "two-group"
    groups = ", ".join(f"counts[{n + 1}] AS g{n}" for n in range(len(grouping.groups)))
    counts = _TWO_GROUP_COUNTS if two else _GROUP_COUNTS.format(groups=groups)
    parameters = {"grouping": grouping.grouping_id} | ({"background": ALL} if two else {})
    rows = con.execute(
        f"""
        SELECT c.*, a.kommun_id AS kommun, a.lan_id AS lan, {RIKET!r} AS riket, a.land_area_km2
        FROM ({counts}) c JOIN areas a USING (area_id)
        ORDER BY c.level, c.year, c.area_id
        """,
        parameters,
    ).df()
    rows = rows[
        rows["known"].groupby([rows["level"], rows["year"]], observed=True).transform("any")
    ]
    columns = [f"g{n}" for n in range(len(grouping.groups))]
    for level in LEVELS:
        part = rows[rows["level"] == level].reset_index(drop=True)
        if part.empty:
            continue
        figures = part[columns].to_numpy(dtype=np.float64)
        yield level, _Counts(part, figures, part["total"].to_numpy(dtype=np.float64))


def _panel(
    units: _Counts, *, within: Level, published: _Counts | None, grouping: Grouping
) -> pd.DataFrame:
    """index_values of all containers of a level and all years; without unit_level, grouping_id."""
    code, keys = _containers(units.areas, within=within)
    land = units.areas["land_area_km2"].to_numpy(dtype=np.float64)
    panel = index_panel(
        units.counts,
        code.tolist(),
        kind=grouping.kind,
        land_area=None if np.isnan(land).any() else land,
        parents=_parents(published, keys=keys),
        totals=units.totals,
        intervals=within in _WITH_INTERVALS,
    )
    places = keys.take(panel.pop("container").to_numpy()).reset_index(drop=True)
    return pd.concat([panel, places], axis="columns")


def _containers(areas: pd.DataFrame, *, within: Level) -> tuple[NDArray[np.intp], pd.DataFrame]:
    """Each row's container and year as a code, and what the codes stand for."""
    container, names = areas[within].factorize()
    first = int(areas["year"].min())
    years = areas["year"].to_numpy(dtype=np.int64) - first
    span = int(years.max()) + 1
    found, codes = np.unique(container * span + years, return_inverse=True)
    year = found % span + first
    keys = pd.DataFrame({"container_id": names[found // span], "year": year})
    return codes, keys.assign(division=[division_of(SMALL_LEVELS[0], int(y)) for y in year])


def _parents(published: _Counts | None, *, keys: pd.DataFrame) -> pd.DataFrame | None:
    """The containers' own published counts, by the place of the container in `keys`."""
    if published is None:
        return None
    own = pd.MultiIndex.from_frame(published.areas[["area_id", "year"]])
    counts = pd.DataFrame(published.counts, index=own)
    wanted = pd.MultiIndex.from_frame(keys[["container_id", "year"]])
    return counts.reindex(wanted).reset_index(drop=True)
