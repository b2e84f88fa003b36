"""Figures that the barometer has summed say so on every page and in every file that has them."""

import csv
import io

import duckdb
import pytest
from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.pointer import point_to, snapshot_name
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.factory import create_app
from tests.snapshots import SNAPSHOT_ID, fill

SUMMED = "low_standard_children"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A country in which one indicator is summed from DeSO in RegSO and kommuner."""
    folder = tmp_path_factory.mktemp("sums")
    (folder / "published").mkdir()
    path = folder / "published" / snapshot_name(SNAPSHOT_ID)
    with duckdb.connect(str(path)) as connection:
        fill(connection, load_catalogue())
        connection.execute(
            "UPDATE indicator_values SET summed_by = 'deso' WHERE indicator_id = $indicator"
            " AND level IN ('kommun', 'regso') AND value IS NOT NULL",
            {"indicator": SUMMED},
        )
    point_to(path)
    settings = Settings(folder, "127.0.0.1", 8050, 1, "")
    store = Store(settings.published_dir)
    client: FlaskClient = create_app(settings, store, load_catalogue()).server.test_client()
    return client


@pytest.mark.parametrize(
    "address",
    [
        f"labb/FORMAT?indicators={SUMMED}&areas=0380",
        "plats/indicators/FORMAT?area=0380&year=2024",
    ],
)
def test_a_row_that_is_a_sum_says_of_what(client: FlaskClient, address: str) -> None:
    sent = client.get("/export/" + address.replace("FORMAT", "csv")).text
    rows = list(csv.DictReader(io.StringIO(sent)))
    own = [r for r in rows if SUMMED in (r.get("indicator_id"), r.get("indicator")) and r["value"]]
    assert own
    assert {row["summed_by"] for row in own} == {"deso"}
    words = client.get("/export/" + address.replace("FORMAT", "excel-csv")).text
    assert "summerat av barometern ur uppgifter för DeSO" in words


@pytest.mark.parametrize(
    "address",
    [
        f"labb/json?indicators={SUMMED}&areas=0380",
        "plats/indicators/json?area=0380&year=2024",
        f"segregation/scale/json?area=0380&year=2024&grouping={SUMMED}",
    ],
)
def test_the_file_says_that_values_were_summed(client: FlaskClient, address: str) -> None:
    assert client.get(f"/export/{address}").get_json()["summed_from"] == ["deso"]


def test_what_is_not_summed_does_not_say_so(client: FlaskClient) -> None:
    address = "labb/json?indicators=foreign_background&areas=0380"
    assert client.get(f"/export/{address}").get_json()["summed_from"] == []


def test_the_report_says_under_each_table_who_summed_and_who_computed(client: FlaskClient) -> None:
    sent = client.get("/plats/rapport?area=0380&year=2024").text
    assert "Värden som SCB inte publicerar har barometern summerat av uppgifter för DeSO." in sent
    english = client.get("/plats/rapport?area=0380&year=2024&lang=en").text
    assert "have been summed by the barometer from figures for DeSO areas." in english
    other = client.get("/plats/rapport?area=0180R001_SYN_RegSO2025&year=2024").text
    assert "Påhittade siffror i samma form som SCB:s" in other
