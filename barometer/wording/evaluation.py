"""What a follow-up of an effort says, how sure it is, and what it cannot say."""

from collections.abc import Sequence
from typing import Final, Protocol

from barometer.catalogue import Text
from barometer.divisions import Language, Level, division_label
from barometer.selection import Effort, Misunderstood
from barometer.wording.names import level_noun
from barometer.wording.numbers import MINUS, NBSP, enumerated, number

POOR_FIT: Final = 0.9  # of the placebo groups fit better: the comparison is not to be trusted
_MOST_NAMED: Final = 3
_FIELDS: Final = {
    "indicator": Text("Indikatorn", "The indicator"),
    "level": Text("Nivån", "The level"),
    "start": Text("Startåret", "The first year"),
    "lang": Text("Språket", "The language"),
    "embed": Text("Värdet för embed", "The value of embed"),
}


class Followed(Protocol):
    """What is said about a follow-up: `barometer.evaluation.Evaluation` as far as words need it."""

    @property
    def years(self) -> tuple[int, ...]:
        """The years before and after."""
        ...

    @property
    def start(self) -> int:
        """The first year after."""
        ...

    @property
    def effect(self) -> float:
        """Mean difference from the start on, as a share 0-1."""
        ...

    @property
    def low(self) -> float:
        """Lower end of the 90 % interval."""
        ...

    @property
    def high(self) -> float:
        """Upper end of the 90 % interval."""
        ...

    @property
    def seen(self) -> bool:
        """Whether the interval leaves out no difference."""
        ...

    @property
    def level_apart(self) -> float:
        """How far above the comparison the areas lay before."""
        ...

    @property
    def misfit(self) -> float:
        """Root mean square difference before the start."""
        ...

    @property
    def usual_misfit(self) -> float:
        """The placebos' median."""
        ...

    @property
    def fits_worse(self) -> float:
        """Part of the placebos that fit better."""
        ...

    @property
    def n_placebos(self) -> int:
        """Placebo groups."""
        ...

    @property
    def n_as_large(self) -> int:
        """Placebo groups with an effect at least as large."""
        ...


def points(amount: float, *, language: Language) -> str:
    """A difference between shares without direction: "1,8 procentenheter"."""
    plain = number(abs(100 * amount), decimals=1, language=language)
    one = plain == number(1, decimals=1, language=language)
    noun = (
        Text("procentenhet", "percentage point")
        if one
        else Text("procentenheter", "percentage points")
    )
    return f"{plain}{NBSP}{noun[language]}"


def signed_points(amount: float, *, language: Language) -> str:
    """A difference with its sign and without its unit: "+1,8", "−0,3", "0,0"."""
    plain = number(abs(100 * amount), decimals=1, language=language)
    if plain == number(0, decimals=1, language=language):
        return plain
    return f"{MINUS if amount < 0 else '+'}{plain}"


def chosen_areas(labels: Sequence[str], *, level: Level, language: Language) -> str:
    """The chosen areas in a sentence: their names when they are few, else how many they are."""
    if len(labels) <= _MOST_NAMED:
        return enumerated(labels, language=language)
    noun = level_noun(level, n=len(labels), language=language)
    return Text(f"de {len(labels)} valda {noun}", f"the {len(labels)} chosen {noun}")[language]


def evaluation_title(effort: Effort, *, indicator: str, where: str) -> str:
    """What the page shows: "Låg ekonomisk standard i Gottsunda före och efter 2019"."""
    if not effort.areas:
        return Text("Följ upp en insats", "Follow up an effort")[effort.language]
    return Text(
        f"{indicator} i {where} före och från {effort.start}",
        f"{indicator} in {where} before and from {effort.start}",
    )[effort.language]


