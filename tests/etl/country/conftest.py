import pytest
from country_cells import SOME

from etl.synthetic import SyntheticCountry, synthetic_country


@pytest.fixture(scope="session")
def part() -> SyntheticCountry:
    """Six kommuner, among them the two with a RegSO that goes or comes."""
    return synthetic_country(kommuner=SOME)


@pytest.fixture(scope="session")
def noisy_part() -> SyntheticCountry:
    return synthetic_country(kommuner=SOME, last_year=2025)
