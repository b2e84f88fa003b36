"""Sentences about signals: what was found, of what, how it was tested, and what a signal is not."""

from collections.abc import Mapping, Sequence
from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.wording.numbers import enumerated, number, uncapitalised

STATUS: Final = {
    1: Text("bättre än de flesta", "better than most"),
    2: Text("som de flesta", "like most"),
    3: Text("sämre än de flesta", "worse than most"),
    4: Text("mycket sämre än de flesta", "much worse than most"),
}
COURSE: Final = {
    -1: Text("bättre", "better"),
    0: Text("ingen säker riktning", "no direction told"),
    1: Text("sämre", "worse"),
}
UNKNOWN: Final = Text("kan inte sägas", "cannot be told")
RULES: Final = {
    "signals": Text(
        "barometerns signal: riktning sämre", "the barometer's signal: direction worse"
    ),
    "last_change": Text("sämre än året innan", "worse than the year before"),
    "lowest_tenth": Text("tiondelen med sämst status", "the tenth with the worst status"),
}
NOT: Final = Text(
    "En signal är en fråga att gå vidare med, inte ett svar. Den är ingen prognos, säger inget om"
    " orsaker, inget om brott och inget om en enskild person, och den rangordnar inte dem som bor"
    " där. Riktningen gäller förändringen utöver den som alla områden hade, och sägs bara när den"
    " är större än slump i små tal, avrundning och brus tillsammans kan ge.",
    "A signal is a question to follow up, not an answer. It is no forecast, says nothing about"
    " causes, crime or any single person, and does not rank those who live there. The direction is"
    " about the change beyond that of all areas, and is told only when it is larger than chance in"
    " small numbers, rounding and noise together can give.",
)


def signals_sentence(
    counts: Mapping[str, int], *, n: int, noun: str, year: int, language: Language
) -> str:
    """How many areas go which way: `counts` by worse, better, none, unknown and much_worse."""
    told = {key: number(count, decimals=0, language=language) for key, count in counts.items()}
    whole = number(n, decimals=0, language=language)
    n_worst, one = counts["much_worse"], counts["much_worse"] == 1
    worst = Text(
        f" {told['much_worse'] if n_worst else 'Inget'} har mycket sämre villkor än de flesta i"
        " landet.",
        f" {told['much_worse'] if n_worst else 'None'} {'has' if one else 'have'} much worse"
        " conditions than most in the country.",
    )
    if counts["unknown"] == n:
        way = Text(
            f"År {year} kan ingen riktning sägas för {whole} {noun}.",
            f"In {year} no direction can be told for {whole} {noun}.",
        )
    else:
        way = Text(
            f"År {year} går {told['worse']} av {whole} {noun} åt det sämre hållet och"
            f" {told['better']} åt det bättre, utöver hur alla områden förändrats. För"
            f" {told['none']} finns ingen säker riktning och för {told['unknown']} kan den inte"
            " sägas.",
            f"In {year}, {told['worse']} of {whole} {noun}"
            f" {'is' if counts['worse'] == 1 else 'are'} getting worse and {told['better']}"
            f" better, beyond how all areas have changed. For {told['none']} no direction is told"
            f" and for {told['unknown']} it cannot be.",
        )
    return way[language] + worst[language]


def one_signal_sentence(
    label: str, *, status: str, course: str, year: int, language: Language
) -> str:
    """The status and the direction of a single area."""
    return Text(
        f"{label} {year}. Status: {status} i landet. Riktning, utöver hur alla områden förändrats:"
        f" {course}.",
        f"{label} in {year}. Status: {status} in the country. Direction, beyond how all areas have"
        f" changed: {course}.",
    )[language]


def basis_sentence(
    weights: Sequence[tuple[str, float]],
    *,
    lacking: Sequence[str],
    limits: Sequence[float],
    span: int,
    language: Language,
) -> str:
    """What the signals are made of: names with weights, limits, and what the figures lack."""
    parts = [
        f"{uncapitalised(name)} ({number(own, decimals=int(own % 1 != 0), language=language)})"
        for name, own in weights
    ]
    ends = "; ".join(number(limit, decimals=1, language=language) for limit in limits)
    listed = enumerated(parts, language=language)
    said = Text(
        f"Vägs samman, med vikt (minus: lägre är sämre): {listed}. Statusens gränser är {ends}"
        f" standardavvikelser; riktningen är förändringen på {span} år.",
        f"Weighed together, with weights (minus: lower is worse): {listed}. The limits of status"
        f" are {ends} standard deviations; the direction is the change over {span} years.",
    )[language]
    if not lacking:
        return said
    names = enumerated([uncapitalised(name) for name in lacking], language=language)
    return (
        said
        + Text(f" Uppgifter saknas om {names}.", f" There are no figures for {names}.")[language]
    )


