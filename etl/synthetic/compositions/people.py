"""Population, origin, households, education."""

from typing import Final

import numpy as np

from barometer.catalogue.model import Text
from etl.synthetic import traits
from etl.synthetic.declaration import SEX, Cells, Composition, Content, counted, variable
from etl.synthetic.population import Population, Trait, Years

_LAST_NARROW_YEAR: Final = 2022  # education covers ages 25-64 to this year, 25-65 after it


def _number(code: str) -> tuple[Content, ...]:
    return (Content(code, Text("Antal", "Number"), counted()),)


def _age_leaves(low: int, high: int) -> tuple[int, ...]:
    return tuple(traits.ages(low, high))


def _by_age(population: Population, years: Years) -> Cells:
    return population.of(years)[..., None]


def _by_trait(trait: Trait, population: Population, years: Years) -> Cells:
    everybody = population.of(years).sum(axis=2, dtype=np.int32)
    return population.split(everybody, trait, years).swapaxes(2, 3)[..., None]


def _by_origin(population: Population, years: Years) -> Cells:
    return _by_trait(traits.ORIGIN, population, years)


def _households(population: Population, years: Years) -> Cells:
    everybody = population.of(years).sum(axis=(2, 3), dtype=np.int32)
    heads = population.split(everybody, traits.HEADS, years)[..., 0]
    return population.split(heads, traits.HOUSEHOLD, years)[..., None]


def _educated(population: Population, years: Years) -> Cells:
    """By education; ages 25-64, with the 65-year-olds from 2023."""
    persons = population.of(years).sum(axis=3, dtype=np.int32)
    base = persons[:, :, traits.ages(25, 64)].sum(axis=2, dtype=np.int32)
    base += np.where(years > _LAST_NARROW_YEAR, persons[:, :, traits.AGES.index("65")], 0)
    return population.split(base, traits.EDUCATION, years)[..., None]


_AGE: Final = variable(
    "Alder",
    Text("ålder", "age"),
    ("totalt", "totalt", "total", _age_leaves(0, 200)),
    ("-4", "0-4 år", "0-4 years", _age_leaves(0, 4)),
    *(
        (f"{a}-{a + 4}", f"{a}-{a + 4} år", f"{a}-{a + 4} years", _age_leaves(a, a + 4))
        for a in range(5, 80, 5)
    ),
    ("80-", "80- år", "80+ years", _age_leaves(80, 200)),
    total="totalt",
)
_BACKGROUND: Final = variable(
    "UtlBakgrund",
    Text("utländsk/svensk bakgrund", "foreign/Swedish background"),
    ("2", "svensk bakgrund", "Swedish background", (0,)),
    ("1", "utländsk bakgrund", "foreign background", (1, 2, 3)),
    ("SA", "totalt", "total", (0, 1, 2, 3)),
    total="SA",
)
_BIRTH_REGION: Final = variable(
    "Fodelseregion",
    Text("födelseregion", "region of birth"),
    ("sv", "Sverige", "Sweden", (0, 1)),
    ("eu", "Europa utom Sverige", "Europe except Sweden", (2,)),
    ("öv", "övriga världen inkl. uppgift saknas", "rest of the world incl. unknown", (3,)),
    ("tot", "totalt", "total", (0, 1, 2, 3)),
    total="tot",
)
_HOUSEHOLD: Final = variable(
    "Hushallstyp",
    Text("hushållstyp", "type of household"),
    ("SBMB", "sammanboende med barn", "cohabiting with children", (0,)),
    ("SBUB", "sammanboende utan barn", "cohabiting without children", (1,)),
    ("ESMB", "ensamstående med barn", "single with children", (2,)),
    ("ESUB", "ensamstående utan barn", "single without children", (3,)),
    ("OVRIGA", "övriga hushåll", "other households", (4,)),
    ("TOTALT", "totalt antal hushåll", "all households", (0, 1, 2, 3, 4)),
    total="TOTALT",
)
_EDUCATION: Final = variable(
    "UtbildningsNiva",
    Text("utbildningsnivå", "level of education"),
    ("21", "förgymnasial utbildning", "lower secondary or less", (0,)),
    ("3+4", "gymnasial utbildning", "upper secondary", (1,)),
    ("5", "eftergymnasial utbildning, mindre än 3 år", "post-secondary, under 3 years", (2,)),
    ("6", "eftergymnasial utbildning, 3 år eller mer", "post-secondary, 3 years or more", (3,)),
    ("US", "uppgift om utbildningsnivå saknas", "level of education unknown", (4,)),
)
_EDUCATION_AGES: Final = Text(
    "Fr.o.m. 2023 redovisas åldersgruppen 25-65 år.", "From 2023 the age group is 25-65."
)

PEOPLE: Final = {
    "TAB6574": Composition(
        variables=(_AGE, SEX),
        contents=_number("000007Y7"),
        cells=_by_age,
    ),
    "TAB6571": Composition(
        variables=(_BACKGROUND, SEX),
        contents=_number("000007Y4"),
        cells=_by_origin,
    ),
    "TAB6572": Composition(
        variables=(_BIRTH_REGION, SEX),
        contents=_number("000007Y5"),
        cells=_by_origin,
    ),
    "TAB6568": Composition(
        variables=(_HOUSEHOLD,),
        contents=(Content("000007Y1", Text("Antal hushåll", "Number of households"), counted()),),
        cells=_households,
    ),
    "TAB5956": Composition(
        variables=(_EDUCATION,),
        contents=(Content("000005MO", Text("Befolkning", "Population"), counted()),),
        cells=_educated,
        older=True,
        notes=(_EDUCATION_AGES,),
    ),
    "TAB6534": Composition(
        variables=(_EDUCATION,),
        contents=(Content("000007Z6", Text("Befolkning", "Population"), counted()),),
        cells=_educated,
    ),
}
