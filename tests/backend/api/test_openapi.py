"""Every example in the description is tried out, and every answer is held against its schema."""

import json

import pytest
from jsonschema import Draft202012Validator

from backend.api.application import EXAMPLES, create_api
from backend.domain.ballots import Choice
from backend.domain.outcome import Reason, Verdict
from backend.domain.proposals import ProposalState
from tests.backend.api.conftest import PHRASES


@pytest.fixture(scope="module")
def document(mirror, app_settings):
    return create_api(mirror, app_settings, phrasebook=PHRASES).openapi()


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


def test_every_answer_is_shown_by_one_of_the_story(document, get, request):
    """After a change of the answers: pytest tests/backend/api/test_openapi.py --write-examples."""
    told = {path: shortened(get("/v1" + filled(path, operation)).json()) for path, operation in operations(document)}
    if request.config.getoption("--write-examples", default=False):
        EXAMPLES.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    assert told == json.loads(EXAMPLES.read_text())
    for path, operation in operations(document):
        shown = operation["responses"]["200"]["content"]["application/json"]
        assert shown["example"] == told[path], path
        validator(document, shown["schema"]).validate(shown["example"])


def test_every_word_an_outcome_may_say_is_listed(document):
    def listed(schema, field):
        described = document["components"]["schemas"][schema]["properties"][field]
        return document["components"]["schemas"].get(described.get("$ref", "").rpartition("/")[2], described)["enum"]

    assert listed("OutcomeItem", "state") == listed("ProposalItem", "state") == [state.value for state in ProposalState]
    assert listed("OutcomeItem", "verdict") == listed("ProposalItem", "verdict") == [one.label for one in Verdict]
    assert listed("OutcomeItem", "reason") == [reason.value for reason in Reason]
    assert listed("BallotItem", "choice") == [choice.label for choice in Choice]


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


def shortened(answer):
    if isinstance(answer, list):
        return answer[:1]
    return {**answer, "items": answer["items"][:1]} if "items" in answer else answer


def validator(document, schema):
    return Draft202012Validator({**schema, "components": document["components"]})
