"""The real pipeline, run as an operator runs it, for tests that need what it makes."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from barometer.pointer import current_snapshot

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".pytest_cache" / "national"
# What the country and its snapshot are made of: a change in any of these files builds them anew.
INGREDIENTS = (
    *("barometer/catalogue", "barometer/indices", "barometer/divisions.py"),
    *("barometer/sources.toml", "barometer/indicators.toml", "barometer/groupings.toml"),
    *("barometer/schema.sql", "etl", "data/country", "requirements.lock"),
)


@dataclass(frozen=True, slots=True)
class National:
    """The whole made-up country, built by the real pipeline: for reading only."""

    data_dir: Path
    snapshot: Path


def national(shelf: Path) -> National:
    """Built once for each state of the code, whoever asks, at the same time or later."""
    data_dir = shelf / fingerprint(ROOT)
    shelf.mkdir(parents=True, exist_ok=True)
    with FileLock(shelf / "building.lock"):
        if current_snapshot(data_dir / "published").path is None:
            for stale in shelf.glob("*/"):
                shutil.rmtree(stale)
            refresh("--synthetic", data_dir=data_dir)
    snapshot = current_snapshot(data_dir / "published").path
    assert snapshot is not None
    return National(data_dir, snapshot)


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
