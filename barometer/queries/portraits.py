"""A place beside what it lies in, all of its level, those most like it, and its safety by year."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from barometer.catalogue import Catalogue
from barometer.divisions import (
    DIVISIONS,
    RIKET,
    Division,
    Level,
    covers,
    division_of,
    is_one_kommun,
)
from barometer.indices.similarity import Similar, most_similar
from barometer.queries.own_parts import Members
from barometer.queries.profiles import (
    LevelTable,
    TableRequest,
    area_histories,
    container_histories,
    joined_tables,
    level_table,
    named_figures,
)
from barometer.queries.records import Area, select
from barometer.selection import Offer
from barometer.selection.profiles import ALIKE, STAND_INS, Profile
from barometer.store import Cursor, Reader

MOST_ALIKE: Final = 7  # similar areas that are shown
ABOVE: Final = ("kommun", "lan", "riket")
_QUANTILE_NAMES: Final = ("p02", "p10", "lower_quartile", "median", "upper_quartile", "p90", "p98")
ROW_COLUMNS: Final = (
    *("indicator_id", "sector", "year", "value", "numerator", "denominator", "status", "summed_by"),
    *(*ABOVE, "alike", *_QUANTILE_NAMES, "n_areas", "n_lower", "n_higher", "score"),
)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A place in numbers: every section of its profile is made from this.

    `rows` has an indicator a row, in the catalogue's order: indicator_id, sector, year, value,
    numerator, denominator, status (why there is no value), summed_by, kommun, lan, riket, alike
    (median of the similar areas), the level's p02 to p98 with median, n_areas (with a value),
    n_lower and n_higher (that have a lower or a higher one), score (robust spreads from the
    median). `common_rows` are the same in the last years that most areas of the level have, whose
    table is `common`. `series` has role,
    indicator_id, division, year, value, status and summed_by of the place, its namesake in the
    other division (`counterpart`) and what
    it lies in. `alike` speaks of `alike_ids`; its rows are those of `common`.
    """

    area: Area
    rows: pd.DataFrame
    common_rows: pd.DataFrame
    series: pd.DataFrame
    table: LevelTable
    common: LevelTable
    alike: Similar
    alike_ids: tuple[str, ...]


def requested_series(
    offer: Offer,
    *,
    level: Level,
    division: Division,
    year: int,
    known: Collection[tuple[str, int]] = (),
) -> TableRequest:
    """Each indicator that a level and division have, with its last year not after the given one.

    A year in which most areas of the level lack a value counts where the place has one: `known`
    are the place's indicators and years.
    """
    asked: dict[str, Any] = {"level": level, "division": division, "year": year, "known": known}
    found = ((i, last_year(offer, i, **asked)) for i in offer.indicators)
    return tuple((indicator, last) for indicator, last in found if last is not None)


def last_year(
    offer: Offer,
    indicator: str,
    *,
    level: Level,
    division: Division,
    year: int,
    known: Collection[tuple[str, int]] = (),
) -> int | None:
    """An indicator's year as `requested_series` gives it; None where there is none."""
    years = (y for y in offer.years_of(indicator, level) if y <= year and covers(division, y))
    return max(
        (y for y in years if (indicator, level, y) not in offer.sparse or (indicator, y) in known),
        default=None,
    )


