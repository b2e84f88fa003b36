"""Segregation: index values over time, side by side and ranked, also of an address's own areas."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from barometer.areas import own_panel
from barometer.catalogue import Catalogue
from barometer.indices import INDICES
from barometer.indices.index import TABLES_OF_KIND
from barometer.indices.panel import MISSING, PanelKind
from barometer.queries.own_areas import OwnAreas, store_indices
from barometer.queries.places import index_series
from barometer.queries.records import inside, select
from barometer.selection import EVERY_KOMMUN, EVERY_LAN, Measurement, MeasureOffer
from barometer.selection.measures import UnitLevel
from barometer.store import Cursor, Reader

_COMPANY: Final = """
    i.value, i.expected, i.estimate, i.low, i.high, i.n_units, i.n_excluded, i.population,
    i.group_population, i.coverage, i.caution
"""
_DISSIMILARITY: Final = "dissimilarity"
_SEGREGATION: Final = [
    *("grouping_id", "container_id", "label", "year", "division", "value", "expected"),
    *("estimate", "low", "high", "n_units", "population", "caution"),
]


@dataclass(frozen=True, slots=True)
class Units:
    """The areas of a place with their counts; areas that lack a count are left out.

    `frame` has area_id, label, kommun_id, lan_id, regso_id (missing where it is not known), x, y
    (metres); `counts` is areas x
    groups in the same order; `n_left_out` says how many areas had no counts.
    """

    frame: pd.DataFrame
    counts: NDArray[np.float64]
    n_left_out: int


def measure_offer(cursor: Cursor) -> MeasureOffer:
    """What index values the snapshot holds; ask through `reader.once(measure_offer)`.

    An index of the registry is offered as soon as the snapshot has a value of it; what chance alone
    would give is no choice of its own but stands beside every index.
    """
    rows = cursor.execute(
        """
        SELECT grouping_id, CAST(unit_level AS VARCHAR), index_id, list(DISTINCT year ORDER BY year)
        FROM index_values
        WHERE value IS NOT NULL
        GROUP BY ALL
        ORDER BY ALL
        """
    ).fetchall()
    kinds = dict(cursor.execute("SELECT grouping_id, kind FROM groupings").fetchall())
    names = cursor.execute(
        "SELECT area_id, name FROM areas WHERE division = 'admin' ORDER BY area_id"
    ).fetchall()
    widespread = cursor.execute(
        """
        SELECT grouping_id
        FROM index_values AS i JOIN areas AS a ON a.area_id = i.container_id AND a.level = 'kommun'
        WHERE i.value IS NOT NULL
        GROUP BY grouping_id
        HAVING 2 * count(DISTINCT a.area_id)
            >= (SELECT count(DISTINCT area_id) FROM areas WHERE level = 'kommun')
        """
    ).fetchall()
    last = cursor.execute(
        """
        SELECT grouping_id, CAST(unit_level AS VARCHAR), container_id, max(year) AS own,
               max(max(year)) OVER (PARTITION BY grouping_id, unit_level) AS every
        FROM index_values
        WHERE value IS NOT NULL
        GROUP BY grouping_id, unit_level, container_id
        QUALIFY own < every
        """
    ).fetchall()
    years: dict[tuple[str, UnitLevel], set[int]] = {}
    there: dict[str, set[str]] = {}
    for grouping, units, index, found in rows:
        years.setdefault((grouping, units), set()).update(found)
        there.setdefault(grouping, set()).add(index)
    return MeasureOffer(
        indices=MappingProxyType({g: _in_order(ids, kinds[g]) for g, ids in there.items()}),
        years=MappingProxyType({key: tuple(sorted(found)) for key, found in years.items()}),
        names=MappingProxyType(dict(names)),
        widespread=frozenset(grouping for (grouping,) in widespread),
        earlier=MappingProxyType({(g, units, place): year for g, units, place, year, _ in last}),
    )


def _in_order(ids: set[str], kind: str) -> tuple[str, ...]:
    """Indices in the registry's order, those of the grouping's own kind before the others."""
    order = next(kinds for own, kinds in TABLES_OF_KIND.items() if own == kind)
    chosen = [index for index in INDICES if index.id in ids and index.dimension != "chance"]
    return tuple(i.id for i in sorted(chosen, key=lambda index: order.index(index.kind)))


def measure_series(cursor: Cursor, measurement: Measurement) -> pd.DataFrame:
    """The index over the years for the place. Columns: those of `index_series`."""
    return index_series(
        cursor,
        grouping_id=measurement.grouping,
        container_ids=[measurement.area],
        unit_level=measurement.units,
        index_ids=[measurement.index],
    )


def kommun_medians(cursor: Cursor, measurement: Measurement) -> pd.DataFrame:
    """The median of the kommuner's values in every year in which most have one.

    Columns: year, kommun_median.
    """
    return select(
        cursor,
        """
    SELECT i.year, median(i.value) AS kommun_median
    FROM index_values AS i
    JOIN areas AS a ON a.area_id = i.container_id AND a.level = 'kommun'
    WHERE i.grouping_id = $grouping AND i.index_id = $index AND i.unit_level = $units
    GROUP BY i.year
    HAVING count(i.value) >= 7
        AND count(i.value) >= 0.5 * (SELECT count(*) FROM areas WHERE level = 'kommun')
    ORDER BY i.year
    """,
        {
            "grouping": measurement.grouping,
            "index": measurement.index,
            "units": measurement.units,
        },
    )


def measure_table(
    cursor: Cursor, measurement: Measurement, *, index_ids: tuple[str, ...]
) -> pd.DataFrame:
    """Every given index of the place's grouping and year, in the order given, for all its areas.

    Columns: unit_level, index_id, value, expected, estimate, low, high, n_units, n_excluded,
    population, group_population, coverage, caution.
    """
    return select(
        cursor,
        f"""
    SELECT CAST(i.unit_level AS VARCHAR) AS unit_level, i.index_id, {_COMPANY}
    FROM index_values AS i
    WHERE i.grouping_id = $grouping AND i.container_id = $area
        AND i.year = $year AND list_contains($index_ids, i.index_id)
    ORDER BY list_position($index_ids, i.index_id)
    """,
        {
            "grouping": measurement.grouping,
            "area": measurement.area,
            "year": measurement.year,
            "index_ids": list(index_ids),
        },
    )


def ranking(cursor: Cursor, measurement: Measurement) -> pd.DataFrame:
    """Places by the index, highest first; those without a value last and without a rank.

    Where the places have estimates they are ranked by these, and places that are as even as chance
    share the last rank; else by value. `rank_low` and `rank_high` are the ranks that the intervals
    allow: a place is sure to be behind those whose interval lies wholly above its own, and ahead of
    those whose interval lies wholly below (Klein, Wright and Wieczorek 2020, doi
    10.1111/rssa.12511); missing where a place has no interval.

    Kommuner, län, or the kommuner of a län, with at least the chosen number of persons counted; or
    the reader's own comparison group with the chosen places.
    Values that ask for caution have no place in it when they are hidden.
    Columns: rank, rank_low, rank_high, container_id, label, value, expected, estimate, low, high,
    n_units, n_excluded, population, group_population, coverage, caution.
    """
    among = measurement.among
    level = "lan" if among == EVERY_LAN else "kommun"
    within = None if among in (EVERY_LAN, EVERY_KOMMUN) else among
    rows = select(
        cursor,
        f"""
    SELECT
        i.container_id, a.label, {_COMPANY}
    FROM index_values AS i
    JOIN areas AS a ON a.area_id = i.container_id
    WHERE i.grouping_id = $grouping AND i.index_id = $index AND i.unit_level = $units
        AND i.year = $year AND i.population >= $population
        AND if($own_choice, list_contains($peers, i.container_id),
            a.level = $level AND ($within IS NULL OR a.lan_id = $within))
        AND ($everyone OR (i.value IS NOT NULL AND i.caution IS NULL))
    ORDER BY i.container_id
    """,
        {
            "grouping": measurement.grouping,
            "index": measurement.index,
            "units": measurement.units,
            "year": measurement.year,
            "level": level,
            "population": measurement.population,
            "within": within,
            "everyone": measurement.caution == "shown",
            "own_choice": bool(measurement.peers),
            "peers": [*measurement.places, *measurement.peers],
        },
    )
    return _ranked(rows)


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of their ranks, with the ranks that their intervals allow."""
    by = rows["estimate"] if rows["estimate"].notna().any() else rows["value"]
    shown = by.where(by.notna() | rows["value"].isna(), by.min() - 1)  # as even as chance: last
    rank = shown.rank(method="min", ascending=False)
    low, high = (rows[end].to_numpy(np.float64) for end in ("low", "high"))
    above = (low[None, :] > high[:, None]).sum(axis=1)
    n_even = int((rows["value"].notna() & by.isna()).sum())
    below = (high[None, :] < low[:, None]).sum(axis=1) + n_even
    unknown = np.isnan(low)
    n_ranked = int(shown.notna().sum())
    found = rows.assign(
        rank=rank,
        rank_low=np.where(unknown, np.nan, above + 1),
        rank_high=np.where(unknown, np.nan, n_ranked - below),
    )
    first = ["rank", "rank_low", "rank_high"]
    ordered = found.sort_values(["rank", "container_id"], na_position="last", ignore_index=True)
    return ordered[[*first, *rows.columns]]


