"""Ten million people on a 100 m grid: K nearest residents and discs, with time and memory.

The grid is made up, with the density of a real country: towns whose sizes fall by rank, each denser
towards its middle, and a thin scatter between them; a million inhabited cells on 4,500 x 15,000.
"""

import resource
import sys
import time

import numpy as np

from barometer.indices.containers import table_of
from barometer.indices.grid import grid_discs, grid_neighbours, grid_of
from barometer.indices.neighbourhoods import RESIDENTS, macro_micro, spatial_values

PEOPLE, TOWNS, WIDTH, HEIGHT = 10_000_000, 2_000, 4_500, 15_000
RADII = (5, 10, 20, 40, 80)  # cells of 100 m
SAMPLE = 40
LIMIT_SECONDS, LIMIT_BYTES = 600, 8e9


def made_up_country(people: int = PEOPLE) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, columns and persons (cells, 2) of the inhabited cells."""
    rng = np.random.default_rng(2026)
    sizes = 1 / np.arange(2, TOWNS + 2)
    in_town = rng.multinomial(round(0.9 * people), sizes / sizes.sum())
    middles = np.column_stack([rng.integers(0, HEIGHT, TOWNS), rng.integers(0, WIDTH, TOWNS)])
    town = np.repeat(np.arange(TOWNS), in_town)
    spread = 0.03 * np.sqrt(in_town)[town]  # cells: 180 people a cell in the very middle
    away, angle = rng.gamma(2, spread), rng.uniform(0, 2 * np.pi, town.size)
    settled = middles[town] + np.column_stack([away * np.sin(angle), away * np.cos(angle)])
    hamlets = np.column_stack([rng.integers(0, HEIGHT, 150_000), rng.integers(0, WIDTH, 150_000)])
    scattered = hamlets[rng.integers(0, len(hamlets), people - town.size)]
    places = np.concatenate([settled.astype(int), scattered])
    places = np.clip(places, 0, [HEIGHT - 1, WIDTH - 1])
    cells, persons = np.unique(places[:, 0] * WIDTH + places[:, 1], return_counts=True)
    part = rng.beta(1.2, 4.8, (HEIGHT // 15 + 1) * (WIDTH // 15 + 1))  # one mix each 1,5 km
    rows, columns = cells // WIDTH, cells % WIDTH
    group = rng.binomial(persons, part[rows // 15 * (WIDTH // 15 + 1) + columns // 15])
    return rows, columns, np.column_stack([group, persons - group])


def main() -> None:
    """Print time, memory and the profile; fails when a sampled cell differs from brute force."""
    rows, columns, counts = made_up_country()
    print(f"{counts.sum():,} people in {len(counts):,} cells of 100 m")
    clock, processor = time.perf_counter(), time.process_time()
    grid = grid_of(rows, columns, counts)
    near = grid_neighbours(grid, residents=RESIDENTS)
    middle = time.perf_counter(), time.process_time()
    discs = grid_discs(grid, radii=RADII)
    end = time.perf_counter(), time.process_time()
    print(f"  K nearest, {len(RESIDENTS)} sizes: {middle[0] - clock:.0f} s by the clock,", end=" ")
    print(f"{middle[1] - processor:.0f} s of one processor")
    print(f"  discs, {len(RADII)} radii: {end[0] - middle[0]:.0f} s, {end[1] - middle[1]:.0f} s")
    print(f"  together {(end[0] - clock) / 60:.1f} minutes by the clock")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"  memory at most {memory / 1e9:.1f} GB")
    _print_profile("K", RESIDENTS, near, counts)
    _print_profile("metres", [100 * r for r in RADII], discs, counts)
    worst = _worst_difference(rows, columns, counts, near=near, discs=discs)
    print(f"  largest difference from brute force in {SAMPLE} cells: {worst:.1e}")
    if worst > 1e-9 or memory > LIMIT_BYTES or end[1] - processor > LIMIT_SECONDS:
        sys.exit("the grid is wrong, or takes more than 10 minutes or 8 GB")


def _print_profile(name: str, sizes: object, shares: np.ndarray, counts: np.ndarray) -> None:
    whole = np.array([0]), np.array([len(counts)])
    table = table_of(counts.T.astype(float), starts=whole[0], sizes=whole[1])
    values = np.array([spatial_values(table, share, reference="environments") for share in shares])
    left = macro_micro(values[:, 1].T)[0]
    for size, (d, h, *_), macro in zip(sizes, values[:, :, 0], left, strict=True):  # type: ignore[call-overload]
        print(f"  {name} {size:>7,}: D {d:.4f}, H {h:.4f}, macro/micro {macro:.3f}")


def _worst_difference(
    rows: np.ndarray,
    columns: np.ndarray,
    counts: np.ndarray,
    *,
    near: np.ndarray,
    discs: np.ndarray,
) -> float:
    """Every cell of the country sorted by distance from each of some."""
    worst = 0.0
    for cell in np.random.default_rng(1).integers(0, len(rows), SAMPLE):
        away = (rows - rows[cell]) ** 2 + (columns - columns[cell]) ** 2
        order = np.argsort(away, kind="stable")
        met, ends = np.cumsum(counts[order], axis=0), away[order]
        totals = met.sum(axis=1)
        for k, size in enumerate(RESIDENTS):
            square = ends[np.searchsorted(totals, size)]
            inside, outside = (np.searchsorted(ends, square, side) for side in ("left", "right"))
            inner = met[inside - 1] if inside else np.zeros(2)
            ring = met[outside - 1] - inner
            whole = inner + ring * (size - inner.sum()) / ring.sum()
            worst = max(worst, np.abs(whole / whole.sum() - near[k, :, cell]).max())
        for k, radius in enumerate(RADII):
            whole = met[np.searchsorted(ends, radius * radius, "right") - 1]
            worst = max(worst, np.abs(whole / whole.sum() - discs[k, :, cell]).max())
    return worst


if __name__ == "__main__":
    main()