def portrait(
    reader: Reader,
    profile: Profile,
    *,
    area: Area,
    namesake: str | None,
    offer: Offer,
    catalogue: Catalogue,
    members: Members | None = None,
) -> Portrait:
    """Everything the profile of a place says in numbers; the level's table is made once.

    `members` are what an own area consists of: it stands among the areas of their level.
    """
    level, division = profile.level, profile.division
    series = reader.remember((_series, area, namesake), lambda: _series(reader, area, namesake))
    if members is None:
        own = series[(series["role"] == "area") & series["value"].notna()]
        known = frozenset(zip(own["indicator_id"], own["year"], strict=True))
        wanted = requested_series(
            offer, level=level, division=division, year=profile.year, known=known
        )
        table = level_table(reader, level=level, division=division, requested=wanted)
        in_common = requested_series(offer, level=level, division=division, year=profile.year)
        common = level_table(reader, level=level, division=division, requested=in_common)
    else:
        asked: dict[str, Any] = {"offer": offer, "year": profile.year}
        table, common = (
            _among_parts(reader, area, series, members, in_common=in_common, **asked)
            for in_common in (False, True)
        )
    alike_ids = _likeness(profile, common, area.area_id)
    if profile.peers:
        table, common = (_with_peers(reader, t, profile.peers) for t in (table, common))
        alike = chosen_areas(common, area.area_id, profile.peers, indicator_ids=alike_ids)
    else:
        alike = similar_areas(
            common,
            area.area_id,
            indicator_ids=alike_ids,
            catalogue=catalogue,
            n_chosen=len(profile.alike),
        )
    rows = _rows(series, table, area, alike, catalogue)
    same = common.requested == table.requested
    common_rows = rows if same else _rows(series, common, area, alike, catalogue)
    return Portrait(area, rows, common_rows, series, table, common, alike, alike_ids)


def _likeness(profile: Profile, table: LevelTable, area_id: str) -> tuple[str, ...]:
    """The chosen indicators that the table has; from the start, those that the place has too.

    One that is lacking from the start gives way to its stand-in.
    """
    if profile.alike != ALIKE:
        return tuple(i for i in profile.alike if table.column(i) is not None)
    row = table.area_ids.index(area_id)
    figures = dict(zip(table.indicator_ids, table.figures[row], strict=True))
    known = {i for i, figure in figures.items() if not np.isnan(figure)}
    lines = ((i, STAND_INS.get(i, i)) for i in ALIKE)
    found = (next((i for i in line if i in known), None) for line in lines)
    return tuple(i for i in found if i is not None)


def _among_parts(
    reader: Reader,
    area: Area,
    series: pd.DataFrame,
    members: Members,
    *,
    offer: Offer,
    year: int,
    in_common: bool,
) -> LevelTable:
    """An own area in a row of its own after all areas of the level that it is made of.

    Each indicator stands in the division of the last year that the own area has a figure in, or
    has in common with most areas of that level: in one division, that of most indicators.
    """
    columns = (series[name].tolist() for name in ("role", "year", "indicator_id", "value"))
    own = [
        (last, i, value)
        for role, last, i, value in zip(*columns, strict=True)
        if role == "area" and last <= year and value == value
    ]
    if in_common:
        own = [found for found in own if (found[1], members.base, found[0]) not in offer.sparse]
        by_division: dict[Division, set[str]] = {}
        for last, indicator_id, _ in own:
            division = division_of(members.base, last)
            by_division.setdefault(division, set()).add(indicator_id)
        most = max(sorted(by_division), key=lambda d: len(by_division[d]), default=None)
        own = [found for found in own if division_of(members.base, found[0]) == most]
    latest = {i: (last, value) for last, i, value in sorted(own)}
    tables = []
    for division in DIVISIONS:
        wanted = tuple(
            (i, latest[i][0])
            for i in offer.indicators
            if i in latest and division_of(members.base, latest[i][0]) == division
        )
        if wanted:
            tables.append(
                level_table(reader, level=members.base, division=division, requested=wanted)
            )
    values = {i: value for i, (_, value) in latest.items()}
    return joined_tables(tables, own=(area.area_id, area.label), values=values)


def _with_peers(reader: Reader, table: LevelTable, peers: tuple[str, ...]) -> LevelTable:
    """The table with the places of a comparison group that are of another level."""
    lacking = tuple(code for code in peers if code not in table.area_ids)
    if not lacking:
        return table
    return table.with_rows(named_figures(reader.cursor, lacking, table.requested))


