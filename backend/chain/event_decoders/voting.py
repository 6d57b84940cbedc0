"""What a governor logs of what members say."""

from __future__ import annotations

from collections.abc import Callable

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import hash32, hexadecimal, text
from backend.domain import events
from backend.domain.ballots import Choice
from backend.domain.rules import VetoGround
from backend.domain.values import MemberId, ProposalId


def _vote_cast(voter: str, proposal_id: int, support: int, weight: int, reason: bytes) -> events.VoteCast:
    return events.VoteCast(checksummed(voter), ProposalId(proposal_id), support, weight, text(reason))


def _ballot_counted(
    proposal_id: int, member_id: int, previous: int, revision: int, cast_by: int
) -> events.BallotCounted:
    return events.BallotCounted(
        proposal_id=ProposalId(proposal_id),
        member_id=MemberId(member_id),
        previous=Choice(previous - 1) if previous else None,
        revision=revision,
        cast_by=MemberId(cast_by),
    )


def _ballot_refused(proposal_id: int, voter: str, refusal: bytes) -> events.BallotRefused:
    return events.BallotRefused(ProposalId(proposal_id), checksummed(voter), hexadecimal(refusal))


def _member_recused(
    proposal_id: int,
    member_id: int,
    declared: bool,  # noqa: FBT001  # a field of the event
) -> events.MemberRecused:
    return events.MemberRecused(ProposalId(proposal_id), MemberId(member_id), declared)


def _veto_raised(proposal_id: int, member_id: int, ground: int, statement_hash: bytes) -> events.VetoRaised:
    return events.VetoRaised(ProposalId(proposal_id), MemberId(member_id), VetoGround(ground), hash32(statement_hash))


def _veto_withdrawn(proposal_id: int, member_id: int) -> events.VetoWithdrawn:
    return events.VetoWithdrawn(ProposalId(proposal_id), MemberId(member_id))


OF_VOTING: dict[str, Callable[..., events.Event]] = {
    "VoteCast(address,uint256,uint8,uint256,string)": _vote_cast,
    "BallotCounted(uint256,uint16,uint8,uint8,uint16)": _ballot_counted,
    "BallotRefused(uint256,address,bytes)": _ballot_refused,
    "MemberRecused(uint256,uint16,bool)": _member_recused,
    "VetoRaised(uint256,uint16,uint8,bytes32)": _veto_raised,
    "VetoWithdrawn(uint256,uint16)": _veto_withdrawn,
}
