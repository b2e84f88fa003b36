"""The segregation page's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Segregation", "Segregation")
LEAD: Final = Text(
    "Hur åtskilda bor grupper, är det mer än slumpen, vad består det av och varför har det"
    " förändrats?",
    "How far apart do groups live, is it more than chance, what is it made of and why has it"
    " changed?",
)
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
POPULATION: Final = Text("Minst antal personer", "At least this many persons")
NO_LIMIT: Final = Text("Ingen gräns", "No limit")
CAUTION_FILTER: Final = Text("Värden att läsa med försiktighet", "Values to read with care")
CAUTION_SHOWN: Final = Text("Visas med märke", "Shown with a mark")
CAUTION_HIDDEN: Final = Text("Visas inte", "Left out")
READING: Final = Text("I klartext", "In plain words")
LOWEST: Final = Text("Lägsta värde", "Lowest value")
HIGHEST: Final = Text("Högsta värde", "Highest value")
OF_WHOM: Final = Text(
    "Gruppen är {group}, övriga är {rest}.", "The group is {group}, the rest {rest}."
)
SERIES: Final = Text("Utveckling", "Development")
SERIES_CHANCE: Final = Text(
    "Prickad linje: vad slumpen ensam skulle ge för platsen.",
    "Dotted line: what chance alone would give for the place.",
)
SERIES_BAND: Final = Text(
    "Streckad linje i skuggat band: skattning utan den ojämnhet som slumpen ger, med"
    " osäkerhetsintervall (modell). Heldragen linje: måttet enligt sin definition.",
    "Dashed line in a shaded band: the estimate without the unevenness that chance gives, with its"
    " uncertainty interval (model). Solid line: the measure by its definition.",
)
PEERS: Final = Text(
    "De tunna linjerna är de två kommuner som liknar platsen mest i {alike}.",
    "The thin lines are the two municipalities most like the place in {alike}.",
)
INDICES: Final = Text("Alla mått för platsen", "Every measure for the place")
INDICES_SENTENCE: Final = Text(
    "{n} mått säger olika saker om samma bosättning. Jämför ett mått med sig självt, inte mått med"
    " varandra.",
    "{n} measures say different things about the same settlement. Compare a measure with itself,"
    " not measures with each other.",
)
RANKING: Final = Text("Platser i ordning", "Places in order")
RANKING_NOTE: Final = Text(
    "Varje punkt är en plats: skattningen utan slump med sitt osäkerhetsintervall (modell).",
    "Each point is a place: the estimate without chance with its uncertainty interval (model).",
)
RANKING_RING: Final = Text("Ring: läs med försiktighet.", "Ring: read with care.")
RANKING_ROWS: Final = Text(
    "Tabellen har de högsta, de lägsta, platsen med sina grannar i ordningen och alla som inte"
    " visas. Filerna har alla platser.",
    "The table has the highest, the lowest, the place with those next to it and all that are"
    " withheld. The files have every place.",
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
    "Har segregationen ökat, eller bara gruppen? Delarna summerar till hela förändringen av M"
    " (Elbers 2021).",
    "Has segregation grown, or only the group? The parts add up to the whole change of M"
    " (Elbers 2021).",
)
CHANGE_EMPTY: Final = Text(
    "Det finns inget tidigare år med samma områdesgränser som {year}. En förändring går att"
    " förklara först när samma indelning ({division}) har två år.",
    "There is no earlier year with the same borders as {year}. A change can be explained only when"
    " the same division ({division}) has two years.",
)
CHANGE_LAST: Final = Text(
    "Se det senaste paret av år som går att förklara: {since}–{year}",
    "See the latest pair of years that can be explained: {since}–{year}",
)
WHERE: Final = Text("Var bidragen ligger", "Where the contributions lie")
WHERE_NOTE: Final = Text(
    "Varje märke är ett område, större ju mer det bidrar. Fylld cirkel: gruppen är vanligare där"
    " än i hela platsen. Tom ruta: ovanligare.",
    "Each mark is an area, larger the more it adds. Filled circle: the group is more common there"
    " than in the whole place. Open square: less common.",
)
WHERE_NOTE_SEVERAL: Final = Text(
    "Varje märke är ett område, större ju mer det bidrar till M.",
    "Each mark is an area, larger the more it adds to M.",
)
WHERE_HALF: Final = Text(
    "Bilden visar de områden som tillsammans ger halva värdet.",
    "The figure shows the areas that make up half of the value.",
)
PROFILE_LARGE: Final = Text(
    "Grannskap med fler än en fjärdedel av platsens personer står bara i tabellen: de rymmer mest"
    " andra platser.",
    "Neighbourhoods of more than a quarter of the place's persons are in the table only: they hold"
    " mostly other places.",
)
ON_MAP: Final = Text("Se bidragen på kartan", "See the contributions on the map")
PAIRS: Final = Text("Grupp mot grupp", "Group against group")
PAIRS_NOTE: Final = Text(
    "Segregationsindex (D) mellan två grupper i taget, övriga grupper borträknade.",
    "The dissimilarity index (D) between two groups at a time, other groups left out.",
)
PROFILE: Final = Text("Grannskapets storlek", "The size of the neighbourhood")
PROFILE_NOTE: Final = Text(
    "Runt varje {area} växer ett grannskap över gränserna tills det har K personer. Värdet är H.",
    "Around every {area} a neighbourhood grows across borders until it has K persons. The value"
    " is H.",
)
PROFILE_EMPTY: Final = Text(
    "Profilen går inte att räkna: ett område saknar läge på kartan eller har inga uppgifter.",
    "The profile cannot be computed: an area has no place on the map or no figures.",
)
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
PERSONS: Final = Text("Personer", "Persons")
COVERAGE: Final = Text("Täckning", "Coverage")
CAUTION: Final = Text("Försiktighet", "Caution")
RANK: Final = Text("Plats", "Rank")
STEP: Final = Text("Del", "Part")
SHARE: Final = Text("Andel", "Share")
RESIDENTS: Final = Text("Invånare (K)", "Residents (K)")
MACRO: Final = Text("Kvar av minsta grannskapet", "Left of the smallest neighbourhood")
AREA: Final = Text("Område", "Area")
GROUP_SHARE: Final = Text("Gruppens andel", "Share of the group")
PART: Final = Text("Bidrag", "Contribution")
GROUP: Final = Text("Grupp", "Group")
EMPTY: Final = Text("Här finns inga segregationsmått", "There are no segregation measures here")
EMPTY_NEXT: Final = Text(
    "Datamängden byggdes utan dem. Bygg en ny med make refresh och ladda om sidan.",
    "The data set was built without them. Build a new one with make refresh and reload the page.",
)
