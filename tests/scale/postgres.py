"""Every index as SQL in a PostgreSQL of its own, made for the purpose and taken down after."""

import csv
import io
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pandas as pd

from barometer.indices import SQL_INDICES, sql
from tests.scale.cases import groups_of, largest_difference, report, towns


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
        finally:
            server.stop()
    report("PostgreSQL", found)


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
