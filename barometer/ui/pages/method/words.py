"""The words of the page Data och metod; names and definitions are the catalogue's."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Data och metod", "Data and methods")
LEAD: Final = Text(
    "Vad varje siffra betyder, var den kommer ifrån och hur säker den är. Sidan byggs från "
    "samma register som kartan och filerna.",
    "What every figure means, where it comes from and how certain it is. The page is generated from"
    " the same catalogue as the map and the files.",
)
CONTENTS: Final = Text("På sidan", "On this page")
FILTER: Final = Text("Sök på sidan", "Search this page")
FILTER_HINT: Final = Text(
    "Indikator, mått, grupp, tabell, kod …", "Indicator, measure, group, table, code …"
)
FOUND: Final = Text("{n} poster matchar", "{n} entries match")
NOTHING: Final = Text(
    "Ingen post matchar. Pröva ett kortare ord, eller töm fältet för att se allt.",
    "No entry matches. Try a shorter word, or empty the field to see everything.",
)

GUIDE: Final = Text("Kom igång", "Getting started")
AREA_TYPES: Final = Text("Områdestyper", "Area types")
SEGREGATION: Final = Text("Vad ett index kan säga", "What an index can say")
INDICATORS: Final = Text("Indikatorer", "Indicators")
GROUPINGS: Final = Text("Befolkningsgrupper", "Population groups")
INDICES: Final = Text("Mått på segregation", "Measures of segregation")
AGREEMENT: Final = Text("Samma svar på tre sätt", "Three ways to the same answer")
FOLLOWING: Final = Text("Uppföljning av insatser", "Evaluation of initiatives")
FOLLOWING_OPEN: Final = Text("Öppna Följ upp", "Open Follow up")
MISSING: Final = Text("När värden saknas", "When values are missing")
STATUS: Final = Text("Dataläge", "Data status")
LOG: Final = Text("Ändringar i data", "Changes in the data")
FILES: Final = Text("Filer", "Files")
DICTIONARY: Final = Text("Databeskrivning", "Data dictionary")
LICENCE: Final = Text("Licens och källor", "Licence and sources")
ACCESSIBILITY: Final = Text("Tillgänglighet", "Accessibility")

INDICATORS_LEAD: Final = Text(
    "{n} indikatorer. Öppna en för att se definition, källor, år och tidsseriebrott.",
    "{n} indicators. Open one to see its definition, sources, years and breaks in the series.",
)
GROUPINGS_LEAD: Final = Text(
    "Sätt att dela en hel befolkning i tre eller fler grupper. Varje andel bland indikatorerna"
    " delar den dessutom i två: gruppen och resten.",
    "Ways to split a whole population into three or more groups. Every share among the indicators"
    " also splits it in two: the group and the rest.",
)
INDICES_LEAD: Final = Text(
    "{n} mått. Område i, grupp k: n är antal personer, t områdets folkmängd, T hela"
    " folkmängden, x och y gruppen och resten, p en andel i området och P på hela platsen.",
    "{n} measures. Area i, group k: n is the number of persons, t the area's population, T the"
    " whole population, x and y the group and the rest, p a share in the area, P in the whole"
    " place.",
)
AGREEMENT_LEAD: Final = Text(
    "Små tabeller som går att räkna för hand, vårt svar och svaret från Pythonpaketet"
    " segregation (PySAL) {version}. Där paketet svarar 0 för en grupp som inte finns säger vi"
    " att måttet är odefinierat.",
    "Small tables that can be worked out by hand, our answer, and that of the Python package"
    " segregation (PySAL) {version}. Where the package answers 0 for a group that is absent, we"
    " say that the measure is undefined.",
)
STATUS_LEAD: Final = Text(
    "Tabellerna hos SCB och andra källor så som de var när dataversionen byggdes.",
    "The tables of SCB and other sources as they were when the data version was built.",
)
DICTIONARY_LEAD: Final = Text(
    "Tabeller och kolumner i dataversionens fil (DuckDB). Beskrivningarna är på engelska och"
    " kommer ur samma schema som filen skapas av.",
    "Tables and columns of the data version's file (DuckDB), described by the schema that the"
    " file is created from.",
)
FILES_LEAD: Final = Text(
    "Allt som kartan visar går att ladda ner. Adressen är sidans egen: byt /karta mot /export/"
    " och formatets namn, så får du samma urval.",
    "Everything that the map shows can be downloaded. The address is the page's own: put /export/"
    " and the format's name in place of /karta and you get the same selection.",
)

PACKAGE: Final = Text(
    "Hela dataversionen (datapaket, zip)", "The whole data version (data package, zip)"
)
PROGRAMS: Final = Text("API för program, med exempel", "API for programs, with examples")
INDICATOR: Final = Text("Indikator", "Indicator")
WHOLE_INDICATORS: Final = Text(
    "Varje indikator hel: alla områden och år", "Each indicator whole: every area and year"
)

READ_ON: Final = Text("Läs hela avsnittet", "Read the whole section")
ALL_OF: Final = Text("Visa alla {n}", "Show all {n}")
COMPARISON: Final = Text("Visa jämförelsen", "Show the comparison")
FORMATS: Final = Text("Format och adresser för program", "Formats and addresses for programs")
TECHNICAL: Final = Text("Tekniska uppgifter", "Technical details")

DEFINITION: Final = Text("Definition", "Definition")
POPULATION: Final = Text("Befolkning", "Population")
UNIT: Final = Text("Enhet", "Unit")
UNUSED: Final = Text("Tabeller som inte används", "Tables that are not used")
CALCULATION: Final = Text("Beräkning", "Calculation")
SOURCES: Final = Text("Källor", "Sources")
YEARS: Final = Text("År i dataversionen", "Years in the data version")
NO_YEARS: Final = Text("Inga värden i dataversionen.", "No values in the data version.")
BREAKS: Final = Text("Tidsseriebrott", "Breaks in the series")
NO_BREAKS: Final = Text("Inga kända.", "None known.")
BACKGROUNDS: Final = Text("Uppdelning", "Breakdown")
THRESHOLD: Final = Text("Gräns för visning", "Threshold for showing")
THRESHOLD_RULE: Final = Text(
    "Visas inte när den befolkning som värdet gäller är mindre än {n}.",
    "Not shown when the population that the value is about is smaller than {n}.",
)
NO_THRESHOLD: Final = Text("Ingen egen gräns.", "No threshold of our own.")
HOLES: Final = Text("Saknade värden", "Missing values")
NO_HOLES: Final = Text("Inga i dataversionen.", "None in the data version.")
CATEGORIES: Final = Text("Klasser", "Classes")
SEGREGATION_SERIES: Final = Text("Segregationsmått", "Segregation measures")
TWO_GROUPS: Final = Text("Räknas för {group} mot {rest}.", "Computed for {group} against {rest}.")
TAKE: Final = Text("Ladda ner", "Download")
SHOW_ON_MAP: Final = Text("Visa på kartan", "Show on the map")
CODE: Final = Text("Kod", "Code")
GROUPS: Final = Text("Grupper", "Groups")
KIND: Final = Text("Slag", "Kind")
SHARE_FORM: Final = Text("{scale} × täljare / nämnare", "{scale} × numerator / denominator")
PUBLISHED_SHARE_FORM: Final = Text(
    "som {agency} publicerar, i procent av nämnaren",
    "as published by {agency}, in per cent of the base",
)
PUBLISHED_FORM: Final = Text("som {agency} publicerar", "as published by {agency}")
UNCONFIRMED: Final = Text("inte bekräftat", "not confirmed")
UNCONFIRMED_NOTE: Final = Text(
    "Tabellens nummer, koder och innehåll är inte bekräftade hos källan. De läses när den hämtas;"
    " stämmer de inte kommer den inte med.",
    "The table's number, codes and contents have not been confirmed at the source. They are read"
    " when it is fetched; if they do not fit, it is left out.",
)
DERIVED_FORM: Final = {
    "mean": Text(
        "medelvärde av andra indikatorer, för {level}, de år då alla finns",
        "mean of other indicators, for {level}, in the years in which all are there",
    ),
    "area_types": Text(
        "fem typer efter standardavvikelser från årets medelvärde för alla {level}, av",
        "five types by standard deviations from the year's mean of all {level}, of",
    ),
}
NUMERATOR: Final = Text("täljare", "numerator")
DENOMINATOR: Final = Text("nämnare", "denominator")
PUBLISHED: Final = Text("värde", "value")
UNTIL: Final = Text("till och med {year}", "until {year}")
FROM: Final = Text("från och med {year}", "from {year}")

FORMULA: Final = Text("Formel", "Formula")
IN_FORMULAS: Final[tuple[Text, ...]] = (Text("om", "if"), Text("annars", "else"))
RANGE: Final = Text("Spann", "Range")
RANGE_OPEN: Final = Text("{low} och uppåt", "{low} and up")
RANGE_CLOSED: Final = Text("{low} till {high}", "{low} to {high}")
LOW_END: Final = Text("Lägst betyder", "The low end means")
HIGH_END: Final = Text("Högst betyder", "The high end means")
READING: Final = Text("Läses till exempel", "Reads for example")
NOTE: Final = Text("Att tänka på", "To keep in mind")
REFERENCE: Final = Text("Referens", "Reference")
FOR_QUARTERS: Final = Text("Med inkomstkvartiler", "With income quartiles")
CHANCE: Final = Text("Slumpens värde", "Value by chance")
HAS_CHANCE: Final = Text(
    "Räknas ut och visas bredvid måttet.", "Computed and shown beside the measure."
)

CASE: Final = Text("Tabell", "Table")
MEASURE: Final = Text("Mått", "Measure")
BY_HAND: Final = Text("För hand", "By hand")
DERIVATION: Final = Text("Uträkning", "Derivation")
OURS: Final = Text("Vi", "Ours")
PYSAL: Final = Text("PySAL", "PySAL")
UNDEFINED: Final = Text("odefinierat", "undefined")
NO_SUCH: Final = Text("finns inte", "none")

TABLE: Final = Text("Tabell", "Table")
UPDATED: Final = Text("Uppdaterad av källan", "Updated by the source")
RETRIEVED: Final = Text("Hämtad", "Retrieved")
RHYTHM: Final = Text("Källan uppdaterar", "The source updates")
AGENCY: Final = Text("Källa", "Source")
LICENCE_WORD: Final = Text("Licens", "Licence")
PROTECTION: Final = Text("Osäkerhet som källan anger", "Uncertainty that the source states")
NOTES: Final = Text("Källans fotnoter", "The source's footnotes")
IN_VERSION: Final = Text("I dataversionen", "In the data version")
NOT_IN_VERSION: Final = Text("Finns inte i dataversionen.", "Not in the data version.")
USED_BY: Final = Text("Används av", "Used by")
ORIGIN: Final = Text("Ursprung", "Origin")
ORIGINS: Final[dict[str, Text]] = {
    "scb": Text("SCB:s riktiga siffror", "the real figures of Statistics Sweden"),
    "scb-extract": Text("SCB:s siffror i utdrag", "figures of Statistics Sweden in an extract"),
    "synthetic": Text("ett påhittat land, inga riktiga siffror", "a made-up country, no real data"),
}
FETCHED_FROM: Final = Text("Hämtad från", "Fetched from")
FETCHED_FROM_EXTRACT: Final = Text(
    "ett utdrag ur SCB:s tabeller på den här servern", "an extract of SCB's tables on this server"
)
FETCHED_FROM_NOBODY: Final = Text(
    "ingen: siffrorna är påhittade", "nobody: the figures are made up"
)
CODE_VERSION: Final = Text("Kodversion", "Code version")
CHECKSUM: Final = Text("Kontrollsumma", "Checksum")
LACKING: Final = Text("Saknas", "Lacks")
LACKING_TABLES: Final = Text(
    "{n} av {total} tabeller kom inte med: källan har dem inte under numret som vi frågar efter,"
    " eller gav inget svar som går att använda.",
    "{n} of {total} tables did not come: the source does not have them under the number that we"
    " ask for, or gave no answer that can be used.",
)
LACKING_IN_EXTRACT: Final = Text(
    "{n} av {total} tabeller ingår inte i utdraget.",
    "{n} of {total} tables are not in the extract.",
)
LACKING_PARTS: Final = Text(
    "Tabeller som saknar några av de år, grupper eller områden som vi frågar efter: {n}.",
    "Tables without some of the years, groups or areas that we ask for: {n}.",
)
LACKING_RULE: Final = Text(
    "Det som saknas visas som saknat, aldrig som noll.",
    "What is missing is shown as missing, never as zero.",
)
ANSWERS: Final = Text("Källornas svar, på engelska", "The sources' answers")
NOTHING_LACKS: Final = Text("Inget saknas.", "Nothing is missing.")
OPERATION: Final = Text("För den som driver sidan", "For whoever runs the site")
LAST_RUN_WELL: Final = Text("{run}, {day}: lyckades.", "{run}, {day}: succeeded.")
LAST_RUN_BADLY: Final = Text(
    "{run}, {day}: lyckades inte. Den publicerade dataversionen visas fortfarande; felet står under"
    " Driftläge.",
    "{run}, {day}: failed. The published data version is still shown; the fault is told under"
    " Operating status.",
)
NO_RUN: Final = Text("Ingen uppgift.", "Not known.")
COLUMN: Final = Text("Kolumn", "Column")
TYPE: Final = Text("Typ", "Type")
MEANING: Final = Text("Betydelse", "Meaning")
MAY_BE_NULL: Final = Text("kan saknas", "may be null")
FORMAT: Final = Text("Format", "Format")
ADDRESS: Final = Text("Adress", "Address")
