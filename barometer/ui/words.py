"""Every word of the site's own: labels, headings, help and errors, in both languages.

Numbers and the sentences made of them are `barometer.wording`; names of indicators, sources and
groups are the catalogue's.
"""

from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Language

SITE: Final = Text("Segregationsbarometern", "The segregation barometer")
TAGLINE: Final = Text(
    "Mät och följ segregationen i Sverige, från hela landet till enskilda bostadsområden.",
    "Measure and follow segregation in Sweden, from the whole country to single neighbourhoods.",
)
SKIP: Final = Text("Hoppa till innehållet", "Skip to the content")
MENU_BUTTON: Final = Text("Meny", "Menu")
MENU: Final = Text("Sidor", "Pages")
MORE_PAGES: Final = Text("Mer", "More")
SEARCH: Final = Text("Sök", "Search")
SITE_SEARCH: Final = Text("Sök i hela landet", "Search the whole country")
SITE_SEARCH_HINT: Final = Text("Sök plats", "Search a place")
OTHER_LANGUAGE: Final = Text("English", "Svenska")
SCHEME: Final = Text("Byt mellan ljust och mörkt", "Switch between light and dark")
LOADING: Final = Text("Läser in …", "Loading …")
NO_SCRIPT: Final = Text(
    "Den här sidan ritas med JavaScript, som är avstängt i din webbläsare. Utan det kan du hämta"
    " siffrorna här:",
    "This page is drawn with JavaScript, which is switched off in your browser. Without it you can"
    " fetch the figures here:",
)
PLACE_REPORT: Final = Text("En plats som rapport i A4", "A place as an A4 report")
AS_EXCEL: Final = Text("Sidans siffror som Excel", "The page's figures as Excel")
AS_CSV: Final = Text("Sidans siffror som CSV", "The page's figures as CSV")
EVERYTHING: Final = Text("Hela dataversionen (zip)", "The whole data version (zip)")
API_DESCRIPTION: Final = Text("API:ets beskrivning (OpenAPI)", "The API's description (OpenAPI)")
LATE: Final = Text(
    "Sidan kunde inte läsas in helt. Förbindelsen kan ha brutits.",
    "The page could not be loaded completely. The connection may have been lost.",
)
RELOAD: Final = Text("Läs in sidan igen", "Load the page again")
UNANSWERED: Final = Text(
    "Servern svarade inte, så siffrorna till det du valde kunde inte visas. Vänta en stund och"
    " försök igen.",
    "The server did not answer, so the figures for your choice could not be shown. Wait a moment"
    " and try again.",
)
RETRY: Final = Text("Försök igen", "Try again")
SNAPSHOT: Final = Text("Dataversion", "Data version")
ORIGIN_EXAMPLE: Final = Text(
    "Exempeldata: siffrorna är påhittade", "Example data: the figures are made up"
)
ORIGIN_WHOLE: Final = Text(
    "SCB:s siffror, hämtade {day}", "Statistics Sweden’s figures, fetched {day}"
)
WHAT_LACKS: Final = Text("Se vad som saknas", "See what is missing")
LICENCE: Final = Text(
    "Bygger på statistik och gränser från SCB. Öppen källkod. Inga kakor, ingen spårning.",
    "Based on statistics and boundaries from Statistics Sweden. Open source. No cookies, no "
    "tracking.",
)