def effect_sentence(outcome: Followed, *, where: str, language: Language) -> str:
    """The difference-in-differences with its interval."""
    last = outcome.years[-1]
    amount = points(outcome.effect, language=language)
    ends = tuple(signed_points(end, language=language) for end in (outcome.low, outcome.high))
    interval = Text(
        f"(90{NBSP}% intervall från placeboområden: {ends[0]} till {ends[1]} procentenheter)",
        f"(90% interval from placebo areas: {ends[0]} to {ends[1]} percentage points)",
    )[language]
    years = Text(
        f"från {outcome.start} till {last}" if last > outcome.start else f"{last}",
        f"from {outcome.start} to {last}" if last > outcome.start else f"in {last}",
    )
    if signed_points(outcome.effect, language=language)[0] not in ("+", MINUS):
        return Text(
            f"Andelen i {where} är {years.sv} i snitt densamma som om den hade följt"
            f" jämförelseområdena {interval}.",
            f"The share in {where} is {years.en} on average the same as had it followed the"
            f" comparison areas {interval}.",
        )[language]
    way = Text("högre", "higher") if outcome.effect > 0 else Text("lägre", "lower")
    return Text(
        f"Andelen i {where} är {years.sv} i snitt {amount} {way.sv} än om den hade följt"
        f" jämförelseområdena {interval}.",
        f"The share in {where} is {years.en} on average {amount} {way.en} than had it followed the"
        f" comparison areas {interval}.",
    )[language]


def verdict_sentence(outcome: Followed, *, language: Language) -> str:
    """Whether the difference is beyond what arises without any effort."""
    n, large = outcome.n_placebos, outcome.n_as_large
    share = Text(
        f" {large} av {n} placebogrupper, där ingen insats är vald, har en minst lika stor"
        " skillnad.",
        f" {large} of {n} placebo groups, where no effort was chosen,"
        f" {'has' if large == 1 else 'have'} a difference at least as large.",
    )[language]
    if outcome.seen:
        return (
            Text(
                "Intervallet rymmer inte noll: så stor skillnad är ovanlig utan att något särskilt"
                " har hänt.",
                "The interval leaves out zero: so large a difference is unusual unless something"
                " particular has happened.",
            )[language]
            + share
        )
    return (
        Text(
            "Intervallet rymmer noll: skillnaden går inte att skilja från den som uppstår utan"
            " insats. Det betyder inte att insatsen saknar verkan.",
            "The interval holds zero: the difference cannot be told from what arises without an"
            " effort. That does not mean that the effort has no effect.",
        )[language]
        + share
    )


def fit_sentence(outcome: Followed, *, language: Language) -> str:
    """How well the comparison follows before the start."""
    own, usual = (points(v, language=language) for v in (outcome.misfit, outcome.usual_misfit))
    return Text(
        f"Före {outcome.start} skiljer det {own} mellan de valda och jämförelsen"
        f" (medelfel, RMSE). För placebogrupperna är {usual} det vanliga.",
        f"Before {outcome.start} the chosen areas and the comparison differ by {own} (root mean"
        f" square error, RMSE). For the placebo groups {usual} is usual.",
    )[language]


def poor_fit_sentence(outcome: Followed, *, language: Language) -> str:
    """That the comparison is poor; empty when it is not."""
    if outcome.fits_worse < POOR_FIT:
        return ""
    share = number(100 * outcome.fits_worse, decimals=0, language=language)
    return Text(
        f"Jämförelsen passar sämre än för {share}{NBSP}% av placebogrupperna redan före start."
        " Läs med stor försiktighet: det finns inga områden som liknar de valda nog.",
        f"The comparison fits worse than for {share}% of the placebo groups even before the start."
        " Read with great care: no areas are enough like the chosen ones.",
    )[language]


