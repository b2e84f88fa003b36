"""The map page at DeSO level: its first load, and a change of year beside a page that sends Plotly.

The alternative is what a Dash page does by itself: a callback whose answer is the whole figure,
here Plotly's choropleth_map of the same values and geometry, compressed as our answers are.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import brotli
import httpx
import orjson
import plotly.graph_objects as go
from playwright.sync_api import Page, sync_playwright

from barometer.ui import ids
from tests.bench.wire import Wire, counting
from tests.browser.chromium import FLAGS, find_chromium
from tests.pipeline import CACHE, national
from tests.server import serving

INDICATOR = "low_standard_children"
YEARS = (2024, 2023, 2022, 2021, 2020, 2019, 2018, 2017, 2016, 2015)
PACKED = {"Accept-Encoding": "br"}
QUALITY = 4  # of brotli, as for our own answers
SHOWN = "(query) => document.getElementById(query.id)?.dataset.shown?.includes(query.year)"


@dataclass(frozen=True, slots=True)
class Change:
    """One way to show another year: bytes sent, and milliseconds the server needs."""

    name: str
    sent: float
    milliseconds: float


def main() -> None:
    """Serve the made-up country and measure."""
    with serving(national(CACHE).data_dir) as address:
        with counting(address) as wire:
            in_browser(wire)
        ours, theirs = changes(address)
    print(f"\n{'a change of year':44}{'kB':>9}{'ratio':>8}{'server ms':>11}{'ratio':>8}")
    for way in (ours, theirs):
        print(
            f"{way.name:44}{way.sent / 1e3:9.1f}{way.sent / ours.sent:8.1f}"
            f"{way.milliseconds:11.1f}{way.milliseconds / ours.milliseconds:8.1f}"
        )


def query(year: int, *, method: str = "quantiles") -> str:
    """The address of the map page's view."""
    return f"?indicator={INDICATOR}&level=deso&year={year}&method={method}"


def in_browser(wire: Wire) -> None:
    """The first load and the changes after it, in Chromium with software rendering."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        page = browser.new_page()
        loaded = seconds(lambda: open_page(page, wire.address))
        first = settled(wire)
        divided = seconds(lambda: change(page, YEARS[1]))  # other areas: geometry is sent, once
        other = settled(wire) - first
        taken = [seconds(lambda year=year: change(page, year)) for year in YEARS[2:]]
        later = (settled(wire) - other - first) / len(taken)
        browser.close()
    print(f"{'in Chromium, software rendering':36}{'kB':>9}{'ms':>9}")
    for name, sent, spent in (
        ("first load, until the map is drawn", first, loaded),
        ("first year of the other division", other, divided),
        ("a change of year (median)", later, median(taken)),
    ):
        print(f"{name:36}{sent / 1e3:9,.1f}{spent * 1e3:9,.0f}")


def open_page(page: Page, address: str) -> None:
    """Until the map shows the first year."""
    page.goto(f"{address}/karta{query(YEARS[0])}")
    page.wait_for_function(SHOWN, arg={"id": ids.MAP_CANVAS, "year": f"year={YEARS[0]}"})


def change(page: Page, year: int) -> None:
    """Move the year's slider, until the map shows it."""
    page.evaluate(
        "([id, value]) => window.dash_clientside.set_props(id, {value})", [ids.MAP_YEAR, year]
    )
    page.wait_for_function(SHOWN, arg={"id": ids.MAP_CANVAS, "year": f"year={year}"})


def settled(wire: Wire) -> int:
    """The bytes received, once no more come."""
    before = -1
    while before != wire.received:
        before = wire.received
        time.sleep(1)
    return before


def changes(address: str) -> tuple[Change, Change]:
    """Ours as served, and the whole figure as a callback would send it."""
    with httpx.Client(base_url=address, headers=PACKED, trust_env=False) as client:
        view = client.get(f"/values{query(YEARS[0])}").json()
        geometry = client.get(view["layer"]["url"]).json()
        # A method of classes that nobody has asked for yet, so that no answer is ready.
        sizes, times = measure(lambda year: fetch(client, f"/values{query(year, method='jenks')}"))
        again, kept = measure(lambda year: fetch(client, f"/values{query(year, method='jenks')}"))
        assert again == sizes
        print(f"\nserver, answer ready    {median(kept) * 1e3:9.1f} ms")
        figures, building = measure(lambda year: figure(client, geometry, year))
    return (
        Change("values only (ours, answer not ready)", median(sizes), median(times) * 1e3),
        Change("whole figure (Plotly choropleth_map)", median(figures), median(building) * 1e3),
    )


def measure(way: Callable[[int], tuple[int, float]]) -> tuple[list[int], list[float]]:
    """Bytes and seconds of a way, year by year."""
    pairs = [way(year) for year in YEARS]
    return [sent for sent, _ in pairs], [spent for _, spent in pairs]


def fetch(client: httpx.Client, address: str) -> tuple[int, float]:
    """Bytes on the wire of an answer and the seconds until it was there, network and all."""
    start = time.perf_counter()
    with client.stream("GET", address) as response:
        response.raise_for_status()
        for _ in response.iter_raw():
            pass
        return response.num_bytes_downloaded, time.perf_counter() - start


def figure(client: httpx.Client, geometry: dict[str, Any], year: int) -> tuple[int, float]:
    """Bytes of a compressed figure and the seconds to make it, its values being at hand."""
    values = client.get(f"/values{query(year)}").json()["values"]
    start = time.perf_counter()
    trace = go.Choroplethmap(geojson=geometry, locations=list(range(len(values))), z=values)
    body = orjson.dumps(go.Figure(trace).to_plotly_json(), option=orjson.OPT_SERIALIZE_NUMPY)
    packed = brotli.compress(body, quality=QUALITY)
    return len(packed), time.perf_counter() - start


def seconds(work: Callable[[], None]) -> float:
    """How long some work takes by the wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
