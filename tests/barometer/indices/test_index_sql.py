"""Indices as SQL give the numbers of the Python engine, in every layout of the counts."""

import sys
from functools import cache

import duckdb
import numpy as np
import pandas as pd
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st

from barometer.indices import INDICES, segregation
from barometer.indices.sql_forms import FORMS
from barometer.indices.sql_query import DIALECTS, SQL_INDICES, sql

TWO = {index.id for index in INDICES if index.kind == "two-group"}
TOLERANCE = 1e-9


def groups_of(index: str) -> int:
    return 2 if index in TWO else 4


def towns(n_groups: int, seed: int = 7) -> pd.DataFrame:
    """Three towns; empty areas, areas of one group, a group that a town lacks."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.6, 40, (30, n_groups))).astype(float)
    counts[3] = 0
    counts[4, 1:] = 0
    counts[20:, -1] = 0
    columns = [f"grupp {i}" for i in range(n_groups)]
    frame = pd.DataFrame(counts, columns=columns)
    frame["område"] = [f"A{i:02}" for i in range(30)]
    frame["town"] = ["Älv"] * 10 + ["Bro"] * 10 + ["O'Hara"] * 10
    frame["mark"] = rng.uniform(0.1, 5, 30)
    return frame


def expected(frame: pd.DataFrame, index: str, groups: list[str]) -> dict[str, float]:
    land = frame["mark"] if index == "delta" else None
    answer = segregation(frame[groups], frame["town"].tolist(), (index,), land_area=land)
    return answer[index].to_dict()


@cache
def engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def answer(query: str, **tables: pd.DataFrame) -> dict[str, float]:
    for name, table in tables.items():
        engine().register(name, table)
    found = engine().execute(query).df()
    return dict(zip(found["container"], found.iloc[:, 1].astype(float), strict=True))


def assert_same(found: dict[str, float], right: dict[str, float]) -> None:
    assert found.keys() == right.keys()
    assert found == {
        town: pytest.approx(value, rel=0, abs=TOLERANCE, nan_ok=True)
        for town, value in right.items()
    }


@pytest.mark.parametrize("index", SQL_INDICES)
def test_a_wide_table_gives_the_engines_numbers(index):
    frame = towns(groups_of(index))
    groups = [c for c in frame if c.startswith("grupp")]
    query = sql(index, table="t", groups=groups, container="town", unit="område", land="mark")
    assert_same(answer(query, t=frame), expected(frame, index, groups))
    without_unit = sql(index, table="t", groups=groups, container="town", land="mark")
    assert_same(answer(without_unit, t=frame), expected(frame, index, groups))


@pytest.mark.parametrize("index", SQL_INDICES)
def test_long_tables_and_weighted_persons_give_the_same(index):
    frame = towns(groups_of(index))
    groups = [c for c in frame if c.startswith("grupp")]
    long = frame.melt(["område", "town", "mark"], groups, "grupp", "antal")
    told = {"container": "town", "unit": "område", "group": "grupp", "land": "mark"}
    query = sql(index, table="t", groups=groups, weight="antal", **told)
    assert_same(answer(query, t=long), expected(frame, index, groups))
    persons = long.loc[long.index.repeat(long["antal"].astype(int))].drop(columns="antal")
    inhabited = frame[frame[groups].sum(axis=1) > 0]
    query = sql(index, table="t", groups=groups, **told)
    assert_same(answer(query, t=persons), expected(inhabited, index, groups))


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000), st.sampled_from(SQL_INDICES))
def test_random_towns_give_the_engines_numbers(seed, index):
    frame = towns(groups_of(index), seed)
    groups = [c for c in frame if c.startswith("grupp")]
    query = sql(index, table="t", groups=groups, container="town", land="mark")
    assert_same(answer(query, t=frame), expected(frame, index, groups))


@pytest.mark.parametrize("index", SQL_INDICES)
def test_a_missing_count_makes_its_own_container_undefined(index):
    whole = towns(groups_of(index))
    groups = [c for c in whole if c.startswith("grupp")]
    query = sql(index, table="t", groups=groups, container="town", land="mark")
    for lacking in (groups[0], groups[-1]):  # delta has no use for the others
        frame = whole.copy()
        frame.loc[5, lacking] = np.nan
        right = expected(frame, index, groups)
        assert np.isnan(right["Älv"]) or (index, lacking) == ("delta", groups[-1])
        assert_same(answer(query, t=frame), right)


@pytest.mark.parametrize("unit", [None, "område"])
@pytest.mark.parametrize("index", ["dissimilarity", "gini", "information_theory"])
def test_rows_without_a_container_are_left_out(index, unit):
    frame = towns(2)
    groups = ["grupp 0", "grupp 1"]
    right = expected(frame[frame["town"] != "Bro"], index, groups)
    frame.loc[frame["town"] == "Bro", "town"] = None
    query = sql(index, table="t", groups=groups, container="town", unit=unit)
    assert_same(answer(query, t=frame), right)


def test_without_a_container_there_is_one_row_and_one_column():
    frame = towns(2)
    with duckdb.connect() as connection:
        connection.register("t", frame)
        found = connection.execute(sql("gini", table="t", groups=["grupp 0", "grupp 1"])).df()
    right = segregation(frame[["grupp 0", "grupp 1"]], indices=("gini",))["gini"].item()
    assert found.columns.tolist() == ["gini"]
    assert found["gini"].tolist() == [pytest.approx(right, rel=0, abs=TOLERANCE)]


def test_gini_of_several_groups_takes_two():
    frame = towns(2)
    groups = ["grupp 0", "grupp 1"]
    query = sql("gini_multi", table="t", groups=groups, container="town")
    assert_same(answer(query, t=frame), expected(frame, "gini_multi", groups))


@pytest.mark.parametrize("index", ["dissimilarity", "gini", "information_theory", "delta"])
def test_rows_that_are_units_are_neither_copied_nor_sorted_and_rows_of_persons_summed_once(index):
    groups = [f"g{i}" for i in range(groups_of(index))]
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} INTEGER" for name in [*groups, "unit", "town", "land"])
        connection.execute(f"CREATE TABLE t ({columns})")
        connection.execute(f"INSERT INTO t VALUES ({', '.join('1' * (len(groups) + 3))})")
        plans = [
            connection.execute(
                "EXPLAIN "
                + sql(index, table="t", groups=groups, container="town", land="land", unit=unit)
            ).fetchall()[0][1]
            for unit in (None, "unit")
        ]
    passes = 2 if FORMS[index].factors else 1
    scans = [plan.count("Type: Sequential Scan") for plan in plans]
    assert ("CTE Name: units" in plans[0], scans) == (False, [passes, 1])
    assert ("Order By:" in plans[0], "sum(t)" in plans[0]) == (False, False)


@pytest.mark.slow
@pytest.mark.parametrize("index", SQL_INDICES)
@pytest.mark.parametrize("dialect", DIALECTS[1:])
def test_every_dialect_writes_a_statement_that_reads_back_to_the_same_numbers(index, dialect):
    frame = towns(groups_of(index))
    groups = [c for c in frame if c.startswith("grupp")]
    query = sql(
        index,
        table="t",
        groups=groups,
        container="town",
        unit="område",
        land="mark",
        dialect=dialect,
    )
    assert len(sqlglot.parse(query, read=dialect)) == 1
    back = sqlglot.transpile(query, read=dialect, write="duckdb")[0]
    if dialect == "tsql":  # its FLOAT has 53 bits, DuckDB's 24
        back = back.replace("AS REAL)", "AS DOUBLE)")
    assert_same(answer(back, t=frame), expected(frame, index, groups))


@pytest.mark.parametrize("index", SQL_INDICES)
def test_tsql_uses_nothing_that_sql_server_2012_lacks(index):
    groups = [f"g{i}" for i in range(groups_of(index))]
    query = sql(
        index,
        table="dbo.t",
        groups=groups,
        container="kommun",
        unit="deso",
        land="land",
        dialect="tsql",
    )
    lacking = (
        "GREATEST",
        "LEAST",
        "STRING_AGG",
        "TRY_",
        "IIF(",
        "FILTER",
        "USING",
        "LN(",
        "NULLS",
        "QUALIFY",
        "GENERATE_SERIES",
        "WINDOW ",
        "DOUBLE",
    )
    assert [word for word in lacking if word in query.upper()] == []
    assert query.startswith("WITH units AS")
    assert "[dbo].[t]" in query


def test_a_name_or_value_cannot_leave_its_quotes():
    frame = towns(2).rename(columns={"grupp 0": 'a"; DROP', "grupp 1": "b"})
    query = sql("dissimilarity", table="t", groups=['a"; DROP', "b"], container="town")
    assert len(answer(query, t=frame)) == 3
    long = towns(2).melt(["område", "town"], ["grupp 0", "grupp 1"], "g", "n")
    long["g"] = long["g"].replace("grupp 0", "x' OR '1'='1")
    query = sql(
        "isolation",
        table="t",
        groups=["x' OR '1'='1", "grupp 1"],
        container="town",
        unit="område",
        group="g",
        weight="n",
    )
    frame = towns(2)
    assert_same(answer(query, t=long), expected(frame, "isolation", ["grupp 0", "grupp 1"]))


def test_every_fault_comes_in_one_error():
    with pytest.raises(ValueError, match="cannot be written") as fault:
        sql("dissimilarty", table="t", groups=["a", "a"], group="g", dialect="oracle")
    message = str(fault.value)
    assert "did you mean dissimilarity" in message
    assert "'oracle' is none of duckdb, postgres" in message
    assert "each must be named once" in message
    assert "unit: name the column" in message


@pytest.mark.parametrize("index", sorted({index.id for index in INDICES} - set(SQL_INDICES)))
def test_an_index_that_needs_python_says_so(index):
    with pytest.raises(ValueError, match=f"{index} needs Python"):
        sql(index, table="t", groups=["a", "b"])


def test_land_is_asked_for():
    with pytest.raises(ValueError, match="delta needs the column of land area"):
        sql("delta", table="t", groups=["a", "b"])


def test_a_wide_table_has_no_weight_and_an_index_two_groups():
    with pytest.raises(ValueError, match="cannot be written") as fault:
        sql("isolation", table="t", groups=["a"], weight="w")
    assert "name two or more columns" in str(fault.value)
    assert "weight: goes with `group`" in str(fault.value)


def test_what_is_lacking_is_said(monkeypatch):
    def refuse(*_, **__):
        raise sqlglot.errors.UnsupportedError("no windows")

    with monkeypatch.context() as patch:
        patch.setattr(sqlglot.exp.Expression, "sql", refuse)
        with pytest.raises(ValueError, match="cannot be written in tsql: no windows"):
            sql("gini", table="t", groups=["a", "b"], dialect="tsql")
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    with pytest.raises(ImportError, match=r"pip install 'segregation-barometer\[sql\]'"):
        sql("gini", table="t", groups=["a", "b"])
