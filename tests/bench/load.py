"""Many readers at once: 2 workers, 200 readers, on a machine of which the readers take their part.

A reader chooses an indicator and a level, moves through its years, goes back to years that the
browser has (If-None-Match), and now and then opens a page or fetches a file. First each reader
waits about a second between two requests, as one does who moves the year's slider without rest;
then nobody waits at all, which measures how much the site can answer. The alternative is what Dash
does by itself: a callback that sends the whole figure.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from barometer import queries
from barometer.selection import Offer
from barometer.store import Store
from barometer.ui import ids
from tests.bench.naive import read
from tests.bench.slow import measure_slow
from tests.pipeline import CACHE, ROOT, national
from tests.readers import Answer, Ask, Reader, Tally, read_along
from tests.server import answers, free_port, serving

READERS = 200
WORKERS = 2
SECONDS = 60.0
SECONDS_NAIVE = 20.0
REQUESTS = 20_000  # after which the memory is looked at
PAUSE = (0.5, 1.5)  # seconds between two requests of a reader
PAGES = ("/", "/karta", "/segregation", "/data")
STAY = 0.85  # how often a reader goes on with the indicator that is shown
AGAIN = 0.3  # how often to a year that was shown before


class Crowd:
    """The readers' ways through the site, the same in every run."""

    def __init__(self, offer: Offer) -> None:
        self._views = [(i, level, years) for (i, level), years in offer.years.items()]
        self._tags: list[dict[str, str]] = [{} for _ in range(READERS)]

    def asks(self, number: int) -> Iterator[Ask]:
        """What a reader asks for, one after the other."""
        chance, kept = random.Random(number), self._tags[number]
        indicator, level, years = chance.choice(self._views)
        while True:
            if chance.random() > STAY:
                indicator, level, years = chance.choice(self._views)
            query = f"?indicator={indicator}&level={level}&year={chance.choice(years)}"
            if kept and chance.random() < AGAIN:
                path = chance.choice(list(kept))
                yield Ask("values", path, etag=kept[path])
            elif (lot := chance.random()) < 0.88:
                yield Ask("values", f"/values{query}", etag=kept.get(f"/values{query}", ""))
            elif lot < 0.92:
                yield Ask("pages", chance.choice(PAGES))
            elif lot < 0.96:
                yield Ask("pages", "/_dash-update-component", body=opened(query))
            else:
                yield Ask("files", f"/export/csv{query}")

    def hear(self, number: int, ask: Ask, answer: Answer) -> None:
        """Keep what a browser keeps."""
        if ask.kind == "values" and answer.status == 200:
            self._tags[number][ask.path] = answer.etag


@dataclass(frozen=True, slots=True)
class Measured:
    """What the readers met, the seconds that it took, and the processors' seconds of both sides."""

    tally: Tally
    seconds: float
    readers_cpu: float
    workers_cpu: float


def main(data_dir: Path | None) -> None:
    """Measure the site, then the alternative."""
    folder = data_dir or national(CACHE).data_dir
    published = folder / "published"
    with Store(published).reader() as reader:
        crowd = Crowd(queries.offer(reader.cursor))
    print(
        f"{READERS} readers, {WORKERS} workers, {os.cpu_count()} cores that the readers share; "
        f"load of the machine before: {os.getloadavg()[0]:.1f}"
    )
    print(
        f"\n{'':34}{'requests':>9}{'errors':>7}{'per s':>7}{'p50 ms':>8}{'p95 ms':>8}"
        f"{'kB':>7}{'304':>6}{'CPU workers':>13}{'readers':>9}"
    )
    with serving(folder, workers=WORKERS) as address:
        memory = ours(address, crowd)
        measure_slow(address)
    with naive(published) as address:
        theirs(address, list(read(published)[1]))
    print("\nmemory of the workers, MB")
    for when, sizes in memory:
        print(f"  {when:24}{'  '.join(f'{size:6.0f}' for size in sizes)}")


