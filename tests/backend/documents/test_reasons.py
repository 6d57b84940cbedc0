import hashlib
import re
from dataclasses import replace

import pytest

from backend.documents.canonical import canonical
from backend.documents.reasons import MOST_TEXT, Reason, fresh_salt, is_commitment, parse_reason
from backend.errors import InvalidDocumentError

SALT = "5a" * 32
REASON = Reason("sl", "Rok je prekratek.", SALT)


def as_json(**changes):
    value = {"type": "zbor/reason", "version": 1, "salt": SALT, "language": "sl", "text": "Rok je prekratek."}
    return value | changes


def test_the_commitment_is_the_hash_of_the_canonical_bytes():
    assert REASON.to_bytes() == canonical(as_json())
    assert REASON.commitment == "0x" + hashlib.sha256(canonical(as_json())).hexdigest()


def test_a_reason_survives_its_bytes():
    assert parse_reason(REASON.to_bytes()) == REASON


def test_the_same_words_with_another_salt_have_another_commitment():
    assert Reason("sl", REASON.text).commitment != Reason("sl", REASON.text).commitment


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
    ],
)
def test_a_reason_that_breaks_the_format_has_no_commitment(reason):
    with pytest.raises(InvalidDocumentError):
        _ = reason.commitment


@pytest.mark.parametrize(
    "value",
    [[], as_json(type="zbor/proposal"), as_json(version=True), as_json(author="somebody"), as_json(salt=None)],
)
def test_bytes_that_break_the_format_are_not_read(value):
    with pytest.raises(InvalidDocumentError):
        parse_reason(canonical(value))


@pytest.mark.parametrize("text", ["", "0x", "because", "0x" + "ab" * 31, "0x" + "AB" * 32, "0x" + "ab" * 32 + "\n"])
def test_words_on_chain_are_no_commitment(text):
    assert not is_commitment(text)


def test_a_commitment_is_one():
    assert is_commitment(REASON.commitment)
