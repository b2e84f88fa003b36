"""What the lab says of its tables and charts."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from barometer.catalogue import Indicator, Text
from barometer.divisions import Language
from barometer.wording.numbers import enumerated, number, uncapitalised, value, year_list

_COUNTED: Final = (
    (Text("värde", "value"), Text("värden", "values")),
    (Text("rad", "row"), Text("rader", "rows")),
    (Text("område", "area"), Text("områden", "areas")),
)


def lab_title(
    indicators: Sequence[str],
    places: Sequence[str],
    years: Sequence[int],
    *,
    has_sets: bool = False,
    language: Language,
) -> str:
    """What is shown: "Sysselsatta: alla län, 2020–2024"; places one by one, or sets among them."""
    what = _listed(indicators, Text("indikatorer", "indicators"), language)
    one_by_one, sets = Text("områden", "areas"), Text("urval av områden", "sets of areas")
    where = _listed(places, sets if has_sets else one_by_one, language)
    return f"{what}: {where}, {year_list(years)}" if years else f"{what}: {where}"


def _listed(names: Sequence[str], noun: Text, language: Language) -> str:
    if len(names) <= 3:
        return enumerated(names, language=language)
    return f"{len(names)} {noun[language]}"


def table_sentence(
    n_values: int,
    n_rows: int,
    *,
    n_areas: int,
    both: bool,
    n_indicators: int,
    language: Language,
) -> str:
    """How much the table holds; areas of `both` divisions count in each."""
    values, rows, areas = (
        f"{number(n, decimals=0, language=language)} {noun[n != 1][language]}"
        for n, noun in zip((n_values, n_rows, n_areas), _COUNTED, strict=True)
    )
    one, many = Text("indikator", "indicator"), Text("indikatorer", "indicators")
    counted = f"{n_indicators} {(one if n_indicators == 1 else many)[language]}"
    twice = Text(
        ", räknade i båda indelningarna (till 2023 och från 2024)",
        ", counted in both area versions (to 2023 and from 2024)",
    )
    tail = twice[language] if both else ""
    return Text(
        f"Tabellen har {values} på {rows}: {counted} för {areas}{tail}.",
        f"The table has {values} in {rows}: {counted} for {areas}{tail}.",
    )[language]


def line_sentence(lines: pd.DataFrame, *, indicator: Indicator, language: Language) -> str:
    """How the first line went, first to last year; empty without two values.

    Columns: area_id, background, label, year, value; the first area's come first.
    """
    known = lines.dropna(subset=["value"])
    for _, own in known.groupby(["area_id", "background"], sort=False):
        if len(own) > 1:
            first, last = own.iloc[0], own.iloc[-1]
            then, now = (
                value(float(row["value"]), indicator=indicator, language=language)
                for row in (first, last)
            )
            return Text(
                f"{indicator.name.sv}, {first['label']}: {then} {first['year']} och {now}"
                f" {last['year']}.",
                f"{indicator.name.en}, {first['label']}: {then} in {first['year']} and {now} in"
                f" {last['year']}.",
            )[language]
    return ""


def line_finding(lines: pd.DataFrame, *, indicator: Indicator, language: Language) -> str:
    """Which lines end highest and lowest; empty for one line, and where several share an end.

    Columns: name, year, value.
    """
    known = lines.dropna(subset=["value"])
    last = known[known["year"] == known["year"].max()].sort_values("value", kind="stable")
    shown = [value(float(v), indicator=indicator, language=language) for v in last["value"]]
    if len(shown) < 2 or shown[0] == shown[1] or shown[-1] == shown[-2]:
        return ""
    low, high, year = last["name"].iloc[0], last["name"].iloc[-1], last["year"].iloc[0]
    return Text(
        f"{indicator.name.sv} {year}: {high} högst med {shown[-1]}, {low} lägst med {shown[0]}",
        f"{indicator.name.en} {year}: {high} highest at {shown[-1]}, {low} lowest at {shown[0]}",
    )[language]


def bar_sentence(bars: pd.DataFrame, *, indicator: Indicator, year: int, language: Language) -> str:
    """Where the value is highest and lowest. Columns: label, value."""
    known = bars.dropna(subset=["value"])
    if known.empty:
        return ""
    ordered = known.sort_values("value", kind="stable")
    high, low = ordered.iloc[-1], ordered.iloc[0]
    most, least = (
        value(float(row["value"]), indicator=indicator, language=language) for row in (high, low)
    )
    n = number(known["area_id"].nunique(), decimals=0, language=language)
    if len(known) == 1:
        return f"{indicator.name[language]} {year}, {high['label']}: {most}."
    return Text(
        f"{indicator.name.sv} {year}: från {least} ({low['label']}) till {most} ({high['label']}),"
        f" bland {n} områden.",
        f"{indicator.name.en} {year}: from {least} ({low['label']}) to {most} ({high['label']}),"
        f" among {n} areas.",
    )[language]


def dot_sentence(dots: pd.DataFrame, *, indicator: Indicator, year: int, language: Language) -> str:
    """Where the middle half of the areas lies. Columns: year, value."""
    known = dots.loc[dots["year"] == year, "value"].dropna()
    if known.empty:
        return ""
    low, middle, high = (
        value(float(known.quantile(q)), indicator=indicator, language=language)
        for q in (0.25, 0.5, 0.75)
    )
    n = number(len(known), decimals=0, language=language)
    return Text(
        f"{indicator.name.sv} {year}: hälften av de {n} värdena ligger mellan {low} och {high}."
        f" Medianen är {middle}.",
        f"{indicator.name.en} {year}: half of the {n} values lie between {low} and {high}. The"
        f" median is {middle}.",
    )[language]


def scatter_sentence(
    points: pd.DataFrame, *, x: Indicator, y: Indicator, year: int, language: Language
) -> str:
    """Which way two indicators go together, by Pearson's r. Columns: x, y."""
    known = points.dropna(subset=["x", "y"])
    if len(known) < 3 or known["x"].std() == 0 or known["y"].std() == 0:
        return ""
    r = float(known["x"].corr(known["y"]))
    n = number(len(known), decimals=0, language=language)
    told = number(r, decimals=2, language=language)
    sv = f"{uncapitalised(x.name.sv)} och {uncapitalised(y.name.sv)}"
    en = f"{uncapitalised(x.name.en)} and {uncapitalised(y.name.en)}"
    return Text(
        f"{year} var korrelationen mellan {sv} {told} ({n} områden): {_direction(r).sv}.",
        f"The correlation between {en} was {told} in {year} ({n} areas): {_direction(r).en}.",
    )[language]


def _direction(r: float) -> Text:
    if abs(r) < 0.2:
        return Text("de samvarierar knappast", "they hardly vary together")
    if r > 0:
        return Text(
            "områden där den ena är hög har ofta ett högt värde också för den andra",
            "areas where one is high are often high in the other too",
        )
    return Text(
        "där den ena är hög är den andra ofta låg", "where one is high the other is often low"
    )
