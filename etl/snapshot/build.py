"""Bronze and catalogue to a candidate snapshot: a pure function of its inputs."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from barometer.catalogue import CATALOGUE_DIR, CATALOGUE_FILES, Catalogue
from barometer.catalogue.signals import SIGNALS
from barometer.snapshot import schema_sql
from etl.fetch.bronze import Bronze, Collection
from etl.fetch.metadata import parse_metadata
from etl.geodata.boundaries import BoundarySource, Warn
from etl.geodata.places import insert_ground, insert_places, insert_squares
from etl.geodata.squares import read_squares
from etl.own.areas import NO_FILES, OwnDivision, OwnFiles, read_own_divisions
from etl.own.levels import insert_own_divisions, with_own
from etl.snapshot.contents import (
    insert_areas,
    insert_catalogue,
    insert_crosswalk,
    insert_layers,
    insert_lists,
    insert_local,
    insert_price_years,
    insert_snapshot,
    insert_sources,
)
from etl.snapshot.drawing import draw, encode, or_without_outlines
from etl.snapshot.indicators import build_group_counts, build_indicator, prepare
from etl.snapshot.lists import NO_LISTS, Lists
from etl.snapshot.observations import load_observations
from etl.snapshot.panels import IndexValues
from etl.snapshot.signals import build_signals
from etl.snapshot.sums import NO_CONTRACT, Contract
from etl.workers import load, open_workers

CANDIDATE: Final = "candidate.duckdb"
_MEMORY: Final = "2GB"
_THREADS: Final = 2

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a snapshot is made of."""

    collection: Collection
    bronze: Bronze
    boundaries: BoundarySource
    catalogue: Catalogue
    catalogue_dir: Path = CATALOGUE_DIR
    changes: tuple[tuple[str, str], ...] = ()
    contract: Contract = NO_CONTRACT
    places: Path | None = None
    towns: Path | None = None
    squares: Path | None = None
    ground: Path | None = None
    lists: Lists = NO_LISTS
    local: tuple[tuple[str, str], ...] = ()  # own entries of the catalogue: name and JSON
    own: OwnFiles = NO_FILES
    warn: Warn = field(default=lambda _: None, compare=False)

    @property
    def sha256(self) -> str:
        """Checksum over raw answers, boundaries, what lies beside them, and the catalogue."""
        digest = hashlib.sha256(self.collection.fingerprint.encode())
        digest.update(self.boundaries.fingerprint.encode())
        digest.update("".join(map("".join, self.changes)).encode())
        digest.update(repr(self.contract).encode())
        digest.update("".join(map("".join, self.local)).encode())
        digest.update(self.lists.fingerprint.encode())
        signals = self.catalogue_dir / SIGNALS
        given = (self.places, self.towns, self.squares, self.ground, signals)
        beside = [path for path in given if path and path.is_file()]
        digest.update(self.own.fingerprint.encode())
        files = (self.catalogue_dir / f"{name}.toml" for name in CATALOGUE_FILES)
        for path in (*beside, *files):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @property
    def cells(self) -> int:
        """How many figures the raw answers hold."""
        return sum(entry.cells for table in self.collection.tables for entry in table.data)


@dataclass(frozen=True, slots=True)
class Built:
    """A candidate that is ready to be checked; `seconds` by stage of the build."""

    path: Path
    snapshot_id: str
    seconds: dict[str, float]


def build_candidate(
    inputs: Inputs,
    *,
    directory: Path,
    built_at: datetime | None = None,
    progress: Progress,
    workers: Executor | None = None,
) -> Built:
    """Build directory/candidate.duckdb anew; `progress` hears (stage, done, of) as it goes.

    Without `workers` it opens and closes its own, if there is enough to do.

    A killed build leaves a file that the next build replaces; nothing published is touched.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / CANDIDATE
    for stale in directory.glob(f"{CANDIDATE}*"):
        stale.unlink()
    built_at = built_at or datetime.now(UTC)
    stages = _Stages(progress)
    with open_candidate(path) as con:
        con.execute(schema_sql())
        with nullcontext(workers) if workers else open_workers(cells=inputs.cells) as beside:
            _fill(con, inputs, workers=beside, stages=stages)
        snapshot_id = name_snapshot(inputs, built_at=built_at)
        insert_snapshot(
            con,
            inputs.collection,
            snapshot_id=snapshot_id,
            built_at=built_at,
            inputs_sha256=inputs.sha256,
        )
    return Built(path, snapshot_id, stages.seconds)


@contextmanager
def open_candidate(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that keeps to the memory of a small machine and spills beside the file."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "threads": str(_THREADS),
        "temp_directory": str(path.parent / "spill"),
        "preserve_insertion_order": "true",
    }
    con = duckdb.connect(str(path), config=config)
    try:
        yield con
        con.execute("CHECKPOINT")
    finally:
        con.close()


def name_snapshot(inputs: Inputs, *, built_at: datetime) -> str:
    """Date, origin and the first characters of the inputs' checksum."""
    return f"{built_at:%Y%m%d}-{inputs.collection.origin}-{inputs.sha256[:8]}"


