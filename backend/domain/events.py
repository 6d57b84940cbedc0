"""What the contracts report, as values; one class for each event, named after it.

Fields carry the meaning of the Solidity parameters of the same name. Where an event comes from and when it happened is
its `Place`, kept beside it. Decoding is done elsewhere: this module only says what there is to decode.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.members import MemberClass, MemberStatus
from backend.domain.rules import Rule
from backend.domain.values import Address, BodyId, Hash32, KindId, MemberId, ProposalId, RuleId, Timepoint


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the chain an event was logged."""

    block_number: int
    block_hash: Hash32
    block_time: Timepoint
    transaction_hash: Hash32
    log_index: int
    emitter: Address
    """The contract that logged it; a governor's address tells the body."""


@dataclass(frozen=True, slots=True)
class MemberAdmitted:
    member_id: MemberId
    wallet: Address
    member_class: MemberClass
    country: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AccessionRecorded:
    member_id: MemberId
    document_hash: Hash32


@dataclass(frozen=True, slots=True)
class MemberStatusChanged:
    member_id: MemberId
    previous: MemberStatus
    current: MemberStatus


@dataclass(frozen=True, slots=True)
class MemberClassChanged:
    member_id: MemberId
    previous: MemberClass
    current: MemberClass


@dataclass(frozen=True, slots=True)
class BreachNotified:
    member_id: MemberId
    remedy_until: Timepoint


@dataclass(frozen=True, slots=True)
class VotingRightsChanged:
    member_id: MemberId
    rights: int
    """Bitmap: bit b is set when the member may vote in body b, from the block's time on."""


@dataclass(frozen=True, slots=True)
class WalletRotated:
    member_id: MemberId
    previous: Address
    current: Address


@dataclass(frozen=True, slots=True)
class BodyCreated:
    body_id: BodyId
    name: str
    governor: Address
    timelock: Address
    classes: int
    """Bitmap: bit `1 << class` for each class whose members all vote in the body; 0 for a body of seats."""


@dataclass(frozen=True, slots=True)
class SeatGranted:
    body_id: BodyId
    member_id: MemberId


@dataclass(frozen=True, slots=True)
class SeatEnded:
    body_id: BodyId
    member_id: MemberId


@dataclass(frozen=True, slots=True)
class RegistrarChanged:
    previous: Address
    current: Address


@dataclass(frozen=True, slots=True)
class RuleSet:
    rule_id: RuleId
    name: str
    version: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class KindSet:
    kind_id: KindId
    name: str
    body_id: BodyId
    rule_id: RuleId
    resolution: bool


@dataclass(frozen=True, slots=True)
class ActionListed:
    kind_id: KindId
    target: Address
    selector: str


@dataclass(frozen=True, slots=True)
class ActionUnlisted:
    kind_id: KindId
    target: Address
    selector: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """`Records`: a decision with no other action was executed. Only a known timelock's word counts."""

    timelock: Address
    kind_id: KindId
    text_hash: Hash32


@dataclass(frozen=True, slots=True)
class ProposalCreated:
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
    proposal_id: ProposalId
    number: int
    kind_id: KindId
    rule_id: RuleId
    proposer_id: MemberId
    extraordinary: bool


@dataclass(frozen=True, slots=True)
class VoteCast:
    voter: Address
    proposal_id: ProposalId
    support: int
    weight: int
    reason: str


@dataclass(frozen=True, slots=True)
class ProposalQueued:
    proposal_id: ProposalId
    eta: Timepoint


@dataclass(frozen=True, slots=True)
class ProposalExecuted:
    proposal_id: ProposalId


@dataclass(frozen=True, slots=True)
class ProposalCanceled:
    proposal_id: ProposalId


Event = (
    MemberAdmitted
    | AccessionRecorded
    | MemberStatusChanged
    | MemberClassChanged
    | BreachNotified
    | VotingRightsChanged
    | WalletRotated
    | BodyCreated
    | SeatGranted
    | SeatEnded
    | RegistrarChanged
    | RuleSet
    | KindSet
    | ActionListed
    | ActionUnlisted
    | Resolved
    | ProposalCreated
    | ProposalFiled
    | VoteCast
    | ProposalQueued
    | ProposalExecuted
    | ProposalCanceled
)
