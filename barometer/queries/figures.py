"""What a map shows of each area: a value, the change in it, or a local measure of segregation."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from barometer.divisions import RIKET, Level
from barometer.indices import local_values
from barometer.indices.convergence import convergence
from barometer.own_codes import is_local, is_own
from barometer.queries.maps import NO_ROW, map_table, parameters
from barometer.queries.marks import marked_areas, marks_by_area
from barometer.queries.own_parts import members
from barometer.queries.records import MapFigures
from barometer.selection import Layer, Selection
from barometer.selection.offer import LEFT_OUT, can_be_marked
from barometer.store import Cursor

FEW_PERSONS: Final = 100  # figures of fewer are shown with a caution: ten persons are ten per cent
TOO_FEW: Final = "too_few"
WIDTH_95: Final = 1.96  # standard errors to each side of a 95 % interval

Column = NDArray[np.float64]
ValueRows = Mapping[tuple[str, str, str, int], tuple[int, int]]
"""The first and the last row by indicator, background, level and year."""

ANYWHERE: Final[ValueRows] = MappingProxyType({})
EVERY_ROW: Final = (0, 2**62)


def value_rows(cursor: Cursor) -> ValueRows:
    """Where the values of each indicator, background, level and year lie in their table.

    Ask through `reader.once(value_rows)`: DuckDB then reads those rows and not every group of rows
    whose words begin alike, which makes a map's values come in less than half the time.
    """
    rows = cursor.execute(
        """
        SELECT indicator_id, background, CAST(level AS VARCHAR), year, min(rowid), max(rowid)
        FROM indicator_values
        GROUP BY ALL
        """
    ).fetchall()
    return MappingProxyType({tuple(row[:4]): (row[4], row[5]) for row in rows})


def map_figures(
    cursor: Cursor, selection: Selection, *, order: Sequence[str], rows: ValueRows = ANYWHERE
) -> MapFigures:
    """The selection's figures of some areas in the order given; `rows` is `value_rows`' answer."""
    within = selection.within
    outside = np.zeros(len(order), dtype=bool)
    if within != RIKET:
        outside = ~_lying_in(cursor, within, order)
    hidden = _left_out(cursor, selection, order) & ~outside
    later, reasons, persons = _year(cursor, selection, selection.year, order, outside, rows)
    later, reasons, persons = _without(hidden, later, reasons, persons)
    if selection.since is None:
        return MapFigures(later, reasons, outside, _few(persons))
    earlier, before, fewer = _year(cursor, selection, selection.since, order, outside, rows)
    earlier, before, fewer = _without(hidden, earlier, before, fewer)
    # An area that lacks the later value has its reason from there.
    either = tuple(a or b for a, b in zip(reasons, before, strict=True))
    few = _few(persons) | _few(fewer)
    margin = _margin(earlier, fewer, later, persons) if selection.layer == "value" else None
    return MapFigures(
        later - earlier, either, outside, few, earlier=earlier, later=later, margin=margin
    )


def _left_out(cursor: Cursor, selection: Selection, order: Sequence[str]) -> NDArray[np.bool_]:
    """Which areas are marked in a view that leaves those out."""
    if selection.marked == "in":
        return np.zeros(len(order), dtype=bool)
    table = marked_areas(
        cursor, level=selection.level, division=selection.division, year=selection.year
    )
    marked = set(table["area_id"])
    return np.array([area_id in marked for area_id in order], dtype=bool)


def _without(
    hidden: NDArray[np.bool_], values: Column, reasons: tuple[str | None, ...], persons: Column
) -> tuple[Column, tuple[str | None, ...], Column]:
    """The same without the hidden areas, which get that as their reason."""
    if not hidden.any():
        return values, reasons, persons
    told = tuple(LEFT_OUT if out else why for out, why in zip(hidden, reasons, strict=True))
    return np.where(hidden, np.nan, values), told, np.where(hidden, np.nan, persons)


def _lying_in(cursor: Cursor, place: str, order: Sequence[str]) -> NDArray[np.bool_]:
    """Which areas lie in a län, a kommun or an own area."""
    if is_own(place) or is_local(place):
        inside = set(members(cursor, place).area_ids)
    elif order and is_local(order[0]):  # an operator's: their codes do not say where they lie
        rows = cursor.execute(_OPERATORS_IN, {"place": place}).fetchall()
        inside = {area_id for (area_id,) in rows}
    else:
        return np.array([area_id.startswith(place) for area_id in order], dtype=bool)
    return np.array([area_id in inside for area_id in order], dtype=bool)


_OPERATORS_IN = """
SELECT area_id FROM areas WHERE level = 'own' AND $place IN (lan_id, kommun_id)
"""


def _margin(earlier: Column, persons_then: Column, later: Column, persons: Column) -> Column:
    """Half the 95 % interval of a difference between two shares in per cent, as binomial draws."""
    with np.errstate(divide="ignore", invalid="ignore"):
        variances = (
            np.clip(share, 0, 100) * (100 - np.clip(share, 0, 100)) / counted
            for share, counted in ((earlier, persons_then), (later, persons))
        )
        return np.asarray(WIDTH_95 * np.sqrt(sum(variances, np.zeros(len(later)))))


def map_frame(
    cursor: Cursor, selection: Selection, *, other_view: Selection | None = None
) -> pd.DataFrame:
    """The map's twin with what the view shows as `value`.

    Columns as `map_table`, of RegSO and DeSO also marks; of a change also earlier_value and
    later_value; of two maps with the same areas also compared_value. Counts of persons stand beside
    plain values only.
    """
    table = _with_marks(cursor, selection, map_table(cursor, selection))
    order = table["area_id"].tolist()
    same_areas = other_view is not None and other_view.division == selection.division
    compared = map_figures(cursor, other_view, order=order) if other_view and same_areas else None
    other = {"compared_value": compared.values} if compared else {}  # noqa: PD011
    if selection.since is None and selection.layer == "value":
        return table.assign(**other)
    found = map_figures(cursor, selection, order=order)
    change = (
        {}
        if found.earlier is None or found.later is None
        else {"earlier_value": found.earlier, "later_value": found.later}
    )
    return table.assign(
        value=found.values,
        numerator=np.nan,
        denominator=np.nan,
        status=pd.Series(found.reasons, table.index, dtype="str"),
    ).assign(**change, **other)


def _with_marks(cursor: Cursor, selection: Selection, table: pd.DataFrame) -> pd.DataFrame:
    """With the ids of each small area's marks as `marks`; without its value where left out."""
    if not can_be_marked(selection.level):
        return table
    found = marked_areas(
        cursor, level=selection.level, division=selection.division, year=selection.year
    )
    table = table.assign(marks=table["area_id"].map(marks_by_area(found)))
    if selection.marked == "in":
        return table
    hidden = table["marks"].notna()
    figures = ["value", "numerator", "denominator", "summed_by"]
    return table.assign(
        **{name: table[name].mask(hidden) for name in figures},
        status=table["status"].mask(hidden, LEFT_OUT),
    )


