"""Index values: every grouping within every kommun, län and riket, by RegSO and by DeSO."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, Final, cast

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from barometer.catalogue import ALL, Grouping, GroupingKind
from barometer.divisions import CONTAINER_LEVELS, LEVELS, RIKET, SMALL_LEVELS, Level, division_of
from barometer.indices import index_panel
from barometer.indices.missing import MAX_POPULATION_SHARE
from barometer.indices.noise import reporting_of
from barometer.indices.panel import MISSING, NO_FIGURES
from etl.snapshot.contents import POPULATION

# Intervals are read beside rankings of kommuner; those of a län or riket are a hair, and drawing
# them takes as long.
_WITH_INTERVALS: Final[frozenset[Level]] = frozenset({"kommun"})
_NO_GROUPS: Final = ("own", "level", "year", "total", "known")
_AHEAD: Final = 8  # groupings whose counts or results wait in memory
_TWO_GROUP_COUNTS: Final = """
    SELECT area_id, level, year, denominator AS total, numerator IS NOT NULL AS known,
           numerator AS g0, greatest(denominator - numerator, 0) AS g1
    FROM estimated_counts WHERE indicator_id = $grouping AND background = $background
"""
_GROUP_COUNTS: Final = """
    SELECT area_id, level, year, NULL::DOUBLE AS total, NOT isnan(list_sum(counts)) AS known,
           {groups}
    FROM group_counts WHERE grouping_id = $grouping
"""
_STORE: Final = """
    INSERT INTO index_values BY NAME
    SELECT $grouping AS grouping_id,
           * EXCLUDE (value, expected, estimate, low, high, group_population),
           if(isnan(value), NULL, value) AS value, if(isnan(expected), NULL, expected) AS expected,
           if(isnan(estimate), NULL, estimate) AS estimate,
           if(isnan(low), NULL, low) AS low, if(isnan(high), NULL, high) AS high,
           if(isnan(group_population), NULL, group_population) AS group_population
    FROM panel
"""
# A table fetched for some kommuner names the areas of those only, so nothing seems to be missing in
# the län around them. Every kommun has small areas: one that has none is missing from the figures.
_WITHHOLD: Final = f"""
    WITH there AS (
        SELECT DISTINCT level AS unit_level, division, kommun_id FROM area WHERE level > 'kommun'
    ),
    residents AS (
        SELECT area_id, arg_max(value, year) AS n FROM indicator_values
        WHERE indicator_id = '{POPULATION}' AND background = '{ALL}' AND level = 'kommun'
        GROUP BY area_id
    ),
    known AS (
        SELECT m.container_id, d.unit_level, d.division,
               sum(coalesce(r.n, 1)) FILTER (t.kommun_id IS NOT NULL)
                   / sum(coalesce(r.n, 1)) AS share
        FROM member m
        CROSS JOIN (SELECT DISTINCT unit_level, division FROM there) d
        LEFT JOIN there t ON t.kommun_id = m.area_id AND t.unit_level = d.unit_level
            AND t.division = d.division
        LEFT JOIN residents r ON r.area_id = m.area_id
        WHERE m.base = 'kommun'
        GROUP BY ALL
    )
    UPDATE index_values v
    SET value = NULL, expected = NULL, estimate = NULL, low = NULL, high = NULL,
        coverage = v.coverage * k.share,
        caution = CASE WHEN contains(v.caution, '{MISSING}') THEN v.caution
                       ELSE concat_ws(',', '{MISSING}', v.caution) END
    FROM known k
    WHERE k.container_id = v.container_id
      AND k.unit_level = v.unit_level AND k.division = v.division
      AND k.share < 1 - {MAX_POPULATION_SHARE} AND v.caution IS DISTINCT FROM '{NO_FIGURES}'
