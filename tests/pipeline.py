"""The real pipeline, run as an operator runs it, for tests that need what it makes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import geopandas as gpd
import httpx
from filelock import FileLock

from barometer.catalogue import load_catalogue
from barometer.pointer import current_snapshot
from etl.emulator.app import create_emulator
from etl.emulator.limits import NO_LIMITS
from etl.emulator.shelf import TableSource
from etl.fetch.bronze import Bronze
from etl.fetch.collection import fetch_tables
from etl.fetch.scb import Client
from etl.publish.publishing import publish
from etl.snapshot.build import Inputs, build_candidate

ROOT = Path(__file__).resolve().parents[1]
YEARS = range(2021, 2025)
API = "http://emulator/api/v2"  # in this process: nothing is sent anywhere
# make test names another folder where the clone itself cannot be written.
KEPT = ROOT / os.environ.get("TEST_CACHE", ".pytest_cache")
CACHE, REAL_CACHE = KEPT / "national", KEPT / "real"
# What the country and its snapshot are made of: a change in any of these files builds them anew.
INGREDIENTS = (
    *("barometer/catalogue", "barometer/indices", "barometer/areas"),
    *("barometer/signals", "barometer/signals.toml", "barometer/divisions.py"),
    *("barometer/sources.toml", "barometer/indicators.toml", "barometer/groupings.toml"),
    *("barometer/schema.sql", "etl", "data/country", "data/sweden", "requirements.lock"),
)


@dataclass(frozen=True, slots=True)
class FrameBoundaries:
    """Boundaries that are at hand."""

    fingerprint: str
    frame: gpd.GeoDataFrame

    def read(self, _warn: object = None, _expected: object = ()) -> gpd.GeoDataFrame:
        """The frame itself."""
        return self.frame


@dataclass(frozen=True, slots=True)
class National:
    """The whole made-up country, built by the real pipeline: for reading only."""

    data_dir: Path
    snapshot: Path


def national(shelf: Path) -> National:
    """Built once for each state of the code, whoever asks, at the same time or later.

    The last years are enough for what is asked of it; `make bench BENCH=build` builds all of them.
    """
    data_dir = shelf / fingerprint(ROOT)
    years = f"{YEARS[0]}-{YEARS[-1]}"
    once(data_dir, lambda: refresh("--synthetic", "--years", years, data_dir=data_dir))
    snapshot = current_snapshot(data_dir / "published").path
    assert snapshot is not None
    return National(data_dir, snapshot)


def once(data_dir: Path, publish_there: Callable[[], object]) -> None:
    """Publish into a folder unless that is done; whoever comes meanwhile waits.

    Other folders beside it, of an older code or an earlier run, are removed.
    """
    shelf = data_dir.parent
    shelf.mkdir(parents=True, exist_ok=True)
    with FileLock(shelf / "building.lock"):
        if current_snapshot(data_dir / "published").path is None:
            for stale in shelf.glob("*/"):
                shutil.rmtree(stale)
            publish_there()


def fingerprint(root: Path) -> str:
    """Checksum over everything that the snapshot is made of."""
    total = sha256()
    for path in sorted(_files(root)):
        total.update(path.relative_to(root).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _files(root: Path) -> Iterator[Path]:
    for name in INGREDIENTS:
        found = [root / name] if (root / name).is_file() else (root / name).rglob("*")
        yield from (p for p in found if p.is_file() and "__pycache__" not in p.parts)


def refresh(*arguments: str, data_dir: Path) -> str:
    """Run the pipeline as an operator does and give back what it said; fails with its words."""
    command = [sys.executable, "-m", "etl", "refresh", "--data-dir", str(data_dir), *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(
            f"{' '.join(command)} ended with {run.returncode}:\n{run.stderr[-30000:]}"
        )
    return run.stdout + run.stderr


def small_pipeline(
    source: TableSource, *, boundaries: gpd.GeoDataFrame, catalogue_dir: Path, data_dir: Path
) -> Path:
    """The steps of a refresh in this process, for a country and a catalogue of a test's own.

    Checks that ask for the whole country are left out. Gives the published snapshot.
    """
    catalogue = load_catalogue(catalogue_dir)
    bronze = Bronze(data_dir / "bronze")
    app = create_emulator(source, limits=NO_LIMITS)
    with Client.connect(API, transport=httpx.WSGITransport(app=app)) as client:
        collection = fetch_tables(client, bronze, catalogue.needs())
    inputs = Inputs(
        collection, bronze, FrameBoundaries("small", boundaries), catalogue, catalogue_dir
    )
    built = build_candidate(inputs, directory=data_dir / "candidate", progress=silence)
    return publish(built.path, published_dir=data_dir / "published", snapshot_id=built.snapshot_id)


def silence(_stage: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""
