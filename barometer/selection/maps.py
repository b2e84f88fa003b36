"""The map's view: its address as a value, and what can be looked at."""

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from barometer.catalogue import ALL, Catalogue
from barometer.divisions import RIKET, Division, Language, Level, division_of
from barometer.selection import map_keys
from barometer.selection.keys import EMBED, LANG, Asked, Key, PageView, number, word
from barometer.selection.map_keys import comparable
from barometer.selection.offer import LAYERS, MIDDLES, Layer, Marked, Offer, groupings_of

Method = Literal["quantiles", "equal_steps", "jenks", "std_dev"]
View = Literal["map", "table"]
Together = Literal["maps", "bivariate"]

METHODS: Final[tuple[Method, ...]] = get_args(Method)
VIEWS: Final[tuple[View, ...]] = get_args(View)
TOGETHER: Final[tuple[Together, ...]] = get_args(Together)


def layers_of(selection: "Selection", *, catalogue: Catalogue, offer: Offer) -> tuple[Layer, ...]:
    """The measures that the view can show, the value itself first."""
    measures = (
        layer for layer in LAYERS if grouping_choices(selection, layer, catalogue, offer=offer)
    )
    return ("value", *measures)


def grouping_choices(
    selection: "Selection", layer: Layer, catalogue: Catalogue, *, offer: Offer
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


def years_before(selection: "Selection", *, offer: Offer) -> tuple[int, ...]:
    """The years that a change to the view's year can be shown from."""
    has_value = offer.years_of(selection.indicator, selection.level)
    years = offer.counted.get((selection.grouping, selection.level), has_value)
    return comparable(years, level=selection.level, year=selection.year)


def can_be_steady(selection: "Selection") -> bool:
    """Whether the classes can be those of all years: of plain values only."""
    return selection.layer == "value" and selection.since is None and not selection.bivariate


def can_be_one(selection: "Selection", catalogue: Catalogue) -> bool:
    """Whether both maps have the same areas and amounts to cross."""
    year = selection.compared_year
    shown = (selection.indicator, *(() if year else (selection.compare or "",)))
    classed = any(catalogue.indicators[i].categories for i in shown if i)
    same = year is None or division_of(selection.level, year) == selection.division
    return same and not classed and selection.since is None


def _layer(asked: Asked) -> Layer:
    choices = layers_of(asked.view, catalogue=asked.catalogue, offer=asked.offer)
    return map_keys.layer_of(asked, choices)


def _grouping(asked: Asked) -> str:
    choices = grouping_choices(asked.view, asked.view.layer, asked.catalogue, offer=asked.offer)
    return map_keys.grouping_of(asked, choices)


def _spelt_grouping(selection: "Selection") -> str:
    return selection.grouping or selection.indicator


def _since(asked: Asked) -> int | None:
    """Another year in one map, where no other map is compared with and there are amounts."""
    view = asked.view
    classed = bool(asked.catalogue.indicators[view.indicator].categories)
    offered = view.compare is None and not (classed and view.layer == "value")
    earlier = years_before(view, offer=asked.offer)
    return map_keys.since_of(asked, earlier, offered=offered)


def _together(asked: Asked) -> str:
    together = asked.address.word(asked.key, TOGETHER, default="maps")
    if not asked.view.compare:
        return "maps"
    if together == "bivariate" and not can_be_one(asked.view, asked.catalogue):
        return asked.instead(together, "maps", TOGETHER, "not_together")
    return together


def _steady(asked: Asked) -> bool:
    steady = map_keys.switched(asked, default=_is_steady(asked.view))
    return steady and can_be_steady(asked.view)


def _is_steady(selection: "Selection") -> bool:
    """Whether the classes are those of all years where the address does not say."""
    return can_be_steady(selection) and selection.compared_year is not None


@dataclass(frozen=True, slots=True)
class Selection(PageView):
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

    keys = (
        Key("indicator", map_keys.indicator_of),
        Key("level", map_keys.level_of),
        Key("year", number(map_keys.years_of)),
        Key("background", map_keys.background_of, start=ALL),
        Key("area", map_keys.area_of, start=""),
        Key("within", map_keys.within_of, start=RIKET),
        Key("layer", _layer, start="value"),
        Key(
            "grouping",
            _grouping,
            start=lambda view: view.indicator,
            spell=_spelt_grouping,
        ),
        Key("compare", map_keys.compare_of, start=""),
        Key("since", _since, start=""),
        Key("together", _together, start="maps"),
        Key("method", word(METHODS), start="quantiles"),
        Key("classes", number(map_keys.class_counts, default=5, reason="unknown"), start="5"),
        Key("steady", _steady, start=lambda view: str(int(_is_steady(view)))),
        Key("marked", map_keys.marked_of, start="in"),
        Key("police", map_keys.police_of, start="0"),
        Key("view", word(VIEWS), start="map"),
        LANG,
        EMBED,
    )


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
    return Selection.from_values(pairs, catalogue=catalogue, offer=offer).view
