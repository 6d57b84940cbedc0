"""A decision as its timelock knows it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from brownie import web3
from consortium import Consortium, Question
from eth_abi import encode
from reverts import refused

READY = (1 << 2).to_bytes(32, "big")  # `OperationState` of OpenZeppelin's timelock, as a bitmap


def operation_of(consortium: Consortium, question: Question) -> bytes:
    """The operation's id: of the calls and of a salt made from governor and proposal."""
    timelock = consortium.timelocks[question.governor.bodyId()]
    salt = web3.keccak(encode(["address", "uint256"], [question.governor.address, question.id]))
    targets, values, calldatas, _ = question.parts
    answer: Any = timelock.hashOperationBatch(targets, values, calldatas, bytes(32), salt)
    return bytes(answer)


def refused_unready(consortium: Consortium, question: Question) -> AbstractContextManager[None]:
    """The block is refused because the timelock's delay is not over, or the decision is not queued there."""
    return refused("TimelockUnexpectedOperationState", operation_of(consortium, question), READY)
