"""What is felt: first sights of Karta and Plats, and changes of the map beside Plotly's.

The map is that of DeSO, which is the largest. Karta's first sight is the picture that stands until
the live map is there, and the bytes are those of all that had come by then.

Times on the screen are those of `screen`; what the server needs is measured apart from them.
The alternative is what a Dash page does by itself: a callback whose answer is the whole figure,
here Plotly's choropleth_map of the same values and geometry, compressed as our answers are.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import brotli
import httpx
import orjson
import plotly.graph_objects as go
from playwright.sync_api import Browser

from tests.bench.screen import choose, chromium, load, plotly_changes, reader, seen, step
from tests.bench.wire import Wire, counting
from tests.pipeline import CACHE, national
from tests.pipeline import YEARS as BUILT
from tests.server import serving

INDICATOR = "low_standard_children"
YEARS = tuple(reversed(BUILT))  # DeSO have all of them, and the slider has no more
PACKED = {"Accept-Encoding": "br"}
QUALITY = 4  # of brotli, as for our own answers
LOADS = 3
PICTURE = ".first-picture img"
PLACE = "/plats?area=1280"
WHOLE = "#plats-about h2"  # its last part
HEIGHT = "document.documentElement.scrollHeight"
INDICATORS = (
    ("Utländsk bakgrund", "foreign_background"),
    ("Folkmängd", "population"),
    ("Ekonomisk standard, median", "median_standard"),
    ("Eftergymnasial utbildning 3 år eller mer", "long_tertiary"),
    ("Låg ekonomisk standard, barn 0–19 år", "low_standard_children"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One way to show another year: bytes sent, and milliseconds the server needs."""

    name: str
    sent: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole figures of Plotly's by year; bytes that one sends, and milliseconds to make one."""

    bodies: dict[int, bytes]
    sent: float
    milliseconds: float


def main() -> None:
    """Serve the made-up country and measure."""
    with serving(national(CACHE).data_dir) as address:
        with counting(address) as wire:
            first_sights(wire)
        figures = whole_figures(address)
        with counting(address) as wire:
            in_browser(wire, figures)
        ours, theirs = changes(address, figures)
    print(f"\n{'a change of year':44}{'kB':>9}{'ratio':>8}{'server ms':>11}{'ratio':>8}")
    for way in (ours, theirs):
        print(
            f"{way.name:44}{way.sent / 1e3:9.1f}{way.sent / ours.sent:8.1f}"
            f"{way.milliseconds:11.1f}{way.milliseconds / ours.milliseconds:8.1f}"
        )


def query(year: int, *, method: str = "quantiles") -> str:
    """The address of the map page's view."""
    return f"?indicator={INDICATOR}&level=deso&year={year}&method={method}"


def first_sights(wire: Wire) -> None:
    """Karta without an address of its own, and the profile of a kommun."""
    with httpx.Client(base_url=wire.address, trust_env=False) as client:
        while PICTURE.split()[0][1:] not in client.get("/karta").text:
            time.sleep(1)  # the server draws it after its start
    with chromium() as browser:
        for name, path, parts in (
            ("Karta, its first picture", "/karta", [PICTURE]),
            ("Plats of a kommun, first words and whole", PLACE, ["h1", WHOLE]),
        ):
            times, sizes = [], []
            for _ in range(LOADS):
                before = settled(wire)
                with reader(browser) as page:
                    times.append(seen(page, wire.address + path, parts))
                    sizes.append(wire.received - before)
                    high = page.evaluate(HEIGHT)
            told = " ".join(f"{median(one):9,.0f}" for one in zip(*times, strict=True))
            print(f"{name:44}{median(sizes) / 1e3:9,.1f} kB{told} ms {high:7,} px high")


