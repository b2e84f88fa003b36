"""What of an address could not be followed and what is shown instead: a remark each, by page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from barometer.catalogue import Text
from barometer.divisions import RIKET, Language
from barometer.selection import MOST_AREAS, Effort, Misunderstood
from barometer.selection.evaluation import MOST_EFFORTS
from barometer.wording.numbers import enumerated
from barometer.wording.own import own_remark

_FIELDS: Final = {
    "indicator": Text("Indikatorn", "The indicator"),
    "first": Text("Indikatorn", "The indicator"),
    "alike": Text("Indikatorn", "The indicator"),
    "grouping": Text("Grupperna", "The groups"),
    "index": Text("Måttet", "The measure"),
    "units": Text("Områdesnivån", "The level of areas"),
    "level": Text("Nivån", "The level"),
    "area": Text("Platsen", "The place"),
    "year": Text("Året", "The year"),
    "since": Text("Startåret", "The first year"),
    "start": Text("Startåret", "The first year"),
    "among": Text("Urvalet", "The choice"),
    "peers": Text("Jämförelseplatsen", "The place to compare with"),
    "population": Text("Gränsen för antalet", "The limit for the number"),
    "caution": Text("Valet om försiktighet", "The choice about caution"),
    "weights": Text("Vikten", "The weight"),
    "limits": Text("Gränserna", "The limits"),
    "span": Text("Antalet år", "The number of years"),
    "lang": Text("Språket", "The language"),
    "embed": Text("Värdet för embed", "The value of embed"),
}
_MOST: Final = 20  # choices that are named in a fault
_WHY: Final = {
    "repeated": Text("har flera värden", "has several values"),
    "not_offered": Text("finns inte här", "is not available here"),
    "other_division": Text("hör till en annan områdesindelning", "is of another area version"),
    "not_together": Text("går inte ihop med resten", "does not go with the rest"),
    "itself": Text("är samma som det jämförs med", "is the same as what it is compared with"),
    "too_many": Text("är för många", "is too many"),
}
# Of codes in an own area: the nearest would be the area without them, which nobody asked for.
_WHY_OWN: Final = {
    "own_unreadable": Text(
        "är ingen områdeskod. Skriv koder som 0180C1010, med punkt emellan",
        "is no area code. Write codes such as 0180C1010, with full stops between them",
    ),
    "own_unknown": Text(
        "finns inte i den här dataversionen. Kontrollera koden och indelningens år",
        "is not in this data version. Check the code and the year of the area version",
    ),
    "own_doubled": Text(
        "står flera gånger. Skriv varje kod en gång",
        "stands there more than once. Write each code once",
    ),
    "own_other_division": Text(
        "hör till en annan nivå eller indelning än det första området. Välj koder från en och"
        " samma indelning",
        "belongs to another level or area version than the first area. Choose codes of one version",
    ),
    "own_too_many": Text(
        "är för mycket, för ett eget område har högst 500 koder. Välj RegSO i stället för DeSO",
        "is too much, since an own area has at most 500 codes. Choose RegSO instead of DeSO",
    ),
}
_UNKNOWN: Final = Text("är okänt", "is unknown")
# How what is written by hand must be written, where nothing is near to what was.
_RULES: Final = {
    "weights": Text(
        "Skriv indikator:vikt för en indikator som finns här, med en vikt som inte är 0, till"
        " exempel low_standard:1.",
        "Write indicator:weight for an indicator that is here, with a weight other than 0, for"
        " example low_standard:1.",
    ),
    "limits": Text(
        "Skriv tre tal, vart och ett större än det förra, till exempel -1,1,1.5.",
        "Write three numbers, each larger than the one before, for example -1,1,1.5.",
    ),
}


def general_remark(about: Misunderstood) -> Text | None:
    """What every page says alike: of own areas, misspelt keys and repeated ones; else None."""
    if own := own_remark(about):
        return own
    if about.reason == "key":
        meant = about.choices[0]
        return Text(
            f"Länken innehåller ”{about.field}”, som inte betyder något här. Menade du {meant}?",
            f"The link contains “{about.field}”, which means nothing here. Did you mean {meant}?",
        )
    if about.reason == "repeated":
        return Text(
            f"Länken har flera värden för {about.field} ({about.given}); visar det första.",
            f"The link has several values for {about.field} ({about.given}); showing the first.",
        )
    return None


def _remarks(
    misunderstood: Sequence[Misunderstood],
    specific: Callable[[Misunderstood], Text],
    language: Language,
) -> tuple[str, ...]:
    return tuple((general_remark(about) or specific(about))[language] for about in misunderstood)


def _not_here(field: Text, about: Misunderstood, used: str) -> Text:
    shown = Text(f"; visar {used}", f"; showing {used}") if used else Text("", "")
    return Text(
        f"{field.sv} ”{about.given}” finns inte här{shown.sv}.",
        f"{field.en} “{about.given}” is not available here{shown.en}.",
    )


def lens_remarks(
    misunderstood: Sequence[Misunderstood], *, used: str, language: Language
) -> tuple[str, ...]:
    """Of the actors page's address; `used` is the name of the actor that is shown."""

    def specific(about: Misunderstood) -> Text:
        shown = used if about.field == "actor" else about.used
        return Text(
            f"”{about.given}” finns inte här; visar {shown}.",
            f"“{about.given}” is not available here; showing {shown}.",
        )

    return _remarks(misunderstood, specific, language)


