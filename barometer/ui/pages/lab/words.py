"""The statistics lab's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text
from barometer.divisions import Level

NAME: Final = Text("Statistiklabb", "Statistics lab")
COMPARE: Final = Text("Jämför", "Compare")
LEAD: Final = Text(
    "Välj indikatorer, områden, år och grupper. Se dem som tabell eller diagram och ladda ner.",
    "Choose indicators, areas, years and groups. See them as a table or chart and download.",
)
CONTROLS: Final = Text("Välj vad som visas", "Choose what is shown")
ARRANGE: Final = Text("Ordna tabellen", "Arrange the table")
INDICATORS: Final = Text("Indikatorer", "Indicators")
INDICATORS_FIND: Final = Text("Välj en eller flera", "Choose one or more")
AREAS: Final = Text("Områden", "Areas")
AREAS_FIND: Final = Text("Sök en plats eller välj alla av en nivå", "Search, or all of a level")
MORE_CHOICES: Final = Text("Fler val: år och grupper", "More choices: years and groups")
YEARS: Final = Text("År", "Years")
YEARS_ALL: Final = Text("Alla år", "Every year")
BACKGROUNDS: Final = Text("Grupper", "Groups")
VIEW: Final = Text("Visa som", "Show as")
ROWS: Final = Text("Rader efter", "Rows by")
COLUMNS: Final = Text("Kolumner efter", "Columns by")
NO_COLUMNS: Final = Text("Ett värde per rad", "One value a row")
FIND: Final = Text("Filtrera områden", "Filter areas")
FIND_HINT: Final = Text("Namn, kommun eller kod", "Name, municipality or code")
ONLY: Final = Text("Filtrera värden", "Filter values")
ONLY_HINT: Final = Text("Till exempel >20 eller 10–20", "For example >20 or 10–20")
SORT: Final = Text("Ordning", "Order")
LANGUAGE: Final = Text("Språk", "Language")
VIEWS: Final = {
    "table": Text("Tabell", "Table"),
    "line": Text("Linjer", "Lines"),
    "bar": Text("Staplar", "Bars"),
    "dot": Text("Punkter", "Dots"),
    "scatter": Text("Samband", "Scatter"),
}
DIMENSIONS: Final = {
    "indicator": Text("Indikator", "Indicator"),
    "area": Text("Område", "Area"),
    "year": Text("År", "Year"),
    "background": Text("Grupp", "Group"),
}
SETS: Final[dict[Level, Text]] = {
    "riket": Text("Riket", "Sweden"),
    "lan": Text("Alla län", "All counties"),
    "kommun": Text("Alla kommuner", "All municipalities"),
    "regso": Text("Alla RegSO", "All RegSO"),
    "deso": Text("Alla DeSO", "All DeSO"),
    "own": Text("Alla egna områden", "All own areas"),
}
SET_IN: Final = Text("{all} i {place}", "{all} in {place}")
CLEAR: Final = Text("Töm", "Clear")
START: Final = Text("Så gör du", "How to begin")
STEPS: Final = (
    Text(
        "Välj en eller flera indikatorer i första fältet.",
        "Choose one or more indicators in the first field.",
    ),
    Text(
        "Välj områden: sök en plats, eller ta alla län, kommuner, RegSO eller DeSO, i hela landet"
        " eller i en kommun.",
        "Choose areas: search for a place, or take all counties, municipalities, RegSO or DeSO, in"
        " the whole country or in one municipality.",
    ),
    Text(
        "Byt mellan tabell och diagram, sortera, filtrera och ladda ner. Länken innehåller hela "
        "vyn: spara eller dela den.",
        "Switch between table and charts, sort, filter and download. The link contains the "
        "whole view: save or share it.",
    ),
)
NEXT_AREAS: Final = Text("Nu återstår att välja områden.", "What remains is to choose areas.")
NEXT_INDICATORS: Final = Text(
    "Nu återstår att välja indikatorer.", "What remains is to choose indicators."
)
PRESETS: Final = Text("Eller börja med ett exempel", "Or begin with an example")
TABLE: Final = Text("Tabell", "Table")
TABLE_BOX: Final = Text("Tabell och ordning", "Table and arrangement")
TABLE_UNDER: Final = Text("Siffrorna bakom diagrammet", "The figures behind the chart")
N_VALUES: Final = Text("Antal totalt", "Number in all")
VALUE: Final = Text("Värde", "Value")
DIVISION: Final = Text("Indelning", "Division")
AREA: Final = Text("Område", "Area")
ROWS_CUT: Final = Text(
    "Urvalet har {n} rader, fler än de {most} som labbet visar på en gång. Tidiga år är därför inte"
    " med: visar {years}.",
    "The choice has {n} rows, more than the {most} that the lab shows at once. Early years are"
    " therefore left out: showing {years}.",
)
CUT: Final = Text("Utelämnat", "Left out")
COLUMNS_CUT: Final = Text(
    "Tabellen skulle få {n} kolumner, fler än {most}. Den visas med ett värde per rad.",
    "The table would have {n} columns, more than {most}. It is shown with one value a row.",
)
NOTHING: Final = Text(
    "Indikatorerna finns inte för de valda områdena, åren och grupperna. Ta bort ett val i taget"
    " för att se vad som finns.",
    "The indicators have no figures for the chosen areas, years and groups. Remove one choice at a"
    " time to see what there is.",
)
NO_AREA_FOUND: Final = Text(
    "Inget av de valda områdena har ”{find}” i sitt namn, sin kommun eller sin kod. Ändra eller töm"
    " fältet Filtrera områden.",
    "None of the chosen areas has “{find}” in its name, municipality or code. Change or clear the"
    " field Filter areas.",
)
NO_VALUE_WITHIN: Final = Text(
    "Inget värde för de valda områdena, åren och grupperna uppfyller ”{only}”. Ändra"
    " eller töm fältet Filtrera värden.",
    "No value of the chosen areas, years and groups meets “{only}”. Change or clear the"
    " field Filter values.",
)
PRINTED: Final = Text(
    "Utskriften har de rader som syntes. Filerna har alla.",
    "The print has the rows that were in view. The files have all.",
)
PIVOT_GAPS: Final = Text(
    "Ett streck (–) betyder att området inte finns i årets indelning eller att indikatorn inte"
    " finns för året. Övriga värden som saknas har sitt skäl i rutan.",
    "A dash (–) means that the area is not in that year's area version or that the indicator is not"
    " there for the year. Other missing values have their reason in the cell.",
)
LINES_CUT: Final = Text(
    "Diagrammet visar de {shown} första av {n} områden. Tabellen och filerna har alla.",
    "The chart shows the first {shown} of {n} areas. The table and the files have all.",
)
BARS_CUT: Final = Text(
    "Diagrammet visar de {half} högsta och de {half} lägsta av {n}. Tabellen och filerna har alla.",
    "The chart shows the {half} highest and {half} lowest of {n}. The table and files have all.",
)
BARS_CARE: Final = Text(
    "Ordningen är ingen rangordning av platser: små skillnader kan vara slump. Jämför helst en"
    " plats med sig själv över tid.",
    "The order is no ranking of places: small differences can be chance. Rather compare a place"
    " with itself over time.",
)
DOTS_CUT: Final = Text(
    "Diagrammet visar de senaste åren, så många som får plats: {years}. Tabellen och filerna har"
    " alla.",
    "The chart shows the latest years, as many as there is room for: {years}. The table and the"
    " files have all.",
)
DOTS_NOTE: Final = Text(
    "Varje punkt är ett område. Det lodräta strecket är medianen.",
    "Each dot is an area. The upright stroke is the median.",
)
SCATTER_NEEDS: Final = Text(
    "Ett sambandsdiagram behöver två indikatorer. Välj en till.",
    "A scatter chart needs two indicators. Choose one more.",
)
SCATTER_APART: Final = Text(
    "De två indikatorerna har inget år gemensamt för de valda områdena. Byt en av dem.",
    "The two indicators have no year in common for the chosen areas. Change one of them.",
)
SCATTER_CARE: Final = Text(
    "Ett samband mellan områden säger inte vad som beror på vad och gäller inte enskilda personer.",
    "A relation between areas does not say what depends on what and is not about single persons.",
)
SCATTER_FIRST: Final = Text(
    "Diagrammet visar de två första indikatorerna.", "The chart shows the first two indicators."
)
INDICATORS_CUT: Final = Text(
    "Diagrammen visar de {n} första indikatorerna.", "The charts show the first {n} indicators."
)
MISSING: Final = Text(
    "{n} värden saknas; skälen står i tabellen.",
    "{n} values are missing; the reasons are in the table.",
)
PRESET_WORDS: Final = (
    Text(
        "Hur har andelen hyresrätter ändrats i de tre största kommunerna?",
        "How has the share of rented dwellings changed in the three largest municipalities?",
    ),
    Text(
        "Hur har barns ekonomiska standard ändrats i länen?",
        "How has children's economic standard changed in the counties?",
    ),
    Text(
        "Skiljer sig kvinnors och mäns sysselsättning mellan länen?",
        "Does women's and men's employment differ between counties?",
    ),
    Text(
        "Finns det ett samband mellan utbildningsnivå och barns ekonomiska standard?",
        "Is a high level of education linked to children's economic standard?",
    ),
    Text(
        "Hur stor är spridningen mellan Stockholms områden?",
        "How wide is the spread between Stockholm's areas?",
    ),
    Text(
        "Uppsala läns kommuner år för år, bredvid riket",
        "The municipalities of Uppsala county year by year, beside Sweden",
    ),
    Text(
        "Alla DeSO, alla år: en tabell att sortera och ladda ner",
        "All DeSO, all years: a table to sort and download",
    ),
)


def plain(name: str) -> Text:
    """A heading that is the same in both languages."""
    return Text(name, name)
