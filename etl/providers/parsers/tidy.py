"""The plain shape: area, year and value, or numerator and denominator, and maybe a group."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from barometer.catalogue.local import COUNTS, EVERYBODY, VALUE
from etl.providers.parsers.rows import (
    FileContext,
    FileFaultError,
    FileFigure,
    decode,
    number,
    rows_of,
)

_KEYS: Final = ("area", "year")
_FORMS: Final = ((VALUE,), COUNTS)
_GROUPS: Final = {
    "sex": ("women", "men"),
    "age": ("young", "adult", "older"),
    "birth": ("sweden", "abroad"),
}


def parse_tidy(raw: bytes, name: str, context: FileContext) -> list[FileFigure]:  # noqa: ARG001 - as Parser
    """The figures of a tidy file.

    Raises:
        FileFaultError: with the line of every row that cannot be used.
    """
    rows = list(rows_of(decode(raw)))
    if not rows:
        raise FileFaultError(["it is empty: expected a row of headings, area;year;value"])
    line, head = rows[0]
    columns = [column.casefold() for column in head]
    form = _form(columns, line)
    faults: list[str] = []
    figures: list[FileFigure] = []
    first: dict[tuple[str, ...], int] = {}
    for number_of_line, row in rows[1:]:
        problems, found = _row(columns, row, form, context)
        for key in {(own.area_id, str(own.year), own.group) for own in found}:
            if first.setdefault(key, number_of_line) != number_of_line:
                problems.append(f"the same area, year and group as on line {first[key]}")
        faults += [f"line {number_of_line}: {problem}" for problem in problems]
        figures += found
    if faults:
        raise FileFaultError(faults)
    return figures


def _form(columns: list[str], line: int) -> tuple[str, ...]:
    """The columns of figures that the file has."""
    forms = [form for form in _FORMS if set(form) <= set(columns)]
    known = {*_KEYS, "group", *(column for form in _FORMS for column in form)}
    faults = [
        f"line {line}: column {c!r} is not known; misspelt?" for c in columns if c not in known
    ]
    faults += [f"line {line}: column {key!r} is missing" for key in _KEYS if key not in columns]
    if len(forms) != 1:
        faults.append(f"line {line}: needs the column value, or numerator and denominator")
    if len(set(columns)) < len(columns):
        faults.append(f"line {line}: a column stands there twice")
    if faults:
        raise FileFaultError(faults)
    return forms[0]


def _row(
    columns: list[str], row: list[str], form: tuple[str, ...], context: FileContext
) -> tuple[list[str], list[FileFigure]]:
    """The faults of a row and, where there are none, its figures."""
    if len(row) != len(columns):
        return [f"{len(row)} cells where the headings have {len(columns)}"], []
    cells = dict(zip(columns, row, strict=True))
    problems = []
    year = int(cells["year"]) if cells["year"].isdecimal() else 0
    if not 1900 <= year < 2200:
        problems.append(f"year {cells['year']!r} is not a year such as 2024")
    elif year > datetime.now(UTC).year:
        problems.append(f"year {year} has not been yet: figures are of years that have")
    area = context.area_of(cells["area"], year) if not problems else cells["area"]
    if area is None:
        problems.append(context.why_unknown(cells["area"], year))
    group = cells.get("group") or EVERYBODY
    problems += _group_problems(group, context)
    amounts: dict[str, tuple[float | None, str]] = {}
    for column in form:
        try:
            amounts[column] = number(cells[column])
        except ValueError:
            problems.append(f"{column} {cells[column]!r} is not a number, nor empty, nor ..")
    problems += _amount_problems(amounts, context)
    if problems or area is None:
        return problems, []
    made = [FileFigure(area, year, c, value, mark, group) for c, (value, mark) in amounts.items()]
    return [], made


def _group_problems(group: str, context: FileContext) -> Iterator[str]:
    declared = context.entry.get("backgrounds", ())
    allowed = [EVERYBODY, *(word for own in declared for word in _GROUPS.get(own, ()))]
    if group not in allowed:
        yield (
            f"group {group!r} is none of {', '.join(allowed)}: name its background in the entry, "
            'such as backgrounds = ["sex"]'
        )


def _amount_problems(
    amounts: dict[str, tuple[float | None, str]], context: FileContext
) -> Iterator[str]:
    top, base = (amounts.get(key, (None, ""))[0] for key in COUNTS)
    share = context.entry.get("unit") == "percent"
    for key, amount in (("numerator", top), ("denominator", base)):
        if amount is not None and amount < 0:
            yield f"{key} {amount:g} is negative: counts are 0 or more"
    if share and top is not None and base is not None and top > base:
        yield f"numerator {top:g} is greater than denominator {base:g}: a share is at most 100 %"
    value = amounts.get(VALUE, (None, ""))[0]
    if share and value is not None and not 0 <= value <= 100:
        yield f"value {value:g} is no share: write per cent, 0 to 100"
