"""Skolverket's SALSA list: pupils' background by school, summed by kommun.

The list has every compulsory school with year 9 of one school year; newer answers replace it, so
each is kept. Its pupils are those of year 9. It has shares and means by school but no number of
pupils: unless `totalNumberOfPupils` has been added, every school counts alike, large or small.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from barometer.catalogue.local import VALUE
from barometer.divisions import RIKET
from etl.providers.parsers.rows import FileContext, FileFaultError, FileFigure, decode, number

LEAST_SCHOOLS: Final = 3
_LIST: Final = "compulsorySchoolUnitSalsaMetricList"
_NEW: Final = "salsaNewlyImmigratedQuota"
_PARENTS: Final = "salsaParentsEducation"
_PUPILS: Final = "totalNumberOfPupils"

Weighted = Sequence[tuple[float, float]]
"""Value and weight of each school."""


def dissimilarity(schools: Weighted) -> float:
    """How unevenly a group is spread over schools, in per cent: 0 alike everywhere, 100 apart.

    Values are the group's share of each school in per cent; NaN where the group or the others are
    absent.
    """
    group = [weight * value / 100 for value, weight in schools]
    others = [weight * (1 - value / 100) for value, weight in schools]
    a, b = sum(group), sum(others)
    if a <= 0 or b <= 0:
        return math.nan
    pairs = zip(group, others, strict=True)
    return 50 * sum(abs(own / a - rest / b) for own, rest in pairs)


def mean(schools: Weighted) -> float:
    """The weighted mean of the schools."""
    return sum(value * weight for value, weight in schools) / sum(w for _, w in schools)


def spread(schools: Weighted) -> float:
    """The standard deviation between schools, in the unit of the value."""
    middle, total = mean(schools), sum(weight for _, weight in schools)
    return math.sqrt(sum(w * (value - middle) ** 2 for value, w in schools) / total)


@dataclass(frozen=True, slots=True)
class Measure:
    """What can be made of the list: of which field, how, and of how many schools at least."""

    field: str
    of: Callable[[Weighted], float]
    least: int = 1


MEASURES: Final[dict[str, Measure]] = {
    "newly_immigrated": Measure(_NEW, mean),
    "newly_immigrated_between_schools": Measure(_NEW, dissimilarity, LEAST_SCHOOLS),
    "parents_education": Measure(_PARENTS, mean),
    "parents_education_between_schools": Measure(_PARENTS, spread, LEAST_SCHOOLS),
}


def parse_salsa(raw: bytes, name: str, context: FileContext) -> list[FileFigure]:  # noqa: ARG001 - as Parser
    """The measure that the entry names in `column`, by kommun and for riket.

    A kommun with too few schools to compare has no figure.

    Raises:
        FileFaultError: with every school that cannot be used.
    """
    measure = MEASURES.get(str(context.entry.get("column", "")))
    if measure is None:
        raise FileFaultError([f"column is none of {', '.join(MEASURES)}: name one in the entry"])
    year, schools = _schools(raw)
    by_area: dict[str, list[tuple[float, float]]] = defaultdict(list)
    kommuner: dict[str, None] = {}
    faults: list[str] = []
    for at, school in enumerate(schools, start=1):
        place = f"school {at} ({school.get('schoolUnitCode', 'without a code')})"
        area = str(school.get("geographicalAreaCode", ""))
        if area not in context.areas:
            faults.append(f"{place}: {area!r} is no kommun of the data set")
            continue
        kommuner[area] = None
        try:
            value, weight = _metric(school, measure.field), _metric(school, _PUPILS)
        except ValueError as error:
            faults.append(f"{place}: {error} is not a number")
            continue
        if value is not None:
            for place_id in (area, RIKET):
                by_area[place_id].append((value, 1.0 if weight is None else weight))
    if faults:
        raise FileFaultError(faults)
    wanted = [*kommuner, *([RIKET] if RIKET in context.areas else [])]
    return [FileFigure(area, year, VALUE, _statistic(by_area[area], measure)) for area in wanted]


def _statistic(schools: Weighted, measure: Measure) -> float | None:
    if len(schools) < measure.least or sum(weight for _, weight in schools) <= 0:
        return None
    value = measure.of(schools)
    return None if math.isnan(value) else value


def _schools(raw: bytes) -> tuple[int, list[dict[str, Any]]]:
    """The year in which the school year ends, and the schools."""
    try:
        answer = orjson.loads(decode(raw))
    except orjson.JSONDecodeError as error:
        raise FileFaultError([f"is not JSON: {error}"]) from error
    body = answer.get("body", answer) if isinstance(answer, dict) else {}
    period = str(body.get("timePeriod", "")) if isinstance(body, dict) else ""
    schools = body.get(_LIST) if isinstance(body, dict) else None
    if not isinstance(schools, list) or len(period) < 4 or not period[:4].isdecimal():
        raise FileFaultError([f"expected body.timePeriod (2024/25) and body.{_LIST}"])
    year = int(period[:4]) + ("/" in period)
    return year, [school for school in schools if isinstance(school, dict)]


def _metric(school: dict[str, Any], field: str) -> float | None:
    """A school's figure: {value: "12,5", valueType: EXISTS}, a list of such, or none."""
    found = school.get(field)
    if isinstance(found, list):
        found = found[-1] if found else None
    text = found.get("value") if isinstance(found, dict) else found
    if text is None:
        return None
    plain = str(text).casefold().removeprefix("cirka").removeprefix("~").strip()
    return number(plain)[0]
