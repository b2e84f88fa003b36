"""How far segregation reaches: to the place's mix, over distance, by level and group, by scale.

Everything here is computed when it is asked for, by `barometer.indices`.
"""

from typing import Final

import numpy as np
import pandas as pd

from barometer.divisions import RIKET
from barometer.indices.bias import density_corrected_dissimilarity
from barometer.indices.chance import expected_mutual_information
from barometer.indices.convergence import convergence
from barometer.indices.decomposition import divergence_by_level_and_group
from barometer.indices.distance import METRES, distance_profile
from barometer.indices.neighbourhoods import Reference
from barometer.indices.validation import checked_input
from barometer.queries.breakdowns import nested_units
from barometer.queries.measures import units
from barometer.queries.surroundings import surroundings
from barometer.selection import Measurement
from barometer.selection.measures import UnitLevel
from barometer.store import Cursor

MIX_COLUMNS: Final = (
    *("area_id", "label", "residents", "persons", "share", "metres", "divergence", "distortion"),
)
DISTANCE_COLUMNS: Final = (
    *("metres", "spatial_information_theory", "spatial_dissimilarity", "macro_micro"),
    *("inside_information_theory", "inside_dissimilarity", "inside_macro_micro"),
)
_FORMS: Final[tuple[Reference, ...]] = ("environments", "region")
JOINT_COLUMNS: Final = ("outer", "level", "group", "part", "share", "expected")


def mix_reach(cursor: Cursor, measurement: Measurement) -> pd.DataFrame:
    """How far each area is from the place's mix, nearest first; of a län and riket, its kommun's.

    Columns: area_id, label, residents, and persons, share, metres, divergence and distortion as
    `barometer.indices.convergence` gives them. Empty where an area has no centroid or no counts.
    """
    here = units(cursor, measurement)
    points = here.frame[["x", "y"]].to_numpy(np.float64)
    if here.counts.sum() == 0 or np.isnan(points).any():
        return pd.DataFrame(columns=list(MIX_COLUMNS))
    wide = measurement.level in ("riket", "lan")
    found = convergence(here.counts, points, here.frame["kommun_id"].tolist() if wide else None)
    areas = here.frame[["area_id", "label"]].assign(residents=here.counts.sum(axis=1))
    table = pd.concat([areas, found], axis=1).dropna(subset=["metres"])
    return table.sort_values(["metres", "area_id"], ignore_index=True)[list(MIX_COLUMNS)]


def over_distance(cursor: Cursor, measurement: Measurement) -> pd.DataFrame:
    """Spatial H and D of a place by how far neighbours count, in both forms side by side.

    Columns: metres; spatial_information_theory, spatial_dissimilarity and macro_micro of
    environments that cross the border; the same with `inside_` of the published form. Without the
    distances at which areas without a centroid would weigh in; empty where one in the place has
    none, or no counts, and for riket, which takes long.
    """
    around = None if measurement.area == RIKET else surroundings(cursor, measurement)
    metres = around.known_distances(METRES) if around else []
    if around is None or not metres:
        return pd.DataFrame(columns=list(DISTANCE_COLUMNS))
    across, within = (
        distance_profile(
            around.counts,
            around.points,
            around.inside.tolist(),
            metres=metres,
            only=[True],
            reference=reference,
        )
        for reference in _FORMS
    )
    names = ("information_theory", "dissimilarity")
    return across[["metres", *[f"spatial_{name}" for name in names], "macro_micro"]].assign(
        **{f"inside_{name}": within[f"spatial_{name}"] for name in names},
        inside_macro_micro=within["macro_micro"],
    )


def by_level_and_group(
    cursor: Cursor, measurement: Measurement, *, finest: UnitLevel, groups: tuple[str, ...]
) -> pd.DataFrame:
    """M split jointly by nested level and by group.

    Columns: outer and level as in `by_level`, group (its id), part (nats; all add up to M), share
    (of M), expected (M by chance alone). Empty where nobody is counted.
    """
    here, nested = nested_units(cursor, measurement, finest=finest)
    if here.counts.sum() == 0:
        return pd.DataFrame(columns=list(JOINT_COLUMNS))
    table = pd.DataFrame(here.counts, columns=list(groups))
    parts = divergence_by_level_and_group(
        table, [here.frame[f"{level}_id"].tolist() for level in nested]
    )
    levels = [*nested, finest]
    outer = ["riket" if measurement.area == RIKET else "place", *levels[:-1]]
    rows = pd.DataFrame(
        {
            "outer": np.repeat(outer, len(groups)),
            "level": np.repeat(levels, len(groups)),
            "group": list(groups) * len(levels),
            "part": parts.to_numpy().ravel(),
        }
    )
    whole = rows["part"].sum()
    expected = float(expected_mutual_information(checked_input(here.counts).table)[0])
    return rows.assign(share=rows["part"] / (whole if whole > 0 else np.nan), expected=expected)


def scale_corrected(cursor: Cursor, measurement: Measurement) -> float:
    """D between the areas freed of what small areas add by chance; NaN where it is undefined."""
    here = units(cursor, measurement)
    if here.counts.sum() == 0:
        return float("nan")
    return float(density_corrected_dissimilarity(checked_input(here.counts).table)[0])
