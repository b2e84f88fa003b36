"""The actors page's view: whose lens the barometer is seen through."""

from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlencode

from barometer.divisions import Language
from barometer.selection.address import LANGUAGES, Address, Misunderstood, embed_of

LENS_KEYS: Final = ("actor", "lang", "embed")


@dataclass(frozen=True, slots=True)
class Lens:
    """One actor's view."""

    actor: str
    language: Language = "sv"
    embed: bool = False

    @classmethod
    def from_query(cls, query: str, *, actors: tuple[str, ...]) -> "LensReading":
        """Read an address; never raises. There must be at least one actor."""
        address = Address.of(query)
        lens = cls(
            actor=address.word("actor", actors, default=actors[0]),
            language=cast(Language, address.word("lang", LANGUAGES, default="sv")),
            embed=embed_of(address),
        )
        address.check_keys(LENS_KEYS)
        return LensReading(lens, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same lens back."""
        sometimes = {"lang": (self.language, "sv"), "embed": (str(int(self.embed)), "0")}
        differing = {key: own for key, (own, start) in sometimes.items() if own != start}
        return "?" + urlencode({"actor": self.actor} | differing)


@dataclass(frozen=True, slots=True)
class LensReading:
    """An address of the actors page as it was understood."""

    lens: Lens
    misunderstood: tuple[Misunderstood, ...] = ()
