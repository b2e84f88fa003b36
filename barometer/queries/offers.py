"""What a reader's snapshot holds, with the own areas of its address."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from barometer.divisions import OWN, Level
from barometer.queries import tables
from barometer.queries.evaluation import evaluation_offer
from barometer.queries.measures import measure_offer
from barometer.queries.own_areas import OwnArea, OwnAreas
from barometer.queries.register import offer
from barometer.selection import EvaluationOffer, MeasureOffer, Offer
from barometer.selection.own import OwnGiven
from barometer.selection.wanted import Contents
from barometer.store import Reader

_SUMMED: Final[tuple[Level, ...]] = ("kommun", "regso", "deso")

Years = Mapping[tuple[str, Level], tuple[int, ...]]


def offer_of(reader: Reader) -> Offer:
    """What there is to show."""
    bare = reader.once(offer)
    areas = laid_over(reader)
    if not areas:
        return bare
    names = _names(areas)
    return replace(
        bare,
        years=_with_own(bare.years),
        areas=bare.areas | names.keys(),
        names=MappingProxyType({**bare.names, **names}),
        counted=_with_own(bare.counted),
        own=_given(areas),
    )


def measure_offer_of(reader: Reader) -> MeasureOffer:
    """What there is to measure."""
    bare = reader.once(measure_offer)
    areas = laid_over(reader)
    if not areas:
        return bare
    names = MappingProxyType({**bare.names, **_names(areas)})
    return replace(bare, names=names, own=_given(areas))


def evaluation_offer_of(reader: Reader) -> EvaluationOffer:
    """What there is to follow up."""
    bare = reader.once(evaluation_offer)
    areas = laid_over(reader)
    return replace(bare, own=_given(areas)) if areas else bare


def contents_of(reader: Reader) -> Contents:
    """What the tables have rows of."""
    bare = reader.once(tables.contents)
    areas = laid_over(reader)
    lacks = {
        area.given: tuple(fault.given for fault in area.faults if fault.kind == "unknown")
        for area in areas
    }
    whole = {area.token for area in areas if not area.faults and area.token}
    return replace(bare, areas=bare.areas | whole, own_lacks=MappingProxyType(lacks))


def laid_over(reader: Reader) -> tuple[OwnArea, ...]:
    """The own areas of the reader's address."""
    return reader.overlay.areas if isinstance(reader.overlay, OwnAreas) else ()


def _names(areas: tuple[OwnArea, ...]) -> dict[str, str]:
    return {area.token: area.label for area in areas if area.token}


def _given(areas: tuple[OwnArea, ...]) -> Mapping[str, OwnGiven]:
    found = {area.given: OwnGiven(area.token, area.faults) for area in areas}
    plain = {area.token: OwnGiven(area.token) for area in areas if area.token}
    return MappingProxyType({**plain, **found})


def _with_own(years: Years) -> Years:
    """Own areas have the years of the areas that they consist of."""
    own: dict[str, set[int]] = {}
    for (key, level), found in years.items():
        if level in _SUMMED:
            own.setdefault(key, set()).update(found)
    return MappingProxyType(
        {**years, **{(key, OWN): tuple(sorted(found)) for key, found in own.items()}}
    )
