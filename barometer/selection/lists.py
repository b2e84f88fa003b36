"""The page of lists: where, and the reader's own limits, all in the address."""

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

from barometer.divisions import LEVELS, RIKET, Language, Level
from barometer.own_codes import is_own, read_own
from barometer.selection.address import meant_area
from barometer.selection.keys import LANG, Asked, Key, PageView, word

MOST_LIMITS: Final = 4
_FORM: Final = ("i", "o", "v")  # indicator, sign and amount of a row
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


def _levels(asked: Asked) -> tuple[Level, ...]:
    levels = {level for _, level in asked.offer.years}
    found = tuple(own for own in _SCREENED if own in levels)
    return found or (LEVELS[0],)


def _limits(asked: Asked) -> tuple[Limit, ...]:
    """Of `limits`, else of the form's rows; those that the level has figures of."""
    values, offer, level = asked.address.values, asked.offer, asked.view.level
    texts = [own for text in values.get(asked.key, ()) for own in text.split(",")]
    rows = (values.get(key, []) for key in _FORM)
    texts += ["".join(row) for row in zip(*rows, strict=False) if row[0] and row[2]]
    found: dict[str, Limit] = {}
    for text in filter(None, (own.strip()[:80] for own in texts)):
        match = _LIMIT.fullmatch(text.replace(" ", ""))
        if match is None or not offer.years_of(match["indicator"], level):
            known = tuple(i for i in offer.indicators if offer.years_of(i, level))
            asked.instead(text, "", known)
            continue
        amount = float(match["amount"].replace(",", "."))
        found[match["indicator"] + match["sign"]] = Limit(
            match["indicator"], cast(Sign, match["sign"]), amount
        )
    kept = list(found.values())
    if len(kept) > MOST_LIMITS:
        dropped = ",".join(map(str, kept[MOST_LIMITS:]))
        asked.instead(dropped, "", (), "too_many")
    return tuple(kept[:MOST_LIMITS])


def _place(asked: Asked) -> str:
    given, offer = asked.given(), asked.offer
    if given is None or (given in offer.names and not is_own(given)):
        return given or RIKET
    # Lists are of riket, län and kommuner: a smaller or an own area means its (first) kommun.
    own = read_own(given).own if is_own(given) else None
    digits = re.search("[0-9]{4}", own.codes[0] if own else given)
    inside = digits is not None and digits[0] in offer.names
    meant = digits[0] if digits and inside else meant_area(given, offer.names)
    return asked.instead(offer.names.get(given, given), meant or RIKET)


@dataclass(frozen=True, slots=True)
class ListsView(PageView):
    """One view of the lists: equal ones show equal areas on the page and in a file."""

    area: str  # riket, a län or a kommun
    level: Level
    limits: tuple[Limit, ...] = ()
    language: Language = "sv"

    keys = (
        Key("area", _place),
        Key("level", word(_levels)),
        Key("limits", _limits, start=""),
        LANG,
    )
    form = (*_FORM, "embed")
