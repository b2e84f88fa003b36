"""The view of a place profile: place, year, what stands first, and what makes areas alike."""

from dataclasses import dataclass
from typing import Final

from barometer.catalogue import Catalogue
from barometer.divisions import (
    RIKET,
    Division,
    Language,
    Level,
    covers,
    level_of_place,
    parse_area_code,
)
from barometer.selection import Offer, same_code
from barometer.selection.address import Reason, closest_choice, meant_area
from barometer.selection.keys import EMBED, LANG, Asked, Key, PageView
from barometer.selection.own import chosen_peers, own_area
from barometer.selection.signals import FORM, NO_CHOICE, SignalChoice, signal_keys

# What makes areas similar unless the reader says otherwise: size, age, and a measure a sector.
# Nobody's origin is among them; a reader may add it.
ALIKE: Final = (
    *("population", "children", "older", "employed", "low_standard", "lower_secondary", "rented"),
)
# Nearly the same, where the data version has not measured the first for most areas of a level.
STAND_INS: Final = {"employed": "employed_16_64", "rented": "rented_dwellings"}
MOST_CHOSEN: Final = 12  # indicators in a list of the address
LONGEST: Final = 80  # characters of a word that are compared


def chosen_from(offer: Offer, catalogue: Catalogue) -> tuple[str, ...]:
    """The indicators that a reader can put first or compare areas by: all but classes."""
    indicators = catalogue.indicators
    return tuple(i for i in offer.indicators if i in indicators and not indicators[i].categories)


def weighed(offer: Offer, catalogue: Catalogue) -> tuple[str, ...]:
    """The indicators that signals can be made of: shares, whose noise is known."""
    indicators = catalogue.indicators
    return tuple(i for i in offer.indicators if i in indicators and indicators[i].is_share)


def profile_years(offer: Offer, area: str) -> tuple[int, ...]:
    """The years with any figure for a place's level and division, ascending."""
    code = parse_area_code(area)
    level, division = (code.level, code.division) if code else ("riket", "admin")
    found = {y for (_, own), years in offer.years.items() if own == level for y in years}
    return tuple(sorted(year for year in found if covers(division, year)))


def _area(asked: Asked) -> str:
    """A known area; a name of a län or kommun is understood."""
    given, offer = asked.given(), asked.offer
    if given is None:
        return RIKET
    if given in offer.areas and profile_years(offer, given):
        return given
    if own := own_area(asked.address, asked.key, given, offer.own):
        return own
    meant = meant_area(given, offer.names, offer.areas)
    if meant is None or not profile_years(offer, meant):
        inside = parse_area_code(given)
        kommun = inside.kommun_id if inside and inside.kommun_id else given[:4]
        meant = kommun if kommun in offer.areas else RIKET
    return asked.instead(given, meant or RIKET)


def _year(asked: Asked) -> int:
    years = profile_years(asked.offer, asked.view.area)
    last = years[-1] if years else 0
    code, given = parse_area_code(asked.view.area), asked.address.values.get("year", [""])[0]
    is_year = given.isdecimal() and len(given) == 4
    elsewhere = is_year and code is not None and not covers(code.division, int(given))
    reason: Reason = "other_division" if elsewhere else "not_offered"
    return asked.number(years or (last,), default=last, reason=reason)


def _chosen(asked: Asked, *, default: tuple[str, ...]) -> tuple[str, ...]:
    """Some indicators by id, comma-separated; every unknown one is remarked on."""
    known = chosen_from(asked.offer, asked.catalogue)
    found: list[str] = []
    for word in [word[:LONGEST] for word in dict.fromkeys(asked.items())][:MOST_CHOSEN]:
        if word in known:
            found.append(word)
            continue
        near = closest_choice(word, known)
        asked.instead(word, near or "", (), "unknown" if near else "not_offered")
        found += [near] if near else []
    return tuple(dict.fromkeys(found)) or default


@dataclass(frozen=True, slots=True)
class Profile(PageView):
    """One place profile: equal ones show equal numbers on the page, on paper and in a download."""

    area: str
    year: int
    first: tuple[str, ...] = ()  # the reader's own priorities, in their order
    alike: tuple[str, ...] = ALIKE
    signals: SignalChoice = NO_CHOICE
    peers: tuple[str, ...] = ()  # the reader's own comparison group, in place of similar areas
    language: Language = "sv"
    embed: bool = False

    @property
    def level(self) -> Level:
        """The level of the place."""
        return level_of_place(self.area)

    @property
    def division(self) -> Division:
        """The division whose borders the place has."""
        code = parse_area_code(self.area)
        return code.division if code else "admin"

    keys = (
        Key("area", _area),
        Key("year", _year),
        Key("first", lambda asked: _chosen(asked, default=()), start=""),
        Key("alike", lambda asked: _chosen(asked, default=ALIKE), start=",".join(ALIKE)),
        *signal_keys(lambda asked: weighed(asked.offer, asked.catalogue)),
        Key("peers", lambda asked: chosen_peers(asked, known=asked.offer.areas), start=""),
        LANG,
        EMBED,
    )
    form = FORM


def namesake(profile: Profile, offer: Offer) -> str | None:
    """The area with the same code in the other division, whose borders may differ."""
    if profile.division == "admin":
        return None
    other = same_code(profile.area, division="2018" if profile.division == "2025" else "2025")
    return other if other in offer.areas else None
