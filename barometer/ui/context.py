"""What every page and route is given."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import request

from barometer import fonts
from barometer.catalogue import Catalogue
from barometer.divisions import Language
from barometer.queries.offers import offer_of
from barometer.queries.own_areas import with_own_areas
from barometer.selection import Offer, Reading, Selection
from barometer.selection.address import LANGUAGES, Address, embed_of
from barometer.selection.own import own_tokens
from barometer.selection.presets import Preset, presets_of
from barometer.settings import Settings
from barometer.store import Reader, Store


@dataclass(frozen=True, slots=True)
class Context:
    """The arguments of `create_app`, handed to layouts, callbacks and routes."""

    settings: Settings
    store: Store
    packaged: Catalogue

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue with the own entries of the snapshot that is served."""
        return self.store.catalogue(self.packaged)

    def faces(self) -> tuple[fonts.Face, ...]:
        """The site's typeface, packed."""
        return fonts.faces(self.settings.fonts_dir)

    @contextmanager
    def reader(self, query: str | None = None) -> Iterator[Reader]:
        """A reader of the current snapshot in which the own areas of an address are areas too."""
        asked = query or ""
        with (
            self.store.reader() as bare,
            with_own_areas(
                bare,
                own_tokens(asked, self.preset_areas),
                catalogue=self.catalogue,
                language=language_of(asked),
            ) as reader,
        ):
            yield reader

    def offer(self, reader: Reader) -> Offer:
        """What the reader's snapshot holds."""
        presets, found = self.preset_areas, offer_of(reader)
        return replace(found, presets=presets) if presets else found

    @property
    def presets(self) -> Mapping[str, Preset]:
        """The operator's comparison groups."""
        return presets_of(self.settings.data_dir)

    @property
    def preset_areas(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of the operator's comparison groups by id."""
        return MappingProxyType({key: own.areas for key, own in self.presets.items()})

    def read(self, reader: Reader, query: str) -> Reading[Selection]:
        """An address against the catalogue and the snapshot."""
        return Selection.from_query(query, catalogue=self.catalogue, offer=self.offer(reader))


def asked_query() -> str:
    """The query of the request that is answered, as it was sent."""
    return request.query_string.decode("utf-8", errors="replace")


def language_of(query: str) -> Language:
    """The language that an address asks for, as every page reads it; Swedish without one."""
    return "en" if Address.of(query).word("lang", LANGUAGES, default="sv") == "en" else "sv"


def embedded(query: str) -> bool:
    """Whether the address asks for a page without the site's frame."""
    return embed_of(Address.of(query))
