"""What there is to choose from: indicators and years, places and what lies in them."""

import re
import unicodedata
from itertools import groupby
from types import MappingProxyType
from typing import Final

import pandas as pd

from barometer.catalogue import ALL
from barometer.divisions import OWN, Language, Level, division_of
from barometer.queries.records import Area, inside, select
from barometer.selection import Offer
from barometer.store import Cursor

_MOST_WORDS = 6  # of a search text; more words than a place's name has
_SHORTENED: Final = (1, 3)  # digits of a län's or a kommun's code without its first nought
# What people write beside a name, and of which level it makes the place.
_NOUNS: Final = {
    **dict.fromkeys(("kommun", "kommunen", "stad", "stads", "municipality", "city"), "kommun"),
    **dict.fromkeys(("region", "county"), "lan"),
}
_CONDITION: Final = (
    "(contains(words, $word{0}) OR contains(words, $name{0}) OR level::VARCHAR = $level{0})"
)
_COMPOUND: Final = re.compile(r"(?<=[a-z]{3})s?regionen\b")  # Västra Götalandsregionen
_ENGLISH: Final = {"gothenburg": "goteborg", "scania": "skane"}


def offer(cursor: Cursor) -> Offer:
    """What the snapshot holds; ask through `reader.once(offer)`."""
    years = cursor.execute(
        """
        SELECT
            indicator_id, CAST(level AS VARCHAR), list(DISTINCT year ORDER BY year),
            list(DISTINCT year ORDER BY year) FILTER (value + denominator IS NOT NULL)
        FROM indicator_values
        WHERE value IS NOT NULL
        GROUP BY indicator_id, level
        ORDER BY indicator_id, level
        """
    ).fetchall()
    sparse = cursor.execute(
        """
        SELECT indicator_id, CAST(level AS VARCHAR), year
        FROM indicator_values
        WHERE background = $all
        GROUP BY indicator_id, level, year
        HAVING 2 * count(value) < count(*) AND count(value) > 0
        """,
        {"all": ALL},
    ).fetchall()
    grouped = cursor.execute(
        """
        SELECT grouping_id, CAST(level AS VARCHAR), list(DISTINCT year ORDER BY year)
        FROM group_counts
        GROUP BY grouping_id, level
        ORDER BY grouping_id, level
        """
    ).fetchall()
    backgrounds = cursor.execute(
        """
        SELECT DISTINCT indicator_id, background
        FROM indicator_values
        ORDER BY indicator_id, background != $all, background DESC
        """,
        {"all": ALL},
    ).fetchall()
    areas = cursor.execute("SELECT area_id FROM areas ORDER BY area_id").fetchall()
    names = cursor.execute(
        "SELECT area_id, name FROM areas WHERE division = 'admin' ORDER BY area_id"
    ).fetchall()
    ((police,),) = cursor.execute("SELECT count(*) FROM police_areas").fetchall()
    by_indicator = groupby(backgrounds, key=lambda row: row[0])
    return Offer(
        years=MappingProxyType({(i, level): tuple(found) for i, level, found, _ in years}),
        backgrounds=MappingProxyType({i: tuple(b for _, b in rows) for i, rows in by_indicator}),
        areas=frozenset(area_id for (area_id,) in areas),
        names=MappingProxyType(dict(names)),
        sparse=frozenset(sparse),
        has_own_level=any(level == OWN for _, level, _, _ in years),
        has_police=police > 0,
        counted=MappingProxyType(
            {(i, level): tuple(found or ()) for i, level, _, found in years}
            | {(g, level): tuple(found) for g, level, found in grouped}
        ),
    )


def area(cursor: Cursor, area_id: str) -> Area | None:
    """One area by its code."""
    answer = cursor.execute(
        """
        SELECT
            a.area_id, CAST(a.division AS VARCHAR) AS division, CAST(a.level AS VARCHAR) AS level,
            a.name, a.label, a.parent_id, a.kommun_id, kommun.name AS kommun,
            a.lan_id, lan.name AS lan, a.population,
            CASE WHEN a.west IS NOT NULL THEN [a.west, a.south, a.east, a.north] END AS bounds
        FROM areas AS a
        LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
        LEFT JOIN areas AS lan ON lan.area_id = a.lan_id
        WHERE a.area_id = $area_id
        """,
        {"area_id": area_id},
    )
    columns = [column[0] for column in answer.description or ()]
    rows = answer.fetchall()
    if not rows:
        return None
    record = dict(zip(columns, rows[0], strict=True))
    return Area(**record | {"bounds": tuple(record["bounds"]) if record["bounds"] else None})


