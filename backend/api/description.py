"""What the OpenAPI document says beyond what FastAPI reads off the routes.

Written for programs that are made from it and for people who read it: no parameter that may be null, one example of
each, the names that `fields` takes, an example of each refusal, and that an answer may say nothing is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.api.deprecation import describe_deprecation
from backend.api.errors import MEANINGS, MEDIA_TYPE, Problem, titles

Part = dict[str, Any]
"""A part of the document."""

SAMPLES: dict[str, object] = {
    "awaits": "SI-ANA",
    "body": "general_assembly",
    "body_in": "general_assembly,executive_board",
    "cid": "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
    "country": "SI",
    "cursor": "WzE4MDAwMDAwMDAsNDcxMV0",
    "event": "VoteCast",
    "governor": "0x" + "40" * 20,
    "holder": "SI-ANA",
    "idempotency-key": "3f1c9a52-ballot-7",
    "kind": "policy",
    "kind_in": "policy,award",
    "lang": "sl",
    "last-event-id": "0",
    "member": "SI-ANA",
    "member_class": "founding",
    "name": "GA_2_3",
    "party": "SI-ANA",
    "person": "0" * 31 + "1",
    "proposal": "4711",
    "proposal_id": "4711",
    "proposer": "SI-ANA",
    "q": "service catalogue",
    "reason_commitment": "0x" + "00" * 32,
    "rule": "GA_2_3",
    "since": "0",
    "state": "open",
    "state_in": "open,pending",
    "status": "active",
    "topic": "minutes",
    "voter": "SI-ANA",
    "types": "proposal",
    "wait": 0,
}
"""Parameter → what it may be asked with, where neither its definition nor its schema says so."""
MOMENT = "2027-03-01T09:00:00Z"
NOTHING_NEW = "Nothing has changed since the answer that carried the `ETag` sent in `If-None-Match`; no body."
TAG = "Names this state of the answer; send it in `If-None-Match`."


def complete(document: Part) -> None:
    """Add it to a document made by FastAPI."""
    for method, operation in _operations(document):
        answer = _properties(document, _answer(operation))
        if "parameters" in operation:
            narrowed = answer and method == "get" and "security" not in operation
            asked = [each for each in operation["parameters"] if narrowed or each["name"] != "fields"]
            operation["parameters"] = [_complete_parameter(document, each, answer) for each in asked]
        if "requestBody" in operation:
            operation["responses"].setdefault("413", _too_large())
        if method == "get" and "security" not in operation and "as_of" in answer:
            operation["responses"]["200"]["headers"] = {"ETag": {"description": TAG, "schema": {"type": "string"}}}
            operation["responses"]["304"] = {"description": NOTHING_NEW}
        _show_refusals(operation)
        describe_deprecation(operation)
    document["components"]["examples"] = {code: _refusal(code) for code in MEANINGS}


def _operations(document: Part) -> Iterator[tuple[str, Part]]:
    for operations in document["paths"].values():
        yield from operations.items()


def _answer(operation: Part) -> Part:
    """The schema of a JSON answer; empty where there is none."""
    content = operation["responses"].get("200", {}).get("content", {})
    schema: Part = content.get("application/json", {}).get("schema", {})
    return schema


def _complete_parameter(document: Part, parameter: Part, answer: Part) -> Part:
    whole = {**parameter, "schema": _never_null(parameter["schema"])}
    whole.setdefault("description", whole["schema"].get("description"))
    if whole["name"] == "fields":
        whole |= _fields(document, answer)
    if "example" not in whole:
        whole["example"] = _sample(whole)
    return whole


def _never_null(schema: Part) -> Part:
    """A parameter is left out, never null."""
    some = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(some) != 1:
        return schema
    return {**some[0], **{name: value for name, value in schema.items() if name not in {"anyOf", "default"}}}


def _properties(document: Part, schema: Part) -> Part:
    """The fields of an answer, wherever its schema is written."""
    if "$ref" in schema:
        return _properties(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    fields: Part = schema.get("properties", {})
    return fields


def _fields(document: Part, listed: Part) -> Part:
    """`fields` as this path takes it: names of the answer, or of each item of a list, separated by commas."""
    items = _properties(document, listed.get("items", {}).get("items", {})) if "items" in listed else listed
    names = [name for name in items if name != "as_of"]
    schema = {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1, "maxItems": 40}
    return {"schema": schema, "style": "form", "explode": False, "example": names[:2]}


def _sample(parameter: Part) -> object:
    schema = parameter["schema"]
    inner = schema.get("items", schema)
    if "examples" in schema:
        sample = schema["examples"][0]
    elif inner.get("format") == "date-time":
        sample = MOMENT
    elif inner.get("type") == "boolean":
        sample = True
    elif parameter["name"] in SAMPLES:
        sample = SAMPLES[parameter["name"]]
    else:
        sample = next((schema[word] for word in ("default", "minimum") if schema.get(word) is not None), None)
        sample = inner["enum"][0] if "enum" in inner else sample
    return [sample] if inner is not schema and not isinstance(sample, list) else sample


def _too_large() -> Part:
    problem = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {"description": titles(413), "content": {MEDIA_TYPE: {"schema": problem}}}


def _show_refusals(operation: Part) -> None:
    """Show an example of every code that a refusal of this path may carry."""
    for status, response in operation["responses"].items():
        for content in response["content"].values() if status >= "400" else ():
            codes = [code for code in MEANINGS if f"`{code}`" in response["description"]]
            content["examples"] = {code: {"$ref": f"#/components/examples/{code}"} for code in codes}


def _refusal(code: str) -> Part:
    meaning = MEANINGS[code]
    problem = Problem(
        type=f"/v1/problems#{code}",
        title=meaning.title,
        status=meaning.status,
        detail=meaning.title,
        code=code,
        what_to_do=meaning.what_to_do,
        reference="8c5a0f6d21e7",
    )
    return {"summary": meaning.title, "value": problem.model_dump(mode="json")}
