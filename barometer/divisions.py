"""Levels, divisions and area codes: which areas exist at which level in which year.

A *level* is one of SCB's five geographies, or `own`: areas that a reader or an operator has put
together of those, which keep their extent through every division. A *division* is the set of
borders that a level has during some years: DeSO 2018 with RegSO 2020 through 2023, DeSO 2025 with
RegSO 2025 from 2024, and the administrative division (riket, län, kommun) in every year. SCB reuses
small-area codes between divisions although borders moved, so an area is always (code, division),
never a bare code.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

from barometer.own_codes import is_local, is_own, read_own

Level = Literal["riket", "lan", "kommun", "regso", "deso", "own"]
Division = Literal["admin", "2018", "2025"]
Language = Literal["sv", "en"]

LEVELS: Final[tuple[Level, ...]] = ("riket", "lan", "kommun", "regso", "deso")
OWN: Final[Level] = "own"
EVERY_LEVEL: Final[tuple[Level, ...]] = (*LEVELS, OWN)
DIVISIONS: Final[tuple[Division, ...]] = get_args(Division)
SMALL_LEVELS: Final[tuple[Level, ...]] = ("regso", "deso")
CONTAINER_LEVELS: Final[tuple[Level, ...]] = ("riket", "lan", "kommun")

LAST_YEAR_OF_2018: Final = 2023  # SCB: the 2018/2020 codes are good through 2023 (SCB.md section 0)
RIKET: Final = "00"

_LEVEL_NAMES: Final[dict[Level, dict[Language, str]]] = {
    "riket": {"sv": "Riket", "en": "Sweden"},
    "lan": {"sv": "Län", "en": "County"},
    "kommun": {"sv": "Kommun", "en": "Municipality"},
    "regso": {"sv": "RegSO", "en": "RegSO"},
    "deso": {"sv": "DeSO", "en": "DeSO"},
    "own": {"sv": "Eget område", "en": "Own area"},
}
_DIVISION_LABELS: Final[dict[tuple[Level, Division], str]] = {
    ("regso", "2018"): "RegSO 2020",
    ("regso", "2025"): "RegSO 2025",
    ("deso", "2018"): "DeSO 2018",
    ("deso", "2025"): "DeSO 2025",
}
_SMALL = re.compile(
    r"^(?P<kommun>\d{4})(?:(?P<deso>[ABC]\d{4})|R\d{3})(?:_SYN)?(?P<new>_DeSO2025|_RegSO2025)?$"
)


# Blanks, dashes, and characters that have no width or turn the text.
_BETWEEN: Final = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u2015\u2028-\u202e\u2060-\u206f\ufeff-]+"
)
_LONGEST: Final = len("0180A0010_SYN_RegSO2025")  # what is kept of a code that was read
_ANY_SUFFIX: Final = re.compile(r"_?(deso|regso)_?\d{4}$", re.IGNORECASE)
_WHOLE: Final = re.compile(r"(?<=\d)\.0+$")  # a number as spreadsheets and floats write it
_SHORTENED: Final = re.compile(r"^(?=\d{3}([ABC]\d{4}|R\d{3})(_SYN)?$)")  # as a spreadsheet does

# Some tables have 0010, 0020 and 0030, the metropolitan regions, which are no kommuner of a län 00.
_LAN = re.compile(r"(?!00)\d{2}")


@dataclass(frozen=True, slots=True)
class AreaCode:
    """What an area code says by itself: its level, division, län and kommun (None above them)."""

    area_id: str
    level: Level
    division: Division
    lan_id: str | None
    kommun_id: str | None


def parse_area_code(code: str) -> AreaCode | None:
    """Read an area code; None when it is none (old forms, groups)."""
    if ":" not in code:
        return _scb_code(code) if len(code) <= _LONGEST else None
    if is_own(code):
        return _own_code(code)
    return AreaCode(code, OWN, "admin", None, None) if is_local(code) else None


def _own_code(token: str) -> AreaCode | None:
    """An own area; it lies in a län or kommun when all of its parts do."""
    own = read_own(token).own
    if own is None:
        return None
    kommuner = {code[:4] for code in own.codes}
    lan = {code[:2] for code in kommuner}
    return AreaCode(
        token,
        OWN,
        "admin",
        lan.pop() if len(lan) == 1 else None,
        kommuner.pop() if len(kommuner) == 1 else None,
    )


@lru_cache(maxsize=65_536)  # a build reads each of the country's codes a hundred times
def _scb_code(code: str) -> AreaCode | None:
    if code == RIKET:
        return AreaCode(code, "riket", "admin", None, None)
    if not _LAN.match(code):
        return None
    if re.fullmatch(r"\d{2}", code):
        return AreaCode(code, "lan", "admin", code, None)
    if re.fullmatch(r"\d{4}", code):
        return AreaCode(code, "kommun", "admin", code[:2], code)
    match = _SMALL.fullmatch(code)
    if match is None:
        return None
    level: Level = "deso" if match["deso"] else "regso"
    if match["new"] not in (None, "_DeSO2025" if level == "deso" else "_RegSO2025"):
        return None
    division: Division = "2025" if match["new"] else "2018"
    return AreaCode(code, level, division, code[:2], match["kommun"])


def count_kommuner(codes: Iterable[str]) -> int:
    """How many of the codes are those of kommuner."""
    areas = map(parse_area_code, codes)
    return sum(area is not None and area.level == "kommun" for area in areas)


def is_one_kommun(lan_id: str, codes: Iterable[str]) -> bool:
    """Whether a län of the register is a single kommun, as Gotland: the two are the same place."""
    return count_kommuner(code for code in codes if code.startswith(lan_id)) == 1


def plain_code(code: object, *, digits: int = 0) -> str:
    """A code without blanks, dashes, small letters and suffix; with the zeros it had in front.

    `digits` is how many a code of digits alone has.

    >>> plain_code(" 0114a0010_DeSO2025"), plain_code("114 A0010"), plain_code("114.0", digits=4)
    ('0114A0010', '0114A0010', '0114')
    """
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    text = code.decode("utf-8", "replace") if isinstance(code, bytes) else str(code)
    text = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    text = _SHORTENED.sub("0", _WHOLE.sub("", _ANY_SUFFIX.sub("", text).upper()))
    return text.zfill(digits) if digits and text.isdecimal() else text


def meant_code(text: str) -> str:
    """The code that somebody's way of writing it stands for; what is none comes back cleaned.

    >>> meant_code("180"), meant_code(" 0114a0010 _deso2025"), meant_code("0114R001_RegSO2020")
    ('0180', '0114A0010_DeSO2025', '0114R001')
    """
    bare = plain_code(text)
    if bare.isdecimal():
        return bare.zfill(len(bare) + len(bare) % 2)
    is_new = bare and text.rstrip().endswith("2025") and _SMALL.fullmatch(bare)
    return f"{bare}{'_DeSO2025' if is_new['deso'] else '_RegSO2025'}" if is_new else bare


def division_of(level: Level, year: int) -> Division:
    """The division in which SCB publishes a level for a reference year."""
    if level not in SMALL_LEVELS:
        return "admin"
    return "2018" if year <= LAST_YEAR_OF_2018 else "2025"


def covers(division: Division, year: int) -> bool:
    """Whether a division's codes carry figures for a reference year."""
    if division == "admin":
        return True
    return (year <= LAST_YEAR_OF_2018) == (division == "2018")


def division_label(level: Level, division: Division, *, language: Language = "sv") -> str:
    """The published name of a level's division ("RegSO 2020"); the level's own name above RegSO."""
    return _DIVISION_LABELS.get((level, division)) or level_name(level, language=language)


def level_name(level: Level, *, language: Language) -> str:
    """The level's name for people."""
    return _LEVEL_NAMES[level][language]


def spans(years: Iterable[int]) -> list[tuple[int, int]]:
    """Years in order with runs drawn together, as first and last of each.

    >>> spans([2020, 2012, 2011, 2013])
    [(2011, 2013), (2020, 2020)]
    """
    found: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def level_of_place(area_id: str) -> Level:
    """The level of the place that an address names; riket where the code is none."""
    code = parse_area_code(area_id)
    return code.level if code else "riket"
