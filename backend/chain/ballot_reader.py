"""Reads ballots by hand: nearly every log is a `VoteCast`, and the general decoder takes ten times as long for it.

Only the one spelling that the compiler writes is read here. Whatever differs is left to the general decoder, which
knows what else is allowed and what is an error.
"""

from __future__ import annotations

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import text
from backend.chain.node import RawLog
from backend.domain.events import VoteCast
from backend.domain.values import ProposalId

TOPIC = "0xb8e138887d0aa13bab447e82de9d5c1777041ecd21ca36ba824ff1e6c07ddda4"
"""VoteCast(address,uint256,uint8,uint256,string)."""
_HEAD = 160
"""Bytes before the reason: proposal, support, weight, where the reason starts, how long it is."""
_UNUSED = bytes(31)
_REASON_AT = (128).to_bytes(32)
_OF_ADDRESS = "0x" + "0" * 24


def read_ballot(log: RawLog) -> VoteCast | None:
    """Read a log with this topic; None if it is not spelt as the compiler does.

    Raises:
        ValueError: the data are not hexadecimal.
    """
    if len(log.topics) != 2 or len(log.topics[1]) != 66 or not log.topics[1].startswith(_OF_ADDRESS):
        return None
    data = bytes.fromhex(log.data[2:])
    end = _HEAD + int.from_bytes(data[128:_HEAD])
    if len(data) != end + -end % 32 or any(data[end:]) or data[32:63] != _UNUSED or data[96:128] != _REASON_AT:
        return None
    return VoteCast(
        voter=checksummed("0x" + log.topics[1][26:]),
        proposal_id=ProposalId(int.from_bytes(data[:32])),
        support=data[63],
        weight=int.from_bytes(data[64:96]),
        reason=text(data[_HEAD:end]),
    )
