"""The page of lists: where, and the reader's own limits, all in the address."""

import re
from dataclasses import dataclass
from typing import Final, Literal, cast
from urllib.parse import urlencode

from barometer.divisions import LEVELS, RIKET, Language, Level
from barometer.own_codes import is_own
from barometer.selection.address import LANGUAGES, Address, Misunderstood, meant_area
from barometer.selection.offer import Offer

MOST_LIMITS: Final = 4
KEYS: Final = ("area", "level", "limits", "lang", "i", "o", "v", "embed")
SIGNS: Final = ("<", ">")
_LIMIT: Final = re.compile(r"(?P<indicator>\w+)(?P<sign>[<>])(?P<amount>-?\d+(?:[.,]\d+)?)")
_SCREENED: Final[tuple[Level, ...]] = ("regso", "deso", "kommun")

Sign = Literal["<", ">"]


@dataclass(frozen=True, slots=True)
class Limit:
    """An absolute limit: areas where the indicator is under (<) or over (>) an amount."""

    indicator: str
    sign: Sign
    amount: float

    def __str__(self) -> str:
        return f"{self.indicator}{self.sign}{self.plain}"

    @property
    def plain(self) -> str:
        """The amount as people write it: "20.5", "1000000"."""
        return f"{self.amount:.6f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class ListsView:
    """One view of the lists: equal ones show equal areas on the page and in a file."""

    area: str  # riket, a län or a kommun
    level: Level
    limits: tuple[Limit, ...] = ()
    language: Language = "sv"

    @classmethod
    def from_query(cls, query: str, *, offer: Offer) -> "ListsReading":
        """Read an address; never raises."""
        address = Address.of(query)
        level = cast(Level, address.word("level", _levels(offer), default=_levels(offer)[0]))
        view = cls(
            area=_place(address, offer),
            level=level,
            limits=_limits(address, offer, level),
            language=cast(Language, address.word("lang", LANGUAGES, default="sv")),
        )
        address.check_keys(KEYS)
        return ListsReading(view, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same view back."""
        parts = {"area": self.area, "level": self.level}
        if self.limits:
            parts["limits"] = ",".join(map(str, self.limits))
        if self.language != "sv":
            parts["lang"] = self.language
        return "?" + urlencode(parts)


@dataclass(frozen=True, slots=True)
class ListsReading:
    """An address of the page as it was understood."""

    view: ListsView
    misunderstood: tuple[Misunderstood, ...] = ()


def _levels(offer: Offer) -> tuple[Level, ...]:
    found = tuple(own for own in _SCREENED if any(level == own for _, level in offer.years))
    return found or (LEVELS[0],)


def _limits(address: Address, offer: Offer, level: Level) -> tuple[Limit, ...]:
    """Of `limits`, else of the form's rows i, o and v; those that the level has figures of."""
    texts = [own for text in address.values.get("limits", ()) for own in text.split(",")]
    rows = (address.values.get(key, []) for key in ("i", "o", "v"))
    texts += ["".join(row) for row in zip(*rows, strict=False) if row[0] and row[2]]
    found: dict[str, Limit] = {}
    for text in filter(None, (own.strip()[:80] for own in texts)):
        match = _LIMIT.fullmatch(text.replace(" ", ""))
        if match is None or not offer.years_of(match["indicator"], level):
            known = tuple(i for i in offer.indicators if offer.years_of(i, level))
            address.instead("limits", text, "", known, "unknown")
            continue
        amount = float(match["amount"].replace(",", "."))
        found[match["indicator"] + match["sign"]] = Limit(
            match["indicator"], cast(Sign, match["sign"]), amount
        )
    kept = list(found.values())
    if len(kept) > MOST_LIMITS:
        dropped = ",".join(map(str, kept[MOST_LIMITS:]))
        address.instead("limits", dropped, "", (), "too_many")
    return tuple(kept[:MOST_LIMITS])


def _place(address: Address, offer: Offer) -> str:
    given = address.given("area")
    if given is None or (given in offer.names and not is_own(given)):
        return given or RIKET
    # Lists are of riket, län and kommuner: a smaller or an own area means its (first) kommun.
    digits = re.search("[0-9]{4}", given)
    inside = digits is not None and digits[0] in offer.names
    meant = digits[0] if digits and inside else meant_area(given, offer.names)
    return address.instead("area", given, meant or RIKET, (), "unknown")
