"""Time and peak memory of the pipeline on the made-up country, as `make run` runs it."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from barometer.pointer import current_snapshot

COUNTED = ("observations", "indicator_values", "index_values")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: wall and processor seconds, and the most memory of one process."""

    seconds: float
    processor_seconds: float
    peak_mb: float


def main() -> None:
    """Refresh an empty folder, then again with nothing new, then build anew from kept answers."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        etl = [sys.executable, "-m", "etl"]
        refresh = [*etl, "refresh", "--synthetic", "--data-dir", folder]
        costs = {
            "refresh, first": cost(refresh),
            "refresh, nothing new": cost(refresh),
            "build from kept answers": cost([*etl, "build", "--data-dir", folder]),
        }
        first = costs["refresh, first"].seconds
        print(f"{'':26}{'seconds':>9}{'of first':>9}{'CPU s':>9}{'peak MB':>9}")
        for name, spent in costs.items():
            print(
                f"{name:26}{spent.seconds:9.1f}{spent.seconds / first:9.2f}"
                f"{spent.processor_seconds:9.1f}{spent.peak_mb:9.0f}"
            )
        print(*sizes(data_dir), sep="\n")


def cost(command: list[str]) -> Cost:
    """Run a command in silence and say what it took; raises when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    spent = time.perf_counter() - start
    return Cost(spent, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / memory_unit())


def memory_unit() -> float:
    """How many of the system's units of ru_maxrss are a megabyte: Linux counts kB, macOS bytes."""
    return 1e6 if sys.platform == "darwin" else 1e3


def sizes(data_dir: Path) -> list[str]:
    """The snapshot's rows and bytes, in lines."""
    path = current_snapshot(data_dir / "published").path
    if path is None:
        return ["no snapshot was published"]
    with duckdb.connect(str(path), read_only=True) as con:
        rows = {table: con.table(table).count("*").fetchall()[0][0] for table in COUNTED}
    raw = sum(file.stat().st_size for file in (data_dir / "bronze").rglob("*") if file.is_file())
    return [
        f"snapshot {path.stat().st_size / 1e6:.0f} MB, raw answers {raw / 1e6:.0f} MB",
        *(f"{table} {count:,} rows" for table, count in rows.items()),
    ]


if __name__ == "__main__":
    main()
