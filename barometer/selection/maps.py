"""The map's view: its address as a value, and what can be looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast, get_args
from urllib.parse import urlencode

from barometer.catalogue import ALL, Catalogue
from barometer.divisions import RIKET, Division, Language, Level, division_of
from barometer.selection import map_keys
from barometer.selection.address import LANGUAGES, Address, Misunderstood, embed_of
from barometer.selection.map_keys import comparable
from barometer.selection.offer import LAYERS, MIDDLES, Layer, Marked, Offer, groupings_of

Method = Literal["quantiles", "equal_steps", "jenks", "std_dev"]
View = Literal["map", "table"]
Together = Literal["maps", "bivariate"]

METHODS: Final[tuple[Method, ...]] = get_args(Method)
VIEWS: Final[tuple[View, ...]] = get_args(View)
TOGETHER: Final[tuple[Together, ...]] = get_args(Together)
KEYS: Final = (
    *("indicator", "background", "level", "year", "area", "within", "layer", "grouping"),
    *("since", "compare", "together", "method", "classes", "steady", "marked"),
    *("police", "view", "lang", "embed"),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """One view: equal selections show equal numbers, on the page, in a link and in a download."""

    indicator: str
    level: Level
    year: int
    background: str = ALL  # "all" or "sex:women"
    area: str | None = None  # the opened place; of any level, in the division of `year`
    within: str = RIKET  # only the areas of this län or kommun
    layer: Layer = "value"  # the value itself, or a local measure of segregation
    grouping: str = ""  # the partition that a local measure is made on; empty for values
    since: int | None = None  # the change from this year, which has the same borders
    compare: str | None = None  # another indicator or year beside the map
    together: Together = "maps"  # two maps in step, or both in one
    method: Method = "quantiles"
    classes: int = 5
    steady: bool = False  # the same classes for every year
    marked: Marked = "in"  # out: without areas of many students or an institution
    police: bool = False  # with the outlines of the police's vulnerable areas
    view: View = "map"
    language: Language = "sv"
    embed: bool = False

    @property
    def division(self) -> Division:
        """The division that the level has in the year."""
        return division_of(self.level, self.year)

    @property
    def middle(self) -> float | None:
        """What the colours differ from to both sides; None when they show amounts."""
        return 0.0 if self.since is not None else MIDDLES.get(self.layer)

    @property
    def compared_year(self) -> int | None:
        """The year of the other map when it shows the same indicator."""
        return int(self.compare) if self.compare and self.compare.isdigit() else None

    @property
    def bivariate(self) -> bool:
        """Whether two things are shown in one map."""
        return self.compare is not None and self.together == "bivariate"

    @classmethod
    def from_query(cls, query: str, *, catalogue: Catalogue, offer: Offer) -> "Reading":
        """Read an address ("?indicator=…&year=…", with or without "?"); never raises.

        Whatever is not understood becomes the nearest view that makes sense and a `Misunderstood`.
        The offer must hold at least one indicator.
        """
        values = Address.of(query).values
        return cls.from_values(values, catalogue=catalogue, offer=offer)

    @classmethod
    def from_values(
        cls, values: Mapping[str, Sequence[str]], *, catalogue: Catalogue, offer: Offer
    ) -> "Reading":
        """Read an address whose keys and values are apart already."""
        address = Address(values)
        indicator = map_keys.indicator_of(address, catalogue, offer)
        background = map_keys.background_of(address, indicator, offer)
        level = map_keys.level_of(address, indicator, offer)
        years = offer.years_of(indicator, level)
        year = map_keys.year_of(address, years)
        selection = cls(
            indicator=indicator,
            level=level,
            year=year,
            background=background,
            area=map_keys.area_of(address, year, offer),
            within=map_keys.within_of(address, level, offer),
            method=cast(Method, address.word("method", METHODS, default="quantiles")),
            marked=map_keys.marked_of(address, level),
            police=map_keys.police_of(address, offer),
            view=cast(View, address.word("view", VIEWS, default="map")),
            language=cast(Language, address.word("lang", LANGUAGES, default="sv")),
            embed=embed_of(address),
        )
        selection = _with_measure(selection, address, catalogue, offer)
        selection = _with_comparison(selection, address, catalogue, offer)
        selection = _with_classes(selection, address)
        address.check_keys(KEYS)
        return Reading(selection, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same selection back.

        What is shown always stands there, so that a link means the same after a refresh; how it
        is shown only where it differs from the start.
        """
        return "?" + urlencode(self.to_values(), safe=":")

    def to_values(self) -> dict[str, str]:
        """The keys and values of `to_query`."""
        always = {"indicator": self.indicator, "level": self.level, "year": str(self.year)}
        plain = Selection(self.indicator, self.level, self.year)
        steady = str(int(self.compared_year is not None))
        sometimes = {
            "background": (self.background, plain.background),
            "area": (self.area, plain.area),
            "within": (self.within, plain.within),
            "layer": (self.layer, plain.layer),
            "grouping": (self.grouping or self.indicator, self.indicator),
            "since": (self.since, plain.since),
            "compare": (self.compare, plain.compare),
            "together": (self.together, plain.together),
            "method": (self.method, plain.method),
            "classes": (str(self.classes), str(plain.classes)),
            "steady": (str(int(self.steady)), steady if can_be_steady(self) else "0"),
            "marked": (self.marked, plain.marked),
            "police": (str(int(self.police)), "0"),
            "view": (self.view, plain.view),
            "lang": (self.language, plain.language),
            "embed": (str(int(self.embed)), "0"),
        }
        differing = {key: own for key, (own, start) in sometimes.items() if own != start}
        return {key: str(value) for key, value in (always | differing).items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """An address as it was understood."""

    selection: Selection
    misunderstood: tuple[Misunderstood, ...] = ()


def layers_of(selection: Selection, *, catalogue: Catalogue, offer: Offer) -> tuple[Layer, ...]:
    """The measures that the view can show, the value itself first."""
    measures = (
        layer for layer in LAYERS if grouping_choices(selection, layer, catalogue, offer=offer)
    )
    return ("value", *measures)


def grouping_choices(
    selection: Selection, layer: Layer, catalogue: Catalogue, *, offer: Offer
) -> tuple[str, ...]:
    """The partitions that a measure of the view can be made on."""
    return groupings_of(
        layer,
        indicator=selection.indicator,
        background=selection.background,
        level=selection.level,
        year=selection.year,
        catalogue=catalogue,
        offer=offer,
    )


def years_before(selection: Selection, *, offer: Offer) -> tuple[int, ...]:
    """The years that a change to the view's year can be shown from."""
    has_value = offer.years_of(selection.indicator, selection.level)
    years = offer.counted.get((selection.grouping, selection.level), has_value)
    return comparable(years, level=selection.level, year=selection.year)


def can_be_steady(selection: Selection) -> bool:
    """Whether the classes can be those of all years: of plain values only."""
    return selection.layer == "value" and selection.since is None and not selection.bivariate


def compared_selection(
    selection: Selection, *, catalogue: Catalogue, offer: Offer
) -> Selection | None:
    """What the other map shows: as much the same view as its indicator or year has."""
    if selection.compare is None:
        return None
    year = selection.compared_year
    other = replace(
        selection,
        compare=None,
        together="maps",
        indicator=selection.indicator if year else selection.compare,
        year=year or selection.year,
        grouping="" if selection.grouping == selection.indicator else selection.grouping,
        view="map",
    )
    pairs = {name: [one] for name, one in other.to_values().items()}
    return Selection.from_values(pairs, catalogue=catalogue, offer=offer).selection


def _with_measure(
    selection: Selection, address: Address, catalogue: Catalogue, offer: Offer
) -> Selection:
    layer = map_keys.layer_of(address, layers_of(selection, catalogue=catalogue, offer=offer))
    choices = grouping_choices(selection, layer, catalogue, offer=offer)
    return replace(selection, layer=layer, grouping=map_keys.grouping_of(address, choices))


def _with_comparison(
    selection: Selection, address: Address, catalogue: Catalogue, offer: Offer
) -> Selection:
    """With what the view is compared to: another year in one map, or another map."""
    classed = bool(catalogue.indicators[selection.indicator].categories)
    compare = map_keys.compare_of(
        address,
        indicator=selection.indicator,
        level=selection.level,
        year=selection.year,
        offer=offer,
    )
    since = map_keys.since_of(
        address,
        offer.years_of(selection.indicator, selection.level),
        earlier=years_before(selection, offer=offer),
        year=selection.year,
        offered=compare is None and not (classed and selection.layer == "value"),
    )
    compared = replace(selection, compare=compare, since=since)
    together = cast(Together, address.word("together", TOGETHER, default="maps"))
    if compare and together == "bivariate" and not can_be_one(compared, catalogue):
        address.instead("together", together, "maps", TOGETHER, "not_together")
        together = "maps"
    return replace(compared, together=together if compare else "maps")


def can_be_one(selection: Selection, catalogue: Catalogue) -> bool:
    """Whether both maps have the same areas and amounts to cross."""
    year = selection.compared_year
    shown = (selection.indicator, *(() if year else (selection.compare or "",)))
    classed = any(catalogue.indicators[i].categories for i in shown if i)
    same = year is None or division_of(selection.level, year) == selection.division
    return same and not classed and selection.since is None


def _with_classes(selection: Selection, address: Address) -> Selection:
    classes = map_keys.classes_of(address, diverging=selection.middle is not None)
    possible = can_be_steady(selection)
    default = possible and selection.compared_year is not None
    steady = map_keys.switched(address, "steady", default=default)
    return replace(selection, classes=classes, steady=steady and possible)
