"""Every example in the description is tried out, and every answer is held against its schema."""

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from jsonschema import Draft202012Validator

from backend.api.application import EXAMPLES, create_api
from backend.domain.ballots import Choice
from backend.domain.outcome import Reason, Verdict
from backend.domain.proposals import ProposalState
from tests.backend.api.conftest import PHRASES

JSON = "application/json"


@pytest.fixture(scope="module")
def document(mirror, app_settings):
    return create_api(mirror, app_settings, phrasebook=PHRASES).openapi()


def operations(document):
    """What anybody may read as JSON."""
    reads = [(path, item["get"]) for path, item in document["paths"].items() if "get" in item]
    contents = {path: one["responses"]["200"]["content"] for path, one in reads}
    told = {path: content[JSON]["schema"] for path, content in contents.items() if set(content) == {JSON}}
    described = {path for path, schema in told.items() if "$ref" in schema or schema.get("type") in ("object", "array")}
    return [(path, one) for path, one in reads if "security" not in one and path in described]


def every_operation(document):
    return [(f"{method} {path}", one) for path, item in document["paths"].items() for method, one in item.items()]


def test_the_description_is_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "/v1"}]


def test_what_writes_says_how_to_be_allowed_to(document):
    open_to_all = {name for name, one in every_operation(document) if "security" not in one}

    # A signed ballot is allowed by its signature, words of a reason by a counted ballot's commitment to them.
    writes = {name for name in open_to_all if not name.startswith("get ")}
    words = "post /proposals/{proposal_id}/ballots/{key}/reason"
    assert writes == {"post /sign-in", "post /sign-in/message", "post /relay/ballots", words}


def test_the_description_is_served(get):
    assert get("/v1/openapi.json").json()["servers"] == [{"url": "/v1"}]


def test_every_operation_field_and_parameter_is_described(document):
    for path, operation in every_operation(document):
        assert operation["summary"], path
        assert operation["description"], path
        assert {"200", "201", "204"} & set(operation["responses"]), path


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
                given = dict(parse_qsl(urlsplit(filled(path, operation)).query))
                where = "/v1" + filled(path, operation).partition("?")[0]
                response = get(where, params={**given, parameter["name"]: "\0"})
                assert response.status_code == 422, (path, parameter["name"])
                schema = operation["responses"]["422"]["content"]["application/problem+json"]["schema"]
                validator(document, schema).validate(response.json())


def filled(path, operation):
    """The path with the examples of all that an operation must be given."""
    query = {}
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", str(parameter["example"]))
        elif parameter["required"]:
            query[parameter["name"]] = str(parameter["example"])
    return f"{path}?{urlencode(query)}" if query else path


def shortened(answer):
    if isinstance(answer, list):
        return answer[:1]
    return {**answer, "items": answer["items"][:1]} if "items" in answer else answer


def validator(document, schema):
    return Draft202012Validator({**schema, "components": document["components"]})