def values_of_all_years(
    cursor: Cursor, *, indicator: str, background: str, level: Level, within: str
) -> Column:
    """Every value of an indicator at a level, in ascending order, for classes of all years."""
    rows = cursor.execute(
        """
        SELECT value
        FROM indicator_values
        WHERE indicator_id = $indicator AND background = $background AND level = $level
            AND value IS NOT NULL AND ($within = '00' OR starts_with(area_id, $within))
        ORDER BY value
        """,
        {"indicator": indicator, "background": background, "level": level, "within": within},
    ).fetchnumpy()
    return np.asarray(rows["value"], np.float64)


def _few(persons: Column) -> NDArray[np.bool_]:
    return persons < FEW_PERSONS  # not where the number of persons is not known


def _year(
    cursor: Cursor,
    selection: Selection,
    year: int,
    order: Sequence[str],
    outside: NDArray[np.bool_],
    rows: ValueRows,
) -> tuple[Column, tuple[str | None, ...], Column]:
    """Values, reasons and persons of a year; nothing outside the place that is looked at."""
    if selection.layer == "value":
        values, reasons, persons = _plain(cursor, selection, year, order, rows)
    else:
        counts = _counts(cursor, selection, year, order)
        counts[outside] = np.nan
        if selection.layer == "distance_to_mix":
            values, reasons, persons = _to_mix(cursor, counts, selection, order)
        else:
            values, reasons, persons = _local(counts, selection)
    if not outside.any():
        return values, reasons, persons
    values[outside], persons[outside] = np.nan, np.nan
    kept = tuple(None if out else reason for out, reason in zip(outside, reasons, strict=True))
    return values, kept, persons


def _plain(
    cursor: Cursor, selection: Selection, year: int, order: Sequence[str], rows: ValueRows
) -> tuple[Column, tuple[str | None, ...], Column]:
    key = (selection.indicator, selection.background, selection.level, year)
    first, last = rows.get(key, EVERY_ROW)
    found = cursor.execute(
        """
        SELECT area_id, value, denominator, CAST(status AS VARCHAR) AS status
        FROM indicator_values
        WHERE indicator_id = $indicator AND background = $background AND level = $level
            AND year = $year AND division = $division AND rowid BETWEEN $first AND $last
        """,
        parameters(selection) | {"year": year, "first": first, "last": last},
    ).fetchnumpy()
    places = _places(found["area_id"].tolist(), order)
    # The last item stands for the areas without a row.
    values, persons = (
        np.append(np.ma.filled(np.ma.asarray(found[name], np.float64), np.nan), np.nan)[places]
        for name in ("value", "denominator")
    )
    reasons = [*found["status"].tolist(), NO_ROW]
    return values, tuple(reasons[place] for place in places), persons


