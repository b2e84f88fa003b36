"""Labour market status."""

from typing import Final

import numpy as np

from barometer.catalogue.model import Text
from etl.synthetic import traits
from etl.synthetic.declaration import (
    PER_CENT,
    SEX,
    Cells,
    Composition,
    Content,
    counted,
    share,
    variable,
)
from etl.synthetic.population import Population, Years


def labour_status(population: Population, years: Years) -> Cells:
    """Cells (atoms, years, sexes, LABOUR_AGES, employed/unemployed/outside)."""
    persons = population.of(years)
    bounds = ((15, 15), (16, 19), (20, 64), (65, 65), (66, 66), (67, 74))
    by_age = []
    for trait, (low, high) in zip(traits.LABOUR, bounds, strict=True):
        base = persons[:, :, traits.ages(low, high)].sum(axis=2, dtype=np.int32)
        by_age.append(population.split(base, trait, years))
    return np.stack(by_age, axis=3)


def _ages(low: str, high: str) -> tuple[int, ...]:
    starts = [age.split("-")[0] for age in traits.LABOUR_AGES]
    ends = [age.split("-")[-1] for age in traits.LABOUR_AGES]
    return tuple(range(starts.index(low), ends.index(high) + 1))


_AGE: Final = variable(
    "Alder",
    Text("ålder", "age"),
    *(
        (f"{low}-{high}", f"{low}-{high} år", f"{low}-{high} years", _ages(low, high))
        for low, high in (
            ("15", "74"),
            ("16", "64"),
            ("16", "65"),
            ("16", "66"),
            ("20", "64"),
            ("20", "65"),
            ("20", "66"),
        )
    ),
    eliminated=False,
)


def _rams(population: Population, years: Years) -> Cells:
    """Ages 16-64 by employment and sex; another source, a little lower than BAS."""
    status = labour_status(population, years)[:, :, :, _ages("16", "64")].sum(axis=3)
    employed = np.floor(_RAMS_COVERAGE * status[..., 0]).astype(np.int32)
    everybody = status.sum(axis=-1)
    return np.stack([employed, everybody - employed], axis=2)[..., None]


def _self_supporting(population: Population, years: Years) -> Cells:
    """Cells (atoms, years, sexes, 20-64/65, ORIGINS, self-supporting or not)."""
    persons = population.of(years)
    ages = [traits.ages(20, 64), traits.ages(65, 65)]
    base = np.stack([persons[:, :, own].sum(axis=2, dtype=np.int32) for own in ages], axis=3)
    born = population.split(base, traits.ORIGIN, years)
    groups = (born[..., :2].sum(axis=-1, dtype=np.int32), born[..., 2], born[..., 3])
    found = [
        population.split(group, trait, years)
        for group, trait in zip(groups, traits.SELF_SUPPORTING, strict=True)
    ]
    return np.stack(found, axis=4)


_RAMS_COVERAGE: Final = 0.985
_EMPLOYMENT: Final = variable(
    "Sysselsattning",
    Text("sysselsättning", "employment"),
    ("FÖRV", "förvärvsarbetande", "gainfully employed", (0,)),
    ("EJFÖRV", "ej förvärvsarbetande", "not gainfully employed", (1,)),
    ("total", "totalt", "total", (0, 1)),
    total="total",
)
_SUPPORT_AGE: Final = variable(
    "Alder",
    Text("ålder", "age"),
    ("20-64", "20-64 år", "20-64 years", (0,)),
    ("20-65", "20-65 år", "20-65 years", (0, 1)),
    eliminated=False,
)
_SUPPORT_ORIGIN: Final = variable(
    "Fodelseregion",
    Text("födelseregion", "region of birth"),
    ("samt", "samtliga", "all", (0, 1, 2)),
    ("in", "inrikes födda", "born in Sweden", (0,)),
    ("ut", "utrikes födda", "foreign-born", (1, 2)),
    ("ute", "utrikes födda, Europa", "foreign-born, Europe", (1,)),
    ("utee", "utrikes födda, utanför Europa", "foreign-born, outside Europe", (2,)),
    total="samt",
)

WORK: Final = {
    "TAB6680": Composition(
        variables=(SEX, _AGE),
        contents=(
            Content("0000089X", Text("antal sysselsatta", "employed"), counted(0)),
            Content("0000089W", Text("antal arbetslösa", "unemployed"), counted(1)),
            Content(
                "0000089V",
                Text("antal sysselsatta och arbetslösa (arbetskraften)", "labour force"),
                counted(0, 1),
            ),
            Content(
                "0000089Z",
                Text("antal personer utanför arbetskraften", "outside the labour force"),
                counted(2),
            ),
            Content("0000089Y", Text("antal totalt", "total"), counted(0, 1, 2)),
        ),
        cells=labour_status,
        lag=1,
        updated="11-25",
    ),
    **dict.fromkeys(
        ("TAB5880", "TAB683"),
        Composition(
            variables=(_EMPLOYMENT, SEX),
            contents=(Content("00000569", Text("Antal", "Number"), counted()),),
            cells=_rams,
            older=True,
        ),
    ),
    "TAB6766": Composition(
        variables=(SEX, _SUPPORT_AGE, _SUPPORT_ORIGIN),
        contents=(
            Content(
                "000008GN",
                Text("Andel självförsörjande", "Share of self-sufficient"),
                share(0),
                PER_CENT,
                decimals=1,
            ),
            Content("000008GY", Text("Antal självförsörjande", "Self-sufficient"), counted(0)),
            Content(
                "000008GX", Text("Antal ej självförsörjande", "Not self-sufficient"), counted(1)
            ),
            Content("000008H0", Text("Antal totalt", "Total"), counted()),
        ),
        cells=_self_supporting,
        lag=1,
        updated="12-10",
    ),
}
