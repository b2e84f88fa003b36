"""Which estimate of D holds its level in small areas: residents placed again and again, seeded.

The true D is known: the group's chance of an area is lognormal over 200 areas, the rest's is even.
"""

import numpy as np

from barometer.indices.bias import bias_corrected_dissimilarity, density_corrected_dissimilarity
from barometer.indices.two_group import adjusted_dissimilarity, dissimilarity
from barometer.indices.validation import checked_input

AREAS, SHARE = 200, 0.1
STEEPNESS = (0.0, 0.1, 0.3, 0.6, 1.0)
SIZES = (30, 100, 400, 1_700)
METHODS = {
    "plain": dissimilarity,
    "chance": adjusted_dissimilarity,
    "bias": bias_corrected_dissimilarity,
    "density": density_corrected_dissimilarity,
}


def mean_errors(steepness: float, *, size: int, draws: int) -> dict[str, float]:
    """Mean error of each estimate when the areas get about `size` residents each, and the truth."""
    rng = np.random.default_rng(round(1000 * steepness) + size)
    group = np.exp(steepness * rng.normal(size=AREAS))
    group, rest = group / group.sum(), np.full(AREAS, 1 / AREAS)
    true = np.abs(group - rest).sum() / 2
    found = []
    for _ in range(draws):
        x = rng.multinomial(round(AREAS * size * SHARE), group)
        y = rng.multinomial(round(AREAS * size * (1 - SHARE)), rest)
        table = checked_input(np.column_stack([x, y])).table
        found.append([method(table)[0] for method in METHODS.values()])
    error = np.mean(found, axis=0) - true
    return {"true": float(true), **dict(zip(METHODS, error.tolist(), strict=True))}


def main() -> None:
    """Print the mean error by true D and size of area."""
    print("Mean error of D and of its corrections, 400 draws; the group is a tenth of residents")
    print("".join(f"{head:>12}" for head in ("residents", "true D", *METHODS)))
    for steepness in STEEPNESS:
        for size in SIZES:
            row = mean_errors(steepness, size=size, draws=400)
            print(f"{size:12,}" + "".join(f"{value:12.3f}" for value in row.values()))
    print("plain: D. chance: Carrington and Troske. bias, density: Allen and others 2015.")


if __name__ == "__main__":
    main()
