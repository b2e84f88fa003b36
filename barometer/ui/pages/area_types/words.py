"""The area-type page's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Områdestyper", "Area types")
LEAD: Final = Text(
    "Hur många bor i områden av olika typ, hur har det ändrats och hur ser villkoren ut i dem?",
    "How many live in areas of each type, how has it changed and what are conditions there?",
)
CONTROLS: Final = Text("Välj plats och år", "Choose place and years")
SORT: Final = Text("Ordning", "Order")
READ_SO: Final = Text("Så ska typerna läsas", "How to read the types")
TYPES: Final = Text("De fem typerna", "The five types")
SHARES: Final = Text("Så fördelar sig invånare och områden", "How residents and areas divide")
RESIDENTS: Final = Text("Andel av invånarna", "Share of residents")
AREAS: Final = Text("Andel av områdena (RegSO)", "Share of areas (RegSO)")
NO_TYPE: Final = Text("typ saknas", "no type")
MISSING_TYPES: Final = Text(
    "Områden som SCB inte har gett någon typ redovisas för sig.",
    "Areas to which SCB has assigned no type are shown separately.",
)
ONLY_REGSO: Final = Text(
    "SCB ger typer för RegSO. För DeSO finns ingen officiell typ; kartan visar därför"
    " barometerns egen uppskattning, märkt ”närmevärde”.",
    "SCB gives types for RegSO. DeSO have no official type; the map therefore shows the barometer's"
    " own approximation, labelled “approximation”.",
)
MOVES: Final = Text("Från typ till typ", "From type to type")
MOVES_SAME: Final = Text(
    "Raden är typen {since}, kolumnen typen {year}. Varje ruta har antalet RegSO och deras invånare"
    " {year}. Områden på diagonalen har samma typ båda åren.",
    "The row is the type in {since}, the column the type in {year}. Each cell has the number of"
    " RegSO areas and their residents in {year}. Areas on the diagonal have the same type in both"
    " years.",
)
MOVES_ACROSS: Final = Text(
    "Mellan {since} och {year} byttes områdesindelningen. Invånarna {since} är förda till områdena"
    " {year} med nyckeln mellan indelningarna; som områden räknas bara de med oförändrade gränser."
    " Byten av typ kan därför bero på nya gränser i stället för på ändrade villkor.",
    "The areas changed between {since} and {year}. The residents of {since} are carried to the"
    " areas of {year} by the crosswalk between the two area versions; as areas only those with"
    " unchanged boundaries count. Changes of type may therefore reflect new boundaries rather than"
    " new conditions.",
)
MOVES_EMPTY: Final = Text(
    "Välj ett tidigare år att jämföra med för att se vart områdena gått.",
    "Choose an earlier year to compare with, to see where areas have gone.",
)
ONE_YEAR: Final = Text(
    "Dataversionen har områdestyper för ett enda år, så inga byten av typ kan visas.",
    "The data version has area types for a single year, so no changes of type can be shown.",
)
FROM_TO: Final = Text("{since} ↓ / {year} →", "{since} ↓ / {year} →")
CHANGES: Final = Text("Områden som bytt typ", "Areas that changed type")
LIST: Final = Text("Lista över områden som bytt typ", "List of areas that changed type")
CHANGES_NONE: Final = Text(
    "Inget RegSO i {where} har bytt typ mellan {since} och {year}.",
    "No RegSO area of {where} changed type between {since} and {year}.",
)
MARKED: Final = Text("Märkta områden", "Marked areas")
MARKED_IN: Final = Text("Med alla områden", "With all areas")
MARKED_OUT: Final = Text("Utan märkta områden", "Without marked areas")
CHANGES_SOME: Final = Text(
    "{n} RegSO i {where} har en annan typ {year} än {since}. Områdets namn öppnar dess sida.",
    "{n} RegSO areas of {where} have another type in {year} than in {since}. The area's name opens"
    " its page.",
)
CHANGES_NOTE: Final = Text(
    "Ett byte kan bero på att området ändrats, på att andra ändrats eller på att det låg nära en"
    " gräns mellan typer.",
    "A change can come from the area changing, from others changing, or from its lying near a limit"
    " between types.",
)
CHANGES_ACROSS: Final = Text(
    "Bara områden med oförändrade gränser är med, eftersom indelningen byttes mellan åren.",
    "Only areas with unchanged boundaries are here, since the areas changed between the years.",
)
THEN: Final = Text("Typ {year}", "Type in {year}")
OURS: Final = Text("Vår omräkning {year}", "Our recomputation {year}")
PERSONS: Final = Text("Invånare", "Residents")
BY_TYPE: Final = Text("Områdesstatistik: villkor efter typ", "Area statistics: conditions by type")
BY_TYPE_CONTROLS: Final = Text("Välj indikator", "Choose indicator")
ALL_TYPES: Final = Text("Alla", "All")
EVERY_AREA: Final = Text("Alla områden i platsen", "All areas of the place")
TYPE: Final = Text("Typ", "Type")
HOW: Final = {
    "aggregate": Text(
        "Räknat på alla områden av varje typ sammantagna: täljare och nämnare är summerade, så"
        " stora områden väger mer.",
        "Computed on all areas of each type taken together: numerators and denominators are added"
        " up, so large areas weigh more.",
    ),
    "weighted": Text(
        "Medelvärde av områdenas värden, vägt med folkmängd: SCB publicerar inte de antal som krävs"
        " för att räkna på områdena sammantagna. Ett medelvärde av medianer är ingen median.",
        "Mean of the areas' values weighted by residents: SCB does not publish the counts needed to"
        " take the areas together. A mean of medians is not a median.",
    ),
    "sum": Text("Summan av områdenas antal.", "The sum of the areas' numbers."),
}
BY_TYPE_CUT: Final = Text(
    "Vilka områden som hör till en typ ändras varje år: linjen följer typen, inte samma områden.",
    "Which areas belong to a type changes each year: the line follows the type, not the same"
    " areas.",
)
BY_TYPE_YEAR: Final = Text(
    "Varje stapel gäller de områden som hörde till typen det året.",
    "Each bar is for the areas that belonged to the type that year.",
)
BY_TYPE_EMPTY: Final = Text(
    "{name} finns inte för något av de år då områdestyperna finns. Välj en annan indikator.",
    "{name} has no year in common with the area types. Choose another indicator.",
)
MISSING_VALUES: Final = Text(
    "{n} värden saknas och är inte med.", "{n} values are missing and left out."
)
N_AREAS: Final = Text("RegSO", "RegSO areas")
EMPTY: Final = Text("Här finns inga områdestyper", "There are no area types here")
LANGUAGE: Final = Text("Språk", "Language")
OTHER_LISTS: Final = Text(
    "Polisens lista och Utanförskapets karta mäter något annat: se skillnaderna och ange egna"
    " gränser",
    "The police's list and the map of exclusion measure something else: see the differences and"
    " give limits of your own",
)
