"""The pages of a place: what the server needs for Stockholm and for other kommuner.

A browser opens each page once for Uppsala; what it asks for then is asked again, one question at a
time, for places that nobody has asked about: the longest answer, and all of them together.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import httpx
from playwright.sync_api import Browser, Request

from tests.bench.screen import QUIET, chromium, reader
from tests.pipeline import CACHE, national
from tests.server import serving

JSON = {"Content-Type": "application/json"}
SEEN = "0380"
STOCKHOLM = "0180"
KOMMUNER = ("0114", "0483", "0581", "0780", "1082", "1280", "1384", "1480", "2180", "2482")
PAGES = {
    "Plats": "/plats?area={}",
    "Segregation": "/segregation?area={}",
    "Segregation, birth region between DeSO": (
        "/segregation?area={}&grouping=birth_region&units=deso&index=information_theory_multi"
    ),
    "Områdestyper": "/omradestyper?area={}",
    "Följ upp": "/folj-upp?level=kommun&areas={}&start=2022",
}


def main(data_dir: Path | None) -> None:
    """Ask for every page of every place once."""
    print(f"{'milliseconds of the server':40}{'kommun':>15}{'Stockholm':>15}")
    print(f"{'':40}{'longest':>9}{'all':>6}{'longest':>9}{'all':>6}")
    with serving(data_dir or national(CACHE).data_dir) as address, chromium() as browser:
        for name, path in PAGES.items():
            asked = list(questions(browser, address + path.format(SEEN)))
            with httpx.Client(timeout=60) as client:
                others = [spent(client, asked, place) for place in KOMMUNER]
                own = spent(client, asked, STOCKHOLM)
            longest, every = median(map(max, others)), median(map(sum, others))
            print(f"{name:40}{longest:9.0f}{every:6.0f}{max(own):9.0f}{sum(own):6.0f}", flush=True)


def questions(browser: Browser, address: str) -> Iterator[tuple[str, str]]:
    """What a page asks the server for by itself, after the document: addresses and bodies."""
    found: list[tuple[str, str]] = []

    def note(asked: Request) -> None:
        if "/_dash-update-component" in asked.url:
            found.append((asked.url, asked.post_data or ""))

    with reader(browser) as page:
        page.on("request", note)
        page.goto(address)
        page.wait_for_selector("h1")
        page.wait_for_timeout(QUIET)
        page.wait_for_selector("[aria-busy=true]", state="detached", timeout=60_000)
        page.wait_for_timeout(QUIET)
    yield from found


def spent(client: httpx.Client, asked: list[tuple[str, str]], place: str) -> list[float]:
    """Milliseconds for each answer, one after the other."""
    taken = []
    for url, body in asked:
        content = body.replace(SEEN, place)
        start = time.perf_counter()
        client.post(url, content=content, headers=JSON).raise_for_status()
        taken.append((time.perf_counter() - start) * 1e3)
    return taken


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
