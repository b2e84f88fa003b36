"""A place profile: every indicator at once, for the place, what it lies in and all of its level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from barometer.divisions import RIKET, Division, Level
from barometer.indices.similarity import robust_scale, robust_scores
from barometer.queries.places import areas_of_level
from barometer.queries.records import inside, select
from barometer.selection.measures import UnitLevel
from barometer.store import Cursor, Reader

TableRequest = tuple[tuple[str, int], ...]  # indicators, each with the year it is read in
QUANTILES: Final = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)

_COLUMNS: Final = """
    indicator_id, area_id, CAST(division AS VARCHAR) AS division, year, value, numerator,
    denominator, CAST(status AS VARCHAR) AS status, CAST(summed_by AS VARCHAR) AS summed_by
"""


@dataclass(frozen=True, slots=True)
class LevelTable:
    """Every area of a level and division by code, and its indicators, each in a year of its own.

    `figures` and `scores` (`robust_scores` by `scale`) are areas x indicators, NaN where there is
    no value; `quantiles` are `QUANTILES` x indicators; `counts` says how many areas have a value.
    `parts` are the rows, from and to, of each division in a table that is joined of several; the
    last `n_added` rows are of places of another level.
    """

    area_ids: tuple[str, ...]
    labels: tuple[str, ...]
    indicator_ids: tuple[str, ...]
    years: tuple[int, ...]
    figures: NDArray[np.float64]
    scores: NDArray[np.float64]
    scale: NDArray[np.float64]
    quantiles: NDArray[np.float64]
    counts: NDArray[np.int64]
    parts: tuple[tuple[int, int], ...] = ((0, 0),)
    n_added: int = 0

    @property
    def own_figures(self) -> NDArray[np.float64]:
        """The figures without those of places of another level."""
        return self.figures[: len(self.area_ids) - self.n_added]

    def row(self, area_id: str) -> int | None:
        """The area's row."""
        return self.area_ids.index(area_id) if area_id in self.area_ids else None

    def column(self, indicator_id: str) -> int | None:
        """The indicator's column."""
        ids = self.indicator_ids
        return ids.index(indicator_id) if indicator_id in ids else None

    @property
    def n_areas(self) -> int:
        """How many areas the level has, in the division with the most."""
        return max(end - start for start, end in self.parts) or len(self.area_ids)

    @property
    def requested(self) -> TableRequest:
        """The indicators with the year that each is read in."""
        return tuple(zip(self.indicator_ids, self.years, strict=True))

    def with_rows(self, places: Sequence[tuple[str, str, Mapping[str, float]]]) -> "LevelTable":
        """The table with more places below its own: code, label and figures of each.

        They are scored by the table's own medians and spreads, and change none of them.
        """
        added = np.array(
            [[found.get(i, np.nan) for i in self.indicator_ids] for *_, found in places]
        )
        return replace(
            self,
            area_ids=(*self.area_ids, *(code for code, *_ in places)),
            labels=(*self.labels, *(label for _, label, _ in places)),
            figures=np.vstack([self.figures, added]),
            scores=np.vstack([self.scores, robust_scores(added, self.scale)]),
            n_added=self.n_added + len(places),
        )

    def comparable(self, row: int, indicator_ids: Sequence[str]) -> NDArray[np.intp]:
        """The rows of areas that are there with the row's own in most of some indicators.

        All of them, but in a table joined of divisions: an area of one has no figures in another's.
        """
        columns = [n for n, own in enumerate(self.indicator_ids) if own in indicator_ids]
        known = ~np.isnan(self.figures[:, columns])
        both = known[:, known[row]].sum(axis=1)
        if len(self.parts) == 1:
            return np.arange(len(self.area_ids))
        sums = [both[start:end].sum() for start, end in self.parts]
        start, end = self.parts[int(np.argmax(sums))]
        return np.append(np.arange(start, end), row)


def joined_tables(
    tables: Sequence[LevelTable], *, own: tuple[str, str], values: Mapping[str, float]
) -> LevelTable:
    """Tables of several divisions one below the other, and a row of its own for one more area.

    `own` is its code and label, `values` its figures by indicator. Spreads, quantiles and counts
    are those of the areas without it.
    """
    ids = [i for table in tables for i in table.indicator_ids]
    size = sum(len(table.area_ids) for table in tables)
    figures, scores = (np.full((size + 1, len(ids)), np.nan) for _ in range(2))
    row = column = 0
    parts = []
    for table in tables:
        rows, columns = table.figures.shape
        block = slice(row, row + rows), slice(column, column + columns)
        figures[block], scores[block] = table.figures, table.scores
        parts.append((row, row + rows))
        row, column = row + rows, column + columns
    figures[-1] = [values[i] for i in ids]
    scale = np.hstack([table.scale for table in tables] or [np.empty((2, 0))])
    scores[-1] = robust_scores(figures[-1:], scale)
    return LevelTable(
        area_ids=(*(i for table in tables for i in table.area_ids), own[0]),
        labels=(*(label for table in tables for label in table.labels), own[1]),
        indicator_ids=tuple(ids),
        years=tuple(year for table in tables for year in table.years),
        figures=figures,
        scores=scores,
        scale=scale,
        quantiles=np.hstack([t.quantiles for t in tables] or [np.empty((len(QUANTILES), 0))]),
        counts=np.concatenate([t.counts for t in tables] or [np.empty(0, np.int64)]),
        parts=tuple(parts) or ((0, 0),),
    )


