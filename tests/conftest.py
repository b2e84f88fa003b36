"""What tests share: the project's root, the whole made-up country, real figures, a browser."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chromium import FLAGS, NAMES, find_chromium
from tests.pipeline import (
    CACHE,
    KEPT,
    REAL_CACHE,
    ROOT,
    National,
    fingerprint,
    national,
    once,
    refresh,
)

# Where the clone itself cannot be written, what it has found is kept beside the rest.
set_hypothesis_home_dir(KEPT / "hypothesis")
# A run asks what the run before asked: who changed nothing sees nothing else. Chance has its place
# in the benchmarks, which print their seed; a loaded machine is no fault.
settings.register_profile("seeded", derandomize=True, deadline=None)
settings.load_profile("seeded")

REAL = ROOT / "data" / "sweden"


# What a test asks for says what kind it is.
KINDS = {"national_snapshot": "slow", "real_dir": "real", "chromium": "browser", "machines": "slow"}
COUNTRIES = {"national_snapshot", "real_dir"}


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in KINDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(KINDS[fixture])
    turns = _turns(items)
    items.sort(key=lambda item: turns[item.path])


def _turns(items: list[pytest.Item]) -> dict[Path, int]:
    """When each file begins: what takes long first, so that no worker is left alone with it.

    Whoever needs the country waits until it is built. So one file for each of the two begins, those
    that drive a browser over small ones follow, and the others come when it is there.
    """
    needs: dict[Path, set[str]] = {}
    for item in items:
        wanted = {*getattr(item, "fixturenames", ()), *(mark.name for mark in item.iter_markers())}
        needs.setdefault(item.path, set()).update(wanted & {*KINDS, *KINDS.values()})
    builders = [next((p for p in needs if kind in needs[p]), None) for kind in COUNTRIES]

    def turn(path: Path) -> int:
        if path in builders or not needs[path]:
            return 0 if path in builders else 3
        return 1 if "chromium" in needs[path] and not needs[path] & COUNTRIES else 2

    return {path: turn(path) for path in needs}


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Two processes more than there are cores: many tests wait, for servers and for browsers."""
    cores = yield
    return cores + 2


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    """A file that a test writes to where it happens to run is soon committed with the rest."""
    before = _in_the_top_folder()
    yield
    assert _in_the_top_folder() - before == set()


def _in_the_top_folder() -> set[str]:
    """What lies beside README but for hidden folders of tools and what is built."""
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    return names - {"htmlcov", "build", "dist"} - {n for n in names if n.endswith(".egg-info")}


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real_dir() -> Path:
    """The extract of SCB's tables that comes with the project."""
    return REAL


@pytest.fixture(scope="session")
def national_snapshot() -> National:
    """Built once for each state of the code, shared by all workers and later runs."""
    return national(CACHE)


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


@pytest.fixture(scope="session")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """A Swedish reader's browser; what it has loaded and compiled once serves all tests."""
    context = chromium.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def browsing(profile: BrowserContext) -> Iterator[BrowserContext]:
    """The browser as somebody new finds it: no page is open, no site remembers anything."""
    yield profile
    for page in profile.pages:
        page.evaluate("location.origin !== 'null' && localStorage.clear()")
        page.close()
    profile.clear_cookies()
    profile.clear_permissions()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The data folder as `make run` leaves it, built once for each state of the code."""
    data_dir = REAL_CACHE / fingerprint(ROOT)
    once(data_dir, lambda: refresh("--from", "data/sweden", data_dir=data_dir))
    return data_dir
