"""The API's page says what the API does, and its examples work as they stand."""

import re

import pytest
from dash import html
from dash.development.base_component import Component
from flask.testing import FlaskClient

from barometer.tables import TABLES
from barometer.ui.context import Context
from barometer.ui.pages.api import page as api
from barometer.ui.pages.method import page as data
from barometer.ui.pages.method.parts import text_of
from tests.barometer.ui.test_site import said
from tests.pipeline import ROOT


def links(shown: Component) -> set[str]:
    return {part.href for part in shown._traverse() if isinstance(part, html.A)}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_table_key_and_column_is_told(context: Context, language: str) -> None:
    shown = api.layout(context, f"?lang={language}")
    by_id = {getattr(part, "id", None): part for part in shown._traverse()}
    for table in TABLES:
        told = said(by_id[f"api-{table.table_id}"])
        assert table.about[language] in told
        for parameter in table.parameters:
            assert parameter.about[language] in told
        for column in table.columns:
            assert column.name in told
            assert column.heading[language] in told


def test_every_link_leads_somewhere(context: Context, client: FlaskClient) -> None:
    found = links(api.layout(context, ""))
    for where in {link for link in found if not link.startswith("#")}:
        assert client.get(where).status_code == 200, where


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_example_is_understood_as_it_stands(client: FlaskClient, language: str) -> None:
    asked = re.findall(r"\{site\}([^\"\s]+)", text_of("api", language=language))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    asked += (in_readme := re.findall(r"'http://127.0.0.1:8050(/api[^']+)'", readme))
    assert in_readme
    assert len(asked) >= 7
    for where in asked:
        # 404: not in this small snapshot; tests/real asks for figures where there are all.
        assert client.get(where).status_code in (200, 404), where


def test_both_languages_have_the_same_examples() -> None:
    found = [re.findall(r"\{site\}(/[^?]+)", text_of("api", language=own)) for own in ("sv", "en")]
    assert found[0] == found[1]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_data_och_metod_leads_to_everything(context: Context, language: str) -> None:
    found = links(data.layout(context, f"?lang={language}"))
    suffix = "?lang=en" if language == "en" else ""
    assert {"/api/v1/package.zip", f"/data/api{suffix}"} <= found
    for key in context.catalogue.indicators:
        assert f"/api/v1/values.xlsx?indicator={key}" in found


def test_the_page_is_reached_from_data_not_from_the_menu(client: FlaskClient) -> None:
    assert client.get("/data/api").status_code == 200
    assert api.PAGE.menu == "hidden"
