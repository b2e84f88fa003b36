"""What the API says about itself is true: schemathesis asks whatever the document allows."""

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.tables import TABLES
from barometer.ui.factory import create_app
from tests.snapshots import publish_snapshot


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    folder = tmp_path_factory.mktemp("api")
    publish_snapshot(folder / "published")
    app = create_app(
        Settings(folder, "127.0.0.1", 8050, 1, ""), Store(folder / "published"), load_catalogue()
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app.server)


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table_id)
def test_schemathesis_finds_nothing(
    api: schemathesis.BaseSchema, table: object, mode: GenerationMode
) -> None:
    for path in (f"/api/v1/{table.table_id}", f"/api/v1/{table.table_id}.{{extension}}"):
        operation = api[path]["GET"]

        @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case) -> None:
            # Which codes an own area can have is more than a pattern tells (test_own_codes).
            assume("own:" not in str(case.query))
            # The WSGI transport leaves answers packed, so it asks for them plain.
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        holds()


def test_the_document_has_every_table_and_every_parameter(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    for table in TABLES:
        operation = paths[f"/api/v1/{table.table_id}"]["get"]
        assert [p["name"] for p in operation["parameters"]] == [p.name for p in table.parameters]


def test_every_schema_is_one(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    for found in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(found)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table_id)
def test_a_parameter_s_own_example_is_understood(table: object) -> None:
    from barometer.tables import read_request

    given = {parameter.name: [parameter.example] for parameter in table.parameters}
    _, faults = read_request(table.parameters, given, catalogue=load_catalogue())
    assert faults == ()