def ours(address: str, crowd: Crowd) -> list[tuple[str, list[float]]]:
    """The site with readers who pause, then with readers who do not; its memory on the way."""
    memory, asked = [("at the start", memory_mb())], 0
    ways = [("a request a second each", True, for_seconds(SECONDS))]
    ways += [("no pause", False, up_to(REQUESTS // 2)) for _ in range(2)]
    for name, paused, until in ways:
        measured = measure(address, crowd.asks, until, paused=paused, heard=crowd.hear)
        report(f"the site, {name}", measured)
        asked += measured.tally.answered
        memory.append((f"after {asked:,} requests", memory_mb()))
    return memory


def theirs(address: str, views: list[str]) -> None:
    """The alternative with readers who pause."""

    def asks(number: int) -> Iterator[Ask]:
        chance = random.Random(number)
        while True:
            yield Ask("values", "/_dash-update-component", body=drawn(chance.choice(views)))

    measured = measure(address, asks, for_seconds(SECONDS_NAIVE), paused=True)
    report("whole figure, a request a second", measured)


def measure(
    address: str,
    asks: Reader,
    until: Callable[[Tally], bool],
    *,
    paused: bool,
    heard: Callable[[int, Ask, Answer], None] = lambda *_: None,
) -> Measured:
    """What the readers meet."""
    chance = random.Random(0)
    start, own, workers = time.perf_counter(), time.process_time(), workers_cpu()
    tally = asyncio.run(
        read_along(
            address,
            asks,
            readers=READERS,
            until=until,
            pause=lambda _: chance.uniform(*PAUSE) if paused else 0.0,
            heard=heard,
        )
    )
    seconds = time.perf_counter() - start
    return Measured(tally, seconds, time.process_time() - own, workers_cpu() - workers)


def report(name: str, measured: Measured) -> None:
    """A line for all requests and one for each kind."""
    tally, seconds = measured.tally, measured.seconds
    cpu = f"{measured.workers_cpu / seconds:12.0%} {measured.readers_cpu / seconds:8.0%}"
    errors, unchanged = tally.faults.total(), tally.statuses[304]
    head = f"{name:34}{tally.answered:9,}{errors:7}{tally.answered / seconds:7.0f}"
    print(f"{head}{'':23}{unchanged:6,} {cpu}", flush=True)
    for kind, spent in tally.seconds.items():
        p50, p95 = np.percentile(spent, [50, 95]) * 1e3
        size = np.mean(tally.sizes[kind]) / 1e3
        print(f"  {kind:32}{len(spent):9,}{'':14}{p50:8.0f}{p95:8.0f}{size:7.1f}", flush=True)
    for fault, count in tally.faults.most_common(5):
        print(f"  {count} x {fault}")


def for_seconds(seconds: float) -> Callable[[Tally], bool]:
    """Until so much time has passed."""
    end = time.monotonic() + seconds
    return lambda _: time.monotonic() > end


def up_to(requests: int) -> Callable[[Tally], bool]:
    """Until so many requests have been answered."""
    return lambda tally: tally.answered >= requests


def opened(query: str) -> bytes:
    """What a browser sends to have the map page made."""
    search = {"id": ids.URL, "property": "search", "value": query}
    return called(f"{ids.PAGE}.children", (ids.URL, "pathname", "/karta"), state=[search])


def drawn(view: str) -> bytes:
    """What a browser sends to have the alternative's figure made."""
    return called("map.figure", ("view", "value", view), state=[])


def called(output: str, given: tuple[str, str, str], *, state: list[dict[str, str]]) -> bytes:
    """The body of a callback's request."""
    place, _, prop = output.partition(".")
    one, of, value = given
    body = {
        "output": output,
        "outputs": {"id": place, "property": prop},
        "inputs": [{"id": one, "property": of, "value": value}],
        "state": state,
        "changedPropIds": [f"{one}.{of}"],
    }
    return json.dumps(body).encode()


def memory_mb() -> list[float]:
    """Resident memory of each worker; on Linux."""
    pages = [int(fields[21]) for fields in workers()]
    return [n * os.sysconf("SC_PAGE_SIZE") / 1e6 for n in pages]


def workers_cpu() -> float:
    """The processors' seconds that the workers have taken; on Linux."""
    ticks = sum(int(fields[11]) + int(fields[12]) for fields in workers())
    return ticks / os.sysconf("SC_CLK_TCK")


def workers() -> list[list[str]]:
    """What /proc says of the children of our children, from the state on."""
    said = [fields for path in Path("/proc").glob("[0-9]*/stat") if (fields := stat(path))]
    ours = {pid for pid, fields in said if int(fields[1]) == os.getpid()}
    return [fields for _, fields in sorted(said) if int(fields[1]) in ours]


def stat(path: Path) -> tuple[int, list[str]] | None:
    """A process's number and what follows its name; None when it has ended."""
    try:
        return int(path.parent.name), path.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


@contextmanager
def naive(published: Path) -> Iterator[str]:
    """The alternative on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.naive", str(published), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        if not answers(f"{address}/_dash-layout", process):
            raise RuntimeError(f"the alternative does not answer at {address}")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
