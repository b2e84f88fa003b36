"""Every section of every page on real figures, at addresses from a seed."""

from pathlib import Path

import pytest

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from tests.addresses import Words, faults, live_pages

N = 6  # addresses of each page; make bench BENCH=fuzz has more


@pytest.fixture(scope="module")
def context(real_data: Path) -> Context:
    settings = Settings.from_env({"DATA_DIR": str(real_data)})
    return Context(settings, Store(settings.published_dir), load_catalogue())


@pytest.mark.parametrize("path", sorted(live_pages()))
def test_every_section_can_be_made(context: Context, path: str) -> None:
    found = faults(live_pages()[path], context, words=Words.of(context), n=N, seed=11)
    assert list(found) == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/segregation", "?area=1280,0180&grouping=tenure"),  # the first has no figures
        ("/plats", "?area=1480C2460&year=2020"),  # nor has the place in that year
    ],
)
def test_a_place_without_figures_is_told(context: Context, path: str, query: str) -> None:
    page = live_pages()[path]
    with context.reader(query) as reader:
        state = page.resolve(context, reader, query)
        assert page.body(state)
        made = [box.fill(state) for box in page.boxes]
        assert any(made)
