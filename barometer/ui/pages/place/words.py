"""The place profile's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Plats", "Place")
CONTROLS: Final = Text("Välj plats och år", "Choose place and year")
YEAR_HINT: Final = Text(
    "Saknas det valda året visas det senaste före det.",
    "Where the chosen year is missing, the latest before it is shown.",
)
FIRST: Final = Text("Visa först", "Show first")
FIRST_HINT: Final = Text(
    "Indikatorer som ni vill följa. De följer med i länken.",
    "Indicators that you want to follow. They are part of the link.",
)
OWN_NAME: Final = Text("Områdets namn", "The area's name")
OWN_NAME_HINT: Final = Text(
    "Du väljer namnet, och det följer med i länken. Tryck Retur när det är skrivet.",
    "You choose the name, and it goes with the link. Press Enter when it is written.",
)
PEERS_NOTE: Final = Text(
    "Avståndet är räknat i typiska avstånd från medianen på platsens egen nivå. Gruppen väljer du"
    " själv: den säger inte att platserna är lika.",
    "The distance is in typical distances from the median of the place's own level. The group is"
    " your own choice: it does not say that the places are alike.",
)
ALIKE: Final = Text("Vad liknande områden ska likna", "What similar areas resemble")
ALIKE_HINT: Final = Text(
    "Liknande områden väljs bland alla på samma nivå.",
    "Similar areas are chosen among all of the same level.",
)
REPORT: Final = Text("Lägesbild", "Profile")
DOCUMENTS: Final = {
    "docx": Text("Lägesbild i Word", "Word document"),
    "pptx": Text("Lägesbild som bilder", "Slides"),
}
ON_MAP: Final = Text("Visa på kartan", "Show on the map")
ON_SEGREGATION: Final = Text("Segregationsmått", "Segregation measures")
IN_FOLLOW_UP: Final = Text("Följ upp en insats", "Evaluate an initiative")
IN_LAB: Final = Text("Utveckling i Statistiklabb", "Development in the statistics lab")
OTHER_DIVISION: Final = Text(
    "Samma kod i {label}, andra gränser", "The same code in {label}, other boundaries"
)
GROUP: Final = Text("Grupp", "Group")
CHILDREN: Final = Text("Barn och unga", "Children and young people")
PRIORITIES: Final = Text("Egna nyckeltal", "Your measures")
CHANGE_PLACE: Final = Text("Byt plats, år eller prioriteringar", "Change place, year or priorities")
CRUMBS: Final = Text("Var platsen ligger", "Where the place lies")
RIKET: Final = Text("riket", "Sweden")
SWEDEN: Final = Text("Sverige", "Sweden")
DOWNLOAD: Final = Text("Ladda ner", "Download")
COMPARE: Final = Text("Jämför med …", "Compare with …")
A4: Final = Text("Lägesbild i A4", "Report in A4")
ON_PLACE: Final = Text("Mer om platsen", "More about the place")
HOW_OWN: Final = Text("Så är det egna området räknat", "How your own area is computed")
MORE_SEGREGATION: Final = Text("Mer om segregation här", "More about segregation here")
MAP_OF: Final = Text("Karta över {place}: områdestyper {year}", "Map of {place}: area types {year}")
MAP_TITLE: Final = Text(
    "Områdestyp {year}, {n} områden (RegSO)", "Area type {year}, {n} areas (RegSO)"
)
MAP_SHARES: Final = Text(
    "Andel som bor i områden av typ 1 eller 2, per kommun {year}",
    "Share living in areas of type 1 or 2, by municipality {year}",
)
KEY: Final = Text("Sex nyckeltal", "Six key figures")
CHALLENGED: Final = Text("Bor i områden av typ 1–2", "Live in areas of types 1–2")
CHALLENGED_NOTE: Final = Text(
    "områden med socioekonomiska utmaningar", "areas with socio-economic challenges"
)
ALONE_IN_YEAR: Final = {
    "lan": Text("Länet och riket saknas.", "County and Sweden are missing."),
    "riket": Text("Riket saknas.", "Sweden is missing."),
}
LAN_IS_KOMMUN: Final = Text(
    "{lan} består av en enda kommun och visas därför inte bredvid.",
    "{lan} is a single municipality and is therefore not shown beside it.",
)
SPREAD_KEY: Final = {
    "median": Text("{every} median", "median of {every}"),
    "half": Text("hälften av {every}", "half of {every}"),
    "most": Text("80 % av {every}", "80% of {every}"),
}
EVERY_POSSESSIVE: Final = {
    "lan": Text("länens", "the counties"),
    "kommun": Text("kommunernas", "the municipalities"),
    "regso": Text("RegSO-områdenas", "the RegSO areas"),
    "deso": Text("DeSO-områdenas", "the DeSO areas"),
}
EVERY_OBJECT: Final = {
    "lan": Text("länen", "the counties"),
    "kommun": Text("kommunerna", "the municipalities"),
    "regso": Text("RegSO-områdena", "the RegSO areas"),
    "deso": Text("DeSO-områdena", "the DeSO areas"),
}
OUTSTANDING: Final = Text("Det här sticker ut", "What stands out")
OUTSTANDING_METHOD: Final = Text(
    "Det som sticker ut: värdet är högre än i minst 90 % av de andra områdena på samma nivå, eller"
    " lägre än i minst 90 %, och avståndet till medianen är minst ett typiskt avstånd (1,4826 ×"
    " medianavvikelsen). Av mått som följer varandra nära visas det mest ovanliga, och högst fem.",
    "What stands out: the value is higher than in at least 90% of the other areas of the level, or"
    " lower than in at least 90%, and the distance from the median is at least one typical distance"
    " (1.4826 × the median deviation). Of measures that move closely together the most unusual is"
    " shown, and at most five.",
)
MEASURE: Final = Text("Mått", "Measure")
MEDIAN: Final = Text("{every} median", "Median of {every}")
HIGHER: Final = Text("Högre än i så stor del av {every}", "Higher than in this share of {every}")
INSIDE: Final = Text("Så olika är det inom {place}", "Differences within {place}")
INSIDE_LEAD: Final = Text(
    "Varje punkt är ett av {n} områden ({level}). Strecket är medianen.",
    "Each dot is one of {n} areas ({level}). The line is the median.",
)
INSIDE_KOMMUNER: Final = Text(
    "Varje punkt är en av {n} kommuner. Strecket är medianen.",
    "Each dot is one of {n} municipalities. The line is the median.",
)
LOWEST: Final = Text("lägst: {name} {value}", "lowest: {name} {value}")
HIGHEST: Final = Text("högst: {name} {value}", "highest: {name} {value}")
HIGHEST_MANY: Final = Text("högst: {n} områden med {value}", "highest: {n} areas with {value}")
LOWEST_MANY: Final = Text("lägst: {n} områden med {value}", "lowest: {n} areas with {value}")
MEDIAN_VALUE: Final = Text("median {value}", "median {value}")
TYPES_LEAD: Final = Text(
    "Andel av invånarna efter områdets typ, procent, {year}",
    "Share of residents by the area's type, per cent, {year}",
)
ALL: Final = Text("Alla mått", "All measures")
SEGREGATION_TAB: Final = Text("Segregation", "Segregation")
YEARS: Final = Text("Alla år", "Every year")
METHOD: Final = Text("Metod och källor", "Method and sources")
METHOD_LEAD: Final = Text(
    "Definitioner, tabeller, vad som är SCB:s siffror och vad som är räknat här",
    "Definitions, tables, what are SCB's figures and what is computed here",
)
STRIP_NOTE: Final = Text(
    "Remsorna: rund punkt är platsen, romb länet, fyrkant riket, streck medianen, mörkt band"
    " mittersta hälften och ljust mittersta 80 procenten. Läget är ingen rangordning.",
    "The strips: a round dot is the place, a diamond the county, a square Sweden, a line the"
    " median, the dark band the middle half and the light one the middle 80 per cent. This is not a"
    " ranking.",
)
TYPES: Final = Text("Områdestyper", "Area types")
TYPES_NOTE: Final = Text(
    "Typerna är relativa och görs om varje år: de beskriver områdens förutsättningar, inte"
    " människorna där, och mäter inte graden av segregation.",
    "The types are relative and recalculated every year: they describe the conditions of areas, not"
    " the people there, and do not measure the degree of segregation.",
)
SEGREGATION: Final = Text("Hur åtskilda bor olika grupper?", "How segregated are different groups?")
RESIDENTS_BY_GROUP: Final = Text("Invånare efter grupp", "Residents by group")
EXPECTED: Final = Text("Av slumpen", "By chance")
KOMMUN_MEDIAN: Final = Text("Kommunernas median", "Median of municipalities")
ESTIMATE: Final = Text("Skattning utan slump (intervall)", "Estimate without chance (interval)")
CAUTION: Final = Text("Försiktighet", "Caution")
DASH: Final = Text(
    "– står där dataversionen inte har uppgiften för den platsen eller det året.",
    "– stands where the data version has no such figure for that place or year.",
)
SEGREGATION_NOTE: Final = Text(
    "Segregationsindex (D) mellan RegSO, 0–100 %. ”Av slumpen” är vad slumpen ensam skulle ge.",
    "Dissimilarity index (D) between RegSO areas, 0–100%. “By chance” is what chance alone would"
    " give.",
)
NO_INTERVALS: Final = Text(
    "Osäkerhetsintervall för riket och län finns på sidan Segregation.",
    "Intervals of Sweden and the counties are on the page Segregation.",
)
SIMILAR: Final = Text("Liknande områden", "Similar areas")
CHOSEN_GROUP: Final = Text("Jämförelsegrupp", "Comparison group")
DISTANCE: Final = Text("Avstånd", "Distance")
SIMILAR_NOTE: Final = Text(
    "Under värdena: hur långt ifrån platsen, i typiska avstånd. Likheten säger inget om varför."
    " Bara områden på samma nivå, i samma indelning och för samma år jämförs.",
    "Below the values: how far from the place, in typical distances. Similarity does not say why."
    " Only areas of the same level, area version and year are compared.",
)
NEIGHBOURS: Final = Text("Grannar", "Neighbours")
ABOUT: Final = Text("Indikatorer och källor", "Indicators and sources")
DEFINITION: Final = Text("Definition", "Definition")
SOURCE: Final = Text("Källa", "Source")
EMPTY: Final = Text("Platsen har inga siffror", "There are no figures for the place")
SHARES_OF_HUNDRED: Final = {
    "share": Text("Andel, %", "Share, %"),
    "riket_share": Text("Andel i riket, %", "Share in Sweden, %"),
}


def apart(name: Text) -> Text:
    """The heading of the distance in an indicator."""
    return Text(f"{name.sv}: avstånd", f"{name.en}: distance")


PAGE_OF: Final = Text("{place} · sida {n} av {total}", "{place} · page {n} of {total}")
FOOT: Final = Text(
    "Segregationsbarometern. Tabellerna hämtades senast {day}. Alla källor står i bilagan.",
    "The Segregation Barometer. Tables last fetched {day}. The appendix lists all sources.",
)
KEY_TABLE: Final = Text(
    "{n} områden (RegSO) och andel av invånarna", "{n} areas (RegSO) and share of residents"
)
AREAS_OF_TYPE: Final = Text(
    "{n} av {total} områden är av typ 1 eller 2.", "{n} of {total} areas are of type 1 or 2."
)
CHILDREN_AGES: Final = Text("Barn 0–19 år", "Children 0–19")
CHILDREN_RIKET: Final = Text("Barn, riket", "Children, Sweden")
EVERYBODY: Final = Text("Alla invånare", "All residents")
HOUSEHOLD_NOTE: Final = Text(
    "I hushållstyperna räknas hemmaboende barn oavsett ålder.",
    "The household types count children living at home whatever their age.",
)
LOW_STANDARD_MEDIAN: Final = Text(
    "I hälften av de {n} områdena är andelen högst {median}. I {high} områden är den 40 % eller"
    " mer.",
    "In half of the {n} areas the share is at most {median}. In {high} areas it is 40% or more.",
)
HIGHEST_SHARE: Final = Text("Högst andel", "Highest share")
APPENDIX: Final = Text(
    "Bilaga: alla år, definitioner och källor", "Appendix: years, definitions, sources"
)
AMONG: Final[dict[str, Text]] = {
    "riket": Text("Läge", "Standing"),
    "lan": Text("Jämfört med andra län", "Compared with other counties"),
    "kommun": Text("Jämfört med andra kommuner", "Compared with other municipalities"),
    "regso": Text("Jämfört med andra RegSO", "Compared with other RegSO areas"),
    "deso": Text("Jämfört med andra DeSO", "Compared with other DeSO areas"),
    "own": Text("Jämfört med andra områden", "Compared with other areas"),
}
NUMBER: Final = Text("Antal", "Number")
SHARE: Final = Text("Andel", "Share")
SHARE_RIKET: Final = Text("I riket", "In Sweden")
SIMILAR_METHOD: Final = Text(
    "Likhet: varje indikator mäts i typiska avstånd från medianen, folkmängd som logaritm;"
    " avståndet mellan två platser är roten ur medelkvadraten av skillnaderna.",
    "Similarity: each indicator is measured in typical distances from the median, population as a"
    " logarithm; the distance between two places is the root of the mean squared difference.",
)
WHO_NOTE: Final = Text(
    "Ålder, hushåll och födelseregion beskriver befolkningens sammansättning. De säger inget om"
    " enskilda personer och förklarar inte andra skillnader.",
    "Age, household and region of birth describe the make-up of the population. They say nothing"
    " about individuals and do not explain other differences.",
)
SAFETY: Final = Text("Trygghet och brott", "Safety and crime")
SAFETY_NONE: Final = Text(
    "Den här dataversionen har inga siffror om trygghet och brott. De kommer från Kolada, Brå och"
    " Medborgarundersökningen, och finns för kommuner men inte för mindre områden.",
    "This data version has no figures on safety and crime. They come from Kolada, Brå and the"
    " Citizen Survey, and exist for municipalities but not for smaller areas.",
)
SAFETY_OWN: Final = Text(
    "Anmälda brott och upplevd trygghet i {kommun}, mot riket, mot andra kommuner och över tid.",
    "Reported crime and perceived safety in {kommun}, against Sweden, against other municipalities"
    " and over time.",
)
SAFETY_KOMMUN: Final = Text(
    "Siffrorna gäller hela {kommun}, inte området: de delas aldrig upp på mindre områden.",
    "The figures are about the whole of {kommun}, not the area: they are never spread to smaller"
    " areas.",
)
SAFETY_LEVEL: Final = Text(
    "Öppna uppgifter om brott och trygghet finns inte för RegSO eller DeSO. Var i kommunen brotten"
    " begås vet polisen, och hur trygga de boende är kan kommunens egen enkät visa: sådana siffror"
    " kan läggas in som egna.",
    "Open figures on crime and safety do not exist for RegSO or DeSO. Where in the municipality"
    " crimes are committed the police know, and how safe residents feel the municipality's own"
    " survey may show: such figures can be added as one's own.",
)
SAFETY_NOTE: Final = Text(
    "Anmälda brott räknas där de begåtts, också när den utsatta bor någon annanstans, och alla"
    " brott anmäls inte. Enkätsvar är urval: små skillnader kan bero på slumpen.",
    "Reported crimes count where they were committed, also when the victim lives elsewhere, and not"
    " all crimes are reported. Survey answers are samples: small differences may be chance.",
)
SAFETY_VALUE: Final = Text("Kommunen", "The municipality")
SAFETY_RIKET: Final = Text("Riket", "Sweden")
SAFETY_BEFORE: Final = Text("Tidigare", "Before")
SIGNALS: Final = Text("Signaler: på väg åt vilket håll", "Signals: which way areas are heading")
SIGNAL_STATUS: Final = Text("Status i landet", "Status in the country")
SIGNAL_COURSE: Final = Text("Riktning", "Direction")
SIGNAL_REASON: Final = Text("Skäl", "Reason")
SIGNAL_MORE: Final = Text(
    "Ytterligare {n} områden finns i filen.", "{n} more areas are in the file."
)
SIGNAL_CHANGE: Final = Text("Ändra vikter och gränser", "Change weights and limits")
SIGNAL_WEIGHT: Final = Text("Vikt", "Weight")
SIGNAL_NONE: Final = Text("ingen till", "none more")
SIGNAL_LIMITS: Final = Text("Gränser (tre tal)", "Limits (three numbers)")
SIGNAL_SPAN: Final = Text("Antal år", "Number of years")
SIGNAL_SHOW: Final = Text("Visa med dessa regler", "Show by these rules")
SIGNAL_TESTS: Final = Text("Hur signalerna har stått sig", "How the signals have held")
TEST_YEAR: Final = Text("Som det såg ut", "As of")
TEST_RULE: Final = Text("Regel", "Rule")
TEST_POINTED: Final = Text("Utpekade", "Pointed out")
TEST_HITS: Final = Text("Blev sämre", "Became worse")
TEST_FALSE: Final = Text("Falska larm", "False alarms")
TEST_MISSED: Final = Text("Missade", "Missed")
TEST_AREAS: Final = Text("Av områden", "Of areas")
CHANGED: Final = Text("Vad som är nytt här", "What is new here")
CHANGED_LEAD: Final = Text(
    "I dataversion {version}: {signals}, {types}.", "In data version {version}: {signals}, {types}."
)
CHANGED_SIGNALS: Final = Text(
    "{n} områden har fått en annan riktning än året innan",
    "{n} areas have another direction than the year before",
)
NO_DIRECTIONS: Final = Text("inga riktningar kan sägas", "no directions can be told")
CHANGED_TYPES: Final = Text(
    "{n} har en annan områdestyp än året innan", "{n} have another area type than the year before"
)
ONE_YEAR_OF_TYPES: Final = Text(
    "områdestyper finns för ett enda år", "there are area types for a single year only"
)
NO_TYPES: Final = Text("områdestyper saknas", "there are no area types")
CHANGED_ALONE: Final = Text(
    "Ingen tidigare dataversion finns kvar här att jämföra med.",
    "No earlier data version is kept here to compare with.",
)
CHANGED_SINCE: Final = Text(
    "Dataversion {version} jämförd med {before}: indikatorer med nya år {years}, med ändrade"
    " siffror {values}; områden vars signal har kommit, försvunnit eller vänt {signals}, områden"
    " som har bytt typ {types}.",
    "Data version {version} compared with {before}: indicators with new years {years}, with revised"
    " figures {values}; areas whose signal has come, gone or turned {signals}, areas that have"
    " changed type {types}.",
)
CHANGED_BY_OWN: Final = Text(
    "Signalerna följer dina vikter och gränser i båda dataversionerna.",
    "The signals follow your weights and limits in both data versions.",
)
CHANGED_KIND: Final = Text("Slag", "Kind")
CHANGED_WHAT: Final = Text("Vad", "What")
TYPE_CHANGED: Final = Text(
    "{label} har gått från områdestyp {before} till {now} ({year}).",
    "{label} has gone from area type {before} to {now} ({year}).",
)
FEED: Final = Text("Följ platsen i en flödesläsare (Atom)", "Follow the place in a reader (Atom)")
FEED_TITLE: Final = Text("Nytt om {place}", "News about {place}")
FEED_UNKNOWN: Final = Text(
    "Platsen finns inte i dataversionen: välj en på sidan Plats och ta flödets adress därifrån.",
    "The place is not in this data version: choose one on the page Place and take the address of"
    " its feed from there.",
)

CODE: Final = Text("Kod", "Code")
AGENDA: Final = Text("Gemensam agenda", "Shared agenda")
AGENDA_PICTURE: Final = Text("Gemensam bild", "The common picture")
AGENDA_PRIORITIES: Final = Text("Gemensamma prioriteringar", "Shared priorities")
AGENDA_CHOSEN: Final = Text(
    "Valda i länken (Visa först på Plats).", "Chosen in the link (Show first on Place)."
)
AGENDA_PROPOSED: Final = Text(
    "Förslag: det som drar signalerna, utmärker platsen eller står först på Plats och som flera"
    " uppdrag delar. Välj egna på Plats, Visa först.",
    "A proposal: what pulls the signals, stands out here or comes first on Place and several tasks"
    " share. Choose your own on Place, Show first.",
)
AGENDA_SHARED: Final = Text("{name}: {value}. Rör {actors}.", "{name}: {value}. Concerns {actors}.")
AGENDA_NOBODY: Final = Text("inget av uppdragen på Aktörer", "none of the tasks on Actors")
AGENDA_WHO: Final = Text("Vem gör vad", "Who does what")
AGENDA_EFFORTS: Final = Text(
    "Ur registret över insatser, {n} här. Tomma rader är till för det som ni kommer överens om.",
    "From the register of initiatives, {n} here. Empty lines are for what you agree on.",
)
AGENDA_MORE: Final = Text(
    "Och {n} till: se alla i registret på Följ upp.",
    "And {n} more: see all in the register on Follow up.",
)
AGENDA_WHEN: Final = Text("När det följs upp", "When it is followed up")
AGENDA_LATEST: Final = Text(
    "Siffrorna är från dataversion {version}. Varje ny dataversion ger nya svar på Följ upp.",
    "The figures are of data version {version}. Each new one gives new answers on Follow up.",
)
AGENDA_NEXT: Final = Text(
    "Nästa gemensamma genomgång: ____________________   Sammankallande: ____________________",
    "Next joint review: ____________________   Convener: ____________________",
)
AGENDA_HEADS: Final = (
    Text("Vad", "What"),
    Text("Vem", "Who"),
    Text("Från", "From"),
    Text("Väntas synas i", "Expected to show in"),
)
