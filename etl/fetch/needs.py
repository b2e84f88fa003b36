"""What the catalogue needs of a table, held against what the table has."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from barometer.catalogue import TITLE, Need
from barometer.divisions import (
    DIVISIONS,
    SMALL_LEVELS,
    Division,
    Level,
    covers,
    parse_area_code,
    spans,
)
from etl.fetch.bronze import Lack
from etl.fetch.metadata import TableMetadata, TableVariable
from etl.fetch.plan import DataRequest, in_table_order, nearest, show_codes

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
    retitled = list(_lack_title(need, metadata=metadata))
    if retitled:
        return Resolved((), tuple(retitled))
    codes, lacks = _resolve_codes(need, metadata=metadata)
    periods = _periods(need, time=time)
    lacks += _lack_years(need, time=time, metadata=metadata)
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
    found = re.match(r"[0-9]{4}(?![0-9])", period)
    return int(found[0]) if found else None


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
        lacking = [
            *_lack_codes(wanted, variable=variable, table_id=metadata.id),
            *_lack_meanings(need, variable=variable),
        ]
        found[name] = tuple(c for c in wanted if c not in {lack.code for lack in lacking})
        lacks += lacking
    return found, lacks


def _lack_codes(codes: Iterable[str], *, variable: TableVariable, table_id: str) -> Iterator[Lack]:
    for code in codes:
        if code not in variable.codes:
            existing = show_codes(nearest(code, variable.codes), variable=variable)
            message = f"{table_id}, variable {variable.code!r}: no code {code!r}; it has {existing}"
            yield Lack(table_id, variable.code, code, message)


def _lack_meanings(need: Need, *, variable: TableVariable) -> Iterator[Lack]:
    """The codes that SCB uses for something else than the catalogue takes them for."""
    labels = dict(zip(variable.codes, variable.labels, strict=True))
    for name, code, word in need.meanings:
        if name != variable.code or word.casefold() in labels.get(code, word).casefold():
            continue
        message = (
            f"{need.source_id}, variable {name!r}: SCB calls code {code!r} {labels[code]!r}, "
            f"and the catalogue takes it for {word!r}"
        )
        yield Lack(need.source_id, name, code, message)


def _lack_title(need: Need, *, metadata: TableMetadata) -> Iterator[Lack]:
    """The words that the table's title should contain and does not."""
    for name, _, words in need.meanings:
        if name == TITLE and words.casefold() not in metadata.label.casefold():
            message = (
                f"SCB calls {need.source_id} {metadata.label!r}, "
                f"and the catalogue expects {words!r} in the title"
            )
            yield Lack(need.source_id, TITLE, "", message)


def _lack_variable(name: str, *, metadata: TableMetadata) -> Lack:
    existing = nearest(name, [variable.code for variable in metadata.variables])
    message = f"{metadata.id} has no variable {name!r}; it has {show_codes(existing)}"
    return Lack(metadata.id, name, "", message)


def _lack_years(need: Need, *, time: TableVariable, metadata: TableMetadata) -> list[Lack]:
    """A lack for each year, all with the one message that names them together."""
    existing = {year for code in time.codes if (year := year_of(code)) is not None}
    gone = sorted({year + need.ahead for year in need.years} - existing)
    message = f"{metadata.id} has no {_show_years(gone)}; it has {_show_years(existing)}"
    return [Lack(metadata.id, time.code, str(year), message) for year in gone]


def _lack_mandatory(requests: tuple[DataRequest, ...], *, metadata: TableMetadata) -> list[Lack]:
    """The variables that no request selects and that the server cannot sum over."""
    chosen = dict(requests[0].codes) if requests else {v.code: () for v in metadata.variables}
    return [
        Lack(
            metadata.id,
            variable.code,
            "",
            f"{metadata.id}, variable {variable.code!r} must be selected (the server cannot sum "
            f"over it); it has {show_codes(variable.codes, variable=variable)}",
        )
        for variable in metadata.variables
        if variable.code not in chosen and not variable.elimination
    ]


def _blocks_table(lacks: Iterable[Lack]) -> bool:
    return any(lack.variable and not lack.code for lack in lacks)


def _show_years(years: Iterable[int]) -> str:
    """Years with runs drawn together: 2012-2014, 2016."""
    return ", ".join(f"{a}-{b}" if a < b else str(a) for a, b in spans(years))


def _periods(need: Need, *, time: TableVariable) -> dict[str, int]:
    """The time codes wanted, with the years that their figures are shown at."""
    last = max(need.years, default=0)
    known = {code: year for code in time.codes if (year := year_of(code)) is not None}
    years = {code: year - need.ahead for code, year in known.items()}
    return {
        code: year
        for code, year in years.items()
        if year in need.years or (need.open_ended and year > last)
    }


def _block(
    need: Need,
    division: Division,
    *,
    region: TableVariable,
    periods: dict[str, int],
    metadata: TableMetadata,
) -> tuple[_Block, list[Lack]]:
    """The regions of the need's levels in a division, and the periods in which they are good."""
    good = {code: year for code, year in periods.items() if covers(division, year)}
    levels = [level for level in need.levels if (level in _SMALL) == (division != "admin")]
    areas = _areas_of(region.codes)
    lacks = [
        _lack_level(level, division, years=good.values(), region=region, table_id=metadata.id)
        for level in levels
        if good and (level, division) not in areas
    ]
    regions = tuple(code for level in levels for code in areas.get((level, division), ()))
    return _Block(regions, tuple(good)), lacks


@lru_cache(maxsize=16)
def _areas_of(codes: tuple[str, ...]) -> dict[tuple[Level, Division], tuple[str, ...]]:
    """Region codes by level and division; cached because tables share their 19,182 codes."""
    areas: dict[tuple[Level, Division], list[str]] = defaultdict(list)
    for code in codes:
        area = parse_area_code(code)
        if area is not None:
            areas[area.level, area.division].append(code)
    return {place: tuple(found) for place, found in areas.items()}


def _lack_level(
    level: str, division: Division, *, years: Iterable[int], region: TableVariable, table_id: str
) -> Lack:
    has = sorted(" ".join(place) for place in _areas_of(region.codes))
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
