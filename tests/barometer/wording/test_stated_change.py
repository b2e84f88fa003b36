"""A reader who subtracts the numbers of a sentence gets the difference that it states."""

import re
from dataclasses import replace
from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from barometer import wording
from barometer.catalogue import Indicator, load_catalogue
from barometer.divisions import Language
from barometer.wording.profiles import outstanding_sentence, types_sentence

INDICATORS = load_catalogue().indicators
VALUES = st.floats(0, 100)
LANGUAGES = st.sampled_from(("sv", "en"))
SHARES = st.builds(
    lambda indicator_id, decimals: replace(INDICATORS[indicator_id], decimals=decimals),
    st.sampled_from(("low_standard_children", "foreign_background", "cars")),
    st.integers(0, 2),
)


def numbers(text: str, language: Language) -> list[Decimal]:
    """Every number of a sentence that is not a year, as it is written."""
    point = "," if language == "sv" else r"\."
    found = re.findall(rf"[−+±]?\d+(?:{point}\d+)?", text.replace("\u00a0per\u00a01", ""))
    plain = [f.replace(",", ".").replace("−", "-").replace("±", "") for f in found]
    return [Decimal(p) for p in plain if p not in ("2012", "2019")]


def series_of(first: float, last: float) -> pd.DataFrame:
    rows = [
        {"role": "area", "level": "kommun", "division": "admin", "year": year, "value": value}
        for year, value in ((2012, first), (2019, last))
    ]
    return pd.DataFrame(rows)


@given(VALUES, VALUES, SHARES, LANGUAGES)
def test_of_a_development(
    first: float, last: float, indicator: Indicator, language: Language
) -> None:
    said = wording.series_sentence(series_of(first, last), indicator=indicator, language=language)
    stated = numbers(said.replace("1\u00a0000", "").replace("1,000", ""), language)
    if len(stated) == 1:
        assert "samma" in said or "the same" in said
        return
    before, after, apart = stated
    assert abs(after - before) == apart
    assert apart > 0
    rose = "ökade" in said or " rose " in said
    assert rose == (after > before)
    assert ("procentenheter" in said or "percentage points" in said) == (
        indicator.unit == "percent" and apart != 1
    )


@given(VALUES, VALUES, SHARES, LANGUAGES)
def test_of_what_stands_out(
    own: float, median: float, indicator: Indicator, language: Language
) -> None:
    said = outstanding_sentence(
        indicator,
        amount=own,
        year=2019,
        score=2.0 if own > median else -2.0,
        median=median,
        level="kommun",
        n_areas=290,
        language=language,
    )
    plain = said.replace("1\u00a0000", "").replace("1,000", "")
    here, all_areas, *apart, usual = numbers(plain, language)
    assert all_areas == 290
    assert abs(here - usual) == (apart[0] if apart else 0)


@given(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1), LANGUAGES)
def test_of_the_parts_of_a_change(total: float, pattern: float, language: Language) -> None:
    table = pd.DataFrame({"part": ["difference", "structural"], "value": [total, pattern]})
    said = wording.change_sentence(table, since=2012, year=2019, language=language)
    *change, of_pattern, of_rest = numbers(said, language)
    moved = of_pattern + of_rest
    assert abs(moved) == (change[0] if change else 0)
    assert ("minskade" in said or " fell by" in said) == (moved < 0)
    assert ("ökade" in said or " rose by" in said) == (moved > 0)


@given(st.lists(st.integers(1, 9999), min_size=5, max_size=5), LANGUAGES)
def test_of_two_types_together(people: list[int], language: Language) -> None:
    residents = {kind: float(n) for kind, n in enumerate(people, start=1)}
    said = types_sentence(
        "Falun",
        residents=residents,
        country=residents,
        indicator=INDICATORS["area_type"],
        year=2019,
        language=language,
    )
    first, _, second, *_, together, _, _, _ = numbers(said, language)
    assert abs(together - (first + second)) <= Decimal("0.1")  # each is rounded by itself
    exact = 100 * sum(people[:2]) / sum(people)
    assert abs(float(together) - exact) <= 0.05 + 1e-9  # and so is what the site says
