"""Own areas of an address, as the snapshot knows them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, cast
from urllib.parse import parse_qs

from barometer.own_codes import CodeFault, is_own
from barometer.selection.address import Address, Reason

MOST_OWN: Final = 40  # own areas of one address
_REPEATED: Final = 3  # faulty codes that are repeated to the reader, of each kind


@dataclass(frozen=True, slots=True)
class OwnGiven:
    """What an own area of the address became: its code ("" when nothing is left) and its faults."""

    token: str
    faults: tuple[CodeFault, ...] = ()


Own = Mapping[str, OwnGiven]
"""The own areas of an address by what the address said."""


def own_tokens(query: str) -> tuple[str, ...]:
    """The own areas that an address names, in its order, wherever they stand in it."""
    if "own" not in query:
        return ()
    found = dict.fromkeys(_tokens(query))
    return tuple(found)[:MOST_OWN]


def own_of_texts(*given: Iterable[str]) -> tuple[str, ...]:
    """The own areas among some codes."""
    return tuple(dict.fromkeys(code for codes in given for code in codes if is_own(code)))


def own_area(address: Address, key: str, given: str, own: Own) -> str | None:
    """The own area that a value of the address is; what was left out of it is remarked on."""
    found = own.get(given)
    if found is None:
        return None
    by_kind = sorted(found.faults, key=lambda fault: fault.kind)
    for kind, faults in groupby(by_kind, key=lambda fault: fault.kind):
        codes = [fault.given for fault in faults]
        more = f" (+{len(codes) - _REPEATED})" if len(codes) > _REPEATED else ""
        said = ", ".join(codes[:_REPEATED]) + more
        address.instead(key, said, found.token, (), cast(Reason, f"own_{kind}"))
    return found.token or None


def _tokens(query: str) -> Iterator[str]:
    for values in parse_qs(query.removeprefix("?")).values():
        for item in (item.strip() for value in values for item in value.split(",")):
            place = item.rpartition("@")[2]
            if is_own(place):
                yield place
