"""A table of the follow-up page as a sheet: its own frame, with its company in every row."""

from functools import partial
from typing import Final

import pandas as pd

from barometer.catalogue import Indicator, Text
from barometer.export.origin import (
    about_origin,
    about_synthetic,
    company,
    company_in_words,
    described_origin,
)
from barometer.export.sheet import Column, Sheet
from barometer.queries import Provenance
from barometer.selection import Effort

# Headings for people; a column that is not named here keeps its name.
_HEADINGS: Final = {
    "indicator": Text("Indikator", "Indicator"),
    "areas": Text("Valda områden", "Chosen areas"),
    "start": Text("Första året efter", "First year after"),
    "level": Text("Nivå", "Level"),
    "division": Text("Indelning i områden", "Division"),
    "year": Text("År", "Year"),
    "after": Text("Efter start (1)", "After the start (1)"),
    "own": Text("Valda områden, procent", "Chosen areas, per cent"),
    "compared": Text("Jämförelse, procent", "Comparison, per cent"),
    "gap": Text("Skillnad, procentenheter", "Difference, percentage points"),
    "band_low": Text("Placebo från", "Placebo from"),
    "band_high": Text("Placebo till", "Placebo to"),
    "persons": Text("Personer", "Persons"),
    "area_id": Text("Områdeskod", "Area code"),
    "label": Text("Namn", "Name"),
    "weight": Text("Vikt, procent", "Weight, per cent"),
    "before": Text("Medel före, procent", "Mean before, per cent"),
    "source": Text("Källa", "Source"),
    "snapshot": Text("Datamängd", "Data set"),
    "origin": Text("Ursprung", "Origin"),
}
_WHOLE: Final = frozenset({"year", "start", "after"})


def effort_sheet(
    frame: pd.DataFrame,
    effort: Effort,
    *,
    part: str,
    indicator: Indicator,
    title: str,
    provenance: Provenance,
) -> Sheet:
    """A frame of the follow-up; `part` is the section of the page."""
    language, snapshot = effort.language, provenance.snapshot
    same: dict[str, str | int] = {
        "indicator": effort.indicator,
        "areas": " ".join(effort.areas),
        "level": effort.level,
        "division": effort.division,
        "start": effort.start,
        **company(provenance),
    }
    complete = frame.assign(**{k: v for k, v in same.items() if k not in frame})
    made_up = ("synthetic",) if snapshot.synthetic else ()
    chosen = effort.areas[0] if len(effort.areas) == 1 else f"{len(effort.areas)}_areas"
    return Sheet(
        stem="_".join(("follow_up", part, effort.indicator, chosen, str(effort.start), *made_up)),
        language=language,
        columns=tuple(_column(str(name), complete[name]) for name in complete),
        frame=complete,
        in_words=partial(_in_words, effort=effort, provenance=provenance),
        about=(
            *about_synthetic(snapshot, language=language),
            (Text("Innehåll", "Contents")[language], title),
            (_HEADINGS["indicator"][language], indicator.definition[language]),
            *about_origin(provenance, language=language),
        ),
        description={"title": title, "part": part, "query": effort.to_query()}
        | described_origin(provenance, language=language),
    )


def _column(name: str, values: pd.Series) -> Column:
    heading = _HEADINGS.get(name, Text(name, name))
    if not pd.api.types.is_numeric_dtype(values):
        return Column(name, heading)
    return Column(name, heading, "whole" if name in _WHOLE else "number")


def _in_words(frame: pd.DataFrame, *, effort: Effort, provenance: Provenance) -> pd.DataFrame:
    return frame.assign(**company_in_words(provenance, language=effort.language))
