"""What the area-type page says: shares, moves and changed areas as sentences."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from barometer.catalogue import Indicator, Text
from barometer.divisions import Language, division_label
from barometer.selection.area_types import TypeView
from barometer.wording.numbers import number, percent, value

FIXED: Final = (
    Text(
        "Typerna är relativa: de säger hur ett område ligger till jämfört med alla RegSO i riket"
        " samma år.",
        "The types are relative: they say how an area stands against all RegSO in Sweden the same"
        " year.",
    ),
    Text(
        "Gränserna mellan typerna räknas om varje år. Att ett område byter typ behöver därför inte"
        " betyda att förhållandena där har ändrats.",
        "Cut-offs are recalculated every year. That an area changes type therefore need not mean"
        " that conditions there have changed.",
    ),
    Text(
        "De mäter inte segregation. Hur åtskilda grupper bor visar sidan Segregation.",
        "They do not measure segregation. How far apart groups live is on the page Segregation.",
    ),
)


def type_title(view: TypeView, *, where: str) -> str:
    """What the page shows: "Områdestyper i Uppsala kommun, 2024 (RegSO 2025)"."""
    label = division_label("regso", view.division)
    return Text(
        f"Områdestyper i {where}, {view.year} ({label})",
        f"Area types in {where}, {view.year} ({label})",
    )[view.language]


def shares_sentence(shares: pd.DataFrame, view: TypeView, *, where: str) -> str:
    """How many live in areas of the first two types, then and now; empty without figures.

    Columns: year, type, n_areas, resident_share (`queries.type_shares`).
    """
    now = _challenged(shares, view.year)
    if not now["n"]:
        return ""
    language = view.language
    counted = number(now["areas"], decimals=0, language=language)
    every = number(now["n"], decimals=0, language=language)
    share = percent(now["share"], language=language)
    lead = Text(
        f"År {view.year} bodde {share} av invånarna i {where} i områden"
        f" av typ 1 eller 2, det vill säga med socioekonomiska utmaningar. Det var {counted} av"
        f" {every} RegSO.",
        f"In {view.year}, {share} of the residents of {where} lived"
        f" in areas of type 1 or 2, that is, with socio-economic challenges. That was {counted} of"
        f" {every} RegSO areas.",
    )
    if not now["areas"]:
        lead = Text(
            f"År {view.year} var inget av {every} RegSO i {where} av typ 1 eller 2, det vill säga"
            " med socioekonomiska utmaningar.",
            f"In {view.year}, none of the {every} RegSO areas of {where} was of type 1 or 2, that"
            " is, with socio-economic challenges.",
        )
    then = _challenged(shares, view.since)
    if view.since == view.year or not then["n"]:
        return lead[language]
    return (
        lead[language]
        + Text(
            f" År {view.since} var andelen {percent(then['share'], language=language)}.",
            f" In {view.since} the share was {percent(then['share'], language=language)}.",
        )[language]
    )


def _challenged(shares: pd.DataFrame, year: int) -> Mapping[str, float]:
    own = shares[shares["year"] == year]
    first = own[own["type"].isin((1, 2))]
    return {
        "n": int(own["n_areas"].sum()),
        "areas": int(first["n_areas"].sum()),
        "share": float(first["resident_share"].sum()),
    }


def moves_sentence(moves: pd.DataFrame, view: TypeView) -> str:
    """How many areas have the same type in both years, and which way the others went.

    Columns: from_type, to_type, n_areas (`queries.type_moves`).
    """
    known = moves.dropna(subset=["from_type", "to_type"])
    n = int(known["n_areas"].sum())
    if not n:
        return ""
    language = view.language

    def counted(rows: pd.Series) -> str:
        return number(int(known.loc[rows, "n_areas"].sum()), decimals=0, language=language)

    same = counted(known["from_type"] == known["to_type"])
    up = counted(known["to_type"] > known["from_type"])
    down = counted(known["to_type"] < known["from_type"])
    every = number(n, decimals=0, language=language)
    unchanged = (
        Text(" med oförändrade gränser", " with unchanged boundaries") if view.crosses else ""
    )
    own = unchanged[language] if isinstance(unchanged, Text) else ""
    return Text(
        f"{same} av {every} RegSO{own} har samma typ {view.since} och {view.year}. {up} har bytt"
        f" till en högre typ (mindre utmaningar jämfört med andra) och {down} till en lägre.",
        f"{same} of {every} RegSO areas{own} have the same type in {view.since} and {view.year}."
        f" {up} moved up (fewer challenges relative to others) and {down} moved down.",
    )[language]


def agreement_sentence(rate: float, n: int, *, year: int, language: Language) -> str:
    """How often our own count gives SCB's type, or that it cannot be made."""
    if not n:
        return Text(
            "Typen kan inte räknas om här: indexets tre delar saknas i dataversionen.",
            "The type cannot be recomputed here: the three parts of the index are not in the data"
            " version.",
        )[language]
    every = number(n, decimals=0, language=language)
    same = percent(100 * rate, language=language)
    return Text(
        f"Typen är SCB:s. Vår egen omräkning från indexets tre delar ger samma typ för {same} av"
        f" rikets {every} RegSO {year}; skillnader kan bero på att delarna är avrundade.",
        f"The type is SCB's. Our own recomputation from the three parts of the index gives the same"
        f" type for {same} of Sweden's {every} RegSO in {year}; differences can come from the parts"
        " being rounded.",
    )[language]


def approximation_sentence(rate: float, n: int, *, year: int, language: Language) -> str:
    """How near our types for DeSO are to SCB's for the same ground; empty where nothing is."""
    if not n:
        return ""
    every = number(n, decimals=0, language=language)
    same = percent(100 * rate, language=language)
    return Text(
        f"I de {every} RegSO som består av ett enda DeSO är närmevärdet detsamma som SCB:s typ i"
        f" {same} {year}.",
        f"In the {every} RegSO that consist of a single DeSO the approximation is SCB's type in"
        f" {same} in {year}.",
    )[language]


def by_type_sentence(
    table: pd.DataFrame, view: TypeView, *, indicator: Indicator, where: str
) -> str:
    """The indicator in the first and last type that the place has, and in all its areas.

    Columns: year, type (0 all), value (`queries.indicator_by_type`).
    """
    language = view.language
    own = table[(table["year"] == view.year) & table["value"].notna()].set_index("type")["value"]
    types = [int(t) for t in own.index if t]
    if not types or 0 not in own.index:
        return ""
    told = {t: value(float(own[t]), indicator=indicator, language=language) for t in (0, *types)}
    first, last = types[0], types[-1]
    name = indicator.name[language]
    if first == last:
        return Text(
            f"{name} {view.year}: {told[0]} i {where}, där alla områden är av typ {first}.",
            f"{name} {view.year}: {told[0]} in {where}, where all areas are of type {first}.",
        )[language]
    return Text(
        f"{name} {view.year}: {told[first]} i områden av typ {first}, {told[last]} i områden av typ"
        f" {last} och {told[0]} i alla områden i {where}.",
        f"{name} {view.year}: {told[first]} in areas of type {first}, {told[last]} in areas of type"
        f" {last} and {told[0]} in all areas of {where}.",
    )[language]
