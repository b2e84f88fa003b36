"""What an index is made of: levels, change, pairs, neighbourhood size and areas, from the counts.

Everything here is computed when it is asked for, by `barometer.indices`.
"""

from typing import Final

import numpy as np
import pandas as pd

from barometer.divisions import OWN, RIKET, Level
from barometer.indices import local_values
from barometer.indices.chance import expected_mutual_information
from barometer.indices.change import explain_change
from barometer.indices.decomposition import within_between
from barometer.indices.neighbourhoods import RESIDENTS, neighbourhood_profile
from barometer.indices.pairwise import pairwise
from barometer.indices.validation import checked_input
from barometer.queries.measures import Units, units
from barometer.queries.surroundings import surroundings
from barometer.selection import Measurement
from barometer.selection.measures import UnitLevel
from barometer.store import Cursor

# The levels that lie inside a place, larger first, and the column that says which an area is in.
_INSIDE: Final[dict[Level, tuple[Level, ...]]] = {
    "riket": ("lan", "kommun", "regso"),
    "lan": ("kommun", "regso"),
    "kommun": ("regso",),
    "own": ("lan", "kommun", "regso"),
}
LEVEL_COLUMNS: Final = [
    *("outer", "level", "mutual_information", "information_theory", "share", "expected")
]
PARTS_OF_CHANGE: Final = ("structural", "group_margin", "area_margin", "additions", "removals")


def by_level(cursor: Cursor, measurement: Measurement, *, finest: UnitLevel) -> pd.DataFrame:
    """M and H split by nested levels, down to the finest areas that have counts.

    A level is left out when it is not known for every area. Columns: outer (the level above; riket
    or "place" for the place itself), level, mutual_information, information_theory, share, expected
    (M by chance alone, of the whole); the last row, level "total", is the sum of the others.
    """
    here, inside = nested_units(cursor, measurement, finest=finest)
    levels = (*inside, finest)
    if not inside or here.counts.sum() == 0:
        return pd.DataFrame(columns=LEVEL_COLUMNS)
    own = "riket" if measurement.area == RIKET else "place"
    split = within_between(here.counts, [here.frame[f"{level}_id"].tolist() for level in inside])
    return split.drop(columns=["container", "component"]).assign(
        outer=[own, *levels[:-1], own],
        level=[*levels, "total"],
        expected=float(expected_mutual_information(checked_input(here.counts).table)[0]),
    )


def nested_units(
    cursor: Cursor, measurement: Measurement, *, finest: UnitLevel
) -> tuple[Units, list[Level]]:
    """The finest areas of a place, and the known levels above them, coarsest first."""
    here = units(cursor, measurement, level=finest)
    inside = [
        level
        for level in _INSIDE[measurement.level]
        if level != finest and _splits(here.frame[f"{level}_id"], measurement)
    ]
    return here, inside


def _splits(outer: "pd.Series[str]", measurement: Measurement) -> bool:
    """Whether a level is known for every area, and parts an own area at all."""
    return bool(outer.notna().all()) and (measurement.level != OWN or len(set(outer)) > 1)


def why_changed(cursor: Cursor, measurement: Measurement) -> pd.DataFrame:
    """The change in M since the earlier year, in parts that add up to it.

    Columns: part (`PARTS_OF_CHANGE`), value; then rows first, second and difference. Empty when
    there is no earlier year with the same borders.
    """
    if measurement.since == measurement.year:
        return pd.DataFrame(columns=["part", "value"])
    first, second = (
        units(cursor, measurement, year=year) for year in (measurement.since, measurement.year)
    )
    if not (first.counts.sum() and second.counts.sum()):
        return pd.DataFrame(columns=["part", "value"])
    try:
        change = explain_change(
            first.counts,
            second.counts,
            first_areas=first.frame["area_id"].tolist(),
            second_areas=second.frame["area_id"].tolist(),
        )
    except ValueError:  # no inhabited area in common, or margins that cannot be met
        return pd.DataFrame(columns=["part", "value"])
    rows = (*PARTS_OF_CHANGE, "first", "second", "difference")
    return pd.DataFrame({"part": rows, "value": [getattr(change, part) for part in rows]})


def pairs(cursor: Cursor, measurement: Measurement, *, groups: tuple[str, ...]) -> pd.DataFrame:
    """D of every group against every other. Columns: group, other, value."""
    here = units(cursor, measurement)
    if not len(here.counts):
        return pd.DataFrame(columns=["group", "other", "value"])
    table = pd.DataFrame(here.counts, columns=list(groups))
    return pairwise(table).drop(columns="container")


def profile(cursor: Cursor, measurement: Measurement) -> pd.DataFrame:
    """Spatial H and D of a place by neighbourhood size, grown from its RegSO or DeSO.

    Neighbours across the place's border count. Columns: residents, spatial_dissimilarity,
    spatial_information_theory, spatial_isolation, macro_micro, persons (in the place). Without the
    sizes that may reach an area without a centroid; empty where one in the place has none, or no
    counts. Riket takes up to a second: ask through `reader.once`.
    """
    around = surroundings(cursor, measurement)
    sizes = around.known_sizes(RESIDENTS) if around else []
    if around is None or not sizes:
        columns = ["residents", "spatial_information_theory", "macro_micro", "persons"]
        return pd.DataFrame(columns=columns)
    found = neighbourhood_profile(
        around.counts, around.points, around.inside.tolist(), only=[True], residents=sizes
    )
    persons = around.counts[around.inside].sum()
    return found.drop(columns="container").assign(persons=persons)


def drivers(cursor: Cursor, measurement: Measurement) -> pd.DataFrame:
    """The areas and what each adds to the number, largest first.

    Two groups: parts of D. More: parts of M. Columns: area_id, label, x, y (metres), group_share
    (of the first group), residents, part (sums to the index), share (of the index).
    """
    here = units(cursor, measurement)
    totals = here.counts.sum(axis=1)
    if not totals.sum():
        columns = ["area_id", "label", "x", "y", "group_share", "residents", "part", "share"]
        return pd.DataFrame(columns=columns)
    two = here.counts.shape[1] == 2
    index = "dissimilarity_contribution" if two else "local_segregation"
    local = local_values(here.counts, indices=(index,))[index].to_numpy()
    part = np.nan_to_num(local if two else local * totals / totals.sum())
    with_share = here.frame[["area_id", "label", "x", "y"]].assign(
        group_share=here.counts[:, 0] / np.where(totals > 0, totals, np.nan),
        residents=totals,
        part=part,
        share=part / (part.sum() or np.nan),
    )
    return with_share.sort_values(["part", "area_id"], ascending=[False, True], ignore_index=True)
