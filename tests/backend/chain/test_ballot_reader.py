"""The quick reader of ballots says what the general decoder says, or nothing."""

import pytest
from eth_utils.abi import event_signature_to_log_topic
from faster_eth_abi import encode
from hypothesis import given
from hypothesis import strategies as st

from backend.chain import ballot_reader, decoder
from backend.chain.ballot_reader import read_ballot
from backend.chain.decoder import Decoder
from backend.chain.node import RawLog

SIGNATURE = "VoteCast(address,uint256,uint8,uint256,string)"
WORD = 64
"""Hexadecimal digits of a word."""
DECODER = Decoder()


def ballot(proposal=5, support=1, weight=1, reason=b"because", voter="0x" + "5a" * 20):
    data = encode(["uint256", "uint8", "uint256", "bytes"], [proposal, support, weight, reason])
    topics = ("0x" + event_signature_to_log_topic(SIGNATURE).hex(), "0x" + voter[2:].rjust(WORD, "0"))
    return RawLog("0x" + "52" * 20, topics, "0x" + data.hex(), "0x1", "0x" + "b1" * 32, "0x" + "7a" * 32, "0x0")


def test_the_topic_is_that_of_the_event():
    assert "0x" + event_signature_to_log_topic(SIGNATURE).hex() == ballot_reader.TOPIC


@given(
    proposal=st.integers(0, 2**256 - 1),
    support=st.integers(0, 255),
    weight=st.integers(0, 2**256 - 1),
    reason=st.binary(max_size=100),
    voter=st.binary(min_size=20, max_size=20),
)
def test_any_ballot_reads_the_same_either_way(proposal, support, weight, reason, voter):
    log = ballot(proposal, support, weight, reason, "0x" + voter.hex())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoder.ballot_reader, "TOPIC", "")
        expected = DECODER.decode(log, 1).event

    assert read_ballot(log) == expected


def changed(word, text):
    log = ballot()
    data = log.data[2:]
    whole = data[: word * WORD] + text + data[(word + 1) * WORD :]
    return RawLog(log.address, log.topics, "0x" + whole, *list_of(log)[3:])


def list_of(log):
    return [getattr(log, name) for name in log.__struct_fields__]


@pytest.mark.parametrize(
    "log",
    [
        changed(1, f"{256:064x}"),
        changed(3, f"{160:064x}"),
        changed(4, f"{33:064x}"),
        changed(4, "f" * WORD),
        changed(5, b"because".hex().ljust(WORD, "1")),
        changed(5, ""),
        RawLog(*list_of(ballot())[:2], ballot().data + "00" * 32, *list_of(ballot())[3:]),
    ],
    ids=["support", "offset", "length", "endless", "padding", "cut off", "more"],
)
def test_what_the_compiler_would_not_write_is_left_to_the_general_decoder(log):
    assert read_ballot(log) is None


def test_digits_with_white_space_among_them_are_no_number():
    with pytest.raises(ValueError, match="256 bits"):
        read_ballot(changed(0, "0" * (WORD - 2) + "  "))
