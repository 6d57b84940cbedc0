"""Why a governor refuses: one stable code for each custom error of the contracts. Pure.

A code is the error's name without its owner, in upper case: `ConsortiumGovernorAlreadyVoted` is `ALREADY_VOTED`.
"""

from __future__ import annotations

import re
from enum import StrEnum

_OWNER = "ConsortiumGovernor"
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class Refusal(StrEnum):
    """What a governor may answer instead of counting a ballot or filing a proposal."""

    NONEXISTENT_PROPOSAL = "NONEXISTENT_PROPOSAL"
    """OpenZeppelin's `GovernorNonexistentProposal`."""
    UNEXPECTED_PROPOSAL_STATE = "UNEXPECTED_PROPOSAL_STATE"
    """OpenZeppelin's `GovernorUnexpectedProposalState`, such as queueing what was rejected."""
    VOTING_NOT_OPEN = "VOTING_NOT_OPEN"
    VOTING_CLOSED = "VOTING_CLOSED"
    INVALID_CHOICE = "INVALID_CHOICE"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    """The wallet never belonged to a member."""
    WALLET_REVOKED = "WALLET_REVOKED"
    """The member has moved on to another wallet."""
    MEMBER_DEFAULTING = "MEMBER_DEFAULTING"
    """A defaulting party keeps its membership and loses its vote."""
    NO_VOTING_RIGHT = "NO_VOTING_RIGHT"
    """The member does not vote in this body."""
    NOT_IN_ELECTORATE = "NOT_IN_ELECTORATE"
    """The member votes in this body now, but did not when the electorate was frozen."""
    ALREADY_VOTED = "ALREADY_VOTED"
    MAY_NOT_PROPOSE = "MAY_NOT_PROPOSE"
    """Only founding members and partners in good standing put proposals."""
    NOTICE_TOO_SHORT = "NOTICE_TOO_SHORT"
    OPENS_TOO_LATE = "OPENS_TOO_LATE"
    VALUE_NOT_ALLOWED = "VALUE_NOT_ALLOWED"
    PARAMS_NOT_SUPPORTED = "PARAMS_NOT_SUPPORTED"
    NOT_BINDING = "NOT_BINDING"
    """A consultation cannot be queued."""
    DISABLED = "DISABLED"


def refusal_of_error(name: str) -> Refusal | None:
    """Find the code of a custom error by its name without arguments; None for an error that has none."""
    bare = name.removeprefix(_OWNER).removeprefix("Governor")
    code = _WORD.sub("_", bare).upper()
    return Refusal.__members__.get(code)
