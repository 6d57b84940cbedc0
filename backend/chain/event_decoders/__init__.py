"""Every event of every contract: how its arguments become a value of `backend.domain.events`, or why it is not read.

One function for each event, named after it; its arguments come in the order of the contract's interface.
"""

from __future__ import annotations

from collections.abc import Callable

from backend.chain.event_decoders.law import OF_LAW
from backend.chain.event_decoders.membership import OF_MEMBERS
from backend.chain.event_decoders.organs import OF_ORGANS
from backend.chain.event_decoders.proposals import OF_PROPOSALS
from backend.chain.event_decoders.voting import OF_VOTING
from backend.domain.events import Event

DECODERS: dict[str, Callable[..., Event]] = {**OF_MEMBERS, **OF_ORGANS, **OF_LAW, **OF_PROPOSALS, **OF_VOTING}
"""By signature: the functions that decode what the mirror reads."""

_OF_THE_TIMELOCK = "timelocks are not read: the governor's own events say when a proposal is queued and executed"

IGNORED: dict[str, str] = {
    "OwnershipTransferred(address,address)": "who owns a contract is asked of the contract when it is verified",
    "EIP712DomainChanged()": "the domain of signed ballots is fixed at deployment",
    "ProposalExtended(uint256,uint64)": "logged beside ProposalClosedEarly, which says the same",
    "CallScheduled(bytes32,uint256,address,uint256,bytes,bytes32,uint256)": _OF_THE_TIMELOCK,
    "CallExecuted(bytes32,uint256,address,uint256,bytes)": _OF_THE_TIMELOCK,
    "CallSalt(bytes32,bytes32)": _OF_THE_TIMELOCK,
    "Cancelled(bytes32)": _OF_THE_TIMELOCK,
    "MinDelayChange(uint256,uint256)": _OF_THE_TIMELOCK,
    "RoleAdminChanged(bytes32,bytes32,bytes32)": _OF_THE_TIMELOCK,
    "RoleGranted(bytes32,address,address)": _OF_THE_TIMELOCK,
    "RoleRevoked(bytes32,address,address)": _OF_THE_TIMELOCK,
}
"""By signature: events that the mirror passes over, and why that loses nothing."""

NEVER: dict[str, str] = {
    "VoteCastWithParams(address,uint256,uint8,uint256,string,bytes)": "our governors take no parameters with a ballot",
}
"""By signature: events that an interface names but no contract of ours can log; one of them stops the mirror."""
