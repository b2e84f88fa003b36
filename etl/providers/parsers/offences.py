"""Brå's yearly file of reported offences by kommun: names without codes, and the year in its name.

Kommun;Antal;Per 100 000 inv.
Ale;2537;7810
"""

from typing import Final

from barometer.catalogue.local import VALUE
from etl.providers.parsers.rows import (
    FileContext,
    FileFaultError,
    FileFigure,
    decode,
    number,
    rows_of,
    year_in,
)

_RATE: Final = "Per 100 000 inv."
_NAME: Final = "kommun"


def parse_offences(raw: bytes, name: str, context: FileContext) -> list[FileFigure]:
    """Offences of the column that the entry names in `column`, else per 100,000 residents.

    Raises:
        FileFaultError: with every line that cannot be used, or when the file's name has no year.
    """
    year = year_in(name)
    if year is None:
        raise FileFaultError(
            ["its name has no year, and neither has the file: name it offences-2024.csv"]
        )
    rows = list(rows_of(decode(raw)))
    wanted = str(context.entry.get("column", _RATE))
    at = _columns(rows, wanted)
    faults: list[str] = []
    figures: list[FileFigure] = []
    seen: dict[str, int] = {}
    for line, row in rows[1:]:
        area = context.kommun_named(row[at[0]]) if len(row) > max(at) else None
        if area is None:
            faults.append(f"line {line}: {row[0]!r} is the name of no kommun of the data set")
            continue
        if seen.setdefault(area, line) != line:
            faults.append(f"line {line}: {row[at[0]]} stands on line {seen[area]} too")
            continue
        try:
            value, mark = number(row[at[1]])
        except ValueError:
            faults.append(f"line {line}: {row[at[1]]!r} is not a number")
            continue
        figures.append(FileFigure(area, year, VALUE, value, mark))
    if faults:
        raise FileFaultError(faults)
    return figures


def _columns(rows: list[tuple[int, list[str]]], column: str) -> tuple[int, int]:
    """Where names and figures stand."""
    head = [_folded(cell) for cell in rows[0][1]] if rows else []
    if _NAME not in head or _folded(column) not in head:
        raise FileFaultError([f"line 1: expected the columns Kommun and {column}, separated by ;"])
    return head.index(_NAME), head.index(_folded(column))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("\u00a0", " ").split())
