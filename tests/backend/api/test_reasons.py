"""Words of reasons whose ballots members sent themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.documents.store import DocumentStore
from backend.queries.ballots import list_ballots
from tests.backend import story as s

PATH = f"/v1/proposals/{s.OPEN}/ballots/SI-ANA/reason"


@pytest.fixture
def words(mirror):
    """What the story's first member wrote."""
    with mirror.reading() as reading:
        ballots = list_ballots(reading.session, reading.consortium, s.OPEN).items
    commitment = next(each.reason_commitment for each in ballots if each.reason_commitment)
    reason = mirror.consortium.documents.get_reason(commitment)
    return {"language": reason.language, "text": reason.text, "salt": reason.salt}


@pytest.fixture
def ask_at(mirror, client_of, tmp_path):
    """Asks a service that has the records and none of the words."""

    def at(wall=s.NOW):
        consortium = replace(mirror.consortium, documents=DocumentStore(tmp_path))
        return client_of(replace(mirror, consortium=consortium, wall_clock=lambda: wall))

    return at


def shown(ask):
    items = ask("GET", f"/v1/proposals/{s.OPEN}/ballots").json()["items"]
    return next(each["reason"] for each in items if each["member"]["code"] == "SI-ANA")


def test_words_that_a_ballot_commits_to_are_kept_and_shown_however_often_they_come(ask_at, words):
    ask = ask_at()
    assert shown(ask) is None
    for _ in range(2):
        assert ask("POST", PATH, json=words).status_code == 204
    assert shown(ask) == words["text"]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"text": "Because I was told to."}, PATH, "REASON_MISMATCH"),
        ({"salt": "0" * 64}, PATH, "REASON_MISMATCH"),
        ({}, PATH.replace("SI-ANA", "HR-CVITA"), "BALLOT_NOT_FOUND"),
        ({}, PATH.replace("SI-ANA", "IT-BEPPE"), "BALLOT_NOT_FOUND"),
        ({}, PATH.replace("SI-ANA", "NOBODY"), "MEMBER_NOT_FOUND"),
        ({}, PATH.replace(str(s.OPEN), "5"), "PROPOSAL_NOT_FOUND"),
    ],
)
def test_attack_words_that_no_ballot_commits_to_are_not_put_under_one(ask_at, words, change, path, code):
    ask = ask_at()
    answer = ask("POST", path, json=words | change)
    assert answer.json()["code"] == code
    assert shown(ask) is None


def test_attack_erased_words_are_not_brought_back_after_the_vote(ask_at, words):
    ask = ask_at(s.NOW + s.DAY)
    answer = ask("POST", PATH, json=words)
    assert (answer.status_code, answer.json()["code"]) == (409, "WORDS_TOO_LATE")
    assert shown(ask) is None
