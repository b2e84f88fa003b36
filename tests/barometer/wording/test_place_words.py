"""What is said of a place, as whole sentences, right in number and direction."""

from collections.abc import Iterator

import pandas as pd
import pytest

from barometer import queries, wording
from barometer.catalogue import load_catalogue
from barometer.divisions import Language
from barometer.selection import Selection
from barometer.store import Cursor, Store
from tests.snapshots import publish_snapshot

CATALOGUE = load_catalogue()
FLOGSTA = "0380R002_SYN_RegSO2025"
OLD_FLOGSTA = "0380R002_SYN"


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    published = tmp_path_factory.mktemp("published")
    publish_snapshot(published)
    with Store(published).reader() as reader:
        yield reader.cursor


def moved(
    cursor: Cursor, indicator: str, area: str, year: int = 2024, language: Language = "sv"
) -> str:
    selection = Selection(indicator, "regso", year, area=area, language=language)
    sentence = wording.series_sentence(
        queries.area_series(cursor, selection),
        indicator=CATALOGUE.indicators[indicator],
        language=language,
    )
    return sentence.replace("\u00a0", " ")


def comparison(**of_area: object) -> pd.DataFrame:
    row = {
        "role": "area",
        "label": "Flogsta (Uppsala)",
        "level": "regso",
        "division": "2025",
        "year": 2024,
        "value": float("nan"),
        "numerator": float("nan"),
        "denominator": float("nan"),
        "status": "too_few",
        "n_areas": 1,
    }
    return pd.DataFrame([row | of_area])


def test_a_series_stays_within_its_division(cursor: Cursor) -> None:
    assert moved(cursor, "foreign_background", OLD_FLOGSTA, 2023) == (
        "Mellan 2022 och 2023 minskade andelen personer med utländsk bakgrund"
        " från 70,0 % till 65,0 %, med 5,0 procentenheter."
        " Koden finns också i RegSO 2025 (2024), men gränsen kan ha ändrats. Åren jämförs därför"
        " inte."
    )
    assert moved(cursor, "low_standard_children", FLOGSTA, language="en") == (
        "There is a figure for one year only, 2024, in RegSO 2025: no trend can be shown."
        " The code is also in RegSO 2020 (2022–2023), but the boundary may have changed. The years"
        " are therefore not compared."
    )
    assert moved(cursor, "low_standard_children", FLOGSTA).startswith(
        "Det finns uppgift för ett enda år, 2024, i RegSO 2025: ingen utveckling kan visas."
    )


def test_a_kommun_has_one_series_over_all_years(cursor: Cursor) -> None:
    assert moved(cursor, "low_standard_children", "0380") == (
        "Mellan 2022 och 2024 minskade andelen barn i hushåll med låg ekonomisk standard"
        " från 29 % till 21 %, med 8 procentenheter."
    )
    assert moved(cursor, "median_standard", "0380", language="en") == (
        "Between 2022 and 2024 the value rose from SEK 242.0 thousand to SEK 258.0 thousand,"
        " by SEK 16.0 thousand."
    )
    assert moved(cursor, "population", "0380") == ("Värdet var detsamma 2022 och 2024: 1 000.")


def test_a_kommun_with_one_year_has_no_division_to_name(cursor: Cursor) -> None:
    selection = Selection("low_standard_children", "regso", 2024, area="0380")
    series = queries.area_series(cursor, selection)
    sentence = wording.series_sentence(
        series[series["year"] == 2024],
        indicator=CATALOGUE.indicators["low_standard_children"],
        language="sv",
    )
    assert sentence == "Det finns uppgift för ett enda år, 2024: ingen utveckling kan visas."


def test_a_share_that_stands_still_is_unchanged_in_the_right_gender() -> None:
    rows = [comparison(role="area", year=year, value=12.34 + year / 1e6) for year in (2024, 2025)]
    series = pd.concat(rows)
    indicator = CATALOGUE.indicators["foreign_background"]
    assert wording.series_sentence(series, indicator=indicator, language="sv") == (
        "Andelen personer med utländsk bakgrund var densamma 2024 och 2025: 12,3\u00a0%."
    )
    assert wording.series_sentence(series, indicator=indicator, language="en") == (
        "The share of people with a foreign background was the same in 2024 and 2025: 12.3%."
    )
    rising = pd.concat([rows[0], comparison(year=2025, value=20.0)])
    rose = wording.series_sentence(rising, indicator=indicator, language="en")
    assert rose.replace("\u00a0", " ") == (
        "Between 2024 and 2025 the share of people with a foreign background rose"
        " from 12.3% to 20.0%, by 7.7 percentage points."
    )


@pytest.mark.parametrize(
    ("quality", "why"),
    [
        ("exact", "The area is unchanged"),
        ("merged", "It consists of whole old areas"),
        ("split", "The area is part of an old one, so they are approximate"),
        ("border_change", "The area got a new boundary, so they are approximate"),
    ],
)
def test_carried_years_say_so_and_how_sure_they_are(quality: str, why: str) -> None:
    carried = [
        comparison(role="carried", year=year, value=12.0, quality=quality) for year in (2022, 2023)
    ]
    series = pd.concat([comparison(role="area", year=2024, value=12.0), *carried])
    indicator = CATALOGUE.indicators["foreign_background"]
    assert wording.series_sentence(series, indicator=indicator, language="en").endswith(
        "The values of 2022–2023 are recalculated to the boundaries of 2025 by where residents"
        f" live. {why}."
    )


def test_a_type_changes_from_one_to_another(cursor: Cursor) -> None:
    assert moved(cursor, "area_type", OLD_FLOGSTA, 2023).startswith(
        "Områdestyp: typ 1 (områden med stora socioekonomiska utmaningar) år 2022,"
        " typ 2 (områden med socioekonomiska utmaningar) år 2023."
    )


def test_no_figure_at_all_is_told(cursor: Cursor) -> None:
    assert moved(cursor, "low_standard_children", "no such place") == (
        "Det finns inga uppgifter över tid."
    )
    assert moved(cursor, "low_standard_children", "none", language="en") == (
        "There are no figures over time."
    )
