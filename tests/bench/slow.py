"""What others wait for while some clients are slow and others hang up; called by the load bench."""

import threading
import time
from collections.abc import Callable

from tests.slow_clients import (
    HALF_BODY,
    HALF_HEAD,
    Wait,
    abandoned,
    ask,
    connections,
    drip,
)

HALVES = 24
ABANDONED = 16
SECONDS = 8.0
PROMISED = 1.0
OTHERS = "/values?level=kommun"
HEAVY = "/api/v1/geometry.geojson?level=deso"


def measure_slow(address: str) -> None:
    """Print the longest wait of somebody else beside each kind of difficult client."""
    ask(address, OTHERS)
    ways: dict[str, Callable[[], list[Wait]]] = {
        "nobody": lambda: waits(address, SECONDS / 2),
        f"{HALVES} half heads, a byte a time": lambda: beside_halves(address, HALF_HEAD),
        f"{HALVES} half bodies": lambda: beside_halves(address, HALF_BODY),
        f"{ABANDONED} x DeSO as GeoJSON, left after 1 s": lambda: beside_abandoned(address),
    }
    print(f"\n{'others wait, s, beside':44}{'requests':>9}{'errors':>8}{'median':>8}{'longest':>9}")
    for name, way in ways.items():
        found = way()
        seconds = sorted(wait.seconds for wait in found)
        errors = sum(wait.status not in (200, 304) for wait in found)
        mark = "" if seconds[-1] < PROMISED and not errors else "  more than promised"
        line = f"{name:44}{len(found):9}{errors:8}{seconds[len(seconds) // 2]:8.2f}"
        print(f"{line}{seconds[-1]:9.2f}{mark}", flush=True)


def waits(address: str, seconds: float, *, each: Callable[[], None] = lambda: None) -> list[Wait]:
    """One request after the other, with a short pause, for so long."""
    end, found = time.monotonic() + seconds, []
    while time.monotonic() < end:
        each()
        found.append(ask(address, OTHERS))
        time.sleep(0.1)
    return found


def beside_halves(address: str, half: bytes) -> list[Wait]:
    """While so many connections send a request and never end it."""
    with connections(address, HALVES, half) as opened:
        return waits(address, SECONDS, each=lambda: drip(opened))


def beside_abandoned(address: str) -> list[Wait]:
    """While somebody asks for much, hangs up, and while the server may still be at it."""
    given = {"count": ABANDONED, "after": 1.0}
    leaver = threading.Thread(target=abandoned, args=(address, HEAVY), kwargs=given)
    leaver.start()
    found = waits(address, 2 * SECONDS)
    leaver.join()
    return found
