"""The columns of every file and table, by name: one quantity has one name and one heading."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from barometer.catalogue import Text
from barometer.export.sheet import Column

_COLUMNS: Final = (
    Column("indicator", Text("Indikator", "Indicator")),
    Column("background", Text("Grupp", "Group")),
    Column("measure", Text("Mått", "Measure")),
    Column("grouping", Text("Befolkningsgrupper", "Population groups")),
    Column("within", Text("Jämfört med", "Compared with")),
    Column("role", Text("Roll", "Role")),
    Column("area_id", Text("Områdeskod", "Area code")),
    Column("label", Text("Område", "Area")),
    Column("kommun", Text("Kommun", "Municipality")),
    Column("level", Text("Nivå", "Level")),
    Column("division", Text("Områdesindelning", "Area version")),
    Column("year", Text("År", "Year"), "whole"),
    Column("since", Text("Förändring från", "Change from"), "whole"),
    Column("earlier_value", Text("Värde då", "Value then"), "number"),
    Column("later_value", Text("Värde nu", "Value now"), "number"),
    Column("value", Text("Värde", "Value"), "number"),
    Column("unit", Text("Enhet", "Unit")),
    Column("compared_with", Text("Bredvid", "Beside")),
    Column("compared_value", Text("Värde bredvid", "Value beside"), "number"),
    Column("compared_unit", Text("Enhet bredvid", "Unit beside")),
    Column("summed_by", Text("Summerat av", "Summed from")),
    Column("numerator", Text("Antal", "Number"), "number", 0),
    Column("denominator", Text("Av (bas)", "Of (base)"), "number", 0),
    Column("parts_low", Text("Lägst bland delarna", "Lowest of its parts"), "number"),
    Column("parts_high", Text("Högst bland delarna", "Highest of its parts"), "number"),
    Column("marked", Text("Märkta områden", "Marked areas")),
    Column("marks", Text("Märkning", "Marks")),
    Column("status", Text("Uppgift saknas, orsak", "No figure, reason")),
    Column("name", Text("Benämning", "Title")),
    Column("definition", Text("Definition", "Definition")),
    Column("population_about", Text("Vilka som räknas", "Who is counted")),
    Column("sector", Text("Sektor", "Sector")),
    Column("decimals", Text("Decimaler", "Decimals"), "whole"),
    Column("levels", Text("Nivåer", "Levels")),
    Column("first_year", Text("Första året", "First year"), "whole"),
    Column("last_year", Text("Sista året", "Last year"), "whole"),
    Column("backgrounds", Text("Uppdelningar", "Breakdowns")),
    Column("breaks", Text("Tidsseriebrott", "Breaks in the series")),
    Column("groups", Text("Grupper", "Groups")),
    Column("kind", Text("Slag", "Kind")),
    Column("formula", Text("Formel", "Formula")),
    Column("reference", Text("Referens", "Reference")),
    Column("range_low", Text("Lägst", "Lowest"), "number"),
    Column("range_high", Text("Högst", "Highest"), "number"),
    Column("index_id", Text("Mått", "Measure")),
    Column("container_id", Text("Platskod", "Place code")),
    Column("unit_level", Text("Mellan områden", "Between areas")),
    Column("expected", Text("Av slumpen", "By chance"), "number"),
    Column("kommun_median", Text("Kommunernas median", "Median of municipalities"), "number"),
    Column("rank_low", Text("Ordning, från", "Rank from"), "whole"),
    Column("rank_high", Text("Ordning, till", "Rank to"), "whole"),
    Column("estimate", Text("Skattning utan slump", "Estimate without chance"), "number"),
    Column("low", Text("Intervall från", "Interval from"), "number"),
    Column("high", Text("Intervall till", "Interval to"), "number"),
    Column("n_units", Text("Antal områden", "Number of areas"), "whole"),
    Column("n_excluded", Text("Utelämnade områden", "Areas left out"), "whole"),
    Column("population", Text("Antal i befolkningen", "Number in the population"), "number", 0),
    Column("group_population", Text("Antal i gruppen", "Number in the group"), "number", 0),
    Column("group_low", Text("Antal i gruppen, minst", "In the group, at least"), "number", 0),
    Column("group_high", Text("Antal i gruppen, högst", "In the group, at most"), "number", 0),
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
    Column("source_id", Text("Tabell", "Table")),
    Column("title", Text("Titel", "Title")),
    Column("updated", Text("Uppdaterad av källan", "Updated by the source")),
    Column("retrieved", Text("Hämtad", "Retrieved")),
    Column("licence", Text("Licens", "Licence")),
    Column("built_at", Text("Byggd", "Built")),
    Column("code_version", Text("Kodens version", "Version of the code")),
    Column("inputs_sha256", Text("Kontrollsumma", "Checksum")),
    Column("lacking", Text("Saknas", "Lacks")),
    Column("area", Text("Vald plats, kod", "Chosen place, code")),
    Column("rank", Text("Ordning", "Rank"), "whole"),
    Column("place", Text("Vald plats", "Chosen place")),
    Column("riket", Text("Riket", "Sweden"), "number"),
    Column("indicator_id", Text("Indikatorns kod", "Indicator code")),
    Column("alike", Text("Liknande områden, median", "Similar areas, median"), "number"),
    Column("p02", Text("2:a percentilen", "2nd percentile"), "number"),
    Column("p10", Text("10:e percentilen", "10th percentile"), "number"),
    Column("lower_quartile", Text("Nedre kvartil", "Lower quartile"), "number"),
    Column("median", Text("Median", "Median"), "number"),
    Column("upper_quartile", Text("Övre kvartil", "Upper quartile"), "number"),
    Column("p90", Text("90:e percentilen", "90th percentile"), "number"),
    Column("p98", Text("98:e percentilen", "98th percentile"), "number"),
    Column("n_areas", Text("Antal områden", "Number of areas"), "whole"),
    Column("n_lower", Text("Områden med lägre värde", "Areas with a lower value"), "whole"),
    Column("n_higher", Text("Områden med högre värde", "Areas with a higher value"), "whole"),
    Column(
        "score",
        Text("Typiska avstånd från medianen", "Typical distances from the median"),
        "number",
    ),
    Column("grouping_id", Text("Befolkningsgrupper", "Population groups")),
    Column("group_id", Text("Grupp", "Group")),
    Column("persons", Text("Antal", "Number"), "whole"),
    Column("riket_share", Text("Andel i riket, %", "Share in Sweden, %"), "number"),
    Column("area_type", Text("Områdestyp", "Area type"), "whole"),
    Column("residents", Text("Invånare", "Residents"), "whole"),
    Column("share_areas", Text("Andel av RegSO, %", "Share of RegSO areas, %"), "number"),
    Column("share_residents", Text("Andel av invånarna, %", "Share of residents, %"), "number"),
    Column("riket_share_residents", Text("Andel i riket, %", "Share in Sweden, %"), "number"),
    Column("distance", Text("Avstånd", "Distance"), "number"),
    Column("areas", Text("Valda områden", "Chosen areas")),
    Column("start", Text("Första året efter", "First year after"), "whole"),
    Column("after", Text("Efter start (1)", "After the start (1)"), "whole"),
    Column("own", Text("Valda områden, procent", "Chosen areas, per cent"), "number"),
    Column("compared", Text("Jämförelse, procent", "Comparison, per cent"), "number"),
    Column("gap", Text("Skillnad, procentenheter", "Difference, percentage points"), "number"),
    Column("band_low", Text("Placeboband 90 %, från", "Placebo band 90%, from"), "number"),
    Column("band_high", Text("Placeboband 90 %, till", "Placebo band 90%, to"), "number"),
    Column("effect", Text("Skillnad, procentenheter", "Difference, percentage points"), "number"),
    Column("interval_level", Text("Intervallets nivå, %", "Level of the interval, %"), "number"),
    Column("n_placebos", Text("Placebogrupper", "Placebo groups"), "whole"),
    Column(
        "n_as_large", Text("Placebogrupper med minst lika stor", "Placebo groups as large"), "whole"
    ),
    Column("rmse", Text("Avvikelse före start, RMSE", "Misfit before the start, RMSE"), "number"),
    Column("placebo_rmse", Text("RMSE, placebo, median", "RMSE, placebo, median"), "number"),
    Column(
        "fits_worse",
        Text("Placebogrupper som passar bättre, %", "Placebo groups that fit better, %"),
        "number",
    ),
    Column(
        "level_apart",
        Text(
            "Över jämförelsen före start, procentenheter",
            "Above the comparison before the start, percentage points",
        ),
        "number",
    ),
    Column("n_comparison", Text("Jämförelseområden", "Comparison areas"), "whole"),
    Column("n_around", Text("Områden runt omkring", "Areas around"), "whole"),
    Column(
        "around_effect",
        Text("Skillnad runt omkring, procentenheter", "Difference around, percentage points"),
        "number",
    ),
    Column("withheld", Text("Varför svar saknas", "Why there is no answer")),
    Column("signal_status", Text("Status 1–4 (4 sämst)", "Status 1–4 (4 worst)"), "whole"),
    Column(
        "course", Text("Riktning (1 sämre, −1 bättre)", "Direction (1 worse, −1 better)"), "whole"
    ),
    Column("course_before", Text("Riktning året innan", "Direction the year before"), "whole"),
    Column("signal_score", Text("Läge, standardavvikelser", "Standing, std deviations"), "number"),
    Column(
        "signal_change", Text("Förändring, standardavvikelser", "Change, std deviations"), "number"
    ),
    Column(
        "signal_margin", Text("Osäkerhet, standardavvikelser", "Margin, std deviations"), "number"
    ),
    Column("noise", Text("Störning och avrundning, ±", "Perturbation and rounding, ±"), "number"),
    Column("n_indicators", Text("Antal indikatorer", "Number of indicators"), "whole"),
    Column("moved", Text("Förändring, procentenheter", "Change, percentage points"), "number"),
    Column(
        "common", Text("Alla områden, procentenheter", "All areas, percentage points"), "number"
    ),
    Column("until", Text("Förändring till", "Change to"), "whole"),
    Column("what", Text("Insats", "Initiative")),
    Column("who", Text("Vem", "Who")),
    Column("areas_named", Text("Var", "Where")),
    Column("effort_start", Text("Från", "From"), "whole"),
    Column("around_text", Text("Runt omkring", "Around")),
    Column("effort_link", Text("Länk", "Link")),
    Column("rule", Text("Regel", "Rule")),
    Column("text", Text("Vad", "What")),
    Column("n_pointed", Text("Utpekade områden", "Areas pointed out"), "whole"),
    Column("n_worse", Text("Områden som blev sämre", "Areas that became worse"), "whole"),
    Column("n_hits", Text("Utpekade som blev sämre", "Pointed out, became worse"), "whole"),
    Column("n_better", Text("Utpekade som blev bättre", "Pointed out, became better"), "whole"),
    Column("weight", Text("Vikt, procent", "Weight, per cent"), "number"),
    Column("before", Text("Medel före, procent", "Mean before, per cent"), "number"),
    Column("actor_id", Text("Aktörens kod", "Actor code")),
    Column("actor", Text("Aktör", "Actor")),
    Column("other_id", Text("Den andras kod", "The other's code")),
    Column("other", Text("Delar med", "Shares with")),
    Column("n_shared", Text("Gemensamma indikatorer", "Shared indicators"), "whole"),
    Column("shared_with", Text("Delas med", "Shared with")),
    Column("type", Text("Områdestyp", "Area type"), "whole"),
    Column("type_year", Text("År för områdestypen", "Year of the area type"), "whole"),
    Column("exclusion", Text("Klass på Utanförskapets karta", "Class on the map of exclusion")),
    Column("exclusion_edition", Text("Utgåva av Utanförskapets karta", "Edition of that map")),
    Column("category", Text("Klass", "Class")),
    Column("edition", Text("Utgåva", "Edition")),
    Column("verdict", Text("Mot gränserna", "Against the limits")),
    Column("n_kommuner", Text("Kommuner med värde", "Municipalities with a value"), "whole"),
    Column("area_share", Text("Andel av områdena, procent", "Share of areas, per cent"), "number"),
    Column(
        "resident_share",
        Text("Andel av invånarna, procent", "Share of residents, per cent"),
        "number",
    ),
    Column("from_type", Text("Typ första året", "Type in the first year"), "whole"),
    Column("to_type", Text("Typ senare året", "Type in the later year"), "whole"),
    Column("first", Text("Första året", "First year"), "whole"),
    Column("second", Text("Senare året", "Later year"), "whole"),
    Column("recomputed", Text("Vår omräkning", "Our recomputation"), "whole"),
    Column("n_missing", Text("Värden som saknas", "Missing values"), "whole"),
    Column("how", Text("Sätt att räkna", "Way of computing")),
    Column("group", Text("Grupp", "Group")),
    Column("outer", Text("Inom", "Within")),
    Column("part", Text("Del", "Part")),
    Column(
        "mutual_information", Text("Ömsesidig information, M", "Mutual information, M"), "number"
    ),
    Column("information_theory", Text("Informationsindex, H", "Information index, H"), "number"),
    Column(
        "spatial_information_theory", Text("Informationsindex, H", "Information index, H"), "number"
    ),
    Column(
        "spatial_dissimilarity", Text("Segregationsindex, D", "Dissimilarity index, D"), "number"
    ),
    Column("macro_micro", Text("Makro av mikro", "Macro of micro"), "number"),
    Column("inside_information_theory", Text("H inom platsen", "H inside the place"), "number"),
    Column("inside_dissimilarity", Text("D inom platsen", "D inside the place"), "number"),
    Column(
        "inside_macro_micro",
        Text("Makro av mikro inom platsen", "Macro of micro inside the place"),
        "number",
    ),
    Column("metres", Text("Meter", "Metres"), "number"),
    Column("divergence", Text("Avvikelse från platsen, nats", "Divergence, nats"), "number"),
    Column("distortion", Text("Förvrängning, nats", "Distortion, nats"), "number"),
    Column("corrected", Text("Utan slump", "Without chance"), "number"),
    Column("by_chance", Text("Skillnad av slump", "Difference by chance"), "number"),
    Column("share", Text("Andel", "Share"), "number"),
    Column(
        "higher_than",
        Text("Högre än i så stor del av områdena, %", "Higher than in this share of areas, %"),
        "number",
    ),
    Column("is_place", Text("Platsen själv (1)", "The place itself (1)"), "whole"),
    Column("group_share", Text("Gruppens andel", "The group's share"), "number"),
    Column(
        "own_area_share",
        Text("Gruppens andel där dess medlemmar bor", "The group's share where its members live"),
        "number",
    ),
    Column("x", Text("SWEREF 99 TM, öst (m)", "SWEREF 99 TM, east (m)"), "number"),
    Column("y", Text("SWEREF 99 TM, nord (m)", "SWEREF 99 TM, north (m)"), "number"),
    Column("address", Text("Adress", "Address")),
    Column("downloaded", Text("Filen hämtad", "File downloaded")),
    Column("source", Text("Källa", "Source")),
    Column("agency", Text("Myndighet", "Agency")),
    Column("snapshot", Text("Dataversion", "Data version")),
    Column("origin", Text("Ursprung", "Origin")),
)
_BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in _COLUMNS}

NOTES: Final = tuple(_BY_NAME[name] for name in ("definition", "address", "downloaded"))
"""The columns of formats that have no place beside the rows: CSV."""

PROVENANCE: Final = ("source", "agency", "licence", "snapshot", "origin")
"""The columns that every row has, so that no number is ever without its source."""


def columns(*names: str) -> tuple[Column, ...]:
    """The named columns, and those of every row's provenance."""
    return tuple(_BY_NAME[name] for name in dict.fromkeys((*names, *PROVENANCE)))


def column_of(name: str, values: "pd.Series[Any]", headings: Mapping[str, Text]) -> Column:
    """The column of a frame: heading and kind by its name, text where its values are.

    `headings` are those of columns that are named by what is shown, such as an indicator's.
    A name that stands in neither is its own heading.
    """
    known = _BY_NAME.get(name)
    heading = headings.get(name) or (known.heading if known else Text(name, name))
    if not pd.api.types.is_numeric_dtype(values):
        return Column(name, heading)
    whole = known is not None and known.kind == "whole" and bool((values.dropna() % 1 == 0).all())
    decimals = known.decimals if known else None
    return Column(name, heading, "whole" if whole else "number", decimals)
