"""Component ids of the segregation page."""

from typing import Final

URL: Final = "segregation-url"
ASKED: Final = "segregation-asked"
READY: Final = "segregation-ready"
GROUPING: Final = "segregation-grouping"
PLACE: Final = "segregation-place"
YEAR: Final = "segregation-year"
SINCE: Final = "segregation-since"
PEERS: Final = "segregation-peers"
AMONG: Final = "segregation-among"
POPULATION: Final = "segregation-population"
CAUTION: Final = "segregation-caution"
NOTICE: Final = "segregation-notice"
TITLE: Final = "segregation-title"
LEAD: Final = "segregation-lead"
OVERVIEW: Final = "segregation-overview"
TOWN: Final = "segregation-where"
BEHIND: Final = "segregation-behind"
OVER_TIME: Final = "segregation-over-time"
ANNOUNCE: Final = "segregation-announce"
SOURCE: Final = "segregation-source"


def fold(key: str) -> str:
    """The room of a folded part, filled when it is opened."""
    return f"segregation-{key}-room"


def answer(key: str) -> str:
    """The short answer of a folded part."""
    return f"segregation-{key}-answer"
