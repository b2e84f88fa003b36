"""The statistics lab: any indicators, areas, years and backgrounds as rows, or spread out."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from barometer.queries.records import inside, select
from barometer.selection import Offer
from barometer.selection.labs import DIMENSIONS, Dimension, Lab
from barometer.store import Cursor

MOST_COLUMNS: Final = 60  # over which a table is spread

# What a dimension's values are called as columns, and what orders them.
_KEYS: Final[dict[Dimension, str]] = {
    "indicator": "indicator",
    "area": "area_id",
    "year": "year",
    "background": "background",
}
_ORDERS: Final[dict[Dimension, str]] = {
    "indicator": "n_indicator",
    "area": "n_area",
    "year": "year",
    "background": "n_background",
}


@dataclass(frozen=True, slots=True)
class RowRange:
    """Some rows of a table: from which, and how many; None for all that follow."""

    start: int = 0
    n: int | None = None


EVERYTHING: Final = RowRange()


def lab_areas(cursor: Cursor, lab: Lab) -> pd.DataFrame:
    """The areas that the view chooses, in code order within their level.

    Columns: area_id, label, kommun, level, division.
    """
    return select(
        cursor,
        f"""
        SELECT chosen.area_id, a.label, kommun.name AS kommun,
            CAST(a.level AS VARCHAR) AS level, CAST(a.division AS VARCHAR) AS division
        FROM ({_chosen(lab)}) AS chosen
        JOIN areas AS a ON a.area_id = chosen.area_id
        LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
        ORDER BY n_area
        """,
        _chosen_values(lab),
    )


def lab_counts(cursor: Cursor, lab: Lab) -> dict[str, int]:
    """How many areas the view chooses, by division."""
    rows = cursor.execute(
        f"SELECT CAST(division AS VARCHAR), count(*) FROM ({_chosen(lab)}) GROUP BY division",
        _chosen_values(lab),
    ).fetchall()
    return dict(rows)


def lab_size(cursor: Cursor, lab: Lab, *, offer: Offer) -> dict[int, int]:
    """How many rows the view has in each year, before it is asked for them."""
    rows = cursor.execute(
        f"SELECT year, count(*) FROM ({_keys(lab)}) GROUP BY year ORDER BY year",
        _key_values(lab, offer),
    ).fetchall()
    return dict(rows)


def lab_frame(
    cursor: Cursor, lab: Lab, *, offer: Offer, page: RowRange = EVERYTHING
) -> pd.DataFrame:
    """One value a row, in the view's order; what the snapshot has no row of is `not_available`.

    Only the rows of the page are told in full. Columns: area_id, label, kommun, indicator,
    background, level, division, year, value, numerator, denominator, status, summed_by.
    """
    column = _sort_column(lab)
    by_value = column in ("value", "denominator")
    valued = f"LEFT JOIN ({_values(lab)}) AS v USING (indicator, background, area_id, year)"
    return select(
        cursor,
        f"""
        WITH page AS (
            SELECT keys.* {f", v.{column}" if by_value else ""}
            FROM ({_keys(lab)}) AS keys {valued if by_value else ""}
            ORDER BY {_order(lab, column)}
            LIMIT $n OFFSET $start
        )
        SELECT page.area_id, a.label, kommun.name AS kommun, page.indicator, page.background,
            CAST(a.level AS VARCHAR) AS level, CAST(a.division AS VARCHAR) AS division,
            page.year, v.value, v.numerator, v.denominator,
            CASE WHEN v.value IS NULL THEN coalesce(v.status, 'not_available') END AS status,
            v.summed_by
        FROM page {valued}
        JOIN areas AS a ON a.area_id = page.area_id
        LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
        ORDER BY {_order(lab, f"page.{column}" if by_value else column)}
        """,
        _parameters(lab, offer, page),
    )


def lab_sums(cursor: Cursor, lab: Lab, *, offer: Offer) -> tuple[str, ...]:
    """What values of the view were summed from, where SCB published none."""
    rows = cursor.execute(
        f"""
        SELECT DISTINCT v.summed_by FROM ({_keys(lab)}) AS keys
        JOIN ({_values(lab)}) AS v USING (indicator, background, area_id, year)
        WHERE v.summed_by IS NOT NULL AND v.value IS NOT NULL
        ORDER BY 1
        """,
        _key_values(lab, offer) | _marked(lab),
    ).fetchall()
    return tuple(row[0] for row in rows)


def lab_columns(cursor: Cursor, lab: Lab, *, offer: Offer) -> tuple[str, ...]:
    """What the table is spread over: the chosen values of the view's `columns`; none when long."""
    if lab.columns == "indicator":
        return lab.indicators
    if lab.columns == "background":
        return lab.backgrounds
    if lab.columns == "year":
        spans = (
            lab.years_of(i, level, offer=offer) for i in lab.indicators for level in lab.levels
        )
        return tuple(str(year) for year in sorted({year for years in spans for year in years}))
    return tuple(lab_areas(cursor, lab)["area_id"]) if lab.columns == "area" else ()


