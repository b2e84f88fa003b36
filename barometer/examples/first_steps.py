"""First steps with the data set: `python -m barometer.examples.first_steps`, or cell by cell.

Each block is one question and one line that answers it. Place matters, trends say more than levels,
begin with the whole population, and read the numbers together with research.
"""

import sys
from collections.abc import Sequence

import barometer


def main(arguments: Sequence[str]) -> None:
    """Print some answers; the first argument is a data folder or a snapshot file."""
    with barometer.open(arguments[0] if arguments else None, language="en") as data:
        # Which data set is it, and are the figures real?
        print(data.snapshot.snapshot_id, data.snapshot.origin)

        # What is there?
        indicators = data.indicators()
        print(indicators[["indicator", "name", "unit", "first_year", "last_year"]])

        # Every kommun in a year, highest first; a rank says nothing of why.
        year = int(indicators.set_index("indicator")["last_year"]["low_standard_children"])
        kommuner = data.values("low_standard_children", level="kommun", year=year)
        print(kommuner.sort_values("value", ascending=False)[["label", "value"]].head())

        # Development, side by side.
        print(data.series("low_standard_children", area=["00", "0180", "0380"]))

        # How segregated is a place, and could it be chance?
        measures = data.indices("low_standard_children", index="dissimilarity", area="0180")
        print(measures[["year", "unit_level", "value", "expected", "low", "high", "caution"]])

        # Areas with boundaries: a GeoDataFrame, ready for .plot() and spatial joins.
        areas = data.geometry(level="regso", year=year, within="0180")
        print(areas.merge(data.values("low_standard_children", year=year), on="area_id").shape)


if __name__ == "__main__":
    main(sys.argv[1:])
