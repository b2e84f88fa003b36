"""Labour market status."""

from typing import Final

import numpy as np

from etl.emulator.country import traits
from etl.emulator.country.declaration import (
    SEX,
    SMALL_SETS,
    Cells,
    Content,
    Declaration,
    Text,
    Variable,
    categories,
    counted,
)
from etl.emulator.country.population import Population, Years


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


_AGE: Final = Variable(
    "Alder",
    Text("ålder", "age"),
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

WORK: Final = (
    Declaration(
        id="TAB6680",
        label=Text(
            "Arbetsmarknadsstatus efter bostadens belägenhet, region (DeSO/RegSO), kön och ålder",
            "Labour market status by region of residence (DeSO/RegSO), sex and age",
        ),
        subject="AM",
        infofile="AM0210",
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
        first=2020,
        lag=1,
        sets=SMALL_SETS,
        updated="11-25",
    ),
)
