"""The reader's own weights and limits of the signals, as they stand in an address."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from barometer.catalogue.signals import STEPS, SignalRules
from barometer.selection.keys import Asked, Key, Read

MOST_WEIGHTS: Final = 12
FORM: Final = ("i", "w")  # indicator and weight of a row
_LARGEST: Final = 100.0  # a weight; the limits are standard deviations
_LONGEST_SPAN: Final = 10  # years


@dataclass(frozen=True, slots=True)
class SignalChoice:
    """What a reader has put in place of the catalogue's rules; empty where nothing."""

    weights: tuple[tuple[str, float], ...] = ()
    limits: tuple[float, ...] = ()
    span: int = 0

    @property
    def is_own(self) -> bool:
        """Whether anything is put in place of the catalogue's rules."""
        return bool(self.weights or self.limits or self.span)

    def over(self, rules: SignalRules) -> SignalRules:
        """The catalogue's rules with the reader's in their place."""
        chosen = rules
        if self.weights:
            chosen = replace(chosen, weights=MappingProxyType(dict(self.weights)))
        if len(self.limits) == STEPS - 1:
            low, middle, high = self.limits
            chosen = replace(chosen, limits=(low, middle, high))
        return replace(chosen, span=self.span) if self.span else chosen

    def to_pairs(self) -> dict[str, str]:
        """The keys and values of an address; those that are as the catalogue has them are ""."""
        return {
            "weights": written_weights(dict(self.weights)),
            "limits": ",".join(f"{limit:g}" for limit in self.limits),
            "span": str(self.span or ""),
        }


NO_CHOICE: Final = SignalChoice()


def written_weights(weights: Mapping[str, float]) -> str:
    """Weights as an address has them: "low_standard_children:3,employed:-1"."""
    return ",".join(f"{indicator_id}:{weight:g}" for indicator_id, weight in weights.items())


def _weights(asked: Asked, known: Collection[str]) -> tuple[tuple[str, float], ...]:
    """Of `weights`, else of the form's rows.

    `known` are the indicators that can be weighed: shares that the snapshot has.
    """
    values = asked.address.values
    rows = zip(*(values.get(key, ()) for key in FORM), strict=False)
    items = asked.items() or [f"{row[0]}:{row[1]}".replace(",", ".") for row in rows if all(row)]
    found: dict[str, float] = {}
    for item in items[:MOST_WEIGHTS]:
        indicator_id, _, text = item.partition(":")
        weight = _number(text) if text else 1.0
        if indicator_id not in known or not weight or abs(weight) > _LARGEST:
            asked.instead(item, "", (), "not_offered")
            continue
        found[indicator_id] = weight
    return tuple(found.items())


def _limits(asked: Asked) -> tuple[float, ...]:
    items = asked.items()
    numbers = [number for item in items if (number := _number(item)) is not None]
    rising = numbers == sorted(set(numbers)) and all(abs(n) <= _LARGEST for n in numbers)
    if not items or (rising and len(numbers) == len(items) == STEPS - 1):
        return tuple(numbers)
    asked.instead(",".join(items), "", (), "not_offered")
    return ()


def _span(asked: Asked) -> int:
    given = asked.given()
    if given is None:
        return 0
    if given.isascii() and given.isdecimal() and 1 <= int(given) <= _LONGEST_SPAN:
        return int(given)
    asked.instead(given, "", (), "not_offered")
    return 0


def _number(text: str) -> float | None:
    try:
        number = float(text.replace("−", "-"))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def signal_keys(known: Callable[[Asked], Collection[str]]) -> Iterator[Key]:
    """The keys of the reader's rules; what cannot be understood is remarked on and left out."""

    def key(name: str, read: Read) -> Key:
        def chosen(asked: Asked) -> SignalChoice:
            before = getattr(asked.view, "signals", NO_CHOICE)
            return replace(before, **{name: read(asked)})

        def spell(view: Any) -> str:
            return str(view.signals.to_pairs()[name])

        return Key(name, chosen, start="", fields=("signals",), spell=spell)

    yield key("weights", lambda asked: _weights(asked, known(asked)))
    yield key("limits", _limits)
    yield key("span", _span)