"""


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """Counts of a grouping at one level, a row per area and year; NaN where one is missing.

    `areas` has columns year, land_area_km2 and, as places in the list of all areas, own, kommun,
    lan and riket: numbers, because they are sent to other processes.
    """

    areas: pd.DataFrame
    counts: NDArray[np.float64]
    totals: NDArray[np.float64]


class IndexValues:
    """Fills index_values, computing several groupings at once.

    `areas` has columns area_id, kommun_id, lan_id and land_area_km2; `perturbed` has first years of
    counts that are changed at random, by grouping; `done` hears each grouping.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        areas: pd.DataFrame,
        *,
        perturbed: Mapping[str, int],
        workers: Executor,
        done: Callable[[Grouping], None],
    ) -> None:
        self._con = con
        self._areas = _numbered(areas)
        self._perturbed = perturbed
        self._workers = workers
        self._done = done
        self._ahead: deque[tuple[Grouping, Future[pd.DataFrame | None]]] = deque()

    def add(self, grouping: Grouping) -> None:
        """Measure a grouping, whose counts stand in indicator_values or group_counts."""
        rows = _read_counts(self._con, grouping, areas=self._areas)
        perturbed_from = self._perturbed.get(grouping.grouping_id)
        computed = self._workers.submit(measure, rows, self._areas, grouping.kind, perturbed_from)
        self._ahead.append((grouping, computed))
        while len(self._ahead) > _AHEAD or (self._ahead and self._ahead[0][1].done()):
            self._store_next()

    def finish(self) -> None:
        """Store what is still being computed; in the order of `add`, whoever is ready first.

        Then withhold what is said of places of which the tables know a part of the areas only.
        """
        while self._ahead:
            self._store_next()
        self._con.execute(_WITHHOLD)

    def _store_next(self) -> None:
        grouping, computed = self._ahead.popleft()
        panel = computed.result()
        if panel is not None:
            names = self._areas.index.take(panel.pop("own").to_numpy())
            self._con.register("panel", panel.assign(container_id=pd.Categorical(names)))
            self._con.execute(_STORE, {"grouping": grouping.grouping_id})
            self._con.unregister("panel")
        self._done(grouping)


def _numbered(areas: pd.DataFrame) -> pd.DataFrame:
    """The areas by id, with the places in this order of themselves and of what they lie in."""
    by_id = areas.set_index("area_id").sort_index()
    place = pd.Series(np.arange(len(by_id), dtype=np.int32), index=by_id.index)
    above = {"kommun": by_id["kommun_id"], "lan": by_id["lan_id"]}
    places = {name: place.reindex(ids).fillna(-1).to_numpy(np.int32) for name, ids in above.items()}
    land = by_id["land_area_km2"].to_numpy(dtype=np.float64)
    riket = place.get(RIKET, -1)
    return pd.DataFrame(
        {"own": place, **places, "riket": np.int32(riket), "land_area_km2": land}, index=by_id.index
    )


def _read_counts(
    con: duckdb.DuckDBPyConnection, grouping: Grouping, *, areas: pd.DataFrame
) -> pd.DataFrame:
    """The grouping's counts.

    Columns: own (place in `areas`), level, year, total, known, and g0, g1, … by group.
    """
    two = grouping.kind == "two-group"
    groups = ", ".join(f"counts[{n + 1}] AS g{n}" for n in range(len(grouping.groups)))
    counts = _TWO_GROUP_COUNTS if two else _GROUP_COUNTS.format(groups=groups)
    parameters = {"grouping": grouping.grouping_id} | ({"background": ALL} if two else {})
    con.register("numbered", areas[["own"]].reset_index())
    rows = con.execute(
        f"""
        SELECT n.own, c.* EXCLUDE (area_id) FROM ({counts}) c JOIN numbered n USING (area_id)
        ORDER BY c.level, c.year, n.own
        """,
        parameters,
    ).df()
    con.unregister("numbered")
    return rows


def _by_level(rows: pd.DataFrame, *, areas: pd.DataFrame) -> dict[Level, AreaCounts]:
    """Counts by level; years without any count are left out."""
    known = rows["known"].groupby([rows["level"], rows["year"]], observed=True).transform("any")
    rows = rows[known]
    columns = [name for name in rows.columns if name not in _NO_GROUPS]
    return {
        level: AreaCounts(
            areas.take(part["own"].to_numpy(np.int32))
            .assign(year=part["year"].to_numpy())
            .reset_index(drop=True),
            part[columns].to_numpy(dtype=np.float64),
            part["total"].to_numpy(dtype=np.float64),
        )
        for level in LEVELS
        if len(part := rows[rows["level"] == level])
    }


