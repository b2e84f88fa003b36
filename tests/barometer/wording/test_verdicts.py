"""The verdict on places: true to values, intervals, chance and ranks."""

from typing import Any

import pandas as pd
import pytest

from barometer import wording
from barometer.wording.verdicts import clearly_apart

NOBODY = pd.DataFrame({"container_id": [], "rank_low": [], "rank_high": []})


def places(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    """Rows of name, value, low and high; chance alone would give 1 per cent."""
    table = pd.DataFrame(rows, columns=["label", "value", "low", "high"])
    return table.assign(container_id=table["label"], expected=0.01, caution=None)


CITIES = places(("Stockholm", 0.353, 0.350, 0.356), ("Malmö", 0.352, 0.347, 0.357))
GOTEBORG = places(("Göteborg", 0.423, 0.420, 0.426))


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (
            pd.concat([CITIES, GOTEBORG]),
            "I Göteborg bor grupperna mer åtskilt än i Stockholm och Malmö",
        ),
        (
            CITIES,
            "I Stockholm och Malmö går det inte att säga var grupperna bor mest åtskilt",
        ),
        (
            places(("A", 0.40, 0.38, 0.42), ("B", 0.37, 0.34, 0.40), ("C", 0.33, 0.31, 0.36)),
            "I A bor grupperna mer åtskilt än i C",
        ),
        (
            places(("Eget område, 8 RegSO", 0.3, 0.28, 0.32)),
            "I det egna området (8 RegSO) bor grupperna mer åtskilt än slumpen ger",
        ),
        (places(("A", 0.009, 0.0, 0.02)), "I A bor grupperna så jämnt fördelat som slumpen ger"),
        (places(("A", 0.3, 0.28, 0.32)), "I A bor grupperna mer åtskilt än slumpen ger"),
    ],
)
def test_a_difference_within_the_uncertainty_is_not_called_one(
    table: pd.DataFrame, sentence: str
) -> None:
    assert wording.verdict(table, NOBODY, level="kommun", language="sv") == sentence


def test_without_intervals_nothing_is_told_apart() -> None:
    bare = pd.concat([CITIES, GOTEBORG]).assign(low=float("nan"), high=float("nan"))
    assert clearly_apart(bare) == ([], [])


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        (5, 6, "I G bor grupperna mer åtskilt än i 14 av 19 andra kommuner"),
        (17, 19, "I G bor grupperna mindre åtskilt än i 16 av 19 andra kommuner"),
        (8, 12, "I G bor grupperna ungefär så åtskilt som i den mittersta kommunen"),
    ],
)
def test_one_kommun_is_among_the_others_by_its_rank_interval(
    low: int, high: int, sentence: str
) -> None:
    ranked = pd.DataFrame(
        {"container_id": ["G", *"abcdefghijklmnopqrs"], "rank_low": low, "rank_high": high}
    )
    own = places(("G", 0.4, 0.39, 0.41))
    assert wording.verdict(own, ranked, level="kommun", language="sv") == sentence


def test_the_lead_counts_of_a_hundred_and_names_equal_places_together() -> None:
    said = wording.verdict_lead(
        pd.concat([CITIES, GOTEBORG]),
        None,
        group="personer med utländsk bakgrund",
        level="kommun",
        language="sv",
    )
    assert said == (
        "42 av 100 personer med utländsk bakgrund i Göteborg skulle behöva flytta till ett annat"
        " område för att bo lika spritt som övriga. I Stockholm och Malmö är det 35."
    )
    assert wording.overlap_sentence(pd.concat([CITIES, GOTEBORG]), language="en") == (
        "Within the uncertainty, so that the difference says nothing: Stockholm and Malmö."
    )


def test_a_place_without_a_value_says_why() -> None:
    lacking = places(("Riket", float("nan"), 0.0, 0.0)).assign(caution="withheld_missing")
    said = wording.verdict_lead(
        pd.concat([GOTEBORG, lacking]), None, group="barn", level="kommun", language="sv"
    )
    assert said.endswith("som övriga. Riket visas inte: för många uppgifter saknas.")
    assert wording.withheld_sentences(lacking, language="en") == (
        "Riket is withheld: too many figures are missing.",
    )


def test_the_country_is_told_by_the_median_kommun() -> None:
    ranked = pd.DataFrame(
        {
            "container_id": list("abcdefg"),
            "label": list("ABCDEFG"),
            "value": [0.5, 0.4, 0.3, 0.2, 0.15, 0.1, None],
        }
    )
    assert wording.spread_of(ranked) is None  # six have a value
    spread = wording.spread_of(ranked.fillna({"value": 0.05}))
    assert spread is not None
    assert (spread.n, spread.median, spread.highest) == (7, 0.2, ("A", 0.5))
    said = wording.verdict_lead(CITIES, spread, group="barn", level="riket", language="sv")
    assert said.startswith("20 av 100 barn i den mittersta kommunen skulle behöva flytta")
    assert said.endswith("Högst är A med 50.")


def test_dwellings_lie_and_do_not_move() -> None:
    told: dict[str, Any] = {"level": "kommun", "counted": "dwellings"}
    heading = wording.verdict(CITIES, NOBODY, **told, language="sv")
    lead = wording.verdict_lead(CITIES, None, group="hyresrätter", **told, language="sv")
    assert "bostäderna" in heading
    assert "skulle behöva ligga i ett annat område för att vara lika spridda som övriga" in lead
    english = wording.verdict(CITIES, NOBODY, **told, language="en")
    assert "the dwellings" in english
    for said in (heading, lead, english):
        assert not {"bor", "bo", "flytta", "live", "move"} & set(said.replace(".", "").split())
