"""Start's words, in both languages."""

from typing import Final

from barometer.catalogue import Text

QUESTION: Final = Text(
    "Hur delat är Sverige –\xa0och där du bor?", "How divided is Sweden –\xa0and where you live?"
)
LEAD: Final = Text(
    "Se hur levnadsvillkoren skiljer sig mellan områden i hela landet. Siffrorna kommer från SCB, "
    "ned till områden med omkring 1 700 invånare.",
    "See how living conditions differ between neighbourhoods all over the country. The figures "
    "come from Statistics Sweden, down to areas of some 1,700 residents.",
)
SEARCH: Final = Text("Sök kommun, stadsdel eller område", "Search municipality or area")
TRY: Final = Text("Prova:", "Try:")
TRIALS: Final = (("1280", "Malmö"), ("1480", "Göteborg"), ("1980", "Västerås"))

MAP_TITLE: Final = Text("Områdestyper {year}", "Area types {year}")
MAP_ALT: Final = Text(
    "Karta över Sverige med områdestyper {year}. {finding}.",
    "Map of Sweden with area types {year}. {finding}.",
)
OPEN_MAP: Final = Text("Öppna kartan", "Open the map")
# Name, kommun and the middle of the window (degrees) of each town.
STOCKHOLM: Final = ("Stockholm", "0180", (18.03, 59.335))
GOTEBORG: Final = ("Göteborg", "1480", (11.97, 57.72))
MALMO: Final = ("Malmö", "1280", (13.02, 55.59))
TOWNS: Final = (STOCKHOLM, GOTEBORG, MALMO)

FIGURES: Final = Text("Landet i tre siffror", "The country in three figures")
OF_100: Final = Text("av 100", "of 100")
PERCENT: Final = Text("procent", "per cent")
TYPES: Final = Text(
    "bor i ett område med socioekonomiska utmaningar, typ 1 eller 2.",
    "live in an area with socio-economic challenges, type 1 or 2.",
)
BAR: Final = Text("typ 1–2: {low}, typ 3–5: {high}", "types 1–2: {low}, types 3–5: {high}")
MOVE: Final = Text(
    "med utländsk bakgrund skulle behöva flytta för att bo lika spritt som övriga, i den mittersta"
    " kommunen.",
    "with a foreign background would need to move to be spread as evenly as everyone else, in the"
    " median municipality.",
)
MOVE_CAPTION: Final = Text(
    "Segregationsindex (D) mellan RegSO, medianen av kommunerna",
    "Dissimilarity index (D) between RegSO areas, the median of the municipalities",
)
RENTED: Final = Text("av bostäderna är hyresrätter.", "of dwellings are rented.")
RISEN: Final = Text(
    "Andelen har ökat varje år sedan {year}.", "The share has risen every year since {year}."
)
FALLEN: Final = Text(
    "Andelen har minskat varje år sedan {year}.", "The share has fallen every year since {year}."
)
ENDS: Final = Text("{first}: {low}, {last}: {high}", "{first}: {low}, {last}: {high}")
SOURCES: Final = Text("Källor till siffrorna", "Sources of the figures")

TOPICS: Final = Text("Börja med en fråga", "Start with a question")
LOW_STANDARD: Final = Text(
    "Var är låg ekonomisk standard vanligast?", "Where is a low economic standard most common?"
)
APART: Final = Text("Hur åtskilda bor olika grupper?", "How segregated are different groups?")
CHALLENGES: Final = Text(
    "Var har områden störst utmaningar?", "Which areas have the greatest challenges?"
)
SEE_MAP: Final = Text("Se kartan", "See the map")
COMPARE_TOWNS: Final = Text("Jämför städer", "Compare towns")
SEE_TYPES: Final = Text("Se områdestyper", "See area types")
ONLY_PLACE: Final = Text("{place}", "{place}")
FOREIGN: Final = Text("Utländsk bakgrund, {place}", "Foreign background, {place}")
