"""Every example in the description is tried out, and every answer is held against its schema."""

import pytest
from jsonschema import Draft202012Validator

from backend.api.application import create_api


@pytest.fixture(scope="module")
def document(mirror, app_settings):
    return create_api(mirror, app_settings).openapi()


def operations(document):
    return [(path, item["get"]) for path, item in document["paths"].items()]


def test_the_description_is_openapi_3_1_and_offers_get_only(document):
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "/v1"}]
    assert all(set(item) == {"get"} for item in document["paths"].values())


def test_the_description_is_served(get):
    assert get("/v1/openapi.json").json()["servers"] == [{"url": "/v1"}]


def test_every_operation_field_and_parameter_is_described(document):
    for path, operation in operations(document):
        assert operation["summary"], path
        assert operation["description"], path
        assert {"200"} <= set(operation["responses"]), path


def test_every_example_runs_and_fits_its_schema(document, get):
    for path, operation in operations(document):
        response = get("/v1" + filled(path, operation))
        assert response.status_code == 200, path
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        validator(document, schema).validate(response.json())


def test_refusals_fit_their_schema(document, get):
    for path, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "query":
                response = get("/v1" + filled(path, operation), params={parameter["name"]: "\0"})
                assert response.status_code == 422, (path, parameter["name"])
                schema = operation["responses"]["422"]["content"]["application/problem+json"]["schema"]
                validator(document, schema).validate(response.json())


def filled(path, operation):
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", str(parameter["schema"]["examples"][0]))
    return path


def validator(document, schema):
    return Draft202012Validator({**schema, "components": document["components"]})