def profile_remarks(
    misunderstood: Sequence[Misunderstood], *, names: Mapping[str, str], language: Language
) -> tuple[str, ...]:
    """Of a place's address: "Året ”2035” finns inte här; visar 2024."."""

    def specific(about: Misunderstood) -> Text:
        field, used = _FIELDS[about.field], names.get(about.used, about.used)
        if peers := peers_remark(about):
            return peers
        if rule := _RULES.get(about.field):
            return Text(
                f"{field.sv} ”{about.given}” gäller inte. {rule.sv}",
                f"{field.en} “{about.given}” cannot be used. {rule.en}",
            )
        if about.reason != "other_division":
            return _not_here(field, about, used)
        return Text(
            f"{field.sv} {about.given} har andra områdesgränser; visar {used}. Områden före och"
            " efter årsskiftet 2023/2024 jämförs inte.",
            f"{field.en} {about.given} has other area boundaries; showing {used}. Areas before and"
            " after the turn of 2023/2024 are not compared.",
        )

    return _remarks(misunderstood, specific, language)


def measure_remarks(
    misunderstood: Sequence[Misunderstood], *, names: Mapping[str, str], language: Language
) -> tuple[str, ...]:
    """Of the address of a segregation measure: "Året ”2035” finns inte här; visar 2024."."""
    return _remarks(misunderstood, lambda about: _measure_remark(about, names), language)


def _measure_remark(about: Misunderstood, names: Mapping[str, str]) -> Text:
    if peers := peers_remark(about):
        return peers
    if about.reason == "not_together":
        return Text(
            "Riket och län innehåller också det som skiljer kommuner åt och jämförs inte med en"
            " kommun; de är borttagna.",
            "Sweden and counties also contain what lies between municipalities and are not compared"
            " with one; they are left out.",
        )
    if about.reason == "too_many":
        return Text(
            "Högst fyra platser kan jämföras; visar de fyra första.",
            "At most four places can be compared; showing the first four.",
        )
    field, used = _FIELDS[about.field], names.get(about.used, about.used)
    if about.reason == "other_division":
        return Text(
            f"{field.sv} {about.given} kan inte jämföras med slutåret; visar {used}. Områdenas"
            " gränser måste vara desamma.",
            f"{field.en} {about.given} cannot be compared with the last year; showing {used}. The"
            " boundaries of the areas must be the same.",
        )
    return _not_here(field, about, used)


def evaluation_remarks(
    misunderstood: Sequence[Misunderstood], *, effort: Effort, indicator: str
) -> tuple[str, ...]:
    """Of the follow-up's address; `indicator` is the name of the one that is shown."""

    def specific(about: Misunderstood) -> Text:
        if about.field == "areas":
            return _area_remark(about)
        if about.field == "effort":
            return _effort_remark(about)
        used = indicator if about.field == "indicator" else about.used
        return _not_here(_FIELDS[about.field], about, used)

    return _remarks(misunderstood, specific, effort.language)


def _area_remark(about: Misunderstood) -> Text:
    if about.reason == "unknown" and about.used:
        return Text(
            f"Området ”{about.given}” finns inte; {about.used} är med i stället.",
            f"The area “{about.given}” does not exist; {about.used} is taken instead.",
        )
    several = ", " in about.given
    why = {
        "not_offered": Text("hör till en annan nivå", "of another level"),
        "other_division": Text(
            "hör till en annan indelning än det första", "of another area version than the first"
        ),
        "too_many": Text(
            f"är fler än de {MOST_AREAS} som kan följas upp tillsammans",
            f"beyond the {MOST_AREAS} that can be followed up together",
        ),
    }.get(about.reason, Text("finns inte", "unknown"))
    who = Text("Områdena", "The areas") if several else Text("Området", "The area")
    be = "are" if several else "is"
    return Text(
        f"{who.sv} ”{about.given}” {why.sv} och är inte med.",
        f"{who.en} “{about.given}” {be} {why.en} and {be} left out.",
    )


def _effort_remark(about: Misunderstood) -> Text:
    if about.reason == "too_many":
        return Text(
            f"Länkens register har fler än {MOST_EFFORTS} insatser; ”{about.given}” är inte med.",
            f"The link's register has more than {MOST_EFFORTS} initiatives; “{about.given}” is left"
            " out.",
        )
    if about.reason == "not_offered":
        return Text(
            f"Insatsen ”{about.given}” är inte med: {about.used} kan inte följas över åren i"
            " dataversionen.",
            f"The initiative “{about.given}” is left out: {about.used} cannot be followed over the"
            " years in the data version.",
        )
    return Text(
        f"Insatsen ”{about.given}” kan inte läsas och är inte med. Skriv områdeskoder;startår;"
        "indikator;vad som görs;vem, som i 0380R001;2019;employed;Öppen förskola;Kommunen.",
        f"The initiative “{about.given}” cannot be read and is left out. Write area codes;first"
        " year;indicator;what is done;who, as in 0380R001;2019;employed;Open"
        " preschool;Municipality.",
    )


