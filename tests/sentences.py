"""The sentences about a place, read back and held against the frames that they are made of.

Only what a sentence says is read: its numbers as a reader sees them, and the words for directions.
What it should have said is computed here from the frames' own values.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from barometer import queries, wording
from barometer.catalogue import Catalogue, Indicator
from barometer.divisions import Language, parse_area_code
from barometer.selection import LANGUAGES, Selection
from barometer.store import Reader
from barometer.wording.numbers import as_written

INDICATORS = (
    *("foreign_background", "low_standard", "employed", "rented_dwellings", "long_tertiary"),
    *("single_parents", "born_outside_europe", "apartment_blocks"),
)
_MARKS = {"sv": ("\u00a0", ","), "en": (",", ".")}  # of thousands and decimals
_ROSE = {"sv": " ökade ", "en": " rose "}
_FELL = {"sv": " minskade ", "en": " fell "}


def places_of(reader: Reader, *, n: int) -> list[str]:
    """Riket, a län, and kommuner, RegSO and DeSO evenly over the register, n in all."""
    rows = reader.cursor.execute(
        """
        SELECT CAST(v.level AS VARCHAR), list(DISTINCT area_id ORDER BY area_id)
        FROM areas JOIN indicator_values AS v USING (area_id)
        WHERE value IS NOT NULL GROUP BY 1
        """
    ).fetchall()
    by_level = dict(rows)
    chosen = ["00", by_level["lan"][len(by_level["lan"]) // 2]]
    small = [level for level in ("kommun", "regso", "deso") if by_level.get(level)]
    each = -(-(n - len(chosen)) // len(small))
    for level in small:
        ids = by_level[level]
        chosen += [ids[(2 * k + 1) * len(ids) // (2 * each)] for k in range(each)]
    return list(dict.fromkeys(chosen))[:n]


def disagreements(reader: Reader, *, catalogue: Catalogue, n_places: int) -> Iterator[str]:
    """Every sentence of the places that says another number or direction than its frame."""
    for area_id in places_of(reader, n=n_places):
        for indicator_id in INDICATORS:
            year = _latest(reader, indicator_id, area_id)
            if year is not None:
                for language in LANGUAGES:
                    view = _view(area_id, indicator_id, year, language)
                    yield from _of_view(reader, view, catalogue.indicators[indicator_id])


def n_read(reader: Reader, *, n_places: int) -> int:
    """How many pairs of a place and an indicator have figures, so that sentences are read."""
    return sum(
        _latest(reader, indicator_id, area_id) is not None
        for area_id in places_of(reader, n=n_places)
        for indicator_id in INDICATORS
    )


def number_pattern(language: Language) -> str:
    """A number as it is written in the language."""
    thousands, point = _MARKS[language]
    return (
        rf"[−+]?\d{{1,3}}(?:{thousands}\d{{3}})+(?:{re.escape(point)}\d+)?"
        rf"|[−+]?\d+(?:{re.escape(point)}\d+)?"
    )


def plain_number(written: str, language: Language) -> Decimal:
    """What a number says."""
    thousands, point = _MARKS[language]
    return Decimal(written.replace(thousands, "").replace(point, ".").replace("−", "-"))


def numbers(text: str, language: Language) -> list[Decimal]:
    """Every number of a text, as it is written."""
    found = re.findall(number_pattern(language), text)
    return [plain_number(written, language) for written in found]


def _latest(reader: Reader, indicator_id: str, area_id: str) -> int | None:
    (year,) = reader.cursor.execute(
        "SELECT max(year) FROM indicator_values WHERE indicator_id = $i AND area_id = $a"
        " AND background = 'all' AND value IS NOT NULL",
        {"i": indicator_id, "a": area_id},
    ).fetchone() or (None,)
    return year


def _view(area_id: str, indicator_id: str, year: int, language: Language) -> Selection:
    code = parse_area_code(area_id)
    assert code is not None
    return Selection(indicator_id, code.level, year, area=area_id, language=language)


def _of_view(reader: Reader, view: Selection, indicator: Indicator) -> Iterator[str]:
    series = queries.area_series(reader.cursor, view)
    own = series[(series["role"] == "area") & series["value"].notna()]
    if len(own) > 1:
        moved = wording.series_sentence(series, indicator=indicator, language=view.language)
        yield from _of_series(moved, list(own.itertuples()), indicator, view)


def _of_series(said: str, rows: list[Any], indicator: Indicator, view: Selection) -> Iterator[str]:
    first, last = rows[0], rows[-1]
    ends = [as_written(row.value, decimals=indicator.decimals) for row in (first, last)]
    sentence = said.partition(". ")[0]
    language = view.language
    group = (indicator.group or indicator.name)[language]
    stated = numbers(sentence.replace(group, "").rstrip("."), language)
    years = [Decimal(int(first.year)), Decimal(int(last.year))]
    expected = [*years, *ends, abs(ends[1] - ends[0])]
    if ends[0] == ends[1]:
        expected = [*years, ends[1]]
    if stated != expected:
        yield f"{view.to_query()}: {sentence!r} states {stated}, the frame has {expected}"
    rose, fell = _ROSE[language] in sentence, _FELL[language] in sentence
    if (rose, fell) != (ends[1] > ends[0], ends[1] < ends[0]):
        yield f"{view.to_query()}: {sentence!r} has another direction than {ends}"
