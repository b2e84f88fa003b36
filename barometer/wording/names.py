"""Names of things that have no entry in the catalogue: levels in sentences, methods, reasons."""

import re
from typing import Final

from barometer.catalogue import ALL, Catalogue, Text
from barometer.divisions import Division, Language, Level, division_label, level_name
from barometer.selection import Layer, Method

NO_FIGURES: Final = Text("Det finns inga uppgifter att visa.", "There are no figures to show.")
_REASONS: Final = {
    "suppressed": Text("uppgift saknas hos SCB", "not available from SCB"),
    "not_published": Text("ej publicerad", "not published"),
    "outside_division": Text("området fanns inte det året", "the area did not exist that year"),
    "left_out": Text("utelämnat i vyn", "left out of the view"),
    "too_few": Text("för få invånare", "too few residents"),
    "not_available": Text("finns inte i dataversionen", "not in this data version"),
    "cannot_be_summed": Text(
        "medianer, medelvärden och index kan inte räknas ihop",
        "medians, means and indices cannot be added up",
    ),
}
_METHODS: Final[dict[Method, Text]] = {
    "quantiles": Text("kvantiler", "quantiles"),
    "equal_steps": Text("lika steg", "equal steps"),
    "jenks": Text("Jenks", "Jenks"),
    "std_dev": Text("standardavvikelser", "standard deviations"),
}
_LAYERS: Final[dict[Layer, Text]] = {
    "value": Text("Värdet", "The value"),
    "location_quotient": Text("Lokaliseringskvot", "Location quotient"),
    "dissimilarity_contribution": Text(
        "Bidrag till segregationsindex", "Contribution to dissimilarity"
    ),
    "local_segregation": Text("Lokal segregation", "Local segregation"),
    "local_entropy": Text("Lokal mångfald", "Local diversity"),
    "ice": Text("Koncentration i ytterligheterna (ICE)", "Concentration at the extremes (ICE)"),
    "distance_to_mix": Text("Avstånd till kommunens blandning", "Distance to the municipal mix"),
}
_COUNTED: Final[dict[Level, tuple[Text, Text]]] = {
    "riket": (Text("land", "country"), Text("länder", "countries")),
    "lan": (Text("län", "county"), Text("län", "counties")),
    "kommun": (Text("kommun", "municipality"), Text("kommuner", "municipalities")),
    "regso": (Text("RegSO", "RegSO area"), Text("RegSO", "RegSO areas")),
    "deso": (Text("DeSO", "DeSO area"), Text("DeSO", "DeSO areas")),
    "own": (Text("eget område", "own area"), Text("egna områden", "own areas")),
}
# A kommun's name before the word kommun has an s after a consonant, but for these two.
_KOMMUN_FORMS: Final = {"Falun": "Falu", "Kalmar": "Kalmar"}
_NO_S_AFTER: Final = tuple("aeiouyåäösxz")

_LAST: Final = str.maketrans("ÅÄÖåäö", "[\\]{|}")
# The label of an own area that has no name, with its number among those of the same label.
_UNNAMED: Final = re.compile(r"(?:Eget område|Own area), (.+?)(?: \((\d+)\))?")


def missing_reason(status: str, *, language: Language) -> str:
    """Why there is no value: "uppgift saknas hos SCB", "ej publicerad", "för få invånare"."""
    return _REASONS[status][language]


def method_name(method: Method, *, language: Language) -> str:
    """The class method: "kvantiler", "lika steg", "Jenks", "standardavvikelser"."""
    return _METHODS[method][language]


def layer_name(layer: Layer, *, language: Language) -> str:
    """What a map shows of its areas: "Värdet", "Lokaliseringskvot"."""
    return _LAYERS[layer][language]


def background_name(background: str, *, catalogue: Catalogue, language: Language) -> str:
    """The part of the population: "alla", "kvinnor"."""
    if background == ALL:
        return Text("alla", "everybody")[language]
    background_id, _, category = background.partition(":")
    return dict(catalogue.backgrounds[background_id].categories)[category][language].lower()


def level_noun(level: Level, *, n: int, language: Language) -> str:
    """The level's areas as they are counted: "1 kommun", "2 kommuner" without the number."""
    return _COUNTED[level][n != 1][language]


def level_word(level: Level, *, language: Language) -> str:
    """The level inside a sentence: "riket", "kommun", "RegSO", "Sweden"."""
    name = level_name(level, language=language)
    is_name = level in ("regso", "deso") or (level, language) == ("riket", "en")
    return name if is_name else name.lower()


def where(level: Level, division: Division, *, language: Language) -> str:
    """The areas that a map shows: "i kommunerna", "i RegSO 2025"."""
    named = {
        "riket": Text("i riket", "in Sweden"),
        "lan": Text("i länen", "by county"),
        "kommun": Text("i kommunerna", "by municipality"),
        "own": Text("i egna områden", "by own area"),
    }
    label = division_label(level, division)
    return named.get(level, Text(f"i {label}", f"by {label}"))[language]


def place(label: str, level: Level, *, language: Language) -> str:
    """A place in a sentence, after "i" or "in": "riket", "Uppsala kommun", "Uppsala län"."""
    if level == "riket":
        return Text("riket", "Sweden as a whole")[language]
    if level == "kommun":
        return Text(f"{_before_kommun(label)} kommun", f"{label} municipality")[language]
    return own_place(place_name(label, level, language=language), language=language)


def own_place(name: str, *, language: Language) -> str:
    """A place's name in a sentence: an own area without a name is described, others stand."""
    unnamed = _UNNAMED.fullmatch(name)
    if not unnamed:
        return name
    number = f" {unnamed[2]}" if unnamed[2] else ""
    area = Text("det egna området", "your own area")[language]
    return f"{area}{number} ({unnamed[1]})"


def place_name(label: str, level: Level, *, language: Language) -> str:
    """A place by itself, as a heading or in a list: "Riket", "Sweden", "Uppsala county"."""
    if level == "riket":
        return Text("Riket", "Sweden")[language]
    if level == "lan" and language == "en" and label.endswith(" län"):
        return label.removesuffix(" län").removesuffix("s") + " county"
    return label


def alphabetical(name: str) -> str:
    """A key that sorts names as Swedish lists do: Å, Ä and Ö after Z."""
    return name.translate(_LAST)


def _before_kommun(name: str) -> str:
    if name in _KOMMUN_FORMS or name.lower().endswith(_NO_S_AFTER):
        return _KOMMUN_FORMS.get(name, name)
    return f"{name}s"
