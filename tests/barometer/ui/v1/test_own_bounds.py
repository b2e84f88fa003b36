"""Medians and means of own areas: no value, but between what it lies, as the page says."""

import pytest
from flask.testing import FlaskClient

from barometer.ui.context import Context
from barometer.ui.pages.place.state import resolve

THREE = "own:0380A0011.0380A0012.0380A0021_SYN_DeSO2025"
PARTS = ",".join(f"0380A00{n}_SYN_DeSO2025" for n in (11, 12, 21))


def rows(client: FlaskClient, **asked: object) -> list[dict[str, object]]:
    return client.get("/api/v1/values", query_string=asked).get_json()["rows"]


def test_the_api_has_what_the_page_says(client: FlaskClient, context: Context) -> None:
    asked = {"indicator": "median_standard,low_standard_children", "year": 2024}
    parts = [
        row["value"]
        for row in rows(client, area=PARTS, **asked)
        if row["indicator"] == "median_standard"
    ]
    found = {row["indicator"]: row for row in rows(client, area=f"{THREE},0380", **asked)[::-1]}
    median = next(
        row
        for row in rows(client, area=f"{THREE},0380", **asked)
        if row["indicator"] == "median_standard" and row["level"] == "own"
    )
    assert (median["value"], median["status"]) == (None, "cannot_be_summed")
    assert (median["parts_low"], median["parts_high"]) == (min(parts), max(parts))
    assert found["low_standard_children"]["parts_low"] is None
    with context.reader(f"?area={THREE}") as reader:
        said = " ".join(resolve(context, reader, f"?area={THREE}").own_sentences)
    assert f"{min(parts):.0f}" in said
    assert f"{max(parts):.0f}" in said


@pytest.mark.parametrize("area", ["0380", "own:0380A0011_SYN_DeSO2025"])
def test_what_has_a_value_of_its_own_has_no_bounds(client: FlaskClient, area: str) -> None:
    for row in rows(client, indicator="median_standard", area=area):
        assert row["parts_low"] is row["parts_high"] is None


def test_the_columns_are_described(client: FlaskClient) -> None:
    text = client.get(
        "/api/v1/values.csv", query_string={"indicator": "median_standard", "area": THREE}
    ).get_data(as_text=True)
    assert "parts_low,parts_high" in text.splitlines()[0]


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("0380A0011.0380A0011.x.y.z.w_SYN_DeSO2025", "x, y, z (+1) is no code of an area"),
        ("0380A0011.0380A0011_SYN_DeSO2025", "0380A0011_SYN_DeSO2025 stands twice"),
        ("0380A0011.0380R001_SYN", "0380R001_SYN is of another level"),
        (
            "0380A9911.0380A9912_SYN_DeSO2025",
            "0380A9912_SYN_DeSO2025 in an own area is",
        ),
    ],
)
def test_codes_that_cannot_be_used_are_named_together(
    client: FlaskClient, area: str, told: str
) -> None:
    answer = client.get(f"/api/v1/values.json?indicator=foreign_background&area=own:{area}")
    assert answer.status_code in (400, 404)
    assert told in answer.get_json()["detail"]
