"""What the consortium tells the world about itself, as a JSON-LD processor without a network reads it."""

import json
import re

import pytest
from pyld import jsonld

from backend.commons.daostar import CONTEXT, CONTEXT_DOCUMENT
from backend.domain.accounts import account_name
from backend.portal.charter import code, plain
from backend.portal.languages import languages
from tests.backend import story as s
from tests.backend.commons import evil

WORDS = f"{CONTEXT}#"
DOCUMENTS = ("dao.json", "members.jsonld", "proposals.jsonld", "activity.jsonld", "contracts.jsonld")
HERE = "http://127.0.0.1:8000"
REGISTRY = account_name(31337, s.REGISTRY)
GOVERNOR = account_name(31337, s.GOVERNORS[s.ASSEMBLY])


def held_locally(url, _options):
    """Give the one context that is named; there is no other, and no network."""
    assert url == CONTEXT
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(CONTEXT_DOCUMENT)}


def triples(document):
    graph = jsonld.to_rdf(document, {"documentLoader": held_locally})["@default"]
    return {(each["subject"]["value"], each["predicate"]["value"], each["object"]["value"]) for each in graph}


@pytest.fixture(scope="module")
def read(get):
    return lambda name, **query: get(f"/v1/commons/{name}", params=query).json()


@pytest.fixture(scope="module")
def evil_mirror(make_mirror, documents):
    return make_mirror(evil.evil_story(documents).told)


@pytest.fixture(scope="module")
def get_evil(client_of, evil_mirror):
    ask = client_of(evil_mirror)
    return lambda path, **more: ask("GET", path, **more)


def everything_in(node):
    yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from everything_in(inner)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_processor_understands_every_word_and_nothing_is_null(read, name):
    document = read(name)
    keys = {key for node in everything_in(document) if isinstance(node, dict) for key in node}

    assert document["@context"] == CONTEXT
    assert keys <= {"@context", *json.loads(CONTEXT_DOCUMENT)["@context"]}
    assert None not in list(everything_in(document))
    assert "" not in list(everything_in(document))
    (node,) = jsonld.expand(document, {"documentLoader": held_locally})
    assert node["@id"] == REGISTRY
    assert node["@type"] == [f"{WORDS}Organization"]


def test_the_organisation_says_where_everything_else_is(read, get):
    told = triples(read("dao.json"))
    addresses = {value for _, predicate, value in told if predicate.endswith("URI")}

    assert (REGISTRY, f"{WORDS}name", "Trial consortium") in told
    assert len(addresses) == 5
    for address in addresses:
        assert get(address.removeprefix(HERE)).status_code == 200


def test_members_are_organisations_that_are_on_the_roll(read, get):
    told = read("members.jsonld")["members"]
    listed = [member for member in get("/v1/members").json()["items"] if member["status"] not in ("left", "excluded")]

    assert [(item["id"], item["name"]) for item in told] == [
        (account_name(31337, member["wallet"]), member["name"]) for member in listed
    ]
    assert {frozenset(item) for item in told} == {frozenset({"type", "id", "name"})}
    assert (REGISTRY, f"{WORDS}members", told[0]["id"]) in triples(read("members.jsonld"))


def test_proposals_have_the_state_the_title_and_the_calls_of_the_record(read, get):
    document = read("proposals.jsonld")
    told = {item["id"]: item for item in document["proposals"]}
    listed = get("/v1/proposals", params={"limit": 100}).json()["items"]

    assert len(told) == len(listed)
    for proposal in listed:
        item = told[f"{account_name(31337, proposal['governor'])}?proposalId={proposal['id']}"]
        assert (item["status"], item["name"]) == (proposal["state"], proposal["texts"]["sl"]["title"])
        assert item["contentURI"] == f"{HERE}/proposals/{proposal['id']}"
    executed, full = told[f"{GOVERNOR}?proposalId={s.EXECUTED}"], get(f"/v1/proposals/{s.EXECUTED}").json()
    (call,) = executed["calls"]
    assert call == {
        "type": "CallDataEVM",
        "operation": "call",
        "from": s.TIMELOCKS[s.ASSEMBLY],
        "to": s.RECORDS,
        "value": "0",
        "data": full["calls"][0]["calldata"],
    }
    graph = triples(document)
    assert (executed["id"], f"{WORDS}status", "executed") in graph
    assert (executed["id"], f"{WORDS}contentURI", executed["contentURI"]) in graph


def test_activity_ties_members_to_proposals(read, get):
    document = read("activity.jsonld")
    votes = [item for item in document["activities"] if item["name"] == "VoteCast"]
    journal = get("/v1/activity", params={"event": "VoteCast", "limit": 100}).json()

    assert len(votes) == journal["total"]
    assert votes[0]["id"].endswith(f"transaction={journal['items'][0]['transaction_hash']}&logIndex=0")
    proposals = {item["id"] for item in read("proposals.jsonld")["proposals"]}
    members = {account_name(31337, member["wallet"]) for member in get("/v1/members").json()["items"]}
    assert {item["proposal"]["id"] for item in document["activities"]} <= proposals
    assert {item["member"]["id"] for item in document["activities"]} <= members
    assert (votes[0]["id"], f"{WORDS}member", votes[0]["member"]["id"]) in triples(document)


