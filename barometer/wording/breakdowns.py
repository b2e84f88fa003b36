"""What an index is made of, in sentences: levels, change, pairs, neighbourhood size, areas."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from barometer.catalogue import Text
from barometer.divisions import Language, Level
from barometer.wording.names import level_noun
from barometer.wording.numbers import (
    NBSP,
    as_written,
    capitalised,
    enumerated,
    number,
    percent,
    signed,
)

PARTS: Final[dict[str, Text]] = {
    "structural": Text("Boendemönstret i sig", "Where people live"),
    "group_margin": Text("Gruppernas storlek", "The size of the groups"),
    "area_margin": Text("Områdenas storlek", "The size of the areas"),
    "additions": Text("Områden som tillkommit", "Areas that were added"),
    "removals": Text("Områden som försvunnit", "Areas that were removed"),
    "first": Text("Startåret", "The first year"),
    "second": Text("Slutåret", "The last year"),
    "difference": Text("Hela förändringen", "The whole change"),
}


def levels_sentence(table: pd.DataFrame, *, language: Language) -> str:
    """Which level most of it lies between: "Störst del, 61 %, ligger mellan kommuner …"."""
    parts = table[table["level"] != "total"]
    if parts.empty or parts["share"].isna().all():
        return Text(
            "Uppdelningen går inte att räkna ut för platsen och året.",
            "The split cannot be computed for the place and year.",
        )[language]
    total = table.loc[table["level"] == "total"].iloc[0]
    if total["mutual_information"] <= total["expected"]:
        return Text(
            "Fördelningen är så jämn som slumpen ensam skulle ge: delarna säger inget om platsen.",
            "The distribution is as even as chance alone would give: the parts say nothing about"
            " the place.",
        )[language]
    top = parts.sort_values("share", ascending=False).iloc[0]
    share = percent(100 * float(top["share"]), decimals=0, language=language)
    name = split_name(str(top["outer"]), str(top["level"]), language=language)
    return Text(
        f"Den största delen av segregationen, {share}, finns {name}.",
        f"Most of the segregation ({share}) is {name}.",
    )[language]


def split_name(outer: str, level: str, *, language: Language) -> str:
    """A step of the nesting: "mellan kommuner inom länen"."""
    nouns = {
        "lan": Text("länen", "counties"),
        "kommun": Text("kommunerna", "municipalities"),
        "regso": Text("RegSO", "RegSO areas"),
        "deso": Text("DeSO", "DeSO areas"),
    }
    if level == "total":
        return Text("totalt", "in total")[language]
    within = {"riket": Text("i riket", "in Sweden"), "place": Text("", "")}.get(outer)
    inside = within or Text(f"inom {nouns[outer].sv}", f"within {nouns[outer].en}")
    noun = Text(f"mellan {nouns[level].sv}", f"between {nouns[level].en}")
    return Text(f"{noun.sv} {inside.sv}".strip(), f"{noun.en} {inside.en}".strip())[language]


def change_part(part: str, *, language: Language) -> str:
    """A part of a change over time by name."""
    return PARTS[part][language]


def change_sentence(table: pd.DataFrame, *, since: int, year: int, language: Language) -> str:
    """Whether segregation itself has moved or only the sizes of groups and areas."""
    value = table.set_index("part")["value"]
    total, pattern = (
        float(as_written(value[part], decimals=4)) for part in ("difference", "structural")
    )
    moved = _moved(total, language=language)
    # The parts are stated so that they add up to the change as written.
    of_pattern, of_rest = (
        signed(part, decimals=4, language=language, zero="+") for part in (pattern, total - pattern)
    )
    return Text(
        f"Från {since} till {year} {moved}. {of_pattern} beror på ändrat boendemönster och"
        f" {of_rest} på att grupper och områden har växt eller krympt.",
        f"From {since} to {year} {moved}. {of_pattern} is from changes in where people live and"
        f" {of_rest} from changes in the size of groups and areas.",
    )[language]


def _moved(total: float, *, language: Language) -> str:
    """Which way M went and by how much."""
    if not total:
        return Text("var segregationen (M) oförändrad", "segregation (M) did not change")[language]
    up = Text("ökade", "rose") if total > 0 else Text("minskade", "fell")
    amount = number(abs(total), decimals=4, language=language)
    return Text(f"{up.sv} segregationen (M) med {amount}", f"segregation (M) {up.en} by {amount}")[
        language
    ]


def pairs_sentence(table: pd.DataFrame, *, names: Mapping[str, str], language: Language) -> str:
    """The two groups that live most apart and the two that live most alike."""
    different = table[table["group"] < table["other"]].dropna(subset=["value"])
    if different.empty:
        return Text("Inga grupper kan jämföras.", "No groups can be compared.")[language]
    ordered = different.sort_values("value")
    (alike, low), (apart, high) = (
        (
            enumerated([names[group], names[other]], language=language),
            percent(100 * float(value), decimals=1, language=language),
        )
        for group, other, value in ordered.iloc[[0, -1]].to_numpy().tolist()
    )
    return Text(
        f"Mest åtskilda bor {apart} ({high}), minst {alike} ({low}).",
        f"{capitalised(apart)} live furthest apart ({high}); {alike} are the least separated"
        f" ({low}).",
    )[language]


def usable_profile(table: pd.DataFrame) -> pd.DataFrame:
    """The sizes that say something about the place: up to a quarter of its persons.

    Columns: residents, persons, macro_micro (`queries.profile`).
    """
    known = table.dropna(subset=["macro_micro"])
    return known if known.empty else known[known["residents"] <= known["persons"] / 4]


def profile_sentence(table: pd.DataFrame, *, language: Language) -> str:
    """How much of the segregation remains in the largest neighbourhoods."""
    known = usable_profile(table)
    if len(known) < 2 and table["macro_micro"].notna().any():
        return Text(
            "Platsen är för liten för att jämföra grannskap av olika storlek.",
            "The place is too small to compare neighbourhoods of different size.",
        )[language]
    if known.empty:
        return Text(
            "Grannskapen skiljer sig för lite åt för att storlekar ska kunna jämföras.",
            "The neighbourhoods differ too little for sizes to be compared.",
        )[language]
    small, large = known.iloc[0], known.iloc[-1]
    left = number(100 * large["macro_micro"], decimals=0, language=language)
    first, last = (number(r["residents"], decimals=0, language=language) for r in (small, large))
    sign = Text(f"{NBSP}%", "%")[language]
    return Text(
        f"Mellan grannskap med {last} invånare är segregationen {left}{sign} av den mellan"
        f" grannskap med {first}. Ett högt tal betyder att hela stadsdelar skiljer sig åt, ett lågt"
        " att skillnaderna är lokala.",
        f"Between neighbourhoods of {last} residents segregation is {left}{sign} of that between"
        f" neighbourhoods of {first}. A high figure means that whole districts differ, a low one"
        " that the differences are local.",
    )[language]


def drivers_sentence(
    table: pd.DataFrame, *, n: int, units: Level, language: Language, n_groups: int = 2
) -> str:
    """How few areas half of the number comes from."""
    if table.empty or not table["part"].sum():
        return Text("Inga områden kan jämföras.", "No areas can be compared.")[language]
    half = int((table["share"].cumsum() < 0.5).sum()) + 1
    counted, every = (number(k, decimals=0, language=language) for k in (half, len(table)))
    noun = level_noun(units, n=half, language=language)
    most = Text(
        "både där gruppen är överrepresenterad och där den är underrepresenterad",
        "both where the group is overrepresented and where it is underrepresented",
    )
    mixed = Text(
        "där blandningen av grupper skiljer sig mest från hela platsens",
        "where the mix of groups differs most from that of the whole place",
    )
    how = (most if n_groups == 2 else mixed)[language]
    return Text(
        f"{counted} av {every} {noun} står för minst hälften av värdet. Tabellen visar de {n}"
        f" största bidragen, {how}.",
        f"{counted} of {every} {noun} {'accounts' if half == 1 else 'account'} for at least half of"
        f" the value. The table shows the {n} largest contributions, {how}.",
    )[language]
