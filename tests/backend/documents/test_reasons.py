import hashlib
import re
from dataclasses import replace

import pytest

from backend.documents.canonical import canonical
from backend.documents.reasons import MOST_TEXT, BallotName, Reason, fresh_salt, is_commitment, parse_reason
from backend.errors import InvalidDocumentError

SALT = "5a" * 32
GOVERNOR = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
BALLOT = BallotName(GOVERNOR, (1 << 192) - 1, 7)
REASON = Reason(BALLOT, "sl", "Rok je prekratek.", SALT)


def as_json(**changes):
    ballot = {"governor": GOVERNOR, "proposal": str((1 << 192) - 1), "member": 7}
    value = {"type": "zbor/reason", "version": 1, "salt": SALT, "language": "sl", "text": "Rok je prekratek."}
    return value | {"ballot": ballot} | changes


def test_the_commitment_is_the_hash_of_the_canonical_bytes():
    assert REASON.to_bytes() == canonical(as_json())
    assert REASON.commitment == "0x" + hashlib.sha256(canonical(as_json())).hexdigest()


def test_a_reason_survives_its_bytes():
    assert parse_reason(REASON.to_bytes()) == REASON


def test_the_same_words_with_another_salt_have_another_commitment():
    assert Reason(BALLOT, "sl", REASON.text).commitment != Reason(BALLOT, "sl", REASON.text).commitment


def test_a_salt_is_thirtytwo_bytes_and_never_the_same():
    salts = {fresh_salt() for _ in range(100)}
    assert len(salts) == 100
    assert all(re.fullmatch("[0-9a-f]{64}", salt) for salt in salts)


def test_the_salt_does_not_show_in_logs():
    assert SALT not in repr(REASON)


@pytest.mark.parametrize(
    "reason",
    [
        replace(REASON, text=""),
        replace(REASON, text="   "),
        replace(REASON, text="x" * (MOST_TEXT + 1)),
        replace(REASON, text="nul\x00"),
        replace(REASON, salt="5A" * 32),
        replace(REASON, salt="5a" * 31),
        replace(REASON, salt=""),
        replace(REASON, language="slovene"),
        replace(REASON, ballot=replace(BALLOT, governor="general_assembly")),
        replace(REASON, ballot=replace(BALLOT, proposal_id=-1)),
        replace(REASON, ballot=replace(BALLOT, proposal_id=10**58)),
        replace(REASON, ballot=replace(BALLOT, member_id=-1)),
    ],
)
def test_a_reason_that_breaks_the_format_has_no_commitment(reason):
    with pytest.raises(InvalidDocumentError):
        _ = reason.commitment


@pytest.mark.parametrize(
    "value",
    [[], as_json(type="zbor/proposal"), as_json(version=True), as_json(author="somebody"), as_json(salt=None)]
    + [
        as_json(ballot=ballot)
        for ballot in (
            None,
            {},
            {"governor": GOVERNOR, "proposal": "7"},
            {"governor": GOVERNOR, "proposal": 7, "member": 7},
            {"governor": GOVERNOR, "proposal": "007", "member": 7},
            {"governor": GOVERNOR, "proposal": "٧", "member": 7},
            {"governor": GOVERNOR, "proposal": "7", "member": True},
        )
    ],
)
def test_bytes_that_break_the_format_are_not_read(value):
    with pytest.raises(InvalidDocumentError):
        parse_reason(canonical(value))


@pytest.mark.parametrize("text", ["", "0x", "because", "0x" + "ab" * 31, "0x" + "AB" * 32, "0x" + "ab" * 32 + "\n"])
def test_words_on_chain_are_no_commitment(text):
    assert not is_commitment(text)


def test_a_commitment_is_one():
    assert is_commitment(REASON.commitment)


def test_a_ballot_has_one_name_however_its_governor_is_spelt():
    assert BALLOT.names_same(replace(BALLOT, governor=GOVERNOR.lower()))


@pytest.mark.parametrize("other", [{"governor": "0x" + "11" * 20}, {"proposal_id": 5}, {"member_id": 8}], ids=str)
def test_another_ballot_has_another_name(other):
    assert not BALLOT.names_same(replace(BALLOT, **other))
