"""A table of a place profile as a sheet: its own frame, with its company in every row."""

from functools import partial
from typing import Final

import pandas as pd

from barometer import wording
from barometer.catalogue import Catalogue, Text
from barometer.divisions import Language
from barometer.export.origin import (
    about_origin,
    about_synthetic,
    company,
    company_in_words,
    described_origin,
)
from barometer.export.sheet import Column, Sheet, names_of
from barometer.queries import Provenance
from barometer.selection.profiles import Profile

# Headings for people; an indicator's column has the indicator's name, any other keeps its own.
_HEADINGS: Final = {
    "area": Text("Platskod", "Place code"),
    "place": Text("Plats", "Place"),
    "area_id": Text("Områdeskod", "Area code"),
    "container_id": Text("Områdeskod", "Area code"),
    "label": Text("Område", "Area"),
    "level": Text("Nivå", "Level"),
    "division": Text("Indelning i områden", "Division"),
    "kommun": Text("Kommun", "Municipality"),
    "lan": Text("Län", "County"),
    "riket": Text("Riket", "Sweden"),
    "indicator_id": Text("Indikatorns kod", "Indicator code"),
    "indicator": Text("Indikator", "Indicator"),
    "unit": Text("Enhet", "Unit"),
    "sector": Text("Sektor", "Sector"),
    "role": Text("Roll", "Role"),
    "year": Text("År", "Year"),
    "value": Text("Värde", "Value"),
    "numerator": Text("Täljare", "Numerator"),
    "denominator": Text("Nämnare", "Denominator"),
    "status": Text("Varför värdet saknas", "Why there is no value"),
    "alike": Text("Liknande områden, median", "Similar areas, median"),
    "p02": Text("2:a percentilen", "2nd percentile"),
    "p10": Text("10:e percentilen", "10th percentile"),
    "lower_quartile": Text("Nedre kvartil", "Lower quartile"),
    "median": Text("Median", "Median"),
    "upper_quartile": Text("Övre kvartil", "Upper quartile"),
    "p90": Text("90:e percentilen", "90th percentile"),
    "p98": Text("98:e percentilen", "98th percentile"),
    "n_areas": Text("Antal områden", "Number of areas"),
    "n_lower": Text("Områden med lägre värde", "Areas with a lower value"),
    "score": Text("Typiska avstånd från medianen", "Typical distances from the median"),
    "grouping_id": Text("Indelningens kod", "Grouping code"),
    "group_id": Text("Gruppens kod", "Group code"),
    "persons": Text("Antal", "Number"),
    "share": Text("Andel, %", "Share, %"),
    "riket_share": Text("Andel i riket, %", "Share in Sweden, %"),
    "area_type": Text("Områdestyp", "Area type"),
    "residents": Text("Invånare", "Residents"),
    "share_areas": Text("Andel av RegSO, %", "Share of RegSO areas, %"),
    "share_residents": Text("Andel av invånarna, %", "Share of residents, %"),
    "riket_share_residents": Text("Andel i riket, %", "Share in Sweden, %"),
    "expected": Text("Av slumpen", "By chance"),
    "estimate": Text("Skattning utan slump", "Estimate without chance"),
    "low": Text("Intervall från", "Interval from"),
    "high": Text("Intervall till", "Interval to"),
    "n_units": Text("Antal områden", "Number of areas"),
    "population": Text("Personer", "Persons"),
    "caution": Text("Försiktighet", "Caution"),
    "rank": Text("Ordning", "Order"),
    "distance": Text("Avstånd", "Distance"),
    "source": Text("Källa", "Source"),
    "snapshot": Text("Datamängd", "Data set"),
    "origin": Text("Ursprung", "Origin"),
}
_WHOLE: Final = frozenset(
    {"year", "n_areas", "n_lower", "n_units", "persons", "residents", "rank", "area_type"}
)
_APART: Final = Text("{name}: avstånd", "{name}: distance")


def profile_sheet(
    frame: pd.DataFrame,
    profile: Profile,
    *,
    part: str,
    place: str,
    title: str,
    catalogue: Catalogue,
    provenance: Provenance,
) -> Sheet:
    """A frame of a profile; `part` is the section of the page, `place` the place's name."""
    language, snapshot = profile.language, provenance.snapshot
    same = {"area": profile.area, "place": place, **company(provenance)}
    named = _with_names(frame, catalogue, language)
    complete = named.assign(**{key: value for key, value in same.items() if key not in named})
    columns = tuple(_column(str(c), complete[c], catalogue) for c in complete)
    made_up = ("synthetic",) if snapshot.synthetic else ()
    return Sheet(
        stem="_".join(("plats", part, profile.area, str(profile.year), *made_up)),
        language=language,
        columns=columns,
        frame=complete[names_of(columns)],
        in_words=partial(_in_words, language=language, provenance=provenance),
        about=(
            *about_synthetic(snapshot, language=language),
            (Text("Innehåll", "Contents")[language], title),
            *about_origin(provenance, language=language),
        ),
        description={"title": title, "part": part, "query": profile.to_query()}
        | described_origin(provenance, language=language),
    )


def _with_names(frame: pd.DataFrame, catalogue: Catalogue, language: Language) -> pd.DataFrame:
    """Indicators by name and unit beside their codes."""
    if "indicator_id" not in frame:
        return frame
    found = [catalogue.indicators[str(code)] for code in frame["indicator_id"]]
    named = frame.copy()
    named.insert(1, "indicator", [indicator.name[language] for indicator in found])
    named.insert(2, "unit", [wording.unit_name(i, language=language) for i in found])
    return named


def _column(name: str, values: pd.Series, catalogue: Catalogue) -> Column:
    heading = _HEADINGS.get(name, _indicator_heading(name, catalogue))
    if not pd.api.types.is_numeric_dtype(values):
        return Column(name, heading)
    return Column(name, heading, "whole" if name in _WHOLE else "number")


def _indicator_heading(name: str, catalogue: Catalogue) -> Text:
    known = catalogue.indicators.get(name.removesuffix("_apart"))
    if known is None:
        return Text(name, name)
    if name == known.indicator_id:
        return known.name
    return Text(_APART.sv.format(name=known.name.sv), _APART.en.format(name=known.name.en))


def _in_words(frame: pd.DataFrame, *, language: Language, provenance: Provenance) -> pd.DataFrame:
    told = frame.assign(**company_in_words(provenance, language=language))
    if "status" in told:
        reason = partial(wording.missing_reason, language=language)
        told = told.assign(status=told["status"].astype("object").map(reason, "ignore"))
    if "caution" in told:
        careful = partial(wording.caution_words, language=language)
        told = told.assign(caution=told["caution"].map(careful, "ignore"))
    return told
