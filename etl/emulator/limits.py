"""What the server allows, and says that it allows: cells, calls per window, lengths."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one server, and the two answers on which sources disagree.

    `too_many_cells_status` is 400 in the server's code and 403 in its specification;
    `unknown_table_on_data` is the HTTP status of a data call for an unknown table (the body says
    404 in either case). `calls` 0 means no limit.
    """

    cells: int = 150_000
    calls: int = 30
    window: float = 10.0
    address_length: int = 2_100
    too_many_cells_status: int = 400
    unknown_table_on_data: int = 400


SCB_LIMITS = Limits()
NO_LIMITS = Limits(calls=0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has left of its window; below 0 `remaining` when the call is one too many."""

    remaining: int
    seconds_left: float


class CallCounter:
    """Calls per client in fixed windows, each starting with the client's first call."""

    def __init__(self, limits: Limits, *, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[str, tuple[float, int]] = {}

    def count(self, client: str) -> Allowance:
        """Count one call, refused ones too, as the server does."""
        with self._lock:
            now = self._clock()
            start, calls = self._windows.get(client, (now, 0))
            if now - start >= self._limits.window:
                start, calls = now, 0
            self._windows[client] = (start, calls + 1)
            return Allowance(self._limits.calls - calls - 1, self._limits.window - (now - start))


API_VERSION = "2.3.2"
DATA_FORMATS = ("json-stat2",)  # SCB also has csv, px, xlsx, html and json-px
LANGUAGES = {"en": "English", "sv": "Svenska"}


def config_answer(limits: Limits, *, synthetic: bool, extract: bool = False) -> dict[str, Any]:
    """What SCB answers, with this server's limits and formats; what is no SCB says so."""
    features = [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}]
    answer: dict[str, Any] = {
        "apiVersion": API_VERSION,
        "appVersion": "emulator",
        "languages": [{"id": code, "label": name} for code, name in LANGUAGES.items()],
        "defaultLanguage": "sv",
        "maxDataCells": limits.cells,
        "maxCallsPerTimeWindow": limits.calls,
        "timeWindow": round(limits.window),
        "license": "https://creativecommons.org/share-your-work/public-domain/cc0/",
        "sourceReferences": [
            {"language": "en", "text": "Source: Statistics Sweden"},
            {"language": "sv", "text": "Källa: SCB"},
        ],
        "defaultDataFormat": DATA_FORMATS[0],
        "dataFormats": list(DATA_FORMATS),
        "features": features,
    }
    if extract:
        features.append({"id": "extract", "params": [{"key": "enabled", "value": "True"}]})
    if not synthetic:
        return answer
    features.append({"id": "synthetic", "params": [{"key": "enabled", "value": "True"}]})
    answer["sourceReferences"] = [
        {"language": "en", "text": "Synthetic data, not statistics"},
        {"language": "sv", "text": "Syntetiska data, inte statistik"},
    ]
    return answer
