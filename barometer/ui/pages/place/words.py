"""The place profile's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Plats", "Place")
CONTROLS: Final = Text("Välj plats och år", "Choose place and year")
YEAR_HINT: Final = Text(
    "Varje indikator visas för sitt senaste år fram till det valda.",
    "Each indicator is shown for its latest year up to the chosen one.",
)
OWN: Final = Text("Egna prioriteringar och likhet", "Own priorities and likeness")
FIRST: Final = Text("Visa först", "Show first")
FIRST_HINT: Final = Text(
    "Indikatorer som ni vill följa. De sparas i adressen.",
    "Indicators that you want to follow. They are kept in the address.",
)
ALIKE: Final = Text("Vad liknande områden ska likna", "What similar areas resemble")
ALIKE_HINT: Final = Text(
    "Liknande områden väljs bland alla på samma nivå.",
    "Similar areas are chosen among all of the same level.",
)
CLEAR: Final = Text("Rensa", "Clear")
REPORT: Final = Text("Rapport i A4", "A4 report")
DOCUMENTS: Final = {
    "docx": Text("Lägesbild i Word", "Word document"),
    "pptx": Text("Lägesbild som bilder", "Slides"),
}
ON_MAP: Final = Text("Visa på kartan", "Show on the map")
ON_SEGREGATION: Final = Text("Segregationsmått", "Segregation measures")
IN_FOLLOW_UP: Final = Text("Följ upp en insats", "Follow up an effort")
IN_LAB: Final = Text("Utveckling i Statistiklabb", "Development in the statistics lab")
OTHER_DIVISION: Final = Text(
    "Samma kod i {label}, andra gränser", "The same code in {label}, other borders"
)
WHO: Final = Text("Vilka bor här", "Who lives here")
WHO_NOTE: Final = Text(
    "Ålder, hushåll och födelseregion beskriver befolkningens sammansättning. De säger inget om"
    " någon enskild person och är inga förklaringar.",
    "Age, household and region of birth describe the make-up of the population. They say nothing"
    " about any one person and explain nothing.",
)
GROUP: Final = Text("Grupp", "Group")
NUMBER: Final = Text("Antal", "Number")
SHARE: Final = Text("Andel", "Share")
OUTSTANDING: Final = Text("Det som skiljer ut platsen", "What stands out")
OUTSTANDING_NOTE: Final = Text(
    "Ordnat efter hur ovanligt värdet är bland områden på samma nivå: avståndet till medianen i"
    " typiska avstånd (1,4826 × medianavvikelsen), minst 1. Barn och unga står först. Av"
    " indikatorer som följer varandra nära visas den mest ovanliga. Listan gäller "
    "levnadsvillkor. Befolkningens sammansättning finns ovan. Ovanligt är varken bra eller "
    "dåligt.",
    "In order of how unusual the value is among areas of the same level: its distance from the"
    " median in typical distances (1.4826 × the median deviation), at least 1. Children and young"
    " people come first. Of indicators that move closely together the most unusual is shown. These"
    " are conditions; the make-up of the population stands above. Unusual is neither good nor bad.",
)
PRIORITIES: Final = Text("Egna prioriteringar", "Own priorities")
CHILDREN: Final = Text("Barn och unga", "Children and young people")
ALIKE_MEDIAN: Final = Text("Liknande, median", "Similar, median")
AMONG: Final[dict[str, Text]] = {
    "riket": Text("Läge", "Standing"),
    "lan": Text("Läge bland länen", "Standing among counties"),
    "kommun": Text("Jämfört med andra kommuner", "Compared with other municipalities"),
    "regso": Text("Läge bland RegSO", "Standing among RegSO areas"),
    "deso": Text("Läge bland DeSO", "Standing among DeSO areas"),
}
ROWS_NOTE: Final = Text(
    "Under värdena: skillnaden hit, platsen minus jämförelsen, i indikatorns enhet"
    " (procentenheter för andelar); n är antalet som andelen räknas på. Figuren: punkten är "
    "platsen,"
    " strecket medianen, det mörka bandet mittersta hälften och det ljusa mittersta 80 procenten."
    " Läget är ingen rangordning av bra och dåligt.",
    "Below the values: the difference, the place minus the other, in the indicator's unit"
    " (percentage points for shares); n is the base of the share. The figure: the dot is the"
    " place, the line the median, the dark band the middle half and the light one the middle 80 per"
    " cent. The standing is no ranking of good and bad.",
)
TRENDS: Final = Text("Utveckling", "Development")
EVERY_YEAR: Final = Text("Alla år som tabell", "Every year as a table")
YEARS: Final = Text("Alla år", "Every year")
TRENDS_NOTE: Final = Text(
    "Tjock linje: platsen. Prickad: riket. Varje figur har sin egen skala. Lodrätt streck: ny"
    " områdesindelning eller brott i serien.",
    "Thick line: the place. Dotted: Sweden. Each figure has its own scale. Vertical line: a new"
    " division or a break in the series.",
)
TRENDS_OTHER: Final = Text(
    "Streckad tjock linje: området med samma kod i den andra indelningen. Gränserna kan skilja sig,"
    " så linjerna jämförs inte.",
    "Dashed thick line: the area with the same code in the other division. Borders may differ, so"
    " the lines are not compared.",
)
TYPES: Final = Text("Områdestyper", "Area types")
TYPES_NOTE: Final = Text(
    "Typerna är relativa och görs om varje år: de beskriver områdens förutsättningar, inte"
    " människorna där, och mäter inte graden av segregation.",
    "The types are relative and made anew each year: they describe the conditions of areas, not the"
    " people there, and do not measure the degree of segregation.",
)
TYPE: Final = Text("Områdestyp", "Area type")
N_AREAS: Final = Text("RegSO", "RegSO areas")
RESIDENTS: Final = Text("Invånare", "Residents")
SHARE_RESIDENTS: Final = Text("Andel av invånarna", "Share of residents")
SHARE_RIKET: Final = Text("I riket", "In Sweden")
NO_TYPE: Final = Text("Typ saknas", "No type")
SEGREGATION: Final = Text("Hur åtskilda bor olika grupper?", "How far apart do people live?")
GROUPS: Final = Text("Grupp", "Group")
EXPECTED: Final = Text("Av slumpen", "By chance")
KOMMUN_MEDIAN: Final = Text("Kommunernas median", "Median of municipalities")
ESTIMATE: Final = Text("Skattning utan slump (intervall)", "Estimate without chance (interval)")
CAUTION: Final = Text("Försiktighet", "Caution")
SEGREGATION_NOTE: Final = Text(
    "Segregationsindex (D) mellan RegSO, 0–100 %. Stapeln är platsen, strecket vad slumpen"
    " ensam skulle ge.",
    "Dissimilarity index (D) between RegSO areas, 0–100%. The bar is the place, the line what"
    " chance alone would give.",
)
SIMILAR: Final = Text("Liknande områden", "Similar areas")
DISTANCE: Final = Text("Avstånd", "Distance")
SIMILAR_NOTE: Final = Text(
    "Under värdena: hur långt ifrån platsen, i typiska avstånd. Likheten säger inget om varför."
    " Bara områden på samma nivå, i samma indelning och för samma år jämförs.",
    "Below the values: how far from the place, in typical distances. Likeness says nothing of why."
    " Only areas of the same level, division and year are compared.",
)
NEIGHBOURS: Final = Text("Grannar", "Neighbours")
AREA: Final = Text("Område", "Area")
ABOUT: Final = Text("Indikatorer och källor", "Indicators and sources")
DEFINITION: Final = Text("Definition", "Definition")
SOURCE: Final = Text("Källa", "Source")
EMPTY: Final = Text("Platsen har inga siffror", "There are no figures for the place")
FIGURES: Final = Text("Indikatorer sektor för sektor", "Indicators sector by sector")
REPORT_FROM: Final = Text("Rapport från {site}, {day}", "Report from {site}, {day}")
HERE: Final = Text("Platsen", "The place")
SHARES_OF_HUNDRED: Final = {
    "share": Text("Andel, %", "Share, %"),
    "riket_share": Text("Andel i riket, %", "Share in Sweden, %"),
}


def apart(name: Text) -> Text:
    """The heading of the distance in an indicator."""
    return Text(f"{name.sv}: avstånd", f"{name.en}: distance")