def _places(labels: Sequence[object], order: Sequence[str]) -> NDArray[np.intp]:
    """Where each area of the order lies in what was found, -1 where it does not."""
    row_of = {area_id: row for row, area_id in enumerate(labels)}
    return np.fromiter((row_of.get(area_id, -1) for area_id in order), np.intp, len(order))


def _counts(cursor: Cursor, selection: Selection, year: int, order: Sequence[str]) -> Column:
    """Persons by area and group; NaN where a count is missing."""
    own = selection.grouping == selection.indicator
    pair = """
        SELECT area_id, [numerator, denominator - numerator] AS counts
        FROM estimated_counts
        WHERE indicator_id = $grouping AND background = $background AND level = $level
            AND year = $year AND division = $division AND value IS NOT NULL
            AND numerator IS NOT NULL AND denominator IS NOT NULL
    """
    more = """
        SELECT area_id, counts
        FROM group_counts
        WHERE grouping_id = $grouping AND level = $level AND year = $year
            AND division = $division AND $background = 'all'
    """
    rows = cursor.execute(
        f"SELECT area_id, unnest(counts) AS persons FROM ({pair if own else more})",
        {
            "grouping": selection.grouping,
            "background": selection.background,
            "level": selection.level,
            "division": selection.division,
            "year": year,
        },
    ).fetchnumpy()
    persons = np.ma.filled(np.ma.asarray(rows["persons"], np.float64), np.nan)
    groups = int((rows["area_id"] == rows["area_id"][0]).sum()) if len(persons) else 2
    table = np.vstack([persons.reshape(-1, groups), np.full((1, groups), np.nan)])
    return np.asarray(table[_places(rows["area_id"][::groups].tolist(), order)])


def _local(counts: Column, selection: Selection) -> tuple[Column, tuple[str | None, ...], Column]:
    """The measure of every area with counts, against all of them together."""
    known = np.isfinite(counts).all(axis=1)
    persons = np.where(known, counts.sum(axis=1), np.nan)
    values = np.full(len(counts), np.nan)
    if known.any() and counts[known].sum() > 0:
        table = counts[known]
        found = local_values(table, indices=(selection.layer,))[selection.layer].to_numpy()
        weights = _WEIGHTS[selection.layer](table) if selection.layer in _WEIGHTS else None
        values[known] = found if weights is None else _of_all(found * weights)
    values[~np.isfinite(values)] = np.nan
    return values, _reasons(values, known), persons


def _to_mix(
    cursor: Cursor, counts: Column, selection: Selection, order: Sequence[str]
) -> tuple[Column, tuple[str | None, ...], Column]:
    """Metres from every area with counts to the mix of its kommun, or of the own area chosen."""
    points = _centroids(cursor, selection, order)
    own = is_own(selection.within) or is_local(selection.within)
    towns = np.array([selection.within if own else area_id[:4] for area_id in order])
    counted = np.isfinite(counts).all(axis=1)
    # An area of no known place cannot be met: nothing is measured in its town.
    known = counted & ~np.isin(towns, towns[counted & np.isnan(points).any(axis=1)])
    values = np.full(len(counts), np.nan)
    if known.any():
        found = convergence(counts[known], points[known], towns[known].tolist())
        values[known] = found["metres"]
    return values, _reasons(values, known), np.where(known, counts.sum(axis=1), np.nan)


def _centroids(cursor: Cursor, selection: Selection, order: Sequence[str]) -> Column:
    """The x and y of each area in metres (areas, 2); NaN where they are not known."""
    rows = cursor.execute(
        """
        SELECT area_id, centroid_x AS x, centroid_y AS y FROM areas
        WHERE level = $level AND division = $division AND centroid_x IS NOT NULL
        """,
        {"level": selection.level, "division": selection.division},
    ).fetchnumpy()
    points = np.column_stack([np.append(np.asarray(rows[axis]), np.nan) for axis in "xy"])
    return np.asarray(points[_places(rows["area_id"].tolist(), order)])


def _reasons(values: Column, known: ArrayLike) -> tuple[str | None, ...]:
    """Why there is no value: too few residents where they are counted."""
    missing = np.where(known, TOO_FEW, NO_ROW)
    lacking = np.isnan(values)
    return tuple(str(m) if gone else None for m, gone in zip(missing, lacking, strict=True))


def _of_all(parts: Column) -> Column:
    """Per cent of the sum."""
    total = np.nansum(parts)
    return np.asarray(100 * parts / total if total > 0 else np.zeros_like(parts))


# What is shown in per cent of the whole index, and how the areas' values add up to it.
_WEIGHTS: Final[Mapping[Layer, Callable[[Column], Column]]] = {
    "dissimilarity_contribution": lambda table: np.ones(len(table)),
    "local_segregation": lambda table: np.asarray(table.sum(axis=1)),
}
