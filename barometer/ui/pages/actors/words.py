"""The actors page's own words, in both languages."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Aktörer", "Actors")
TITLE: Final = Text("Vem gör vad, och med vem?", "Who does what, and with whom?")
LEAD: Final = Text(
    "Segregation rör många uppdrag. Välj ett för att se vilka indikatorer som rör det, vilka andra"
    " som delar dem och var det är bra att börja.",
    "Segregation concerns many tasks. Choose one to see which indicators bear on it, who shares"
    " them and where to begin.",
)
CHOOSE: Final = Text("Välj aktör", "Choose an actor")
STARTS: Final = Text("Börja med en fråga", "Begin with a question")
PAGES: Final = {
    "karta": Text("Karta", "Map"),
    "segregation": Text("Segregation", "Segregation"),
    "omradestyper": Text("Områdestyper", "Area types"),
    "folj-upp": Text("Följ upp", "Follow up"),
}
INDICATORS: Final = Text("Indikatorer som rör uppdraget", "Indicators that bear on the task")
INDICATORS_NOTE: Final = Text(
    "Barns och ungas villkor står först. Länkarna öppnar indikatorn på de andra sidorna.",
    "Children's and young people's conditions come first. The links open the indicator on the other"
    " pages.",
)
INDICATOR: Final = Text("Indikator", "Indicator")
SECTOR: Final = Text("Sektor", "Sector")
OPEN: Final = Text("Öppna", "Open")
SHARED: Final = Text("Delas med", "Shared with")
NOBODY: Final = Text("ingen annan", "nobody else")
MATRIX: Final = Text("Vem delar vad med vem", "Who shares what with whom")
MATRIX_NOTE: Final = Text(
    "Antal indikatorer som två aktörer har gemensamt; på diagonalen hur många var och en har."
    " Vilka som hör till vem är redaktionens förslag, inte lagtext.",
    "The number of indicators that two actors have in common; on the diagonal how many each has."
    " Which belong to whom is the editors' proposal, not law.",
)
CHOICE: Final = Text("Redaktionens urval", "The editors' choice")
ACTOR: Final = Text("Aktör", "Actor")
SIGNALS: Final = Text("Signaler som rör uppdraget", "Signals that concern the task")
SIGNALS_LEAD: Final = Text(
    "Signalerna på Plats vägs samman av flera mått. De här hör till uppdraget; börja med dem som"
    " flest delar.",
    "The signals on the page Place are weighed together from several measures. These belong to the"
    " task; begin with those that most share.",
)
SIGNAL_SHARED: Final = Text("{name}: delas med {others}", "{name}: shared with {others}")
SIGNALS_LINK: Final = Text(
    "Se vilka områden som signaleras av just de måtten",
    "See which areas are signalled by these measures alone",
)
SIGNALS_NONE: Final = Text(
    "Inget av signalernas mått hör till uppdraget i den här dataversionen.",
    "None of the signals' measures belongs to the task in this data version.",
)