def children(cursor: Cursor, area_id: str, *, level: Level, year: int) -> pd.DataFrame:
    """The areas of a level that lie in a place, in code order. Columns as `search_places`."""
    return select(
        cursor,
        f"""
    SELECT
        a.area_id, a.label, CAST(a.level AS VARCHAR) AS level,
        CAST(a.division AS VARCHAR) AS division, kommun.name AS kommun
    FROM areas AS a
    LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
    WHERE a.level = $level AND a.division = $division
        AND a.valid_from <= $year AND coalesce(a.valid_to, $year) >= $year
        AND (a.parent_id = $area_id OR {inside("$area_id")})
        AND a.area_id != $area_id
    ORDER BY a.area_id
    """,
        {
            "level": level,
            "division": division_of(level, year),
            "year": year,
            "area_id": area_id,
        },
    )


def search_places(
    cursor: Cursor, text: str, *, language: Language, year: int | None, limit: int = 10
) -> pd.DataFrame:
    """Places whose name's words or code begin as the words of the text do, accents aside.

    A kommun or län is also found as letters and headings call it ("Göteborgs stad", "Region
    Skåne"), and by a code that a spreadsheet has shortened ("180").

    Riket, kommuner and län come before RegSO before DeSO, and among those first the names that
    begin with the text, then the largest kommuner, then the shortest names. Only areas of
    the year's divisions, or of any for None.
    Columns: area_id, label, level, division, kommun.
    """
    parted = _COMPOUND.sub(" region", _plain(text))
    words = [_ENGLISH.get(word, word) for word in re.findall(r"[a-z0-9]+", parted)]
    words = [word for word in words if word != "of"][:_MOST_WORDS]
    levels = [_level(word) for word in words]
    levels = levels if "" in levels else [""] * len(words)  # a noun alone is no place's name
    names = [_name(word, genitive=any(levels)) for word in words]
    # Only the number of words is woven into the statement, never the words.
    every_word = " AND ".join(map(_CONDITION.format, range(len(words)))) or "false"
    return select(
        cursor,
        f"""
    WITH places AS (
        SELECT
            a.area_id, a.level, a.division, a.kommun_id, kommun.name AS kommun, a.population,
            CASE WHEN a.level = 'riket' AND $language = 'en' THEN 'Sweden' ELSE a.label END
                AS label,
            ' ' || regexp_replace(
                lower(strip_accents(concat_ws(
                    ' ', a.label, kommun.name, a.area_id,
                    CASE WHEN a.level = 'riket' THEN 'Sverige Sweden hela landet' END
                ))),
                '[^a-z0-9]+', ' ', 'g'
            ) || ' ' AS words
        FROM areas AS a
        LEFT JOIN areas AS kommun ON kommun.area_id = a.kommun_id
        WHERE $year IS NULL OR a.division IN ('admin', $division)
            AND a.valid_from <= $year AND coalesce(a.valid_to, $year) >= $year
    )
    SELECT
        area_id, label, CAST(level AS VARCHAR) AS level,
        CAST(division AS VARCHAR) AS division, kommun
    FROM places
    WHERE {every_word}
    ORDER BY
        CASE level WHEN 'deso' THEN 2 WHEN 'regso' THEN 1 ELSE 0 END,
        lower(area_id) != $typed,
        NOT starts_with(words, $start),
        NOT starts_with(lower(label), $typed),
        level = 'lan',
        CASE WHEN level = 'kommun' THEN population END DESC NULLS LAST,
        length(label), label, area_id
    LIMIT $limit
    """,
        {
            "language": language,
            "division": year and division_of("regso", year),
            "year": year,
            "start": " " + " ".join(n for n, noun in zip(names, levels, strict=True) if not noun),
            "typed": text.strip().lower(),
            "limit": limit,
            **{f"word{n}": f" {word}" for n, word in enumerate(words)},
            **{f"name{n}": f" {name} " for n, name in enumerate(names)},
            **{f"level{n}": level for n, level in enumerate(levels)},
        },
    )


def _level(word: str) -> str:
    """The level that a noun makes a place, also of one that is being typed; "" for no noun."""
    begun = (level for noun, level in _NOUNS.items() if noun.startswith(word))
    return next(begun, "") if len(word) > 1 else ""


def _name(word: str, *, genitive: bool) -> str:
    """What a word stands for when it is the whole of a name or of a code."""
    if word.isdecimal() and len(word) in _SHORTENED:
        return f"0{word}"
    return word.removesuffix("s") if genitive else word


def _plain(text: str) -> str:
    """Lower case without accents, as DuckDB's strip_accents: Åsätra becomes asatra, ０ 0."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
