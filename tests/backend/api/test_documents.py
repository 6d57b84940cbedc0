"""Documents handed in and fetched, and what somebody might try with them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from backend.database.schema import METADATA
from backend.documents.cid import cid_of, hash_of
from backend.documents.keeper import MOST_BYTES
from backend.documents.proposal_text import ProposalDocument, Text
from backend.documents.store import DocumentStore
from backend.people.callers import Role, Scope
from backend.people.tokens import TokenOrder, make_token
from backend.queries.document_table import DocumentTable
from tests.backend import story as s
from tests.backend.keys import COORDINATOR, key_of

PDF = b"%PDF-1.7\n\x00\x01binary"
TEXT = ProposalDocument("sl", "P01", {"sl": Text("Naslov", "Povzetek", "Besedilo")}).to_bytes()
DOCUMENTS = METADATA.tables["documents"]


@pytest.fixture
def people(people, tmp_path):
    """The mirror with documents in the database, and in a folder of its own."""
    table = DocumentTable(people.sessions, people.consortium.id, people.wall_clock)
    return replace(people, consortium=replace(people.consortium, documents=DocumentStore(tmp_path / "docs", table)))


@pytest.fixture
def settings_of_people(settings_of_people):
    return settings_of_people.model_copy(update={"documents_per_day": 3, "megabytes_per_day": 1})


@pytest.fixture
def token_of(people):
    def make(member_id, *scopes, role=Role.MACHINE):
        order = TokenOrder("test", scopes or [Scope.DOCUMENTS_WRITE], 7 * 86_400, role, member_id)
        with people.writing() as session:
            _, secret = make_token(session, people.consortium, order, s.NOW)
        return {"authorization": f"Bearer {secret}"}

    return make


@pytest.fixture
def hand_in(ask_people, token_of):
    ours = token_of(1)

    def post(data, media_type="application/octet-stream", headers=ours):
        return ask_people("POST", "/v1/documents", content=data, headers=headers | {"content-type": media_type})

    return post


@pytest.mark.parametrize(
    ("data", "media_type", "ending"),
    [
        (TEXT, "application/json", "json"),
        (PDF, "application/pdf", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png", "png"),
        (b"\xff\xd8\xff\xe0\x00", "image/jpeg", "jpg"),
        ("Opomba: č".encode(), "text/plain", "txt"),
    ],
)
def test_what_is_handed_in_is_named_by_its_hash_and_fetched_by_anybody(ask_people, hand_in, data, media_type, ending):
    kept = hand_in(data, media_type)
    told = kept.json()

    assert kept.status_code == 201, kept.text
    assert (told["cid"], told["sha256"], told["size"]) == (cid_of(data), hash_of(data), len(data))
    assert (told["media_type"], told["is_new"], told["pinned"]) == (media_type, True, None)
    assert kept.headers["location"] == f"/v1/documents/{cid_of(data)}"
    fetched = ask_people("GET", kept.headers["location"])
    assert fetched.content == data
    assert fetched.headers["content-type"].partition(";")[0] == media_type
    assert fetched.headers["content-disposition"] == f'attachment; filename="{cid_of(data)}.{ending}"'


def test_a_fetched_document_does_nothing_in_a_browser(ask_people, hand_in):
    headers = ask_people("GET", hand_in(b"plain words").headers["location"]).headers

    assert headers["content-disposition"].startswith("attachment")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("sandbox;")
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize(
    "markup",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"\xef\xbb\xbf  \n<html>",
        b"<?xml version='1.0'?><svg/>",
    ],
)
@pytest.mark.parametrize("claimed", ["image/svg+xml", "text/html", "text/plain", "application/octet-stream"])
def test_svg_and_html_are_not_kept_whatever_they_are_called(hand_in, markup, claimed):
    refused = hand_in(markup, claimed)

    assert (refused.status_code, refused.json()["code"]) == (415, "DOCUMENT_TYPE_REFUSED")


def test_markup_that_lies_in_the_folder_all_the_same_is_served_as_bytes(ask_people, people, tmp_path):
    cid = DocumentStore(tmp_path / "docs").put(b"<svg onload='alert(1)'/>")
    headers = ask_people("GET", f"/v1/documents/{cid}").headers

    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].endswith('.bin"')


@pytest.mark.parametrize(
    ("data", "claimed"),
    [(PDF, "image/png"), (b"words", "application/pdf"), (b"\x00\x01", "text/plain"), (b"MZ\x90\x00", "text/plain")],
)
def test_bytes_that_are_not_what_they_are_called_are_not_kept(hand_in, data, claimed):
    assert hand_in(data, claimed).json()["code"] == "DOCUMENT_TYPE_REFUSED"


@pytest.mark.parametrize("data", [b"{}", TEXT + b" ", b'{"a": 1}', b"not json", TEXT.replace(b"Naslov", b"")])
def test_json_that_is_no_proposal_text_is_not_kept(hand_in, data):
    refused = hand_in(data, "application/json")

    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")


def test_an_empty_document_is_not_kept(hand_in):
    assert hand_in(b"").json()["code"] == "INVALID_DOCUMENT"


def test_a_document_that_is_too_long_is_cut_off(hand_in, people):
    refused = hand_in(b"%PDF-" + b"a" * MOST_BYTES)

    assert (refused.status_code, refused.json()["code"]) == (413, "BODY_TOO_LARGE")
    with people.asking() as session:
        assert session.execute(select(DOCUMENTS)).all() == []


def test_the_same_again_changes_nothing_and_counts_for_nothing(hand_in):
    assert hand_in(PDF).status_code == 201
    again = [hand_in(PDF) for _ in range(5)]

    assert {(each.status_code, each.json()["is_new"]) for each in again} == {(200, False)}
    assert hand_in(b"another").status_code == 201


def test_a_member_hands_in_so_many_a_day_and_another_as_many(hand_in, token_of, client_of, people, settings_of_people):
    assert [hand_in(b"%d" % number).status_code for number in range(4)] == [201, 201, 201, 429]
    assert hand_in(b"more").json()["code"] == "QUOTA_EXCEEDED"
    assert hand_in(b"theirs", headers=token_of(2)).status_code == 201
    assert hand_in(b"another of ours", headers=token_of(1)).status_code == 429, "a second token is no second quota"
    tomorrow = client_of(replace(people, wall_clock=lambda: s.NOW + 86_400), settings_of_people)
    assert tomorrow("POST", "/v1/documents", content=b"more", headers=token_of(1)).status_code == 201


def test_a_member_hands_in_so_much_a_day(hand_in):
    assert hand_in(b"a" * 700_000).status_code == 201
    assert hand_in(b"b" * 700_000).json()["code"] == "QUOTA_EXCEEDED"
    assert hand_in(b"c" * 300_000).status_code == 201


def test_the_quota_holds_when_many_come_at_once(hand_in, people):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: hand_in(b"at once %d" % number), range(8)))

    assert sorted(each.status_code for each in answers) == [201] * 3 + [429] * 5


def test_the_same_document_handed_in_by_many_at_once_is_kept_once(hand_in, token_of, people):
    headers = [token_of(member) for member in (1, 2, 3, 1, 2, 3)]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda one: hand_in(PDF, headers=one), headers))

    assert sorted(each.status_code for each in answers) == [200] * 5 + [201]


def test_who_may_not_hand_in(ask_people, token_of):
    assert ask_people("POST", "/v1/documents", content=PDF).json()["code"] == "NOT_SIGNED_IN"
    relay = token_of(1, Scope.RELAY_SUBMIT)
    auditor = token_of(None, Scope.PEOPLE_READ, role=Role.AUDITOR)
    for headers in (relay, auditor):
        assert ask_people("POST", "/v1/documents", content=PDF, headers=headers).json()["code"] == "NOT_ALLOWED"


def test_representatives_and_the_coordinator_hand_in_by_cookie(ask_people, signed_in):
    for key in (key_of(3), COORDINATOR):
        headers = signed_in(key)
        assert ask_people("POST", "/v1/documents", content=key.address.encode(), headers=headers).status_code == 201
        foreign = headers | {"origin": "https://evil.example"}
        assert ask_people("POST", "/v1/documents", content=PDF, headers=foreign).json()["code"] == "FOREIGN_ORIGIN"


def test_a_copy_that_was_changed_is_never_shown_and_is_told(ask_people, hand_in, people, caplog):
    cid = hand_in(PDF).json()["cid"]
    with people.writing() as session:
        session.execute(DOCUMENTS.update().values(data=PDF + b"!"))
    refused = ask_people("GET", f"/v1/documents/{cid}")

    assert (refused.status_code, refused.json()["code"]) == (502, "DOCUMENT_MISMATCH")
    assert b"binary" not in refused.content
    assert cid in caplog.text
    assert hand_in(PDF).json()["is_new"] is False
    assert ask_people("GET", f"/v1/documents/{cid}").content == PDF, "handing it in again mends the copy"


def test_a_true_copy_in_the_folder_stands_in_for_a_changed_one(ask_people, hand_in, people, tmp_path):
    cid = hand_in(PDF).json()["cid"]
    DocumentStore(tmp_path / "docs").put(PDF)
    with people.writing() as session:
        session.execute(DOCUMENTS.update().values(data=b"other"))

    assert ask_people("GET", f"/v1/documents/{cid}").content == PDF


def test_what_scripts_wrote_to_the_folder_stays_readable(ask_people, tmp_path):
    cid = DocumentStore(tmp_path / "docs").put(TEXT)

    assert ask_people("GET", f"/v1/documents/{cid}").content == TEXT


def test_a_client_that_has_the_document_is_sent_nothing(ask_people, hand_in):
    where = hand_in(PDF).headers["location"]
    tag = ask_people("GET", where).headers["etag"]
    again = ask_people("GET", where, headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        (cid_of(b"nothing of ours"), 404),
        ("..%2f..%2fetc%2fpasswd", 404),
        ("bafkrei", 422),
        ("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG", 422),
        (cid_of(b"a").upper(), 422),
    ],
)
def test_a_name_of_nothing_or_no_name_gives_nothing(ask_people, name, status):
    assert ask_people("GET", f"/v1/documents/{name}").status_code == status


def test_a_document_of_one_consortium_is_not_kept_by_another(people, hand_in, tmp_path):
    cid = hand_in(PDF).json()["cid"]
    other = DocumentStore(tmp_path / "other", DocumentTable(people.sessions, people.consortium.id + 1, lambda: s.NOW))

    assert other.get(cid) is None
