"""The rules of the signals: which indicators, with which weights and limits (signals.toml)."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from barometer.catalogue.entry import CatalogueEntry
from barometer.catalogue.model import Indicator

SIGNALS: Final = "signals.toml"
STEPS: Final = 4  # of status


@dataclass(frozen=True, slots=True)
class SignalRules:
    """How areas are given a status of four steps and a direction of three.

    `weights` has an indicator's weight, negative where a lower share is worse. `limits` are three
    rising numbers of standard deviations. `span`, `ahead` and `stale` are years, `confidence` and
    `coverage` shares of 0-1, `smallest` standard deviations.
    """

    weights: Mapping[str, float]
    limits: tuple[float, float, float]
    span: int
    ahead: int
    stale: int
    confidence: float
    smallest: float
    fewest: int
    coverage: float

    def among(self, indicator_ids: Collection[str]) -> "SignalRules":
        """The same rules with the weights of some indicators only."""
        weights = {i: weight for i, weight in self.weights.items() if i in indicator_ids}
        return replace(self, weights=MappingProxyType(weights))


def read_signal_rules(
    directory: Path, indicators: Mapping[str, Indicator], faults: list[str]
) -> SignalRules | None:
    """The rules of a catalogue; None where it has no such file. Faults are added to the list."""
    path = directory / SIGNALS
    if not path.is_file():
        return None
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{SIGNALS}: is not TOML in UTF-8: {error}")
        return None
    entry = CatalogueEntry(SIGNALS, fields, faults)
    rules = SignalRules(
        weights=_weights(entry, indicators),
        limits=_limits(entry),
        span=_years(entry, "span", least=1),
        ahead=_years(entry, "ahead", least=1),
        stale=_years(entry, "stale", least=0),
        confidence=_share(entry, "confidence", least=0.5),
        smallest=entry.number("smallest", default=0.0),
        fewest=entry.get("fewest", int),
        coverage=_share(entry, "coverage", least=0.0),
    )
    entry.close()
    return rules


def _weights(entry: CatalogueEntry, indicators: Mapping[str, Indicator]) -> Mapping[str, float]:
    given: dict[str, Any] = entry.get("weights", dict, default={})
    for indicator_id, weight in given.items():
        indicator = indicators.get(indicator_id)
        if indicator is None:
            entry.fault("weights", f"{indicator_id!r} is no indicator of indicators.toml")
        elif not indicator.is_share:
            entry.fault(
                "weights", f"{indicator_id!r} is no share (group, rest): its noise is unknown"
            )
        if isinstance(weight, bool) or not isinstance(weight, int | float) or weight == 0:
            entry.fault("weights", f"{indicator_id} = {weight!r}: expected a number other than 0")
    if not given:
        entry.fault("weights", "names no indicator; expected ids with a weight each")
    return MappingProxyType(dict(given))


def _limits(entry: CatalogueEntry) -> tuple[float, float, float]:
    found = entry.get("limits", list)
    numbers = [n for n in found if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) != STEPS - 1 or len(found) != len(numbers) or numbers != sorted(set(numbers)):
        entry.fault("limits", f"{found!r}: expected {STEPS - 1} rising numbers")
        return (-1.0, 1.0, 2.0)
    return (float(numbers[0]), float(numbers[1]), float(numbers[2]))


def _years(entry: CatalogueEntry, key: str, *, least: int) -> int:
    years = entry.get(key, int)
    if not least <= years <= 10:
        entry.fault(key, f"{years} years: expected {least} to 10")
    return years


def _share(entry: CatalogueEntry, key: str, *, least: float) -> float:
    share = entry.number(key, default=0.9)
    if not least <= share < 1:
        entry.fault(key, f"{share} is not from {least} to below 1")
    return share
