"""A table of the actors page as a sheet."""

from typing import Final

import pandas as pd

from barometer.catalogue import Text
from barometer.export.origin import about_origin, about_synthetic, company, described_origin
from barometer.export.sheet import Column, Sheet
from barometer.queries import Provenance
from barometer.selection import Lens
from barometer.store import Snapshot

_TITLES: Final = {
    "indicators": Text("Indikatorer som rör uppdraget", "Indicators that bear on the task"),
    "matrix": Text("Vem delar vad med vem", "Who shares what with whom"),
}
_HEADINGS: Final = {
    "actor_id": Text("Aktörens kod", "Actor code"),
    "actor": Text("Aktör", "Actor"),
    "other_id": Text("Den andras kod", "The other's code"),
    "other": Text("Delar med", "Shares with"),
    "n_shared": Text("Gemensamma indikatorer", "Shared indicators"),
    "indicator": Text("Indikator", "Indicator"),
    "label": Text("Namn", "Name"),
    "sector": Text("Område", "Field"),
    "shared_with": Text("Delas med", "Shared with"),
    "source": Text("Källa", "Source"),
    "snapshot": Text("Datamängd", "Data set"),
    "origin": Text("Ursprung", "Origin"),
}


def actors_sheet(frame: pd.DataFrame, lens: Lens, *, part: str, snapshot: Snapshot) -> Sheet:
    """A frame of the actors page; it comes from the catalogue, not from any table of SCB's."""
    language, provenance = lens.language, Provenance(snapshot, ())
    complete = frame.assign(**company(provenance) | {"source": "actors.toml"})
    title = _TITLES[part][language]
    return Sheet(
        stem=f"actors_{part}" + (f"_{lens.actor}" if part == "indicators" else ""),
        language=language,
        columns=tuple(
            Column(name, _HEADINGS[name], "whole" if name == "n_shared" else "text")
            for name in map(str, complete)
        ),
        frame=complete,
        in_words=lambda rows: rows,
        about=(
            *about_synthetic(snapshot, language=language),
            (Text("Innehåll", "Contents")[language], title),
            *about_origin(provenance, language=language),
        ),
        description={"title": title, "part": part, "query": lens.to_query()}
        | described_origin(provenance, language=language),
    )
