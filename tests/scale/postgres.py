"""Every index as SQL in a PostgreSQL of its own, made for the purpose and taken down after.

D, H, isolation and M may take 3 times the engine's own GROUP BY, as in DuckDB: seconds of the one
process that answers, the best of some runs, with memory for groups as a server for analysis has it.
"""

import csv
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import pandas as pd

from barometer.indices import SQL_INDICES, sql
from tests.scale.cases import groups_of, largest_difference, report, towns

ROWS, TIMES, MOST = 2_000_000, 5, 3
INDICES = ("dissimilarity", "information_theory", "isolation", "mutual_information")
PLAIN = "SELECT place, SUM(a), SUM(b) FROM {table} GROUP BY place"
LAYOUTS = {
    "of_21": "lpad((i / 21)::text, 7, '0')",  # areas a container, its code a text
    "of_2000": "i / 2000",  # and a number
}
SETTINGS = "SET max_parallel_workers_per_gather = 0; SET work_mem = '64MB';"
TICKS = (  # hundredths of a second of this process, in programs and in the system
    "SELECT split_part(stat, ' ', 14)::int + split_part(stat, ' ', 15)::int"
    " FROM pg_read_file('/proc/' || pg_backend_pid() || '/stat') AS stat;"
)


def main() -> None:
    """Print how far PostgreSQL is from Python, or what is lacking."""
    programs = _programs()
    if programs is None:
        print("  PostgreSQL's initdb, pg_ctl and psql are not installed: nothing was compared")
        return
    frame = towns()
    with tempfile.TemporaryDirectory() as folder:
        server = _Server(programs, Path(folder))
        try:
            server.start()
            columns = [f"{name} double precision" for name in frame.columns]
            server.run(f"CREATE TABLE areas ({', '.join(columns)})")
            server.run("COPY areas FROM STDIN CSV", frame.to_csv(index=False, header=False))
            found = {i: largest_difference(i, server.values(i), frame) for i in SQL_INDICES}
            slow = [index for layout in LAYOUTS for index in _slow(server, layout)]
        finally:
            server.stop()
    report("PostgreSQL", found)
    if slow:
        sys.exit(f"slower than promised: {', '.join(slow)}")


def _slow(server: "_Server", layout: str) -> list[str]:
    """The indices that break the promise in a layout, after a line with times for each."""
    if not Path("/proc/self/stat").exists():
        print(f"  {layout}: times are read from /proc, which this system lacks: not timed")
        return []
    server.run(
        f"CREATE TABLE {layout} AS SELECT {LAYOUTS[layout]} AS place, hashint4(i) & 255 AS a,"
        f" 200 + (hashint4(i + 1) & 2047) AS b FROM generate_series(0, {ROWS} - 1) AS i"
    )
    server.run(f"VACUUM ANALYZE {layout}")
    plain = server.seconds(PLAIN.format(table=layout))
    print(f"  {ROWS:,} rows {layout}: GROUP BY {plain:.2f} s", end="")
    times = {
        index: server.seconds(
            sql(index, table=layout, groups=["a", "b"], container="place", dialect="postgres")
        )
        / plain
        for index in INDICES
    }
    print("".join(f"; {index} {time:.1f} times" for index, time in times.items()), flush=True)
    return [f"{index} ({layout})" for index, time in times.items() if time > MOST]


def _programs() -> Path | None:
    """The folder of initdb, which Debian keeps off the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent, *folders] if found else folders
    return next((f for f in folders if (f / "initdb").exists() and (f / "psql").exists()), None)


class _Server:
    """A PostgreSQL in a folder, on a free port of 127.0.0.1."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # PostgreSQL refuses to run as root: another user owns the folder then.
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_user:
            shutil.chown(folder, "postgres")

    def start(self) -> None:
        data = str(self.folder / "data")
        self._call("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--encoding=UTF8")
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._call(
            "pg_ctl", "-D", data, "-l", str(self.folder / "log"), "-w", "-o", options, "start"
        )

    def stop(self) -> None:
        self._call(
            "pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop", check=False
        )

    def run(self, statement: str, rows: str = "") -> str:
        psql = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "--csv", "-q"]
        psql += ["-v", "ON_ERROR_STOP=1", "-c", statement]
        return self._call("psql", *psql, rows=rows)

    def seconds(self, query: str) -> float:
        """Of the processor, to answer and write the answer nowhere: the best of some runs."""
        copy = f"COPY ({query}) TO '/dev/null';"
        answers = self.run(f"{SETTINGS} {TICKS}" + f"{copy} {TICKS}" * TIMES).split()
        ticks = [int(word) for word in answers if word.isdecimal()]
        return min(b - a for a, b in pairwise(ticks)) / os.sysconf("SC_CLK_TCK")

    def values(self, index: str) -> "pd.Series[float]":
        land = "land" if index == "delta" else None
        query = sql(
            index,
            table="areas",
            groups=groups_of(index),
            container="place",
            land=land,
            dialect="postgres",
        )
        rows = list(csv.reader(io.StringIO(self.run(query))))[1:]
        values = {float(place): float(value) if value else float("nan") for place, value in rows}
        return pd.Series(values)

    def _call(self, program: str, *arguments: str, rows: str = "", check: bool = True) -> str:
        command = [*self.as_user, str(self.programs / program), *arguments]
        captured = program != "pg_ctl"  # the server would keep the pipe open
        run = subprocess.run(
            command,
            input=rows,
            text=True,
            check=False,
            cwd=self.folder,
            stdout=subprocess.PIPE if captured else subprocess.DEVNULL,
            stderr=subprocess.PIPE if captured else subprocess.DEVNULL,
        )
        if check and run.returncode:
            raise SystemExit(f"{program} failed: {run.stderr or 'see its log'}")
        return run.stdout or ""


if __name__ == "__main__":
    main()
