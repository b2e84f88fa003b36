"""RegSO tables of SCB's integration database: turnout, moves, income, benefits, work, sickness.

Where a table's id is not known, the id here is its name in PxWebApi 1 behind UNVERIFIED.
"""

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from barometer.catalogue.model import Text
from etl.synthetic import incomes, traits
from etl.synthetic.compositions.work import labour_status
from etl.synthetic.declaration import (
    PER_CENT,
    SEX,
    UNVERIFIED,
    Cells,
    Composition,
    Content,
    Measure,
    share,
    variable,
)
from etl.synthetic.landscape import Floats
from etl.synthetic.population import Counts, Population, Trait, Years

_FEWEST: Final = 50
_BINS: Final = 13
_PRICE_BASE_AMOUNT: Final = 57.3  # thousand kronor in 2024, the prices of incomes.NET


def _adults(population: Population, years: Years) -> Counts:
    """Ages 20-64 by sex."""
    return np.asarray(population.of(years)[:, :, traits.ages(20, 64)].sum(axis=2, dtype=np.int32))


def _by_birth(counts: Counts, population: Population, years: Years, *, axis: int = 3) -> Counts:
    """The same counts with a new axis: born in Sweden, born abroad."""
    origin = population.split(counts, traits.ORIGIN, years)
    born = [origin[..., :2], origin[..., 2:]]
    return np.stack([part.sum(axis=-1, dtype=np.int32) for part in born], axis=axis)


def _voters(population: Population, years: Years) -> Cells:
    """Cells (atoms, years, birth, sexes, voted or not) of Swedish citizens aged 20 or more."""
    persons = population.of(years)[:, :, traits.ages(20, 200)].sum(axis=2, dtype=np.int32)
    citizens = population.split(persons, traits.CITIZENSHIP, years)[..., 0]
    groups = _by_birth(citizens, population, years, axis=2)
    return population.split(groups, traits.TURNOUT, years)


def _moves(population: Population, years: Years) -> Cells:
    """Cells (atoms, years, sexes, moved in, moved out, neither)."""
    by_sex = population.of(years).sum(axis=2, dtype=np.int32)
    return population.split(by_sex, traits.MOVES, years)


def _moves_of_all_ages(population: Population, years: Years) -> Cells:
    """The same with an axis of one age."""
    return _moves(population, years)[:, :, None]


def _adults_by(trait: Trait, population: Population, years: Years) -> Cells:
    """Cells (atoms, years, sexes, birth, the trait's parts), ages 20-64."""
    adults = _by_birth(_adults(population, years), population, years)
    return population.split(adults, trait, years)


def _net_income(population: Population, years: Years) -> Cells:
    """Cells (atoms, years, sexes, birth, income bins then persons with income support only)."""
    bins = _by_birth(incomes.histogram(incomes.NET, population, years), population, years)
    only = population.split(bins.sum(axis=-1, dtype=np.int32), traits.ONLY_SUPPORT, years)
    return np.concatenate([bins, only[..., :1]], axis=-1)


def _work(population: Population, years: Years) -> Cells:
    """Cells (atoms, years, sexes, birth, employed/unemployed/outside/long-term), ages 20-64."""
    by_age = labour_status(population, years)[:, :, :, traits.LABOUR_AGES.index("20-64")]
    status = _by_birth(by_age, population, years)
    long_term = population.split(status.sum(axis=-1, dtype=np.int32), traits.LONG_UNEMPLOYED, years)
    return np.concatenate([status, long_term[..., :1]], axis=-1)


def _net_moves(cells: Floats, years: Years) -> Floats:  # noqa: ARG001
    return np.asarray(100 * (cells[..., 0] - cells[..., 1]) / cells.sum(axis=-1))


def _surplus(cells: Floats, years: Years) -> Floats:  # noqa: ARG001
    return np.asarray(cells[..., 0] - cells[..., 1])


def _days(cells: Floats, years: Years) -> Floats:
    """Of 365 in a year."""
    return np.asarray(3.65 * share(0)(cells, years))


def _base_amounts(measure: Measure, cells: Floats, years: Years) -> Floats:
    return np.asarray(measure(cells[..., :_BINS], years) / _PRICE_BASE_AMOUNT)


def _share(code: str, sv: str, en: str, *, part: int, whole: slice = slice(None)) -> Content:
    measure = share(part, of=whole)
    return Content(code, Text(sv, en), measure, PER_CENT, decimals=1, fewest=_FEWEST)


