"""Where groups live furthest apart: a heading and a lead that are true to values and intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from barometer.catalogue import Counted, Text
from barometer.divisions import Language
from barometer.wording.measures import caution_words
from barometer.wording.names import own_place
from barometer.wording.numbers import capitalised, enumerated, number

FEW_KOMMUNER: Final = 7  # with a value, below which there is no spread to speak of


@dataclass(frozen=True, slots=True)
class _Manner:
    """How what is counted is said to be apart: people and households live, dwellings lie."""

    verb: Text
    subject: Text
    elsewhere: Text  # what the share would have to do


_LIVE: Final = _Manner(
    Text("bor", "live"),
    Text("grupperna", "the groups"),
    Text(
        "flytta till ett annat område för att bo lika spritt som övriga",
        "move to another area to be spread as evenly as everyone else",
    ),
)
_LIE: Final = _Manner(
    Text("ligger", "lie"),
    Text("bostäderna", "the dwellings"),
    Text(
        "ligga i ett annat område för att vara lika spridda som övriga",
        "be in another area to be spread as evenly as all others",
    ),
)


def _manner(counted: Counted) -> _Manner:
    return _LIE if counted == "dwellings" else _LIVE


@dataclass(frozen=True, slots=True)
class Spread:
    """How an index varies between kommuner: shares of one, and how many kommuner have a value."""

    n: int
    median: float
    half: tuple[float, float]
    most: tuple[float, float]
    highest: tuple[str, float]


def spread_of(ranked: pd.DataFrame) -> Spread | None:
    """The spread of ranked kommuner (`queries.ranking`); None where there are too few."""
    known = ranked["value"].dropna()
    if len(known) < FEW_KOMMUNER:
        return None
    ends = known.quantile([0.1, 0.25, 0.5, 0.75, 0.9]).tolist()
    top = int(ranked["value"].argmax())
    return Spread(
        n=len(known),
        median=ends[2],
        half=(ends[1], ends[3]),
        most=(ends[0], ends[4]),
        highest=(str(ranked["label"].iloc[top]), float(ranked["value"].iloc[top])),
    )


def clearly_apart(places: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Places that are certainly more segregated than others, and those others.

    No interval of the first reaches one of the second. Both are empty where nothing can be told
    apart. Columns: label, value, low, high, highest value first or not.
    """
    known = places.dropna(subset=["value"]).sort_values("value", ascending=False)
    if known[["low", "high"]].isna().any(axis=None) or len(known) < 2:
        return [], []
    names, low, high = known["label"].tolist(), known["low"].tolist(), known["high"].tolist()
    for n in range(1, len(names)):
        if min(low[:n]) > max(high[n:]):
            return names[:n], names[n:]
    top, last = low.index(max(low)), high.index(min(high))
    return ([names[top]], [names[last]]) if low[top] > high[last] else ([], [])


