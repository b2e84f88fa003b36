"""A made-up Sweden: real län and kommuner, invented small areas, invented statistics.

Deterministic for a seed, whatever is asked in whatever order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

import geopandas as gpd

from barometer.catalogue import load_catalogue
from etl.emulator.shelf import SourceTable
from etl.synthetic import traits
from etl.synthetic.atlas import Atlas, draw_atlas
from etl.synthetic.boundaries import draw_boundaries
from etl.synthetic.declaration import Declaration
from etl.synthetic.declarations import declarations_for
from etl.synthetic.geography import Settlement, settle
from etl.synthetic.kommuner import Kommuner, read_kommuner
from etl.synthetic.landscape import shape_landscape
from etl.synthetic.metadata import OLDER_LISTS, code_list, metadata, summary
from etl.synthetic.population import FIRST_YEAR, Population
from etl.synthetic.reckoning import regions_of, table_values
from etl.synthetic.revision import revise

SEED: Final = 2026
LAST_YEAR: Final = 2024


@dataclass(frozen=True)
class SyntheticCountry:
    """A TableSource. `population.landscape` is the ground truth behind every figure."""

    kommuner: Kommuner
    settlement: Settlement
    atlas: Atlas
    population: Population
    declarations: tuple[Declaration, ...]

    @property
    def synthetic(self) -> bool:
        """Always: no number in it comes from SCB."""
        return True

    def summaries(self) -> list[dict[str, Any]]:
        """One entry per table that has a year, in id order."""
        last_year = self.population.last_year
        return [summary(d, last_year=last_year) for d in self._by_id.values()]

    def table(self, table_id: str) -> SourceTable:
        """The table, its values reckoned when they are read; KeyError if there is none."""
        declaration = self._by_id[table_id]
        regions = regions_of(declaration, self.atlas)
        last_year = self.population.last_year
        return SourceTable(
            id=table_id,
            metadata=metadata(declaration, regions, last_year=last_year, language="sv"),
            cells=partial(table_values, declaration, self.population, self.atlas, regions),
            metadata_en=metadata(declaration, regions, last_year=last_year, language="en"),
        )

    def code_lists(self) -> dict[str, dict[str, Any]]:
        """The Region value sets of both divisions, with the ids that older tables use."""
        return self._code_lists

    def boundaries(self) -> gpd.GeoDataFrame:
        """Polygons of all areas of both divisions, EPSG:3006; see boundaries.draw_boundaries."""
        return self._boundaries.copy()

    @cached_property
    def _code_lists(self) -> dict[str, dict[str, Any]]:
        lists = [code_list(set_id, atlas=self.atlas) for set_id in self.atlas.sets]
        lists += [code_list(set_id, atlas=self.atlas, older=True) for set_id in OLDER_LISTS]
        return {entry["id"]: entry for entry in lists}

    @cached_property
    def _boundaries(self) -> gpd.GeoDataFrame:
        return draw_boundaries(self.kommuner, self.settlement, self.atlas)

    @cached_property
    def _by_id(self) -> dict[str, Declaration]:
        last_year = self.population.last_year
        shown = [d for d in self.declarations if len(d.years(last_year))]
        return {d.id: d for d in sorted(shown, key=lambda d: d.id)}


def synthetic_country(
    *,
    seed: int = SEED,
    last_year: int = LAST_YEAR,
    kommuner: Sequence[str] | None = None,
    declarations: tuple[Declaration, ...] | None = None,
) -> SyntheticCountry:
    """The whole country, or with `kommuner` (codes) a small part of it, for tests.

    Figures run from 2011 to last_year. A later last_year leaves the earlier years as they were.
    `declarations` are its tables: without them, `declarations_for` the product's own catalogue.
    """
    if last_year < FIRST_YEAR + 1:
        raise ValueError(f"last_year is {last_year}; the country's figures begin in {FIRST_YEAR}.")
    everywhere = read_kommuner()
    chosen = everywhere if kommuner is None else everywhere.only(kommuner)
    settlement = settle(chosen, everywhere=everywhere, seed=seed)
    regso2025, deso2025 = revise(settlement, seed=seed)
    atlas = draw_atlas(chosen, settlement, regso2025=regso2025, deso2025=deso2025)
    landscape = shape_landscape(chosen, settlement, atlas, seed=seed)
    return SyntheticCountry(
        kommuner=chosen,
        settlement=settlement,
        atlas=atlas,
        population=Population(landscape, seed, last_year, traits.AGE, traits.MEN),
        declarations=declarations or declarations_for(load_catalogue()),
    )