def test_contracts_are_those_of_the_consortium_and_of_every_body(read):
    told = {item["id"]: item["name"] for item in read("contracts.jsonld")["contracts"]}
    addresses = (s.REGISTRY, s.RULEBOOK, s.RECORDS, *s.GOVERNORS, *s.TIMELOCKS)

    assert {account_name(31337, address) for address in addresses} <= set(told)
    assert told[GOVERNOR] == "general_assembly: governor"


@pytest.mark.parametrize(("name", "part"), [("members", 2), ("proposals", 3), ("activity", 7)])
def test_a_long_document_goes_on_at_next(get, read, monkeypatch, name, part):
    constant = {"members": "MEMBERS_AT_ONCE", "proposals": "PROPOSALS_AT_ONCE", "activity": "ACTS_AT_ONCE"}[name]
    key = {"activity": "activities"}.get(name, name)
    whole = read(f"{name}.jsonld")[key]
    monkeypatch.setattr(f"backend.api.commons.{constant}", part)
    found, address = [], f"{HERE}/v1/commons/{name}.jsonld"
    while address:
        response = get(address.removeprefix(HERE))
        found += response.json()[key]
        address = response.json().get("next")
        assert response.headers.get("link") == (address and f'<{address}>; rel="next"')

    assert found == whole


def test_a_document_is_fetched_again_only_when_it_has_changed(get):
    first = get("/v1/commons/members.jsonld")
    again = get("/v1/commons/members.jsonld", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["content-type"] == "application/ld+json"
    assert "block=" in first.headers["zbor-as-of"]
    assert "as_of" not in first.json()


def test_attack_by_made_up_cursors_of_the_commons_is_refused(get):
    for name in ("members", "proposals", "activity"):
        for cursor in ("xxx", "MQ", "MS4yLjM"):
            assert get(f"/v1/commons/{name}.jsonld", params={"cursor": cursor}).status_code in (200, 422)
        assert get(f"/v1/commons/{name}.jsonld", params={"cursor": "xxx"}).json()["code"] == "INVALID_CURSOR"


def test_attack_by_a_name_adds_no_statement_to_a_document(get_evil):
    document = get_evil("/v1/commons/members.jsonld").json()
    (named,) = (item for item in document["members"] if "evil" in item["name"])

    assert named["name"] == evil.NAME
    subjects = {subject for subject, _, _ in triples(document)}
    assert subjects == {REGISTRY, *(item["id"] for item in document["members"])}


def test_the_law_in_force_is_told_whole_in_the_language_that_is_wanted(get):
    path = "/v1/commons/governance.md"
    english, slovene = get(path), get(path, headers={"accept-language": "sl, en;q=0.5"})

    assert english.headers["content-type"] == "text/markdown; charset=utf-8"
    assert (english.headers["content-language"], slovene.headers["content-language"]) == ("en", "sl")
    assert "Accept-Language" in english.headers["vary"]
    assert get(path, params={"language": "sl"}).text == slovene.text
    assert "## General Assembly (`general_assembly`)" in english.text
    assert re.search(r"## [^`]+ \(`general_assembly`\)", slovene.text)
    assert english.headers["etag"] != slovene.headers["etag"]


@pytest.mark.parametrize("language", languages())
def test_the_law_names_every_body_every_kind_and_every_rule_in_force(get, language):
    text = get("/v1/commons/governance.md", params={"language": language}).text

    for noun in ("bodies", "kinds"):
        for item in get(f"/v1/{noun}").json()["items"]:
            assert f"(`{item['name']}`)" in text
    for rule in get("/v1/rules", params={"in_force": "true"}).json()["items"]:
        words = get(f"/v1/rules/{rule['id']}/words", params={"language": language}).json()
        assert "\n".join(f"- {sentence}" for sentence in words["sentences"]) in text


def test_the_law_of_tomorrow_is_that_of_tomorrow(get, client_of, make_mirror, story):
    before = [each for each in story.told if each[0].block_time < s.START + 50 * s.DAY]
    earlier = client_of(make_mirror(before))("GET", "/v1/commons/governance.md").text

    assert "45 days" in earlier
    assert "45 days" not in get("/v1/commons/governance.md").text


def test_attack_by_a_name_adds_no_heading_link_or_line_to_the_law():
    text = plain(evil.NAME)

    assert "\n" not in text
    assert re.sub(r"\\(.)", r"\1", text) == " ".join(evil.NAME.split())
    assert not re.search(r"(?<!\\)[\[\]<>`#|*_&]", text)
    assert code("a`b|c\n# d") == "`a'b/c # d`"