def lab_pivot(
    cursor: Cursor, lab: Lab, *, columns: Sequence[str], offer: Offer, page: RowRange = EVERYTHING
) -> pd.DataFrame:
    """The values spread over `columns` (`lab_columns`), one row for everything else.

    Columns: area_id, label, kommun, level, division (unless spread over areas), indicator,
    background and year (unless spread over them), then v0, v1 … with the values and s0, s1 … with
    the reasons why there is none. Neither where the area or the indicator is not in the year.
    """
    own = [d for d in DIMENSIONS if d != lab.columns]
    named = ["page.area_id", "a.label", "kommun.name AS kommun", *_LEVELS] if "area" in own else []
    named += [f"page.{_KEYS[d]}" for d in own if d != "area"]
    grouped = [*(_KEYS[d] for d in own), *(_ORDERS[d] for d in own if d != "year")]
    grouped += ["n_name"] if "area" in own else []
    key = _KEYS[lab.columns or "area"]
    spread = ", ".join(
        f"any_value(value) FILTER (CAST({key} AS VARCHAR) = $c{n}) AS v{n},"
        f" any_value(reason) FILTER (CAST({key} AS VARCHAR) = $c{n}) AS s{n}"
        for n in range(len(columns))
    )
    told = ", ".join(f"v{n}, s{n}" for n in range(len(columns)))
    order = _order(lab, _pivot_sort(lab, columns))
    return select(
        cursor,
        f"""
        WITH found AS (
            SELECT keys.*, v.value,
                CASE WHEN v.value IS NULL THEN coalesce(v.status, 'not_available') END AS reason
            FROM ({_keys(lab)}) AS keys
            LEFT JOIN ({_values(lab)}) AS v USING (indicator, background, area_id, year)
        ), page AS (
            SELECT {", ".join(grouped)}, {spread}
            FROM found
            GROUP BY {", ".join(grouped)}
            ORDER BY {order}
            LIMIT $n OFFSET $start
        )
        SELECT {", ".join(named)}, {told} FROM page {_NAMED if "area" in own else ""}
        ORDER BY {order}
        """,
        _parameters(lab, offer, page) | {f"c{n}": column for n, column in enumerate(columns)},
    )


def pivot_size(cursor: Cursor, lab: Lab, *, offer: Offer) -> int:
    """How many rows the spread table has."""
    own = [_KEYS[d] for d in DIMENSIONS if d != lab.columns]
    row = cursor.execute(
        f"SELECT count(*) FROM (SELECT DISTINCT {', '.join(own)} FROM ({_keys(lab)}))",
        _key_values(lab, offer),
    ).fetchone()
    return int(row[0]) if row else 0


_LEVELS: Final = (
    "CAST(a.level AS VARCHAR) AS level",
    "CAST(a.division AS VARCHAR) AS division",
)
_NAMED: Final = """
    JOIN areas AS a ON a.area_id = page.area_id
    LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
"""


def _chosen(lab: Lab) -> str:
    """The areas of the view, one by one or in sets; only how many there are is woven in."""
    ways = [f"(a.level = $l{n} AND {inside(f'$w{n}')})" for n in _each(lab.sets)]
    words = "concat_ws(' ', a.label, kommun.name, a.area_id)"
    found = f"contains(lower(strip_accents({words})), $needle)" if lab.find else "true"
    kommun = "LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id" if lab.find else ""
    return f"""
        SELECT a.area_id, a.level, a.division, a.valid_from, a.valid_to, {_SWEDISH} AS n_name,
            row_number() OVER (ORDER BY a.level, a.area_id) AS n_area
        FROM areas AS a {kommun}
        WHERE ({" OR ".join(["list_contains($codes, a.area_id)", *ways])}) AND {found}
    """


# Å, Ä and Ö after Z, as in Swedish: they take the places of signs that stand there.
_SWEDISH: Final = "translate(a.label, 'ÅÄÖåäö', '[\\]{|}')"


def _keys(lab: Lab) -> str:
    """Every area with every indicator, background and year that the view asks for."""
    if not lab.limits:
        return _combinations(lab)
    own = [_KEYS[d] for d in DIMENSIONS if d != lab.columns]
    met = " AND ".join(f"value {sign} $limit{n}" for n, (sign, _) in enumerate(lab.limits))
    return f"""
        SELECT every.* FROM ({_combinations(lab)}) AS every
        SEMI JOIN (SELECT * FROM ({_values(lab)}) WHERE {met}) AS met USING ({", ".join(own)})
    """


