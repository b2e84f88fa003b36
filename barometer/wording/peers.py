"""A reader's own comparison group in words."""

from collections.abc import Sequence

from barometer.catalogue import Text
from barometer.divisions import Language
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
