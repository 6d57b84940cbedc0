"""Drafts: kept as they are typed, for one organisation, and shown to no other."""

from __future__ import annotations

import json
from itertools import count

import pytest
from sqlalchemy import event, select

from backend.database.desk import DraftRecord
from backend.people import drafts
from backend.people.callers import Scope
from tests.backend.keys import AUDITOR, COORDINATOR, key_of

ANA, CVITA = key_of(1), key_of(3)
WRITTEN = {
    "kind": "policy",
    "title": "Proračun za leto 2031",
    "content": {"texts": {"sl": {"title": "", "body": "ž" * 9}}, "opens": "31. 2. 2031", "amount": "tisoč"},
}


@pytest.fixture
def as_(ask_people, signed_in):
    """Asks as whoever holds a key."""
    headers = {}

    def ask(key, method, path, **more):
        if key not in headers:
            headers[key] = signed_in(key)
        return ask_people(method, path, headers=headers[key], **more)

    return ask


@pytest.fixture
def begun(as_):
    answer = as_(ANA, "POST", "/v1/drafts", json=WRITTEN)
    assert answer.status_code == 201, answer.text
    return answer.json()["draft"]


def test_what_was_typed_is_given_back_as_it_was_in_order_or_not(as_, begun):
    found = as_(ANA, "GET", f"/v1/drafts/{begun['id']}")

    assert found.json()["content"] == WRITTEN["content"]
    assert found.json()["draft"] == begun
    assert found.headers["cache-control"] == "no-store"
    assert (begun["member_id"], begun["version"], begun["kind"], begun["title"]) == (1, 1, "policy", WRITTEN["title"])
    assert begun["created_at"] == begun["saved_at"]


def test_a_saving_goes_over_the_version_that_was_read_and_over_no_other(as_, begun):
    path = f"/v1/drafts/{begun['id']}"
    first = as_(ANA, "PUT", path, json=WRITTEN | {"title": "first", "version": 1})
    late = as_(ANA, "PUT", path, json=WRITTEN | {"title": "late", "version": 1})

    assert (first.status_code, first.json()["draft"]["version"]) == (200, 2)
    assert (late.status_code, late.json()["code"]) == (409, "DRAFT_CHANGED")
    assert "version 2" in late.json()["detail"]
    assert as_(ANA, "GET", path).json()["draft"]["title"] == "first"


def test_the_list_is_of_one_s_own_organisation_without_the_texts(as_, begun):
    as_(CVITA, "POST", "/v1/drafts", json=WRITTEN | {"title": "of another"})
    listed = as_(ANA, "GET", "/v1/drafts").json()

    assert listed["items"] == [begun]
    assert listed["total"] == 1


def test_the_list_takes_no_text_out_of_the_database(as_, begun, people):
    engine, asked = people.sessions.kw["bind"], []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        as_(ANA, "GET", "/v1/drafts")
        listing = " ".join(asked)
        as_(ANA, "GET", f"/v1/drafts/{begun['id']}")
    finally:
        event.remove(engine, "before_cursor_execute", note)

    assert "drafts.title" in listing
    assert "drafts.content" not in listing
    assert "drafts.content" in " ".join(asked)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_organisation_is_not_even_told_that_there_is_one(as_, begun, method):
    more = {"json": WRITTEN | {"version": 1}} if method == "PUT" else {}
    real = as_(CVITA, method, f"/v1/drafts/{begun['id']}", **more)
    none = as_(CVITA, method, f"/v1/drafts/{'0' * 24}", **more)

    assert (real.status_code, real.json()["code"]) == (404, "DRAFT_NOT_FOUND")
    assert real.json()["detail"].replace(begun["id"], "0" * 24) == none.json()["detail"]
    assert as_(ANA, "GET", f"/v1/drafts/{begun['id']}").json()["draft"] == begun


@pytest.mark.parametrize("key", [COORDINATOR, AUDITOR], ids=["coordinator", "auditor"])
def test_who_acts_for_no_organisation_has_no_drafts(as_, key, begun):
    answers = [
        as_(key, "GET", "/v1/drafts"),
        as_(key, "POST", "/v1/drafts", json=WRITTEN),
        as_(key, "GET", f"/v1/drafts/{begun['id']}"),
        as_(key, "DELETE", f"/v1/drafts/{begun['id']}"),
    ]

    assert {(each.status_code, each.json()["code"]) for each in answers} == {(403, "NOT_ALLOWED")}


def test_who_is_not_signed_in_or_comes_from_a_foreign_page_is_refused(ask_people, signed_in, begun):
    foreign = signed_in(ANA) | {"origin": "https://evil.example"}

    assert ask_people("GET", "/v1/drafts").json()["code"] == "NOT_SIGNED_IN"
    for method, path in (("POST", "/v1/drafts"), ("DELETE", f"/v1/drafts/{begun['id']}")):
        refused = ask_people(method, path, headers=foreign, json=WRITTEN)
        assert (refused.status_code, refused.json()["code"]) == (403, "FOREIGN_ORIGIN")


