"""The border change between the two divisions: which points move to which area in 2025.

Its extent is SCB's own: of 5,984 DeSO codes 149 disappear and 325 are new, most by splitting; one
RegSO goes, one comes, 288 get new borders under an old code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.synthetic.geography import N_DESO, Settlement, Texts

_SPLIT_IN_TWO: Final = 104
_SPLIT_IN_THREE: Final = 36
_RENUMBERED: Final = 9
_MOVED_BORDERS: Final = 143  # each changes two RegSO
_MOVED_BORDER_KOMMUNER: Final = 99
_REGSO_GONE: Final = "2584R001"
_KOMMUN_WITH_NEW_REGSO: Final = "2523"
_PIECE: Final = 0.35  # the part of a DeSO's points that changes side when a border moves
_FEWEST_POINTS: Final = 9  # of a DeSO that gives up a piece


@dataclass(slots=True)
class _Draft:
    """The division of 2025 while it is drawn: codes per point, and areas already changed."""

    settlement: Settlement
    deso: Texts
    regso: Texts
    rng: np.random.Generator
    used_deso: set[str]
    used_regso: set[str]

    def points_of(self, deso: str) -> NDArray[np.intp]:
        return np.flatnonzero(self.settlement.deso == deso)


def revise(settlement: Settlement, *, seed: int) -> tuple[Texts, Texts]:
    """RegSO and DeSO codes of every point in the 2025 division, without suffix.

    In a part of the country the numbers of changes are scaled down with the number of DeSO.
    """
    n_deso = len(np.unique(settlement.deso))
    quota: Callable[[int], int] = lambda whole: round(whole * n_deso / N_DESO)  # noqa: E731
    draft = _Draft(
        settlement,
        settlement.deso.copy(),
        settlement.regso.copy(),
        np.random.default_rng([seed, 2]),
        set(),
        set(),
    )
    neighbours = _neighbouring_desos(settlement)
    _remove_regso(draft, neighbours)
    _add_regso(draft)
    _move_borders(
        draft, neighbours, n=quota(_MOVED_BORDERS), n_kommuner=quota(_MOVED_BORDER_KOMMUNER)
    )
    _renumber(draft, neighbours, n=quota(_RENUMBERED))
    _split(draft, n_two=quota(_SPLIT_IN_TWO), n_three=quota(_SPLIT_IN_THREE))
    return draft.regso, draft.deso


def _neighbouring_desos(settlement: Settlement) -> list[tuple[str, str]]:
    """Ordered pairs of DeSO with a common border near their people, each direction once."""
    first, second = settlement.ridge_points.T
    gap = np.linalg.norm(settlement.xy[first] - settlement.xy[second], axis=1)
    middle = settlement.ridge_ends.reshape(-1, 2, 2).mean(axis=1)
    away = np.linalg.norm(middle - settlement.xy[first], axis=1)
    real = (settlement.deso[first] != settlement.deso[second]) & (away < gap)
    pairs = np.stack([settlement.deso[first[real]], settlement.deso[second[real]]], axis=1)
    both = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
    return [(a, b) for a, b in both.tolist()]


def _regso_of(settlement: Settlement) -> dict[str, str]:
    return dict(zip(settlement.deso.tolist(), settlement.regso.tolist(), strict=True))


def _remove_regso(draft: _Draft, neighbours: list[tuple[str, str]]) -> None:
    regso_of = _regso_of(draft.settlement)
    heirs = [regso_of[b] for a, b in neighbours if regso_of[a] == _REGSO_GONE != regso_of[b]]
    if not heirs:
        return
    draft.regso[draft.settlement.regso == _REGSO_GONE] = heirs[0]
    draft.used_regso |= {_REGSO_GONE, heirs[0]}


def _add_regso(draft: _Draft) -> None:
    """The last DeSO of the kommun's largest RegSO becomes a RegSO of its own."""
    desos: dict[str, list[str]] = {}
    for deso, regso in sorted(_regso_of(draft.settlement).items()):
        if regso.startswith(_KOMMUN_WITH_NEW_REGSO):
            desos.setdefault(regso, []).append(deso)
    if not desos:
        return
    largest = max(desos, key=lambda regso: len(desos[regso]))
    number = max(int(regso[-3:]) for regso in desos) + 1
    draft.regso[draft.points_of(desos[largest][-1])] = f"{_KOMMUN_WITH_NEW_REGSO}R{number:03d}"
    draft.used_regso.add(largest)


