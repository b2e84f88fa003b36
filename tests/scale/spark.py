"""Every index as SQL on a Spark of two workers, one of which is killed at work.

A master and two workers are started as programs of their own, each worker with an executor that
keeps half of the rows and of what is sorted between them. The worker and its executor go at once,
as when a machine does.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from barometer.indices import SQL_INDICES
from barometer.indices.cluster import segregation_on_spark
from tests.scale.cases import groups_of, largest_difference, report, towns
from tests.scale.packages import installed

SPARK = "pyspark==4.3.0"
TOWNS, AREAS, PARTITIONS = 2_000, 50, 16
LOST_AFTER = 3  # indices answered by both workers


def main() -> None:
    """Print how far Spark is from Python, or what is lacking."""
    if shutil.which("java") is None:
        print("  Spark needs a Java 17 or newer on the path: nothing was compared")
        return
    folder = installed(SPARK)
    if folder is None:
        return
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
    frame = towns(TOWNS, AREAS)
    with tempfile.TemporaryDirectory() as work, _cluster(folder / "pyspark", Path(work)) as cluster:
        address, workers = cluster
        frame.to_csv(f"{work}/areas.csv", index=False)
        spark = _session(address)
        try:
            found, left = _differences(spark, f"{work}/areas.csv", frame, workers)
        finally:
            spark.stop()
    print(f"  {len(frame):,} areas in {TOWNS:,} containers; one of two workers was killed")
    report("Spark", found)
    if left != 1:
        sys.exit(f"{left} executors at the end: no worker was lost")


def _differences(
    spark: Any, path: str, frame: pd.DataFrame, workers: list[subprocess.Popen[bytes]]
) -> tuple[dict[str, float], int]:
    """The distance from Python by index, and how many executors there are at the end."""
    rows = spark.read.csv(path, header=True, inferSchema=True).repartition(PARTITIONS).cache()
    rows.createOrReplaceTempView("areas")
    rows.count()
    _wait(lambda: _executors(spark) == 2, "two executors")
    found = {}
    lost = threading.Thread(target=_lose, args=(spark, workers[0]))
    for number, index in enumerate(SQL_INDICES):
        if number == LOST_AFTER:
            lost.start()
        answer = segregation_on_spark(
            spark,
            table="areas",
            groups=groups_of(index),
            indices=[index],
            container="place",
            land="land" if index == "delta" else None,
        )
        found[index] = largest_difference(index, answer[index], frame)
    lost.join()
    return found, _executors(spark)


def _lose(spark: Any, worker: subprocess.Popen[bytes]) -> None:
    """End a worker and its executor when some tasks of a stage are done and others are not."""
    tracker = spark.sparkContext.statusTracker()

    def at_work() -> bool:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return any(s and 0 < s.numCompletedTasks < s.numTasks for s in stages)

    _wait(at_work, "a stage at work", pause=0.002)
    os.killpg(worker.pid, signal.SIGKILL)
    _wait(lambda: _executors(spark) == 1, "the driver to see it")


def _executors(spark: Any) -> int:
    return int(spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1


def _session(address: str) -> Any:
    from pyspark.sql import SparkSession

    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(PARTITIONS),
        "spark.sql.adaptive.enabled": "false",  # it would make one task of these few rows
        "spark.executor.cores": "1",
        "spark.executor.memory": "1g",
        "spark.log.level": "FATAL",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    return SparkSession.builder.master(address).config(map=options).getOrCreate()


@contextlib.contextmanager
def _cluster(home: Path, folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A master and two workers on the loopback, each with what it starts a group of processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"spark://127.0.0.1:{port}"
    own = ("--host", "127.0.0.1", "--webui-port", "0")
    started = []
    try:
        started.append(_started(home, folder, "master.Master", *own, "--port", str(port)))
        _wait(lambda: _listens(port), "the master")
        for _ in range(2):
            each = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / "work"), address)
            started.append(_started(home, folder, "worker.Worker", *own, *each))
        yield address, started[1:]
    finally:
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _started(home: Path, folder: Path, part: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m"}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{part}", *arguments],
            env=environment | {"SPARK_LOCAL_IP": "127.0.0.1"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _listens(port: int) -> bool:
    with socket.socket() as other:
        return other.connect_ex(("127.0.0.1", port)) == 0


def _wait(met: Any, what: str, *, pause: float = 0.1, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} s for {what}")
        time.sleep(pause)


if __name__ == "__main__":
    sys.exit(main())
