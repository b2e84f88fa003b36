"""Every part of every page as a file for a place of every level: an address may name any."""

import json

import pytest
from flask.testing import FlaskClient

from barometer.export import formats
from barometer.ui.context import Context
from barometer.ui.downloads import EXPORTS
from barometer.ui.factory import create_app

PLACES = ("00", "01", "0380", "0380R002_SYN_RegSO2025", "0380A0022_SYN_DeSO2025", "0380R003_SYN")


@pytest.mark.parametrize("place", PLACES)
def test_no_part_fails_at_any_level(context: Context, place: str) -> None:
    site = create_app(context.settings, context.store, context.catalogue)
    client: FlaskClient = site.server.test_client()
    for page, parts in site.server.extensions[EXPORTS].items():
        for path in [f"{page}/{part}" for part in parts] or [page]:
            grouping = "&grouping=birth_region" if page == "segregation" else ""
            key = "areas" if page in ("labb", "folj-upp") else "area"
            query = f"?{key}={place}{grouping}"
            answer = client.get(f"/export/{path}/json{query}")
            assert answer.status_code in (200, 400, 404), (path, place, answer.text[:300])
            assert answer.status_code != 400 or place in answer.text or "_" in answer.text
            if answer.status_code == 200:
                assert json.loads(answer.data)["rows"] is not None
                assert client.get(f"/export/{path}/parquet{query}").status_code == 200, path


def test_what_an_area_has_none_of_is_a_file_without_rows(client: FlaskClient) -> None:
    for found in formats(geometry=False):
        answer = client.get(f"/export/plats/types/{found.format_id}?area={PLACES[3]}")
        assert answer.status_code == 200, found.format_id
    assert client.get(f"/export/plats/types/json?area={PLACES[3]}").get_json()["rows"] == []
    assert client.get(f"/export/plats/types/json?area={PLACES[2]}").get_json()["rows"]
