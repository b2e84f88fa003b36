"""Each index as sums over units and a value out of the sums: the building blocks of a query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Form:
    """How an index is written.

    `reads` picks the groups it reads. `sums` are expressions over a unit's `n0, n1, ..., t` and its
    container's `g0, g1, ..., total`, each summed over units as `s0, s1, ...`; `value` is the index
    out of these sums and the container's margins.
    """

    reads: Callable[[int], tuple[int, ...]]
    sums: Callable[[int], list[str]]
    value: Callable[[int], str]
    land: bool = False
    sorted_shares: bool = False


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


def _information(part: str, whole_part: str) -> str:
    """A unit's part of the information: persons * ln(share / the place's share)."""
    return f"CASE WHEN {part} > 0 THEN {part} * LN({part} / t * total / {whole_part}) ELSE 0 END"


def _entropy(parts: Sequence[str]) -> str:
    """-sum P ln P over the container."""
    terms = [
        f"CASE WHEN {part} > 0 THEN -{part} / total * LN({part} / total) ELSE 0 END"
        for part in parts
    ]
    return " + ".join(terms)


def _squares(part: str, whole_part: str) -> str:
    """Persons times the squared distance of the unit's share from the place's."""
    return f"CASE WHEN t > 0 THEN t * POWER({part} / t - {whole_part} / total, 2) ELSE 0 END"


def _simpson(n: int) -> str:
    return " + ".join(f"g{i} / total * (1 - g{i} / total)" for i in range(n))


def _below(letter: str, i: int) -> str:
    return "(" + " + ".join(f"{letter}{k}" for k in range(i + 1)) + ")"


def _above(letter: str, i: int) -> str:
    whole = "t" if letter == "n" else "total"
    return f"({whole} - {_below(letter, i)})"


def _sums(n: int, of: str = "s") -> str:
    return " + ".join(f"{of}{i}" for i in range(n))


def _gini_sums(i: int) -> str:
    """Twice the area between the curve and the diagonal, from shares in order."""
    return f"f{i} * before_r{i} - r{i} * before_f{i}"


def _two(sums: list[str], value: str, *, land: bool = False) -> Form:
    return Form(_first_two, lambda _: sums, lambda _: value, land=land)


_PROFILE_GAP = f"ABS({share_of('n0', 'g0')} - {share_of('n1', 'g1')})"
_ROOTS = f"SQRT({share_of('n0', 'g0')} * {share_of('n1', 'g1')})"
_BOTH = "g0 * g1"

FORMS: Final[dict[str, Form]] = {
    "dissimilarity": _two([_PROFILE_GAP], "s0 / 2"),
    "gini": Form(_first_two, lambda _: [_gini_sums(0)], lambda _: "s0", sorted_shares=True),
    "information_theory": Form(
        _first_two,
        lambda _: [_information("n0", "g0"), _information("n1", "g1")],
        lambda _: _over("(s0 + s1) / total", _entropy(["g0", "g1"])),
    ),
    "atkinson": _two([_ROOTS], "1 - s0 * s0"),
    "hutchens": _two(
        [f"POWER(SQRT({share_of('n0', 'g0')}) - SQRT({share_of('n1', 'g1')}), 2)"], "s0 / 2"
    ),
    "gorard": _two([_PROFILE_GAP], "g1 / total * s0 / 2"),
    "isolation": _two(["CASE WHEN t > 0 THEN n0 * n0 / t ELSE 0 END"], _over("s0", "g0")),
    "interaction": _two(["CASE WHEN t > 0 THEN n0 * n1 / t ELSE 0 END"], _over("s0", "g0")),
    "correlation_ratio": _two([_squares("n0", "g0")], _over("s0 * total", _BOTH)),
    "delta": _two(
        [f"ABS({share_of('n0', 'g0')} - {share_of('land', 'total_land')})"], "s0 / 2", land=True
    ),
    "dissimilarity_multi": Form(
        _every,
        lambda n: [f"ABS(n{i} - t * g{i} / total)" for i in range(n)],
        lambda n: _over(_sums(n), f"2 * total * ({_simpson(n)})"),
    ),
    "gini_multi": Form(
        _every,
        lambda n: [_gini_sums(i) for i in range(n)],
        lambda n: _over(
            " + ".join(
                f"CASE WHEN g{i} > 0 AND g{i} < total"
                f" THEN g{i} / total * (1 - g{i} / total) * s{i} ELSE 0 END"
                for i in range(n)
            ),
            _simpson(n),
        ),
        sorted_shares=True,
    ),
    "mutual_information": Form(
        _every,
        lambda n: [_information(f"n{i}", f"g{i}") for i in range(n)],
        lambda n: _over(_sums(n), "total"),
    ),
    "information_theory_multi": Form(
        _every,
        lambda n: [_information(f"n{i}", f"g{i}") for i in range(n)],
        lambda n: _over(f"({_sums(n)}) / total", _entropy([f"g{i}" for i in range(n)])),
    ),
    "relative_diversity": Form(
        _every,
        lambda n: [_squares(f"n{i}", f"g{i}") for i in range(n)],
        lambda n: _over(_sums(n), f"total * ({_simpson(n)})"),
    ),
    "normalised_exposure": Form(
        _every,
        lambda n: [_squares(f"n{i}", f"g{i}") for i in range(n)],
        lambda n: _over(_over_present(n, "total - g{i}"), _over_present_groups(n, "g{i} / total")),
    ),
    "squared_cv": Form(
        _every,
        lambda n: [_squares(f"n{i}", f"g{i}") for i in range(n)],
        lambda n: _over(_over_present(n, "g{i}"), _over_present_groups(n, "(1 - g{i} / total)")),
    ),
    "entropy": Form(
        _every,
        lambda _: ["0"],
        lambda n: f"CASE WHEN total > 0 THEN {_entropy([f'g{i}' for i in range(n)])} END",
    ),
    "simpson": Form(
        _every, lambda _: ["0"], lambda n: f"CASE WHEN total > 0 THEN {_simpson(n)} END"
    ),
    "ordinal_information_theory": Form(
        _every,
        lambda n: [
            f"{_information(_below('n', i), _below('g', i))}"
            f" + {_information(_above('n', i), _above('g', i))}"
            for i in range(n - 1)
        ],
        lambda n: _over(
            f"({_sums(n - 1)}) / total",
            " + ".join(_entropy([_below("g", i), _above("g", i)]) for i in range(n - 1)),
        ),
    ),
    "ordinal_variance_ratio": Form(
        _every,
        lambda n: [_squares(_below("n", i), _below("g", i)) for i in range(n - 1)],
        lambda n: _over(
            _sums(n - 1),
            "total * ("
            + " + ".join(
                f"{_below('g', i)} / total * (1 - {_below('g', i)} / total)" for i in range(n - 1)
            )
            + ")",
        ),
    ),
    "ordinal_square_root": Form(
        _every,
        lambda n: [
            f"CASE WHEN {_below('g', i)} > 0 AND {_below('g', i)} < total THEN"
            f" POWER(SQRT({_below('n', i)} / {_below('g', i)})"
            f" - SQRT({_above('n', i)} / {_above('g', i)}), 2) ELSE 0 END"
            for i in range(n - 1)
        ],
        lambda n: _over(
            " + ".join(f"{_root_weight(i)} * s{i} / 2" for i in range(n - 1)),
            "(" + " + ".join(_root_weight(i) for i in range(n - 1)) + ")",
        ),
    ),
    "ordinal_absolute": Form(
        _every,
        lambda n: [_smaller(_below("n", i), _above("n", i)) for i in range(n - 1)],
        lambda n: _over(f"({_smaller_wholes(n)}) - ({_sums(n - 1)})", f"({_smaller_wholes(n)})"),
    ),
    "top_bottom_dissimilarity": Form(_first_and_last, lambda _: [_PROFILE_GAP], lambda _: "s0 / 2"),
}


def _over_present(n: int, by: str) -> str:
    """The sums of groups that are there and not alone, each divided by its own margin."""
    return " + ".join(
        f"CASE WHEN g{i} > 0 AND g{i} < total THEN s{i} / ({by.format(i=i)}) ELSE 0 END"
        for i in range(n)
    )


def _over_present_groups(n: int, weight: str) -> str:
    kept = " + ".join(
        f"CASE WHEN g{i} > 0 AND g{i} < total THEN {weight.format(i=i)} ELSE 0 END"
        for i in range(n)
    )
    return f"({kept})"


def _root_weight(i: int) -> str:
    share = f"{_below('g', i)} / total"
    return f"SQRT({share} * (1 - {share}))"


def _smaller_wholes(n: int) -> str:
    return " + ".join(_smaller(_below("g", i), _above("g", i)) for i in range(n - 1))
