"""What a snapshot has to show, which measures can be made of it, and which areas are marked.

Marked are areas whose figures tell of students or of an institution rather than of living
conditions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, get_args

from barometer.catalogue import ALL, Catalogue
from barometer.divisions import EVERY_LEVEL, LEVELS, SMALL_LEVELS, Level
from barometer.selection.own import Own

Layer = Literal[
    "value",
    "location_quotient",
    "dissimilarity_contribution",
    "local_segregation",
    "local_entropy",
    "ice",
    "distance_to_mix",
]

LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)
TWO_GROUP_LAYERS: Final[tuple[Layer, ...]] = ("location_quotient", "dissimilarity_contribution")
ORDERED_LAYERS: Final[tuple[Layer, ...]] = ("ice",)
SMALL_AREA_LAYERS: Final[tuple[Layer, ...]] = ("distance_to_mix",)
# Children come first; where a snapshot lacks them, conditions of everybody.
FIRST_INDICATORS: Final = (
    *("low_standard_children", "low_standard", "lower_secondary", "employed"),
    "foreign_background",
)
MIDDLES: Final[Mapping[Layer, float]] = MappingProxyType({"location_quotient": 1.0, "ice": 0.0})
"""The measures that have a middle to differ from."""


def first_indicator(offered: Sequence[str]) -> str:
    """The indicator that a page opens with where its address names none."""
    return next((i for i in FIRST_INDICATORS if i in offered), offered[0])


@dataclass(frozen=True, slots=True)
class Offer:
    """What a snapshot holds: computed once per snapshot by `queries.offer`.

    `years` has the years with any value by (indicator, level), ascending; `backgrounds` the
    backgrounds of an indicator, "all" first; `areas` every area id of both divisions; `names` the
    names of riket, län, kommuner and own areas; `counted` the years with counts of persons by
    (share indicator or grouping, level); `sparse` the (indicator, level, year) in which fewer than
    half of the level's areas have a value; `has_own_level` says whether the snapshot has an
    operator's own areas and `has_police` whether it has the police's vulnerable areas, `presets`
    are the operator's comparison groups by id, and `own` the own areas of the address.
    """

    years: Mapping[tuple[str, Level], tuple[int, ...]]
    backgrounds: Mapping[str, tuple[str, ...]]
    areas: frozenset[str]
    names: Mapping[str, str]
    counted: Mapping[tuple[str, Level], tuple[int, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    sparse: frozenset[tuple[str, Level, int]] = frozenset()
    has_own_level: bool = False
    has_police: bool = False
    presets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    own: Own = field(default_factory=lambda: MappingProxyType({}))

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that have any value."""
        return tuple(dict.fromkeys(indicator for indicator, _ in self.years))

    def levels_of(self, indicator: str) -> tuple[Level, ...]:
        """The levels at which an indicator has any value, largest areas first."""
        levels = EVERY_LEVEL if self.has_own_level else LEVELS
        return tuple(level for level in levels if (indicator, level) in self.years)

    def years_of(self, indicator: str, level: Level) -> tuple[int, ...]:
        """The years with any value, ascending; empty when there are none."""
        return self.years.get((indicator, level), ())

    def has_counts(self, grouping: str, *, level: Level, year: int) -> bool:
        """Whether persons are counted by a grouping."""
        return year in self.counted.get((grouping, level), ())


def groupings_of(
    layer: Layer,
    *,
    indicator: str,
    background: str,
    level: Level,
    year: int,
    catalogue: Catalogue,
    offer: Offer,
) -> tuple[str, ...]:
    """The partitions that a measure can be made on, the indicator's own two groups first."""
    if layer == "value" or level == "riket":
        return ()
    if layer in SMALL_AREA_LAYERS and level not in SMALL_LEVELS:
        return ()
    pair = (indicator,) if catalogue.indicators[indicator].is_share else ()
    more = tuple(
        grouping.grouping_id
        for grouping in catalogue.groupings.values()
        if background == ALL and (grouping.kind == "ordinal" or layer not in ORDERED_LAYERS)
    )
    wanted = {
        **dict.fromkeys(TWO_GROUP_LAYERS, pair),
        **dict.fromkeys(ORDERED_LAYERS, more),
    }.get(layer, pair + more)
    # A share and its two groups have one name in the catalogue.
    once = dict.fromkeys(wanted)
    return tuple(g for g in once if offer.has_counts(g, level=level, year=year))


Marked = Literal["in", "out"]
MARKED: Final[tuple[Marked, ...]] = get_args(Marked)
LEFT_OUT: Final = "left_out"
"""Why a marked area has no value in a view without them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A RegSO or DeSO is marked when `limit` per cent or more of its residents are of a kind."""

    indicator: str
    limit: float


# About three and ten times the country's shares of 2022 (5.6 and 2.0 per cent): 58 and 39 of 3,363
# RegSO, 116 and 82 of 5,984 DeSO.
MARKS: Final = (Mark("aged_20_24", 15.0), Mark("special_housing", 20.0))


def can_be_marked(level: Level) -> bool:
    """Whether areas of the level are small enough for students or an institution to matter."""
    return level in SMALL_LEVELS
