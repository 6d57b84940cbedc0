"""What the fuzzer needs to be told, beyond the description. Loaded by it, in its own environment."""

import schemathesis
from schemathesis import GenerationMode

NOT_MADE_UP = {"cursor", "fields", "wait"}
"""A cursor has to be one that was given out, what `fields` leaves out does not fit the whole answer's schema, and who
waits for a revision that does not come waits long."""
SHAPE = {"UNKNOWN_PARAMETER", "REQUEST_REFUSED", "ADDRESS_TOO_LONG", "BODY_TOO_LARGE"}
"""Refusals for how a request looks, not for what is on record."""


@schemathesis.hook
def before_load_schema(_context, document):
    for operations in document["paths"].values():
        for operation in operations.values():
            asked = operation.get("parameters", [])
            operation["parameters"] = [each for each in asked if each["name"] not in NOT_MADE_UP]


@schemathesis.check
def what_the_description_allows_is_understood(_context, response, case):
    """A request of the right shape may name what is not there, but is never refused for its shape."""
    told = case.operation.definition.raw["responses"]
    if response.status_code >= 400 and str(response.status_code) in told:
        codes = told[str(response.status_code)]["content"]["application/problem+json"]["examples"]
        assert response.json()["code"] in codes, f"{response.json()['code']} is not among {list(codes)}"
    if case.meta.generation.mode == GenerationMode.POSITIVE and response.status_code >= 400:
        problem = response.json()
        assert problem["code"] not in SHAPE, problem["detail"]
        assert problem["errors"] == [], "the routes find a fault in what the description allows"
