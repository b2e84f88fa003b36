"""Every index as SQL on a local Spark of two workers' threads, against the Python engine."""

import sys
import tempfile

from barometer.indices import SQL_INDICES
from barometer.indices.cluster import segregation_on_spark
from tests.scale.cases import groups_of, largest_difference, report, towns


def main() -> None:
    """Print how far Spark is from Python, or what is lacking."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        print("  pyspark is not installed (pip install pyspark, and a Java): nothing was compared")
        return
    spark = (
        SparkSession.builder.master("local[2, 4]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    frame = towns()
    try:
        found = {}
        with tempfile.TemporaryDirectory() as folder:
            frame.to_csv(f"{folder}/areas.csv", index=False)
            rows = spark.read.csv(f"{folder}/areas.csv", header=True, inferSchema=True).cache()
            rows.count()
        rows.createOrReplaceTempView("areas")
        for index in SQL_INDICES:
            answer = segregation_on_spark(
                spark,
                table="areas",
                groups=groups_of(index),
                indices=[index],
                container="place",
                land="land" if index == "delta" else None,
            )
            found[index] = largest_difference(index, answer[index], frame)
    finally:
        spark.stop()
    report("Spark", found)


if __name__ == "__main__":
    sys.exit(main())