def overlapping_pairs(places: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs of places whose intervals overlap: their difference says nothing."""
    rows = places[["label", "low", "high"]].dropna().to_dict("records")
    return [
        (str(a["label"]), str(b["label"]))
        for n, a in enumerate(rows)
        for b in rows[n + 1 :]
        if a["low"] <= b["high"] and b["low"] <= a["high"]
    ]


def overlap_sentence(places: pd.DataFrame, *, language: Language) -> str:
    """Which places cannot be told apart; empty where all can."""
    pairs = [Text(f"{a} och {b}", f"{a} and {b}")[language] for a, b in overlapping_pairs(places)]
    if not pairs:
        return ""
    return Text(
        f"Inom osäkerheten, så att skillnaden inte säger något: {'; '.join(pairs)}.",
        f"Within the uncertainty, so that the difference says nothing: {'; '.join(pairs)}.",
    )[language]


def verdict(
    places: pd.DataFrame,
    ranked: pd.DataFrame,
    *,
    level: str,
    counted: Counted = "persons",
    language: Language,
) -> str:
    """The heading: who lives further apart than whom, or that it cannot be told.

    `places` has the chosen places (label, value, expected, estimate, low, high), `ranked` every
    kommun (container_id, rank_low, rank_high); `level` is that of the places.
    """
    manner = _manner(counted)
    verb, who = manner.verb, manner.subject
    known = _known(places, language)
    if known.empty:
        return Text("Här finns inget värde", "There is no value here")[language]
    if level == "riket":
        return Text(
            f"Så åtskilt {verb.sv} {who.sv} i landets kommuner",
            f"How far apart {who.en} {verb.en} in the municipalities",
        )[language]
    if len(known) == 1:
        return _one(known.iloc[0], ranked, manner=manner, language=language)
    more, less = clearly_apart(known)
    names = enumerated(known["label"].tolist(), language=language)
    if not more:
        return Text(
            f"I {names} går det inte att säga var {who.sv} {verb.sv} mest åtskilt",
            f"In {names} it cannot be told where {who.en} {verb.en} furthest apart",
        )[language]
    a, b = (enumerated(names, language=language) for names in (more, less))
    return Text(
        f"I {a} {verb.sv} {who.sv} mer åtskilt än i {b}",
        f"In {a} {who.en} {verb.en} further apart than in {b}",
    )[language]


def _one(
    place: "pd.Series[float]", ranked: pd.DataFrame, *, manner: _Manner, language: Language
) -> str:
    """A place against chance and, for a kommun, against the other kommuner."""
    verb, who = manner.verb, manner.subject
    name, own = place["label"], ranked[ranked["container_id"] == place["container_id"]]
    if place["value"] <= place["expected"]:
        return Text(
            f"I {name} {verb.sv} {who.sv} så jämnt fördelat som slumpen ger",
            f"In {name} {who.en} {verb.en} as evenly spread as chance would give",
        )[language]
    n = len(ranked)
    if own.empty or own["rank_low"].isna().any() or n < FEW_KOMMUNER:
        return Text(
            f"I {name} {verb.sv} {who.sv} mer åtskilt än slumpen ger",
            f"In {name} {who.en} {verb.en} further apart than chance would give",
        )[language]
    fewer, more = n - own["rank_high"].iloc[0], own["rank_low"].iloc[0] - 1
    if max(fewer, more) <= n / 2:
        return Text(
            f"I {name} {verb.sv} {who.sv} ungefär så åtskilt som i den mittersta kommunen",
            f"In {name} {who.en} {verb.en} about as far apart as in the median municipality",
        )[language]
    k = number(float(max(fewer, more)), decimals=0, language=language)
    degree = Text("mer", "further apart") if fewer > more else Text("mindre", "less far apart")
    return Text(
        f"I {name} {verb.sv} {who.sv} {degree.sv} åtskilt än i {k} av {n - 1} andra kommuner",
        f"In {name} {who.en} {verb.en} {degree.en} than in {k} of {n - 1} other municipalities",
    )[language]


def verdict_lead(
    places: pd.DataFrame,
    spread: Spread | None,
    *,
    group: str,
    level: str,
    counted: Counted = "persons",
    language: Language,
) -> str:
    """How many of 100 would have to move, place by place, and in the median kommun."""
    manner, middle = _manner(counted), ""
    if spread and level == "kommun":  # a county also contains what lies between kommuner
        median, low, high = (_of_100(v, language) for v in (spread.median, *spread.half))
        middle = Text(
            f"I den mittersta kommunen är det {median}, och hälften av kommunerna ligger mellan"
            f" {low} och {high}.",
            f"In the median municipality it is {median}, and half of them lie between {low} and"
            f" {high}.",
        )[language]
    known = _known(places, language)
    withheld = " ".join(withheld_sentences(places, language=language))
    if level == "riket":
        country = _country(spread, group=group, manner=manner, language=language)
        return " ".join(part for part in (withheld, country) if part)
    if known.empty:
        return " ".join(part for part in (withheld, middle) if part)
    first, *others = known.sort_values("value", ascending=False).to_dict("records")
    lead = _would_move(_of_100(first["value"], language), first["label"], group, manner, language)
    parts = (lead, _others(others, language), withheld, middle)
    return " ".join(part for part in parts if part)


def _known(places: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The places that have a value, by their names in a sentence."""
    known = places.dropna(subset=["value"])
    return known.assign(label=[own_place(name, language=language) for name in known["label"]])


def withheld_sentences(places: pd.DataFrame, *, language: Language) -> tuple[str, ...]:
    """Of each place without a value, why none is shown. Columns: label, value, caution."""
    lacking = places[places["value"].isna()]
    reasons = (caution_words(caution, language=language) for caution in lacking["caution"])
    return tuple(
        Text(f"{label} {why}.", f"{label} is {why}.")[language]
        for label, why in zip(lacking["label"], reasons, strict=True)
        if why
    )


def _others(others: Sequence[dict[object, object]], language: Language) -> str:
    """The number of the other places; those with one and the same are named together."""
    by_number: dict[str, list[str]] = {}
    for row in others:
        by_number.setdefault(_of_100(float(str(row["value"])), language), []).append(
            str(row["label"])
        )
    said = [
        f"{Text('i', 'in')[language]} {enumerated(names, language=language)}"
        f" {Text('är det', 'it is')[language]} {n}"
        for n, names in by_number.items()
    ]
    text = enumerated(said, language=language)
    return f"{capitalised(text)}." if text else ""


def _country(spread: Spread | None, *, group: str, manner: _Manner, language: Language) -> str:
    verb, who = manner.verb, manner.subject
    if spread is None:
        return Text(
            f"Välj en kommun eller ett län för att se hur åtskilt {who.sv} {verb.sv} där.",
            f"Choose a municipality or a county to see how far apart {who.en} {verb.en} there.",
        )[language]
    median, low, high = (_of_100(v, language) for v in (spread.median, *spread.half))
    where = Text("den mittersta kommunen", "the median municipality")[language]
    name, top = spread.highest
    return (
        _would_move(median, where, group, manner, language)
        + Text(
            f" Hälften av kommunerna ligger mellan {low} och {high}. Högst är {name} med"
            f" {_of_100(top, language)}.",
            f" Half of the municipalities lie between {low} and {high}. The highest is {name} with"
            f" {_of_100(top, language)}.",
        )[language]
    )


def _would_move(n: str, where: str, group: str, manner: _Manner, language: Language) -> str:
    return Text(
        f"{n} av 100 {group} i {where} skulle behöva {manner.elsewhere.sv}.",
        f"{n} of 100 {group} in {where} would need to {manner.elsewhere.en}.",
    )[language]


def _of_100(value: float, language: Language) -> str:
    return number(100 * value, decimals=0, language=language)
