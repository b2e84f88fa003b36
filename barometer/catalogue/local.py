"""Own figures: entries that whoever runs the site adds to the catalogue, each beside its figures.

An entry has the fields of an indicator but `parts`, with `agency` and `licence`; what follows from
the figures (levels, years, and whether they are counts) is added by the pipeline that reads them.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from barometer.catalogue.entry import CatalogueEntry
from barometer.catalogue.loader import read_indicator, two_group
from barometer.catalogue.model import CatalogueError, Grouping, Indicator, Source, local_id
from barometer.catalogue.sources import read_source
from barometer.catalogue.whole import Catalogue

GROUP: Final = "Grupp"  # the variable of a source that divides everybody, where the figures do
EVERYBODY: Final = "all"
COUNTS: Final = ("numerator", "denominator")
VALUE: Final = "value"
OF_THE_SOURCE: Final = ("agency", "licence", "address", "updated", "parser", "column")
"""Fields of an entry that are about the file, not about the indicator."""
_RHYTHM: Final = {"sv": "När en ny fil läggs in", "en": "When a new file is added"}


def extend_catalogue(catalogue: Catalogue, entries: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """The catalogue with own entries by name; the name is the indicator's id.

    An entry also has `levels`, `years` ({first, last}) and `counts` (true: numerator and
    denominator).

    Raises:
        CatalogueError: lists every fault of every entry with its file.
    """
    if not entries:
        return catalogue
    faults: list[str] = []
    sources: dict[str, Source] = {**catalogue.sources}
    indicators: dict[str, Indicator] = {**catalogue.indicators}
    groupings: dict[str, Grouping] = {**catalogue.groupings}
    for name, entry in entries.items():
        place = f"local/{name}.toml"
        if name in catalogue.indicators or name in catalogue.groupings:
            faults.append(f"{place}: {name} is an indicator of the catalogue; choose another name")
            continue
        source = _source(name, entry, catalogue, faults)
        sources[source.source_id] = source
        made = read_indicator(
            name,
            CatalogueEntry(place, _indicator_fields(source, entry), faults),
            sources,
            catalogue.backgrounds,
            indicators,
        )
        indicators[name] = made
        if made.is_share:
            groupings[name] = two_group(made)
    if faults:
        raise CatalogueError(faults)
    return replace(
        catalogue,
        sources=MappingProxyType(sources),
        indicators=MappingProxyType(indicators),
        groupings=MappingProxyType(groupings),
    )


@dataclass(frozen=True, slots=True)
class OwnEntries:
    """The own entries that a snapshot was built with: name and JSON of each."""

    entries: Sequence[tuple[str, str]]
    _made: dict[int, Catalogue] = field(default_factory=dict)

    def added_to(self, packaged: Catalogue) -> Catalogue:
        """The catalogue with them, made once.

        Entries that this release cannot read are left out: their figures are not shown.
        """
        key = id(packaged)
        if self.entries and key not in self._made:
            entries = {name: json.loads(entry) for name, entry in self.entries}
            with suppress(CatalogueError):
                self._made[key] = extend_catalogue(packaged, entries)
        return self._made.get(key, packaged)


def _source(name: str, entry: Mapping[str, Any], catalogue: Catalogue, faults: list[str]) -> Source:
    backgrounds = {
        background: {
            "variable": GROUP,
            "codes": {code: code for code, _ in catalogue.backgrounds[background].categories},
        }
        for background in entry.get("backgrounds", ())
        if background in catalogue.backgrounds
    }
    fields = {
        "provider": "file",
        "title": entry.get("name", {}),
        "path": "",
        "subject": "",
        "closed": True,
        "rhythm": _RHYTHM,
        "parser": entry.get("parser", "tidy"),
        "address": entry.get("address", ""),
        "levels": list(entry.get("levels", ())),
        "years": entry.get("years", {}),
        "variables": {"ContentsCode": [] if entry.get("counts") else VALUE, GROUP: EVERYBODY},
        "backgrounds": backgrounds,
        **{key: entry[key] for key in ("agency", "licence") if key in entry},
    }
    file = CatalogueEntry(f"local/{name}.toml", fields, faults)
    for key in ("agency", "licence"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            file.fault(key, "missing: whose figures they are, and on what terms they may be used")
    return read_source(local_id(name), file, catalogue.backgrounds)


def _indicator_fields(source: Source, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry as one of indicators.toml."""
    part: dict[str, Any] = {"source": source.source_id}
    if entry.get("counts"):
        part |= {key: {"ContentsCode": key} for key in COUNTS}
    else:
        part["published"] = {}
    about_file = {*OF_THE_SOURCE, "levels", "years", "counts"}
    own = {key: value for key, value in entry.items() if key not in about_file}
    return {**own, "parts": [part]}