def units(
    cursor: Cursor,
    measurement: Measurement,
    *,
    year: int | None = None,
    level: UnitLevel | None = None,
    area: str = "",
) -> Units:
    """The areas inside a place with the persons of each group.

    Year, level and place are the measurement's own where none are given.

    None where the measures of the place are withheld because too many figures are missing.
    """
    rows = cursor.execute(
        f"""
        WITH here AS MATERIALIZED (
            FROM areas AS a
            WHERE a.level = $level AND a.valid_from <= $year
                AND coalesce(a.valid_to, $year) >= $year AND {inside("$area")}
        )
        SELECT
            a.area_id, a.label, a.kommun_id, a.lan_id,
            CASE WHEN a.level = 'deso' THEN r.area_id ELSE a.area_id END AS regso_id,
            a.centroid_x AS x, a.centroid_y AS y, k.counts
        FROM here AS a
        LEFT JOIN areas AS r ON r.area_id = a.parent_id AND r.level = 'regso'
        LEFT JOIN (
            SELECT area_id, counts FROM group_counts
            WHERE grouping_id = $grouping AND level = $level AND year = $year
            UNION ALL
            SELECT area_id, [numerator, denominator - numerator] FROM estimated_counts
            WHERE indicator_id = $grouping AND background = 'all' AND level = $level
                AND year = $year AND value IS NOT NULL
        ) AS k ON k.area_id = a.area_id
        WHERE NOT EXISTS (
            FROM index_values AS i
            WHERE i.container_id = $area AND i.grouping_id = $grouping
                AND i.unit_level = $level AND i.year = $year AND contains(i.caution, '{MISSING}')
        )
        ORDER BY a.area_id
        """,
        {
            "grouping": measurement.grouping,
            "level": level or measurement.units,
            "year": year or measurement.year,
            "area": area or measurement.area,
        },
    ).df()
    known = rows["counts"].map(_is_whole).to_numpy(bool)
    kept = rows[known].reset_index(drop=True)
    counts = np.stack(kept["counts"].tolist()) if len(kept) else np.empty((0, 2))
    return Units(kept.drop(columns="counts"), counts.astype(np.float64), int((~known).sum()))


