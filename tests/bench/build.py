"""Time and peak memory of the pipeline on the made-up country, as `make run` runs it."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from barometer.pointer import current_snapshot

COUNTED = ("observations", "indicator_values", "index_values")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: wall and processor seconds, and the most memory with its workers."""

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
        with tempfile.TemporaryDirectory() as other, emulator(etl) as address:
            polite = [*etl, "refresh", "--api", address, "--geodata", "none", "--data-dir", other]
            costs["refresh within limits"] = cost(polite)
            costs["the same, nothing new"] = cost(polite)
        first = costs["refresh, first"].seconds
        print(f"{'':26}{'seconds':>9}{'of first':>9}{'CPU s':>9}{'peak MB':>9}")
        for name, spent in costs.items():
            print(
                f"{name:26}{spent.seconds:9.1f}{spent.seconds / first:9.2f}"
                f"{spent.processor_seconds:9.1f}{spent.peak_mb:9.0f}"
            )
        print(*sizes(data_dir), sep="\n")


@contextmanager
def emulator(etl: list[str]) -> Iterator[str]:
    """The made-up country behind SCB's limits, 30 calls in 10 seconds; gives its address."""
    command = [*etl, "emulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            yield next(word for word in line.split() if word.startswith("http://"))
        finally:
            server.terminate()


def cost(command: list[str]) -> Cost:
    """Run a command in silence and say what it took; raises when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    held = Held(process.pid)
    held.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    spent = time.perf_counter() - start
    peak = max(held.peak_mb, usage.ru_maxrss / memory_unit())
    return Cost(spent, usage.ru_utime + usage.ru_stime, peak)


class Held(threading.Thread):
    """Watches how much memory a process and its children hold together, where Linux tells."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak_mb = 0.0

    def run(self) -> None:
        """Until the process has ended."""
        while (held := sum(map(resident_mb, family(self._pid)))) > 0:
            self.peak_mb = max(self.peak_mb, held)
            time.sleep(0.2)


def family(pid: int) -> list[int]:
    """A process and all that it has started."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return [pid]
    return [pid, *(found for child in text.split() for found in family(int(child)))]


def resident_mb(pid: int) -> float:
    """What a process holds of memory now; 0 when it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


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
