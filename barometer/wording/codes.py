"""Names for the codes of files and tables, for people who read them as a table."""

from typing import Final

from barometer.catalogue import Text
from barometer.divisions import LEVELS, Language, level_name
from barometer.wording.breakdowns import PARTS
from barometer.wording.numbers import UNIT_NAMES

SECTORS: Final[dict[str, Text]] = {
    "befolkning": Text("Befolkning", "Population"),
    "arbete": Text("Arbete", "Work"),
    "ekonomi": Text("Ekonomi", "Economy"),
    "utbildning": Text("Utbildning", "Education"),
    "bostad": Text("Bostad", "Housing"),
    "demokrati": Text("Demokrati", "Democracy"),
    "halsa": Text("Hälsa", "Health"),
    "trygghet": Text("Trygghet och brott", "Safety and crime"),
    "skola": Text("Skola", "School"),
    "resor": Text("Resor", "Travel"),
    "index": Text("Områdestyper och index", "Area types and index"),
}
ROLES: Final[dict[str, Text]] = {
    "area": Text("Området", "The area"),
    "kommun": Text("Kommunen", "The municipality"),
    "lan": Text("Länet", "The county"),
    "riket": Text("Riket", "Sweden"),
    "counterpart": Text("Samma kod, andra gränser", "Same code, other boundaries"),
    "carried": Text("Området, omräknat", "The area, recalculated"),
    "lower_quartile": Text("Nedre kvartil", "Lower quartile"),
    "median": Text("Median", "Median"),
    "upper_quartile": Text("Övre kvartil", "Upper quartile"),
}
CHANGE_KINDS: Final[dict[str, Text]] = {
    "signal": Text("Signal", "Signal"),
    "type": Text("Områdestyp", "Area type"),
    "first": Text("Första dataversionen", "First data version"),
    "source": Text("Källa", "Source"),
    "year": Text("Nytt år", "New year"),
    "rows": Text("Antal uppgifter", "Number of figures"),
    "values": Text("Ändrade siffror", "Revised figures"),
    "redrawn": Text("Nya gränser", "New boundaries"),
}
KINDS: Final[dict[str, Text]] = {
    "two-group": Text("två grupper", "two groups"),
    "multigroup": Text("flera grupper", "several groups"),
    "ordinal": Text("ordnade grupper", "ordered groups"),
    "diversity": Text("mångfald, inte segregation", "diversity, not segregation"),
    "local": Text("ett värde per område", "one value per area"),
}
SHARE: Final = Text("andel, 0–1", "share, 0–1")
_ALSO: Final = {"percentage_points": Text("procentenheter", "percentage points")}
_LEVELS: Final[dict[str, Text]] = {
    level: Text(level_name(level, language="sv"), level_name(level, language="en"))
    for level in LEVELS
}
_CODES: Final[dict[str, dict[str, Text]]] = {
    "sector": SECTORS,
    "role": ROLES,
    "kind": CHANGE_KINDS | KINDS,
    "part": PARTS,
    "level": _LEVELS | {"total": Text("Totalt", "In total")},
    "unit_level": _LEVELS,
    "outer": _LEVELS | {"place": Text("Platsen", "The place")},
    "unit": {"share": SHARE, "number": Text("tal", "number"), **UNIT_NAMES, **_ALSO},
    "withheld": {
        "few_before": Text("för få år före", "too few years before"),
        "none_after": Text("inget år efter", "no year after"),
        "missing": Text("värden saknas", "values are missing"),
        "few_donors": Text("för få jämförelseområden", "too few comparison areas"),
        "few_placebos": Text("för få placebogrupper", "too few placebo groups"),
        "many_chosen": Text("för många valda områden", "too many chosen areas"),
        "nothing_alike": Text("inga liknande områden", "no similar areas"),
    },
    "how": {
        "aggregate": Text("områdena sammantagna", "the areas taken together"),
        "weighted": Text("vägt medelvärde", "weighted mean"),
        "sum": Text("summa", "sum"),
    },
}


def code_name(column: str, code: str, *, language: Language) -> str:
    """A code of a column in words; as it is where it has none."""
    named = _CODES.get(column, {}).get(code)
    return named[language] if named else code


CODED: Final = tuple(_CODES)
"""The columns that hold codes with names."""
