"""Documents to sign, signed ballots handed in, and how far they are."""

from __future__ import annotations

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak

from backend.chain.typed_ballots import PLAIN, WITH_REASON, TypedBallot
from backend.domain.ballots import Choice
from tests.backend import relayed
from tests.backend import story as s

BALLOT = f"/v1/proposals/{s.OPEN}/ballot"
DIGEST = "0x" + "ab" * 32


def asked(get, member="3", choice="for", path=BALLOT, **more):
    return get(path, params={"member": member, "choice": choice, **more})


def test_the_document_covers_chain_governor_proposal_voter_and_turn(get):
    answer = asked(get, "HR-CVITA", "against").json()

    assert answer["typed_data"]["domain"] == {
        "name": "general_assembly",
        "version": "1",
        "chainId": 31337,
        "verifyingContract": s.GOVERNORS[s.ASSEMBLY],
    }
    assert answer["typed_data"]["primaryType"] == "Ballot"
    assert answer["typed_data"]["message"] == {
        "proposalId": str(s.OPEN),
        "support": Choice.AGAINST.value,
        "voter": s.wallet_of(3),
        "nonce": str(s.OPEN << 64),
    }
    assert answer["meaning"] == "Udruga Cvita votes against GA-7."
    assert (answer["signer"], answer["replaces"]) == (s.wallet_of(3), None)


@pytest.mark.parametrize("commitment", [None, DIGEST])
def test_a_client_that_hashes_the_document_itself_comes_to_the_same_digest(get, commitment):
    more = {} if commitment is None else {"reason_commitment": commitment}
    answer = asked(get, **more).json()
    document = answer["typed_data"]
    message = {**document["message"], "proposalId": int(document["message"]["proposalId"])}
    message["nonce"] = int(message["nonce"])
    if commitment is not None:
        assert (message["reason"], message["params"]) == (commitment, "0x")
        message["params"] = b""
    signable = encode_typed_data(full_message={**document, "message": message})

    assert keccak(b"\x19" + signable.version + signable.header + signable.body).hex() == answer["digest"][2:]


def test_the_types_are_the_governors_own():
    """As `BallotDigests` has them; signatures under them are tried on the real contracts elsewhere."""

    def spelled(name, fields):
        return f"{name}({','.join(f'{kind} {field}' for field, kind in fields)})"

    assert spelled("Ballot", PLAIN) == "Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)"
    assert spelled("ExtendedBallot", WITH_REASON) == (
        "ExtendedBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,string reason,bytes params)"
    )


@pytest.mark.parametrize(
    ("member", "proposal", "code"),
    [
        ("1", s.OPEN, "ALREADY_VOTED"),
        ("4", s.OPEN, "MEMBER_DEFAULTING"),
        ("5", s.OPEN, "NO_VOTING_RIGHT"),
        ("6", s.OPEN, "NOT_IN_ELECTORATE"),
        ("3", s.PENDING, "VOTING_NOT_OPEN"),
        ("3", s.WITHDRAWN, "VOTING_CLOSED"),
        ("3", s.EXECUTED, "VOTING_CLOSED"),
        ("3", s.OPEN_LATER, "NO_VOTING_RIGHT"),
    ],
)
def test_who_may_not_vote_now_is_told_why(get, member, proposal, code):
    answer = asked(get, member, path=f"/v1/proposals/{proposal}/ballot")

    assert (answer.status_code, answer.json()["code"]) == (409, code)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"member": "99"}, 404, "MEMBER_NOT_FOUND"),
        ({"choice": "yes"}, 422, "INVALID_REQUEST"),
        ({"reason_commitment": "because"}, 422, "INVALID_REQUEST"),
        ({"governor": "0x" + "00" * 20}, 404, "PROPOSAL_NOT_FOUND"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(get, query, status, code):
    answer = asked(get, **query)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("ballot_id", "status", "failure"),
    [
        (relayed.COUNTED, "final", None),
        (relayed.WAITING, "accepted", None),
        (relayed.REFUSED, "failed", "MEMBER_DEFAULTING"),
    ],
)
def test_a_ballot_says_how_far_it_is(get, ballot_id, status, failure):
    answer = get(f"/v1/relay/ballots/{ballot_id}").json()

    assert (answer["status"], answer["failure"]) == (status, failure)
    assert (answer["block_number"] is not None) == (status == "final")
    assert "signature" not in answer


def test_a_ballot_that_was_never_taken_in_is_not_found(get):
    answer = get(f"/v1/relay/ballots/{'f' * 32}")

    assert (answer.status_code, answer.json()["code"]) == (404, "RELAYED_BALLOT_NOT_FOUND")


def test_the_relay_counts_what_it_has_as_ballots(get):
    answer = get("/v1/relay").json()

    assert (answer["status"], answer["address"], answer["balance"]) == ("ready", relayed.SENDER, str(10**17))
    assert (answer["ballots_left"], answer["waiting"], answer["in_flight"]) == (1000, 1, 0)