def level_apart_sentence(outcome: Followed, *, language: Language) -> str:
    """That the comparison is moved to the chosen areas' level, and by how much."""
    amount = points(outcome.level_apart, language=language)
    if signed_points(outcome.level_apart, language=language)[0] not in ("+", MINUS):
        return ""
    way = Text("under", "below") if outcome.level_apart > 0 else Text("över", "above")
    return Text(
        f"Jämförelsen låg före start i snitt {amount} {way.sv} de valda; i figuren är den flyttad"
        " till deras nivå.",
        f"Before the start the comparison lay {amount} {way.en} the chosen areas on average; in"
        " the figure it is moved to their level.",
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
    reason: str, *, n: int, labels: Sequence[str], effort: Effort, years: tuple[int, ...]
) -> str:
    """Why there is no answer, and what to choose instead."""
    label = division_label(effort.level, effort.division)
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}" if years else "–"
    names = enumerated(labels, language=effort.language)
    said = {
        "few_before": Text(
            f"Det finns {n} år före {effort.start} ({label}, {span}); minst fyra behövs för att"
            " hitta områden med samma nivå och trend. Välj ett senare startår, en annan indikator"
            " eller områden i en indelning med fler år.",
            f"There are {n} years before {effort.start} ({label}, {span}); at least four are"
            " needed to find areas with the same level and trend. Choose a later first year,"
            " another indicator or areas of a division with more years.",
        ),
        "none_after": Text(
            f"Det finns inget år från {effort.start}. Välj ett tidigare startår.",
            f"There is no year from {effort.start} on. Choose an earlier first year.",
        ),
        "missing": Text(
            f"{names} saknar värde för minst ett av åren {span}."
            " Ta bort området eller välj en annan indikator.",
            f"{names} lacks a figure for some of the years {span}: too few persons or protected."
            " Leave it out or choose another indicator.",
        ),
        "few_donors": Text(
            f"Bara {n} områden utanför kommunen har uppgift alla år; det räcker inte för en"
            " jämförelse.",
            f"Only {n} areas outside the municipality have figures for every year; that is not"
            " enough for a comparison.",
        ),
        "few_placebos": Text(
            f"Bara {n} andra grupper liknar de valda; minst 39 behövs för ett intervall. Välj"
            " färre områden i samma kommun.",
            f"Only {n} other groups are like the chosen areas; at least 39 are needed for an"
            " interval. Choose fewer areas in one municipality.",
        ),
        "many_chosen": Text(
            f"{n} områden är för många. Välj färre.",
            f"{n} areas are too many. Choose fewer.",
        ),
    }
    return said[reason][effort.language]


def evaluation_remarks(
    misunderstood: Sequence[Misunderstood], *, effort: Effort, indicator: str
) -> tuple[str, ...]:
    """One remark per misunderstanding of the address."""
    return tuple(_remark(m, indicator)[effort.language] for m in misunderstood)


def _remark(about: Misunderstood, indicator: str) -> Text:
    if about.reason == "key":
        meant = about.choices[0]
        return Text(
            f"Länken innehåller ”{about.field}”, som inte betyder något här. Menade du {meant}?",
            f"The link contains “{about.field}”, which means nothing here. Did you mean {meant}?",
        )
    if about.field == "areas":
        return _area_remark(about)
    if about.reason == "repeated":
        return Text(
            f"Länken har flera värden för {about.field} ({about.given}); visar det första.",
            f"The link has several values for {about.field} ({about.given}); showing the first.",
        )
    field = _FIELDS[about.field]
    used = indicator if about.field == "indicator" else about.used
    return Text(
        f"{field.sv} ”{about.given}” finns inte här; visar {used}.",
        f"{field.en} “{about.given}” is not available here; showing {used}.",
    )


def _area_remark(about: Misunderstood) -> Text:
    why = {
        "not_offered": Text("hör till en annan nivå", "is of another level"),
        "other_division": Text(
            "hör till en annan indelning än det första", "is of another division than the first"
        ),
        "repeated": Text("är ett för mycket", "is one too many"),
    }.get(about.reason, Text("finns inte", "does not exist"))
    return Text(
        f"Området ”{about.given}” {why.sv} och är inte med.",
        f"The area “{about.given}” {why.en} and is left out.",
    )