class _Stages:
    """Names and times the stages of a build."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str, *, of: int = 1) -> Iterator[Callable[[object], None]]:
        """One stage of `of` steps; call the given function after each step."""
        done, started = 0, time.monotonic()

        def step(_: object) -> None:
            nonlocal done
            done += 1
            self._progress(name, done, of)

        self._progress(name, 0, of)
        yield step
        self.seconds[name] = time.monotonic() - started
        self._progress(name, of, of)


def _fill(
    con: duckdb.DuckDBPyConnection, inputs: Inputs, *, workers: Executor, stages: _Stages
) -> None:
    catalogue, tables = inputs.catalogue, inputs.collection.tables
    described = [
        parse_metadata(inputs.bronze.read(table.metadata), table_id=table.table_id)
        for table in tables
    ]
    origin = inputs.collection.origin
    drawing = workers.submit(draw, inputs.boundaries, described, origin=origin)
    workers.submit(load, "etl.snapshot.panels")  # by the other one, while nobody needs it
    with stages.stage("observations", of=len(tables)) as step:
        sources = tuple(catalogue.sources.values())
        load_observations(
            con,
            tables,
            bronze=inputs.bronze,
            sources=sources,
            sums=inputs.contract.sums,
            done=step,
        )
    insert_catalogue(con, catalogue)
    insert_local(con, inputs.local)
    insert_sources(con, catalogue, tables=tables, described=described)
    insert_price_years(con, inputs.contract, described)
    with stages.stage("boundaries"):
        drawn = drawing.result()
    for note in drawn.notes:
        inputs.warn(note)
    squares = read_squares(inputs.squares) if inputs.squares and inputs.own.paths else None
    own = read_own_divisions(inputs.own, drawn.areas, shapes=drawn.shapes, squares=squares)
    encoding = workers.submit(encode, drawn.areas, drawn.shapes)
    _derive(con, catalogue, areas=drawn.areas, own=own, workers=workers, stages=stages)
    insert_areas(con, drawn.areas)
    insert_lists(con, inputs.lists, shapes=drawn.shapes, areas=drawn.areas)
    with stages.stage("crosswalk"):
        or_without_outlines(
            lambda given: insert_crosswalk(con, boundaries=given, changes=inputs.changes),
            drawn.boundaries,
            warn=inputs.warn,
        )
    with stages.stage("signals"):
        build_signals(con, catalogue)
    with stages.stage("map layers"):
        insert_layers(con, encoding.result())
    insert_own_divisions(con, own, catalogue=catalogue)
    insert_ground(con, inputs.ground)
    insert_squares(con, inputs.squares)
    insert_places(con, inputs.towns, inputs.places, shapes=drawn.shapes, warn=inputs.warn)


def _derive(
    con: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    *,
    areas: pd.DataFrame,
    own: Sequence[OwnDivision],
    workers: Executor,
    stages: _Stages,
) -> None:
    """Indicators, and the indices of each grouping as soon as its counts are there."""
    groupings = catalogue.groupings
    with stages.stage("indices", of=len(groupings)) as measured:
        index_values = IndexValues(
            con, areas, perturbed=catalogue.perturbed, workers=workers, done=measured
        )
        with stages.stage("indicators", of=len(catalogue.indicators)) as step:
            prepare(con, with_own(areas, own))
            for grouping in groupings.values():
                if grouping.kind != "two-group":
                    build_group_counts(con, grouping)
                    index_values.add(grouping)
            for indicator in catalogue.indicators.values():
                build_indicator(con, indicator, catalogue=catalogue)
                if indicator.indicator_id in groupings:
                    index_values.add(groupings[indicator.indicator_id])
                step(indicator)
        index_values.finish()