def _combinations(lab: Lab) -> str:
    return f"""
        SELECT c.indicator, c.background, c.year, c.n_indicator, c.n_background,
            a.area_id, a.n_name, a.division, a.n_area
        FROM (
            SELECT unnest($c_indicators) AS indicator, unnest($c_backgrounds) AS background,
                unnest($c_levels) AS level, CAST(unnest($c_years) AS SMALLINT) AS year,
                unnest($c_n_indicators) AS n_indicator, unnest($c_n_backgrounds) AS n_background
        ) AS c
        JOIN ({_chosen(lab)}) AS a ON CAST(a.level AS VARCHAR) = c.level
            AND a.valid_from <= c.year AND coalesce(a.valid_to, c.year) >= c.year
    """


def _values(lab: Lab) -> str:
    """The snapshot's values of the view's indicators, backgrounds and levels."""
    return f"""
        SELECT indicator_id AS indicator, background, area_id, year, value, numerator, denominator,
            CAST(status AS VARCHAR) AS status, CAST(summed_by AS VARCHAR) AS summed_by
        FROM indicator_values
        WHERE indicator_id IN ({_marks("i", lab.indicators)})
            AND background IN ({_marks("b", lab.backgrounds)})
            AND level IN ({_marks("v", lab.levels)})
    """


def _marks(letter: str, values: Sequence[object]) -> str:
    return ", ".join(f"${letter}{n}" for n in _each(values))


def _each(values: Sequence[object]) -> range:
    return range(len(values))


def _parameters(lab: Lab, offer: Offer, page: RowRange) -> dict[str, object]:
    rows = {"start": page.start, "n": page.n if page.n is not None else 10_000_000}
    return _key_values(lab, offer) | _marked(lab) | rows


def _key_values(lab: Lab, offer: Offer) -> dict[str, object]:
    """What `_keys` asks with."""
    limits = {f"limit{n}": number for n, (_, number) in enumerate(lab.limits)}
    return _chosen_values(lab) | _combined(lab, offer) | limits | (_marked(lab) if limits else {})


def _marked(lab: Lab) -> dict[str, object]:
    """What `_values` asks with."""
    marked = (("i", lab.indicators), ("b", lab.backgrounds), ("v", lab.levels))
    return {f"{letter}{n}": value for letter, values in marked for n, value in enumerate(values)}


def _chosen_values(lab: Lab) -> dict[str, object]:
    decomposed = unicodedata.normalize("NFD", lab.find.casefold())
    needle = "".join(c for c in decomposed if not unicodedata.combining(c))
    values: dict[str, object] = {"codes": list(lab.codes)}
    values |= {f"l{n}": found.level for n, found in enumerate(lab.sets)}
    values |= {f"w{n}": found.within for n, found in enumerate(lab.sets)}
    return values | ({"needle": needle} if lab.find else {})


def _combined(lab: Lab, offer: Offer) -> dict[str, object]:
    combos = [
        (indicator, background, level, year, n, m)
        for n, indicator in enumerate(lab.indicators)
        for m, background in enumerate(lab.backgrounds)
        if background in offer.backgrounds[indicator]
        for level in lab.levels
        for year in lab.years_of(indicator, level, offer=offer)
    ]
    names = ("indicators", "backgrounds", "levels", "years", "n_indicators", "n_backgrounds")
    return {f"c_{name}": [combo[n] for combo in combos] for n, name in enumerate(names)}


def _sort_column(lab: Lab) -> str:
    """The long table's column that it is sorted by; empty for its own order."""
    name = lab.sort.removeprefix("-")
    return _SORTED.get(name, "")


_SORTED: Final = {
    "label": "n_name",
    "indicator": "n_indicator",
    "background": "n_background",
    **{name: name for name in ("division", "year", "value", "denominator")},
}


def _pivot_sort(lab: Lab, columns: Sequence[str]) -> str:
    name = lab.sort.removeprefix("-")
    if name in columns:
        return f"v{list(columns).index(name)}"
    if name == "division" or _KEYS[lab.columns or "area"] == {"label": "area_id"}.get(name, name):
        return ""
    return _SORTED.get(name, "") if name not in ("value", "denominator") else ""


def _order(lab: Lab, column: str) -> str:
    """The sorted column first, then the rows' own dimension, then the others."""
    dimensions = [lab.rows, *(d for d in DIMENSIONS if d != lab.rows)]
    own = [_ORDERS[d] for d in dimensions if d != lab.columns]
    down = " DESC" if lab.sort.startswith("-") else ""
    return ", ".join([*([f"{column}{down} NULLS LAST"] if column else []), *own])
