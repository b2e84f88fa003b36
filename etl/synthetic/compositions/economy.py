"""Income and economic standard."""

from functools import partial
from typing import Final

import numpy as np

from barometer.catalogue.model import Text
from etl.synthetic import incomes, traits
from etl.synthetic.declaration import (
    PER_CENT,
    SEX,
    THOUSANDS,
    Cells,
    Composition,
    Content,
    counted,
    share,
    variable,
)
from etl.synthetic.landscape import Floats
from etl.synthetic.population import Population, Years

_FEWEST: Final = 100  # persons behind a published share, mean or median
_PERSONS: Final = Text("Antal personer totalt", "Number of persons")


def _standard(population: Population, years: Years) -> Cells:
    return np.asarray(incomes.histogram(incomes.STANDARD, population, years).sum(axis=2))


def _net_by_sex(population: Population, years: Years) -> Cells:
    return incomes.histogram(incomes.NET, population, years)[:, :, None]


def _components(population: Population, years: Years) -> Cells:
    """Cells (atoms, years, components, sexes, persons/persons with any/thousand kronor)."""
    adults = population.of(years)[:, :, traits.ages(20, 200)].sum(axis=2, dtype=np.int32)
    need = population.landscape.field("deprivation", years)[..., None]
    found = []
    for trait, amount, load in traits.COMPONENTS.values():
        with_any = population.split(adults, trait, years)[..., 0]
        kronor = np.round(with_any * amount * np.exp(load * need))
        found.append(np.stack([adults, with_any, kronor], axis=-1))
    return np.stack(found, axis=2)


def _mean_of_all(cells: Floats, years: Years) -> Floats:  # noqa: ARG001
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(cells[..., 2] / cells[..., 0])


def _quarter(code: str, number: int) -> Content:
    label = Text(
        f"Kvartil {number}, andel personer, procent",
        f"Quartile {number}, share of persons, per cent",
    )
    return Content(code, label, incomes.quarter_share(number), PER_CENT, fewest=_FEWEST)


def _middles(median: str, mean: str, income: incomes.Income) -> tuple[Content, Content]:
    """The median and the mean of an income, by their codes."""
    rows = (
        (median, Text("Medianvärde, tkr", "Median value, SEK thousands"), incomes.median_income),
        (mean, Text("Medelvärde, tkr", "Mean value, SEK thousands"), incomes.mean_income),
    )
    first, second = (
        Content(code, label, partial(of, income), THOUSANDS, decimals=1, fewest=_FEWEST)
        for code, label, of in rows
    )
    return first, second


_AGE: Final = variable(
    "Alder",
    Text("ålder", "age"),
    ("tot", "totalt ålder", "all ages", (0, 1, 2, 3)),
    ("0-19", "0-19 år", "0-19 years", (0,)),
    ("20-64", "20-64 år", "20-64 years", (1,)),
    ("20-65", "20-65 år", "20-65 years", (1, 2)),
    ("65+", "65+ år", "65+ years", (2, 3)),
    ("66+", "66+ år", "66+ years", (3,)),
    total="tot",
)
_INCOME_TYPE: Final = variable(
    "InkomstTyp",
    Text("inkomstslag", "type of income"),
    ("NeInk", "nettoinkomst", "net income", (0,)),
    eliminated=False,
)
# SCB has more components; these are the ones whose codes are known with their meaning. That 170 is
# economic assistance comes from a stored table text: the pipeline reads the live label.
_COMPONENT: Final = variable(
    "Inkomstkomponenter",
    Text("inkomstkomponent", "income component"),
    ("10", "löneinkomst", "wages", (0,)),
    ("230", "kapitalinkomst", "capital income", (1,)),
    ("110", "arbetsmarknadsstöd", "labour market support", (2,)),
    ("160", "bostadsbidrag", "housing allowance", (3,)),
    ("170", "ekonomiskt bistånd", "economic assistance", (4,)),
    ("240", "nettoinkomst", "net income", (5,)),
    eliminated=False,
)
_FIXED_PRICES: Final = Text(
    "Belopp i senaste årets priser.", "Amounts in prices of the latest year."
)

ECONOMY: Final = {
    "TAB6684": Composition(
        variables=(),
        contents=(
            *(_quarter(f"000008A{5 + number}", number) for number in (1, 2, 3, 4)),
            *_middles("000008AB", "000008AA", incomes.STANDARD),
            Content("000008A5", _PERSONS, counted()),
        ),
        cells=_standard,
        lag=1,
        updated="12-20",
        notes=(_FIXED_PRICES,),
    ),
    "TAB6685": Composition(
        variables=(_AGE,),
        contents=(
            Content(
                "000008AC",
                Text("Låg ekonomisk standard, procent", "Low economic standard, per cent"),
                incomes.LOW_SHARE,
                PER_CENT,
                fewest=_FEWEST,
            ),
            Content(
                "000008AD",
                Text("Hög ekonomisk standard, procent", "High economic standard, per cent"),
                incomes.HIGH_SHARE,
                PER_CENT,
                fewest=_FEWEST,
            ),
            Content("000008AE", _PERSONS, counted()),
        ),
        cells=partial(incomes.histogram, incomes.STANDARD),
        lag=1,
        updated="12-20",
    ),
    "TAB6679": Composition(
        variables=(_INCOME_TYPE, SEX),
        contents=(  # SCB's quartile shares are left out: their codes are not known
            *_middles("0000089U", "0000089T", incomes.NET),
            Content("0000089O", _PERSONS, counted()),
        ),
        cells=_net_by_sex,
        lag=1,
        updated="12-20",
        notes=(_FIXED_PRICES,),
    ),
    "TAB6683": Composition(
        variables=(_COMPONENT, SEX),
        contents=(
            Content(
                "000008A4",
                Text("Medelvärde för samtliga, tkr", "Mean value for all, SEK thousands"),
                _mean_of_all,
                THOUSANDS,
                decimals=1,
                fewest=_FEWEST,
                people=counted(0),
            ),
            Content(
                "000008A2",
                Text("Andel med inkomst, procent", "Share with the income, per cent"),
                share(1, of=slice(1)),
                PER_CENT,
                fewest=_FEWEST,
                people=counted(0),
            ),
            Content("000008A3", _PERSONS, counted(0)),
        ),
        cells=_components,
        lag=1,
        updated="12-20",
        notes=(_FIXED_PRICES,),
    ),
}
