"""The words of the page of lists."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Listor över områden", "Lists of areas")
TITLE: Final = Text(
    "Tre listor över områden, och dina egna gränser", "Three lists of areas, and your own limits"
)
LEAD: Final = Text(
    "Tre listor blandas ofta ihop. De mäter olika saker, är gjorda av olika myndigheter och följer"
    " olika gränser. Ett område kan stå på en av dem utan att stå på de andra.",
    "Three lists are often mixed up. They measure different things, are made by different agencies"
    " and follow different boundaries. An area can be on one of them without being on the others.",
)
WHAT: Final = Text("Vad listorna mäter", "What the lists measure")
LIST: Final = Text("Lista", "List")
WHO: Final = Text("Vem gör den", "Who makes it")
MEASURES: Final = Text("Vad den mäter", "What it measures")
UNIT: Final = Text("Områden", "Areas")
HOW: Final = Text("Gräns", "Limit")
KINDS: Final = (
    (
        Text("Områdestyp 1 och 2", "Area types 1 and 2"),
        Text("SCB", "Statistics Sweden (SCB)"),
        Text(
            "Låg ekonomisk standard, förgymnasial utbildning samt långvarigt bistånd eller"
            " långtidsarbetslöshet, i medeltal.",
            "Low economic standard, primary or lower secondary education, and long-term income"
            " support or long-term unemployment, on average.",
        ),
        Text("RegSO", "RegSO"),
        Text(
            "Relativ: hur långt området ligger från medelvärdet för alla RegSO samma år."
            " Gränserna räknas om varje år, så ett område kan byta typ utan att villkoren där"
            " ändras.",
            "Relative: how far the area lies from the mean of all RegSO in the same year. The"
            " limits are recalculated every year, so an area can change type although its own"
            " conditions have not.",
        ),
    ),
    (
        Text("Utanförskapets karta", "The map of exclusion (Utanförskapets karta)"),
        Text("SCB och Boverket på regeringens uppdrag", "SCB and Boverket for the government"),
        Text(
            "Sex problem vart för sig: skolresultat, arbetsmarknad, bidrag, valdeltagande,"
            " kriminalitet och trångboddhet.",
            "Six problems one by one: school results, labour market, benefits, turnout, crime and"
            " crowding.",
        ),
        Text("RegSO", "RegSO"),
        Text(
            "Absolut: nivåer per problem. Tre problem eller fler ger en plats på listan.",
            "Absolute: a level for each problem. Three problems or more give a place on the list.",
        ),
    ),
    (
        Text("Utsatta områden", "Vulnerable areas"),
        Text("Polisen", "The police"),
        Text(
            "Polisens bedömning av kriminellas påverkan på lokalsamhället. Den bygger inte på"
            " statistik om dem som bor där.",
            "The police's judgement of criminals' influence on the local community. It is not based"
            " on statistics about those who live there.",
        ),
        Text(
            "Egna gränser, oberoende av RegSO och DeSO", "Own boundaries, whatever RegSO and DeSO"
        ),
        Text("En bedömning, ingen gräns i siffror.", "A judgement, no limit in numbers."),
    ),
)
WHY: Final = Text(
    "Därför skiljer sig listorna: SCB:s typer jämför områden med varandra, Utanförskapets karta"
    " mäter mot fasta nivåer och räknar även valdeltagande, brott och trångboddhet, och polisens"
    " lista är en bedömning med egna gränser. Ett område kan ha låga inkomster utan att vara utsatt"
    " i polisens mening, och tvärtom.",
    "This is why the lists differ: SCB's types compare areas with each other, the map of exclusion"
    " measures against fixed levels and also counts turnout, crime and crowding, and the police's"
    " list is a judgement with its own boundaries. An area can have low incomes without being"
    " vulnerable in the police's sense, and the other way round.",
)
LISTED: Final = Text(
    "Områden på SCB:s och regeringens listor", "Areas on SCB's and the government's lists"
)
TYPE: Final = Text("SCB:s typ", "SCB's type")
EXCLUSION: Final = Text("Utanförskapets karta", "Map of exclusion")
YES: Final = Text("ja", "yes")
NO: Final = Text("nej", "no")
COUNTED: Final = Text(
    "{both} RegSO står på båda listorna, {types} bara bland SCB:s typ 1 och 2 ({year}) och {other}"
    " bara på Utanförskapets karta.",
    "{both} RegSO are on both lists, {types} only among SCB's types 1 and 2 ({year}) and {other}"
    " only on the map of exclusion.",
)
TESTED: Final = Text(
    "Prövade är {n} av {whole} områden ({level}): de andra saknar något av värdena.",
    "Tested are {n} of {whole} areas ({level}): the others lack one of the values.",
)
OTHER_BORDERS: Final = Text(
    "{apart} RegSO på Utanförskapets karta har andra gränser än de som typerna gäller, och kan inte"
    " jämföras med dem.",
    "{apart} RegSO on the map of exclusion have other boundaries than those of the types, and"
    " cannot be compared with them.",
)
ONLY_TYPES: Final = Text(
    "{types} RegSO är av SCB:s typ 1 eller 2 ({year}). Utanförskapets karta ingår inte i den här"
    " dataversionen: den som driver sajten lägger in listan.",
    "{types} RegSO are of SCB's type 1 or 2 ({year}). The map of exclusion is not in this data"
    " version: whoever runs the site adds the list.",
)
NONE_TYPED: Final = Text(
    "Inget RegSO här är av SCB:s typ 1 eller 2 ({year}). Utanförskapets karta ingår inte i den här"
    " dataversionen: den som driver sajten lägger in listan.",
    "No RegSO here is of SCB's type 1 or 2 ({year}). The map of exclusion is not in this data"
    " version: whoever runs the site adds the list.",
)
NO_TYPES: Final = Text(
    "Dataversionen har inga områdestyper för platsen.", "The data version has no area types here."
)
POLICE: Final = Text("Polisens utsatta områden", "The police's vulnerable areas")
POLICE_SOME: Final = Text(
    "Antal områden: {n}. De har egna gränser: ett RegSO, ett DeSO eller en kommun räknas inte som"
    " utsatt för att ett av dem ligger där, och barometern räknar inga siffror för dem.",
    "Number of areas: {n}. They have their own boundaries: no RegSO, DeSO or municipality counts as"
    " vulnerable because one of them lies there, and the barometer computes no figures for them.",
)
POLICE_NONE: Final = Text(
    "Polisens lista ingår inte för platsen i den här dataversionen. Den som driver sajten lägger in"
    " filen med områdenas gränser.",
    "The police's list is not in this data version for the place. Whoever runs the site adds the"
    " file with the areas' boundaries.",
)
POLICE_MAP: Final = Text(
    "Polisens områden (linje) över kommunens RegSO", "The police's areas (line) over the RegSO"
)
NAME_OF: Final = Text("Område", "Area")
CATEGORY: Final = Text("Polisens klass", "The police's class")
KOMMUN: Final = Text("Kommun där det mesta ligger", "Municipality where most of it lies")
EDITION: Final = Text("Utgåva", "Edition")
SCREEN: Final = Text("Dina egna gränser", "Your own limits")
SCREENED: Final = Text("Områden inom dina gränser", "Areas within your limits")
SIDE: Final = Text("Under eller över", "Under or over")
SCREEN_LEAD: Final = Text(
    "Ange upp till fyra gränser. De är absoluta och står i länken: den som öppnar den ser samma"
    " områden.",
    "Give up to four limits. They are absolute and stand in the link: whoever opens it sees the"
    " same areas.",
)
UNDER: Final = Text("under", "under")
OVER: Final = Text("över", "over")
SHOW: Final = Text("Visa områden", "Show areas")
CHOOSE: Final = Text("Välj mått", "Choose a measure")
PLACE: Final = Text("Plats", "Place")
COUNTIES: Final = Text("Län", "Counties")
MUNICIPALITIES: Final = Text("Kommuner", "Municipalities")
LEVEL: Final = Text("Nivå", "Level")
NO_LIMITS: Final = Text("Ingen gräns är vald.", "No limit has been chosen.")
AND: Final = Text(" och ", " and ")
VERDICT: Final = Text("Bedömning", "Verdict")
VERDICTS: Final = {
    "within": Text("inom", "within"),
    "within_uncertain": Text("inom, osäkert", "within, uncertain"),
    "near": Text("nära", "near"),
}
UNCERTAINTY: Final = Text(
    "Osäkerheten är halva 95-procentsintervallet för en andel av så många personer. Där antalet"
    " personer inte är känt märks ingen gräns som nära.",
    "The uncertainty is half the 95% interval of a share of that many persons. Where the number of"
    " persons is not known, nothing is marked as near.",
)


INDICATOR_N: Final = Text("Indikator {n}", "Indicator {n}")
LIMIT_N: Final = Text("Gräns {n}", "Limit {n}")
YEAR_N: Final = Text("År {n}", "Year {n}")
UNIT_N: Final = Text("Enhet {n}", "Unit {n}")
POLICE_AGENCY: Final = "Polisen"


def numbered(text: Text, number: int) -> Text:
    """The heading of what a file says of the n:th limit."""
    return Text(text.sv.format(n=number), text.en.format(n=number))


def margin_of(name: Text) -> Text:
    """The heading of an indicator's uncertainty."""
    return Text(f"{name.sv}, osäkerhet (95 %)", f"{name.en}, uncertainty (95%)")
