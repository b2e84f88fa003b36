"""A hundred million areas in one table: each index as SQL beside the plain GROUP BY.

At most 3 times its time for D, H, isolation and M, 12 for Gini, which sorts. Time is that of all
processors together, the best of three runs: what rows for each second and core come from.
"""

import os
import resource
import sys
import time

import duckdb
import numpy as np
import pandas as pd

from barometer.indices import segregation, sql

ROWS, A_CONTAINER, THREADS = int(os.environ.get("ROWS", "100_000_000")), 2_000, 2
MEMORY = "6GB"
MOST = {
    "dissimilarity": 3,
    "information_theory": 3,
    "isolation": 3,
    "mutual_information": 3,
    "gini": 12,
}
TOLERANCE = 1e-9
PLAIN = "SELECT place, SUM(a), SUM(b) FROM areas GROUP BY place"


def main() -> None:
    """Print rows per second and core; fails when an index is slower or differs from Python."""
    database = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
    database.execute(
        "CREATE TABLE areas AS SELECT CAST(i // ? AS INTEGER) AS place, CAST(hash(i) % 300 AS"
        " INTEGER) AS a, CAST(200 + hash(i + 1) % 2000 AS INTEGER) AS b FROM range(?) AS r(i)",
        [A_CONTAINER, ROWS],
    )
    plain = _seconds(database, PLAIN, times=5)[0]
    print(f"{ROWS:,} rows in {-(-ROWS // A_CONTAINER):,} containers, {THREADS} cores, {MEMORY}")
    print(f"  {'':24}{'seconds':>9}{'times GROUP BY':>16}{'rows/s/core':>14}{'difference':>12}")
    print(f"  {'GROUP BY':24}{plain:9.2f}{1:16.1f}{ROWS / plain:14,.0f}")
    slow = []
    for index, most in MOST.items():
        query = sql(index, table="areas", groups=["a", "b"], container="place")
        seconds, answer = _seconds(database, query)
        difference = _difference(database, answer, index)
        print(f"  {index:24}{seconds:9.2f}{seconds / plain:16.1f}", end="")
        print(f"{ROWS / seconds:14,.0f}{difference:12.1e}", flush=True)
        slow += [index] if seconds > most * plain or difference > TOLERANCE else []
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")
    _print_pysal()
    if slow:
        sys.exit(f"slower than promised, or different: {', '.join(slow)}")


def _seconds(
    database: duckdb.DuckDBPyConnection, query: str, *, times: int = 3
) -> tuple[float, pd.DataFrame]:
    """Processor seconds of the best run, and the answer."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        answer = database.execute(query).df()
        best = min(best, time.process_time() - start)
    return best, answer


def _difference(database: duckdb.DuckDBPyConnection, answer: pd.DataFrame, index: str) -> float:
    """The largest distance from the Python engine among some containers."""
    some = np.random.default_rng(1).choice(answer["container"], min(50, len(answer)), replace=False)
    rows = database.execute(
        "SELECT * FROM areas WHERE place IN (SELECT unnest(?))", [some.tolist()]
    )
    frame = rows.df()
    right = segregation(frame[["a", "b"]], frame["place"].tolist(), (index,))[index]
    return float((answer.set_index("container").loc[right.index, index] - right).abs().max())


def _print_pysal() -> None:
    """D of 200 containers by PySAL, scaled to all rows."""
    try:
        from segregation.singlegroup import Dissim
    except ImportError:
        print("  PySAL is not installed: nothing to extrapolate from")
        return
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"x": rng.integers(0, 300, A_CONTAINER)})
    frame["t"] = frame["x"] + rng.integers(200, 2_200, A_CONTAINER)
    start = time.perf_counter()
    for _ in range(200):
        Dissim(frame, group_pop_var="x", total_pop_var="t")
    seconds = (time.perf_counter() - start) / (200 * A_CONTAINER) * ROWS
    print(f"  PySAL, D alone, extrapolated to all rows: {seconds:,.0f} s on one core")


if __name__ == "__main__":
    main()