START: Final = Text("Start", "Start")
EVERY_TYPE: Final = Text("Alla områden", "All areas")
TYPE_NAMES: Final = (
    Text("1 Stora utmaningar", "1 Major challenges"),
    Text("2 Utmaningar", "2 Challenges"),
    Text("3 Blandade", "3 Mixed"),
    Text("4 Goda förutsättningar", "4 Good conditions"),
    Text("5 Mycket goda", "5 Very good"),
)
SEE_SEGREGATION: Final = Text("Se segregationen i {place}", "See segregation in {place}")
MAP: Final = Text("Karta", "Map")
INDICATOR: Final = Text("Indikator", "Indicator")
CLEAR: Final = Text("Rensa", "Clear")
PEERS: Final = Text("Egen jämförelsegrupp", "Own comparison group")
PEERS_HINT: Final = Text(
    "De platser som du vill jämföra med. Gruppen följer med i länken.",
    "The places that you want to compare with. The group is part of the link.",
)
NOTHING_FOUND: Final = Text("Inget hittades", "Nothing found")
LEVEL: Final = Text("Geografisk nivå", "Geographical level")
BACKGROUND: Final = Text("Grupp", "Group")
YEAR: Final = Text("År", "Year")
PLAY: Final = Text("Spela upp åren", "Play the years")
PAUSE: Final = Text("Pausa", "Pause")
METHOD: Final = Text("Metod", "Method")
CLASSES: Final = Text("Antal klasser", "Number of classes")
ABOUT_INDICATOR: Final = Text("Definition och källa", "Definition and source")
SINCE: Final = Text("Förändring från", "Change from")
SINCE_HINT: Final = Text(
    "RegSO och DeSO fick nya gränser mellan 2023 och 2024 och jämförs bara med år som har samma "
    "gränser. Kommuner och län kan jämföras över alla år.",
    "RegSO and DeSO got new boundaries between 2023 and 2024 and are only compared with years "
    "that have the same boundaries. Municipalities and counties can be compared over all years.",
)
COMPARE: Final = Text("Jämför med", "Compare with")
COMPARE_YEARS: Final = Text("Samma indikator ett annat år", "The same indicator in another year")
TOGETHER: Final = Text("Visa de två", "Show the two")
TOGETHERS: Final[dict[str, Text]] = {
    "maps": Text("I två kartor", "In two maps"),
    "bivariate": Text("I en karta", "In one map"),
}
LAYER: Final = Text("Mått", "Measure")
GROUPING: Final = Text("Grupperna", "The groups")
EVENT_NOTE: Final = Text("{mark}: {what}{who}, från {year}.", "{mark}: {what}{who}, from {year}.")
STEADY: Final = Text("Samma klasser för alla år", "The same classes for all years")
FEW: Final = Text("Få personer bakom siffran", "Few persons behind the figure")
EMBED: Final = Text("Kopiera kod för inbäddning", "Copy embed code")
EMBEDDED: Final = Text("Koden är kopierad", "The code is copied")
SHOW_ALL: Final = Text("Visa hela riket", "Show the whole country")
SQUARE_COUNTS: Final = Text("Antal områden", "Number of areas")
PLACE: Final = Text("Plats", "Place")
PLACE_FIND: Final = Text("Kommun, område, län eller kod", "Municipality, area, county or code")
CONTAINER_FIND: Final = Text("Kommun, län eller riket", "Municipality, county or Sweden")
PLACE_TYPE: Final = Text("Skriv minst två tecken", "Type at least two characters")
TOWN_IN: Final = Text("{town}, ort i {kommun}", "{town}, a town in {kommun}")
PLACE_NONE: Final = Text(
    "Inget område heter så. Prova en kommun, ett län, ett områdesnamn eller en kod.",
    "No area has that name. Try a municipality, a county, a neighbourhood or a code.",
)
CONTAINER_NONE: Final = Text(
    "Ingen kommun och inget län heter så. Mindre områden finns inte på den här sidan.",
    "No municipality or county has that name. This page has no smaller areas.",
)
AREAS: Final = Text("områden", "areas")
ONE_AREA: Final = Text("område", "area")
NO_VALUE: Final = Text("Uppgift saknas", "No value")
TWIN: Final = Text("Siffrorna som tabell", "The figures as a table")
ABOUT_OWN: Final = Text("Om det egna området", "About your own area")
SHARE: Final = Text("Dela och ladda ner", "Share and download")
PICTURE: Final = Text("Bild", "Picture")
PNG_USE: Final = Text("1600 × 900, för bildspel", "1600 × 900, for slides")
SVG_USE: Final = Text("vektor, för tryck", "vector, for print")
PICTURE_ROWS: Final = Text(
    "De första {n} av {of} rader; filen har alla.", "The first {n} of {of} rows; the file has all."
)
FIGURES: Final = Text("Siffror", "Figures")
LINK: Final = Text("Länk och kod", "Link and code")
COPY_LINK: Final = Text("Kopiera länk", "Copy link")
COPY_EMBED: Final = Text("Bädda in på en webbsida", "Embed on a web page")
COPY_CODE: Final = Text("Kopiera rad för {name}", "Copy a line for {name}")
COPY_ADDRESS: Final = Text("Kopiera filens adress", "Copy the file's address")
COPIED_TEXT: Final = Text("Kopierat", "Copied")
COPY: Final = Text("Kopiera länk till vyn", "Copy a link to this view")
COPIED: Final = Text("Länken är kopierad", "The link is copied")
PRINT: Final = Text("Skriv ut", "Print")
NOTICE: Final = Text("Delar av länken gick inte att tolka", "Parts of the link could not be read")

