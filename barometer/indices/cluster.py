"""The same indices on a cluster: Spark by way of SQL, Dask by partitions of whole containers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from barometer.indices.entry import DEFAULT, segregation
from barometer.indices.sql_query import sql

if TYPE_CHECKING:
    import pandas as pd


def segregation_on_spark(
    spark: Any,
    *,
    table: str,
    groups: Sequence[str],
    indices: Sequence[str] = DEFAULT,
    container: str,
    unit: str | None = None,
    group: str | None = None,
    weight: str | None = None,
    land: str | None = None,
) -> pd.DataFrame:
    """One row per container, one column per index, from a table or view of a Spark session.

    `spark` is a `pyspark.sql.SparkSession`; the other arguments are those of `barometer.indices.
    sql`. The rows never leave the cluster: only the answer does.

    Raises:
        ValueError: with every fault, as `barometer.indices.sql`.
    """
    import pandas as pd

    queries = [
        sql(
            index,
            table=table,
            groups=groups,
            unit=unit,
            container=container,
            group=group,
            weight=weight,
            land=land,
            dialect="spark",
        )
        for index in indices
    ]
    answers = [spark.sql(query).toPandas().set_index("container") for query in queries]
    joined: pd.DataFrame = pd.concat(answers, axis=1)
    return joined.astype("float64").sort_index()


def segregation_on_dask(
    frame: Any,
    *,
    groups: Sequence[str],
    container: str,
    indices: Sequence[str] = DEFAULT,
) -> pd.DataFrame:
    """One row per container, one column per index, from a Dask data frame with a row per area.

    Rows are moved so that every container lies in one partition, and each partition is measured by
    `segregation` where it is. A worker that is lost is made up for by the others.

    Raises:
        ValueError: with every fault of a partition, as `segregation`.
    """
    import pandas as pd

    meta = pd.DataFrame({index: pd.Series(dtype="float64") for index in indices})
    kept = frame[[container, *groups]].shuffle(on=container)
    measured = kept.map_partitions(
        _of_partition, list(groups), container, tuple(indices), meta=meta, enforce_metadata=False
    )
    answer: pd.DataFrame = measured.compute()
    return answer.rename_axis("container").sort_index()


def _of_partition(
    part: pd.DataFrame, groups: list[str], container: str, indices: tuple[str, ...]
) -> pd.DataFrame:
    import pandas as pd

    if part.empty:
        return pd.DataFrame(columns=list(indices), dtype="float64")
    return segregation(part[groups].to_numpy(), part[container].tolist(), indices)
