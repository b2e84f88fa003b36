"""The map page's own labels and short texts, in both languages."""

from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Level
from barometer.ui.pages.map.state import Mode

MODES: Final[dict[Mode, Text]] = {
    "level": Text("Nivå", "Level"),
    "change": Text("Förändring", "Change"),
    "compare": Text("Jämför", "Compare"),
    "local": Text("Lokala mått", "Local measures"),
}
MODE: Final = Text("Visa på kartan", "Show on the map")
WITHOUT_MARKED: Final = Text("Utelämna dem", "Leave them out")
WITH_MARKED: Final = Text("Visa dem", "Show them")
LACKING: Final[dict[Mode, Text]] = {
    "level": Text("", ""),
    "change": Text(
        "”{name}” finns inte för två år med samma områdesgränser, så ingen förändring kan visas."
        " Välj en annan indikator eller nivå.",
        "“{name}” has no two years with the same boundaries, so no change can be shown. Choose"
        " another indicator or level.",
    ),
    "compare": Text(
        "Det finns inget annat år och ingen annan indikator för den här nivån att jämföra"
        " ”{name}” med.",
        "There is no other year and no other indicator at this level to compare “{name}” with.",
    ),
    "local": Text(
        "Lokala mått görs på andelar av befolkningen. ”{name}” är ingen sådan andel på den här"
        " nivån.",
        "Local measures are made of shares of the population. “{name}” is no such share at this"
        " level.",
    ),
}
APPROXIMATE: Final = Text("{level}, närmevärde", "{level}, approximate")
TYPES_SUBJECT: Final = Text("Socioekonomiska förutsättningar", "Socio-economic conditions")
LEVEL_AREAS: Final[dict[Level, Text]] = {
    "riket": Text("riket", "Sweden"),
    "lan": Text("län", "counties"),
    "kommun": Text("kommuner", "municipalities"),
    "regso": Text("regionala statistikområden", "regional statistical areas"),
    "deso": Text("demografiska statistikområden", "demographic statistical areas"),
    "own": Text("egna områden", "own areas"),
}
SUBTITLE: Final = Text("{what} i {areas}, {place}", "{what} by {areas}, {place}")
WHOLE: Final = Text("hela landet", "the whole country")
ONE_YEAR: Final = Text("År {year}", "Year {year}")
SHARE_SHORT: Final = Text("Ladda ner", "Download")
FIGURES: Final = Text("Siffror, {n}", "Figures, {n}")
FILE_USES: Final[dict[str, Text]] = {
    "xlsx": Text("med källor och förklaringar", "with sources and explanations"),
    "csv": Text("för analysprogram", "for analysis programs"),
    "excel-csv": Text("för svenska Excel", "for Swedish Excel"),
    "geojson": Text("med gränser, för webbkartor", "with boundaries, for web maps"),
    "gpkg": Text("med gränser, för GIS", "with boundaries, for GIS"),
}
LINK_USE: Final = Text("till den här vyn", "to this view")
EMBED: Final = Text("Bädda in", "Embed")
EMBED_USE: Final = Text("på en webbsida", "on a web page")
PRINT_USE: Final = Text("karta och teckenförklaring", "map and key")
PROGRAMS: Final = Text("R, Python och API", "R, Python and API")
OPTIONS: Final = Text("Val för fliken", "Choices of the tab")
CLASS_OPTIONS: Final = Text("Klasser", "Classes")
SHOW_TABLE: Final = Text("Visa i tabell", "Show as a table")
SHOW_MAP: Final = Text("Visa på kartan", "Show on the map")
SHOW_ONLY: Final = Text("Visa bara {place}", "Show only {place}")
OPEN_PROFILE: Final = Text("Öppna profilen", "Open the profile")
COMPARE_PLACE: Final = Text("Jämför", "Compare")
ABOUT: Final = Text("Om siffrorna", "About the figures")
KEY_COUNTS: Final = Text("Antal områden i varje klass", "Number of areas in each class")
KEY_CHANGE: Final = Text("Förändring {since}–{year}, {unit}", "Change {since}–{year}, {unit}")
KEY_ENDS: Final = (Text("minskat", "decreased"), Text("ökat", "increased"))
KEY_TYPES_HEADS: Final = (
    Text("Områdestyp", "Area type"),
    Text("Andel av invånarna, antal områden", "Share of residents, number of areas"),
)
KEY_TYPES: Final = Text(
    "{share} av 100 bor i områden av typ 1 eller 2", "{share} of 100 live in areas of type 1 or 2"
)
BOUNDARY_LACKING: Final = Text("Gräns saknas", "Boundary missing")
TYPES_INSIDE: Final = Text(
    "Invånarna i varje områdestyp {year}, och antal områden",
    "Residents in each area type {year}, and number of areas",
)
LEVEL_WITHOUT: Final = Text(
    "Dataversionen har ingen uppgift för {level}. Klicka på kartan för att se värdet i {areas}.",
    "The data version has no figure for {level}. Click the map to see the value in {areas}.",
)
NO_BOUNDARY: Final = Text("Gräns saknas, {n}", "Boundary missing, {n}")
UNCERTAIN: Final = Text("Förändring inom osäkerheten, {n}", "Change within the uncertainty, {n}")
ALL_AREAS: Final = Text("Alla områden i {place}", "All areas in {place}")
MEDIAN: Final = Text("median {value}", "median {value}")
HIGHER_THAN: Final = Text(
    "Högre än i {n} av {total} områden i {place}.",
    "Higher than in {n} of {total} areas in {place}.",
)
PART_OF: Final = Text("{part} av {whole}.", "{part} of {whole}.")
MORE_MEASURES: Final = Text("Fler mått, {year}", "More measures, {year}")
THE_AREA: Final = Text("Området", "The area")
MORE_FORMATS: Final = Text("Fler format", "More formats")
SHORT_SOURCE: Final = Text("Källa: {agencies}, {tables}", "Source: {agencies}, {tables}")
# What is computed has no agency as its source, as SCB asks.
SHORT_COMPUTED: Final = Text(
    "Beräknat ur {agencies}, {tables}", "Computed from {agencies}, {tables}"
)
MAP_NAMES: Final = Text("Kartnamn: {sources}", "Map names: {sources}")
POLICE: Final = Text(
    "Polisens utsatta områden ({n}). Källa: Polisen, fil från {day}. De har egna gränser och"
    " säger inget om områdena under.",
    "The police's vulnerable areas ({n}). Source: the Swedish Police, file of {day}. They have"
    " their own boundaries and say nothing of the areas beneath.",
)
POLICE_IN_PICTURE: Final = Text("Polisens utsatta områden", "The police's vulnerable areas")
POLICE_SOURCE: Final = Text(
    "Linjer: Polisens utsatta områden (fil från {day})",
    "Lines: the Swedish Police's vulnerable areas (file of {day})",
)
POLICE_SHOW: Final = Text("Visa polisens utsatta områden", "Show the police's vulnerable areas")
POLICE_HIDE: Final = Text("Dölj", "Hide")
POLICE_ABOUT: Final = Text("Om listan", "About the list")
CONTEXT_LOST: Final = Text(
    "Webbläsaren släppte kartans grafik. Rita kartan igen, eller se siffrorna i tabellen.",
    "The browser let go of the map's graphics. Draw the map again, or see the figures as a table.",
)
DRAW_AGAIN: Final = Text("Rita kartan igen", "Draw the map again")
SCRIPT_FAILED: Final = Text(
    "Kartans program kunde inte hämtas. Ladda om sidan, eller hämta siffrorna som fil.",
    "The map's program could not be fetched. Reload the page, or download the figures.",
)
CITY: Final = Text("Zooma till {name}", "Zoom to {name}")
CITIES: Final = Text("Storstäderna i större skala", "The big cities at a larger scale")
FIND_PLACE: Final = Text("Sök plats eller område", "Search place or area")
NO_PLACE: Final = Text(
    "Inget område heter så. Prova en stadsdel eller välj i kartan.",
    "No area has that name. Try a neighbourhood or choose on the map.",
)
UNCERTAIN_CELL: Final = Text("(inom osäkerheten)", "(within the uncertainty)")
OWN: Final = Text("Eget område", "Own area")
OWN_LEVEL: Final = Text("Egna", "Own")
"""The operator's own divisions, in the row of levels."""
OWN_ABOUT: Final = Text(
    "Sätt ihop ett eget område av de områden som kartan visar. Det får samma siffror, profil,"
    " segregationsmått och rapport som en kommun.",
    "Put together an area of your own from those on the map. It gets the same figures, profile,"
    " segregation measures and report as a municipality.",
)
OWN_CHOOSE: Final = Text("Välj på kartan", "Choose on the map")
OWN_HOW: Final = Text(
    "Klicka på områden för att lägga till eller ta bort dem. Håll ned skift och dra för att ta"
    " alla i en ruta, eller rita en yta.",
    "Click areas to add or remove them. Hold shift and drag to take all in a box, or draw a"
    " surface.",
)
OWN_DRAW: Final = Text("Rita en yta", "Draw a surface")
OWN_DONE: Final = Text("Klar", "Done")
OWN_NAME: Final = Text("Namn (frivilligt)", "Name (optional)")
OWN_CODES: Final = Text("Klistra in områdeskoder", "Paste area codes")
OWN_CODES_HINT: Final = Text(
    "DeSO, RegSO eller kommuner, med vad som helst emellan.",
    "DeSO, RegSO or municipalities, with anything between them.",
)
OWN_TAKE: Final = Text("Använd koderna", "Use the codes")
OWN_FILE: Final = Text("Öppna fil …", "Open a file …")
OWN_STAYS: Final = Text(
    "CSV eller text med koder, eller GeoJSON. Filen stannar i din webbläsare: bara områdenas koder"
    " hamnar i länken, och inget sparas.",
    "CSV or text with codes, or GeoJSON. The file stays in your browser: only the areas' codes go"
    " into the link, and nothing is kept.",
)
OWN_KIND: Final = Text(
    "Här finns inga områdeskoder. Skriv koder som 0180C1010, eller öppna en CSV med koder för DeSO"
    " eller RegSO, eller en GeoJSON.",
    "There are no area codes here. Write codes such as 0180C1010, or open a CSV with codes of DeSO"
    " or RegSO, or a GeoJSON.",
)
OWN_JSON: Final = Text(
    "Filen ser ut som GeoJSON men går inte att läsa. Spara den på nytt som GeoJSON.",
    "The file looks like GeoJSON but cannot be read. Save it again as GeoJSON.",
)
OWN_EMPTY: Final = Text(
    "Filen har ingen yta. Den behöver minst en polygon, eller koder i egenskaperna.",
    "The file has no surface. It needs a polygon at least, or codes among the properties.",
)
OWN_DEGREES: Final = Text(
    "Filens koordinater är varken grader eller SWEREF 99 TM. Spara den som GeoJSON i WGS 84"
    " (EPSG:4326).",
    "The file's coordinates are neither degrees nor SWEREF 99 TM. Save it as GeoJSON in WGS 84"
    " (EPSG:4326).",
)
OWN_SWAPPED: Final = Text(
    "Filens koordinater verkar ha bytt plats: norr står före öst. Spara den på nytt med longituden"
    " (öst) först.",
    "The file's coordinates look swapped: north stands before east. Save it again with the"
    " longitude (east) first.",
)
OWN_CROSSED: Final = Text(
    "{told} En yta korsar sig själv: se efter på kartan att rätt områden är valda, eller rita om"
    " den.",
    "{told} A surface crosses itself: see on the map that the right areas are chosen, or draw it"
    " again.",
)
OWN_LARGE: Final = Text(
    "Filen är större än 20 MB. Förenkla ytorna eller spara bara koderna.",
    "The file is larger than 20 MB. Simplify the surfaces or save the codes alone.",
)
OWN_NOWHERE: Final = Text(
    "Inget av kartans områden ligger till större delen i ytan. Visa mindre områden (DeSO) och"
    " försök igen.",
    "None of the map's areas has its larger part in the surface. Show smaller areas (DeSO) and try"
    " again.",
)
OWN_TAKEN: Final = Text("{n} områdeskoder är valda.", "{n} area codes are chosen.")
OWN_MOSTLY: Final = Text(
    "{n} områden är valda: hela områden som till större delen ligger i ytan, så gränsen följer"
    " dem. Efter yta; gränsen skär {cut}.",
    "{n} areas are chosen: whole areas with their larger part in the surface, so the boundary"
    " follows them. By surface; the boundary cuts {cut}.",
)
OWN_LIVED: Final = Text(
    "{n} områden är valda: hela områden där de flesta invånarna bor i ytan, så gränsen följer dem."
    " Efter folkmängd i rutor om 1 km; gränsen skär {cut}.",
    "{n} areas are chosen: whole areas most of whose residents live in the surface, so the boundary"
    " follows them. By residents in squares of 1 km; the boundary cuts {cut}.",
)
OWN_DOUBLED: Final = Text(
    "{n} områdeskoder är valda. Några stod flera gånger ({codes}) och räknas en gång.",
    "{n} area codes are chosen. Some stood there more than once ({codes}) and count once.",
)