def measure(
    rows: pd.DataFrame, areas: pd.DataFrame, kind: GroupingKind, perturbed_from: int | None
) -> pd.DataFrame | None:
    """index_values of one grouping, in the table's order; None when no small area has a count.

    `rows` are those of `_read_counts`. In place of container_id it has the container's place in the
    list of areas, as `own`.
    """
    by_level = _by_level(rows, areas=areas)
    frames = [
        _panel(
            units,
            within=container,
            published=by_level.get(container),
            kind=kind,
            perturbed_from=perturbed_from,
        ).assign(unit_level=unit)
        for unit in SMALL_LEVELS
        for container in CONTAINER_LEVELS
        if (units := by_level.get(unit)) is not None
    ]
    if not frames:
        return None
    return _in_order(pd.concat(frames, ignore_index=True))


def _in_order(panel: pd.DataFrame) -> pd.DataFrame:
    """By index_id, unit_level, year and container, texts as categories: small, and fast to sort."""
    texts = ["index_id", "unit_level", "division", "caution"]
    coded = panel.astype(
        {name: pd.CategoricalDtype(sorted(panel[name].dropna().unique())) for name in texts}
    )
    levels = coded["unit_level"].cat.set_categories(SMALL_LEVELS)
    keys = (coded["own"], coded["year"], levels.cat.codes, coded["index_id"].cat.codes)
    return coded.take(np.lexsort([key.to_numpy() for key in keys]))


def _panel(
    units: AreaCounts,
    *,
    within: Level,
    published: AreaCounts | None,
    kind: GroupingKind,
    perturbed_from: int | None,
) -> pd.DataFrame:
    """index_values of all containers of a level and all years; without unit_level, grouping_id."""
    code, keys = _containers(units.areas, within=within)
    land = units.areas["land_area_km2"].to_numpy(dtype=np.float64)
    panel = index_panel(
        units.counts,
        cast("Sequence[Any]", code),
        kind=kind,
        land_area=None if np.isnan(land).any() else land,
        parents=_parents(published, keys=keys),
        totals=units.totals,
        reporting=reporting_of(
            units.counts, units.areas["year"].to_numpy(), perturbed_from=perturbed_from
        ),
        intervals=within in _WITH_INTERVALS,
        workers=1,
    )
    places = keys.take(panel.pop("container").to_numpy()).reset_index(drop=True)
    return pd.concat([panel, places], axis="columns")


def _containers(areas: pd.DataFrame, *, within: Level) -> tuple[NDArray[np.intp], pd.DataFrame]:
    """Each row's container and year as a code, and what the codes stand for."""
    years = areas["year"].to_numpy(dtype=np.int64)
    first = int(years.min())
    span = int(years.max()) - first + 1
    found, codes = np.unique(
        areas[within].to_numpy(dtype=np.int64) * span + years - first, return_inverse=True
    )
    year = found % span + first
    divisions = {y: division_of(SMALL_LEVELS[0], int(y)) for y in np.unique(year)}
    keys = pd.DataFrame({"own": found // span, "year": year})
    return codes, keys.assign(division=keys["year"].map(divisions))


def _parents(published: AreaCounts | None, *, keys: pd.DataFrame) -> pd.DataFrame | None:
    """The containers' own published counts, by the place of the container in `keys`."""
    if published is None:
        return None
    known = pd.Index(_place_and_year(published.areas))
    rows = known.get_indexer(pd.Index(_place_and_year(keys)))
    counts = np.where((rows >= 0)[:, None], published.counts[rows], np.nan)
    return pd.DataFrame(counts)


def _place_and_year(frame: pd.DataFrame) -> NDArray[np.int64]:
    """One number for each pair: looked up ten times as fast as the pair."""
    pairs: NDArray[np.int64] = frame["own"].to_numpy(np.int64) << 16 | frame["year"].to_numpy(
        np.int64
    )
    return pairs
