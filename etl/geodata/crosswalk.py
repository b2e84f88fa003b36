"""The crosswalk from DeSO 2018 and RegSO 2020 to DeSO and RegSO 2025.

A row says which share of an area of 2018 lies in an area of 2025. Borders are laid over each
other; where an area is cut, its residents are shared out by the overlapping surfaces times the
population density of the new areas that they became. RegSO are put together from their DeSO, whose
residents are known, and by surface only where DeSO are not. Everybody in a cut area is taken to be
alike, so what is carried across is an estimate unless its quality is exact or merged.
"""

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

CROSSWALK_COLUMNS: Final = (
    "from_id",
    "to_id",
    "level",
    "weight_area",
    "weight_population",
    "method",
    "quality",
)
SAME: Final = 0.999  # outlines with that much in common (intersection over union) are one
SLIVER: Final = 0.005  # an overlap below that share of both areas is a drawing difference
POOR: Final = 0.25  # share of an area's residents that a shifted border leaves uncertain
_SUFFIXES: Final = r"_(?:DeSO|RegSO)2025$"
_EMPTY: Final = ("from_id", "to_id", "area", "people", "share", "method")


def build_crosswalk(
    areas: pd.DataFrame,
    *,
    boundaries: gpd.GeoDataFrame,
    changes: Sequence[tuple[str, str]] = (),
) -> pd.DataFrame:
    """The crosswalk, with CROSSWALK_COLUMNS, by level, from_id and to_id.

    `areas` has area_id, level, division, parent_id and population (missing when not known);
    `boundaries` as `read_boundaries` gives them, unsimplified. `changes` are SCB's own pairs of
    DeSO: what they do not name is unchanged, and without outlines they are the only witness.
    An area that neither outlines nor changes tell of has no row.
    """
    outlines = boundaries[boundaries.geometry.notna()].set_index("area_id").geometry
    small = areas[areas["level"].isin(["deso", "regso"])].set_index("area_id")
    deso = _people(_pairs(small, level="deso", outlines=outlines, changes=changes), areas=small)
    regso = _from_deso(deso, areas=small)
    if regso is None:
        pairs = _pairs(small, level="regso", outlines=outlines, changes=())
        regso = _people(pairs, areas=small)
    frames = [
        _weigh(pairs).assign(level=level) for level, pairs in (("deso", deso), ("regso", regso))
    ]
    together = pd.concat(frames).sort_values(["level", "from_id", "to_id"], ignore_index=True)
    return together[list(CROSSWALK_COLUMNS)]


def _pairs(
    areas: pd.DataFrame,
    *,
    level: str,
    outlines: gpd.GeoSeries,
    changes: Sequence[tuple[str, str]],
) -> pd.DataFrame:
    """Areas of both divisions that overlap: from_id, to_id, area (km², NaN unknown), method."""
    of_level = areas[areas["level"] == level]
    old = of_level.index[of_level["division"] == "2018"]
    new = of_level.index[of_level["division"] == "2025"]
    told = _listed_pairs(old, new, changes=changes)
    unchanged = told[told["method"] == "file"]
    rest_old = outlines.reindex(old[~old.isin(unchanged["from_id"])]).dropna()
    rest_new = outlines.reindex(new[~new.isin(unchanged["to_id"])]).dropna()
    overlaid = _overlay(rest_old, rest_new)
    left = told[~told["from_id"].isin(overlaid["from_id"])]
    surface = left["from_id"].map(outlines.area / 1e6)
    named = left.assign(area=surface.where(left["method"] == "file"))
    return pd.concat([overlaid, named]).reset_index(drop=True)


