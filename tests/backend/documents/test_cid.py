import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.cid import cid_for, cid_of, hash_in, hash_of, is_cid
from backend.errors import InvalidDocumentError

# The names that IPFS gives to these bytes (`ipfs add --cid-version=1 --raw-leaves`).
KNOWN = [
    (b"", "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"),
    (b"hello world", "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"),
]


@pytest.mark.parametrize(("data", "cid"), KNOWN)
def test_names_are_those_of_ipfs(data, cid):
    assert cid_of(data) == cid


@given(st.binary())
def test_a_name_carries_the_hash_of_the_bytes(data):
    assert hash_in(cid_of(data)) == hash_of(data) == "0x" + hashlib.sha256(data).hexdigest()


@given(st.binary())
def test_a_name_can_be_made_from_the_hash_alone(data):
    assert cid_for(hash_of(data)) == cid_of(data)


@given(st.binary())
def test_every_name_has_the_one_shape(data):
    assert is_cid(cid_of(data))


NAME = KNOWN[1][1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        NAME[:-1],
        NAME + "a",
        NAME.upper(),
        NAME + "\n",
        "Qm" + NAME[2:],
        NAME[:-1] + "f",
        NAME.replace("2", "1"),
        "bafybei" + NAME[7:],
        "../" + NAME,
        "..",
    ],
)
def test_nothing_else_is_a_name(text):
    assert not is_cid(text)
    with pytest.raises(InvalidDocumentError):
        hash_in(text)
