"""What is wrong with a question to the API, and what to do; it follows the parameter's name."""

from collections.abc import Sequence
from typing import Final

from barometer.catalogue import Text

NO_AREA: Final = Text(
    "är inte koden för något område i den här dataversionen: se areas",
    "is the code of no area in this data version: see areas",
)
NO_INDICATOR: Final = Text(
    "har inga värden i den här dataversionen: se indicators för dem som har",
    "has no values in this data version: see indicators for those that have",
)
NO_GROUPING: Final = Text(
    "har inga mått i den här dataversionen: se groupings för dem som har",
    "has no measures in this data version: see groupings for those that have",
)
REPEATED: Final = Text(
    "är angiven mer än en gång: ange ett värde", "is given more than once: give one value"
)
OWN_UNREADABLE: Final = Text(
    "är ingen områdeskod: skriv own:0180C1010.0180C1020, med punkt mellan koderna",
    "is no code of an area: write own:0180C1010.0180C1020, full stops between codes",
)
OWN_DOUBLED: Final = Text(
    "står två gånger i ett eget område: ta bort den ena",
    "stands twice in an own area: leave it out once",
)
OWN_OTHER_DIVISION: Final = Text(
    "hör till en annan nivå eller indelning än det egna områdets första kod: välj en av dem",
    "is of another level or division than the own area's first code: choose one",
)
OWN_TOO_MANY: Final = Text(
    "ryms inte bland de 500 koder som ett eget område kan ha: välj RegSO i stället för DeSO",
    "is past the 500 codes that an own area can have: choose RegSO instead of DeSO",
)


def required(example: str) -> Text:
    """A parameter that must be given."""
    return Text(f"måste anges, till exempel {example}", f"is required, as in {example}")


def no_figures(years: str) -> Text:
    """Years without figures, and those with."""
    return Text(
        f"har inga värden här: det finns {years}", f"has no figures here: there are {years}"
    )


def in_own_area() -> Text:
    """A code of an own area that is not there."""
    return Text(f"i ett eget område {NO_AREA.sv}", f"in an own area {NO_AREA.en}")


def with_other(said: Text, other: str) -> Text:
    """The same, and the code that there is instead."""
    return Text(f"{said.sv} ({other} finns)", f"{said.en} (there is {other})")


def meant(near: str | None, choices: Sequence[str]) -> Text:
    """What is nearest, or all that there is."""
    if near:
        return Text(f"menade du {near}?", f"did you mean {near}?")
    return Text(
        f"det finns {', '.join(choices) or 'inga'}", f"there are {', '.join(choices) or 'none'}"
    )


def no_parameter(hint: Text) -> Text:
    """A key that the table does not know."""
    return Text(f"är ingen parameter här: {hint.sv}", f"is no parameter of this: {hint.en}")


def too_many(most: int) -> Text:
    """More values than a question can have."""
    return Text(
        f"är fler värden än vad som går: ange högst {most}, eller within",
        f"values are too many: give at most {most}, or within",
    )


def unknown(hint: Text) -> Text:
    """A word that is none of the choices."""
    return Text(f"är okänt: {hint.sv}", f"is unknown: {hint.en}")


def unreadable(example: str, *, near: str = "") -> Text:
    """A value of another form, and how to write it."""
    hint = meant(near, ()) if near else Text(f"skriv som i {example}", f"write it as in {example}")
    return Text(f"kan inte läsas: {hint.sv}", f"cannot be read: {hint.en}")


def no_whole(least: int, most: int) -> Text:
    """A value that should be a whole number within bounds."""
    return Text(
        f"är inget heltal från {least} till {most}", f"is no whole number from {least} to {most}"
    )


def wrong_length(least: int, most: int) -> Text:
    """A text that is too short or too long."""
    return Text(
        f"är inte {least} till {most} tecken lång", f"is not {least} to {most} characters long"
    )


def no_rows(n_without: int) -> Text:
    """A key that together with the others finds nothing, and how many rows there are without it."""
    sv = f": utan den finns {n_without}" if n_without else ""
    en = f": without it there are {n_without}" if n_without else ""
    return Text(
        f"har inga rader tillsammans med resten av frågan{sv}",
        f"has no rows together with the rest of the question{en}",
    )


def no_address(given: str, names: str) -> Text:
    """An address of the API that leads nowhere."""
    return Text(
        f"{given!r} finns inte: det finns openapi.json, {names}",
        f"there is no {given!r}: there are openapi.json, {names}",
    )


def past_a_workbook(n: int) -> Text:
    """More rows than Excel can hold."""
    return Text(
        f"{n} rader är fler än en arbetsbok rymmer: fråga efter färre",
        f"{n} rows are more than a workbook holds: ask for fewer",
    )


def no_format(table: str, given: str, names: str) -> Text:
    """A format that the table does not come in."""
    return Text(
        f"{table} finns inte i formatet {given!r}: det finns {names}",
        f"{table} has no format {given!r}: there are {names}",
    )


def not_accepted(table: str, types: str) -> Text:
    """Media types of which the client takes none."""
    return Text(
        f"{table} ges som {types}: godta något av dem, eller */*",
        f"{table} comes as {types}: accept one of them, or */*",
    )
