"""The follow-up page's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text
from barometer.evaluation import DONORS as CANDIDATES
from barometer.evaluation import FEWEST_BEFORE, PLACEBOS, WEAK_POINTS

NAME: Final = Text("Följ upp", "Follow up")
LEAD: Final = Text(
    "Välj områden och året då en insats började. Se vad som hände sedan, jämfört med områden som"
    " liknade dem före.",
    "Choose areas and the year an initiative began. See what happened next, compared with similar"
    " areas.",
)
CONTROLS: Final = Text("Välj vad som följs upp", "Choose what is followed up")
LEVEL: Final = Text("Nivå", "Level")
AREAS: Final = Text("Områden med insats", "Areas with an initiative")
AREAS_FIND: Final = Text("Namn eller kod", "Name or code")
START: Final = Text("Insatsen började", "The initiative began in")
START_HINT: Final = Text(
    "Välj det första året då insatsen kan ha haft effekt.",
    "Choose the first year in which the initiative could have had an effect.",
)
RESULT: Final = Text("I klartext", "In plain words")
YEARS: Final = Text("Före och efter", "Before and after")
YEARS_NOTE: Final = Text(
    "Heldragen linje: andelen i de valda områdena tillsammans. Streckad: jämförelsen, flyttad till"
    " deras nivå före start. Lodrät linje: insatsen börjar.",
    "Solid line: the share in the chosen areas together. Dashed: the comparison, moved to their"
    " level before the start. Vertical line: the initiative begins.",
)
GAP: Final = Text("Skillnad mot jämförelsen", "Difference from the comparison")
GAP_NOTE: Final = Text(
    "Skuggat band: där 90 % av placebogrupperna ligger, alltså skillnader som uppstår utan vald"
    " insats. Före start ska linjen ligga nära noll.",
    "Shaded band: where 90% of the placebo groups lie, that is, differences that arise without a"
    " chosen initiative. Before the start the line should lie near zero.",
)
GAP_SENTENCE: Final = Text(
    "Störst är skillnaden {year}: {gap} procentenheter. 90 % av placebogrupperna ligger då mellan"
    " {low} och {high}.",
    "The difference is largest in {year}: {gap} percentage points. 90% of the placebo groups are"
    " then between {low} and {high}.",
)
DONORS: Final = Text("Jämförelseområden", "Comparison areas")
DONORS_NOTE: Final = Text(
    "De områden som före start mest liknade de valda i andel, trend och storlek. Områden i samma"
    " kommun och de närmaste runt omkring är uteslutna, eftersom insatsen kan ha påverkat dem.",
    "The areas that before the start were most similar to the chosen ones in share, trend and"
    " size. Areas in the same municipality and the nearest ones around are excluded, since the"
    " initiative may have affected them.",
)
DONORS_NOTE_KOMMUN: Final = Text(
    "De kommuner som före start mest liknade de valda i andel, trend och storlek. De närmaste runt"
    " omkring är uteslutna, eftersom insatsen kan ha påverkat dem.",
    "The municipalities that before the start were most similar to the chosen ones in share, trend"
    " and size. The nearest ones around are excluded, since the initiative may have affected"
    " them.",
)
DONORS_ROWS: Final = Text(
    "Tabellen visar de {n} som väger mest. Filerna innehåller alla.",
    "The table shows the {n} that weigh most. The files contain them all.",
)
LIMITS: Final = Text("Vad det här kan och inte kan visa", "What this can and cannot show")
CAN: Final = (
    Text(
        "Det visar om utvecklingen efter startåret skiljer sig från den i områden som liknade de"
        " valda före.",
        "It shows whether development after the start differs from that of areas that were similar"
        " to the chosen ones before.",
    ),
    Text(
        "Det visar hur stora skillnader som brukar uppstå av sig själva i lika stora områden.",
        "It shows how large differences usually arise by themselves in areas of the same size.",
    ),
)
CANNOT: Final = (
    Text(
        "Det bevisar inte att insatsen är orsaken. Annat kan ha hänt samtidigt, i området eller i"
        " jämförelsen.",
        "It does not prove that the initiative is the cause. Something else may have happened at"
        " the same time, there or in the comparison.",
    ),
    Text(
        "Det följer platser, inte personer. Flyttar människor in eller ut ändras siffran utan att"
        " någon fått det bättre eller sämre.",
        "It follows places, not persons. When people move in or out the figure changes without"
        " anyone being better or worse off.",
    ),
    Text(
        "Valdes området för att siffran var ovanligt hög ett visst år faller den ofta tillbaka av"
        " sig själv. Välj inte startår eller indikator efter utfallet.",
        "If the area was chosen because the figure was unusually high one year, it often falls"
        " back by itself. Do not choose the year or the indicator by the outcome.",
    ),
    Text(
        "En liten verkan i ett litet område syns inte. Ett intervall som innehåller noll är inget"
        " bevis för att insatsen var verkningslös.",
        "A small effect in a small area cannot be seen. An interval that includes zero is no proof"
        " that the initiative did nothing.",
    ),
    Text(
        "Provar du många indikatorer eller områden ger ungefär var tionde utslag av ren slump.",
        "If you try many indicators or areas, about one in ten excludes zero by chance alone.",
    ),
)
CAN_HEAD: Final = Text("Det kan", "It can")
CANNOT_HEAD: Final = Text("Det kan inte", "It cannot")
METHOD: Final = Text("Så räknas det", "How it is computed")
METHOD_TEXT: Final = (
    Text(
        f"För varje valt område söks de {CANDIDATES} områden som är mest lika i andel, trend och"
        " storlek före start. Bland dem väljs vikter så att det vägda medlet följer området så nära"
        " som möjligt före start och ligger nära dess nivå, utan att några få områden får väga för"
        " mycket.",
        f"For each chosen area the {CANDIDATES} most similar areas in share, trend and size before"
        " the start are found. Among them weights are chosen so that the weighted mean follows the"
        " area as closely as possible before the start and lies near its level, without a few"
        " areas weighing too much.",
    ),
    Text(
        "Skattningen är en skillnad i skillnader: områdets förändring från medlet före till medlet"
        " efter, minus jämförelsens. Områden räknas efter sin storlek före start. Linjen för de"
        " valda områdena är däremot deras verkliga andel varje år.",
        "The estimate is a difference in differences: the area's change from the mean before to"
        " the mean after, less that of the comparison. Areas count by their size before the start."
        " The line of the chosen areas is their actual share in each year.",
    ),
    Text(
        f"Låg de valda mer än {100 * WEAK_POINTS:.0f} procentenheter från sina jämförelseområden"
        " före start, eller mer än en halv standardavvikelse av alla områdens andelar, är"
        " jämförelsen svag och sidan säger det. Är det dubbelt så långt ges inget svar.",
        f"If the chosen areas were more than {100 * WEAK_POINTS:.0f} percentage points away from"
        " their comparison areas before the start, or more than half a standard deviation of all"
        " areas' shares, the comparison is weak and the page says so. At twice that distance no"
        " answer is given.",
    ),
    Text(
        f"Samma räkning görs med upp till {PLACEBOS} placebogrupper: lika områden där ingen insats"
        " är vald. Inget område ingår i två placebogrupper, men grupperna delar"
        " jämförelseområden, så de är inte lika många oberoende försök. Deras skillnader, skalade"
        " efter andelens spridning p(1 − p) och antalet bakom den (högst 3 gånger upp eller ned),"
        " ger intervallet. Flera områden i en kommun jämförs med lika många i en annan kommun. I"
        " simulerade länder innehåller 90 %-intervallet sanningen i 85–95 % av fallen, och en"
        " planterad ändring på 8 procentenheter bland omkring 700 barn hittas i minst 95 % av dem.",
        f"The same is done with up to {PLACEBOS} placebo groups: similar areas where no initiative"
        " was chosen. No area is in two placebo groups, but the groups share comparison areas, so"
        " they are not as many independent trials. Their differences, scaled by the spread of the"
        " share p(1 − p) and the number behind it (at most 3 times up or down), give the interval."
        " Several areas of one municipality are compared with as many of another. In simulated"
        " countries the 90% interval includes the truth in 85–95% of the cases, and a planted"
        " change of 8 percentage points among about 700 children is found in at least 95% of"
        " them.",
    ),
    Text(
        "Områdena närmast runt de valda är aldrig jämförelse. Hur det gick där visas för sig: det"
        " kan vara spridning eller slump, och har inget intervall.",
        "The areas nearest around the chosen ones are never used as comparison. How they went is"
        " shown separately: it can be spillover or chance, and has no interval.",
    ),
    Text(
        "Områdesindelningen byttes mellan 2023 och 2024. RegSO och DeSO följs bara inom sin egen"
        " indelning: 2018 års till och med 2023, 2025 års från 2024. Åren läggs inte ihop över"
        " bytet, för då kan en flyttad gräns se ut som en verkan, och inte heller över ett"
        f" tidsseriebrott där nivåerna inte kan jämföras. Minst {FEWEST_BEFORE} år behövs före"
        " start; saknas de säger sidan det. Kommunerna har samma gränser och kan följas över"
        " bytet.",
        "The areas changed between 2023 and 2024. RegSO and DeSO are followed within their own"
        " version only: that of 2018 up to 2023, that of 2025 from 2024. Years are not joined"
        " across the change, since a boundary that moved could look like an effect, nor across a"
        f" break after which levels cannot be compared. At least {FEWEST_BEFORE} years are needed"
        " before the start; where they are lacking the page says so. Municipalities keep their"
        " boundaries and can be followed across it.",
    ),
    Text(
        "Abadie, Diamond och Hainmueller 2010; Abadie 2021; Ferman och Pinto 2019, 2021;"
        " Arkhangelsky m.fl. 2021.",
        "Abadie, Diamond and Hainmueller 2010; Abadie 2021; Ferman and Pinto 2019, 2021;"
        " Arkhangelsky et al. 2021.",
    ),
)
EMPTY: Final = Text("Välj ett område för att börja", "Choose an area to begin")
EMPTY_NEXT: Final = Text(
    "Sök efter ett eller flera områden ovan, välj indikator och året då insatsen började. Dina val"
    " sparas i länken. Vi lagrar inget.",
    "Search for one or several areas above, choose an indicator and the year in which the"
    " initiative began. Your choices are kept in the link. Nothing is stored here.",
)
TOO_SHORT: Final = Text(
    "Dataversionen har för få år för en uppföljning",
    "The data version has too few years for a follow-up",
)
TOO_SHORT_NEXT: Final = Text(
    f"En uppföljning behöver minst {FEWEST_BEFORE} år före insatsen och ett från den, med samma"
    " gränser. Den längsta serien här har {n} år. Den som driver sajten kan hämta alla år från"
    " SCB; ett register i länken går att skriva redan nu.",
    f"A follow-up needs at least {FEWEST_BEFORE} years before the initiative and one from it on,"
    " with the same boundaries. The longest series here has {n} years. Whoever runs the site can"
    " fetch all years from SCB; a register in the link can be written already.",
)
EXAMPLE: Final = Text("Se ett exempel: {label}", "See an example: {label}")
NOTHING: Final = Text("Här finns inget att följa upp", "There is nothing to follow up here")
NOTHING_NEXT: Final = Text(
    "Dataversionen har inga indikatorer med flera år. Vad den innehåller står under Data och"
    " metod.",
    "The data version has no indicator with several years. Data and methods lists its contents.",
)
NO_ANSWER: Final = Text("Det går inte att svara på", "This cannot be answered")
OWN: Final = Text("Valda områden", "Chosen areas")
COMPARED: Final = Text("Jämförelse", "Comparison")
DIFFERENCE: Final = Text("Skillnad, procentenheter", "Difference, percentage points")
PLACEBO: Final = Text("Placebo, 90 %, procentenheter", "Placebo, 90%, percentage points")
AREA: Final = Text("Område", "Area")
WEIGHT: Final = Text("Vikt", "Weight")
BEFORE: Final = Text("Andel före", "Share before")
REGISTER: Final = Text("Registret över insatser", "The register of initiatives")
REGISTER_LEAD: Final = Text(
    "{n} insatser, prövade på den här dataversionen. Länken öppnar hela uppföljningen.",
    "{n} initiatives, evaluated on this data version. The link opens the whole follow-up.",
)
REGISTER_WHAT: Final = Text("Vad", "What")
REGISTER_WHO: Final = Text("Vem", "Who")
REGISTER_WHERE: Final = Text("Var", "Where")
REGISTER_START: Final = Text("Från", "From")
REGISTER_INDICATOR: Final = Text("Väntas synas i", "Expected to show in")
REGISTER_RESULT: Final = Text("Vad uppföljningen säger", "What the follow-up says")
REGISTER_AROUND: Final = Text("Runt omkring", "Around")
REGISTER_NO_AROUND: Final = Text("Inget att säga", "Nothing to say")
REGISTER_FORM: Final = Text("Ett register i länken", "A register in the link")
REGISTER_HOW: Final = Text(
    "En rad för varje insats: områdeskoder med komma emellan;startår;indikatorns kod;vad som "
    "görs;vem. Listan och märkena i diagrammen finns sedan i länken; inget sparas här.",
    "A line for each initiative: area codes with commas;first year;the indicator's code;what is "
    "done;who. The list and the marks in charts are then in the link; nothing is kept here.",
)
REGISTER_NEW: Final = Text("Insatsen ovan", "The initiative above")
REGISTER_LINE: Final = Text("Insats {n}", "Initiative {n}")
REGISTER_SEND: Final = Text("Visa registret", "Show the register")
REGISTER_UNUSABLE: Final = Text(
    "Kan inte följas upp: områdena, startåret eller indikatorn finns inte i dataversionen.",
    "Cannot be followed up: the areas, the start or the indicator are not in the data version.",
)
REGISTER_FAULTS: Final = Text(
    "Registret i {file} kan inte läsas och visas inte. Rätta det här:",
    "The register in {file} cannot be read and is not shown. Mend this:",
)
