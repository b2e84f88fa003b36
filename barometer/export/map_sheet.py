"""The map's table as a sheet: one row an area, with its boundary."""

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from barometer import queries, wording
from barometer.catalogue import ALL, Break, Catalogue, Text
from barometer.divisions import RIKET
from barometer.export.columns import columns
from barometer.export.frames import breaks_within, codes_in_words, sheet_of
from barometer.export.meaning import Meaning, meanings
from barometer.export.origin import provenance_in_words, row_origin
from barometer.export.sheet import Sheet, names_of
from barometer.queries import Provenance
from barometer.selection import Offer, Selection, compared_selection
from barometer.store import Reader

_UNITS: Final = {
    "location_quotient": "ratio",
    "dissimilarity_contribution": "percent",
    "local_segregation": "percent",
    "local_entropy": "nats",
    "ice": "index",
    "distance_to_mix": "metres",
}
COLUMNS: Final = columns(
    *("indicator", "background", "measure", "grouping", "within", "role", "area_id", "label"),
    *("kommun", "level", "division", "year", "since", "earlier_value", "later_value", "value"),
    *("unit", "compared_with", "compared_value", "compared_unit", "numerator", "denominator"),
    *("marks", "status", "summed_by"),
)
"""Every column of a map's file, in its order."""


def map_sheet(
    reader: Reader, selection: Selection, *, catalogue: Catalogue, address: str = ""
) -> Sheet:
    """The map's twin table as a sheet: the same frame as `queries.map_frame`.

    `address` is the view's, which every format carries.
    """
    offer = reader.once(queries.offer)
    other = compared_selection(selection, catalogue=catalogue, offer=offer)
    table = queries.map_frame(reader.cursor, selection, other_view=other)
    provenance = queries.provenance(
        reader.cursor, selection, catalogue=catalogue, snapshot=reader.snapshot
    )
    provenance = replace(provenance, breaks=_breaks(provenance, selection, other))
    scale = wording.scale_of(selection, catalogue=catalogue, n_areas=len(table))
    same = _same(selection, catalogue=catalogue) | row_origin(provenance)
    complete = table.assign(**same)
    columns = tuple(
        replace(column, decimals=scale.decimals)
        if column.name in ("value", "earlier_value", "later_value")
        else column
        for column in COLUMNS
        if column.name in complete
    )
    if "summed_by" in table and table["summed_by"].isna().all():
        columns = tuple(column for column in columns if column.name != "summed_by")
    known = _known(complete, selection, catalogue=catalogue, offer=offer, scale=scale)
    language, indicator = selection.language, catalogue.indicators[selection.indicator]
    told = {"definition": indicator.definition, "population": indicator.population}
    others = (meaning for meaning in known if meaning.key != selection.indicator)
    return sheet_of(
        complete[names_of(columns)],
        columns,
        stem=_stem(selection, synthetic=reader.snapshot.synthetic),
        title=wording.map_title(selection, catalogue=catalogue, names=offer.names, compared=other),
        language=language,
        provenance=provenance,
        known=known,
        address=address,
        in_words=partial(
            _in_words,
            selection=selection,
            catalogue=catalogue,
            provenance=provenance,
            words=_words(selection, catalogue=catalogue, offer=offer, scale=scale),
        ),
        about=(
            (Text("Definition", "Definition")[language], indicator.definition[language]),
            (Text("Population", "Population")[language], indicator.population[language]),
            *((meaning.name, meaning.text) for meaning in others),
            (Text("Enhet", "Unit")[language], scale.unit[language]),
        ),
        described={name: text[language] for name, text in told.items()}
        | {"query": selection.to_query(), **same},
        boundaries=reader.later(queries.boundaries, table["area_id"].tolist()),
    )


def _breaks(
    provenance: Provenance, selection: Selection, other: Selection | None
) -> tuple[Break, ...]:
    """The breaks in the years that the rows are of."""
    years = [selection.year, selection.since, other.year if other else None]
    found = pd.DataFrame({"year": [year for year in years if year is not None]})
    return breaks_within(provenance.breaks, found)


def _known(
    frame: pd.DataFrame,
    selection: Selection,
    *,
    catalogue: Catalogue,
    offer: Offer,
    scale: wording.Scale,
) -> tuple[Meaning, ...]:
    """The definitions of the indicators, the grouping and the local measure in the rows."""
    language, layer = selection.language, selection.layer
    known = meanings(frame, catalogue=catalogue, language=language)
    if layer == "value":
        return known
    place = wording.container_name(selection, names=offer.names)
    text = wording.layer_meaning(layer, place=place, language=language)
    name = wording.layer_name(layer, language=language)
    return (*known, Meaning(layer, name, text, scale.unit[language]))


def _same(selection: Selection, *, catalogue: Catalogue) -> dict[str, str | int]:
    """What is the same in every row, in codes; only what the view has."""
    unit = catalogue.indicators[selection.indicator].unit
    same: dict[str, str | int] = {
        "indicator": selection.indicator,
        "background": selection.background,
        "unit": unit if selection.layer == "value" else _UNITS[selection.layer],
    }
    if selection.layer != "value":
        same |= {"measure": selection.layer, "grouping": selection.grouping}
        same |= {"within": selection.within}
    if selection.since is not None:
        points = "percentage_points" if same["unit"] == "percent" else same["unit"]
        same |= {"since": selection.since, "unit": points}
    compared = catalogue.indicators.get(selection.compare or "")
    if compared is None:
        return same
    return same | {"compared_with": compared.indicator_id, "compared_unit": compared.unit}


def _words(
    selection: Selection, *, catalogue: Catalogue, offer: Offer, scale: wording.Scale
) -> dict[str, str]:
    """The same in the reader's language, for the columns that the view has."""
    language = selection.language
    found = {"unit": scale.unit[language]}
    if selection.layer != "value":
        named = catalogue.groupings.get(selection.grouping)
        name = named.name if named else catalogue.indicators[selection.indicator].name
        found |= {
            "measure": wording.layer_name(selection.layer, language=language),
            "grouping": name[language],
            "within": wording.container_name(selection, names=offer.names),
        }
    compared = catalogue.indicators.get(selection.compare or "")
    if compared is None:
        return found
    unit = wording.unit_name(compared, language=language)
    return found | {"compared_with": compared.name[language], "compared_unit": unit}


def _stem(selection: Selection, *, synthetic: bool) -> str:
    background = "" if selection.background == ALL else selection.background.replace(":", "-")
    measure = "" if selection.layer == "value" else selection.layer
    within = "" if selection.within == RIKET else selection.within
    since = f"since-{selection.since}" if selection.since else ""
    year, made_up = str(selection.year), "synthetic" if synthetic else ""
    compared = f"with-{selection.compare}" if selection.compare else ""
    without = "unmarked" if selection.marked == "out" else ""
    place = (selection.level, within, without)
    english = "en" if selection.language == "en" else ""
    parts = (selection.indicator, background, measure, *place, since, year, compared)
    return "_".join(part for part in (*parts, english, made_up) if part)


def _in_words(
    frame: pd.DataFrame,
    *,
    selection: Selection,
    catalogue: Catalogue,
    provenance: Provenance,
    words: dict[str, str],
) -> pd.DataFrame:
    named = codes_in_words(frame, catalogue=catalogue, language=selection.language)
    return named.assign(**provenance_in_words(provenance, language=selection.language) | words)
