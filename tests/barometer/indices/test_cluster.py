"""On a cluster: the statement for Spark run in another engine, and partitions one by one.

Spark and Dask themselves are met in `make scale`.
"""

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import sqlglot

from barometer.indices import segregation
from barometer.indices.cluster import segregation_on_dask, segregation_on_spark

INDICES = ("dissimilarity", "gini", "information_theory")


def areas() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    counts = rng.integers(0, 90, (60, 2)) * rng.integers(0, 2, (60, 1))
    return pd.DataFrame(counts, columns=["a", "b"]).assign(place=rng.integers(0, 7, 60))


class Session:
    """As much of a Spark session as is asked: a statement, and its answer as a data frame."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.engine = duckdb.connect(config={"threads": 1})
        self.engine.register("areas", frame)

    def sql(self, query: str) -> "Session":
        (statement,) = sqlglot.transpile(query, read="spark", write="duckdb")
        self.answer = self.engine.execute(statement).df()
        return self

    def toPandas(self) -> pd.DataFrame:  # noqa: N802 (pyspark's name)
        return self.answer


class Partitions:
    """As much of a Dask data frame as is asked, in three partitions and one that is empty."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def __getitem__(self, columns: list[str]) -> "Partitions":
        return Partitions(self.frame[columns])

    def shuffle(self, on: str) -> "Partitions":
        self.parts = [self.frame[self.frame[on] % 3 == k] for k in range(4)]
        return self

    def map_partitions(
        self, work: Callable[..., pd.DataFrame], *arguments: object, **_: object
    ) -> "Partitions":
        self.parts = [work(part, *arguments) for part in self.parts]
        return self

    def compute(self) -> pd.DataFrame:
        return pd.concat([part for part in self.parts if len(part)])


def test_spark_and_dask_give_the_numbers_of_one_machine() -> None:
    frame = areas()
    right = segregation(frame[["a", "b"]], frame["place"].tolist(), INDICES).sort_index()
    spark = segregation_on_spark(
        Session(frame), table="areas", groups=["a", "b"], container="place", indices=INDICES
    )
    parts = segregation_on_dask(
        Partitions(frame), groups=["a", "b"], container="place", indices=INDICES
    )
    for found in (spark, parts):
        assert found.index.tolist() == right.index.tolist()
        np.testing.assert_allclose(found.to_numpy(), right.to_numpy(), rtol=0, atol=1e-9)