def _listed_pairs(
    old: "pd.Index[str]", new: "pd.Index[str]", *, changes: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """What SCB's changes say: areas they do not name ("file"), and the pairs they do ("listed")."""
    if not changes:
        return pd.DataFrame(columns=["from_id", "to_id", "method"])
    coded = dict(zip(_plain(new), new, strict=True))
    touched = {code for pair in changes for code in pair}
    unchanged = [(code, coded[code], "file") for code in old if code in coded.keys() - touched]
    known = set(old)
    listed = [(a, coded[b], "listed") for a, b in changes if a in known and b in coded]
    return pd.DataFrame(unchanged + listed, columns=["from_id", "to_id", "method"])


def _plain(codes: "pd.Index[str]") -> "pd.Index[str]":
    return codes.str.replace(_SUFFIXES, "", regex=True)


def _overlay(old: gpd.GeoSeries, new: gpd.GeoSeries) -> pd.DataFrame:
    """Overlaps of two divisions; areas whose outlines stayed are matched by their code at once."""
    same = _same_outlines(old, new)
    left = old[~old.index.isin(same["from_id"])]
    right = new[~new.index.isin(same["to_id"])]
    first, second = left.sindex.query(right.values, predicate="intersects")[::-1]
    area = (
        shapely.area(shapely.intersection(np.asarray(left)[first], np.asarray(right)[second])) / 1e6
    )
    share_old = area / (left.area.to_numpy()[first] / 1e6)
    share_new = area / (right.area.to_numpy()[second] / 1e6)
    kept = (share_old >= SLIVER) | (share_new >= SLIVER)
    cut = pd.DataFrame(
        {
            "from_id": left.index[first[kept]],
            "to_id": right.index[second[kept]],
            "area": area[kept],
            "method": "area",
        }
    )
    return pd.concat([same, cut])


def _same_outlines(old: gpd.GeoSeries, new: gpd.GeoSeries) -> pd.DataFrame:
    coded = pd.Series(new.index, index=_plain(new.index))
    codes = old.index[old.index.isin(coded.index)]
    before, after = old.reindex(codes), new.reindex(coded.reindex(codes))
    common = _common_share(np.asarray(before), np.asarray(after))
    same = codes[common >= SAME]
    return pd.DataFrame(
        {
            "from_id": same,
            "to_id": coded.reindex(same).to_numpy(),
            "area": old.reindex(same).area.to_numpy() / 1e6,
            "method": "same",
        }
    )


def _common_share(before: NDArray[np.object_], after: NDArray[np.object_]) -> NDArray[np.float64]:
    """Intersection over union of each pair; 1 at once for equal outlines."""
    share: NDArray[np.float64] = shapely.equals_exact(before, after).astype(float)
    rest = np.flatnonzero(share == 0)
    common = shapely.area(shapely.intersection(before[rest], after[rest]))
    either = shapely.area(before[rest]) + shapely.area(after[rest]) - common
    share[rest] = np.divide(common, either, out=np.zeros(len(rest)), where=either > 0)
    return share


def _people(pairs: pd.DataFrame, *, areas: pd.DataFrame) -> pd.DataFrame:
    """The pairs with `people`, the residents of 2018 in the overlap; NaN when not known."""
    if pairs.empty:
        return pd.DataFrame(columns=list(_EMPTY))
    population = areas["population"].astype(float)
    residents = pairs["to_id"].map(population)
    # Without outlines, the areas that a new one came from have an equal part of it each.
    sources = pairs.groupby("to_id")["from_id"].transform("size")
    covered = pairs.groupby("to_id")["area"].transform("sum", skipna=False)
    part = (pairs["area"] / covered).where(pairs["area"].notna(), 1 / sources)
    by_density = _shares(pairs, residents * part)
    by_area = _shares(pairs, pairs["area"])
    share = by_density.fillna(by_area)
    single = pairs.groupby("from_id")["to_id"].transform("size") == 1
    dense = (pairs["method"] == "area") & by_density.notna() & ~single
    return pairs.assign(
        people=pairs["from_id"].map(population) * share.where(~single, 1.0),
        share=share.where(~single, 1.0),
        method=pairs["method"].where(~dense, "density"),
    )


def _shares(pairs: pd.DataFrame, amount: "pd.Series[float]") -> "pd.Series[float]":
    """Each pair's part of its old area's total; NaN for all of them when one is not known."""
    total = amount.groupby(pairs["from_id"]).transform("sum", skipna=False)
    shares: pd.Series[float] = (amount / total).where(total > 0)
    return shares


def _from_deso(deso: pd.DataFrame, *, areas: pd.DataFrame) -> pd.DataFrame | None:
    """Pairs of RegSO put together from pairs of DeSO; None unless every DeSO has both."""
    parents = areas["parent_id"]
    of_level = areas[areas["level"] == "deso"]
    known = set(areas.index[areas["level"] == "regso"])
    told = set(deso["from_id"]) | set(deso["to_id"])
    if of_level.empty or set(of_level.index) - told or set(of_level["parent_id"]) - known:
        return None
    raised = deso.assign(from_id=deso["from_id"].map(parents), to_id=deso["to_id"].map(parents))
    grouped = raised.groupby(["from_id", "to_id"], as_index=False)
    sums = grouped[["area", "people"]].sum(skipna=False)
    small = sums["people"] < SLIVER * sums.groupby("from_id")["people"].transform("sum")
    small &= sums["people"] < SLIVER * sums.groupby("to_id")["people"].transform("sum")
    kept = sums[~small]
    return kept.assign(method="deso", share=_shares(kept, kept["people"]))


def _weigh(pairs: pd.DataFrame) -> pd.DataFrame:
    """Weights that sum to 1 for every old area, and the quality of every new one."""
    if pairs.empty:
        return pd.DataFrame(columns=list(CROSSWALK_COLUMNS))
    single = pairs.groupby("from_id")["to_id"].transform("size") == 1
    by_area = _shares(pairs, pairs["area"]).where(~single, 1.0)
    equal = 1 / pairs.groupby("from_id")["to_id"].transform("size")
    by_people = _shares(pairs, pairs["people"]).fillna(pairs["share"]).fillna(by_area).fillna(equal)
    weighed = pairs.assign(weight_area=by_area, weight_population=by_people)
    return weighed.assign(quality=_quality(weighed))


def _quality(pairs: pd.DataFrame) -> "pd.Series[str]":
    """What became of the area that a row leads to: the same for all rows of that area."""
    targets = pairs.groupby("from_id")["to_id"].transform("size")
    sources = pairs.groupby("to_id")["from_id"].transform("size")
    whole_sources = (targets == 1).groupby(pairs["to_id"]).transform("all")
    pure_split = (sources == 1).groupby(pairs["from_id"]).transform("all")
    uncertain = _uncertain(pairs)
    chosen = np.select(
        [
            (targets == 1) & (sources == 1),
            whole_sources,
            pure_split,
            uncertain > POOR,
        ],
        ["exact", "merged", "split", "poor"],
        default="border_change",
    )
    return pd.Series(chosen, index=pairs.index)


def _uncertain(pairs: pd.DataFrame) -> "pd.Series[float]":
    """Share of a new area's residents who would be elsewhere if the cuts ran otherwise."""
    weight = pairs["weight_population"]
    people = pairs["people"].fillna(pairs["area"]).fillna(weight)
    doubt = people * np.minimum(weight, 1 - weight) / weight.where(weight > 0, 1)
    total = people.groupby(pairs["to_id"]).transform("sum")
    shares: pd.Series[float] = doubt.groupby(pairs["to_id"]).transform("sum") / total
    return shares.fillna(0)
