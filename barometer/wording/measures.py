"""What segregation measures say: values, readings, comparisons and cautions, whole sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from barometer.catalogue import Counted, Text
from barometer.divisions import Language, Level, division_label
from barometer.selection import Measurement
from barometer.wording.names import level_noun, place
from barometer.wording.numbers import (
    MINUS,
    NBSP,
    NOTHING,
    capitalised,
    enumerated,
    is_known,
    number,
    percent,
    percentage_points,
    signed,
    unit_suffix,
)

if TYPE_CHECKING:  # the numbers themselves are not needed to write of them
    from barometer.indices import Index

_CAUTIONS: Final = {
    "few_persons": Text("liten grupp", "small group"),
    "few_areas": Text("få områden", "few areas"),
    "near_chance": Text("nära slumpen", "near chance"),
    "partly_estimated": Text("delvis skattat", "partly estimated"),
    "withheld_no_figures": Text(
        "dataversionen har inga uppgifter här", "the data version has no figures here"
    ),
    "withheld_few_persons": Text("för få i gruppen", "too few in the group"),
    "withheld_few_areas": Text("för få områden", "too few areas"),
    "withheld_missing": Text("för många uppgifter saknas", "too many figures are missing"),
}
_WITHHELD: Final = "withheld"
_COUNTED: Final[Mapping[Counted, Text]] = {
    "persons": Text("personer", "persons"),
    "households": Text("hushåll", "households"),
    "dwellings": Text("lägenheter", "dwellings"),
}


def counted_noun(counted: Counted, *, language: Language) -> str:
    """What a population is counted in: "personer", "hushåll"."""
    return _COUNTED[counted][language]


def measure_value(amount: float | None, *, index: Index, language: Language) -> str:
    """An index value: "23,4 %", "0,412"; "–" where there is none."""
    if not is_known(amount):
        return NOTHING
    if index.unit != "percent":
        return number(amount, decimals=index.decimals, language=language)
    return percent(100 * amount, decimals=index.decimals, language=language)


def measure_interval(
    low: float | None, high: float | None, *, index: Index, language: Language
) -> str:
    """The model interval: "33,4–34,1 %"; empty where there is none."""
    if not (is_known(low) and is_known(high)):
        return ""
    ends = [measure_value(end, index=index, language=language) for end in (low, high)]
    dash = "–" if low >= 0 else Text(" till ", " to ")[language]
    return dash.join([ends[0].removesuffix(unit_suffix("percent", language=language)), ends[1]])


def measure_estimate(row: Mapping[str, object], *, index: Index, language: Language) -> str:
    """Estimate and its interval: "33,7 % (33,4–34,1 %)"; empty where there is none.

    `row` has estimate, low and high. The interval is of the estimate, never of the value.
    """
    estimate, low, high = (_number(row[k]) for k in ("estimate", "low", "high"))
    interval = measure_interval(low, high, index=index, language=language)
    if not interval:
        return ""
    return f"{measure_value(estimate, index=index, language=language)} ({interval})"


def measure_change(amount: float, *, index: Index, language: Language) -> str:
    """A difference with its sign: "+1,2 procentenheter", "−0,031"."""
    if index.unit != "percent":
        return signed(amount, decimals=index.decimals, language=language)
    written = signed(100 * amount, decimals=index.decimals, language=language)
    sign = written[:1] if written[:1] in ("+", MINUS) else ""
    return sign + percentage_points(100 * amount, decimals=index.decimals, language=language)


def caution_words(caution: str | None, *, language: Language) -> str:
    """Why to be careful, or why nothing is shown, in words; empty when there is nothing."""
    if not isinstance(caution, str):
        return ""
    codes = caution.split(",")
    withheld = [code for code in codes if code.startswith(_WITHHELD)]
    named = enumerated([_CAUTIONS[c][language] for c in withheld or codes], language=language)
    return Text(f"visas inte: {named}", f"withheld: {named}")[language] if withheld else named


def reading_sentences(
    row: Mapping[str, object], *, index: Index, language: Language
) -> tuple[str, ...]:
    """The value in plain words, what chance alone would give, and the estimate without chance.

    `row` has value, expected, estimate, low, high and caution.
    """
    value, expected = (_number(row[k]) for k in ("value", "expected"))
    caution = caution_words(_text(row["caution"]), language=language)
    if value is None:
        if str(row["caution"]).startswith(_WITHHELD):
            return (Text(f"Värdet {caution}.", f"The value is {caution}.")[language],)
        why = caution or Text("måttet går inte att räkna ut", "it cannot be computed")[language]
        return (Text(f"Det finns inget värde: {why}.", f"There is no value: {why}.")[language],)
    sentence, amount = index.reading(value)
    shown = measure_value(amount, index=index, language=language)
    said = [capitalised(sentence.of(language).format(value=shown))]
    if expected is not None:
        said.append(_beyond_chance(value, expected, index=index, language=language))
    estimate = measure_estimate(row, index=index, language=language)
    if estimate:
        said.append(
            Text(
                "Skattning utan den ojämnhet som slumpen ger i små områden, med"
                f" osäkerhetsintervall (modell): {estimate}.",
                "Estimate without the unevenness that chance gives in small areas, with its"
                f" uncertainty interval (model): {estimate}.",
            )[language]
        )
    if caution:
        said.append(
            Text(f"Tolka med försiktighet: {caution}.", f"Interpret with caution: {caution}.")[
                language
            ]
        )
    return tuple(said)


def base_sentence(
    row: Mapping[str, object],
    *,
    units: Level,
    language: Language,
    counted: Counted = "persons",
    bounds: tuple[float, float] | None = None,
) -> str:
    """What the value is made of: how many areas and persons, and what is left out.

    `counted` is what the grouping divides: persons, households or dwellings.
    `bounds` are the group's where it is known by whole per cents only, and no number is told.
    `row` has n_units, n_excluded, population, group_population and coverage.
    """
    n, left_out = (int(_number(row[k]) or 0) for k in ("n_units", "n_excluded"))
    persons, group = (_number(row[k]) for k in ("population", "group_population"))
    areas = number(n, decimals=0, language=language)
    noun = level_noun(units, n=n, language=language)
    people = number(persons or 0, decimals=0, language=language)
    of_whom = ""
    if group is not None:
        of_whom = _of_whom(group, bounds, language=language)
    lead = Text(
        f"Underlag: {areas} {noun} med {people} {_COUNTED[counted].sv}{of_whom}.",
        f"Basis: {areas} {noun} with {people} {_COUNTED[counted].en}{of_whom}.",
    )[language]
    return lead + _left_out(left_out, _number(row["coverage"]), language=language)


def _of_whom(group: float, bounds: tuple[float, float] | None, *, language: Language) -> str:
    amount = number(group, decimals=0, language=language)
    if bounds is None:
        return Text(f", varav {amount} i gruppen", f", {amount} of them in the group")[language]
    least, most = (number(end, decimals=0, language=language) for end in bounds)
    return Text(
        f", varav mellan {least} och {most} i gruppen (andelarna är publicerade i hela procent)",
        f", between {least} and {most} of them in the group (shares are published as whole per"
        " cents)",
    )[language]


def _left_out(n: int, coverage: float | None, *, language: Language) -> str:
    """The areas without figures and how much of the population the rest covers."""
    if not n:
        return Text(" Inget område är utelämnat.", " No area is left out.")[language]
    counted = number(n, decimals=0, language=language)
    share = number(100 * (coverage or 0), decimals=1, language=language)
    one = n == 1
    return Text(
        f" {counted} {'område saknar' if one else 'områden saknar'} uppgift och är"
        f" {'utelämnat' if one else 'utelämnade'}; resten täcker {share}{NBSP}% av befolkningen.",
        f" {counted} {'area lacks' if one else 'areas lack'} figures and"
        f" {'is' if one else 'are'} left out; the rest covers {share}% of the population.",
    )[language]


def _beyond_chance(value: float, expected: float, *, index: Index, language: Language) -> str:
    by_chance = measure_value(expected, index=index, language=language)
    if (value >= expected) if index.falls else (value <= expected):
        return Text(
            f"Det är så jämnt som slumpen ensam skulle ge ({by_chance}).",
            f"This is as even as chance alone would give ({by_chance}).",
        )[language]
    return Text(
        f"Om bostäderna fördelades slumpmässigt skulle värdet bli {by_chance}.",
        f"If homes were assigned at random, the value would be {by_chance}.",
    )[language]


def measure_trend(
    series: pd.DataFrame, *, index: Index, year: int, where: str, language: Language
) -> str:
    """How the place's line has moved inside the division of the year; "" for a single year.

    Columns: division, year, value, low, high.
    """
    own = series.dropna(subset=["value"])
    division = own.loc[own["year"] == year, "division"]
    same = own[own["division"].isin(division) & (own["year"] <= year)].sort_values("year")
    if len(same) < 2:
        return ""
    first, last = same.iloc[0], same.iloc[-1]
    if first["low"] <= last["high"] and last["low"] <= first["high"]:
        return Text(
            f"I {where} är skillnaden mellan {first['year']} och {year} inom osäkerheten.",
            f"In {where} the difference between {first['year']} and {year} is within the"
            " uncertainty.",
        )[language]
    change = float(last["value"] - first["value"])
    amount = measure_change(change, index=index, language=language)
    if amount[0] not in ("+", MINUS):
        return Text(
            f"I {where} är värdet {year} detsamma som {first['year']}.",
            f"In {where} the value of {year} is the same as in {first['year']}.",
        )[language]
    moved = Text("ökat", "risen") if change > 0 else Text("minskat", "fallen")
    return Text(
        f"I {where} har värdet {moved.sv} med {amount[1:]} från {first['year']} till {year}.",
        f"In {where} the value has {moved.en} by {amount[1:]} from {first['year']} to {year}.",
    )[language]


def ranking_sentence(
    table: pd.DataFrame, *, area: str, index: Index, where: str, language: Language
) -> str:
    """Where the place stands among those that are ranked, with the caution in the same breath."""
    ranked = table.dropna(subset=["value"])
    n, n_held = number(len(ranked), decimals=0, language=language), len(table) - len(ranked)
    own = ranked[ranked["container_id"] == area]
    if ranked.empty:
        return Text("Inget värde kan visas.", "No value can be shown.")[language]
    held = _withheld(n_held, language=language)
    careful = Text(
        " En hög plats kan bero på hur många och hur stora områdena är. Jämför helst en plats med"
        " sig själv över tid.",
        " A high rank may reflect the number and size of the areas. It is better to compare a place"
        " with itself over time.",
    )[language]
    if own.empty:
        low, high = (
            measure_value(float(v), index=index, language=language)
            for v in (ranked["value"].min(), ranked["value"].max())
        )
        lead = Text(
            f"{n} platser har ett värde, från {low} till {high}.",
            f"{n} places have a value, from {low} to {high}.",
        )[language]
        if len(ranked) == 1:
            lead = Text(f"1 plats har ett värde, {low}.", f"1 place has a value, {low}.")[language]
    else:
        rank = rank_words(own.to_dict("records")[0], language=language)
        lead = Text(
            f"{capitalised(where)} har plats {rank} av {n} när platserna ordnas från det högsta"
            " värdet.",
            f"{capitalised(where)} ranks {rank} of {n}, from the highest value down.",
        )[language]
    return lead + held + careful


def rank_words(row: Mapping[Any, Any], *, language: Language) -> str:
    """A rank with the ranks that its interval allows: "44 (37–52)"; "–" where there is none."""
    rank, low, high = (_number(row[k]) for k in ("rank", "rank_low", "rank_high"))
    if rank is None:
        return NOTHING
    plain = number(rank, decimals=0, language=language)
    if low is None or high is None or low == high:
        return plain
    ends = (number(end, decimals=0, language=language) for end in (low, high))
    return f"{plain} ({'–'.join(ends)})"


def _withheld(n: int, *, language: Language) -> str:
    """How many places have no value that may be shown; empty when none."""
    if not n:
        return ""
    counted = number(n, decimals=0, language=language)
    return Text(f" {counted} visas inte.", f" {counted} {'is' if n == 1 else 'are'} withheld.")[
        language
    ]


def left_out_sentence(table: pd.DataFrame, *, area: str, where: str, language: Language) -> str:
    """How many places a ranking of sure values leaves out, and why; empty when none is.

    `table` is the ranking with every place.
    """
    out = table[table["value"].isna() | table["caution"].notna()]
    if out.empty:
        return ""
    n, every = (number(len(k), decimals=0, language=language) for k in (out, table))
    one = len(out) == 1
    said = Text(
        f"{n} av {every} platser är {'utelämnad' if one else 'utelämnade'}: värdet bygger på en"
        " liten grupp eller få områden, är skattat eller går inte att skilja från slumpen.",
        f"{n} of {every} places {'is' if one else 'are'} left out: the value rests on a small"
        " group or few areas, is estimated or cannot be told from chance.",
    )[language]
    own = out[out["container_id"] == area]
    if own.empty:
        return said
    why = caution_words(_text(own["caution"].iloc[0]), language=language)
    because = f" ({why})" if why else ""
    return (
        said
        + Text(
            f" {capitalised(where)} är utelämnad{because}.",
            f" {capitalised(where)} is left out{because}.",
        )[language]
    )


def measure_title(measurement: Measurement, *, index: str, grouping: str, where: str) -> str:
    """What the page shows: "Segregationsindex (D), utländsk bakgrund, i Uppsala kommun 2024"."""
    label = division_label(measurement.units, measurement.division)
    between = Text(f"mellan {label}", f"between {label} areas")[measurement.language]
    inside = Text(f"i {where}", f"in {where}")[measurement.language]
    return f"{grouping}: {index} {inside} {between}, {measurement.year}"


def measure_place(code: str, name: str, *, level: Level, language: Language) -> str:
    """A container in a sentence: "riket", "Uppsala kommun"."""
    return (
        place(name, level, language=language) if code != "00" else Text("riket", "Sweden")[language]
    )


def _number(amount: object) -> float | None:
    return float(amount) if isinstance(amount, int | float) and amount == amount else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
