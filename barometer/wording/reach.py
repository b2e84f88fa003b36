"""How far segregation reaches, in sentences: to the place's mix, over distance, by scale."""

from collections.abc import Mapping

import pandas as pd

from barometer.catalogue import Text
from barometer.divisions import Language, Level
from barometer.wording.breakdowns import split_name
from barometer.wording.numbers import NBSP, as_written, enumerated, number


def distance_words(metres: float, *, language: Language) -> str:
    """A distance as people say it: "800 m", "2,4 km"."""
    if metres < 1_000:
        return f"{number(metres, decimals=0, language=language)}{NBSP}m"
    return f"{number(metres / 1_000, decimals=1, language=language)}{NBSP}km"


def mix_sentence(quantiles: pd.DataFrame, *, level: Level, language: Language) -> str:
    """How far half and the last tenth of the residents are from the place's mix.

    `quantiles` has the columns quantile and metres (`convergence_distribution`).
    """
    by = quantiles.set_index("quantile")["metres"]
    if by.isna().all():
        return Text("Avståndet går inte att räkna.", "The distance cannot be computed.")[language]
    half, most = (distance_words(float(by[q]), language=language) for q in (0.5, 0.9))
    whose = _whose_mix(level)[language]
    if by[0.9] == 0:
        return Text(
            f"Minst nio av tio bor i ett område som redan har {whose} blandning.",
            f"At least nine in ten live in an area that already has the mix of {whose}.",
        )[language]
    if by[0.5] == 0:
        return Text(
            f"Minst hälften av dem som räknas bor i ett område som redan har {whose}"
            f" blandning; en tiondel måste minst {most} hemifrån för att möta den.",
            f"At least half of those counted live in an area that already has the mix of"
            f" {whose}; a tenth must go at least {most} from home to meet it.",
        )[language]
    return Text(
        f"Hälften av dem som räknas möter {whose} blandning inom {half} från sitt"
        f" område; en tiondel måste minst {most} bort.",
        f"Half of those counted meet the mix of {whose} within {half} of their area; a"
        f" tenth must go at least {most}.",
    )[language]


def _whose_mix(level: Level) -> Text:
    if level in ("riket", "lan"):
        return Text("sin kommuns", "their municipality")
    return Text("hela platsens", "the whole place")


def distance_sentence(table: pd.DataFrame, *, language: Language) -> str:
    """How much of the segregation is left where neighbours far away count too.

    Columns: metres, spatial_information_theory, macro_micro (`queries.over_distance`).
    """
    known = table.dropna(subset=["macro_micro"])
    if len(table) == len(known) == 1:
        only = distance_words(known["metres"].iloc[0], language=language)
        return Text(
            f"Bara räckvidden {only} kan räknas, så avstånd kan inte jämföras.",
            f"Only the reach of {only} can be computed, so distances cannot be compared.",
        )[language]
    if len(known) < 2:
        return Text(
            "Omgivningarna skiljer sig för lite åt för att avstånd ska kunna jämföras.",
            "The environments differ too little for distances to be compared.",
        )[language]
    near, far = known.iloc[0], known.iloc[-1]
    left = number(100 * far["macro_micro"], decimals=0, language=language)
    first, last = (distance_words(row["metres"], language=language) for row in (near, far))
    return Text(
        f"När grannar på {last} räknas med är segregationen {left}{NBSP}% av den på {first}.",
        f"Where neighbours at {last} count, segregation is {left}% of that at {first}.",
    )[language]


def joint_sentence(table: pd.DataFrame, *, names: Mapping[str, str], language: Language) -> str:
    """Which group and which level the largest part comes from (`queries.by_level_and_group`)."""
    if table.empty or table["share"].isna().all():
        return Text("Uppdelningen går inte att räkna.", "The split cannot be computed.")[language]
    if table["part"].sum() <= table["expected"].iloc[0]:
        return Text(
            "Fördelningen är så jämn som slumpen ensam skulle ge: delarna säger inget om platsen.",
            "The distribution is as even as chance alone would give: the parts say nothing about"
            " the place.",
        )[language]
    top = table.sort_values("share", ascending=False).iloc[0]
    share = number(100 * top["share"], decimals=0, language=language)
    group = names[top["group"]]
    where = split_name(str(top["outer"]), str(top["level"]), language=language)
    return Text(
        f"Den största delen, {share}{NBSP}% av M, beror på hur gruppen {group} är fördelad"
        f" {where}.",
        f"The largest part, {share}% of M, comes from how {group} are distributed {where}.",
    )[language]


def scale_sentence(coarse: pd.Series, fine: pd.Series, *, place: str, language: Language) -> str:
    """What of the difference between DeSO and RegSO is smaller areas, and what is separation.

    Each has value, corrected and expected, D between RegSO and between DeSO (0 to 1).
    """
    if pd.isna(fine["value"]) or pd.isna(coarse["value"]):
        return Text(f"{place}: går inte att räkna.", f"{place}: cannot be computed.")[language]
    even = [
        name
        for name, side in (("RegSO", coarse), ("DeSO", fine))
        if side["value"] <= side["expected"]
    ]
    if even:
        units = enumerated(even, language=language)
        return Text(
            f"{place}: så jämnt mellan {units} som slumpen ensam skulle ge.",
            f"{place}: as even between {units} areas as chance alone would give.",
        )[language]
    # Of the numbers as they are written, so that the parts add up for the reader.
    low, high = (float(as_written(100 * side["value"], decimals=1)) for side in (coarse, fine))
    apart = float(as_written(100 * (fine["corrected"] - coarse["corrected"]), decimals=1))
    small, large, difference, separation, chance = (
        number(n, decimals=1, language=language)
        for n in (low, high, high - low, apart, high - low - apart)
    )
    if small == large:
        return Text(
            f"{place}: {small} både mellan RegSO och mellan DeSO.",
            f"{place}: {small} both between RegSO areas and between DeSO areas.",
        )[language]
    lead = Text(
        f"{place}: {small} mellan RegSO och {large} mellan DeSO.",
        f"{place}: {small} between RegSO areas and {large} between DeSO areas.",
    )[language]
    if not 0 < apart < high - low:  # a part is never below nothing or above the whole
        return f"{lead} {_all_of_it(difference, apart > 0, language=language)}"
    parts = Text(
        f"Av skillnaden på {difference} enheter är {separation} åtskillnad inom RegSO och {chance}"
        " slump i mindre områden.",
        f"Of the difference of {difference} units, {separation} are separation within RegSO and"
        f" {chance} chance in smaller areas.",
    )[language]
    return f"{lead} {parts}"


def _all_of_it(difference: str, is_apart: bool, *, language: Language) -> str:
    what = (
        Text("åtskillnad inom RegSO", "separation within RegSO")
        if is_apart
        else Text("slump i mindre områden", "chance in smaller areas")
    )
    return Text(
        f"Hela skillnaden på {difference} enheter är {what.sv}.",
        f"All of the difference of {difference} units is {what.en}.",
    )[language]
