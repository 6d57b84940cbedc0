"""What a program or a person finds in the OpenAPI document."""

import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from backend.api.application import create_api
from backend.api.errors import MEANINGS
from tests.backend.api.conftest import PHRASES

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def document(mirror, app_settings):
    return create_api(mirror, app_settings, phrasebook=PHRASES).openapi()


@pytest.fixture(scope="module")
def operations(document):
    return {f"{method} {path}": one for path, item in document["paths"].items() for method, one in item.items()}


@pytest.fixture(scope="module")
def parameters(operations):
    return [(where, each) for where, one in operations.items() for each in one.get("parameters", ())]


def test_it_is_valid_openapi_3_1(document):
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_operation_has_a_name_of_its_own_that_reads_like_a_function(operations):
    names = [one["operationId"] for one in operations.values()]

    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name)] == []


def test_every_operation_has_a_summary_without_full_stop_a_description_and_one_tag_that_is_told_of(
    document, operations
):
    told = {tag["name"] for tag in document["tags"]}

    for where, one in operations.items():
        assert re.fullmatch(r"[A-Z][^.]{5,70}", one["summary"]), where
        assert one["description"].strip().endswith((".", "`")), where
        assert len(one["tags"]) == 1, where
    assert {one["tags"][0] for one in operations.values()} == told


def test_every_parameter_says_what_it_is_and_shows_how_it_is_asked(document, parameters, get):
    for where, each in parameters:
        assert each.get("description"), (where, each["name"])
        assert each.get("example") is not None, (where, each["name"])


def test_no_parameter_may_be_null(parameters):
    assert [(where, each["name"]) for where, each in parameters if "null" in str(each["schema"])] == []


def test_every_answer_that_can_be_asked_for_again_says_so(operations):
    again = [where for where, one in operations.items() if "304" in one["responses"]]

    assert {"get /status", "get /proposals", "get /documents/{cid}"} <= set(again)
    assert not [where for where in again if not where.startswith("get ")]
    assert all("ETag" in operations[where]["responses"]["200"]["headers"] for where in again)


def test_every_refusal_is_a_problem_and_shows_each_code_it_may_carry(operations, document):
    shown = set()
    for where, one in operations.items():
        for status, response in one["responses"].items():
            if status >= "400":
                assert list(response["content"]) == [PROBLEM], (where, status)
                codes = set(response["content"][PROBLEM]["examples"])
                assert codes, (where, status)
                assert {MEANINGS[code].status for code in codes} == {int(status)}, (where, status)
                shown |= codes
    of_the_router = {"METHOD_NOT_ALLOWED", "REQUEST_REFUSED"}
    assert shown | of_the_router == set(MEANINGS) == set(document["components"]["examples"])


def test_a_path_that_names_something_tells_only_of_what_it_may_not_find(operations):
    codes = operations["get /members/{key}"]["responses"]["404"]["content"][PROBLEM]["examples"]

    assert set(codes) == {"MEMBER_NOT_FOUND"}


def test_fields_is_offered_only_where_it_narrows_the_answer(operations, parameters):
    offering = {where for where, each in parameters if each["name"] == "fields"}

    assert {"get /proposals", "get /status"} <= offering
    assert all(where.startswith("get ") and "security" not in operations[where] for where in offering)


def test_every_name_that_fields_offers_is_taken_and_no_other_is_in_the_answer(operations, get):
    for where, one in operations.items():
        for each in one.get("parameters", ()):
            if each["name"] == "fields" and "{" not in where and where != "get /mandates/document":
                names = each["schema"]["items"]["enum"]
                narrowed = get(f"/v1{where.split()[1]}", params={"fields": ",".join(names)})
                assert narrowed.status_code == 200, narrowed.text
                repeated = get(f"/v1{where.split()[1]}", params={"fields": names})
                assert repeated.json() == narrowed.json()


@pytest.mark.parametrize("written", ["0.5", "1800000000", "2027-03-01", "2027-03-01 09:00:00Z", "2027-03-01T09:00:00"])
def test_a_time_that_is_not_written_as_rfc_3339_is_refused(get, written):
    response = get("/v1/proposals", params={"opens_to": written})

    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (422, "opens_to")


def test_a_body_that_is_no_text_at_all_is_refused_as_not_understood(ask):
    response = ask("POST", "/v1/sign-in", content=b"\xff\xfe\x00", headers={"content-type": "application/json"})

    assert (response.status_code, response.json()["code"]) == (422, "INVALID_REQUEST")


def test_times_say_the_years_that_can_be_asked_for(document, parameters):
    asked = [each["schema"] for _, each in parameters if each["schema"].get("format") == "date-time"]
    bodies = [schema for name, schema in document["components"]["schemas"].items() if name.endswith("Body")]
    fields = [
        option for body in bodies for field in body["properties"].values() for option in field.get("anyOf", [field])
    ]
    sent = [each for each in fields if each.get("format") == "date-time"]

    assert asked
    assert sent
    assert {each.get("pattern") for each in asked + sent} == {r"^(19[7-9][0-9]|[2-9][0-9]{3})-"}


@pytest.mark.parametrize(
    ("time", "status"),
    [
        ("1970-01-01T00:00:00Z", 200),
        ("1970-01-01T00:00:00%2B14:00", 422),
        ("9999-12-31T23:59:59Z", 200),
        ("9999-12-31T23:59:59-14:00", 422),
        ("1969-12-31T23:59:59Z", 422),
        ("1577-02-07T15:19:54Z", 422),
    ],
)
def test_times_of_these_years_are_understood_and_of_no_others(get, time, status):
    assert get(f"/v1/proposals?closes_from={time}").status_code == status
    assert get(f"/v1/participation?closes_to={time}").status_code == status