_PERSONS: Final = Text("personer", "persons")
_BASE_AMOUNTS: Final = Text("prisbasbelopp", "price base amounts")
_BACKGROUND: Final = variable(
    "Bakgrund",
    Text("bakgrund", "background"),
    ("TOT", "samtliga", "all", (0, 1)),
    ("SE", "födelseregion: Sverige", "region of birth: Sweden", (0,)),
    ("INTTOT", "samtliga utrikes födda", "all born abroad", (1,)),
    eliminated=False,
)
_SEX_AS_BACKGROUND: Final = replace(SEX, code="Bakgrund", eliminated=False, total=None)
_EVERY_AGE: Final = variable(
    "Alder", Text("ålder", "age"), ("tot", "totalt", "total", (0,)), total="tot"
)
_TWO_SEXES: Final = replace(SEX, categories=SEX.categories[:2], total=None)

INTEGRATION: Final = {
    f"{UNVERIFIED}IntGr11RegSO1": Composition(
        variables=(_BACKGROUND, SEX),
        contents=(
            _share(
                "000004WU",
                "Valdeltagande i riksdagsval, procent",
                "Turnout in parliamentary elections, per cent",
                part=0,
            ),
        ),
        cells=_voters,
    ),
    "TAB5724": Composition(
        variables=(_SEX_AS_BACKGROUND,),
        contents=(
            Content(
                "000004V8",
                Text("Inrikes flyttnetto, procent", "Domestic net migration, per cent"),
                _net_moves,
                PER_CENT,
                decimals=1,
            ),
        ),
        cells=_moves,
    ),
    "TAB1212": Composition(
        variables=(_EVERY_AGE, _TWO_SEXES),
        contents=(
            Content("BE0101AZ", Text("Flyttningsöverskott", "Net migration"), _surplus, _PERSONS),
        ),
        cells=_moves_of_all_ages,
    ),
    "TAB5750": Composition(
        variables=(SEX, _BACKGROUND),
        contents=(
            Content(
                "000004X3",
                Text("Medelinkomst, prisbasbelopp", "Mean income, price base amounts"),
                partial(_base_amounts, partial(incomes.mean_income, incomes.NET)),
                _BASE_AMOUNTS,
                decimals=1,
                fewest=_FEWEST,
            ),
            Content(
                "000004X4",
                Text("Medianinkomst, prisbasbelopp", "Median income, price base amounts"),
                partial(_base_amounts, partial(incomes.median_income, incomes.NET)),
                _BASE_AMOUNTS,
                decimals=1,
                fewest=_FEWEST,
            ),
            _share(
                "000004X5",
                "Andel med enbart ekonomiskt bistånd, procent",
                "Share with income support only, per cent",
                part=_BINS,
                whole=slice(_BINS),
            ),
        ),
        cells=_net_income,
    ),
    f"{UNVERIFIED}IntGr4RegSOKon": Composition(
        variables=(SEX, _BACKGROUND),
        contents=(
            _share(
                "000004WZ",
                "Ekonomiskt bistånd, procent av nettoinkomsten",
                "Income support, per cent of net income",
                part=0,
            ),
            _share(
                "000004WY",
                "Arbetslöshetsersättning, procent av nettoinkomsten",
                "Unemployment benefit, per cent of net income",
                part=1,
            ),
        ),
        cells=partial(_adults_by, traits.BENEFITS),
    ),
    f"{UNVERIFIED}IntGr1RegSOBASN": Composition(
        variables=(SEX, replace(_BACKGROUND, code="BakgrVar")),
        contents=(
            _share(
                "000008AW",
                "Andel sysselsatta, procent",
                "Share employed, per cent",
                part=0,
                whole=slice(3),
            ),
            _share(
                "000008B1",
                "Andel arbetslösa, procent",
                "Share unemployed, per cent",
                part=1,
                whole=slice(3),
            ),
            _share(
                "000008B4",
                "Andel långtidsarbetslösa, procent",
                "Share long-term unemployed, per cent",
                part=3,
                whole=slice(3),
            ),
        ),
        cells=_work,
    ),
    f"{UNVERIFIED}IntGr10RegSOKon": Composition(
        variables=(SEX, _BACKGROUND),
        contents=(
            Content(
                "000004X8",
                Text("Ohälsotalet, antal dagar", "Sickness rate, days"),
                _days,
                Text("dagar", "days"),
                decimals=1,
                fewest=_FEWEST,
            ),
        ),
        cells=partial(_adults_by, traits.SICKNESS),
    ),
}
