"""What tests share: the project's root, the whole made-up country, real figures, a browser."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from barometer.pointer import current_snapshot
from tests.browser.chromium import FLAGS, NAMES, find_chromium

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "real"
# What the country and its snapshot are made of: a change in any of these files builds them anew.
INGREDIENTS = ("barometer", "etl", "data/country", "requirements.lock")


@dataclass(frozen=True, slots=True)
class National:
    """The whole made-up country, built by the real pipeline: for reading only."""

    data_dir: Path
    snapshot: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the full country are slow, whoever writes them."""
    for item in items:
        if "national_snapshot" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real_dir() -> Path:
    """The folder of real SCB tables beside the project; skips where there is none."""
    if not REAL.is_dir():
        pytest.skip(f"needs real SCB tables, and ../{REAL.relative_to(ROOT.parent)} is not there")
    return REAL


@pytest.fixture(scope="session")
def national_snapshot(pytestconfig: pytest.Config) -> National:
    """Built once for each state of the code, shared by all workers and later runs."""
    shelf = pytestconfig.cache.mkdir("national")
    data_dir = shelf / fingerprint(ROOT)
    with FileLock(shelf / "building.lock"):
        if current_snapshot(data_dir / "published").path is None:
            for stale in shelf.glob("*/"):
                shutil.rmtree(stale)
            refresh("--synthetic", data_dir=data_dir)
    snapshot = current_snapshot(data_dir / "published").path
    assert snapshot is not None
    return National(data_dir, snapshot)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium with software rendering; fails where there is none."""
    found = find_chromium()
    if found is None:
        pytest.fail(f"no {NAMES[0]} on PATH: make test installs it or says how", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browsing(chromium: Browser) -> Iterator[BrowserContext]:
    """A Swedish reader's browser without history; remembers no cookies between tests."""
    context = chromium.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


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