def counts_by_year(
    cursor: Cursor, measurement: Measurement, *, years: tuple[int, ...]
) -> Mapping[int, NDArray[np.float64]]:
    """The counts of `units` for several years at once, areas x groups by year."""
    rows = cursor.execute(
        f"""
        SELECT k.year, k.counts
        FROM (
            SELECT area_id, year, counts FROM group_counts
            WHERE grouping_id = $grouping AND level = $level AND list_contains($years, year)
            UNION ALL
            SELECT area_id, year, [numerator, denominator - numerator] FROM estimated_counts
            WHERE indicator_id = $grouping AND background = 'all' AND level = $level
                AND list_contains($years, year) AND value IS NOT NULL
        ) AS k
        JOIN areas AS a ON a.area_id = k.area_id
        WHERE a.level = $level AND a.valid_from <= k.year AND coalesce(a.valid_to, k.year) >= k.year
            AND {inside("$area")}
        ORDER BY k.year, k.area_id
        """,
        {
            "grouping": measurement.grouping,
            "level": measurement.units,
            "years": list(years),
            "area": measurement.area,
        },
    ).df()
    kept = rows[rows["counts"].map(_is_whole).to_numpy(bool)]
    found: dict[int, list[NDArray[np.float64]]] = {}
    for year, counts in zip(kept["year"].tolist(), kept["counts"].tolist(), strict=True):
        found.setdefault(year, []).append(counts)
    return {year: np.stack(own).astype(np.float64) for year, own in found.items()}


