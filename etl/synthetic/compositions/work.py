"""Labour market status."""

from typing import Final

import numpy as np

from etl.synthetic import traits
from etl.synthetic.declaration import (
    OLDER_LISTS,
    PER_CENT,
    SEX,
    Cells,
    Composition,
    Content,
    DeclaredVariable,
    Label,
    categories,
    counted,
)
from etl.synthetic.landscape import Floats
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


_AGE: Final = DeclaredVariable(
    "Alder",
    Label("ålder", "age"),
    categories(
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


def _share_supported(cells: Floats, years: Years) -> Floats:  # noqa: ARG001
    with np.errstate(invalid="ignore"):
        return np.asarray(100 * cells[..., 0] / cells.sum(axis=-1))


_RAMS_COVERAGE: Final = 0.985
_EMPLOYMENT: Final = DeclaredVariable(
    "Sysselsattning",
    Label("sysselsättning", "employment"),
    categories(
        ("FÖRV", "förvärvsarbetande", "gainfully employed", (0,)),
        ("EJFÖRV", "ej förvärvsarbetande", "not gainfully employed", (1,)),
        ("total", "totalt", "total", (0, 1)),
    ),
    total="total",
)
_SUPPORT_AGE: Final = DeclaredVariable(
    "Alder",
    Label("ålder", "age"),
    categories(
        ("20-64", "20-64 år", "20-64 years", (0,)),
        ("20-65", "20-65 år", "20-65 years", (0, 1)),
    ),
    eliminated=False,
)
_SUPPORT_ORIGIN: Final = DeclaredVariable(
    "Fodelseregion",
    Label("födelseregion", "region of birth"),
    categories(
        ("samt", "samtliga", "all", (0, 1, 2)),
        ("in", "inrikes födda", "born in Sweden", (0,)),
        ("ut", "utrikes födda", "foreign-born", (1, 2)),
        ("ute", "utrikes födda, Europa", "foreign-born, Europe", (1,)),
        ("utee", "utrikes födda, utanför Europa", "foreign-born, outside Europe", (2,)),
    ),
    total="samt",
)

WORK: Final = {
    "TAB6680": Composition(
        variables=(SEX, _AGE),
        contents=(
            Content("0000089X", Label("antal sysselsatta", "employed"), counted(0)),
            Content("0000089W", Label("antal arbetslösa", "unemployed"), counted(1)),
            Content(
                "0000089V",
                Label("antal sysselsatta och arbetslösa (arbetskraften)", "labour force"),
                counted(0, 1),
            ),
            Content(
                "0000089Z",
                Label("antal personer utanför arbetskraften", "outside the labour force"),
                counted(2),
            ),
            Content("0000089Y", Label("antal totalt", "total"), counted(0, 1, 2)),
        ),
        cells=labour_status,
        lag=1,
        updated="11-25",
    ),
    "TAB5880": Composition(
        variables=(_EMPLOYMENT, SEX),
        contents=(Content("00000569", Label("Antal", "Number"), counted()),),
        cells=_rams,
        codelists=OLDER_LISTS,
    ),
    "TAB683": Composition(
        variables=(_EMPLOYMENT, SEX),
        contents=(Content("00000569", Label("Antal", "Number"), counted()),),
        cells=_rams,
        codelists=OLDER_LISTS,
    ),
    "TAB6766": Composition(
        variables=(SEX, _SUPPORT_AGE, _SUPPORT_ORIGIN),
        contents=(
            Content(
                "000008GN",
                Label("Andel självförsörjande", "Share of self-sufficient"),
                _share_supported,
                PER_CENT,
                decimals=1,
            ),
            Content("000008GY", Label("Antal självförsörjande", "Self-sufficient"), counted(0)),
            Content(
                "000008GX", Label("Antal ej självförsörjande", "Not self-sufficient"), counted(1)
            ),
            Content("000008H0", Label("Antal totalt", "Total"), counted()),
        ),
        cells=_self_supporting,
        lag=1,
        updated="12-10",
    ),
}
