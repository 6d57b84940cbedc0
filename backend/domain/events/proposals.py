"""What a governor reports of a proposal: its filing, its attempts, its way to execution. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.rules import PartyEffect
from backend.domain.values import Address, Hash32, KindId, MemberId, ProposalId, RuleId, Timepoint


@dataclass(frozen=True, slots=True)
class ProposalCreated:
    """A proposal was published."""

    proposal_id: ProposalId
    proposer: Address
    targets: tuple[Address, ...]
    values: tuple[int, ...]
    calldatas: tuple[str, ...]
    """Each as 0x-hexadecimal."""
    vote_start: Timepoint
    """The snapshot; voting is open after this second."""
    vote_end: Timepoint
    """The deadline; the last second in which a ballot counts."""
    description: str


@dataclass(frozen=True, slots=True)
class ProposalFiled:
    """Logged right after `ProposalCreated`: what the registry and the rulebook made of the proposal."""

    proposal_id: ProposalId
    number: int
    kind_id: KindId
    rule_id: RuleId
    proposer_id: MemberId
    extraordinary: bool
    party_id: MemberId | None = None
    """The member that the action names."""
    party_effect: PartyEffect = PartyEffect.NONE
    chair_id: MemberId | None = None
    """The chair of the body at filing, whose ballot may break a tie."""


@dataclass(frozen=True, slots=True)
class ProposalReconvened:
    """A question that had no quorum was called again."""

    previous_id: ProposalId
    proposal_id: ProposalId
    attempt: int
    """2 for the second call, and so on."""


@dataclass(frozen=True, slots=True)
class ProposalRevised:
    """A revised proposal took the place of a vetoed one, whose veto then stands for good."""

    vetoed_id: ProposalId
    proposal_id: ProposalId


@dataclass(frozen=True, slots=True)
class ProposalClosedEarly:
    """Voting ended as soon as no ballot could change the outcome."""

    proposal_id: ProposalId
    closed_at: Timepoint
    """The deadline from now on."""


@dataclass(frozen=True, slots=True)
class MinutesRecorded:
    """The registrar recorded draft minutes, or corrected ones."""

    proposal_id: ProposalId
    version: int
    """1 for the draft."""
    document_hash: Hash32


@dataclass(frozen=True, slots=True)
class MinutesObjected:
    """An elector objected to the minutes; the decision does not bind before they are corrected."""

    proposal_id: ProposalId
    member_id: MemberId
    statement_hash: Hash32


@dataclass(frozen=True, slots=True)
class ApprovalRecorded:
    """The registrar recorded the answer of the outside authority."""

    proposal_id: ProposalId
    approved: bool
    document_hash: Hash32


@dataclass(frozen=True, slots=True)
class ProposalQueued:
    """An adopted proposal waits in its body's timelock."""

    proposal_id: ProposalId
    eta: Timepoint


@dataclass(frozen=True, slots=True)
class ProposalExecuted:
    """The actions of a proposal were carried out."""

    proposal_id: ProposalId


@dataclass(frozen=True, slots=True)
class ProposalCanceled:
    """A proposal was withdrawn by its proposer before voting opened."""

    proposal_id: ProposalId