def _is_whole(counts: object) -> bool:
    return isinstance(counts, np.ndarray) and bool(np.isfinite(counts.astype(np.float64)).all())


def measure_own(reader: Reader, groupings: Iterable[str], *, catalogue: Catalogue) -> None:
    """Compute the index values of the address's own areas for some groupings, if it has any.

    They stand among the snapshot's index values afterwards, for this request.
    """
    overlay = reader.overlay
    known = overlay.indices if isinstance(overlay, OwnAreas) else {}
    lacking = [grouping for grouping in groupings if grouping not in known]
    for wanted, panel in _panels(reader, lacking, catalogue=catalogue):
        found = dict(list(panel.groupby("grouping_id"))) if len(panel) else {}
        known.update({grouping: found.get(grouping, panel[0:0]) for grouping in wanted})
        store_indices(reader.cursor, panel)


def own_segregation(
    reader: Reader,
    area: tuple[str, str],
    *,
    groupings: Sequence[str],
    catalogue: Catalogue,
    year: int,
    units: UnitLevel,
) -> pd.DataFrame:
    """The rows of `segregation_table` of one of the address's own areas, given as code and label.

    They are computed for this page alone and stand in no table.
    """
    made = _panels(reader, groupings, catalogue=catalogue, indices=(_DISSIMILARITY,), until=year)
    parts = [panel for _, panel in made if len(panel)]
    if not parts:
        return pd.DataFrame(columns=_SEGREGATION)
    panel = pd.concat(parts, ignore_index=True)
    own = (panel["container_id"] == area[0]) & (panel["unit_level"] == units)
    found = panel[own & panel["value"].notna()].assign(label=area[1])
    order = {grouping: place for place, grouping in enumerate(groupings)}
    by_place = found.sort_values("grouping_id", key=lambda ids: ids.map(order), kind="stable")
    return by_place[_SEGREGATION].reset_index(drop=True)


def _panels(
    reader: Reader,
    groupings: Iterable[str],
    *,
    catalogue: Catalogue,
    indices: tuple[str, ...] | None = None,
    until: int | None = None,
) -> Iterator[tuple[list[str], pd.DataFrame]]:
    """Groupings of a kind and their panel (`own_panel`) of the address's own areas, if any."""
    overlay = reader.overlay
    own_ids = tuple(a.token for a in overlay.areas) if isinstance(overlay, OwnAreas) else ()
    by_kind: dict[PanelKind, list[str]] = {}
    for grouping in groupings if any(own_ids) else ():
        if grouping in catalogue.groupings:
            by_kind.setdefault(catalogue.groupings[grouping].kind, []).append(grouping)
    for kind, wanted in by_kind.items():
        yield (
            wanted,
            reader.once(
                own_panel,
                tuple(filter(None, own_ids)),
                groupings=tuple(wanted),
                kind=kind,
                perturbed=tuple(map(catalogue.perturbed.get, wanted)),
                indices=indices,
                until=until,
                values="own_part_values",
            ),
        )