def chosen_areas(
    table: LevelTable, area_id: str, peers: tuple[str, ...], *, indicator_ids: tuple[str, ...]
) -> Similar:
    """A reader's comparison group in its order, as `similar_areas` tells of those it finds.

    `apart` and `distance` are in the spreads of the table's own level.
    """
    row = table.area_ids.index(area_id)
    rows = np.array([table.area_ids.index(code) for code in peers if code in table.area_ids], int)
    columns = [table.indicator_ids.index(i) for i in indicator_ids]
    scores = table.scores[:, columns]
    apart = scores[rows] - scores[row]
    used: np.ndarray = ~np.isnan(scores[row])
    known = np.where(used, apart, np.nan)
    counted = np.maximum((~np.isnan(known)).sum(axis=1), 1)
    return Similar(
        rows=rows,
        distance=np.sqrt(np.nansum(np.square(known), axis=1) / counted),
        apart=known,
        used=used,
        n_compared=len(rows),
        n_left_out=0,
    )


def similar_areas(
    table: LevelTable,
    area_id: str,
    *,
    indicator_ids: tuple[str, ...],
    catalogue: Catalogue,
    count: int = MOST_ALIKE,
    n_chosen: int | None = None,
) -> Similar:
    """The areas of the table most like one of them by some of its indicators.

    Numbers of people are compared as logarithms: twice as many is as far for a village as for a
    city. At most a third of the other areas are chosen, so that riket is never its own. An
    indicator that the table lacks is a measure that nobody has; `n_chosen` counts those that the
    reader chose, when some of them are not given.
    """
    row = table.area_ids.index(area_id)
    there = table.comparable(row, indicator_ids)
    measures = np.full((len(table.area_ids), len(indicator_ids)), np.nan)
    for column, indicator_id in enumerate(indicator_ids):
        if indicator_id in table.indicator_ids:
            measures[:, column] = table.figures[:, table.indicator_ids.index(indicator_id)]
    for column, indicator_id in enumerate(indicator_ids):
        if catalogue.indicators[indicator_id].unit == "persons":
            positive = np.where(measures[:, column] > 0, measures[:, column], np.nan)
            measures[:, column] = np.log(positive)
    most = min(count, (len(there) - 1) // 3)
    own = int(np.flatnonzero(there == row)[0])
    found = most_similar(measures[there], row_of_area=own, count=most, n_chosen=n_chosen)
    return replace(found, rows=there[found.rows])


def _series(reader: Reader, area: Area, namesake: str | None) -> pd.DataFrame:
    """The place and what it lies in, over all years, by role."""
    containers = reader.once(container_histories)
    above = {"kommun": area.kommun_id, "lan": area.lan_id, "riket": RIKET}
    if area.level != "lan" and area.lan_id and is_one_kommun(area.lan_id, containers):
        del above["lan"]  # nothing is compared twice
    others = {role: code for role, code in above.items() if code and code != area.area_id}
    roles = ({"area": area.area_id} if area.area_id in containers else {}) | others
    kept = pd.concat([containers[code].assign(role=role) for role, code in roles.items()])
    whole = kept.astype({"indicator_id": "str", "division": "str"})
    if "area" not in roles:
        ids = (area.area_id, *((namesake,) if namesake else ()))
        found = area_histories(reader.cursor, ids, level=area.level)
        own = found.assign(role=np.where(found["area_id"] == area.area_id, "area", "counterpart"))
        whole = pd.concat([own, whole])
    whole = whole.reset_index(drop=True)
    return whole[whole["status"].astype("str") != "outside_division"]


def _rows(
    series: pd.DataFrame, table: LevelTable, area: Area, similar: Similar, catalogue: Catalogue
) -> pd.DataFrame:
    ordered = [i for sector in catalogue.sectors for i in catalogue.of_sector(sector)]
    column_of = {indicator_id: n for n, indicator_id in enumerate(table.indicator_ids)}
    shown = [own for own in ordered if own.indicator_id in column_of]
    columns = [column_of[own.indicator_id] for own in shown]
    keys = [(own.indicator_id, table.years[n]) for own, n in zip(shown, columns, strict=True)]
    known = _by_role(series, keys)
    figures, row = table.own_figures[:, columns], table.row(area.area_id)
    own = table.figures[row, columns] if row is not None else np.full(len(columns), np.nan)
    made = {
        "indicator_id": [indicator_id for indicator_id, _ in keys],
        "sector": [indicator.sector for indicator in shown],
        "year": [year for _, year in keys],
        **_place_values(series, known["area"]),
        **{role: _values(series, known[role]) for role in ABOVE},
        "alike": [_median(table.figures[similar.rows, column]) for column in columns],
        **dict(zip(_QUANTILE_NAMES, table.quantiles[:, columns], strict=True)),
        "n_areas": table.counts[columns],
        "n_lower": (figures < own).sum(axis=0),
        "n_higher": (figures > own).sum(axis=0),
        "score": table.scores[row, columns] if row is not None else np.nan,
    }
    return pd.DataFrame(made, columns=list(ROW_COLUMNS))


def _by_role(series: pd.DataFrame, keys: Sequence[tuple[str, int]]) -> dict[str, list[int | None]]:
    """By role the rows of some indicators and years; None where there is none."""
    columns = (series[name].tolist() for name in ("role", "indicator_id", "year"))
    wanted = set(keys)
    found = {
        (role, *key): n
        for n, (role, *key) in enumerate(zip(*columns, strict=True))
        if tuple(key) in wanted
    }
    return {role: [found.get((role, *key)) for key in keys] for role in ("area", *ABOVE)}


def _place_values(series: pd.DataFrame, rows: Sequence[int | None]) -> dict[str, Any]:
    """The place's own figures; nothing where the snapshot has no row of it."""
    texts = {name: series[name].tolist() for name in ("status", "summed_by")}
    said = {
        name: [own[n] if n is not None and isinstance(own[n], str) else None for n in rows]
        for name, own in texts.items()
    }
    for at, row in enumerate(rows):
        if row is None:
            said["status"][at] = "not_available"
    return said | {n: _values(series, rows, n) for n in ("value", "numerator", "denominator")}


def _values(
    series: pd.DataFrame, rows: Sequence[int | None], name: str = "value"
) -> NDArray[np.float64]:
    figures = np.append(series[name].to_numpy(np.float64), np.nan)
    return figures[[-1 if row is None else row for row in rows]]


def _median(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else float("nan")


_SERIES = """
    WITH every AS (
        SELECT indicator_id, year, area_id, value, level, source_of.agency
        FROM indicator_values v
        JOIN (
            SELECT i.indicator_id, string_agg(DISTINCT s.agency, '; ') AS agency
            FROM indicators i JOIN sources s ON list_contains(i.source_ids, s.source_id)
            GROUP BY i.indicator_id
        ) source_of USING (indicator_id)
        WHERE background = 'all' AND value IS NOT NULL AND level IN ('riket', 'kommun')
            AND indicator_id IN (SELECT unnest($indicators))
    )
    SELECT indicator_id, year, any_value(agency) AS agency,
           max(value) FILTER (area_id = $kommun) AS value,
           max(value) FILTER (level = 'riket') AS riket,
           median(value) FILTER (level = 'kommun') AS median,
           count(*) FILTER (level = 'kommun') AS n_kommuner
    FROM every GROUP BY indicator_id, year
    HAVING max(value) FILTER (area_id = $kommun) IS NOT NULL
    ORDER BY list_position($indicators, indicator_id), year
"""


def safety_series(cursor: Cursor, indicators: Sequence[str], *, kommun: str) -> pd.DataFrame:
    """The indicators of a kommun in every year that it has.

    Columns: indicator_id, year, agency, value, riket (missing where its agency states none), median
    (of all kommuner with a value), n_kommuner.
    """
    given = {"indicators": list(indicators), "kommun": kommun}
    return select(cursor, _SERIES, given)
