"""Component ids of the place profile."""

from typing import Final

URL: Final = "plats-url"
ASKED: Final = "plats-asked"
PLACE: Final = "plats-place"
YEAR: Final = "plats-year"
FIRST: Final = "plats-choose-first"
ALIKE: Final = "plats-choose-alike"
TITLE: Final = "plats-title"
WHERE: Final = "plats-where"
NOTICE: Final = "plats-notice"
LINKS: Final = "plats-links"
PORTRAIT: Final = "plats-portrait"
AROUND: Final = "plats-around"
EVERY: Final = "plats-every"
ANNOUNCE: Final = "plats-announce"
SOURCE: Final = "plats-source"
