"""Faults on request: what can go wrong between a server and its client, when and how often."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final, Literal

FaultKind = Literal[
    "slow",  # answers after `seconds`
    "hang",  # never answers (in-process: httpx.ReadTimeout; over a socket: a broken connection)
    "unavailable",  # HTTP `status` (503) with an HTML page
    "too_many_calls",  # 429, to be retried after `seconds`
    "cut_off",  # the connection breaks halfway through the body
    "garbage",  # 200 with a body that is no JSON
    "wrong_length",  # one value too few
    "duplicate_area",  # the second code of `variable` is called as the first
    "gone_table",  # the table does not exist, nor is it listed
    "gone_code",  # `code` of `variable` is gone from metadata and data
    "changed_code",  # `code` of `variable` is called `new_code`
    "unknown_area",  # `variable` has one more code, `new_code`, with the first one's cells
    "zero_outside_division",  # 0 where a division has no figures, as SCB does in TAB6574
    "zeros",  # every cell is 0
    "halved",  # every second code of `variable` is gone
    "updated",  # the table says it was published at `updated`
]
TABLE_FAULTS: Final[frozenset[FaultKind]] = frozenset(
    (
        "gone_table",
        "gone_code",
        "changed_code",
        "unknown_area",
        "zero_outside_division",
        "zeros",
        "halved",
        "updated",
    )
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with the calls that match.

    `path` and `table` are patterns with * and ?; a path begins after the API's address, as in
    "/tables/TAB6574/data", and is "/geoserver/stat/wfs" for the geodata service. The first `after`
    matching calls pass unharmed, the next `times` are struck, all of them when `times` is None:
    "the third data call fails twice" is Fault("unavailable", path="/tables/*/data", after=2,
    times=2). A fault of the table itself belongs on both its metadata and its data, so leave the
    path alone unless they shall disagree.
    """

    kind: FaultKind
    path: str = "*"
    table: str = "*"
    after: int = 0
    times: int | None = None
    seconds: float = 1.0
    status: int = 503
    variable: str = "Region"
    code: str = ""
    new_code: str = "9999A0010"
    updated: str = "2099-01-01T07:00:00Z"


class Faults:
    """The faults of one server, and the calls it has seen; may be changed while it runs."""

    def __init__(self, *faults: Fault) -> None:
        self._lock = threading.Lock()
        self._matched: list[tuple[Fault, list[int]]] = []
        self._calls: list[str] = []
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """Let something go wrong from the next call on."""
        with self._lock:
            self._matched.append((fault, [0]))

    def clear(self) -> None:
        """Let nothing go wrong any more, and forget the calls."""
        with self._lock:
            self._matched.clear()
            self._calls.clear()

    @property
    def calls(self) -> tuple[str, ...]:
        """The calls so far, as "POST /tables/TAB6574/data"."""
        with self._lock:
            return tuple(self._calls)

    def strike(self, method: str, path: str, *, table: str | None) -> tuple[Fault, ...]:
        """Note a call and say which faults strike it; each fault counts the calls it matches."""
        with self._lock:
            self._calls.append(f"{method} {path}")
            return tuple(
                fault
                for fault, count in self._matched
                if _matches(fault, path, table) and _due(fault, count)
            )


def hit(faults: Iterable[Fault], kind: FaultKind) -> Fault | None:
    """The first fault of a kind."""
    return next((fault for fault in faults if fault.kind == kind), None)


def _matches(fault: Fault, path: str, table: str | None) -> bool:
    if not fnmatchcase(path, fault.path):
        return False
    if table is None:  # a call for no table in particular: /tables, /codelists
        return fault.table == "*" or fault.kind in TABLE_FAULTS
    return fnmatchcase(table, fault.table)


def _due(fault: Fault, count: list[int]) -> bool:
    count[0] += 1
    if count[0] <= fault.after:
        return False
    return fault.times is None or count[0] <= fault.after + fault.times
