"""What each file of the page holds, which is not always the chosen measure."""

from collections.abc import Mapping
from typing import Final

from barometer import wording
from barometer.catalogue import Counted, Text
from barometer.selection.address import LANGUAGES

UNITS: Final = {"percent": "share", "number": "number", "nats": "nats"}
_INFORMATION: Final = {"index_id": "mutual_information", "unit": "nats"}
MEASURES: Final[Mapping[str, Mapping[str, str]]] = {
    "levels": _INFORMATION,
    "split": _INFORMATION,
    "change": _INFORMATION,
    "pairs": {"index_id": "dissimilarity", "unit": "share"},
    "own-area": {"index_id": "isolation", "unit": "share"},
    "profile": {"index_id": "information_theory", "unit": "share"},
    "distance": {"index_id": "information_theory", "unit": "share"},
    "mix": {"index_id": "local_segregation", "unit": "nats"},
    "groups-by-level": _INFORMATION,
    "finer": {"index_id": "dissimilarity", "unit": "share"},
    "areas": {"unit": "share"},
}


def counted_heading(counted: Counted) -> Text:
    """What a grouping divides, as a heading: "Personer", "Hushåll"."""
    nouns = (wording.counted_noun(counted, language=language) for language in LANGUAGES)
    return Text(*map(wording.capitalised, nouns))