def test_what_a_member_has_left_is_told_only_where_ballots_are_taken_in(get):
    assert get("/v1/relay?member=SI-ANA").json()["left_today"] is None
    assert get("/v1/relay?member=NOBODY").json()["code"] == "MEMBER_NOT_FOUND"


def test_a_relay_that_has_not_been_seen_for_long_is_away(get_at):
    assert get_at(s.NOW + 400)("/v1/relay").json()["status"] == "away"


def handed(ask, **body):
    document = {"types": {}, "primaryType": "Ballot", "domain": {}, "message": {}}
    return ask("POST", "/v1/relay/ballots", json={"typed_data": document, "signature": "0x" + "00" * 65, **body})


def test_where_no_relay_runs_nothing_is_taken_in(ask):
    answer = handed(ask)

    assert (answer.status_code, answer.json()["code"]) == (503, "RELAY_OFF")
    assert "yourself" in answer.json()["what_to_do"]


@pytest.mark.parametrize(
    "body",
    [
        {"typed_data": "0x"},
        {"signature": "none"},
        {"signature": "0x" + "00" * 5000},
        {"reason": {"language": "en", "text": "x" * 4001, "salt": "00" * 32}},
        {"reason": {"language": "en", "text": "Because.", "salt": "00"}},
        {"more": 1},
    ],
)
def test_a_body_of_another_shape_is_refused(ask, body):
    answer = handed(ask, **body)

    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_REQUEST")
    assert "0000" not in answer.text


def test_a_body_that_is_too_long_is_not_read_to_its_end(ask):
    answer = ask("POST", "/v1/relay/ballots", content=b"[" * 70_000, headers={"content-type": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (413, "BODY_TOO_LARGE")


def test_another_page_may_hand_a_ballot_in_where_its_origin_is_allowed(ask):
    headers = {
        "origin": "https://portal.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,idempotency-key",
    }

    assert ask("OPTIONS", "/v1/relay/ballots", headers=headers).status_code == 200
    assert ask("OPTIONS", "/v1/relay/ballots", headers=headers | {"origin": "https://evil.example"}).status_code == 400


def test_a_signature_names_its_key(get):
    account = Account.from_key("0x" + "07" * 32)
    ballot = TypedBallot(31337, s.GOVERNORS[0], "general_assembly", s.OPEN, 1, account.address, 0)
    signature = bytes(account.sign_message(ballot._signable).signature)

    assert ballot.signer(signature) == account.address
    assert ballot.signer(signature[:-1]) is None
    assert ballot.signer(bytes(65)) is None


def mandate(get, **more):
    until = "2027-12-31T00:00:00Z"
    query = {"principal": "1", "holder": "2", "body": "general_assembly", "until": until, "deadline": until}
    return get("/v1/mandates/document", params={**query, **more})


def test_the_document_of_a_mandate_carries_the_acts_before_it(get):
    answer = mandate(get, principal="AT-DORA", holder="IT-BEPPE").json()

    assert answer["typed_data"]["domain"]["verifyingContract"] == s.REGISTRY
    message = answer["typed_data"]["message"]
    assert (message["principalId"], message["holderId"], message["nonce"]) == (4, 2, "1")
    assert answer["meaning"].startswith("Città di Beppe may cast the ballots of Verein Dora in general_assembly.")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"holder": "1"}, 422, "INVALID_REQUEST"),
        ({"until": "2020-01-01T00:00:00Z"}, 422, "INVALID_REQUEST"),
        ({"deadline": "2020-01-01T00:00:00Z"}, 422, "INVALID_REQUEST"),
        ({"until": "tomorrow"}, 422, "INVALID_REQUEST"),
        ({"until": "9999-12-31T23:59:59-14:00"}, 422, "INVALID_REQUEST"),
        ({"deadline": "9999-12-31T23:59:59-14:00"}, 422, "INVALID_REQUEST"),
        ({"until": "1969-12-31T23:59:59Z"}, 422, "INVALID_REQUEST"),
        ({"holder": "99"}, 404, "MEMBER_NOT_FOUND"),
        ({"body": "senate"}, 404, "BODY_NOT_FOUND"),
        ({"proposal_id": "7"}, 404, "PROPOSAL_NOT_FOUND"),
        ({"proposal_id": "9" * 58}, 404, "PROPOSAL_NOT_FOUND"),
    ],
)
def test_a_mandate_that_the_registry_would_not_take_is_refused(get, more, status, code):
    answer = mandate(get, **more)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_attack_a_mandate_that_ends_before_there_was_time_is_refused(get):
    query = {"principal": "4", "body": "general_assembly", "until": "1000-01-01T00:00:00Z"}

    assert get("/v1/mandates/document", params={**query, "deadline": "2027-12-31T00:00:00Z"}).status_code == 422


def test_what_was_never_given_is_not_taken_back(get):
    until = "2027-12-31T00:00:00Z"
    query = {"principal": "2", "body": "general_assembly", "until": until, "deadline": until}

    assert get("/v1/mandates/document", params=query).status_code == 422
    assert get("/v1/mandates/document", params=query | {"principal": "4"}).status_code == 200