PANEL: Final = Text("Valt område", "Chosen area")
PANEL_CLOSE: Final = Text("Stäng", "Close")
PANEL_SERIES: Final = Text("Utveckling", "Development")
PANEL_DIVISION: Final = Text(
    "Områdesindelningen byttes mellan 2023 och 2024. Före och efter kan områdets gränser skilja "
    "sig, därför är linjen bruten.",
    "The area boundaries changed between 2023 and 2024. They may differ before and after, so "
    "the line is broken.",
)
PANEL_RESIDENTS: Final = Text("invånare", "residents")
VALUE: Final = Text("Värde", "Value")
AREA: Final = Text("Område", "Area")
NOT_BUILT: Final = Text(
    "Dataversionen byggdes utan dem. Under Data och metod står vad den innehåller.",
    "The data version was built without them. Data and methods lists what it holds.",
)
KOMMUN: Final = Text("Kommun", "Municipality")
CLASS: Final = Text("Klass", "Class")
FILTER: Final = Text("Filtrera tabellen", "Filter the table")
TABLE_SORT: Final = Text("Sortera efter {column}", "Sort by {column}")

MAP_LABEL: Final = Text(
    "Karta. Piltangenter flyttar, plus och minus zoomar. Samma siffror finns i tabellen, tangent "
    "t.",
    "Map. Arrow keys move, plus and minus zoom. The same figures are in the table, key t.",
)
MAP_LABEL_SECOND: Final = Text(
    "Kartan bredvid, som följer den första. Piltangenter flyttar, plus och minus zoomar.",
    "The map beside, which follows the first. Arrow keys move, plus and minus zoom.",
)
MAP_CHOSEN: Final = Text(
    "Valt område: {name}, {value}. Piltangenterna går till grannområdet.",
    "Chosen area: {name}, {value}. The arrow keys go to the area next to it.",
)
MAP_FAILED: Final = Text(
    "Webbläsaren kan inte rita kartan (WebGL saknas). Här är samma siffror som tabell.",
    "The browser cannot draw the map (WebGL is missing). Here are the same figures as a table.",
)
MAP_NO_LAYER: Final = Text(
    "Kartgränser saknas för den här nivån. Värdena visas i tabell.",
    "There are no map boundaries for this level. The values are shown in a table.",
)
MAP_OFFLINE: Final = Text(
    "Siffrorna kunde inte hämtas. Kontrollera anslutningen och försök igen.",
    "The figures could not be fetched. Check the connection and try again.",
)
MAP_RETRY: Final = Text("Försök igen", "Try again")
MAP_ZOOM_IN: Final = Text("Zooma in", "Zoom in")
MAP_ZOOM_OUT: Final = Text("Zooma ut", "Zoom out")
MAP_WHOLE: Final = Text("Visa hela landet", "Show the whole country")

LOST: Final = Text("Sidan finns inte", "There is no such page")
LOST_LEAD: Final = Text(
    "Vi hittar inte sidan. Länken kan vara felskriven eller gammal. Prova någon av de här:",
    "We cannot find that page. The link may be mistyped or out of date. Try one of these:",
)
FAILED: Final = Text("Sidan kunde inte visas", "The page could not be shown")
FAILED_LEAD: Final = Text(
    "Felet ligger hos oss, inte hos dig. Läs in sidan igen om en stund. Hjälper inte det, berätta"
    " för den som sköter webbplatsen vilken adress det gäller.",
    "The fault is ours, not yours. Load the page again in a while. If that does not help, tell"
    " whoever runs the site which address it is.",
)
BUSY: Final = Text("För många frågor på en gång", "Too many questions at once")
BUSY_LEAD: Final = Text(
    "Från din adress har det kommit fler frågor än webbplatsen hinner svara på. Vänta någon minut"
    " och läs in sidan igen.",
    "More questions have come from your address than the site can answer. Wait a minute or so and"
    " load the page again.",
)
EMPTY: Final = Text("Här finns inga siffror än", "There are no figures here yet")
EMPTY_LEAD: Final = Text(
    "Ingen dataversion är publicerad i mappen. Den som sköter webbplatsen kör något av kommandona"
    " och laddar sedan om sidan:",
    "No data version is published in the folder. Whoever runs the site runs one of these commands"
    " and then reloads the page:",
)
OTHER_VERSION: Final = Text(
    "Siffrorna måste byggas om",
    "The figures have to be built again",
)
OTHER_VERSION_LEAD: Final = Text(
    "Siffrorna i mappen är gjorda av en annan version av barometern och kan inte visas av den här."
    " Den som sköter webbplatsen kör något av kommandona och laddar sedan om sidan:",
    "The figures in the folder were made by another version of the barometer and cannot be shown by"
    " this one. Whoever runs the site runs one of these commands and then reloads the page:",
)
EMPTY_EXTRACT: Final = Text(
    "SCB:s siffror i utdrag, klart på en halv minut",
    "figures of Statistics Sweden in an extract, ready in half a minute",
)
EMPTY_REAL: Final = Text("alla SCB:s siffror", "all figures of Statistics Sweden")


