"""Invented Swedish-looking names for RegSO."""

from collections.abc import Sequence
from typing import Final

import numpy as np

_FIRST: Final = (
    "Björk", "Ek", "Al", "Ask", "Lind", "Sol", "Kvarn", "Kyrk", "Sjö",
    "Berg", "Ting", "Lund", "Hag", "Sten", "Furu", "Gran", "Häst", "Mos",
    "Rosen", "Silver", "Guld", "Järn", "Hammar", "Smed", "Brunn", "Käll", "Vind",
    "Norr", "Söder", "Öster", "Väster", "Mellan", "Ny", "Gammel", "Stor", "Lill",
    "Hög", "Låg", "Skog", "Äng", "Åker", "Rågs", "Havre", "Korn", "Humle",
    "Lin", "Får", "Bock", "Orr", "Tjäder", "Lärk", "Svan", "Tran", "Korp",
    "Falk", "Hök", "Uv",
)  # fmt: skip
_QUARTER: Final = (
    "backen", "höjden", "hagen", "dalen", "ängen", "gården", "lunden", "parken", "vallen",
    "kullen", "brinken", "torget", "strand", "åsen", "hamnen", "fältet", "gläntan", "porten",
    "bron", "kvarn", "malmen", "stan", "holmen", "skansen",
)  # fmt: skip
_TOWN: Final = (
    "by", "sta", "torp", "vik", "näs", "ryd", "boda", "bro", "holm",
    "fors", "sund", "mo", "arp", "åker", "hult", "lösa", "rud",
)  # fmt: skip
_SIDES: Final = ("norra", "södra", "östra", "västra")
_SWEDISH_ORDER: Final = str.maketrans(
    {"å": "\x7b", "ä": "\x7c", "ö": "\x7d", "Å": "[", "Ä": "\\", "Ö": "]"}
)


def regso_names(kommun: str, places: Sequence[str], *, rng: np.random.Generator) -> list[str]:
    """One name per place letter (A countryside, B other town, C centre), unique in the kommun."""
    names: list[str] = []
    for place in places:
        name = _name(kommun, place, rng=rng)
        while name in names:
            name = _vary(_name(kommun, place, rng=rng), rng=rng)
        names.append(name)
    return names


def alphabetical(names: Sequence[str]) -> list[int]:
    """Positions of the names in Swedish alphabetical order, as SCB numbers RegSO."""
    return sorted(range(len(names)), key=lambda i: names[i].casefold().translate(_SWEDISH_ORDER))


def _name(kommun: str, place: str, *, rng: np.random.Generator) -> str:
    if place == "A":
        side = rng.choice([*_SIDES, ""])
        return f"{kommun} {side} landsbygd" if side else f"{kommun} omland"
    if place == "C" and rng.random() < 0.06:
        return f"{kommun} centrum"
    return _invented(_QUARTER if place == "C" else _TOWN, rng=rng)


def _vary(name: str, *, rng: np.random.Generator) -> str:
    if name.endswith(("landsbygd", "omland", "centrum")) or rng.random() < 0.5:
        return f"{_invented(_TOWN, rng=rng)}-{_invented(_QUARTER, rng=rng)}"
    return f"{name} {rng.choice(_SIDES)}"


def _invented(endings: Sequence[str], *, rng: np.random.Generator) -> str:
    return f"{rng.choice(_FIRST)}{rng.choice(endings)}"