def named_figures(
    cursor: Cursor, area_ids: Sequence[str], requested: TableRequest
) -> list[tuple[str, str, dict[str, float]]]:
    """Code, label and figures of some places of any level, in the order given."""
    labels = dict(
        cursor.execute(
            "SELECT area_id, label FROM areas WHERE list_contains($ids, area_id)",
            {"ids": list(area_ids)},
        ).fetchall()
    )
    rows = cursor.execute(
        """
        SELECT v.area_id, v.indicator_id, v.value FROM indicator_values AS v
        JOIN (SELECT unnest($indicators) AS indicator_id, unnest($years) AS year) AS w
            ON v.indicator_id = w.indicator_id AND v.year = w.year
        WHERE v.background = 'all' AND list_contains($ids, v.area_id) AND v.value IS NOT NULL
        """,
        {
            "ids": list(area_ids),
            "indicators": [indicator for indicator, _ in requested],
            "years": [year for _, year in requested],
        },
    ).fetchall()
    found: dict[str, dict[str, float]] = {}
    for area_id, indicator_id, value in rows:
        found.setdefault(area_id, {})[indicator_id] = value
    return [(code, labels[code], found.get(code, {})) for code in area_ids if code in labels]


def level_table(
    reader: Reader, *, level: Level, division: Division, requested: TableRequest
) -> LevelTable:
    """All areas of a level in the years requested, kept with the snapshot."""
    area_ids, labels, place = reader.once(areas_of_level, level=level, division=division)

    def fill() -> LevelTable:
        ask = reader.bare.later(_figures, level=level, division=division, requested=requested)
        found = ask()
        values = np.full((len(area_ids), len(requested)), np.nan)
        values[place[found["row"]], found["column"]] = found["value"]
        scale = robust_scale(values)
        return LevelTable(
            area_ids=area_ids,
            labels=labels,
            indicator_ids=tuple(indicator for indicator, _ in requested),
            years=tuple(year for _, year in requested),
            figures=values,
            scores=robust_scores(values, scale),
            scale=scale,
            quantiles=_quantiles(values),
            counts=(~np.isnan(values)).sum(axis=0),
        )

    return reader.remember((level_table, level, division, requested), fill)


def _figures(
    cursor: Cursor, *, level: Level, division: Division, requested: TableRequest
) -> dict[str, Any]:
    """Row in `areas`, column and value of each figure: to place codes would take longer."""
    return cursor.execute(
        """
        SELECT a.rowid AS row, w.n AS column, v.value
        FROM indicator_values AS v
        JOIN (
            SELECT unnest($indicators) AS indicator_id, unnest($years) AS year,
                unnest(range(len($years))) AS n
        ) AS w ON v.indicator_id = w.indicator_id AND v.year = w.year
        JOIN areas AS a ON a.area_id = v.area_id
        WHERE v.background = 'all' AND v.level = $level AND v.division = $division
            AND a.level = $level AND a.division = $division AND v.value IS NOT NULL
        """,
        {
            "level": level,
            "division": division,
            "indicators": [indicator for indicator, _ in requested],
            "years": [year for _, year in requested],
        },
    ).fetchnumpy()


def _quantiles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """QUANTILES x columns; NaN for a column without values."""
    quantiles = np.full((len(QUANTILES), values.shape[1]), np.nan)
    for column in range(values.shape[1]):
        known = values[:, column][~np.isnan(values[:, column])]
        if known.size:
            quantiles[:, column] = np.quantile(known, QUANTILES)
    return quantiles


def container_histories(cursor: Cursor) -> Mapping[str, pd.DataFrame]:
    """Every indicator and year of riket, län and kommuner, by area; ask through `reader.once`.

    Columns as `area_histories`.
    """
    found = cursor.execute(
        f"""
        SELECT {_COLUMNS}
        FROM indicator_values
        WHERE background = 'all' AND level IN ('riket', 'lan', 'kommun')
        ORDER BY area_id, indicator_id, year
        """
    ).df()
    texts = ["indicator_id", "division", "status", "summed_by"]
    compact = found.astype(dict.fromkeys(texts, "category"))
    return MappingProxyType({str(area): part for area, part in compact.groupby("area_id")})


def area_histories(cursor: Cursor, area_ids: tuple[str, ...], *, level: Level) -> pd.DataFrame:
    """Every indicator and year of some areas of a level, sorted by area, indicator and year.

    Columns: indicator_id, area_id, division, year, value, numerator, denominator, status,
    summed_by (null where SCB published the figure).
    """
    return select(
        cursor,
        f"""
        SELECT {_COLUMNS}
        FROM indicator_values
        WHERE background = 'all' AND level = $level AND list_contains($ids, area_id)
        ORDER BY area_id, indicator_id, year
        """,
        {"ids": list(area_ids), "level": level},
    )


