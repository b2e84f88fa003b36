"""What a follow-up of an initiative says, how sure it is, and what it cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from barometer.catalogue import Text
from barometer.divisions import Language, Level, division_label
from barometer.selection import LANGUAGES, Effort
from barometer.wording.names import level_noun
from barometer.wording.numbers import (
    MINUS,
    NBSP,
    enumerated,
    number,
    percentage_points,
    signed,
)

if TYPE_CHECKING:  # the numbers themselves are not needed to write of them
    from barometer.evaluation import Evaluation, Withheld

POOR_FIT: Final = 0.9  # of the placebo groups fit better: the comparison is not to be trusted
_MOST_NAMED: Final = 3


def points(amount: float, *, language: Language) -> str:
    """A difference between shares (0 to 1) without direction: "1,8 procentenheter"."""
    return percentage_points(100 * amount, decimals=1, language=language)


def signed_points(amount: float, *, language: Language) -> str:
    """A difference with its sign and without its unit: "+1,8", "−0,3", "0,0"."""
    return signed(100 * amount, decimals=1, language=language)


def _is_nothing(amount: float, *, language: Language) -> bool:
    return signed_points(amount, language=language)[0] not in ("+", MINUS)


def _beside(amount: float) -> Text:
    """How a share is to another that is so far below it: "1,8 procentenheter högre än"."""
    if _is_nothing(amount, language="sv"):
        return Text("lika stor som", "the same as")
    sv, en = (points(amount, language=language) for language in LANGUAGES)
    if amount > 0:
        return Text(f"{sv} högre än", f"{en} higher than")
    return Text(f"{sv} lägre än", f"{en} lower than")


def chosen_areas(labels: Sequence[str], *, level: Level, language: Language) -> str:
    """The chosen areas in a sentence: their names when they are few, else how many they are."""
    if len(labels) <= _MOST_NAMED:
        return enumerated(labels, language=language)
    noun = level_noun(level, n=len(labels), language=language)
    return Text(f"de {len(labels)} valda {noun}", f"the {len(labels)} chosen {noun}")[language]


def evaluation_title(effort: Effort, *, indicator: str, where: str) -> str:
    """What the page shows: "Låg ekonomisk standard i Gottsunda före och efter 2019"."""
    if not effort.areas:
        return Text("Följ upp en insats", "Evaluate an initiative")[effort.language]
    if not effort.start:  # no year of the indicator there
        return Text(f"{indicator} i {where}", f"{indicator} in {where}")[effort.language]
    return Text(
        f"{indicator} i {where} före och från {effort.start}",
        f"{indicator} in {where} before and from {effort.start}",
    )[effort.language]


def effect_sentence(outcome: Evaluation, *, where: str, language: Language) -> str:
    """The difference-in-differences with its interval."""
    ends = tuple(signed_points(end, language=language) for end in (outcome.low, outcome.high))
    interval = Text(
        f"(90{NBSP}% intervall från placeboområden: {ends[0]} till {ends[1]} procentenheter)",
        f"(90% interval from placebo areas: {ends[0]} to {ends[1]} percentage points)",
    )[language]
    several = outcome.years[-1] > outcome.start
    years = f"{outcome.start}–{outcome.years[-1]}" if several else f"{outcome.start}"
    mean = Text(" i genomsnitt", ", on average,") if several else Text("", "")
    way = _beside(outcome.effect)
    return Text(
        f"Andelen i {where} var {years}{mean.sv} {way.sv} den hade varit med samma utveckling som"
        f" i jämförelseområdena {interval}.",
        f"In {years} the share in {where} was{mean.en} {way.en} it would have been had it moved"
        f" like the comparison areas {interval}.",
    )[language]


def verdict_sentence(outcome: Evaluation, *, language: Language) -> str:
    """Whether the difference is beyond what arises without any initiative."""
    n, large = outcome.n_placebos, outcome.n_as_large
    share = Text(
        f" {large} av {n} placebogrupper, där ingen insats är vald, har en minst lika stor"
        " skillnad.",
        f" {large} of {n} placebo groups, where no initiative was chosen,"
        f" {'has' if large == 1 else 'have'} a difference at least as large.",
    )[language]
    if outcome.excludes_zero:
        verdict = Text(
            "Intervallet innehåller inte noll: skillnaden är större än vad som är vanligt utan"
            " insats. Det visar inte vad den beror på.",
            "The interval excludes zero: the difference is larger than what is common without any"
            " initiative. It does not show what caused it.",
        )
    else:
        verdict = Text(
            "Ingen säker skillnad: intervallet innehåller noll. Så stora skillnader är vanliga"
            " också utan insats. Det betyder inte att insatsen saknar verkan.",
            "No clear difference: the interval includes zero. Differences this large are common"
            " without any initiative. That does not mean that the initiative has no effect.",
        )
    return verdict[language] + share


def fit_sentence(outcome: Evaluation, *, language: Language) -> str:
    """How well the comparison follows before the start."""
    own, usual = (
        _fine_points(v, language=language) for v in (outcome.misfit, outcome.usual_misfit)
    )
    return Text(
        f"Före {outcome.start} avviker jämförelsens utveckling {own} procentenheter från de"
        f" valdas (RMSE, roten ur medelkvadraten); hos placebogrupperna är {usual} vanligt.",
        f"Before {outcome.start} the comparison's path is {own} percentage points off that of the"
        f" chosen areas (RMSE, root mean square error); {usual} is typical of placebo groups.",
    )[language]


def poor_fit_sentence(outcome: Evaluation, *, language: Language) -> str:
    """That the comparison is poor; empty when it is not."""
    if outcome.fits_worse < POOR_FIT:
        return ""
    share = number(100 * outcome.fits_worse, decimals=0, language=language)
    return Text(
        f"Jämförelsen passar sämre än för {share}{NBSP}% av placebogrupperna redan före start."
        " Tolka med stor försiktighet: inga områden har utvecklats tillräckligt likt de valda.",
        f"The comparison fits worse than for {share}% of the placebo groups even before the start."
        " Interpret with great caution: no areas moved sufficiently like the chosen ones.",
    )[language]


def weak_sentence(outcome: Evaluation, *, language: Language) -> str:
    """That the comparison areas are not like the chosen ones; empty when they are."""
    if not outcome.weak:
        return ""
    amount = points(outcome.unlike, language=language)
    return Text(
        f"Jämförelsen är svag: före start låg de valda i genomsnitt {amount} från sina"
        " jämförelseområden. Inga områden i landet liknar dem mer.",
        f"The comparison is weak: before the start the chosen areas were on average {amount} away"
        " from their comparison areas. No areas in the country are more similar.",
    )[language]


def level_apart_sentence(outcome: Evaluation, *, language: Language) -> str:
    """That the comparison is moved to the chosen areas' level, and by how much."""
    if _is_nothing(outcome.level_apart, language=language):
        return ""
    amount = points(outcome.level_apart, language=language)
    lower = outcome.level_apart > 0
    way = Text("lägre än", "below") if lower else Text("högre än", "above")
    moved = Text("lyft" if lower else "sänkt", "raised" if lower else "lowered")
    return Text(
        f"Före start låg jämförelseområdena i genomsnitt {amount} {way.sv} de valda. I"
        f" diagrammet är deras linje {moved.sv} till samma nivå.",
        f"Before the start the comparison areas were on average {amount} {way.en} the chosen ones."
        f" In the chart their line is {moved.en} to the same level.",
    )[language]


