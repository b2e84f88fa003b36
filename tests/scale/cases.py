"""Towns with what engines get wrong, and what Python says of them."""

import numpy as np
import pandas as pd

from barometer.indices import INDICES, SQL_INDICES, segregation

GROUPS = ["a", "b", "c", "d"]
TWO_GROUP = {index.id for index in INDICES if index.kind == "two-group"}
TOLERANCE = 1e-9


def towns(n_towns: int = 40, areas: int = 25) -> pd.DataFrame:
    """Columns place, a, b, c, d, land: empty areas, areas of one group, a group that towns lack."""
    rng = np.random.default_rng(7)
    n = n_towns * areas
    counts = rng.poisson(rng.gamma(0.6, 40, (n, 4)))
    counts[::11] = 0
    counts[::13, 1:] = 0
    place = np.repeat(np.arange(n_towns), areas)
    counts[place % 5 == 0, 3] = 0
    return pd.DataFrame(counts, columns=GROUPS).assign(place=place, land=rng.uniform(0.1, 5, n))


def groups_of(index: str) -> list[str]:
    """The columns that an index reads."""
    return GROUPS[:2] if index in TWO_GROUP else GROUPS


def largest_difference(index: str, answer: "pd.Series[float]", frame: pd.DataFrame) -> float:
    """The distance from the Python engine; infinite where one is undefined and not the other."""
    right = segregation(
        frame[groups_of(index)], frame["place"].tolist(), (index,), land_area=frame["land"]
    )[index]
    found = answer.astype(float).reindex(right.index)
    if (found.isna() != right.isna()).any():
        return float("inf")
    return float((found - right).abs().max())


def report(engine: str, differences: dict[str, float]) -> None:
    """Print how far every index is from Python; fails above 1e-9.

    Raises:
        SystemExit: naming the indices that differ.
    """
    print(f"  {engine}: {len(differences)} of {len(SQL_INDICES)} indices compared")
    print(f"  largest difference {max(differences.values()):.1e}")
    wrong = [index for index, difference in differences.items() if not difference <= TOLERANCE]
    if wrong:
        raise SystemExit(f"{engine} differs from Python in {', '.join(wrong)}")
