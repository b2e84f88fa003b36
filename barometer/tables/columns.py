"""The columns of the tables, by name: the same quantity has the same name and heading."""

from collections.abc import Mapping
from typing import Final

from barometer.catalogue import Text
from barometer.export import COLUMNS, Column

_MORE: Final = (
    Column("name", Text("Benämning", "Title")),
    Column("definition", Text("Definition", "Definition")),
    Column("population_about", Text("Vilka som räknas", "Who is counted")),
    Column("sector", Text("Sektor", "Sector")),
    Column("decimals", Text("Decimaler", "Decimals"), "whole"),
    Column("levels", Text("Nivåer", "Levels")),
    Column("first_year", Text("Första året", "First year"), "whole"),
    Column("last_year", Text("Sista året", "Last year"), "whole"),
    Column("backgrounds", Text("Uppdelningar", "Breakdowns")),
    Column("breaks", Text("Brott i serien", "Breaks in the series")),
    Column("groups", Text("Grupper", "Groups")),
    Column("kind", Text("Slag", "Kind")),
    Column("formula", Text("Formel", "Formula")),
    Column("reference", Text("Referens", "Reference")),
    Column("range_low", Text("Lägst", "Lowest"), "number"),
    Column("range_high", Text("Högst", "Highest"), "number"),
    Column("grouping", Text("Befolkningsgrupper", "Population groups")),
    Column("index_id", Text("Mått", "Measure")),
    Column("container_id", Text("Platskod", "Place code")),
    Column("unit_level", Text("Mellan områden", "Between areas")),
    Column("expected", Text("Av slumpen", "By chance"), "number"),
    Column("estimate", Text("Skattning utan slump", "Estimate without chance"), "number"),
    Column("low", Text("Intervall från", "Interval from"), "number"),
    Column("high", Text("Intervall till", "Interval to"), "number"),
    Column("n_units", Text("Antal områden", "Number of areas"), "whole"),
    Column("n_excluded", Text("Utelämnade områden", "Areas left out"), "whole"),
    Column("population", Text("Antal i befolkningen", "Number in the population"), "number", 0),
    Column("group_population", Text("Antal i gruppen", "Number in the group"), "number", 0),
    Column("coverage", Text("Täckning", "Coverage"), "number"),
    Column("caution", Text("Försiktighet", "Caution")),
    Column("parent_id", Text("Ligger i", "Lies in")),
    Column("kommun_id", Text("Kommunkod", "Municipality code")),
    Column("lan_id", Text("Länskod", "County code")),
    Column("lan", Text("Län", "County")),
    Column("valid_from", Text("Gäller från", "Valid from"), "whole"),
    Column("valid_to", Text("Gäller till", "Valid to"), "whole"),
    Column("land_area_km2", Text("Areal, km²", "Area, km²"), "number"),
    Column("west", Text("Väst", "West"), "number"),
    Column("south", Text("Syd", "South"), "number"),
    Column("east", Text("Öst", "East"), "number"),
    Column("north", Text("Nord", "North"), "number"),
    Column("type_name", Text("Områdestyp", "Area type")),
    Column("source_id", Text("SCB-tabell", "SCB table")),
    Column("title", Text("Titel", "Title")),
    Column("updated", Text("Uppdaterad av SCB", "Updated by SCB")),
    Column("retrieved", Text("Hämtad", "Retrieved")),
    Column("licence", Text("Licens", "Licence")),
    Column("built_at", Text("Byggd", "Built")),
    Column("code_version", Text("Kodens version", "Version of the code")),
    Column("inputs_sha256", Text("Kontrollsumma", "Checksum")),
    Column("lacking", Text("Saknas", "Lacks")),
)
_BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in (*COLUMNS, *_MORE)}

COMPANY: Final = ("source", "snapshot", "origin")
"""What stands in every row, so that no row is ever without it."""


def columns(*names: str) -> tuple[Column, ...]:
    """The named columns, and those with the company of every row."""
    return tuple(_BY_NAME[name] for name in (*names, *COMPANY))
