"""The follow-up page's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Följ upp", "Follow up")
LEAD: Final = Text(
    "Välj områden och året då en insats började: hur gick det sedan, jämfört med områden som"
    " liknade dem före?",
    "Choose areas and the year in which an effort began: how did it go from there, compared with"
    " areas that were like them before?",
)
CONTROLS: Final = Text("Välj vad som följs upp", "Choose what is followed up")
LEVEL: Final = Text("Nivå", "Level")
AREAS: Final = Text("Områden med insats", "Areas with an effort")
AREAS_FIND: Final = Text("Namn eller kod", "Name or code")
START: Final = Text("Insatsen började", "The effort began in")
START_HINT: Final = Text(
    "Startåret räknas som det första året efter.", "The year counts as the first year after."
)
RESULT: Final = Text("I klartext", "In plain words")
YEARS: Final = Text("Före och efter", "Before and after")
YEARS_NOTE: Final = Text(
    "Heldragen linje: de valda områdena. Streckad: jämförelsen, flyttad till deras nivå före"
    " start. Lodrät linje: insatsen börjar.",
    "Solid line: the chosen areas. Dashed: the comparison, moved to their level before the start."
    " Vertical line: the effort begins.",
)
GAP: Final = Text("Skillnad mot jämförelsen", "Difference from the comparison")
GAP_NOTE: Final = Text(
    "Skuggat band: där 90 % av placebogrupperna ligger, alltså skillnader som uppstår utan vald"
    " insats. Före start ska linjen ligga nära noll.",
    "Shaded band: where 90% of the placebo groups lie, that is, differences that arise without a"
    " chosen effort. Before the start the line should lie near zero.",
)
GAP_SENTENCE: Final = Text(
    "Störst är skillnaden {year}: {gap} procentenheter, där placebogrupperna går från {low} till"
    " {high}.",
    "The difference is largest in {year}: {gap} percentage points, where the placebo groups range"
    " from {low} to {high}.",
)
DONORS: Final = Text("Jämförelseområden", "Comparison areas")
DONORS_NOTE: Final = Text(
    "Valda bland de mest lika i andel, trend och folkmängd före start, aldrig i samma kommun:"
    " dit kan insatsen ha nått.",
    "Chosen among the most alike in share, trend and population before the start, never in the"
    " same municipality: the effort may have reached there.",
)
DONORS_NOTE_KOMMUN: Final = Text(
    "Valda bland de kommuner som är mest lika i andel, trend och folkmängd före start.",
    "Chosen among the municipalities that are most alike in share, trend and population before the"
    " start.",
)
DONORS_ROWS: Final = Text(
    "Tabellen visar de {n} som väger mest. Filerna har alla.",
    "The table shows the {n} that weigh most. The files have all.",
)
LIMITS: Final = Text("Vad det här kan och inte kan visa", "What this can and cannot show")
CAN: Final = (
    Text(
        "Det visar om utvecklingen efter startåret skiljer sig från den i områden som liknade de"
        " valda före.",
        "It shows whether development after the start differs from that of areas that were like"
        " the chosen ones before.",
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
        "It does not prove that the effort is the cause. Something else may have happened at the"
        " same time, there or in the comparison.",
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
        "En liten verkan i ett litet område syns inte. Ett intervall som rymmer noll är inget"
        " bevis för att insatsen var verkningslös.",
        "A small effect in a small area cannot be seen. An interval that holds zero is no proof"
        " that the effort did nothing.",
    ),
    Text(
        "Prövas många indikatorer eller områden hamnar ungefär vart tionde intervall vid sidan av"
        " noll av en slump.",
        "When many indicators or areas are tried, about every tenth interval leaves out zero by"
        " chance.",
    ),
)
CAN_HEAD: Final = Text("Det kan", "It can")
CANNOT_HEAD: Final = Text("Det kan inte", "It cannot")
METHOD: Final = Text("Så räknas det", "How it is computed")
METHOD_TEXT: Final = (
    Text(
        "För varje valt område söks de 30 områden som är mest lika i andel, trend och folkmängd"
        " före start. Bland dem väljs vikter så att det vägda medlet följer området så nära som"
        " möjligt före start, utan att några få områden får väga för mycket.",
        "For each chosen area the 30 areas most alike in share, trend and population before the"
        " start are found. Among them weights are chosen so that the weighted mean follows the"
        " area as closely as possible before the start, without a few areas weighing too much.",
    ),
    Text(
        "Skattningen är en skillnad i skillnader: områdets förändring från medlet före till medlet"
        " efter, minus jämförelsens. Områden räknas efter antalet personer före start.",
        "The estimate is a difference in differences: the area's change from the mean before to"
        " the mean after, less that of the comparison. Areas count by their persons before the"
        " start.",
    ),
    Text(
        "Samma räkning görs med upp till 80 placebogrupper: lika områden där ingen insats är"
        " vald. Deras skillnader, skalade efter antalet personer, ger intervallet. Flera områden"
        " i en kommun jämförs med lika många i en annan kommun. I simuleringar rymmer 90 %-"
        "intervallet sanningen i 87–92 % av fallen, och en planterad sänkning på 8 procentenheter"
        " bland omkring 700 barn hittas i 96 % av dem.",
        "The same is done with up to 80 placebo groups: like areas where no effort was chosen."
        " Their differences, scaled by the number of persons, give the interval. Several areas of"
        " one municipality are held against as many of another. In simulations the 90% interval"
        " holds the truth in 87–92% of the cases, and a planted fall of 8 percentage points among"
        " about 700 children is found in 96% of them.",
    ),
    Text(
        "Områdesindelningen byttes mellan 2023 och 2024. RegSO och DeSO följs bara inom sin egen"
        " indelning: 2018 års till och med 2023, 2025 års från 2024. Åren läggs inte ihop över"
        " bytet, för då kan en flyttad gräns se ut som en verkan. Minst fyra år behövs före start;"
        " finns de inte säger sidan det i stället för att räkna. Kommunerna har samma gränser och"
        " kan följas över bytet.",
        "The division into areas changed between 2023 and 2024. RegSO and DeSO are followed within"
        " their own division only: that of 2018 up to 2023, that of 2025 from 2024. Years are not"
        " joined across the change, since a border that moved could look like an effect. At least"
        " four years are needed before the start; where they are lacking the page says so instead"
        " of reckoning. Municipalities keep their borders and can be followed across it.",
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
    "Sök efter ett eller flera områden ovan, välj indikator och året då insatsen började. Länken"
    " i adressfältet rymmer allt; inget sparas här.",
    "Search for one or several areas above, choose an indicator and the year in which the effort"
    " began. The link in the address bar holds it all; nothing is stored here.",
)
EXAMPLE: Final = Text("Se ett exempel: {label}", "See an example: {label}")
NOTHING: Final = Text("Här finns inget att följa upp", "There is nothing to follow up here")
NOTHING_NEXT: Final = Text(
    "Datamängden har inga indikatorer med flera år. Under Data och metod står vad den innehåller.",
    "The data set has no indicator with several years. Data and methods lists what it holds.",
)
NO_ANSWER: Final = Text("Det går inte att svara på", "This cannot be answered")
OWN: Final = Text("Valda områden", "Chosen areas")
COMPARED: Final = Text("Jämförelse", "Comparison")
DIFFERENCE: Final = Text("Skillnad (p.e.)", "Difference (pp)")
PLACEBO: Final = Text("Placebo, 90 % (p.e.)", "Placebo, 90% (pp)")
PERSONS: Final = Text("Personer", "Persons")
AREA: Final = Text("Område", "Area")
WEIGHT: Final = Text("Vikt", "Weight")
BEFORE: Final = Text("Andel före", "Share before")
