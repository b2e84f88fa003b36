"""The segregation page's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Segregation", "Segregation")
HOW_APART: Final = Text("Hur åtskilt bor", "How segregated are")
IN: Final = Text("i", "in")
PLACE: Final = Text("Plats", "Place")
PLACES: Final = Text("Platser, högst fyra", "Places, at most four")
ADD_PLACE: Final = Text("+ Lägg till", "+ Add")
SCALE: Final = Text("Var på skalan?", "Where on the scale?")
SCALE_LEAD: Final = Text(
    "{index} mellan {units}, {year}. Varje streck på axeln är en av {n} kommuner.",
    "{index} between {units}, {year}. Each line on the axis is one of {n} municipalities.",
)
SCALE_LEAD_FEW: Final = Text("{index} mellan {units}, {year}.", "{index} between {units}, {year}.")
SCALE_HIGHEST: Final = Text("högst: {name} {n}", "highest: {name} {n}")
SCALE_MEDIAN: Final = Text("kommunernas median {n}", "median of municipalities {n}")
SCALE_HALF: Final = Text(
    "hälften av kommunerna ligger mellan {low} och {high}",
    "half of the municipalities lie between {low} and {high}",
)
EVEN: Final = Text("helt jämnt fördelat", "completely even")
APART: Final = Text("helt åtskilt", "completely apart")
ENDS: Final = Text(
    "Lägsta värde: {low}. Högsta värde: {high}.", "Lowest value: {low}. Highest value: {high}."
)
BY_CHANCE: Final = Text("av slumpen ensam: {n}", "by chance alone: {n}")
RIKET_NOT_DRAWN: Final = Text(
    "Rikets eget värde omfattar också det som skiljer kommuner åt och ritas inte här.",
    "Sweden's own value also includes what lies between municipalities and is not drawn here.",
)
LAN_NOTE: Final = Text(
    "Ett läns värde omfattar också det som skiljer dess kommuner åt.",
    "A county's value also includes what lies between its municipalities.",
)
TOWN: Final = Text("Var?", "Where?")
TOWN_LEAD: Final = Text(
    "Andel {group} i varje område ({units}), {year}.",
    "Share of {group} in every area ({units}), {year}.",
)
TOWN_PART: Final = Text(
    "Är platsen vidsträckt visas den del där minst nio av tio invånare bor.",
    "Where a place covers a wide area, the map shows the part where at least nine in ten live.",
)
SAME_COLOURS: Final = Text("Samma färger överallt.", "The same colours everywhere.")
IN_WHOLE: Final = Text("{share} på hela platsen", "{share} in the whole place")
NO_BOUNDARY: Final = Text(
    "gräns saknas för {n} av {of} områden", "{n} of {of} areas lack a boundary"
)
MISSING: Final = Text("gräns eller värde saknas", "no boundary or no value")
WEIGHTS: Final = Text("Det här väger tyngst i {place}", "What weighs most in {place}")
WEIGHTS_LEAD: Final = Text(
    "Så många av indexets {total} enheter kommer från området. Alla {n} områden tillsammans ger"
    " hela indexet.",
    "How many of the index's {total} units come from the area. All {n} areas together give the"
    " whole index.",
)
MORE_THAN_EVEN: Final = Text("Fler än vid jämn spridning", "More than if evenly spread")
FEWER_THAN_EVEN: Final = Text("Färre än vid jämn spridning", "Fewer than if evenly spread")
UNITS_OF_INDEX: Final = Text("enheter", "units")
SHARE_IN_AREA: Final = Text("andel i området", "share in the area")
OWN_AREA: Final = Text("Grannskap mot hela platsen", "Neighbourhood against the whole place")
OWN_LEAD: Final = Text(
    "Andel {group} på hela platsen (ring) och i det område där en av dem finns, i genomsnitt"
    " (fylld).",
    "Share of {group} in the whole place (ring) and in the area where one of them lives, on average"
    " (filled).",
)
IN_PLACE: Final = Text("På hela platsen", "In the whole place")
IN_OWN_AREA: Final = Text("I det egna området", "In their own area")
NOT_KNOWN: Final = Text("Andelarna finns inte för platsen.", "The shares are not known here.")
SPLIT: Final = Text("Mellan vilka områden?", "Between which areas?")
SPLIT_MOST: Final = Text("Åtskillnaden går främst {level}", "The separation is mostly {level}")
SPLIT_LEAD: Final = Text(
    "Del av ojämnheten (M) som ligger på varje nivå.", "Part of the unevenness (M) at each level."
)
SPLIT_EMPTY: Final = Text(
    "Uppdelningen kräver uppgifter per DeSO och vilket RegSO de ligger i. De saknas för platsen"
    " och året.",
    "The split requires figures by DeSO and the RegSO that each lies in. They are missing for the"
    " place and year.",
)
ONE_YEAR: Final = Text(
    "Det finns bara ett år, {year}, så här ritas ingen linje. När fler år har hämtats visas en"
    " linje per plats, med namn i änden och osäkerhetsband.",
    "There is one year only, {year}, so no line is drawn. When more years have been fetched there"
    " is a line for each place, with its name at the end and a band of uncertainty.",
)
SEVERAL_YEARS: Final = Text(
    "Mått som har flera år: {name} {first}–{last}",
    "A measure that has several years: {name} {first}–{last}",
)
SERIES_BAND: Final = Text(
    "Linjen är en skattning utan den ojämnhet som slumpen ger, bandet dess osäkerhetsintervall"
    " (modell). Axeln börjar inte på noll.",
    "The line is an estimate without the unevenness that chance gives, the band its uncertainty"
    " interval (model). The axis does not begin at zero.",
)
SERIES_VALUE: Final = Text(
    "Linjen är måttet enligt sin definition. Axeln börjar inte på noll.",
    "The line is the measure by its definition. The axis does not begin at zero.",
)
DEPTH: Final = Text("Fördjupning", "In depth")
INDICES_SHORT: Final = Text(
    "{n} mått: andra sidor av samma boendemönster",
    "{n} measures: other aspects of the same pattern",
)
UNITS_HEADING: Final = Text("Mellan RegSO eller DeSO", "Between RegSO or DeSO")
UNITS_LEAD: Final = Text(
    "Mindre områden ger högre värden: det som skiljer åt inom ett RegSO syns mellan DeSO.",
    "Smaller areas give higher values: what differs within a RegSO is seen between DeSO.",
)
ONE_UNIT: Final = Text("finns bara för ett slags områden", "there is one kind of area only")
RANKS: Final = Text("{ranks} av {n} {kind}", "{ranks} of {n} {kind}")
RANKS_IN_BRACKETS: Final = Text(
    ", med osäkerheten inom parentes", ", with the uncertainty in brackets"
)
LAST_YEAR: Final = Text(
    "{place} har inget värde för {year}; det senaste gäller {last}.",
    "{place} has no value for {year}; the latest is for {last}.",
)
FEW_RANKED: Final = Text(
    "{n} av {of} kommuner har ett värde: för få för en ordning",
    "{n} of {of} municipalities have a value: too few to be put in order",
)
N_RANKED: Final = Text("{n} {kind} har ett värde", "{n} {kind} have a value")
KOMMUNER: Final = Text("kommuner", "municipalities")
CHOSEN_PLACES: Final = Text("valda platser", "chosen places")
CHANCE: Final = Text("Slumpen och osäkerheten", "Chance and uncertainty")
CHANCE_SHORT: Final = Text("av slumpen ensam: {values}", "by chance alone: {values}")
NO_CHANCE: Final = Text(
    "vad slumpen ensam ger räknas inte för det här måttet",
    "what chance alone gives is not computed for this measure",
)
NO_CHANCE_IN_TABLE: Final = Text(
    "– under Av slumpen: vad slumpen ensam ger räknas inte för det måttet.",
    "– under By chance: what chance alone gives is not computed for that measure.",
)
NOT_SPLIT: Final = Text(
    "Värdet {why}. Därför delas det inte heller upp.",
    "The value is {why}. Therefore it is not taken apart either.",
)
SPLIT_WITHHELD: Final = Text("{place} {why}.", "{place} is {why}.")
AS_CHANCE: Final = Text("så jämnt som av slumpen", "as even as by chance")
SPLIT_BY_CHANCE: Final = Text(
    "{place}: så jämnt som slumpen ensam skulle ge, så delarna säger inget om platsen.",
    "{place}: as even as chance alone would give, so that the parts say nothing about the place.",
)
CHANCE_NOTE: Final = Text(
    "Skattningen drar bort den ojämnhet som slumpen ger i små grupper och områden. Intervallet hör"
    " till skattningen, inte till värdet.",
    "The estimate takes away the unevenness that chance gives in small groups and areas. The"
    " interval is of the estimate, not of the value.",
)
CHANGE_SHORT: Final = Text(
    "om fördelningen har ändrats, eller bara gruppens storlek",
    "whether the distribution has changed, or only the size of the group",
)
LEVELS_FOLD: Final = Text("Nivåer och grannskap", "Levels and neighbourhoods")
LEVELS_SHORT: Final = Text(
    "från det minsta grannskapet till hela platsen", "from the smallest area to the whole place"
)
DRIVERS_SHORT: Final = Text(
    "de som bidrar mest, med länk till kartan",
    "those that contribute most, with a link to the map",
)
METHOD: Final = Text("Metod och källor", "Method and sources")
METHOD_SHORT: Final = Text(
    "definition, vad som är räknat här", "definition, and what is computed here"
)
METHOD_MORE: Final = Text("Så är måtten räknade", "How the measures are computed")
CONTROLS: Final = Text("Välj vad som mäts", "Choose what is measured")
GROUPING: Final = Text("Grupper", "Groups")
SEVERAL: Final = Text("Flera grupper", "Several groups")
INDEX: Final = Text("Mått", "Measure")
UNITS: Final = Text("Mellan områden", "Between areas")
SINCE: Final = Text("Förändring sedan", "Change since")
AMONG: Final = Text("Rangordna", "Rank")
EVERY_KOMMUN: Final = Text("Alla kommuner", "All municipalities")
EVERY_LAN: Final = Text("Alla län", "All counties")
KOMMUNER_IN: Final = Text("Kommuner i {lan}", "Municipalities in {lan}")
POPULATION: Final = Text("Minst så många på platsen", "At least this many in the place")
NO_LIMIT: Final = Text("Ingen gräns", "No limit")
CAUTION_FILTER: Final = Text(
    "Värden att tolka med försiktighet", "Values to interpret with caution"
)
CAUTION_SHOWN: Final = Text("Visas med märke", "Shown with a mark")
CAUTION_HIDDEN: Final = Text("Visas inte", "Left out")
LOWEST: Final = Text("Lägsta värde", "Lowest value")
HIGHEST: Final = Text("Högsta värde", "Highest value")
SERIES: Final = Text("Utveckling", "Development")
INDICES: Final = Text("Alla mått för platsen", "Every measure for the place")
INDICES_SENTENCE: Final = Text(
    "{n} mått som fångar olika sidor av segregationen. Jämför samma mått över tid, inte olika mått"
    " med varandra.",
    "{n} measures that capture different sides of segregation. Compare the same measure over time,"
    " not different measures with each other.",
)
RANKING: Final = Text("Platser i ordning", "Places in order")
RANKING_NOTE: Final = Text(
    "Varje punkt är en plats: skattningen utan slump med sitt osäkerhetsintervall (modell).",
    "Each point is a place: the estimate without chance with its uncertainty interval (model).",
)
RANKING_RING: Final = Text("Ring: tolka med försiktighet.", "Ring: interpret with caution.")
RANKING_ROWS: Final = Text(
    "Tabellen visar högst, lägst, de närmast platsen och alla som inte visas. Filerna innehåller"
    " alla platser.",
    "The table shows the highest, the lowest, those nearest to the place and all that are withheld."
    " The files contain every place.",
)
LEVELS: Final = Text("Inom och mellan nivåer", "Within and between levels")
LEVELS_NOTE: Final = Text(
    "Delarna av M och H summerar till helheten. D och Gini kan inte delas upp så.",
    "The parts of M and H add up to the whole. D and Gini cannot be split so.",
)
LEVELS_WITHOUT_REGSO: Final = Text(
    "Dataversionen säger inte vilket RegSO varje DeSO ligger i, så RegSO är ingen egen del här.",
    "The data version does not say which RegSO each DeSO lies in, so RegSO is no part of its own"
    " here.",
)
CHANGE: Final = Text("Varför har det förändrats?", "Why has it changed?")
CHANGE_NOTE: Final = Text(
    "Har segregationen ökat, eller har gruppen bara blivit större? Delarna summerar till hela"
    " förändringen av M (Elbers 2021).",
    "Has segregation increased, or has the group simply grown? The parts add up to the whole"
    " change of M (Elbers 2021).",
)
CHANGE_EMPTY: Final = Text(
    "Det finns inget tidigare år med samma områdesgränser som {year}. En förändring går att"
    " förklara först när samma indelning ({division}) har två år.",
    "There is no earlier year with the same boundaries as {year}. A change can be explained only"
    " when the same area version ({division}) has two years.",
)
CHANGE_LAST: Final = Text(
    "Se det senaste paret av år som går att förklara: {since}–{year}",
    "See the latest pair of years that can be explained: {since}–{year}",
)
PROFILE_LARGE: Final = Text(
    "Grannskap med fler än en fjärdedel av platsens invånare står bara i tabellen: de består mest"
    " av andra platser.",
    "Neighbourhoods of more than a quarter of the place's residents are in the table only: they"
    " consist mostly of other places.",
)
ON_MAP: Final = Text("Se bidragen på kartan", "See the contributions on the map")
PAIRS: Final = Text("Grupp mot grupp", "Group against group")
PAIRS_NOTE: Final = Text(
    "Segregationsindex (D) mellan två grupper i taget, övriga grupper borträknade.",
    "The dissimilarity index (D) between two groups at a time, other groups left out.",
)
PROFILE: Final = Text("Grannskapets storlek", "The size of the neighbourhood")
PROFILE_NOTE: Final = Text(
    "För varje {area} läggs de närmaste områdena till, även över gränsen, tills grannskapet har K"
    " invånare. Diagrammet visar H.",
    "For every {area} the nearest areas are added, also across the boundary, until the"
    " neighbourhood has K residents. The chart shows H.",
)
NOT_COMPARED: Final = Text("kan inte jämföras", "not comparable")
WHY_NOT_COMPARED: Final = Text(
    "”Kan inte jämföras” står där H på första raden är under 1 %, eller där H är under noll eller"
    " högre än på första raden.",
    "“Not comparable” stands where H in the first row is below 1%, or where H is below zero or"
    " higher than in the first row.",
)
PROFILE_PART: Final = Text(
    "Större grannskap visas inte: de kan nå områden utan läge på kartan.",
    "Larger neighbourhoods are not shown: they may reach areas without a position on the map.",
)
DISTANCE_PART: Final = Text(
    "Längre räckvidder visas inte: där kan områden utan läge på kartan väga mer än en promille.",
    "Longer reaches are not shown: areas without a position on the map might weigh more than one"
    " per mille there.",
)
PROFILE_EMPTY: Final = Text(
    "Profilen går inte att räkna: ett område i platsen eller strax intill saknar läge på kartan,"
    " eller så saknas uppgifter.",
    "The profile cannot be computed: an area in the place or close to it has no position on the"
    " map, or there are no figures.",
)
MIX: Final = Text("Hur långt till platsens blandning?", "How far to the mix of the place?")
MIX_SHORT: Final = Text(
    "från hemmet tills grannskapet liknar helheten",
    "from home until the surroundings resemble the whole",
)
MIX_NOTE: Final = Text(
    "Från varje {area} växer ett grannskap, närmaste områden först, tills dess blandning inte"
    " längre avviker mer än 0,005 nats från {whose} (Olteanu m.fl. 2019). Avståndet är mellan"
    " områdenas mittpunkter; 0 m betyder att det egna området räcker.",
    "From every {area} a neighbourhood grows, nearest areas first, until its mix differs by no more"
    " than 0.005 nats from that of {whose} (Olteanu et al. 2019). Distances are between centres of"
    " areas; 0 m means that the area itself is enough.",
)
MIX_EMPTY: Final = Text(
    "Avståndet går inte att räkna: ett område saknar läge på kartan eller har inga uppgifter.",
    "The distance cannot be computed: an area has no position on the map or no figures.",
)
MIX_OF_PLACE: Final = Text("platsen", "the place")
MIX_OF_KOMMUN: Final = Text("den egna kommunen", "its own municipality")
MIX_RESIDENTS: Final = Text("Så många av invånarna", "This share of residents")
MIX_DISTANCE: Final = Text("når dit inom", "get there within")
MIX_PERSONS: Final = Text("och möter högst", "and meet at most")
DISTANCE: Final = Text("Segregation över avstånd", "Segregation over distance")
DISTANCE_NOTE: Final = Text(
    "Grannar väger mindre ju längre bort de bor: exp(−avstånd/räckvidd). Den heldragna linjen"
    " räknar grannar över platsens gräns och jämför med omgivningarnas egen medelblandning. Den"
    " streckade är den publicerade formen (Reardon och O’Sullivan 2004): bara inom platsen, jämfört"
    " med platsens blandning; värden under noll betyder mer än jämnt. De två är olika mått.",
    "Neighbours weigh less the further away they live: exp(−distance/reach). The solid line counts"
    " neighbours across the place's boundary and compares with the mean mix of the environments."
    " The dashed one is the published form (Reardon and O’Sullivan 2004): inside the place only,"
    " compared with the place's mix; values below zero mean more than even. They are two measures.",
)
DISTANCE_EMPTY: Final = Text(
    "Räknas för län, kommuner och egna områden där områdena, och de strax intill, har läge på"
    " kartan och uppgifter.",
    "Computed for counties, municipalities and own areas where the areas, and those close to them,"
    " have a position on the map and figures.",
)
REACH: Final = Text("Räckvidd", "Reach")
MACRO_MICRO: Final = Text("kvar av kortaste", "left of the shortest")
ACROSS: Final = Text("Över gränsen", "Across the boundary")
INSIDE: Final = Text("Inom platsen", "Inside the place")
JOINT: Final = Text("Vilka grupper, på vilken nivå?", "Which groups, on which level?")
JOINT_NOTE: Final = Text(
    "Varje ruta är gruppens del av M på nivån; alla rutor summerar till hela M (Roberto 2016;"
    " Sahasrabuddhe och Lambiotte 2025).",
    "Each cell is the group's part of M on the level; all cells add up to M (Roberto 2016;"
    " Sahasrabuddhe and Lambiotte 2025).",
)
FINER: Final = Text("Skala eller segregation?", "Scale or segregation?")
FINER_NOTE: Final = Text(
    "Mindre områden ger högre D av två skäl: det finns åtskillnad inom RegSO, och slumpen ger mer"
    " ojämnhet i små områden. Utan slump är D med varje områdes egen slump borttagen (Allen m.fl."
    " 2015); resten är slump.",
    "Smaller areas give a higher D for two reasons: there is separation within RegSO, and chance"
    " gives more unevenness in small areas. Without chance is D with the chance of each area taken"
    " away (Allen et al. 2015); the rest is chance.",
)
CORRECTED: Final = Text("Utan slump", "Without chance")
BY_SMALL_AREAS: Final = Text("Slump", "Chance")
DRIVERS: Final = Text("Områdena bakom värdet", "The areas behind the value")
DRIVERS_NOTE: Final = Text(
    "För två grupper är bidraget områdets del av D, för flera dess del av M. Områdets namn öppnar"
    " kartan.",
    "For two groups the contribution is the area's part of D, for several its part of M. The"
    " area's name opens the map.",
)
VALUE: Final = Text("Värde", "Value")
EXPECTED: Final = Text("Av slumpen", "By chance")
ESTIMATE: Final = Text("Skattning utan slump (intervall)", "Estimate without chance (interval)")
N_UNITS: Final = Text("Områden", "Areas")
COVERAGE: Final = Text("Täckning", "Coverage")
CAUTION: Final = Text("Försiktighet", "Caution")
RANK: Final = Text("Ordning", "Rank")
STEP: Final = Text("Del", "Part")
SHARE: Final = Text("Andel", "Share")
RESIDENTS: Final = Text("Invånare (K)", "Residents (K)")
MACRO: Final = Text(
    "Andel av värdet för minsta grannskapet", "Relative to the smallest neighbourhood"
)
AREA: Final = Text("Område", "Area")
GROUP_SHARE: Final = Text("Gruppens andel", "Share of the group")
PART: Final = Text("Bidrag", "Contribution")
GROUP: Final = Text("Grupp", "Group")
EMPTY: Final = Text("Här finns inga segregationsmått", "There are no segregation measures here")
