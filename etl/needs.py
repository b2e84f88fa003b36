"""What the catalogue needs of a table, held against what the table has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from barometer.catalogue import Need
from barometer.divisions import DIVISIONS, SMALL_LEVELS, Division, covers, parse_area_code
from etl.bronze import Lack
from etl.metadata import TableMetadata, Variable
from etl.plan import DataRequest, find_problems, in_table_order, nearest, show_codes, unknown_code

REGION: Final = "Region"
TIME: Final = "Tid"
_SMALL: Final = frozenset(SMALL_LEVELS)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A need as requests, one for each division, with its own years only; and what is lacking."""

    requests: tuple[DataRequest, ...]
    lacks: tuple[Lack, ...]


def resolve_need(need: Need, *, metadata: TableMetadata) -> Resolved:
    """The need as whole requests against this metadata; what the table lacks is left out of them.

    No requests when a variable of the need is gone, or nothing is left of one.
    """
    region = metadata.variable(REGION)
    time = metadata.variable(TIME)
    if region is None or time is None:
        gone = [name for name in (REGION, TIME) if metadata.variable(name) is None]
        return Resolved((), tuple(_lack_variable(name, metadata=metadata) for name in gone))
    codes, lacks = _resolve_codes(need, metadata=metadata)
    periods = _periods(need, time=time)
    lacks += [
        _lack_year(year, time=time, metadata=metadata)
        for year in need.years
        if year not in periods.values()
    ]
    requests = []
    for division in DIVISIONS:
        block, missing = _block(need, division, region=region, periods=periods, metadata=metadata)
        lacks += missing
        requests.append(_request(need, codes, block, metadata=metadata))
    whole = tuple(request for request in requests if request.cells)
    lacks += _lack_mandatory(whole, metadata=metadata)
    return Resolved(() if _blocks_table(lacks) else whole, tuple(lacks))


def year_of(period: str) -> int | None:
    """The year of a time code ("2024", "2025M01"); None when it starts with none."""
    return int(period[:4]) if period[:4].isdecimal() and len(period) >= 4 else None


@dataclass(frozen=True, slots=True)
class _Block:
    regions: tuple[str, ...]
    periods: tuple[str, ...]


def _resolve_codes(
    need: Need, *, metadata: TableMetadata
) -> tuple[dict[str, tuple[str, ...]], list[Lack]]:
    found: dict[str, tuple[str, ...]] = {}
    lacks: list[Lack] = []
    for name, wanted in need.codes:
        variable = metadata.variable(name)
        if variable is None:
            lacks.append(_lack_variable(name, metadata=metadata))
            continue
        found[name] = tuple(code for code in wanted if code in variable.codes)
        lacks.extend(_lack_codes(wanted, variable=variable, table_id=metadata.id))
    return found, lacks


def _lack_codes(codes: Iterable[str], *, variable: Variable, table_id: str) -> Iterator[Lack]:
    for code in codes:
        if code not in variable.codes:
            problem = unknown_code(code, variable=variable, table_id=table_id)
            yield Lack(table_id, variable.code, code, problem.message)


def _lack_variable(name: str, *, metadata: TableMetadata) -> Lack:
    existing = nearest(name, [variable.code for variable in metadata.variables])
    message = f"{metadata.id} has no variable {name!r}; it has {show_codes(existing)}"
    return Lack(metadata.id, name, "", message)


def _lack_year(year: int, *, time: Variable, metadata: TableMetadata) -> Lack:
    message = f"{metadata.id} has no year {year}; it has {_show_years(time)}"
    return Lack(metadata.id, time.code, str(year), message)


def _lack_mandatory(requests: tuple[DataRequest, ...], *, metadata: TableMetadata) -> list[Lack]:
    problems = find_problems(requests[0], metadata=metadata) if requests else ()
    return [
        Lack(problem.table_id, problem.variable, "", problem.message)
        for problem in problems
        if problem.code is None
    ]


def _blocks_table(lacks: Iterable[Lack]) -> bool:
    return any(lack.variable and not lack.code for lack in lacks)


def _show_years(time: Variable) -> str:
    years = sorted({year for code in time.codes if (year := year_of(code)) is not None})
    if years and years == list(range(years[0], years[-1] + 1)):
        return f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"
    return ", ".join(str(year) for year in years)


def _periods(need: Need, *, time: Variable) -> dict[str, int]:
    """The time codes wanted, with their years."""
    last = max(need.years, default=0)
    years = {code: year for code in time.codes if (year := year_of(code)) is not None}
    return {
        code: year
        for code, year in years.items()
        if year in need.years or (need.open_ended and year > last)
    }


def _block(
    need: Need,
    division: Division,
    *,
    region: Variable,
    periods: dict[str, int],
    metadata: TableMetadata,
) -> tuple[_Block, list[Lack]]:
    """The regions of the need's levels in a division, and the periods in which they are good."""
    good = {code: year for code, year in periods.items() if covers(division, year)}
    levels = [level for level in need.levels if (level in _SMALL) == (division != "admin")]
    by_level: dict[str, list[str]] = {level: [] for level in levels}
    for code in region.codes:
        area = parse_area_code(code)
        if area is not None and area.division == division and area.level in by_level:
            by_level[area.level].append(code)
    lacks = [
        _lack_level(level, division, years=good.values(), region=region, table_id=metadata.id)
        for level in levels
        if good and not by_level[level]
    ]
    regions = tuple(code for codes in by_level.values() for code in codes)
    return _Block(regions, tuple(good)), lacks


def _lack_level(
    level: str, division: Division, *, years: Iterable[int], region: Variable, table_id: str
) -> Lack:
    areas = (parse_area_code(code) for code in region.codes)
    has = sorted({f"{area.level} {area.division}" for area in areas if area})
    message = (
        f"{table_id} has no area of level {level} in division {division}, wanted for "
        f"{', '.join(map(str, sorted(set(years))))}; it has {', '.join(has)}"
    )
    return Lack(table_id, region.code, f"{level} {division}", message)


def _request(
    need: Need, codes: dict[str, tuple[str, ...]], block: _Block, *, metadata: TableMetadata
) -> DataRequest:
    everything = {
        **codes,
        REGION: block.regions,
        TIME: block.periods,
    }
    return in_table_order(DataRequest.of(need.source_id, everything), metadata=metadata)
