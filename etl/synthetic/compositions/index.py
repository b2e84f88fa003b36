"""The socio-economic index and area types, reckoned as SCB defines them (INDICES.md section 9)."""

from typing import Final

import numpy as np

from barometer.catalogue.model import Text
from etl.synthetic import incomes, traits
from etl.synthetic.declaration import PER_CENT, Cells, Composition, Content, share
from etl.synthetic.landscape import Floats
from etl.synthetic.population import Population, Years

_LOW_STANDARD: Final = share(0, of=slice(1, 2))
_LOWER_SECONDARY: Final = share(2, of=slice(3, 4))
_LONG_TERM: Final = share(4, of=slice(5, 6))
_INDEX: Final = Text("index", "index")


def _components(population: Population, years: Years) -> Cells:
    """Cells (atoms, years, numerator and base of V1, V2 and V3)."""
    standard = incomes.histogram(incomes.STANDARD, population, years).sum(axis=2)
    persons = population.of(years).sum(axis=3, dtype=np.int32)
    educated = persons[:, :, traits.ages(25, 64)].sum(axis=2, dtype=np.int32)
    adults = persons[:, :, traits.ages(20, 64)].sum(axis=2, dtype=np.int32)
    parts = (
        incomes.low_count(standard),
        standard.sum(axis=-1),
        population.split(educated, traits.EDUCATION, years)[..., 0],
        educated,
        population.split(adults, traits.LONG_TERM, years)[..., 0],
        adults,
    )
    return np.stack(parts, axis=-1)


def _index(cells: Floats, years: Years) -> Floats:
    shares = (_LOW_STANDARD, _LOWER_SECONDARY, _LONG_TERM)
    return np.asarray(sum(own(cells, years) for own in shares) / len(shares))


def _area_type(cells: Floats, years: Years) -> Floats:
    """1 (largest challenges) to 5, by standard deviations from the mean over RegSO, per year."""
    index = _index(cells, years)
    score = (index - index.mean(axis=0)) / index.std(axis=0)
    return np.select([score >= 2, score >= 1, score >= 0, score >= -1], [1.0, 2.0, 3.0, 4.0], 5.0)


INDEX: Final = {
    "TAB6586": Composition(
        variables=(),
        contents=(
            Content(
                "000008IT",
                Text("Socioekonomiskt index", "Socio-economic index"),
                _index,
                _INDEX,
                decimals=1,
            ),
            Content("000008IU", Text("Områdestyp", "Area type"), _area_type, _INDEX),
            Content(
                "000008IV",
                Text("Andel med förgymnasial utbildning", "Share with lower secondary education"),
                _LOWER_SECONDARY,
                PER_CENT,
                decimals=1,
            ),
            Content(
                "000008IW",
                Text("Andel med låg ekonomisk standard", "Share with low economic standard"),
                _LOW_STANDARD,
                PER_CENT,
                decimals=1,
            ),
            Content(
                "000008IX",
                Text(
                    "Andel med ekonomiskt bistånd minst 10 månader"
                    " och/eller arbetslösa mer än 6 månader",
                    "Share with economic assistance 10 months or more or unemployed over 6 months",
                ),
                _LONG_TERM,
                PER_CENT,
                decimals=1,
            ),
        ),
        cells=_components,
        lag=1,
        updated="06-23",
    ),
}
