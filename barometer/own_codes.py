"""Own areas in an address: `own:CODE.CODE…`, the division's suffix once, and a name if any.

    own:0180C1010.0180C1020_DeSO2025:Norra Hisingen

From `PACKED_FROM` codes on they are packed to five signs each, so that 500 codes stay far below the
longest address that every browser and server takes. Reading never raises: what cannot be used is a
`CodeFault`, and the rest of the area stands.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Final, Literal

FaultKind = Literal["unreadable", "doubled", "other_division", "too_many", "unknown"]

PREFIX: Final = "own:"
MOST_CODES: Final = 500
PACKED_FROM: Final = 60
LONGEST: Final = 12_000  # characters of an own area in an address: 500 full codes and a name
LONGEST_NAME: Final = 60

_CODE: Final = re.compile(
    r"(?P<bare>\d{4}(?:[ABC]\d{4}|R\d{3})?)(?P<suffix>(?:_SYN)?(?:_DeSO2025|_RegSO2025)?)"
)
_LOCAL: Final = re.compile(r"[a-z][a-z0-9-]{1,29}:[A-Za-z0-9ÅÄÖåäö_-]{1,40}")
_PACKED: Final = re.compile(r"~(?P<body>[A-Za-z0-9.-]*)(?P<suffix>(?:_\w+)?)")
_SIGNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."
_WIDTH: Final = 5  # signs of a packed code: 30 bits
_KINDS: Final = "ABCR"
_UNSEEN: Final = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SHOWN: Final = 40  # characters of a faulty code that are repeated to the reader


@dataclass(frozen=True, slots=True)
class CodeFault:
    """A code that an own area does without, and why."""

    kind: FaultKind
    given: str


@dataclass(frozen=True, slots=True)
class OwnCodes:
    """The areas that an own area is made of: codes without suffix in order, and what they share.

    `suffix` is that of the division and level ("_DeSO2025"); empty for kommuner and before 2024.
    """

    codes: tuple[str, ...]
    suffix: str = ""
    name: str = ""

    @property
    def area_ids(self) -> tuple[str, ...]:
        """The full codes."""
        return tuple(code + self.suffix for code in self.codes)

    @property
    def token(self) -> str:
        """The own area as it stands in an address; equal areas with equal names have one."""
        packs = len(self.codes) >= PACKED_FROM and len(self.codes[0]) > len("0180")
        body = "~" + "".join(map(_packed, self.codes)) if packs else ".".join(self.codes)
        return f"{PREFIX}{body}{self.suffix}" + (f":{self.name}" if self.name else "")


@dataclass(frozen=True, slots=True)
class OwnReading:
    """An own area as it was understood; `own` is None when no code was left."""

    own: OwnCodes | None
    faults: tuple[CodeFault, ...] = ()


def is_local(text: str) -> bool:
    """Whether a code is that of an area of an operator's own division: "stadsdelar:12"."""
    return _LOCAL.fullmatch(text) is not None and not is_own(text)


def is_own(text: str) -> bool:
    """Whether a code of an address is an own area's."""
    return text.startswith(PREFIX)


@lru_cache(maxsize=256)
def read_own(token: str) -> OwnReading:
    """Read an own area of an address."""
    if len(token) > LONGEST:  # what is cut off may be the suffix, and so the division
        return OwnReading(None, (CodeFault("too_many", token[:_SHOWN]),))
    body, _, name = token.removeprefix(PREFIX).partition(":")
    packed = _PACKED.fullmatch(body)
    if not packed:
        return own_of(_with_last_suffix(body.split(".")), name=name)
    unpacked = list(_unpacked(packed["body"]))
    return own_of([code + packed["suffix"] for code in unpacked], name=name)


def own_of(area_ids: Iterable[str], *, name: str = "") -> OwnReading:
    """An own area of full codes, as somebody pastes them; the first decides on the division."""
    kept: dict[str, None] = {}
    kind: tuple[int, str] | None = None
    faults: list[CodeFault] = []
    for given in filter(None, (text.strip() for text in area_ids)):
        match = _CODE.fullmatch(given)
        if match is None:
            faults.append(CodeFault("unreadable", given[:_SHOWN]))
            continue
        bare, own_kind = match["bare"], (len(match["bare"]), match["suffix"])
        kind = kind or own_kind
        if own_kind != kind:
            faults.append(CodeFault("other_division", given))
        elif bare in kept:
            faults.append(CodeFault("doubled", given))
        elif len(kept) == MOST_CODES:
            faults.append(CodeFault("too_many", given))
        else:
            kept[bare] = None
    own = OwnCodes(tuple(sorted(kept)), kind[1], clean_name(name)) if kind else None
    return OwnReading(own, tuple(faults))


def renamed(token: str, name: str) -> str:
    """The own area of an address under another name; without one if the name is empty."""
    own = read_own(token).own
    return replace(own, name=clean_name(name)).token if own else token


def clean_name(name: str) -> str:
    """A name as it may stand in an address: on one line, without the signs that part a list.

    And without those that nobody sees, which could turn the words after it.
    """
    text = name.encode(errors="ignore").decode()  # a command line can hold bytes of no letter
    shown = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029,:@<>&|;]+", " ", shown)
    return " ".join(plain.split())[:LONGEST_NAME].strip()


def plain_id(code: str) -> str:
    """An area's code as part of a file's name: an own area's is its name and a checksum."""
    if not is_own(code):
        return code.replace(":", "-")
    own = read_own(code).own
    decomposed = unicodedata.normalize("NFD", own.name if own else "")
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return "-".join(filter(None, ("own", name, sha256(code.encode()).hexdigest()[:8])))


def without(own: OwnCodes, area_ids: Sequence[str]) -> OwnCodes | None:
    """The own area without some of its codes; None when nothing is left."""
    left = tuple(code for code in own.codes if code + own.suffix not in set(area_ids))
    return OwnCodes(left, own.suffix, own.name) if left else None


def _with_last_suffix(codes: Sequence[str]) -> list[str]:
    """The codes of an address, each with the suffix that stands once, after the last."""
    last = _CODE.fullmatch(codes[-1].strip())
    suffix = last["suffix"] if last else ""
    return [code if "_" in code or not code else code + suffix for code in codes]


def _packed(code: str) -> str:
    kind = code[4]
    number = (int(code[:4]) * len(_KINDS) + _KINDS.index(kind)) * 10_000 + int(code[5:])
    places = range(_WIDTH - 1, -1, -1)
    return "".join(_SIGNS[number >> 6 * place & 63] for place in places)


def _unpacked(body: str) -> Iterator[str]:
    for start in range(0, len(body), _WIDTH):
        part = body[start : start + _WIDTH]
        if len(part) < _WIDTH:
            yield f"~{part}"  # cut off on its way: no code
            continue
        number = 0
        for sign in part:
            number = number << 6 | _SIGNS.index(sign)
        rest, serial = divmod(number, 10_000)
        kommun, kind = divmod(rest, len(_KINDS))
        width = 3 if _KINDS[kind] == "R" else 4
        yield f"{kommun:04}{_KINDS[kind]}{serial:0{width}}"
