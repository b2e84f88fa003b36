"""A table of the segregation page as a sheet: its own frame, with its company in every row."""

from functools import partial
from typing import Final

import pandas as pd

from barometer import wording
from barometer.catalogue import Grouping, Text
from barometer.export.origin import (
    about_origin,
    about_synthetic,
    company,
    company_in_words,
    described_origin,
)
from barometer.export.sheet import Column, Sheet, names_of
from barometer.queries import Provenance
from barometer.selection import Measurement

# Headings for people; a column that is not named here keeps its name.
_HEADINGS: Final = {
    "grouping": Text("Indelning", "Grouping"),
    "index_id": Text("Mått", "Measure"),
    "measure": Text("Måttets namn", "Name of the measure"),
    "container_id": Text("Platskod", "Place code"),
    "area_id": Text("Områdeskod", "Area code"),
    "area": Text("Plats", "Place"),
    "label": Text("Namn", "Name"),
    "role": Text("Roll", "Role"),
    "rank": Text("Plats i ordningen", "Rank"),
    "unit_level": Text("Mellan områden", "Between areas"),
    "division": Text("Indelning i områden", "Division"),
    "year": Text("År", "Year"),
    "since": Text("Från år", "From year"),
    "value": Text("Värde", "Value"),
    "expected": Text("Av slumpen", "By chance"),
    "estimate": Text("Skattning utan slump", "Estimate without chance"),
    "low": Text("Intervall från", "Interval from"),
    "high": Text("Intervall till", "Interval to"),
    "n_units": Text("Antal områden", "Number of areas"),
    "n_excluded": Text("Utelämnade områden", "Areas left out"),
    "population": Text("Personer", "Persons"),
    "group_population": Text("Antal i gruppen", "Number in the group"),
    "coverage": Text("Täckning", "Coverage"),
    "caution": Text("Försiktighet", "Caution"),
    "source": Text("Källa", "Source"),
    "snapshot": Text("Datamängd", "Data set"),
    "origin": Text("Ursprung", "Origin"),
}


_WHOLE: Final = frozenset(
    {"rank", "year", "since", "n_units", "n_excluded", "population", "group_population"}
)


def measure_sheet(
    frame: pd.DataFrame,
    measurement: Measurement,
    *,
    part: str,
    grouping: Grouping,
    title: str,
    provenance: Provenance,
) -> Sheet:
    """A frame of `queries` about a measurement; `part` is the section of the page."""
    asked, language = measurement, measurement.language
    complete = _complete(frame, asked, provenance)
    columns = tuple(_column(str(name), complete[name]) for name in complete)
    snapshot = provenance.snapshot
    contents = (
        (Text("Innehåll", "Contents")[language], title),
        (_HEADINGS["grouping"][language], grouping.name[language]),
    )
    made_up = ("synthetic",) if snapshot.synthetic else ()
    parts = ("segregation", part, asked.grouping, asked.area, str(asked.year), *made_up)
    return Sheet(
        stem="_".join(parts),
        language=language,
        columns=columns,
        frame=complete[names_of(columns)],
        in_words=partial(_in_words, measurement=asked, provenance=provenance),
        about=(
            *about_synthetic(snapshot, language=language),
            *contents,
            *about_origin(provenance, language=language),
        ),
        description={"title": title, "part": part, "query": asked.to_query()}
        | described_origin(provenance, language=language),
    )


def _complete(frame: pd.DataFrame, asked: Measurement, provenance: Provenance) -> pd.DataFrame:
    """The frame and what is the same in every row, so that no row is ever without it."""
    same: dict[str, str | int] = {
        "grouping": asked.grouping,
        "index_id": asked.index,
        "area": asked.area,
        "unit_level": asked.units,
        "division": asked.division,
        "year": asked.year,
        **company(provenance),
    }
    return frame.assign(**{name: value for name, value in same.items() if name not in frame})


def _column(name: str, values: pd.Series) -> Column:
    heading = _HEADINGS.get(name, Text(name, name))
    if not pd.api.types.is_numeric_dtype(values):
        return Column(name, heading)
    return Column(name, heading, "whole" if name in _WHOLE else "number")


def _in_words(
    frame: pd.DataFrame, *, measurement: Measurement, provenance: Provenance
) -> pd.DataFrame:
    language = measurement.language
    told = frame.assign(**company_in_words(provenance, language=language))
    if "caution" not in told:
        return told
    said = partial(wording.caution_words, language=language)
    return told.assign(caution=told["caution"].map(said, "ignore"))
