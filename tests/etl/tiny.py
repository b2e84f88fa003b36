"""A made-up country of three small kommuner and a short catalogue, through the real pipeline."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import geopandas as gpd
import httpx

from barometer.catalogue import Catalogue, load_catalogue
from etl.emulator.app import create_emulator
from etl.emulator.limits import NO_LIMITS
from etl.fetch.bronze import Bronze, Collection
from etl.fetch.collection import fetch_tables
from etl.fetch.scb import Client
from etl.snapshot.build import Inputs
from etl.synthetic import SyntheticCountry, synthetic_country
from tests.pipeline import FrameBoundaries

KOMMUNER = ("0305", "2418", "2506")
INDICATORS = (
    "population",
    "foreign_background",
    "employed",
    "low_standard",
    "median_standard",
    "lower_secondary",
    "area_type",
    "index_low_standard",
    "index_education",
    "index_assistance",
    "unemployed",
    "deso_index",
    "deso_area_type",
)
GROUPINGS = ("foreign_background", "employed", "lower_secondary", "education_level")


@dataclass(frozen=True, slots=True)
class Tiny:
    country: SyntheticCountry
    catalogue: Catalogue
    bronze: Bronze
    collection: Collection

    @property
    def inputs(self) -> Inputs:
        boundaries = FrameBoundaries("tiny", boundaries_of_tiny())
        return Inputs(self.collection, self.bronze, boundaries, self.catalogue)


@cache
def tiny_country() -> SyntheticCountry:
    return synthetic_country(kommuner=KOMMUNER)


@cache
def boundaries_of_tiny() -> gpd.GeoDataFrame:
    return tiny_country().boundaries()


def short_catalogue() -> Catalogue:
    whole = load_catalogue()
    indicators = {key: whole.indicators[key] for key in INDICATORS}
    groupings = {key: whole.groupings[key] for key in GROUPINGS}
    used = {s for item in (*indicators.values(), *groupings.values()) for s in item.source_ids}
    sources = {key: source for key, source in whole.sources.items() if key in used}
    return replace(whole, sources=sources, indicators=indicators, groupings=groupings)


def fetch_tiny(folder: Path) -> Tiny:
    catalogue = short_catalogue()
    app = create_emulator(tiny_country(), limits=NO_LIMITS)
    bronze = Bronze(folder / "bronze")
    with Client.connect("http://test/api/v2", transport=httpx.WSGITransport(app=app)) as client:
        collection = fetch_tables(client, bronze, catalogue.needs())
    return Tiny(tiny_country(), catalogue, bronze, collection)
