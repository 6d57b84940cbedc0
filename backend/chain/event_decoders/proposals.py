"""What a governor logs of proposals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import hash32, hexadecimal, member_or_none, text
from backend.domain import events
from backend.domain.rules import PartyEffect
from backend.domain.values import KindId, MemberId, ProposalId, RuleId, Timepoint


def _proposal_created(  # noqa: PLR0913, PLR0917  # the event has nine
    proposal_id: int,
    proposer: str,
    targets: Sequence[str],
    values: Sequence[int],
    _signatures: Sequence[bytes],
    calldatas: Sequence[bytes],
    vote_start: int,
    vote_end: int,
    description: bytes,
) -> events.ProposalCreated:
    return events.ProposalCreated(
        proposal_id=ProposalId(proposal_id),
        proposer=checksummed(proposer),
        targets=tuple(map(checksummed, targets)),
        values=tuple(values),
        calldatas=tuple(map(hexadecimal, calldatas)),
        vote_start=Timepoint(vote_start),
        vote_end=Timepoint(vote_end),
        description=text(description),
    )


def _proposal_filed(  # noqa: PLR0913, PLR0917  # the event has nine
    proposal_id: int,
    number: int,
    kind_id: int,
    rule_id: int,
    proposer_id: int,
    extraordinary: bool,  # noqa: FBT001  # a field of the event
    party_id: int,
    party_effect: int,
    chair_id: int,
) -> events.ProposalFiled:
    return events.ProposalFiled(
        proposal_id=ProposalId(proposal_id),
        number=number,
        kind_id=KindId(kind_id),
        rule_id=RuleId(rule_id),
        proposer_id=MemberId(proposer_id),
        extraordinary=extraordinary,
        party_id=member_or_none(party_id),
        party_effect=PartyEffect(party_effect),
        chair_id=member_or_none(chair_id),
    )


def _proposal_reconvened(previous_id: int, proposal_id: int, attempt: int) -> events.ProposalReconvened:
    return events.ProposalReconvened(ProposalId(previous_id), ProposalId(proposal_id), attempt)


def _proposal_revised(vetoed_id: int, proposal_id: int) -> events.ProposalRevised:
    return events.ProposalRevised(ProposalId(vetoed_id), ProposalId(proposal_id))


def _proposal_closed_early(proposal_id: int, closed_at: int) -> events.ProposalClosedEarly:
    return events.ProposalClosedEarly(ProposalId(proposal_id), Timepoint(closed_at))


def _minutes_recorded(proposal_id: int, version: int, document_hash: bytes) -> events.MinutesRecorded:
    return events.MinutesRecorded(ProposalId(proposal_id), version, hash32(document_hash))


def _minutes_objected(proposal_id: int, member_id: int, statement_hash: bytes) -> events.MinutesObjected:
    return events.MinutesObjected(ProposalId(proposal_id), MemberId(member_id), hash32(statement_hash))


def _approval_recorded(
    proposal_id: int,
    approved: bool,  # noqa: FBT001  # a field of the event
    document_hash: bytes,
) -> events.ApprovalRecorded:
    return events.ApprovalRecorded(ProposalId(proposal_id), approved, hash32(document_hash))


def _proposal_queued(proposal_id: int, eta: int) -> events.ProposalQueued:
    return events.ProposalQueued(ProposalId(proposal_id), Timepoint(eta))


def _proposal_executed(proposal_id: int) -> events.ProposalExecuted:
    return events.ProposalExecuted(ProposalId(proposal_id))


def _proposal_canceled(proposal_id: int) -> events.ProposalCanceled:
    return events.ProposalCanceled(ProposalId(proposal_id))


OF_PROPOSALS: dict[str, Callable[..., events.Event]] = {
    "ProposalCreated(uint256,address,address[],uint256[],string[],bytes[],uint256,uint256,string)": _proposal_created,
    "ProposalFiled(uint256,uint32,uint16,uint16,uint16,bool,uint16,uint8,uint16)": _proposal_filed,
    "ProposalReconvened(uint256,uint256,uint8)": _proposal_reconvened,
    "ProposalRevised(uint256,uint256)": _proposal_revised,
    "ProposalClosedEarly(uint256,uint48)": _proposal_closed_early,
    "MinutesRecorded(uint256,uint16,bytes32)": _minutes_recorded,
    "MinutesObjected(uint256,uint16,bytes32)": _minutes_objected,
    "ApprovalRecorded(uint256,bool,bytes32)": _approval_recorded,
    "ProposalQueued(uint256,uint256)": _proposal_queued,
    "ProposalExecuted(uint256)": _proposal_executed,
    "ProposalCanceled(uint256)": _proposal_canceled,
}
