"""Following up an initiative: what can be followed, and the counts of every area of a level."""

from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from barometer.evaluation import Panel
from barometer.queries.records import select
from barometer.selection import Effort, EvaluationOffer
from barometer.store import Cursor

FEWEST_YEARS: Final = 3  # a shorter series has no before and after to speak of
AROUND: Final = 6  # areas: about as many as border on one


def evaluation_offer(cursor: Cursor) -> EvaluationOffer:
    """What can be followed; ask through `reader.once(evaluation_offer)`.

    Indicators of which the snapshot has the persons, numerator and denominator, for several years.
    """
    rows = cursor.execute(
        """
        SELECT
            indicator_id, CAST(level AS VARCHAR), CAST(division AS VARCHAR),
            list(DISTINCT year ORDER BY year)
        FROM estimated_counts
        WHERE background = 'all' AND level IN ('kommun', 'regso', 'deso')
            AND numerator IS NOT NULL AND denominator IS NOT NULL AND value IS NOT NULL
        GROUP BY ALL
        ORDER BY ALL
        """
    ).fetchall()
    labels = cursor.execute(
        """
        SELECT area_id, label FROM areas WHERE level IN ('kommun', 'regso', 'deso')
        ORDER BY area_id
        """
    ).fetchall()
    years = {(i, level, d): tuple(found) for i, level, d, found in rows}
    long = {key: found for key, found in years.items() if len(found) >= FEWEST_YEARS}
    usable = {indicator for indicator, _, _ in long} or {indicator for indicator, _, _ in years}
    return EvaluationOffer(
        years=MappingProxyType({key: found for key, found in years.items() if key[0] in usable}),
        labels=MappingProxyType(dict(labels)),
    )


def evaluation_panel(cursor: Cursor, effort: Effort, *, years: tuple[int, ...]) -> Panel:
    """Persons of every area of the effort's level and division in the years, NaN where missing."""
    areas = cursor.execute(
        """
        SELECT area_id, kommun_id FROM areas
        WHERE level = $level AND division = $division ORDER BY area_id
        """,
        {"level": effort.level, "division": effort.division},
    ).fetchall()
    rows = cursor.execute(
        """
        WITH known AS (
            SELECT area_id, row_number() OVER (ORDER BY area_id) - 1 AS n FROM areas
            WHERE level = $level AND division = $division
        )
        SELECT known.n, v.year, v.numerator, v.denominator
        FROM estimated_counts AS v
        JOIN known ON known.area_id = v.area_id
        WHERE v.indicator_id = $indicator AND v.background = 'all' AND v.level = $level
            AND v.division = $division AND v.year BETWEEN $first AND $last
            AND v.numerator IS NOT NULL AND v.denominator IS NOT NULL
        """,
        {
            "level": effort.level,
            "division": effort.division,
            "indicator": effort.indicator,
            "first": years[0],
            "last": years[-1],
        },
    ).fetchnumpy()
    counts = np.full((2, len(areas), len(years)), np.nan)
    column = np.searchsorted(years, rows["year"])
    for part, name in enumerate(("numerator", "denominator")):
        counts[part, rows["n"], column] = rows[name]
    ids, kommuner = zip(*areas, strict=True) if areas else ((), ())
    return Panel(ids, kommuner, years, counts[0], counts[1])


def areas_around(cursor: Cursor, effort: Effort, *, n: int = AROUND) -> tuple[str, ...]:
    """The `n` areas nearest to each chosen area by their points on the surface, and not chosen.

    None of an area whose boundary is unknown.
    """
    rows = cursor.execute(
        """
        WITH every AS (
            SELECT area_id, centroid_x AS x, centroid_y AS y FROM areas
            WHERE level = $level AND division = $division AND centroid_x IS NOT NULL
        ),
        chosen AS (SELECT * FROM every WHERE list_contains($areas, area_id))
        SELECT DISTINCT area_id FROM (
            SELECT
                every.area_id,
                row_number() OVER (
                    PARTITION BY chosen.area_id
                    ORDER BY
                        (every.x - chosen.x) * (every.x - chosen.x)
                        + (every.y - chosen.y) * (every.y - chosen.y),
                        every.area_id
                ) AS nearness
            FROM chosen, every
            WHERE NOT list_contains($areas, every.area_id)
        )
        WHERE nearness <= $n
        ORDER BY area_id
        """,
        {
            "level": effort.level,
            "division": effort.division,
            "areas": list(effort.areas),
            "n": n,
        },
    ).fetchall()
    return tuple(area_id for (area_id,) in rows)


def find_areas(cursor: Cursor, effort: Effort, text: str, *, limit: int = 20) -> pd.DataFrame:
    """Areas of the effort's level and division with every word of the text in name or code.

    Columns: area_id, label; names that begin with the text first.
    """
    words = text.casefold().split()[:6]
    # Only the number of words is woven into the statement, never the words.
    every = " AND ".join(f"contains(said, strip_accents($word{n}))" for n in range(len(words)))
    return select(
        cursor,
        f"""
    WITH there AS (
        SELECT
            a.area_id, a.label, strip_accents(lower(a.label)) AS plain,
            strip_accents(lower(concat_ws(' ', a.label, k.name, a.area_id))) AS said
        FROM areas AS a
        LEFT JOIN areas AS k ON k.area_id = a.kommun_id
        WHERE a.level = $level AND a.division = $division
    )
    SELECT area_id, label FROM there
    WHERE {every or "false"}
    ORDER BY NOT starts_with(plain, strip_accents($text)), label, area_id
    LIMIT $limit
    """,
        {
            "level": effort.level,
            "division": effort.division,
            "text": text.casefold().strip(),
            "limit": limit,
            **{f"word{n}": word for n, word in enumerate(words)},
        },
    )
