"""Safety and crime of a kommun over the years, beside riket and the other kommuner."""

from collections.abc import Sequence

import pandas as pd

from barometer.queries.records import select
from barometer.store import Cursor

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
            AND list_contains($indicators, indicator_id)
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
