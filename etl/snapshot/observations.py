"""Raw answers to the observations table: one row per cell, sorted so that a cell is found fast."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import union_categoricals

from barometer.catalogue import Source
from barometer.divisions import DIVISIONS, parse_area_code
from etl.errors import PipelineError
from etl.fetch.bronze import Bronze, CollectedTable
from etl.fetch.needs import REGION, TIME, year_of
from etl.fetch.parse import NOT_PUBLISHED, parse_dataset
from etl.repairs import outside_division, repair_table
from etl.snapshot.sums import SumRule, mark_sums

OUTSIDE: Final = "outside_division"
_QUARTERS: Final = 4


class UnreadableAnswerError(PipelineError):
    """A kept answer does not fit the catalogue: fetch again after mending the catalogue."""


def load_observations(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[CollectedTable],
    *,
    bronze: Bronze,
    sources: Sequence[Source],
    sums: Sequence[SumRule] = (),
    done: Callable[[str], None],
) -> None:
    """Fill observations from every kept answer, in the order that finds a cell fast.

    `sums` says which figures are sums of published ones.
    `done` hears each table's id. Peak memory is one table, of about 20 bytes a cell.
    """
    by_id = {source.source_id: source for source in sources}
    for table in tables:
        _load_table(con, table, bronze=bronze, source=by_id[table.table_id], sums=sums)
        done(table.table_id)


def _load_table(
    con: duckdb.DuckDBPyConnection,
    table: CollectedTable,
    *,
    bronze: Bronze,
    source: Source,
    sums: Sequence[SumRule],
) -> None:
    origin = table.metadata.origin
    parsed = (parse_dataset(bronze.read(entry)) for entry in table.data)
    if origin == "scb-extract":
        parsed = (cells[cells["status"] != NOT_PUBLISHED] for cells in parsed)  # not in it at all
    answers = [to_observations(cells, source=source) for cells in parsed if len(cells)]
    if not answers:
        return
    cells = repair_table(_in_order(answers), source_id=table.table_id, origin=origin)
    if source.quarterly:
        cells = _whole_years(cells)
    con.register("cells", mark_sums(cells, sums, source=source))
    con.execute("INSERT INTO observations BY NAME SELECT * FROM cells")
    con.unregister("cells")


def _in_order(answers: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """All answers' rows by variable, year and area, as their texts are ordered.

    Sorting numbers that stand for the texts here costs a tenth of sorting the texts in SQL.
    """
    together = pd.DataFrame(
        {name: _joined([answer[name] for answer in answers]) for name in answers[0]}, copy=False
    )
    areas, variables = together["area_id"].cat, together["variable_id"].cat
    years = together["year"].to_numpy(dtype=np.int64)
    key = variables.codes.to_numpy(dtype=np.int64) * (years.max(initial=0) + 1) + years
    key = key * len(areas.categories) + areas.codes.to_numpy(dtype=np.int64)
    return together.take(np.argsort(key, kind="stable"))


def _whole_years(cells: pd.DataFrame) -> pd.DataFrame:
    """Quarters as years: the sum of four, missing where one is; a year with fewer is left out."""
    quarters = cells.groupby(["variable_id", "year", "area_id"], observed=True, sort=False)
    values, statuses = quarters["value"], quarters["status"].transform("first")
    summed = cells.assign(
        value=values.transform(lambda four: four.sum(skipna=False)), status=statuses
    )
    whole = (values.transform("size") == _QUARTERS) & (quarters.cumcount() == 0)
    return summed[whole]


def _joined(parts: "Sequence[pd.Series[Any]]") -> "pd.Categorical[Any] | NDArray[Any]":
    """The parts end to end; categories of texts sorted."""
    if isinstance(parts[0].dtype, pd.CategoricalDtype):
        joined: pd.Categorical[Any] = union_categoricals([*parts], sort_categories=True)
        return joined
    return np.concatenate([part.to_numpy() for part in parts])


def to_observations(frame: pd.DataFrame, *, source: Source) -> pd.DataFrame:
    """A parsed answer with the columns of observations; regions that are no areas are left out.

    Raises:
        UnreadableAnswerError: the answer lacks a variable of the source, region or time.
    """
    lacking = {REGION, TIME, *(v.code for v in source.variables)} - set(frame.columns)
    if lacking:
        raise UnreadableAnswerError(
            f"an answer of {source.source_id} has no {', '.join(sorted(lacking))}, which "
            "barometer/sources.toml names. Run fetch again, or mend the entry"
        )
    divisions = _divisions(frame[REGION])
    if (areas := divisions >= 0).sum() < len(frame):
        frame, divisions = frame[areas], divisions[areas]
    years = _years(frame[TIME]) - np.int16(source.ahead)
    outside = outside_division(
        frame["value"].to_numpy(), divisions=divisions, years=years, source_id=source.source_id
    )
    return pd.DataFrame(
        {
            "source_id": pd.Categorical.from_codes(
                np.zeros(len(frame), dtype=np.int8), categories=pd.Index([source.source_id])
            ),
            "area_id": frame[REGION],
            "division": pd.Categorical.from_codes(divisions, categories=pd.Index(DIVISIONS)),
            "year": years,
            "variable_id": _variable_ids(frame, source=source),
            "value": frame["value"].mask(outside),
            "status": _statuses(frame["status"], outside=outside),
        },
        copy=False,
    )


def _statuses(given: "pd.Series[str]", *, outside: NDArray[np.bool_]) -> "pd.Categorical[str]":
    words = [*given.cat.categories, OUTSIDE]
    codes = np.where(outside, len(words) - 1, given.cat.codes)
    return pd.Categorical.from_codes(codes, categories=pd.Index(words))


def _divisions(regions: "pd.Series[str]") -> NDArray[np.int8]:
    """The place in DIVISIONS of each row's area; -1 where the region is no area."""
    areas = [parse_area_code(code) for code in regions.cat.categories.tolist()]
    of_code = np.array([DIVISIONS.index(area.division) if area else -1 for area in areas], np.int8)
    divisions: NDArray[np.int8] = of_code[regions.cat.codes]
    return divisions


def _years(periods: "pd.Series[str]") -> NDArray[np.int16]:
    of_code = np.array([year_of(code) or 0 for code in periods.cat.categories], np.int16)
    years: NDArray[np.int16] = of_code[periods.cat.codes]
    return years


def _variable_ids(frame: pd.DataFrame, *, source: Source) -> "pd.Categorical[str]":
    """The codes of the source's variables joined by |, as a categorical of the joined codes."""
    ids, places = pd.Index([""]), np.zeros(len(frame), dtype=np.int32)
    for variable in source.variables:
        column = frame[variable.code].cat
        codes = column.categories.tolist()
        ids = pd.Index([f"{prefix}|{code}" for prefix in ids for code in codes])
        places = places * len(codes) + column.codes
    return pd.Categorical.from_codes(places, categories=ids.str.removeprefix("|"))