def in_browser(wire: Wire, figures: Figures) -> None:
    """First loads and the changes after them, in Chromium with software rendering."""
    first = f"{wire.address}/karta{query(YEARS[0])}"
    with chromium() as browser:
        before = wire.received
        loads = [load_once(browser, first) for _ in range(LOADS)]
        loaded = (settled(wire) - before) / LOADS
        with reader(browser) as page:
            load(page, f"{wire.address}/karta{query(YEARS[1])}", f"year={YEARS[1]}")
            years, walked = counted(wire, [partial(step, page, year) for year in YEARS[2:]])
            others, chosen = counted(wire, [partial(choose, page, *own) for own in INDICATORS])
        with reader(browser) as page:
            theirs = plotly_changes(page, figures.bodies, YEARS[1:])
    interactive = median(end for _, end in loads)
    print(f"{'in Chromium, software rendering':44}{'kB':>9}{'ms':>9}{'worst':>9}")
    for name, sent, spent, worst in (
        ("first load, until the map is painted", loaded, *middle([one for one, _ in loads])),
        ("first load, until the page is at rest", loaded, interactive, max(e for _, e in loads)),
        ("another year by the slider's key", walked, *middle(years)),
        ("another indicator from the list", chosen, *middle(others)),
        ("another year, Plotly choropleth_map", figures.sent, *middle(theirs)),
    ):
        print(f"{name:44}{sent / 1e3:9,.1f}{spent:9,.0f}{worst:9,.0f}")
    print(f"Plotly / ours: {median(theirs) / median(years):.1f}")


def load_once(browser: Browser, address: str) -> tuple[float, float]:
    """A first load of somebody who has never been here."""
    with reader(browser) as page:
        return load(page, address, f"year={YEARS[0]}")


def middle(taken: list[float]) -> tuple[float, float]:
    """The median and the worst."""
    return median(taken), max(taken)


def counted(wire: Wire, acts: list[Callable[[], float]]) -> tuple[list[float], float]:
    """Milliseconds of every act, and the bytes that one received."""
    before = settled(wire)
    taken = [act() for act in acts]
    return taken, (settled(wire) - before) / len(acts)


def settled(wire: Wire) -> int:
    """The bytes received, once no more come."""
    before = -1
    while before != wire.received:
        before = wire.received
        time.sleep(1)
    return before


def changes(address: str, figures: Figures) -> tuple[Change, Change]:
    """Ours as served, and the whole figure as a callback would send it."""
    with httpx.Client(base_url=address, headers=PACKED, trust_env=False) as client:

        def ours(method: str, year: int) -> tuple[int, float]:
            return fetch(client, f"/values{query(year, method=method)}")

        # Methods of classes that nobody has asked for yet, so that no answer is ready.
        sizes, times = measure(partial(ours, "equal_steps"))
        again, kept = measure(partial(ours, "equal_steps"))
        _, natural = measure(partial(ours, "jenks"))
    assert again == sizes
    print(f"\nserver, answer ready                {median(kept) * 1e3:9.1f} ms")
    print(f"server, natural breaks, not ready   {median(natural) * 1e3:9.1f} ms")
    return (
        Change("values only (ours, answer not ready)", median(sizes), median(times) * 1e3),
        Change("whole figure (Plotly choropleth_map)", figures.sent, figures.milliseconds),
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


def whole_figures(address: str) -> Figures:
    """What a callback would send for every year, its values being at hand."""
    bodies, sizes, times = {}, [], []
    with httpx.Client(base_url=address, headers=PACKED, trust_env=False) as client:
        for year in YEARS:
            view = client.get(f"/values{query(year)}").json()
            geometry = client.get(view["layer"]["url"]).json()
            start = time.perf_counter()
            bodies[year] = figure(geometry, view["values"])
            sizes.append(len(brotli.compress(bodies[year], quality=QUALITY)))
            times.append(time.perf_counter() - start)
    return Figures(bodies, median(sizes), median(times) * 1e3)


def figure(geometry: dict[str, Any], values: list[float | None]) -> bytes:
    """A map of Plotly's own."""
    trace = go.Choroplethmap(geojson=geometry, locations=list(range(len(values))), z=values)
    return orjson.dumps(go.Figure(trace).to_plotly_json(), option=orjson.OPT_SERIALIZE_NUMPY)


if __name__ == "__main__":
    main()
