"""Each index as sums over units and a value out of the sums: the building blocks of a query.

Most indices are written so that one pass over the units is enough: H and M by the entropy of each
unit, xPx, eta2 and their kin by the mixed pairs that are left in it. D and its kin compare a unit
with its container and need a second pass; Gini sorts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """How an index is written.

    `reads` picks the groups it reads. `sums` are expressions over a unit's `n0, n1, ..., t`, each
    summed over units as `s0, s1, ...`; `value` is the index out of these sums and the container's
    `g0, g1, ..., total`. With `ordered` the sums are over `below0, below1, ...` too: persons
    outside the group in units where its share is at most as large, the unit itself among them.
    With `factors` the one sum is the index itself: it is over the container's `k0, k1, ...` too,
    which are written out of its margins.
    """

    reads: Callable[[int], tuple[int, ...]]
    sums: Callable[[int], list[str]]
    value: Callable[[int], str] = lambda _: "s0"
    factors: Callable[[int], list[str]] | None = None
    ordered: bool = False
    land: bool = False


# Keeps a logarithm of nobody from being asked for, at less cost than a condition on every row;
# added to persons or weights it leaves them as they are, bit by bit.
_NOBODY: Final = "1e-30"


def share_of(of: str, whole: str) -> str:
    """A quotient; NULL where the whole is 0."""
    return f"{of} / NULLIF({whole}, 0)"


def _over(numerator: str, denominator: str) -> str:
    return f"({numerator}) / NULLIF({denominator}, 0)"


def _first_two(_: int) -> tuple[int, ...]:
    return (0, 1)


def _every(n: int) -> tuple[int, ...]:
    return tuple(range(n))


def _first_and_last(n: int) -> tuple[int, ...]:
    return (0, n - 1)


def _smaller(one: str, other: str) -> str:
    return f"CASE WHEN {one} < {other} THEN {one} ELSE {other} END"


def _surprise(part: str, whole: str) -> str:
    """Persons times the logarithm of their share of the whole; 0 without persons."""
    return f"{part} * LN(({part} + {_NOBODY}) / ({whole} + {_NOBODY}))"


def _root(one: str, other: str) -> str:
    return f"SQRT({one} * {other})"


def _mixed(part: str) -> str:
    """Persons of the group times the share of others in their unit."""
    return f"{part} * (t - {part}) / NULLIF(t, 0)"


def _surprises_of(parts: Sequence[str], whole: str = "total") -> str:
    """Minus the entropy of the whole times its persons."""
    return " + ".join(_surprise(part, whole) for part in parts)


def _simpson(n: int) -> str:
    return " + ".join(f"g{i} / total * (1 - g{i} / total)" for i in range(n))


def _present(n: int, term: str) -> str:
    """A sum over the groups that are there and not alone."""
    return " + ".join(
        f"CASE WHEN g{i} > 0 AND g{i} < total THEN {term.format(i=i)} ELSE 0 END" for i in range(n)
    )


def _below(letter: str, i: int) -> str:
    return "(" + " + ".join(f"{letter}{k}" for k in range(i + 1)) + ")"


def _above(letter: str, i: int) -> str:
    whole = "t" if letter == "n" else "total"
    return f"({whole} - {_below(letter, i)})"


def _wholes(n: int) -> list[str]:
    return [f"g{i}" for i in range(n)]


def _thresholds(n: int, term: Callable[[str, str], str], letter: str = "g") -> str:
    """A sum over thresholds of persons at or below and persons above, in container or unit."""
    return " + ".join(term(_below(letter, i), _above(letter, i)) for i in range(n - 1))


def _one_minus(unit: Callable[[str, str], str], place: Callable[[str, str], str]) -> Form:
    """An ordinal index: what is left of the container's spread inside its units, taken from 1."""
    return Form(
        _every,
        lambda n: [_thresholds(n, unit, "n")],
        lambda n: f"1 - {_over('s0', _thresholds(n, place))}",
    )


def _rank_sums(i: int) -> str:
    """Pairs of a person of the group and one outside it, counted twice where she lives lower."""
    return f"n{i} * (2 * below{i} - (t - n{i}))"


def _two(sums: list[str], value: str) -> Form:
    return Form(_first_two, lambda _: sums, lambda _: value)


