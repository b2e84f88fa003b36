"""What was not understood of an address, what is shown instead, and what could be chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from barometer.catalogue import Catalogue, Text
from barometer.divisions import LEVELS, Language, Level, parse_area_code
from barometer.selection import METHODS, Method, Misunderstood, Offer, Reading, Selection
from barometer.wording.names import background_name, level_word, method_name, place
from barometer.wording.numbers import enumerated, year_list

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
    reading: Reading, *, catalogue: Catalogue, offer: Offer
) -> tuple[str, ...]:
    """One remark per misunderstanding: "Året 2035 finns inte; visar 2024. …"."""
    remarks = [_Remark(m, reading.selection, catalogue, offer) for m in reading.misunderstood]
    return tuple(_sentence(remark) for remark in remarks)


def _sentence(remark: _Remark) -> str:
    about = remark.about
    if about.reason == "key":
        meant = about.choices[0]
        return Text(
            f"Ordet {about.field} i adressen är okänt och gäller inte; menade du {meant}?",
            f"The word {about.field} in the address is not known and has no effect;"
            f" did you mean {meant}?",
        )[remark.language]
    if about.reason == "repeated":
        return Text(
            f"Adressen har flera värden för {about.field} ({about.given}); visar det första.",
            f"The address has several values for {about.field} ({about.given}); showing the first.",
        )[remark.language]
    return _BY_FIELD[about.field](remark)[remark.language]


def _indicator(remark: _Remark) -> Text:
    about, known = remark.about, remark.catalogue.indicators.get(remark.about.given)
    if known is not None:
        return Text(
            f"{known.name.sv} finns inte i den här datamängden; visar {remark.indicator}.",
            f"{known.name.en} is not in this data set; showing {remark.indicator}.",
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
        f"{remark.indicator} finns inte för gruppen {remark.quoted}; visar {shown}.{offered.sv}",
        f"{remark.indicator} is not published for the group {remark.quoted};"
        f" showing {shown}.{offered.en}",
    )


def _offered(choices: Sequence[str], language: Language) -> Text:
    """What else there is to choose from, if there is anything else."""
    listed = enumerated(choices, language=language)
    return Text(f" Det finns {listed}.", f" There is {listed}.") if choices[1:] else Text("", "")


def _level(remark: _Remark) -> Text:
    shown, *choices = (
        level_word(cast(Level, level), language=remark.language)
        for level in (remark.about.used, *remark.about.choices)
    )
    offered = _offered(choices, remark.language)
    given = remark.about.given
    named = level_word(given, language=remark.language) if given in LEVELS else remark.quoted
    return Text(
        f"{remark.indicator} finns inte på nivån {named}; visar {shown}.{offered.sv}",
        f"{remark.indicator} is not published at the level {named}; showing {shown}.{offered.en}",
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
            f"The area {about.given} is not in the division of {year}; showing {shown}.",
        )
    return Text(
        f"Området {about.given} hör till en annan indelning än {year} års; visar {about.used},"
        " som har samma kod men kan ha andra gränser.",
        f"The area {about.given} belongs to another division than that of {year}; showing"
        f" {about.used}, which has the same code but may have other borders.",
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


def _embed(remark: _Remark) -> Text:
    whole = Text("hela sidan", "the whole page")
    bare = Text("bara figuren", "the figure only")
    shown = bare if remark.about.used == "1" else whole
    return Text(
        f"Värdet {remark.quoted} för embed är okänt; visar {shown.sv}. Det kan vara 0 eller 1.",
        f"The value {remark.quoted} of embed is not known; showing {shown.en}. It can be 0 or 1.",
    )


_BY_FIELD: Final[Mapping[str, Callable[[_Remark], Text]]] = {
    "indicator": _indicator,
    "background": _background,
    "level": _level,
    "year": _year,
    "area": _area,
    "method": _method,
    "classes": _classes,
    "view": _view,
    "lang": _lang,
    "embed": _embed,
}
