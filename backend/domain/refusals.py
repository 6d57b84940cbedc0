"""Why a governor refuses: one stable code for each custom error of the contracts. Pure.

A code is the error's name without its owner, in upper case: `ConsortiumGovernorAlreadyVoted` is `ALREADY_VOTED`. Two
have a code that people know them by: too many mandates are `PROXY_LIMIT`, a barred veto is `VETO_NOT_ALLOWED`.
"""

from __future__ import annotations

import re
from enum import StrEnum

_OWNER = "ConsortiumGovernor"
_KNOWN_AS = {"MandateLimit": "PROXY_LIMIT", "VetoBarred": "VETO_NOT_ALLOWED"}
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class Refusal(StrEnum):
    """What a governor may answer instead of counting a ballot or filing a proposal."""

    NONEXISTENT_PROPOSAL = "NONEXISTENT_PROPOSAL"
    """OpenZeppelin's `GovernorNonexistentProposal`."""
    UNEXPECTED_PROPOSAL_STATE = "UNEXPECTED_PROPOSAL_STATE"
    """OpenZeppelin's `GovernorUnexpectedProposalState`, such as queueing what was rejected."""
    INVALID_SIGNATURE = "INVALID_SIGNATURE"
    """OpenZeppelin's `GovernorInvalidSignature`: not this member's, or for another ballot, such as one already cast."""
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
    RECUSED = "RECUSED"
    """The member is out of numerator and denominator of this proposal."""
    ALREADY_VOTED = "ALREADY_VOTED"
    TOO_MANY_REVISIONS = "TOO_MANY_REVISIONS"
    """The ballot was changed as often as a governor can count."""
    NO_MANDATE = "NO_MANDATE"
    """The principal gave this holder no mandate for this ballot."""
    PROXY_LIMIT = "PROXY_LIMIT"
    """The holder has cast as many other members' ballots on the proposal as its rule allows."""
    OWN_BALLOT_STANDS = "OWN_BALLOT_STANDS"
    """The principal cast its own ballot, which no holder overrides."""
    BATCH_TOO_LARGE = "BATCH_TOO_LARGE"
    UNEXPECTED_PHASE = "UNEXPECTED_PHASE"
    """The act does not belong to where the proposal stands."""
    VETO_NOT_ALLOWED = "VETO_NOT_ALLOWED"
    """Not by this member, not on this ground, or not in its own case."""
    VETO_TOO_LATE = "VETO_TOO_LATE"
    VETO_STANDS = "VETO_STANDS"
    """The member has raised its veto already."""
    NO_VETO = "NO_VETO"
    NOT_AN_OFFICE = "NOT_AN_OFFICE"
    MISSING_DOCUMENT = "MISSING_DOCUMENT"
    OBJECTION_TOO_LATE = "OBJECTION_TOO_LATE"
    ALREADY_OBJECTED = "ALREADY_OBJECTED"
    """A member objects once to the minutes of a decision, whichever version."""
    OUTCOME_OPEN = "OUTCOME_OPEN"
    """Some ballot could still change the outcome."""
    RECONVENED_TOO_LATE = "RECONVENED_TOO_LATE"
    NO_FURTHER_CALL = "NO_FURTHER_CALL"
    TOO_MANY_PROPOSALS = "TOO_MANY_PROPOSALS"
    """The member has put as many in this body today as one day allows."""
    MAY_NOT_PROPOSE = "MAY_NOT_PROPOSE"
    """Only founding members and partners in good standing put proposals."""
    NOTICE_TOO_SHORT = "NOTICE_TOO_SHORT"
    OPENS_TOO_LATE = "OPENS_TOO_LATE"
    VALUE_NOT_ALLOWED = "VALUE_NOT_ALLOWED"
    PARAMS_NOT_SUPPORTED = "PARAMS_NOT_SUPPORTED"
    NOT_BINDING = "NOT_BINDING"
    """A consultation cannot be queued."""
    NOT_BINDING_YET = "NOT_BINDING_YET"
    """Adopted, and waits for the end of a period or for an answer."""
    DISABLED = "DISABLED"


def refusal_of_error(name: str) -> Refusal | None:
    """Find the code of a custom error by its name without arguments; None for an error that has none."""
    bare = name.removeprefix(_OWNER).removeprefix("Governor")
    code = _KNOWN_AS.get(bare, _WORD.sub("_", bare).upper())
    return Refusal.__members__.get(code)
