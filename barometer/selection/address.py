"""Reading an address: its keys and values, and what was not understood of them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, Self, get_args
from urllib.parse import parse_qs

from barometer.divisions import Language, meant_code
from barometer.own_codes import LONGEST as LONGEST_OWN
from barometer.own_codes import PREFIX

Reason = Literal[
    "unknown",
    "not_offered",
    "repeated",
    "other_division",
    "key",
    "not_together",
    "itself",
    "too_many",
    "own_unreadable",
    "own_unknown",
    "own_doubled",
    "own_other_division",
    "own_too_many",
]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_LONGEST: Final = 80  # characters of a value that are compared and repeated to the reader
_LONGEST_PLACES: Final = 4 * LONGEST_OWN  # of a value that has own areas in it
_NEAR: Final = 0.55  # difflib's ratio from which a word counts as misspelt rather than foreign
_NO: Final = frozenset({"0", "false", "no", "nej", "off"})


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """Something in the address that could not be followed, and what was done instead.

    `field` is the address's key, `used` the value taken instead ("" when none), `choices` what
    there is to choose from.
    """

    field: str
    given: str
    used: str
    choices: tuple[str, ...]
    reason: Reason = "unknown"


@dataclass(slots=True)
class Address:
    """The keys and values of an address, and what was not understood of them so far."""

    values: Mapping[str, Sequence[str]]
    misunderstood: list[Misunderstood] = field(default_factory=list)

    @classmethod
    def of(cls, query: str) -> Self:
        """The address of a query, with or without "?"; nothing of it is judged yet."""
        return cls(values_of(query.removeprefix("?")))

    def given(self, key: str) -> str | None:
        """The value of a key, None where there is none; a second, different one is remarked on."""
        values = [_shortened(value.strip()) for value in self.values.get(key, ())]
        different = list(dict.fromkeys(value for value in values if value))
        if len(different) > 1:
            self.instead(key, ", ".join(different)[:_LONGEST], different[0], (), "repeated")
        return different[0] if different else None

    def instead(
        self, key: str, given: str, used: str, choices: Collection[str], reason: Reason
    ) -> str:
        """Remember that another value is used."""
        self.misunderstood.append(
            Misunderstood(key, given[:_LONGEST], used, tuple(choices), reason)
        )
        return used

    def word(self, key: str, choices: tuple[str, ...], *, default: str) -> str:
        """One of a few words, the most alike for an unknown one."""
        given = self.given(key)
        if given is None or given in choices:
            return given or default
        if given.casefold() in choices:
            return given.casefold()
        return self.instead(
            key, given, closest_choice(given, choices) or default, choices, "unknown"
        )

    def check_keys(self, known: Collection[str]) -> None:
        """Remark on keys that look like misspelt ones; foreign ones are not ours to judge."""
        for key in (key for key in self.values if key not in known):
            near = get_close_matches(key.casefold()[:_LONGEST], known, n=1, cutoff=0.7)
            if near:
                self.instead(key[:_LONGEST], self.values[key][0][:_LONGEST], "", near, "key")


@lru_cache(maxsize=32)
def values_of(query: str) -> Mapping[str, Sequence[str]]:
    """Keys and values of a query without "?"; the parts of a request that ask again share one."""
    return MappingProxyType({key: tuple(given) for key, given in parse_qs(query).items()})


def _shortened(value: str) -> str:
    return value[: _LONGEST_PLACES if PREFIX in value else _LONGEST]


def closest_choice(given: str, choices: Collection[str]) -> str | None:
    """The choice that a word is most like, if it is like any."""
    by_folded = {choice.casefold(): choice for choice in choices}
    near = get_close_matches(given[:_LONGEST].casefold(), by_folded, n=1, cutoff=_NEAR)
    return by_folded[near[0]] if near else None


def meant_area(given: str, names: Mapping[str, str], known: Collection[str] = ()) -> str | None:
    """The area that a faulty code, or a name instead of one, most likely means.

    `names` are the names by code, of areas that people call by name; `known` more codes.
    """
    code = meant_code(given)
    if code in names or code in known:
        return code
    by_name = {name: area_id for area_id, name in names.items()}
    named = closest_choice(given, by_name)
    return by_name[named] if named else None


def nearest(target: int, numbers: Collection[int]) -> int:
    """The number nearest to the wanted one, the later of two as near."""
    return min(numbers, key=lambda number: (abs(number - target), -number))


def whole_number(
    address: Address, key: str, choices: tuple[int, ...], *, default: int, unknown: Reason
) -> int:
    """One of some whole numbers; `unknown` is the reason when a number is none of them."""
    given = address.given(key)
    if given is None:
        return default
    number = int(given) if re.fullmatch(r"-?[0-9]{1,9}", given) else None
    if number in choices:
        return number
    used = default if number is None else nearest(number, choices)
    reason: Reason = "unknown" if number is None else unknown
    return int(address.instead(key, given, str(used), [str(c) for c in choices], reason))


def embed_of(address: Address) -> bool:
    """Whether the page is asked for without the site's frame."""
    given = address.given("embed")
    if given in (None, "0", "1"):
        return given == "1"
    meant = "0" if given.casefold() in _NO else "1"
    return address.instead("embed", given, meant, ("0", "1"), "unknown") == "1"
