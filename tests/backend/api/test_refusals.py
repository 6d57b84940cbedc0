import re

import pytest

from backend import errors
from backend.api.errors import MEANINGS, meaning_of
from tests.backend import story as s

HOSTILE_PATHS = [
    "/v1/proposals/-1",
    "/v1/proposals/0x10",
    "/v1/proposals/1e9",
    f"/v1/proposals/{1 << 192}",
    f"/v1/proposals/{'9' * 5000}",
    "/v1/proposals/%00",
    "/v1/proposals/%F0%9F%92%A5",
    "/v1/proposals/1' OR '1'='1",
    "/v1/proposals/NaN/outcome",
    "/v1/proposals/٣/ballots",
    "/v1/members/%00",
    "/v1/members/..%2f..%2fetc",
    "/v1/members/' OR 1=1 --",
    "/v1/members/{{7*7}}",
    f"/v1/members/{'x' * 3000}",
    "/v1/bodies/Ž",
    "/v1/proposals?limit=0",
    "/v1/proposals?limit=101",
    "/v1/proposals?limit=99999999999999999999999",
    "/v1/proposals?limit=ten",
    "/v1/proposals?cursor=",
    "/v1/proposals?cursor=AAAA",
    "/v1/proposals?cursor=%00",
    f"/v1/proposals?cursor={'A' * 5000}",
    "/v1/proposals?state=won",
    "/v1/proposals?state=open'--",
    "/v1/proposals?kind=%00",
    "/v1/proposals?body=x;drop table votes",
    f"/v1/proposals?{'&'.join(['kind=a'] * 51)}",
    "/v1/proposals?opens_from=yesterday",
    "/v1/proposals?opens_from=2027-01-01T00:00:00",
    "/v1/proposals?closes_to=99999-01-01T00:00:00Z",
    "/v1/proposals?stat=open",
    f"/v1/proposals/{s.OPEN}/ballots?limit=1000",
    f"/v1/proposals/{s.OPEN}/ballots?cursor=zz",
    f"/v1/proposals/{s.OPEN}/outcome?rule=%00",
    f"/v1/proposals/{s.OPEN}/outcome?rule=a b",
    f"/v1/proposals/{s.OPEN}?governor=0x12",
    "/v1/rules?in_force=maybe",
]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_what_cannot_be_understood_is_refused_with_a_problem(get, path):
    response = get(path)

    assert response.status_code in (404, 422)
    assert_problem(response)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/members/99", 404, "MEMBER_NOT_FOUND"),
        ("/v1/bodies/jury", 404, "BODY_NOT_FOUND"),
        ("/v1/rules/GA_9_10", 404, "RULE_NOT_FOUND"),
        ("/v1/proposals/5", 404, "PROPOSAL_NOT_FOUND"),
        ("/v1/proposals/5/outcome", 404, "PROPOSAL_NOT_FOUND"),
        ("/v1/proposals/5/ballots", 404, "PROPOSAL_NOT_FOUND"),
        ("/v1/proposals/5/non-voters", 404, "PROPOSAL_NOT_FOUND"),
        (f"/v1/proposals/{s.OPEN}?governor=0x{'00' * 20}", 404, "PROPOSAL_NOT_FOUND"),
        (f"/v1/proposals/{s.OPEN}/outcome?rule=none", 404, "RULE_NOT_FOUND"),
        ("/v1/proposals?cursor=MQ", 422, "INVALID_CURSOR"),
        ("/v1/proposals?limit=0", 422, "INVALID_REQUEST"),
        ("/v1/proposals?kind=work_pan", 422, "INVALID_FILTER"),
        ("/v1/proposals?body=senate", 422, "INVALID_FILTER"),
        ("/v1/proposals?proposer=SI-NOBODY", 422, "INVALID_FILTER"),
        ("/v1/nothing", 404, "NOT_FOUND"),
        ("/v1/", 404, "NOT_FOUND"),
        ("/v1/proposals/", 404, "NOT_FOUND"),
    ],
)
def test_each_refusal_has_its_status_and_its_code(get, path, status, code):
    response = get(path)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert_problem(response)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(ask, method):
    response = ask(method, "/v1/proposals")

    assert (response.status_code, response.json()["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert_problem(response)


def test_a_name_that_is_not_on_record_is_answered_with_the_names_that_are(get):
    detail = get("/v1/proposals?kind=work_pan").json()["detail"]

    known = "award, board_matter, decision_by_letter, policy, rule_change, survey, treaty"
    assert detail == f"kind: work_pan is not one of {known}"


def test_an_invalid_parameter_is_named_and_its_value_not_repeated(get):
    response = get("/v1/proposals", params={"state": "<script>alert(1)</script>"})

    assert response.json()["errors"][0]["parameter"].startswith("state")
    assert "script" not in response.text


def test_a_bug_tells_the_log_and_not_the_client(get_broken, caplog):
    response = get_broken("/v1/status")

    assert (response.status_code, response.json()["code"]) == (500, "INTERNAL_ERROR")
    assert "s3cret" not in response.text
    assert "Traceback" not in response.text
    assert response.json()["reference"] in caplog.text
    assert "s3cret" in caplog.text
    assert_problem(response)


def test_a_mirror_that_has_read_nothing_asks_to_come_back(get_empty):
    response = get_empty("/v1/members")

    assert (response.status_code, response.json()["code"]) == (503, "MIRROR_EMPTY")
    assert_problem(response)


def test_every_expected_error_has_a_meaning_of_its_own_or_of_its_parent():
    def leaves(kind):
        return [leaf for child in kind.__subclasses__() for leaf in leaves(child)] or [kind]

    asked = (errors.NotFoundError, errors.InvalidRequestError, errors.MirrorError, errors.ChainError)
    for leaf in (leaf for kind in asked for leaf in leaves(kind)):
        error = leaf.__new__(leaf)
        assert meaning_of(error).status in (404, 410, 422, 503), leaf


def test_the_list_of_problems_explains_every_code(get):
    listed = {entry["code"]: entry for entry in get("/v1/problems").json()}

    assert set(listed) == set(MEANINGS)
    assert all(entry["what_to_do"] and entry["title"] for entry in listed.values())


def assert_problem(response):
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["type"] == f"/v1/problems#{problem['code']}"
    assert re.fullmatch(r"[0-9a-f]{12}", problem["reference"])
    assert problem["title"]
    assert problem["what_to_do"]
