"""Tenure, type of building, dwellings, cars."""

from functools import partial
from typing import Final

import numpy as np

from barometer.catalogue.model import Text
from etl.synthetic import traits
from etl.synthetic.declaration import Cells, Composition, Content, counted, variable
from etl.synthetic.population import Counts, Population, Trait, Years

_PERSONS: Final = Text("Antal personer", "Number of persons")


def _everybody(population: Population, years: Years) -> Counts:
    return np.asarray(population.of(years).sum(axis=(2, 3), dtype=np.int32))


def _persons_by(trait: Trait, population: Population, years: Years) -> Cells:
    return population.split(_everybody(population, years), trait, years)[..., None]


def _dwellings(population: Population, years: Years) -> Cells:
    dwellings = population.split(_everybody(population, years), traits.DWELLINGS, years)[..., 0]
    return population.split(dwellings, traits.DWELLING_TENURE, years)[..., None]


def _cars(population: Population, years: Years) -> Cells:
    return population.split(_everybody(population, years), traits.CARS, years)[..., :2, None]


_TENURE: Final = variable(
    "Upplatelseform",
    Text("upplåtelseform", "tenure"),
    ("ÄG/ANDEL", "äganderätt", "owned", (0,)),
    ("BOSTADSRÄTT", "bostadsrätt", "tenant-owned (co-operative)", (1,)),
    ("HYRESRÄTT", "hyresrätt", "rented", (2,)),
    ("ÖVRIGT", "uppgift saknas", "unknown", (3,)),
    ("TOTALT", "totalt", "total", (0, 1, 2, 3)),
    eliminated=False,
)
_HOUSE: Final = variable(
    "Hustyp",
    Text("hustyp", "type of building"),
    ("SMÅHUS", "småhus", "one- or two-dwelling buildings", (0,)),
    ("FLERBOST", "flerbostadshus", "multi-dwelling buildings", (1,)),
    ("ÖVRHUS", "övriga hus", "other buildings", (2,)),
    ("SPEC", "specialbostäder", "special housing", (3,)),
    ("OKÄND", "uppgift saknas", "unknown", (4,)),
    ("TOTALT", "totalt", "total", (0, 1, 2, 3, 4)),
    total="TOTALT",
)
_DWELLING_TENURE: Final = variable(
    "Upplatelseform",
    Text("upplåtelseform", "tenure"),
    ("1", "hyresrätt", "rented", (0,)),
    ("2", "bostadsrätt", "tenant-owned (co-operative)", (1,)),
    ("3", "äganderätt", "owned", (2,)),
    ("ÖVRIGT", "uppgift saknas", "unknown", (3,)),
)
_STOCK: Final = variable(
    "Bestand",
    Text("status", "status"),
    ("ITRAF", "i trafik", "in use", (0,)),
    ("AVST", "avställda", "off the road", (1,)),
    ("TOT", "totalt", "total", (0, 1)),
    eliminated=False,
)

HOMES: Final = {
    "TAB6253": Composition(
        variables=(_TENURE,),
        contents=(Content("000007DQ", _PERSONS, counted()),),
        cells=partial(_persons_by, traits.TENURE),
        updated="04-18",
    ),
    "TAB6065": Composition(
        variables=(_HOUSE,),
        contents=(Content("0000077F", _PERSONS, counted()),),
        cells=partial(_persons_by, traits.HOUSE),
        updated="04-18",
    ),
    "TAB6638": Composition(
        variables=(_DWELLING_TENURE,),
        contents=(Content("00000864", Text("Antal", "Number"), counted()),),
        cells=_dwellings,
        updated="04-18",
    ),
    "TAB6258": Composition(
        variables=(_DWELLING_TENURE,),
        contents=(Content("000006OC", Text("Antal", "Number"), counted()),),
        cells=_dwellings,
        older=True,
        updated="04-18",
    ),
    "TAB6589": Composition(
        variables=(_STOCK,),
        contents=(Content("000007ZL", Text("Antal", "Number"), counted()),),
        cells=_cars,
    ),
    "TAB6091": Composition(
        variables=(_STOCK,),
        contents=(Content("000005Z2", Text("Antal", "Number"), counted()),),
        cells=_cars,
        older=True,
    ),
}
