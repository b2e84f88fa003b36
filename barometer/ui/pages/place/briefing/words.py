"""The words of the lägesbild as a document, in both languages."""

from typing import Final

from barometer.catalogue import Text

EXTENT: Final = Text("Omfattning", "Extent")
CONSEQUENCES: Final = Text("Konsekvenser", "Consequences")
WHERE: Final = Text("Var", "Where")
OVER_TIME: Final = Text("Utveckling över tid", "Over time")
NO_SERIES: Final = Text(
    "I den här dataversionen har inget av nyckeltalen två år som kan jämföras här.",
    "In this data version none of the key figures has two years that can be compared here.",
)
REFERENCE: Final = Text("Jämfört med andra", "Against reference")
ANALYSIS: Final = Text("Analys", "Analysis")
MEASURES: Final = Text("Åtgärder", "Measures")
FOLLOW_UP: Final = Text("Uppföljning", "Follow-up")
SOURCES: Final = Text("Källor och definitioner", "Sources and definitions")
EVERY_INDICATOR: Final = Text("Bilaga: alla indikatorer", "Appendix: every indicator")

EXTENT_PROMPT: Final = Text(
    "Skriv här vad ni själva vet om problemets omfattning, till exempel ur egna register.",
    "Write here what you know of the extent yourselves, for example from your own registers.",
)
CONSEQUENCES_PROMPT: Final = Text(
    "Skriv här vad skillnaderna betyder för dem som bor på platsen.",
    "Write here what the differences mean for those who live in the place.",
)
WHERE_PROMPT: Final = Text(
    "Skriv här vilka områden, skolor och mötesplatser det gäller.",
    "Write here which areas, schools and meeting places are concerned.",
)
TIME_PROMPT: Final = Text(
    "Skriv här vad som har hänt på platsen under åren.",
    "Write here what has happened in the place over the years.",
)
REFERENCE_PROMPT: Final = Text(
    "Skriv här vilka platser ni själva jämför er med, och varför.",
    "Write here which places you compare yourselves with, and why.",
)
ANALYSIS_PROMPT: Final = Text(
    "Skriv här er analys: orsaker, riskfaktorer, skyddsfaktorer och vad som är osäkert.",
    "Write your analysis here: causes, risk factors, protective factors and what is uncertain.",
)
MEASURES_PROMPT: Final = Text(
    "Skriv här vad som ska göras, av vem, när och vad det väntas leda till.",
    "Write here what is to be done, by whom, when, and what it is expected to lead to.",
)
FOLLOW_UP_PROMPT: Final = Text(
    "Skriv här när och hur åtgärderna följs upp, och vem som ansvarar.",
    "Write here when and how the measures are followed up, and who is responsible.",
)
ANALYSIS_NOTE: Final = Text(
    "Siffrorna beskriver. De visar inte vad som orsakar vad.",
    "The figures describe. They do not show what causes what.",
)
FOLLOW_UP_NOTE: Final = Text(
    "Gör om dokumentet när nya siffror finns: siffror och bilder byts, och det ni har skrivit"
    " står kvar. Indikatorerna nedan är de som lägesbilden visar över tid.",
    "Renew the document when there are new figures: figures and pictures change, and what you have"
    " written stays. The indicators below are those that this document shows over time.",
)
CUT_OFF: Final = Text("Uppgifterna är hämtade {day}.", "The figures were retrieved {day}.")
DATA_VERSION: Final = Text("Dataversion {snapshot}.", "Data version {snapshot}.")
FOOT: Final = Text(
    "{site}. Uppgifter hämtade {day}, dataversion {snapshot}. {made_up}",
    "{site}. Figures retrieved {day}, data version {snapshot}. {made_up}",
)
CHECK: Final = Text(
    "Varje siffra kan kontrolleras på {address}", "Every figure can be checked at {address}"
)
HOW_TO: Final = Text(
    "Varje siffra och bild ligger i en egen ruta som byts när dokumentet görs om. Text utanför"
    " rutorna, och i rutorna för egen text, lämnas som den är.",
    "Every figure and picture lies in a box of its own that changes when the document is renewed."
    " Text outside the boxes, and in the boxes for own text, is left as it is.",
)
DIFFERENCES_NOTE: Final = Text(
    "Det som är högre, eller lägre, än i minst nio av tio områden på samma nivå, barn och unga"
    " först. Ovanligt är varken bra eller dåligt.",
    "What is higher, or lower, than in at least nine in ten areas of the same level, children and"
    " young people first. Unusual is neither good nor bad.",
)
CONDITIONS: Final = Text("Levnadsvillkor i {place}", "Living conditions in {place}")
POPULATION: Final = Text("Befolkning i {place}", "Population of {place}")
TYPE_MAP: Final = Text("Områdestyper i {place} {year}", "Area types in {place}, {year}")
SHARE_MAP: Final = Text("{indicator} efter kommun {year}", "{indicator} by municipality, {year}")
MAP_ALT: Final = Text("Karta. {counts}.", "Map. {counts}.")
NO_VALUE: Final = Text("Uppgift saknas", "No figure")
AREAS: Final = Text("Områden i {place}", "Areas in {place}")
HIGHEST: Final = Text(
    "De {n} områden av {all} som har högst värde i {place}",
    "The {n} areas of {all} with the highest values in {place}",
)
HIGHEST_MESSAGE: Final = Text("{indicator}, högst: {area}", "{indicator}, highest: {area}")
AREAS_HEAD: Final = Text("Områden", "Areas")
AND_MORE: Final = Text(" och {n} till", " and {n} more")
TYPE_MESSAGE: Final = Text(
    "{first} av {n} områden är av typ 1 och {second} av typ 2",
    "Of {n} areas, type 1 has {first} and type 2 has {second}",
)
DIFFERENCES: Final = Text("Det som sticker ut mest i {place}", "What sets {place} apart the most")
HOW_UNUSUAL: Final = Text("Jämfört med andra", "Against others")
GROUPING: Final = Text("Uppdelning", "Breakdown")
RESIDENTS: Final = Text("Invånarna i {place}", "Residents of {place}")
LINE_ALT: Final = Text("Linjediagram. {said}", "Line chart. {said}")
STRIPS: Final = Text(
    "{place} jämfört med andra på samma nivå", "{place} compared with others at its level"
)
STRIPS_ALT: Final = Text("Diagram. {said}", "Chart. {said}")
BREAK: Final = Text("tidsseriebrott", "break in the series")
MEDIAN: Final = Text("Median", "Median")
HALF: Final = Text("Mittersta hälften", "Middle half")
MOST: Final = Text("Mittersta 80 %", "Middle 80%")
EVERY_YEAR: Final = Text("Indikatorerna år för år", "The indicators year by year")
KEY_INDICATORS: Final = Text("Indikatorer att följa i {place}", "Indicators to follow in {place}")
DEFINITIONS: Final = Text("Indikatorernas definitioner", "Definitions of the indicators")
"""The heading of a column of years."""