def fill(text: Text, language: Language, /, **parts: str) -> str:
    """A text with its {parts} filled in."""
    return text[language].format(**parts)


def run_name(command: str, language: Language) -> str:
    """What a run of the pipeline does, in words; its own name when it is unknown."""
    return RUNS[command][language] if command in RUNS else command


ROWS_SORT: Final = Text("Sortera efter {column}", "Sort by {column}")
ROWS_COUNT: Final = Text("Rader: {n}", "Rows: {n}")
ROWS_FAILED: Final = Text(
    "Alla rader kom inte fram. Rulla i tabellen för att hämta dem igen.",
    "Not all rows arrived. Scroll in the table to fetch them again.",
)
NO_FILE: Final = Text(
    "Det finns ingen sådan tabell eller inget sådant format.", "There is no such table or format."
)
NOTHING_TO_SEND: Final = Text(
    "Det finns inget att hämta för det här valet.", "There is nothing to download for this choice."
)
NO_PICTURE: Final = Text("Det finns ingen sådan bild.", "There is no such picture.")
NOTHING_TO_DRAW: Final = Text(
    "Det finns inget att rita för det här valet.", "There is nothing to draw for this choice."
)
STATUS_NAME: Final = Text("Driftläge", "Operating status")
STATUS_LEAD: Final = Text(
    "Status för webbplatsen och dess data, för driftansvariga.",
    "Status of the site and its data, for whoever runs it.",
)
STATUS_SERVED: Final = Text("Dataversion som visas", "Data version served")
STATUS_NONE: Final = Text("ingen", "none")
STATUS_BUILT: Final = Text("Byggd", "Built")
STATUS_AGE: Final = Text("{days} dygn sedan", "{days} days ago")
STATUS_TODAY: Final = Text("mindre än ett dygn sedan", "less than a day ago")
STATUS_FAULT: Final = Text("Fel", "Fault")
STATUS_OWN_FILES: Final = Text("Egna filer", "Own files")
STATUS_KEPT: Final = Text("Sparade dataversioner", "Data versions kept")
STATUS_LAST_RUN: Final = Text("Senaste körning", "Last run")
STATUS_LAST_SUCCESS: Final = Text("Senaste lyckade körning", "Last successful run")
STATUS_LAST_ERROR: Final = Text("Senaste misslyckade körning", "Last failed run")
STATUS_RAN: Final = Text(
    "{run}, klar {day} efter {seconds} s", "{run}, finished {day} after {seconds} s"
)
STATUS_FAILED: Final = Text(
    "{run}, avbruten {day} efter {seconds} s. Programmets besked, på engelska: {message}",
    "{run}, ended {day} after {seconds} s. The program's message: {message}",
)
RUNS: Final[dict[str, Text]] = {
    "refresh": Text("Hämtning, bygge och publicering", "Fetch, build and publish"),
    "fetch": Text("Hämtning", "Fetch"),
    "build": Text("Bygge", "Build"),
    "diff": Text("Jämförelse med den publicerade", "Comparison with the published version"),
    "publish": Text("Publicering", "Publish"),
    "pull": Text("Hämtning av en färdig dataversion", "Fetch of a data version made elsewhere"),
    "rollback": Text("Återgång till en tidigare dataversion", "Return to an earlier data version"),
    "forget": Text("Rensning av hämtade svar", "Removal of answers kept"),
    "extract": Text("Utdrag", "Extract"),
    "doctor": Text("Kontroll av källorna", "Check of the sources"),
}
STATUS_BACK: Final = Text(
    "Gå tillbaka till föregående dataversion", "Go back to the previous data version"
)
STATUS_FOR_MACHINES: Final = Text("För övervakning", "For monitoring")
STATUS_DATA: Final = Text("Data och metod", "Data and methods")
