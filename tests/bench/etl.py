"""ETL rows per second through the emulator as a real server: ours, and pxwebpy's."""

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pandas as pd
import pxweb

from barometer.catalogue import Need
from etl.emulator.limits import NO_LIMITS
from etl.emulator.server import serve
from etl.emulator.shelf import SourceTable
from etl.fetch.bronze import Bronze
from etl.fetch.collection import fetch_tables
from etl.fetch.parse import parse_dataset
from etl.fetch.plan import DataRequest, split_request
from etl.fetch.scb import Client

TABLE = "TAB6574"
AGES = ("totalt", *(f"{n}-{n + 4}" for n in range(0, 85, 5)))
SEXES = ("1", "2", "1+2")
YEARS = tuple(range(2018, 2024))  # as many cells as a whole table has at DeSO level
DESOS = 5_984  # DeSO 2018: one division, so that both clients ask for exactly the same cells
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class OneTable:
    """A source of one table as large as SCB's at DeSO level."""

    kept: SourceTable
    synthetic: bool = True

    def summaries(self) -> list[dict[str, Any]]:
        """The table's entry."""
        updated = self.kept.metadata["updated"]
        return [{"id": TABLE, "label": "Bench", "updated": updated, "variableNames": []}]

    def table(self, table_id: str) -> SourceTable:
        """The table, whatever it is called."""
        return self.kept if table_id == TABLE else {}[table_id]

    def code_lists(self) -> dict[str, dict[str, Any]]:
        """None."""
        return {}


def main() -> None:
    """Fetch the same cells with both clients, best of a few rounds, and print the ratio."""
    codes = table_codes()
    cells = prod(len(values) for values in codes.values())
    with emulator() as address:
        work = {
            "ours": lambda: fetch_ours(address, cells),
            "theirs": lambda: fetch_pxwebpy(address, codes, cells),
            "server": lambda: fetch_bytes(address, codes),
        }
        rounds = [{name: seconds(each) for name, each in work.items()} for _ in range(ROUNDS)]
    ours, theirs, server = (min(r[name] for r in rounds) for name in work)
    print(f"etl: {cells:,} cells of one table through the emulator, limits off, best of {ROUNDS}")
    print(f"  ours     {cells / ours:>10,.0f} rows/s  {ours:6.2f} s  kept, checked and parsed")
    print(f"  pxwebpy  {cells / theirs:>10,.0f} rows/s  {theirs:6.2f} s  to a frame of codes")
    print(f"  ratio    {theirs / ours:.1f} (the server alone takes {server:.2f} s of each)")


def table_codes() -> dict[str, tuple[str, ...]]:
    """The codes of the bench's table: every DeSO 2018 by number, 18 ages, three sexes."""
    return {
        "Region": tuple(f"{101 + n // 100:04d}A{n % 100:03d}0" for n in range(DESOS)),
        "Alder": AGES,
        "Kon": SEXES,
        "ContentsCode": ("000007Y7",),
        "Tid": tuple(str(year) for year in YEARS),
    }


def build_table() -> SourceTable:
    """The table: made-up counts, one cell in a hundred missing."""
    codes = table_codes()
    size = [len(values) for values in codes.values()]
    random = np.random.default_rng(2026)
    values = random.integers(0, 3_000, size).astype(float)
    values[random.random(size) < 0.01] = np.nan
    dimension = {
        name: {
            "label": name,
            "category": {
                "index": {code: place for place, code in enumerate(codes[name])},
                "label": {code: code for code in codes[name]},
            },
            "extension": {"elimination": False, "codelists": []},
        }
        for name in codes
    }
    dimension["ContentsCode"]["category"]["unit"] = {"000007Y7": {"base": "antal", "decimals": 0}}
    metadata = {
        "version": "2.0",
        "class": "dataset",
        "label": "Bench",
        "source": "Synthetic",
        "updated": "2026-01-01T07:00:00Z",
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(codes),
        "size": size,
        "dimension": dimension,
        "extension": {"px": {"tableid": TABLE, "decimals": 0}},
        "value": [],
    }
    return SourceTable(TABLE, metadata, values)


def fetch_ours(address: str, cells: int) -> None:
    """The pipeline's way: survey, download, keep, read back, parse."""
    codes = (("ContentsCode", ("000007Y7",)), ("Alder", AGES), ("Kon", SEXES))
    need = Need(TABLE, codes, ("deso",), YEARS, False)
    with tempfile.TemporaryDirectory() as folder, Client.connect(address) as client:
        bronze = Bronze(Path(folder))
        collection = fetch_tables(client, bronze, [need])
        frames = [parse_dataset(bronze.read(entry)) for entry in collection.tables[0].data]
    require(sum(map(len, frames)), cells)


def fetch_pxwebpy(address: str, codes: dict[str, tuple[str, ...]], cells: int) -> None:
    """The same cells by pxwebpy, with codes, as its documentation has it."""
    api = pxweb.PxApi(address, disable_cache=True)
    selection: dict[str, list[str] | str] = {name: list(values) for name, values in codes.items()}
    require(len(pd.DataFrame(api.get_table_data(TABLE, selection, show="code"))), cells)


def fetch_bytes(address: str, codes: dict[str, tuple[str, ...]]) -> None:
    """The same calls with nothing done to the answers: what the server itself takes."""
    with httpx.Client(timeout=60) as http:
        for part in split_request(DataRequest.of(TABLE, codes), max_cells=150_000):
            selection = [{"variableCode": n, "valueCodes": list(c)} for n, c in part.codes]
            url = f"{address}/tables/{TABLE}/data?lang=sv&outputFormat=json-stat2"
            http.post(url, json={"selection": selection}).raise_for_status()


def require(got: int, expected: int) -> None:
    """Stop a bench that would compare different amounts of work."""
    if got != expected:
        raise RuntimeError(f"{got} rows arrived where {expected} were asked for")


def seconds(work: Callable[[], None]) -> float:
    """How long some work takes by the wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def emulator() -> Iterator[str]:
    """The emulator in a process of its own; gives its address."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=serve_table, args=(there,))
    process.start()
    try:
        yield next(word for word in here.recv().split() if word.startswith("http://"))
    finally:
        process.terminate()
        process.join()


def serve_table(parent: Connection) -> None:
    """Serve the bench's table on a free port and tell the parent where."""
    serve(OneTable(build_table()), 0, limits=NO_LIMITS, say=parent.send)


if __name__ == "__main__":
    main()