def around_sentence(outcome: Evaluation, *, level: Level, language: Language) -> str:
    """How the areas around the chosen ones went; empty when nothing is known of them."""
    if outcome.around_effect is None:
        return ""
    n = len(outcome.around)
    noun = level_noun(level, n=n, language=language)
    way = _beside(outcome.around_effect)
    return Text(
        f"Runt omkring, i {n} {noun}, var andelen från {outcome.start} i genomsnitt {way.sv} den"
        " hade varit med samma utveckling som i deras jämförelseområden. Det kan vara spridning"
        " från de valda eller slump; här finns inget intervall.",
        f"Around them, in {n} {noun}, the share from {outcome.start} on was on average {way.en} it"
        " would have been had it moved like their comparison areas. That can be spillover from the"
        " chosen areas or chance; there is no interval here.",
    )[language]


def donors_sentence(n: int, top: str, weight: float, *, level: Level, language: Language) -> str:
    """Of how many areas the comparison is made."""
    share = number(100 * weight, decimals=0, language=language)
    noun = level_noun(level, n=n, language=language)
    return Text(
        f"Jämförelsen är ett vägt medel av {n} {noun}. Mest väger {top}, {share}{NBSP}%.",
        f"The comparison is a weighted mean of {n} {noun}. {top} weighs most, {share}%.",
    )[language]


