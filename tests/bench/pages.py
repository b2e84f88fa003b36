"""The pages of a place: what the server needs for Stockholm and for other kommuner.

A browser opens each page once for Uppsala; what it asks for then is asked again, one question at a
time, for the other places. The server has answered the browser, but never for these places.
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
    "Följ upp": "/folj-upp?level=kommun&areas={}&start=2019",
    "Aktörer": "/aktorer",
}


def main(data_dir: Path | None) -> None:
    """Ask for every page of every place once."""
    print(f"{'milliseconds of the server':40}{'kommun':>9}{'worst':>8}{'Stockholm':>11}")
    with serving(data_dir or national(CACHE).data_dir) as address, chromium() as browser:
        for name, path in PAGES.items():
            asked = list(questions(browser, address + path.format(SEEN)))
            with httpx.Client(timeout=60) as client:
                own, *others = (spent(client, asked, place) for place in (STOCKHOLM, *KOMMUNER))
            print(f"{name:40}{median(others):9.0f}{max(others):8.0f}{own:11.0f}", flush=True)


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


def spent(client: httpx.Client, asked: list[tuple[str, str]], place: str) -> float:
    """Milliseconds for all answers, one after the other."""
    total = 0.0
    for url, body in asked:
        content = body.replace(SEEN, place)
        start = time.perf_counter()
        client.post(url, content=content, headers=JSON).raise_for_status()
        total += time.perf_counter() - start
    return total * 1e3


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
