"""The indices against plain NumPy and PySAL, on the same data in one run, and the whole panel.

Reference work: 6,000 areas x 13 years in 290 kommuner = 78,000 rows, 3,770 containers; D, H,
isolation and Gini of each.
"""

import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from barometer.indices import index_panel, segregation
from barometer.indices.entry import DEFAULT

AREAS, YEARS, KOMMUNER = 6_000, 13, 290
PANEL_YEARS, LAN = 14, 21
UNIT_LEVELS = {"DeSO": 6_160, "RegSO": 3_363}
GROUPINGS = {"two-group": 34, "multigroup": 4, "ordinal": 2}
GROUPS = {"two-group": 2, "multigroup": 5, "ordinal": 4}
TOLERANCE = 1e-9
T = TypeVar("T")


def main() -> None:
    """Print the table; fails when the three implementations disagree."""
    counts, containers = _reference_work()
    ours, our_time = _timed(lambda: segregation(counts, containers).to_numpy(), rounds=7)
    codes = pd.factorize(containers)[0]  # plain NumPy is given its codes ready made
    plain, plain_time = _timed(lambda: _plain_numpy(counts, codes), rounds=7)
    pysal, pysal_time = _timed(lambda: _by_pysal(counts, containers), rounds=1)
    print(f"{', '.join(DEFAULT)}: {len(counts):,} areas in {len(ours):,} containers")
    print(f"  {'':24}{'seconds':>10}{'times ours':>12}{'largest difference':>22}")
    for name, seconds, values in (
        ("ours", our_time, ours),
        ("plain NumPy", plain_time, plain),
        ("PySAL segregation", pysal_time, pysal),
    ):
        difference = np.nanmax(np.abs(values - ours))
        print(f"  {name:24}{seconds:10.3f}{seconds / our_time:12.1f}{difference:22.1e}")
        if difference > TOLERANCE:
            raise SystemExit(f"{name} differs from ours by {difference:.1e}")
    print(f"  {'import barometer.indices':24}{_import_seconds():10.3f}  (fresh interpreter)")
    _print_panel()


def _reference_work() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2026)
    kommun = np.sort(rng.integers(0, KOMMUNER, AREAS))
    kommun[:KOMMUNER] = np.arange(KOMMUNER)
    totals = rng.integers(700, 2_700, AREAS * YEARS)
    group = rng.binomial(totals, np.tile(rng.beta(1.2, 4.8, AREAS), YEARS))
    year = np.repeat(np.arange(YEARS), AREAS)
    return np.column_stack([group, totals - group]), np.tile(kommun, YEARS) * 100 + year


def _plain_numpy(counts: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """What one writes by hand: the four formulas over sorted segments, nothing else."""
    share = counts[:, 0] / counts.sum(axis=1)
    order = np.lexsort((share, codes))
    x, y = counts[order].T.astype(float)
    codes, t = codes[order], x + y
    starts = np.searchsorted(codes, np.arange(codes[-1] + 1))
    big_x, big_y, big_t = (np.add.reduceat(part, starts) for part in (x, y, t))
    p, f, g = x / t, x / big_x[codes], y / big_y[codes]
    distance = np.add.reduceat(np.abs(f - g), starts) / 2
    before_f, before_g = np.cumsum(f) - f, np.cumsum(g) - g
    before_f, before_g = before_f - before_f[starts][codes], before_g - before_g[starts][codes]
    gini = np.add.reduceat(f * before_g - g * before_f, starts)
    inside = np.add.reduceat(t * _binary_entropy(p), starts)
    information = 1 - inside / (big_t * _binary_entropy(big_x / big_t))
    isolation = np.add.reduceat(f * p, starts)
    return np.column_stack([distance, gini, information, isolation])


def _binary_entropy(p: np.ndarray) -> np.ndarray:
    q = 1 - p
    return -p * np.log(np.where(p > 0, p, 1)) - q * np.log(np.where(q > 0, q, 1))


def _by_pysal(counts: np.ndarray, containers: np.ndarray) -> np.ndarray:
    """Container by container, which is the way its interface asks for."""
    from segregation.singlegroup import Dissim, Entropy, Gini, Isolation

    frame = pd.DataFrame({"x": counts[:, 0], "t": counts.sum(axis=1)})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.array(
            [
                [
                    kind(part, group_pop_var="x", total_pop_var="t").statistic
                    for kind in (Dissim, Gini, Entropy, Isolation)
                ]
                for _, part in frame.groupby(containers, sort=False)
            ]
        )


def _print_panel() -> None:
    """One grouping of each kind in full, scaled to all; processor time tells a busy machine."""
    print(f"All indices with expected values and intervals, {PANEL_YEARS} years, 2 workers,")
    print("kommun, län and riket, DeSO and RegSO; seconds by the clock (of one processor):")
    clock = processor = 0.0
    for kind, n_groupings in GROUPINGS.items():
        once = np.sum([_panel_seconds(kind, n_areas) for n_areas in UNIT_LEVELS.values()], axis=0)
        clock, processor = clock + once[0] * n_groupings, processor + once[1] * n_groupings
        print(f"  one {kind:12} grouping {once[0]:7.2f} ({once[1]:.2f}), of {n_groupings}")
    print(f"  all {sum(GROUPINGS.values())} groupings, scaled {clock:7.1f} ({processor:.1f})")


def _panel_seconds(kind: str, n_areas: int) -> tuple[float, float]:
    rng = np.random.default_rng(n_areas)
    n_groups = GROUPS[kind]
    totals = np.tile(rng.integers(700, 2_700, n_areas), PANEL_YEARS)
    mix = np.tile(rng.dirichlet(np.ones(n_groups) * 2, n_areas), (PANEL_YEARS, 1))
    counts = rng.multinomial(totals, mix)
    kommun = np.tile(np.sort(rng.integers(0, KOMMUNER, n_areas)), PANEL_YEARS)
    year = np.repeat(np.arange(PANEL_YEARS), n_areas)
    levels = (kommun * 100 + year, kommun * LAN // KOMMUNER * 100 + year, year)
    clock, processor = time.perf_counter(), time.process_time()
    for codes in levels:
        index_panel(counts, codes, kind=kind)
    return time.perf_counter() - clock, time.process_time() - processor


def _import_seconds() -> float:
    code = "import time; s = time.perf_counter(); import barometer.indices\n"
    code += "print(time.perf_counter() - s)"
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    return min(float(run.stdout) for run in runs)


def _timed(work: Callable[[], T], *, rounds: int) -> tuple[T, float]:
    """The result, and the best time of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return result, best


if __name__ == "__main__":
    main()
