"""Which entry of the catalogue asks for a code, so that a fault leads to the line to edit."""

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from barometer.catalogue.model import Term
    from barometer.catalogue.whole import Catalogue

Asked = dict[tuple[str, str, str], dict[str, None]]
"""Table, variable and code, with the places that ask for it in order."""


def asking_entries(catalogue: "Catalogue") -> Asked:
    """Every code that an entry names, with file and entry; what a table adds is the table's."""
    asked: Asked = defaultdict(dict)
    for place, term in _terms(catalogue):
        source = catalogue.sources[term.source_id]
        for variable, codes in term.codes:
            known = source.variable(variable)
            for code in codes:
                by_default = known is not None and code in known.default
                where = f"sources.toml: {term.source_id}" if by_default else place
                asked[term.source_id, variable, code][where] = None
    for source in catalogue.sources.values():
        for _, variable, categories in source.backgrounds:
            for _, codes in categories:
                for code in codes:
                    asked[source.source_id, variable, code][f"sources.toml: {source.source_id}"] = (
                        None
                    )
    return asked


def _terms(catalogue: "Catalogue") -> "Iterator[tuple[str, Term]]":
    for indicator in catalogue.indicators.values():
        for part in indicator.parts:
            for term in part.terms:
                yield f"indicators.toml: {indicator.indicator_id}", term
    for grouping in catalogue.groupings.values():
        if grouping.grouping_id in catalogue.indicators:  # follows from the indicator
            continue
        for grouped in grouping.parts:
            for term in (*grouped.terms, *((grouped.denominator,) if grouped.denominator else ())):
                yield f"groupings.toml: {grouping.grouping_id}", term