def untested_sentence(*, ahead: int, language: Language) -> str:
    """That the signals could not be tested on these figures, and why."""
    return Text(
        "Inte prövat på dessa siffror: de har för få år för att se vad som hände de områden som"
        f" signalerna skulle ha pekat ut {ahead} år tidigare.",
        "Not tested on these figures: they have too few years to see what became of the areas that"
        f" the signals would have pointed out {ahead} years earlier.",
    )[language]


def own_rules_sentence(language: Language) -> str:
    """That the test is of the catalogue's rules and not of the reader's."""
    return Text(
        "Vikter eller gränser är dina egna. Provet gäller barometerns regler, inte dina.",
        "Weights or limits are your own. The test is of the barometer's rules, not of yours.",
    )[language]


def tested_sentence(
    rows: Mapping[str, Mapping[str, int]], *, first: int, last: int, ahead: int, language: Language
) -> str:
    """What became of the areas that were pointed out; `rows` by rule, summed over the years."""
    ours = rows["signals"]
    n = {key: number(value, decimals=0, language=language) for key, value in ours.items()}
    false = number(ours["n_pointed"] - ours["n_hits"], decimals=0, language=language)
    missed = number(ours["n_worse"] - ours["n_hits"], decimals=0, language=language)
    usual = _per_hundred(ours["n_worse"], ours["n_areas"], language)
    shares = {rule: _per_hundred(r["n_hits"], r["n_pointed"], language) for rule, r in rows.items()}
    years = f"{first}–{last}" if last > first else f"{first}"
    return Text(
        f"Prövat i efterhand på {years}: {n['n_pointed']} gånger pekades ett område ut, och"
        f" {n['n_hits']} av dem blev det sämre på {ahead} år; {false} var falska larm, och"
        f" {missed} som blev sämre missades. Träffar av 100: signalen {shares['signals']}, ”sämre"
        f" än året innan” {shares['last_change']}, ”sämsta tiondelen” {shares['lowest_tenth']}; av"
        f" alla områden blev {usual} av 100 sämre.",
        f"Tested on {years}: an area was pointed out {n['n_pointed']} times, and {n['n_hits']} of"
        f" them it became worse in {ahead} years; {false} were false alarms, and {missed} that"
        f" became worse were missed. Hits in 100: the signal {shares['signals']}, “worse than the"
        f" year before” {shares['last_change']}, “the worst tenth” {shares['lowest_tenth']}; of all"
        f" areas {usual} in 100 became worse.",
    )[language]


def reason_sentence(
    name: str, *, moved: float, common: float, years: tuple[int, int], language: Language
) -> str:
    """The indicator that weighs most: "…: +6,2 procentenheter 2018–2021, alla områden +0,4"."""
    own, every = (signed(100 * change, language=language) for change in (moved, common))
    span = f"{years[0]}–{years[1]}"
    return Text(
        f"{name}: {own} procentenheter {span}, alla områden i genomsnitt {every}",
        f"{name}: {own} percentage points {span}, all areas on average {every}",
    )[language]


def within_sentence(change: float, margin: float, *, language: Language) -> str:
    """That a change lies within its margin, or is too small to be one."""
    own = signed(change, language=language, decimals=2)
    wide = number(margin, decimals=2, language=language)
    return Text(
        f"förändringen {own} ryms inom osäkerheten ±{wide} eller är för liten (standardavvikelser)",
        f"the change {own} is within the uncertainty ±{wide} or too small (standard deviations)",
    )[language]


def turned_sentence(
    label: str,
    *,
    before: int,
    now: int,
    year: int,
    size: tuple[float, float],
    language: Language,
) -> str:
    """That an area's direction is another than the year before; `size` is change and margin."""
    change = signed(size[0], language=language, decimals=2)
    margin = number(size[1], decimals=2, language=language)
    then, then_now = (COURSE[course][language] for course in (before, now))
    return Text(
        f"{label}: {then_now} {year}, året innan {then} (förändring {change}, osäkerhet ±{margin}"
        " standardavvikelser).",
        f"{label}: {then_now} in {year}, {then} the year before (change {change}, uncertainty"
        f" ±{margin} standard deviations).",
    )[language]


def incomparable_sentence(language: Language) -> str:
    """Why a direction cannot be told."""
    return Text(
        "jämförbara år saknas, eller så har gränserna ändrats",
        "there are no comparable years, or the boundaries have changed",
    )[language]


def signed(change: float, *, language: Language, decimals: int = 1) -> str:
    """A number with its sign."""
    text = number(change, decimals=decimals, language=language)
    return text if text.startswith("−") or change < 0 else f"+{text}"


def _per_hundred(part: int, whole: int, language: Language) -> str:
    return number(100 * part / whole, decimals=0, language=language) if whole else "–"
