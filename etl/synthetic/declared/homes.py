"""Tenure, type of building, dwellings, cars."""

from functools import partial
from typing import Final

import numpy as np

from etl.synthetic import traits
from etl.synthetic.declaration import (
    ADMIN_SETS,
    OLDER_LISTS,
    SETS_2018,
    SETS_2025,
    Cells,
    Content,
    Declaration,
    DeclaredVariable,
    Label,
    categories,
    counted,
)
from etl.synthetic.population import Counts, Population, Years

_PERSONS: Final = Label("Antal personer", "Number of persons")


def _everybody(population: Population, years: Years) -> Counts:
    return np.asarray(population.of(years).sum(axis=(2, 3), dtype=np.int32))


def _persons_by_tenure(population: Population, years: Years) -> Cells:
    return population.split(_everybody(population, years), traits.TENURE, years)[..., None]


def _persons_by_house(population: Population, years: Years) -> Cells:
    return population.split(_everybody(population, years), traits.HOUSE, years)[..., None]


def _dwellings(population: Population, years: Years) -> Cells:
    dwellings = population.split(_everybody(population, years), traits.DWELLINGS, years)[..., 0]
    return population.split(dwellings, traits.DWELLING_TENURE, years)[..., None]


def _cars(population: Population, years: Years) -> Cells:
    return population.split(_everybody(population, years), traits.CARS, years)[..., :2, None]


_TENURE: Final = DeclaredVariable(
    "Upplatelseform",
    Label("upplåtelseform", "tenure"),
    categories(
        ("ÄG/ANDEL", "äganderätt", "owned", (0,)),
        ("BOSTADSRÄTT", "bostadsrätt", "tenant-owned (co-operative)", (1,)),
        ("HYRESRÄTT", "hyresrätt", "rented", (2,)),
        ("ÖVRIGT", "uppgift saknas", "unknown", (3,)),
        ("TOTALT", "totalt", "total", (0, 1, 2, 3)),
    ),
    eliminated=False,
)
_HOUSE: Final = DeclaredVariable(
    "Hustyp",
    Label("hustyp", "type of building"),
    categories(
        ("SMÅHUS", "småhus", "one- or two-dwelling buildings", (0,)),
        ("FLERBOST", "flerbostadshus", "multi-dwelling buildings", (1,)),
        ("ÖVRHUS", "övriga hus", "other buildings", (2,)),
        ("SPEC", "specialbostäder", "special housing", (3,)),
        ("OKÄND", "uppgift saknas", "unknown", (4,)),
        ("TOTALT", "totalt", "total", (0, 1, 2, 3, 4)),
    ),
    total="TOTALT",
)
_DWELLING_TENURE: Final = DeclaredVariable(
    "Upplatelseform",
    Label("upplåtelseform", "tenure"),
    categories(
        ("1", "hyresrätt", "rented", (0,)),
        ("2", "bostadsrätt", "tenant-owned (co-operative)", (1,)),
        ("3", "äganderätt", "owned", (2,)),
        ("ÖVRIGT", "uppgift saknas", "unknown", (3,)),
    ),
)
_STOCK: Final = DeclaredVariable(
    "Bestand",
    Label("status", "status"),
    categories(
        ("ITRAF", "i trafik", "in use", (0,)),
        ("AVST", "avställda", "off the road", (1,)),
        ("TOT", "totalt", "total", (0, 1)),
    ),
    eliminated=False,
)
# Tables of persons by dwelling.
_by_dwelling: Final = partial(
    Declaration,
    subject="HE",
    infofile="HE0111",
    first=2012,
    updated="04-18",
)
# Tables of dwellings by tenure.
_dwelling_stock: Final = partial(
    Declaration,
    subject="BO",
    infofile="BO0104",
    variables=(_DWELLING_TENURE,),
    cells=_dwellings,
    updated="04-18",
)
# Tables of passenger cars.
_cars_in_use: Final = partial(
    Declaration,
    label=Label("Personbilar efter region och status", "Passenger cars by region and status"),
    subject="TK",
    infofile="TK1001",
    variables=(_STOCK,),
    cells=_cars,
    source="Trafikanalys",
)

HOMES: Final = (
    _by_dwelling(
        id="TAB6253",
        label=Label(
            "Antal personer efter region och upplåtelseform", "Persons by region and tenure"
        ),
        variables=(_TENURE,),
        contents=(Content("000007DQ", _PERSONS, counted()),),
        cells=_persons_by_tenure,
    ),
    _by_dwelling(
        id="TAB6065",
        label=Label(
            "Antal personer efter region och hustyp", "Persons by region and building type"
        ),
        variables=(_HOUSE,),
        contents=(Content("0000077F", _PERSONS, counted()),),
        cells=_persons_by_house,
    ),
    _dwelling_stock(
        id="TAB6638",
        label=Label(
            "Antal lägenheter efter region och upplåtelseform", "Dwellings by region and tenure"
        ),
        contents=(Content("00000864", Label("Antal", "Number"), counted()),),
        first=2024,
        sets=SETS_2025,
    ),
    _dwelling_stock(
        id="TAB6258",
        label=Label(
            "Antal lägenheter efter region (DeSO 2018/RegSO 2020) och upplåtelseform",
            "Dwellings by region (DeSO 2018/RegSO 2020) and tenure",
        ),
        contents=(Content("000006OC", Label("Antal", "Number"), counted()),),
        first=2015,
        last=2023,
        sets=SETS_2018,
        codelists=OLDER_LISTS,
    ),
    _cars_in_use(
        id="TAB6589",
        contents=(Content("000007ZL", Label("Antal", "Number"), counted()),),
        first=2024,
        sets=(*ADMIN_SETS, *SETS_2025),
    ),
    _cars_in_use(
        id="TAB6091",
        contents=(Content("000005Z2", Label("Antal", "Number"), counted()),),
        first=2015,
        last=2023,
        sets=(*ADMIN_SETS, *SETS_2018),
        codelists=OLDER_LISTS,
    ),
)
