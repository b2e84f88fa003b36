"""Component ids of the follow-up page."""

from typing import Final

URL: Final = "follow-url"
ASKED: Final = "follow-asked"
READY: Final = "follow-ready"
INDICATOR: Final = "follow-indicator"
LEVEL: Final = "follow-level"
AREAS: Final = "follow-areas"
START: Final = "follow-start"
NOTICE: Final = "follow-notice"
TITLE: Final = "follow-title"
SECTIONS: Final = "follow-sections"
ANNOUNCE: Final = "follow-announce"
SOURCE: Final = "follow-source"
