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
    """An organisation came onto the roll; it does not vote before its accession document is recorded."""

    member_id: MemberId
    wallet: Address
    member_class: MemberClass
    country: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AccessionRecorded:
    """The signed accession document lies before the registrar; membership takes effect."""

    member_id: MemberId
    document_hash: Hash32


@dataclass(frozen=True, slots=True)
class MemberStatusChanged:
    """A member moved from one standing to another."""

    member_id: MemberId
    previous: MemberStatus
    current: MemberStatus


@dataclass(frozen=True, slots=True)
class MemberClassChanged:
    """A member became something else to the consortium."""

    member_id: MemberId
    previous: MemberClass
    current: MemberClass


@dataclass(frozen=True, slots=True)
class BreachNotified:
    """A member was told of a breach and has until then to remedy it."""

    member_id: MemberId
    remedy_until: Timepoint


@dataclass(frozen=True, slots=True)
class VotingRightsChanged:
    """The bodies a member may vote in are others than before."""

    member_id: MemberId
    rights: int
    """Bitmap: bit b is set when the member may vote in body b, from the block's time on."""


@dataclass(frozen=True, slots=True)
class WalletRotated:
    """A member moved to another wallet; the previous one can never be used again."""

    member_id: MemberId
    previous: Address
    current: Address


@dataclass(frozen=True, slots=True)
class BodyCreated:
    """An organ of the consortium came into being."""

    body_id: BodyId
    name: str
    governor: Address
    timelock: Address
    classes: int
    """Bitmap: bit `1 << class` for each class whose members all vote in the body; 0 for a body of seats."""


@dataclass(frozen=True, slots=True)
class SeatGranted:
    """A member took a seat in a body of seats."""

    body_id: BodyId
    member_id: MemberId


@dataclass(frozen=True, slots=True)
class SeatEnded:
    """A member gave up or lost its seat."""

    body_id: BodyId
    member_id: MemberId


@dataclass(frozen=True, slots=True)
class RegistrarChanged:
    """Another account does the clerical acts."""

    previous: Address
    current: Address


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of a rule was written; kinds that use its name follow it from now on."""

    rule_id: RuleId
    name: str
    version: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class KindSet:
    """A kind of proposal was created or changed."""

    kind_id: KindId
    name: str
    body_id: BodyId
    rule_id: RuleId
    resolution: bool


@dataclass(frozen=True, slots=True)
class ActionListed:
    """A call now belongs to one kind, and only proposals of that kind may carry it."""

    kind_id: KindId
    target: Address
    selector: str


@dataclass(frozen=True, slots=True)
class ActionUnlisted:
    """A call belongs to no kind any more; no proposal may carry it."""

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


@dataclass(frozen=True, slots=True)
class VoteCast:
    """A ballot was counted."""

    voter: Address
    proposal_id: ProposalId
    support: int
    weight: int
    reason: str


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