def _move_borders(
    draft: _Draft, neighbours: list[tuple[str, str]], *, n: int, n_kommuner: int
) -> None:
    """Give pieces of DeSO to neighbours in another RegSO, first one in each chosen kommun."""
    regso_of = _regso_of(draft.settlement)
    pairs = [(a, b) for a, b in neighbours if regso_of[a] != regso_of[b]]
    draft.rng.shuffle(pairs)
    kommuner: set[str] = set()
    moved = 0
    for once_each in (True, False):
        for giver, taker in pairs:
            kommun = giver[:4]
            wanted = len(kommuner) < n_kommuner if once_each else moved < n
            if wanted and (kommun not in kommuner) == once_each:
                done = _give(draft, giver, taker, regso_of=regso_of)
                moved += done
                kommuner |= {kommun} if done else set()


def _give(draft: _Draft, giver: str, taker: str, *, regso_of: dict[str, str]) -> bool:
    regsos = {regso_of[giver], regso_of[taker]}
    if regsos & draft.used_regso or len(draft.points_of(giver)) < _FEWEST_POINTS:
        return False
    piece = _piece_towards(draft, giver, taker)
    draft.deso[piece] = taker
    draft.regso[piece] = regso_of[taker]
    draft.used_regso |= regsos
    draft.used_deso |= {giver, taker}
    return True


def _piece_towards(draft: _Draft, giver: str, taker: str) -> NDArray[np.intp]:
    own, other = draft.points_of(giver), draft.points_of(taker)
    xy = draft.settlement.xy
    direction = xy[other].mean(axis=0) - xy[own].mean(axis=0)
    order = np.argsort(-(xy[own] @ direction), kind="stable")
    return own[order[: max(2, round(_PIECE * len(own)))]]


def _renumber(draft: _Draft, neighbours: list[tuple[str, str]], *, n: int) -> None:
    """A DeSO takes a piece of a neighbour in its own RegSO and gets the next free number."""
    regso_of = _regso_of(draft.settlement)
    pairs = [(a, b) for a, b in neighbours if regso_of[a] == regso_of[b]]
    draft.rng.shuffle(pairs)
    for giver, taker in pairs:
        if n == 0:
            return
        if {giver, taker} & draft.used_deso or len(draft.points_of(giver)) < _FEWEST_POINTS:
            continue
        gained = np.concatenate([draft.points_of(taker), _piece_towards(draft, giver, taker)])
        draft.deso[gained] = _next_code(draft, taker)
        draft.used_deso |= {giver, taker}
        n -= 1


def _next_code(draft: _Draft, deso: str) -> str:
    same = draft.deso[np.char.startswith(draft.deso, deso[:5])]
    return f"{deso[:5]}{(int(np.unique(same)[-1][5:]) // 10 + 1) * 10:04d}"


def _split(draft: _Draft, *, n_two: int, n_three: int) -> None:
    """Split the DeSO with most people; the parts differ from the old code in the last digit."""
    codes, counts = np.unique(draft.settlement.deso, return_counts=True)
    free = ~np.isin(codes, list(draft.used_deso))
    order = np.argsort(-(counts + draft.rng.uniform(0, 6, len(counts))), kind="stable")
    largest = codes[order[free[order]]].tolist()[: n_two + n_three]
    for rank, code in enumerate(largest):
        _split_one(draft, code, parts=3 if rank < n_three else 2)


def _split_one(draft: _Draft, code: str, *, parts: int) -> None:
    own = draft.points_of(code)
    axis = int(np.argmax(np.ptp(draft.settlement.xy[own], axis=0)))
    order = own[np.argsort(draft.settlement.xy[own, axis], kind="stable")]
    for digit, piece in enumerate(np.array_split(order, parts), start=1):
        draft.deso[piece] = f"{code[:-1]}{digit}"
