"""What was not understood of an address, what is shown instead, and what could be chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from barometer.catalogue import Catalogue, Text
from barometer.divisions import LEVELS, Language, Level, parse_area_code
from barometer.selection import (
    LAYERS,
    METHODS,
    Layer,
    Method,
    Misunderstood,
    Offer,
    Reading,
    Selection,
)
from barometer.wording.names import background_name, layer_name, level_word, method_name, place
from barometer.wording.numbers import enumerated, year_list
from barometer.wording.page_remarks import general_remark

_VIEWS: Final = {"map": Text("kartan", "the map"), "table": Text("tabellen", "the table")}
_LANGUAGES: Final = {"sv": Text("svenska", "Swedish"), "en": Text("engelska", "English")}


@dataclass(frozen=True, slots=True)
class _Remark:
    """A misunderstanding in the company that its sentence needs."""

    about: Misunderstood
    selection: Selection
    catalogue: Catalogue
    offer: Offer

    @property
    def language(self) -> Language:
        return self.selection.language

    @property
    def indicator(self) -> str:
        """The name of the indicator that is shown."""
        return self.catalogue.indicators[self.selection.indicator].name[self.language]

    @property
    def quoted(self) -> str:
        """What the reader wrote, in quotation marks."""
        return Text(f"”{self.about.given}”", f"“{self.about.given}”")[self.language]


def misunderstood_sentences(
    reading: Reading[Selection], *, catalogue: Catalogue, offer: Offer
) -> tuple[str, ...]:
    """One remark per misunderstanding: "Året 2035 finns inte; visar 2024. …"."""
    remarks = [_Remark(m, reading.view, catalogue, offer) for m in reading.misunderstood]
    return tuple(_sentence(remark) for remark in remarks)


def _sentence(remark: _Remark) -> str:
    about = remark.about
    if said := general_remark(about):
        return said[remark.language]
    return _BY_FIELD[about.field](remark)[remark.language]


def _indicator(remark: _Remark) -> Text:
    about, known = remark.about, remark.catalogue.indicators.get(remark.about.given)
    if known is not None:
        return Text(
            f"{known.name.sv} finns inte i den här dataversionen; visar {remark.indicator}.",
            f"{known.name.en} is not in this data version; showing {remark.indicator}.",
        )
    return Text(
        f"Indikatorn {remark.quoted} finns inte; visar {remark.indicator}."
        f" Det finns {len(about.choices)} indikatorer att välja bland.",
        f"There is no indicator {remark.quoted}; showing {remark.indicator}."
        f" There are {len(about.choices)} indicators to choose from.",
    )


def _background(remark: _Remark) -> Text:
    shown, *choices = (
        background_name(b, catalogue=remark.catalogue, language=remark.language)
        for b in (remark.about.used, *remark.about.choices)
    )
    offered = _offered(choices, remark.language)
    return Text(
        f"{remark.indicator} finns inte i dataversionen för gruppen {remark.quoted}; visar {shown}."
        f"{offered.sv}",
        f"{remark.indicator} is not in the data version for the group {remark.quoted};"
        f" showing {shown}.{offered.en}",
    )


def _offered(choices: Sequence[str], language: Language) -> Text:
    """What else there is to choose from, if there is anything else."""
    listed = enumerated(choices, language=language)
    return (
        Text(f" Välj mellan {listed}.", f" Available: {listed}.") if choices[1:] else Text("", "")
    )


def _level(remark: _Remark) -> Text:
    shown, *choices = (
        level_word(cast(Level, level), language=remark.language)
        for level in (remark.about.used, *remark.about.choices)
    )
    offered = _offered(choices, remark.language)
    given = remark.about.given
    named = level_word(given, language=remark.language) if given in LEVELS else remark.quoted
    return Text(
        f"{remark.indicator} finns inte i dataversionen på nivån {named}; visar {shown}."
        f"{offered.sv}",
        f"{remark.indicator} is not in the data version at the level {named}; showing {shown}."
        f"{offered.en}",
    )


def _year(remark: _Remark) -> Text:
    about = remark.about
    years = year_list([int(year) for year in about.choices])
    is_year = about.reason == "not_offered"
    return Text(
        f"Året {about.given if is_year else remark.quoted} finns inte; visar {about.used}."
        f" Det finns uppgifter för {years}.",
        f"There is no year {about.given if is_year else remark.quoted}; showing {about.used}."
        f" There are figures for {years}.",
    )


def _area(remark: _Remark) -> Text:
    about = remark.about
    code = parse_area_code(about.used)
    if code is None:
        return Text(
            f"Området {remark.quoted} finns inte; inget område är valt."
            " Sök efter ett namn eller en kod.",
            f"There is no area {remark.quoted}; no area is selected. Search for a name or a code.",
        )
    label = remark.offer.names.get(about.used)
    shown = f"{place(label, code.level, language=remark.language)} ({about.used})" if label else ""
    if about.reason == "unknown":
        return Text(
            f"Området {remark.quoted} finns inte; visar {shown}.",
            f"There is no area {remark.quoted}; showing {shown}.",
        )
    year = remark.selection.year
    if label:
        return Text(
            f"Området {about.given} finns inte i {year} års indelning; visar {shown}.",
            f"The area {about.given} is not in the area version of {year}; showing {shown}.",
        )
    return Text(
        f"Området {about.given} hör till en annan indelning än {year} års; visar {about.used},"
        " som har samma kod men kan ha andra gränser.",
        f"The area {about.given} belongs to another area version than that of {year}; showing"
        f" {about.used}, which has the same code but may have other boundaries.",
    )


def _method(remark: _Remark) -> Text:
    shown, *choices = (
        method_name(cast(Method, method), language=remark.language)
        for method in (remark.about.used, *METHODS)
    )
    offered = _offered(choices, remark.language)
    return Text(
        f"Klassindelningen {remark.quoted} finns inte; visar {shown}.{offered.sv}",
        f"There is no class method {remark.quoted}; showing {shown}.{offered.en}",
    )


def _classes(remark: _Remark) -> Text:
    about = remark.about
    fewest, most = about.choices[0], about.choices[-1]
    return Text(
        f"Antalet klasser kan inte vara {remark.quoted}; visar {about.used}."
        f" Det kan vara {fewest}–{most}.",
        f"The number of classes cannot be {remark.quoted}; showing {about.used}."
        f" It can be {fewest}–{most}.",
    )


def _view(remark: _Remark) -> Text:
    shown = _VIEWS[remark.about.used]
    return Text(
        f"Vyn {remark.quoted} finns inte; visar {shown.sv}.",
        f"There is no view {remark.quoted}; showing {shown.en}.",
    )


def _lang(remark: _Remark) -> Text:
    shown = _LANGUAGES[remark.about.used]
    return Text(
        f"Språket {remark.quoted} finns inte; visar {shown.sv}. Det finns svenska och engelska.",
        f"There is no language {remark.quoted}; showing {shown.en}. There is Swedish and English.",
    )


def _not_a_choice(remark: _Remark, shown: Text, one: str = "0", other: str = "1") -> Text:
    """A key of two values that has a third."""
    key = remark.about.field
    return Text(
        f"Värdet {remark.quoted} för {key} är okänt; visar {shown.sv}. Det kan vara {one} eller"
        f" {other}.",
        f"The value {remark.quoted} of {key} is not known; showing {shown.en}. It can be {one} or"
        f" {other}.",
    )


def _embed(remark: _Remark) -> Text:
    whole = Text("hela sidan", "the whole page")
    bare = Text("bara figuren", "the figure only")
    return _not_a_choice(remark, bare if remark.about.used == "1" else whole)


def _within(remark: _Remark) -> Text:
    used = remark.about.used
    code = parse_area_code(used)
    label = remark.offer.names.get(used, used)
    shown = place(label, code.level if code else "riket", language=remark.language)
    if remark.about.reason == "not_offered":
        return Text(
            f"Platsen {remark.about.given} har inga områden på den här nivån; visar {shown}.",
            f"The place {remark.about.given} has no areas of this level; showing {shown}.",
        )
    return Text(
        f"Det finns inget län och ingen kommun {remark.quoted}; visar {shown}.",
        f"There is no county and no municipality {remark.quoted}; showing {shown}.",
    )


def _layer(remark: _Remark) -> Text:
    about = remark.about
    if about.reason == "not_offered":
        named = layer_name(cast(Layer, about.given), language=remark.language)
        return Text(
            f"{named} kan inte räknas för {remark.indicator} på den här nivån och det här året;"
            " visar värdet.",
            f"{named} cannot be computed for {remark.indicator} at this level and in this year;"
            " showing the value.",
        )
    choices = [layer_name(layer, language=remark.language) for layer in LAYERS]
    listed = enumerated(choices, language=remark.language)
    return Text(
        f"Måttet {remark.quoted} finns inte; visar värdet. Välj mellan {listed}.",
        f"There is no measure {remark.quoted}; showing the value. Available: {listed}.",
    )


def _grouping(remark: _Remark) -> Text:
    own = remark.catalogue.indicators.get(remark.about.used)
    shown = own.name if own else remark.catalogue.groupings[remark.about.used].name
    return Text(
        f"Måttet kan inte räknas på grupperingen {remark.quoted}; visar {shown.sv}.",
        f"The measure cannot be computed for the groups {remark.quoted}; showing {shown.en}.",
    )


def _since(remark: _Remark) -> Text:
    about, year = remark.about, remark.selection.year
    if about.reason == "not_together":
        return Text(
            "Förändring kan inte visas för klasser eller i två kartor; visar värdena.",
            "A change cannot be shown of classes or in two maps; showing the values.",
        )
    shown = Text(f"visar förändringen från {about.used}", f"showing the change from {about.used}")
    if not about.used:
        shown = Text("visar värdena", "showing the values")
    if about.reason == "other_division":
        return Text(
            f"{about.given} och {year} har olika områdesgränser och kan inte jämföras område för"
            f" område; {shown.sv}. Kommuner och län kan jämföras.",
            f"{about.given} and {year} have different area boundaries and cannot be compared "
            f"area by area; {shown.en}. Municipalities and counties can be compared.",
        )
    return Text(
        f"Förändringen till {year} kan inte visas från {remark.quoted}; {shown.sv}.",
        f"The change to {year} cannot be shown from {remark.quoted}; {shown.en}.",
    )


def _compare(remark: _Remark) -> Text:
    about = remark.about
    if about.reason == "itself":
        itself = remark.catalogue.indicators.get(about.given)
        named = itself.name if itself else Text(about.given, about.given)
        return Text(
            f"Kartan visar redan {named.sv}; ingen karta visas bredvid.",
            f"The map shows {named.en} already; no map is shown beside it.",
        )
    if not about.used:
        return Text(
            f"Det finns ingen indikator och inget år {remark.quoted} att jämföra med.",
            f"There is no indicator and no year {remark.quoted} to compare with.",
        )
    indicator = remark.catalogue.indicators.get(about.used)
    shown = indicator.name if indicator else Text(about.used, about.used)
    return Text(
        f"Det går inte att jämföra med {remark.quoted}; visar {shown.sv} bredvid.",
        f"It is not possible to compare with {remark.quoted}; showing {shown.en} beside it.",
    )


def _together(remark: _Remark) -> Text:
    if remark.about.reason == "not_together":
        return Text(
            "De två kan inte visas i en karta: de har olika områden eller är klasser. Visar två.",
            "The two cannot be shown in one map: they have different areas or are classes."
            " Showing two.",
        )
    return Text(
        f"Sättet {remark.quoted} att visa två kartor finns inte; visar dem bredvid varandra.",
        f"There is no way {remark.quoted} to show two maps; showing them side by side.",
    )


def _steady(remark: _Remark) -> Text:
    own = Text("klasser för varje år", "classes of each year")
    same = Text("samma klasser för alla år", "the same classes for all years")
    return _not_a_choice(remark, same if remark.about.used == "1" else own)


def _marked(remark: _Remark) -> Text:
    return _not_a_choice(remark, Text("alla områden", "all areas"), "in", "out")


def _police(remark: _Remark) -> Text:
    if remark.about.reason == "not_offered":
        return Text(
            "Polisens områden ingår inte i den här dataversionen; visar kartan utan dem.",
            "The police's areas are not in this data version; showing the map without them.",
        )
    without = Text("kartan utan polisens områden", "the map without the police's areas")
    return _not_a_choice(remark, without)


_BY_FIELD: Final[Mapping[str, Callable[[_Remark], Text]]] = {
    "indicator": _indicator,
    "background": _background,
    "level": _level,
    "year": _year,
    "area": _area,
    "within": _within,
    "layer": _layer,
    "grouping": _grouping,
    "since": _since,
    "compare": _compare,
    "together": _together,
    "steady": _steady,
    "marked": _marked,
    "police": _police,
    "method": _method,
    "classes": _classes,
    "view": _view,
    "lang": _lang,
    "embed": _embed,
}
