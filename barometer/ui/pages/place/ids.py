"""Component ids of the place profile."""

from typing import Final

URL: Final = "plats-url"
ASKED: Final = "plats-asked"
PLACE: Final = "plats-place"
YEAR: Final = "plats-year"
FIRST: Final = "plats-choose-first"
ALIKE: Final = "plats-choose-alike"
NAME: Final = "plats-name"
NAMING: Final = "plats-naming"
PEERS: Final = "plats-choose-peers"
TITLE: Final = "plats-title"
CRUMBS: Final = "plats-crumbs"
NOTICE: Final = "plats-notice"
SECTIONS: Final = "plats-sections"
ANNOUNCE: Final = "plats-announce"
