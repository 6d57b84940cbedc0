"""Calls that hand in signed ballots, and what a governor says to them: counted, or refused and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from eth_utils.abi import (
    abi_to_signature,
    event_signature_to_log_topic,
    function_signature_to_4byte_selector,
)
from faster_eth_abi import decode, encode
from faster_eth_abi.exceptions import DecodingError

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import hexadecimal
from backend.chain.interfaces import elements, load_abis
from backend.chain.node import RawLog
from backend.domain.refusals import Refusal, refusal_of_error
from backend.domain.values import Address, ProposalId

BATCH = "castVotesBySig(uint256,(address,uint8,string,bytes)[])"
SINGLE = "castVoteWithReasonAndParamsBySig(uint256,uint8,address,string,bytes,bytes)"
WALLET_GAS = 160_000
"""What a governor wants to have left when it asks a wallet that is a contract for its signature."""


@dataclass(frozen=True, slots=True)
class SignedBallot:
    """One ballot as the governors' batch takes it."""

    voter: Address
    support: int
    reason: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What a transaction's logs say of the ballots in it."""

    counted: frozenset[Address]
    refused: dict[Address, str]
    """Code of the refusal, by voter."""


@cache
def selector(signature: str) -> bytes:
    """The four bytes that name a function."""
    return bytes(function_signature_to_4byte_selector(signature))


def batch_call(proposal_id: ProposalId, ballots: Sequence[SignedBallot]) -> str:
    """The call that counts the good ones among them and reports the others."""
    rows = [(each.voter, each.support, each.reason, each.signature) for each in ballots]
    return hexadecimal(selector(BATCH) + encode(["uint256", "(address,uint8,string,bytes)[]"], [proposal_id, rows]))


def single_call(proposal_id: ProposalId, ballot: SignedBallot) -> str:
    """The call that counts one or reverts with the refusal."""
    kinds = ["uint256", "uint8", "address", "string", "bytes", "bytes"]
    values = [proposal_id, ballot.support, ballot.voter, ballot.reason, b"", ballot.signature]
    return hexadecimal(selector(SINGLE) + encode(kinds, values))


def refusal_in(data: str | None) -> str:
    """Name the refusal that a reverted call or a `BallotRefused` carries; REVERTED where it is none of ours."""
    name = _errors().get((data or "")[2:10].lower())
    known = None if name is None else refusal_of_error(name)
    return "REVERTED" if known is None else known.value


def told_by(logs: Iterable[RawLog], governor: Address, proposal_id: ProposalId) -> Told:
    """Read from a receipt which ballots on the proposal were counted and which refused."""
    counted: set[Address] = set()
    refused: dict[Address, str] = {}
    for log in logs:
        if log.address.lower() != governor.lower() or not log.topics:
            continue
        if log.topics[0] == _topic("VoteCast") and _number(log.data) == proposal_id:
            counted.add(_address(log.topics[1]))
        elif log.topics[0] == _topic("BallotRefused") and int(log.topics[1], 16) == proposal_id:
            refused[_address(log.topics[2])] = refusal_in(_refusal(log.data))
    # The same voter may be in a batch twice; what was counted is counted.
    return Told(frozenset(counted), {voter: code for voter, code in refused.items() if voter not in counted})


@cache
def _errors() -> dict[str, str]:
    abis = load_abis().values()
    errors = {abi_to_signature(each): each["name"] for abi in abis for each in elements(abi, "error")}
    return {selector(signature).hex(): name for signature, name in errors.items()}


@cache
def _topic(event: str) -> str:
    abi = load_abis()["ConsortiumGovernor"]
    found = next(each for each in elements(abi, "event") if each["name"] == event)
    return hexadecimal(event_signature_to_log_topic(abi_to_signature(found)))


def _number(data: str) -> int:
    return int(data[2:66] or "0", 16)


def _address(topic: str) -> Address:
    return checksummed("0x" + topic[-40:])


def _refusal(data: str) -> str | None:
    try:
        (refusal,) = decode(["bytes"], bytes.fromhex(data[2:]))
    except (DecodingError, ValueError):
        return None
    return hexadecimal(refusal)


REFUSALS_THAT_PASS = frozenset({Refusal.VOTING_NOT_OPEN.value})
"""Said by a node whose newest block is older than the opening: the same ballot may count in the next block."""
