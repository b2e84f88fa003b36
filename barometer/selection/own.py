"""What of an address is the reader's own: areas put together, and places to compare with."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Final, cast

from barometer.divisions import meant_code
from barometer.own_codes import CodeFault, is_own
from barometer.selection.address import Address, Reason
from barometer.selection.keys import Asked

_NONE: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})
MOST_OWN: Final = 40  # own areas of one address
_REPEATED: Final = 3  # faulty codes that are repeated to the reader, of each kind


@dataclass(frozen=True, slots=True)
class OwnGiven:
    """What an own area of the address became: its code ("" when nothing is left) and its faults."""

    token: str
    faults: tuple[CodeFault, ...] = ()


Own = Mapping[str, OwnGiven]
"""The own areas of an address by what the address said."""


def own_tokens(query: str, presets: Mapping[str, Sequence[str]] = _NONE) -> tuple[str, ...]:
    """The own areas that an address names, in its order, wherever they stand in it.

    With those of the operator's comparison groups (`presets`, codes by id) that it names.
    """
    if "own" not in query and not presets:
        return ()
    found = dict.fromkeys(_tokens(query, presets))
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
        said = some_of([fault.given for fault in faults])
        address.instead(key, said, found.token, (), cast(Reason, f"own_{kind}"))
    return found.token or None


def level_and_place(item: str) -> tuple[str, str]:
    """The two of "deso@0180"; no level of a place alone. An own area's name may have an @."""
    level, at, place = ("", "", "") if is_own(item) else item.partition("@")
    return (level, place) if at else ("", item)


def some_of(codes: Sequence[str]) -> str:
    """The first of some codes as they are repeated to the reader, and how many more there are."""
    more = f" (+{len(codes) - _REPEATED})" if len(codes) > _REPEATED else ""
    return ", ".join(codes[:_REPEATED]) + more


def _tokens(query: str, presets: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for values in Address.of(query).values.values():
        for item in (item.strip() for value in values for item in value.split(",")):
            _, place = level_and_place(item)
            yield from filter(is_own, presets.get(place, (place,)))


MOST_PEERS: Final = 12  # places of a comparison group


def chosen_peers(asked: Asked, *, known: Collection[str]) -> tuple[str, ...]:
    """Places to compare the view's with, at most 12: codes, names, own areas, or a preset's id.

    `known` are the codes that can be compared; the offer has names and own areas by code and the
    operator's groups by id. What is none of them is remarked on; the place itself is left out.
    """
    address, offer = asked.address, asked.offer
    found: dict[str, None] = {}
    by_name = {name: area_id for area_id, name in offer.names.items()}
    for code in (c for word in asked.items() for c in offer.presets.get(word, (word,))):
        own = own_area(address, asked.key, code, offer.own)
        meant = own or (code if code in known else by_name.get(code, meant_code(code)))
        if meant not in known:
            asked.instead(code, "", (), "not_offered")
        elif meant != asked.view.area:
            found[meant] = None
    if len(found) > MOST_PEERS:
        asked.instead(str(len(found)), str(MOST_PEERS), (), "too_many")
    return tuple(found)[:MOST_PEERS]