def test_a_token_of_the_organisation_writes_its_drafts_where_it_may_hand_in_documents(as_, ask_people, begun):
    may, may_not = (
        as_(COORDINATOR, "POST", "/v1/tokens", json={"label": "x", "scopes": [scope.value], "member": 1}).json()
        for scope in (Scope.DOCUMENTS_WRITE, Scope.WEBHOOKS_WRITE)
    )
    asked = {
        name: ask_people("GET", "/v1/drafts", headers={"authorization": f"Bearer {token['secret']}"})
        for name, token in {"may": may, "may not": may_not}.items()
    }

    assert asked["may"].json()["items"] == [begun]
    assert asked["may not"].json()["code"] == "NOT_ALLOWED"


def test_an_erased_draft_is_gone_from_the_table(as_, begun, people):
    assert as_(ANA, "DELETE", f"/v1/drafts/{begun['id']}").status_code == 204
    with people.asking() as session:
        assert session.scalars(select(DraftRecord)).all() == []
    assert as_(ANA, "DELETE", f"/v1/drafts/{begun['id']}").status_code == 404


def test_an_organisation_has_so_many_and_no_more_and_another_has_its_own(as_, begun, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    answers = [as_(ANA, "POST", "/v1/drafts", json=WRITTEN) for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 409]
    assert answers[1].json()["code"] == "TOO_MANY_DRAFTS"
    assert as_(CVITA, "POST", "/v1/drafts", json=WRITTEN).status_code == 201


def test_a_draft_is_as_long_as_a_proposal_may_be_and_no_longer(as_, begun):
    room = drafts.MOST_BYTES - len(json.dumps({"body": ""}, separators=(",", ":")))
    sizes = [as_(ANA, "POST", "/v1/drafts", json=WRITTEN | {"content": {"body": "a" * n}}) for n in (room, room + 1)]
    over = as_(ANA, "PUT", f"/v1/drafts/{begun['id']}", json=WRITTEN | {"content": {"b": "ž" * room}, "version": 1})

    assert [each.status_code for each in (*sizes, over)] == [201, 413, 413]
    assert sizes[1].json()["code"] == over.json()["code"] == "DRAFT_TOO_LARGE"


@pytest.mark.parametrize(
    "change",
    [{"kind": ""}, {"kind": "no kind"}, {"title": "a" * 201}, {"content": []}, {"more": 1}, {"version": 1}],
)
def test_what_is_no_draft_is_refused_and_not_repeated(as_, change):
    refused = as_(ANA, "POST", "/v1/drafts", json=WRITTEN | change)

    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_REQUEST")
    assert WRITTEN["title"] not in refused.text


def test_half_a_character_is_kept_out_or_in_but_never_a_fault_of_ours(as_):
    broken = as_(ANA, "POST", "/v1/drafts", content=b'{"kind":"policy","content":{"body":"\\ud800"}}')

    assert broken.status_code in (201, 422)


def test_drafts_outlive_a_wallet_that_is_replaced(as_, begun, people):
    """They are the organisation's: which wallet wrote them is not kept."""
    with people.asking() as session:
        row = session.execute(select(DraftRecord.__table__)).mappings().one()

    assert ANA.address.lower() not in str(dict(row)).lower()
    assert {"wallet", "person", "created_by"}.isdisjoint(row)


def test_the_last_saved_comes_first(as_, people):
    seconds = count(people.wall_clock())
    with people.writing() as session:
        for title in ("old", "new"):
            row = DraftRecord(consortium_id=people.consortium.id, draft_id=title.ljust(24, "0"), member_id=1)
            row.kind, row.title, row.content, row.size, row.version = "policy", title, {}, 2, 1
            row.created_at = row.saved_at = next(seconds)
            session.add(row)

    assert [each["title"] for each in as_(ANA, "GET", "/v1/drafts").json()["items"]] == ["new", "old"]


def within(layers):
    content = {}
    for _ in range(layers):
        content = {"a": [content]}
    return content


@pytest.mark.parametrize(
    "content",
    [
        '{"a": "\\ud800"}',
        '{"\\udfff": "a"}',
        '{"a": NaN}',
        '{"a": [-Infinity]}',
        *(json.dumps(within(layers)) for layers in (10, 100, 400)),
    ],
    ids=lambda content: content[:20],
)
def test_attack_a_draft_that_could_not_be_written_again_is_not_kept(as_, begun, content):
    """Kept it would break the list of drafts for the whole organisation, and nobody could remove it from there."""
    for method, path, more in (("POST", "/v1/drafts", ""), ("PUT", f"/v1/drafts/{begun['id']}", '"version": 1, ')):
        body = f'{{{more}"kind": "policy", "content": {content}}}'
        answer = as_(ANA, method, path, content=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_REQUEST")
    listed = as_(ANA, "GET", "/v1/drafts")
    assert [draft["id"] for draft in listed.json()["items"]] == [begun["id"]]
    assert as_(ANA, "GET", f"/v1/drafts/{begun['id']}").json()["content"] == WRITTEN["content"]


def test_attack_a_title_that_no_database_keeps_is_refused(as_):
    assert as_(ANA, "POST", "/v1/drafts", json=WRITTEN | {"title": "a\0b"}).status_code == 422


def test_a_draft_as_deep_as_a_form_and_deeper_is_kept(as_):
    assert as_(ANA, "POST", "/v1/drafts", json=WRITTEN | {"content": within(9)}).status_code == 201
