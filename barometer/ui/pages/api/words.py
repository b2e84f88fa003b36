"""The words of the API's documentation."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("API", "API")
HEADING: Final = Text("API för program", "API for programs")
EXAMPLES: Final = Text("Så hämtar du", "How to fetch")
TABLES: Final = Text("Tabeller", "Tables")
MACHINE: Final = Text("Beskrivning för maskiner", "Description for machines")
BACK: Final = Text("Data och metod", "Data and method")
WHOLE: Final = Text("Hela dataversionen", "The whole data version")
PACKAGE: Final = Text(
    "Alla tabeller som CSV med beskrivning av varje kolumn (Frictionless datapaket, zip)",
    "Every table as CSV with a description of each column (Frictionless data package, zip)",
)
PARAMETER: Final = Text("Nyckel", "Key")
MEANING: Final = Text("Betydelse", "Meaning")
EXAMPLE: Final = Text("Exempel", "Example")
TYPE: Final = Text("Typ", "Type")
COLUMN: Final = Text("Kolumn", "Column")
COLUMNS: Final = Text("Kolumner", "Columns")
KEYS: Final = Text("Nycklar i frågan", "Keys of the question")
KINDS: Final = {
    "text": Text("text", "text"),
    "whole": Text("heltal", "integer"),
    "number": Text("tal", "number"),
}
REQUIRED: Final = Text("Krävs. ", "Required. ")
CHOICES: Final = Text("Värden: ", "Values: ")
FORMATS: Final = Text("Format: ", "Formats: ")
TRY: Final = Text("Prova", "Try")
