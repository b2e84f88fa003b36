"""A reader's own comparison group in words, and what of it could not be used."""

from collections.abc import Sequence

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.selection import Misunderstood
from barometer.wording.numbers import enumerated


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
