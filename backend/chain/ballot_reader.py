"""Reads ballots by hand: nearly every log is a `VoteCast`, and the general decoder takes ten times as long for it.

Only the one spelling that the compiler writes is read here. Whatever differs is left to the general decoder, which
knows what else is allowed and what is an error.
"""

from __future__ import annotations

from functools import lru_cache

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import text
from backend.chain.node import RawLog
from backend.domain.events import VoteCast
from backend.domain.values import Address, ProposalId

TOPIC = "0xb8e138887d0aa13bab447e82de9d5c1777041ecd21ca36ba824ff1e6c07ddda4"
"""VoteCast(address,uint256,uint8,uint256,string)."""
_TERMS, _REASON = 66, 322
"""Where in the text of the data the words after the proposal's begin, and the reason itself."""
_REASON_AT = 128
_LARGEST_SUPPORT = 255
_OF_ADDRESS = "0x" + "0" * 24


def read_ballot(log: RawLog) -> VoteCast | None:
    """Read a log with this topic; None if it is not spelt as the compiler does.

    Raises:
        ValueError: the topic or the data are not hexadecimal.
    """
    data = log.data
    voter, terms = _voter(log.topics), _terms(data[_TERMS:_REASON])
    if voter is None or terms is None:
        return None
    support, weight, length = terms
    reason = bytes.fromhex(data[_REASON:])
    if len(reason) != length + -length % 32 or any(reason[length:]):
        return None
    return VoteCast(voter, _proposal(data[2:_TERMS]), support, weight, text(reason[:length]) if length else "")


# The same few thousand voters, proposals and terms come again and again.


@lru_cache(maxsize=65_536)
def _voter(topics: tuple[str, ...]) -> Address | None:
    if len(topics) != 2 or len(topics[1]) != 66 or not topics[1].startswith(_OF_ADDRESS):
        return None
    return checksummed("0x" + topics[1][26:])


@lru_cache(maxsize=65_536)
def _proposal(word: str) -> ProposalId:
    raw = bytes.fromhex(word)
    if len(raw) != 32:  # white space among the digits
        raise ValueError(f"{word!r} is no number of 256 bits")
    return ProposalId(int.from_bytes(raw))


@lru_cache(maxsize=4_096)
def _terms(words: str) -> tuple[int, int, int] | None:
    """Support, weight and the length of the reason."""
    raw = bytes.fromhex(words)
    if len(raw) != 128:
        return None
    support, weight, at, length = (int.from_bytes(raw[start : start + 32]) for start in range(0, 128, 32))
    return (support, weight, length) if support <= _LARGEST_SUPPORT and at == _REASON_AT else None