def withheld_sentence(
    withheld: Withheld,
    *,
    labels: Sequence[str],
    effort: Effort,
    years: tuple[int, ...],
    longest: int,
) -> str:
    """Why there is no answer, and what to choose instead.

    `years` are those of one series, `longest` how many the longest of any indicator has.
    """
    n, needed = withheld.n_available, withheld.needed
    if withheld.reason == "few_before":
        return _few_before(n, needed, effort, years, longest)[effort.language]
    span = _span(years)
    names = enumerated(labels, language=effort.language)
    one = len(labels) == 1
    fewer = _fewer(len(labels), effort.level)
    sentences = {
        "none_after": Text(
            f"Det finns inget år från {effort.start}. Välj ett tidigare startår.",
            f"There is no year from {effort.start} on. Choose an earlier first year.",
        ),
        "missing": Text(
            f"{names} saknar värde för minst ett av åren {span}."
            f" Välj bort {'området' if one else 'dem'} eller byt indikator.",
            f"{names} {'has' if one else 'have'} no figure for at least one of the years {span}."
            f" Leave {'it' if one else 'them'} out or choose another indicator.",
        ),
        "few_donors": Text(
            f"Bara {n} områden som insatsen inte kan ha nått har uppgift alla år; minst {needed}"
            " behövs för en jämförelse.",
            f"Only {n} areas that the initiative cannot have reached have figures for every year;"
            f" at least {needed} are needed for a comparison.",
        ),
        "few_placebos": Text(
            f"Bara {n} andra grupper liknar de valda; minst {needed} behövs för ett intervall."
            f" {fewer.sv}",
            f"Only {n} other groups are like the chosen areas; at least {needed} are needed for an"
            f" interval. {fewer.en}",
        ),
        "many_chosen": Text(
            f"Högst {needed} områden kan följas upp tillsammans; {n} är valda. Välj färre.",
            f"At most {needed} areas can be followed together; {n} are chosen. Choose fewer.",
        ),
        "nothing_alike": _no_similar_areas(withheld.apart, effort),
    }
    return sentences[withheld.reason][effort.language]


def _fewer(n_chosen: int, level: Level) -> Text:
    """What to do where too few other groups are like the chosen areas."""
    if n_chosen == 1:
        return Text(
            "Byt indikator, nivå eller startår.",
            "Choose another indicator, level or first year.",
        )
    if level == "kommun":
        return Text("Välj färre kommuner.", "Choose fewer municipalities.")
    return Text("Välj färre områden i samma kommun.", "Choose fewer areas in one municipality.")


def _few_before(n: int, needed: int, effort: Effort, years: tuple[int, ...], longest: int) -> Text:
    """That too few years can be compared before the start, and what can be chosen instead."""
    label = division_label(effort.level, effort.division, language=effort.language)
    if not years:
        return Text(
            f"Indikatorn har inga år att jämföra för {label} i den här dataversionen. Välj en annan"
            " indikator eller andra områden.",
            f"The indicator has no years to compare for {label} in this data version. Choose"
            " another indicator or other areas.",
        )
    if longest <= needed:
        next_step = Text(
            " Ingen indikator har så många år i den här dataversionen.",
            " No indicator has so many years in this data version.",
        )
    elif len(years) > needed:
        next_step = Text(
            f" Välj {years[needed]} eller senare som startår, eller en annan indikator.",
            f" Choose {years[needed]} or later as the first year, or another indicator.",
        )
    else:
        next_step = Text(
            " Serien är för kort: välj en annan indikator eller områden i en indelning med fler"
            " år.",
            " The series is too short: choose another indicator or areas of a version with more"
            " years.",
        )
    return Text(
        f"Bara {n} år före {effort.start} kan jämföras ({label}, {_span(years)}); minst {needed}"
        f" behövs för att hitta områden med samma nivå och trend.{next_step.sv}",
        f"Only {n} {'year' if n == 1 else 'years'} before {effort.start} can be compared"
        f" ({label}, {_span(years)}); at least {needed} are needed to find areas with the same"
        f" level and trend.{next_step.en}",
    )


def _no_similar_areas(apart: float, effort: Effort) -> Text:
    sv, en = (points(apart, language=language) for language in ("sv", "en"))
    way = Text("lägre", "below") if apart > 0 else Text("högre", "above")
    return Text(
        f"Inga områden liknar de valda: de närmaste låg i genomsnitt {sv} {way.sv} före"
        f" {effort.start}. En jämförelse skulle vilseleda. Välj en annan indikator eller andra"
        " områden.",
        f"No areas are like the chosen ones: the nearest were on average {en} {way.en} them before"
        f" {effort.start}. A comparison would mislead. Choose another indicator or other areas.",
    )


def _span(years: tuple[int, ...]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}" if years else "–"


def _fine_points(amount: float, *, language: Language) -> str:
    """A distance in percentage points, as small as such a distance often is: "0,07"."""
    return number(abs(100 * amount), decimals=2, language=language)