def group_sizes(
    cursor: Cursor, *, level: Level, groupings: tuple[str, ...], year: int, area_id: str = ""
) -> pd.DataFrame:
    """Persons by group of each area and grouping, in the last year with most of the groups.

    No year after `year`. One area, or every area of the level without `area_id`. Columns:
    grouping_id, area_id, division, year, counts (an array in the grouping's order; NaN in it
    where a count is missing).
    """
    return cursor.execute(
        """
        SELECT
            grouping_id, area_id, CAST(division AS VARCHAR) AS division,
            arg_max(year, known) AS year, arg_max(counts, known) AS counts
        FROM (
            SELECT *, 10000 * len([n FOR n IN counts IF NOT isnan(n)]) + year AS known
            FROM group_counts
        )
        WHERE list_contains($groupings, grouping_id) AND level = $level AND year <= $year
            AND $area_id IN ('', area_id)
        GROUP BY grouping_id, area_id, division
        ORDER BY list_position($groupings, grouping_id), area_id
        """,
        {"groupings": list(groupings), "level": level, "year": year, "area_id": area_id},
    ).df()


def types_by_kommun(cursor: Cursor, *, year: int, within: str = RIKET) -> pd.DataFrame:
    """How many RegSO of each area type lie in each kommun, and how many people live in them.

    All of them, or those inside a place, in the last year with types that is not after the year.
    Columns: kommun_id, lan_id, year, division, area_type (NaN for areas without one), n_areas,
    residents.
    """
    return select(
        cursor,
        f"""
        WITH last AS (
            SELECT max(year) AS year FROM indicator_values
            WHERE indicator_id = 'area_type' AND background = 'all' AND level = 'regso'
                AND year <= $year AND value IS NOT NULL
        )
        SELECT
            a.kommun_id, a.lan_id, t.year, CAST(t.division AS VARCHAR) AS division,
            t.value AS area_type, count(*) AS n_areas, sum(p.value) AS residents
        FROM indicator_values AS t
        JOIN last ON last.year = t.year
        JOIN areas AS a ON a.area_id = t.area_id
        LEFT JOIN (
            SELECT area_id, year, value FROM indicator_values
            WHERE indicator_id = 'population' AND background = 'all' AND level = 'regso'
        ) AS p ON p.area_id = t.area_id AND p.year = t.year
        WHERE t.indicator_id = 'area_type' AND t.background = 'all' AND t.level = 'regso'
            AND t.status IS DISTINCT FROM 'outside_division' AND {inside("$within")}
        GROUP BY ALL
        ORDER BY a.kommun_id, t.value
        """,
        {"year": year, "within": within},
    )


def measured_years(
    cursor: Cursor, *, groupings: tuple[str, ...], units: UnitLevel
) -> Mapping[str, tuple[int, ...]]:
    """The years with a dissimilarity index by grouping; ask through `reader.once`."""
    found = cursor.execute(
        """
        SELECT grouping_id, list(DISTINCT year) FROM index_values
        WHERE index_id = 'dissimilarity' AND unit_level = $units AND value IS NOT NULL
            AND list_contains($groupings, grouping_id)
        GROUP BY grouping_id
        """,
        {"groupings": list(groupings), "units": units},
    ).fetchall()
    return MappingProxyType({grouping: tuple(years) for grouping, years in found})


def segregation_table(
    cursor: Cursor,
    *,
    groupings: tuple[str, ...],
    year: int,
    units: UnitLevel = "regso",
    area_id: str = "",
) -> pd.DataFrame:
    """The dissimilarity index between areas by some groupings, in riket and every län and kommun.

    The last year of each grouping that is not after the year; of one place with `area_id`. Columns:
    grouping_id, container_id, label, year, division, value, expected, estimate, low, high, n_units,
    population, caution.
    """
    place = "container_id = $area_id" if area_id else "$area_id = ''"
    return select(
        cursor,
        f"""
        SELECT
            i.grouping_id, i.container_id, a.label, i.year,
            CAST(i.division AS VARCHAR) AS division, i.value, i.expected, i.estimate,
            i.low, i.high, i.n_units, i.population, i.caution
        FROM index_values AS i
        JOIN areas AS a ON a.area_id = i.container_id
        WHERE i.index_id = 'dissimilarity' AND i.unit_level = $units AND i.year <= $year
            AND i.grouping_id IN (SELECT unnest($groupings)) AND {place}
        QUALIFY i.year = max(if(i.value IS NULL, NULL, i.year)) OVER (PARTITION BY i.grouping_id)
        ORDER BY list_position($groupings, i.grouping_id), i.container_id
        """,
        {"groupings": list(groupings), "year": year, "units": units, "area_id": area_id},
    )