def _gaps(
    of: str,
    factors: list[str],
    *,
    reads: Callable[[int], tuple[int, ...]] = _first_two,
    land: bool = False,
) -> Form:
    """Half of all gaps between the unit's share of the group and its share of something else."""
    return Form(
        reads, lambda _: [f"ABS(n0 * k0 - {of} * k1)"], factors=lambda _: factors, land=land
    )


def _surprises(n: int) -> list[str]:
    return [_surprises_of([f"n{i}" for i in range(n)], "t")]


def _mixes(n: int) -> list[str]:
    return [_mixed(f"n{i}") for i in range(n)]


_BOTH = "g0 * g1"
_HALVES = [share_of("0.5", "g0"), share_of("0.5", "g1")]

FORMS: Final[dict[str, Form]] = {
    "dissimilarity": _gaps("n1", _HALVES),
    "gini": Form(
        _first_two,
        lambda _: [_rank_sums(0)],
        lambda _: f"{share_of('s0', _BOTH)} - 1",
        ordered=True,
    ),
    "information_theory": Form(
        _first_two,
        _surprises,
        lambda _: f"1 - {_over('s0', _surprises_of(['g0', 'g1']))}",
    ),
    "atkinson": _two([_root("n0", "n1")], f"1 - {share_of('s0 * s0', _BOTH)}"),
    "hutchens": _two([_root("n0", "n1")], f"1 - {share_of('s0', f'SQRT({_BOTH})')}"),
    "gorard": _gaps("n1", [f"g1 / total * {half}" for half in _HALVES]),
    "isolation": _two(["n0 * n0 / NULLIF(t, 0)"], share_of("s0", "g0")),
    "interaction": _two(["n0 * n1 / NULLIF(t, 0)"], share_of("s0", "g0")),
    "correlation_ratio": _two(
        ["n0 * n1 / NULLIF(t, 0)"], f"1 - {share_of('s0 * total', f'({_BOTH})')}"
    ),
    "delta": _gaps(
        "land",
        [share_of("0.5", "g0"), share_of("0.5", "total_land")],
        reads=lambda _: (0,),
        land=True,
    ),
    "dissimilarity_multi": Form(
        _every,
        lambda n: [f"({' + '.join(f'ABS(n{i} - t * k{i})' for i in range(n))}) * k{n}"],
        factors=lambda n: [
            *(f"g{i} / total" for i in range(n)),
            share_of("0.5", f"(total * ({_simpson(n)}))"),
        ],
    ),
    "gini_multi": Form(
        _every,
        lambda n: [_rank_sums(i) for i in range(n)],
        lambda n: _over(
            " + ".join(f"(s{i} - g{i} * (total - g{i})) / total / total" for i in range(n)),
            _simpson(n),
        ),
        ordered=True,
    ),
    "mutual_information": Form(
        _every,
        _surprises,
        lambda n: f"(s0 - ({_surprises_of(_wholes(n))})) / total",
    ),
    "information_theory_multi": Form(
        _every,
        _surprises,
        lambda n: f"1 - {_over('s0', _surprises_of(_wholes(n)))}",
    ),
    "relative_diversity": Form(
        _every,
        lambda n: [" + ".join(_mixes(n))],
        lambda n: f"1 - {_over('s0', f'total * ({_simpson(n)})')}",
    ),
    "normalised_exposure": Form(
        _every,
        _mixes,
        lambda n: _over(
            _present(n, "g{i} / total - s{i} / (total - g{i})"), _present(n, "g{i} / total")
        ),
    ),
    "squared_cv": Form(
        _every,
        _mixes,
        lambda n: _over(
            _present(n, "1 - g{i} / total - s{i} / g{i}"), _present(n, "(1 - g{i} / total)")
        ),
    ),
    "entropy": Form(_every, lambda _: [], lambda n: f"(0 - ({_surprises_of(_wholes(n))})) / total"),
    "simpson": Form(_every, lambda _: [], _simpson),
    "ordinal_information_theory": _one_minus(
        lambda low, high: _surprises_of([low, high], "t"),
        lambda low, high: _surprises_of([low, high]),
    ),
    "ordinal_variance_ratio": _one_minus(
        lambda low, high: f"{low} * {high} / NULLIF(t, 0)",
        lambda low, high: f"{low} * {high} / total",
    ),
    "ordinal_square_root": _one_minus(_root, _root),
    "ordinal_absolute": _one_minus(_smaller, _smaller),
    "top_bottom_dissimilarity": _gaps("n1", _HALVES, reads=_first_and_last),
}
