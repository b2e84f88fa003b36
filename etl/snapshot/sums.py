"""Which figures of an extract are sums of published ones, and in which year's prices it stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd

from barometer.catalogue import Source
from barometer.divisions import parse_area_code
from etl.errors import PipelineError
from etl.fetch.metadata import TableMetadata
from etl.fetch.needs import TIME, year_of

CONTRACT: Final = "contract.json"
SUMMED_FROM: Final = ("categories", "lan", "kommun", "regso", "deso")
_MONEY: Final = re.compile(r"kron|tkr", re.IGNORECASE)


class ContractError(PipelineError):
    """An extract's contract cannot be read; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class SumRule:
    """Figures of a table that were summed: at these levels, in these years, of these codes.

    `codes` names variables with the codes that the rule is about; a variable without an entry is
    about all of its codes. `summed_from` is one of SUMMED_FROM.
    """

    source_id: str
    summed_from: str
    levels: tuple[str, ...]
    years: tuple[int, ...]
    codes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PriceRule:
    """The amounts of a table, in these years and this division, stand in prices of `price_year`."""

    source_id: str
    years: tuple[int, ...]
    division: str
    price_year: int


@dataclass(frozen=True, slots=True)
class Contract:
    """What an extract states about its figures; empty for figures that come from SCB itself."""

    sums: tuple[SumRule, ...] = ()
    prices: tuple[PriceRule, ...] = ()


NO_CONTRACT: Final = Contract()


def read_contract(folder: Path) -> Contract:
    """The contract of a folder, empty where there is none.

    Raises:
        ContractError: the file is there and cannot be read.
    """
    path = folder / CONTRACT
    if not path.is_file():
        return NO_CONTRACT
    try:
        tables: dict[str, Any] = orjson.loads(path.read_bytes())["tables"]
        return Contract(
            tuple(_sum(name, rule) for name, t in tables.items() for rule in t.get("sums", ())),
            tuple(_price(name, rule) for name, t in tables.items() for rule in t.get("prices", ())),
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise ContractError(
            f"{path} cannot be read ({error!r}): expected tables with sums (from, levels, years, "
            "codes) and prices (years, division, price_year); copy the extract again"
        ) from error


def mark_sums(cells: pd.DataFrame, rules: Iterable[SumRule], *, source: Source) -> pd.DataFrame:
    """The observations of one table with the column `summed_by` (category of text, null)."""
    marks = np.full(len(cells), -1, dtype=np.int8)
    for rule in rules:
        if rule.source_id == source.source_id:
            marks[_covered(cells, rule, source=source)] = SUMMED_FROM.index(rule.summed_from)
    marks[cells["value"].isna()] = -1
    return cells.assign(
        summed_by=pd.Categorical.from_codes(marks, categories=pd.Index(SUMMED_FROM))
    )


def price_years(
    contract: Contract, tables: Sequence[TableMetadata], cells: pd.DataFrame
) -> pd.DataFrame:
    """source_id, year, division, price_year of every table with amounts.

    `cells` has the source_id, year and division of figures. SCB states a table in the prices of its
    latest year; a contract's own statements come first.
    """
    stated = {
        (rule.source_id, year, rule.division): rule.price_year
        for rule in contract.prices
        for year in rule.years
    }
    latest = {table.id: _latest_year(table) for table in tables if _has_amounts(table)}
    amounts = cells[cells["source_id"].isin([*latest, *(key[0] for key in stated)])]
    keys = list(amounts[["source_id", "year", "division"]].itertuples(index=False, name=None))
    found = [(*key, stated.get(key, latest.get(key[0]))) for key in keys]
    columns = ["source_id", "year", "division", "price_year"]
    return pd.DataFrame(found, columns=columns).dropna(subset="price_year")


def _covered(cells: pd.DataFrame, rule: SumRule, *, source: Source) -> np.ndarray[Any, Any]:
    areas = cells["area_id"].cat
    of_level = np.array([_level(code) in rule.levels for code in areas.categories.tolist()])
    ids = cells["variable_id"].cat
    of_codes = np.array([_fits(text, rule, source=source) for text in ids.categories.tolist()])
    years = cells["year"].isin(rule.years).to_numpy()
    covered: np.ndarray[Any, Any] = of_level[areas.codes] & of_codes[ids.codes] & years
    return covered


@cache
def _level(code: str) -> str | None:
    area = parse_area_code(code)
    return area.level if area else None


def _fits(variable_id: str, rule: SumRule, *, source: Source) -> bool:
    pairs = zip(source.variables, variable_id.split("|"), strict=True)
    return all(v.code not in rule.codes or code in rule.codes[v.code] for v, code in pairs)


def _has_amounts(table: TableMetadata) -> bool:
    return any(_MONEY.search(unit.base) for v in table.variables for unit in v.units)


def _latest_year(table: TableMetadata) -> int | None:
    time = table.variable(TIME)
    years = [year for code in time.codes if (year := year_of(code))] if time else []
    return max(years, default=None)


def _sum(source_id: str, rule: dict[str, Any]) -> SumRule:
    if rule["from"] not in SUMMED_FROM:
        raise ValueError(f"{source_id}: from is {rule['from']!r}, expected one of {SUMMED_FROM}")
    codes = {variable: tuple(given) for variable, given in rule.get("codes", {}).items()}
    years = tuple(map(int, rule["years"]))
    return SumRule(source_id, rule["from"], tuple(rule["levels"]), years, codes)


def _price(source_id: str, rule: dict[str, Any]) -> PriceRule:
    years = tuple(map(int, rule["years"]))
    return PriceRule(source_id, years, str(rule["division"]), int(rule["price_year"]))