def address_remarks(
    misunderstood: Sequence[Misunderstood],
    *,
    fields: Mapping[str, Text],
    names: Mapping[str, str],
    language: Language,
) -> tuple[str, ...]:
    """Of an address whose fields are named by themselves: "År: ”2035” finns inte här; …"."""
    return _remarks(misunderstood, lambda about: _field_remark(about, fields, names), language)


def _field_remark(
    about: Misunderstood, fields: Mapping[str, Text], names: Mapping[str, str]
) -> Text:
    field = fields.get(about.field, Text(about.field, about.field))
    used = names.get(about.used, about.used)
    if about.reason == "too_many":
        return Text(
            f"{field.sv}: {about.given} är fler än {used}; visar de {used} första.",
            f"{field.en}: {about.given} are more than {used}; showing the first {used}.",
        )
    if not used:
        return Text(
            f"{field.sv}: ”{about.given}” finns inte här och är borttaget.",
            f"{field.en}: “{about.given}” is not available here and has been left out.",
        )
    return Text(
        f"{field.sv}: ”{about.given}” finns inte här; visar {used}.",
        f"{field.en}: “{about.given}” is not available here; showing {used}.",
    )


def peers_sentence(where: str, names: Sequence[str], *, language: Language) -> str:
    """The reader's own comparison group: "Du jämför Uppsala kommun med Gävle och Umeå."."""
    if not names:
        return Text(
            f"Ingen av de valda platserna har uppgifter att jämföra {where} med.",
            f"None of the chosen places has figures to compare {where} with.",
        )[language]
    listed = enumerated(list(names), language=language)
    return Text(
        f"Du jämför {where} med {listed}. Gruppen är vald av dig och står i länken.",
        f"You compare {where} with {listed}. The group is your own choice and is in the link.",
    )[language]


def peers_remark(about: Misunderstood) -> Text | None:
    """A remark on the comparison group of an address; None for anything else."""
    if about.field != "peers":
        return None
    if about.reason == "too_many":
        return Text(
            f"Jämförelsegruppen har {about.given} platser; de {about.used} första är kvar.",
            f"The comparison group has {about.given} places; the first {about.used} are kept.",
        )
    if about.reason == "not_together":
        return Text(
            "Jämförelsegruppen: riket och län innehåller också det som skiljer kommuner åt, så bara"
            " platser av samma slag är kvar.",
            "The comparison group: Sweden and counties also contain what lies between"
            " municipalities, so only places of one kind are kept.",
        )
    if about.reason != "not_offered":
        return None
    return Text(
        f"Jämförelseplatsen ”{about.given}” finns inte här och är borttagen.",
        f"The place to compare with, “{about.given}”, is not available here and has been left out.",
    )


def question_faults(faults: Sequence[Misunderstood], *, language: Language) -> tuple[str, ...]:
    """A line for each fault: the key, what was given, why it cannot be followed, what can be."""
    return tuple(_fault(fault)[language] for fault in faults)


def _fault(fault: Misunderstood) -> Text:
    near = ", ".join(fault.choices[:_MOST]) + (" …" if len(fault.choices) > _MOST else "")
    if fault.reason == "key":
        return Text(
            f"”{fault.field}” betyder inget i frågan. Menade du {near}?",
            f"“{fault.field}” means nothing in the question. Did you mean {near}?",
        )
    rule = _RULES.get(fault.field)
    if rule and not fault.choices:
        return Text(
            f"{fault.field}: ”{fault.given}” gäller inte. {rule.sv}",
            f"{fault.field}: “{fault.given}” cannot be used. {rule.en}",
        )
    if own := _WHY_OWN.get(fault.reason):
        return Text(
            f"{fault.field}: ”{fault.given}” {own.sv}.", f"{fault.field}: “{fault.given}” {own.en}."
        )
    why = _WHY.get(fault.reason, _UNKNOWN)
    # Riket is what a page shows where it knows no better, and near to nothing.
    near_by = fault.used and (fault.field, fault.used) != ("area", RIKET)
    nearest = (
        Text(f" Närmast: {fault.used}.", f" Nearest: {fault.used}.") if near_by else Text("", "")
    )
    choices = Text(f" Att välja på: {near}.", f" Choices: {near}.") if near else Text("", "")
    return Text(
        f"{fault.field}: ”{fault.given}” {why.sv}.{nearest.sv}{choices.sv}",
        f"{fault.field}: “{fault.given}” {why.en}.{nearest.en}{choices.en}",
    )
