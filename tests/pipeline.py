"""The real pipeline, run as an operator runs it, for tests that need what it makes."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What the country and its snapshot are made of: a change in any of these files builds them anew.
INGREDIENTS = ("barometer", "etl", "data/country", "requirements.lock")


@dataclass(frozen=True, slots=True)
class National:
    """The whole made-up country, built by the real pipeline: for reading only."""

    data_dir: Path
    snapshot: Path


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
        kept = ("__pycache__", "ui")  # what a running site shows is no ingredient
        yield from (p for p in found if p.is_file() and not set(kept) & set(p.parts))


def refresh(*arguments: str, data_dir: Path) -> str:
    """Run the pipeline as an operator does and give back what it said; fails with its words."""
    command = [sys.executable, "-m", "etl", "refresh", "--data-dir", str(data_dir), *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.fail(f"{' '.join(command[1:])} ended with {run.returncode}:\n{run.stderr[-4000:]}")
    return run.stdout + run.stderr
