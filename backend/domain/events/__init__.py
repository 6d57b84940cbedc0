"""What the contracts report, as values; one class for each event, named after it.

Fields carry the meaning of the Solidity parameters of the same name; where the contract writes 0 for nobody or never,
there is None. Where an event comes from and when it happened is its `Place`, kept beside it. Decoding is done
elsewhere: this package only says what there is to decode.
"""

from backend.domain.events.law import (
    ActionListed,
    ActionUnlisted,
    Anchored,
    KindSet,
    Resolved,
    ResolvedFor,
    RuleSet,
)
from backend.domain.events.membership import (
    AccessionRecorded,
    BreachNotified,
    MemberAdmitted,
    MemberClassChanged,
    MemberStatusChanged,
    RotationApproved,
    RotationProposed,
    RotationStopped,
    VotingRightsChanged,
    WalletRotated,
)
from backend.domain.events.organs import (
    ApproverChanged,
    BodyCreated,
    ChairSet,
    DAOURIUpdate,
    FactoryChanged,
    MandateGranted,
    MandateRevoked,
    RegistrarChanged,
    SeatEnded,
    SeatGranted,
)
from backend.domain.events.places import Place
from backend.domain.events.proposals import (
    ApprovalRecorded,
    MinutesObjected,
    MinutesRecorded,
    ProposalCanceled,
    ProposalClosedEarly,
    ProposalCreated,
    ProposalExecuted,
    ProposalFiled,
    ProposalQueued,
    ProposalReconvened,
    ProposalRevised,
)
from backend.domain.events.voting import (
    BallotCounted,
    BallotRefused,
    MemberRecused,
    VetoRaised,
    VetoWithdrawn,
    VoteCast,
)

Event = (
    MemberAdmitted
    | AccessionRecorded
    | MemberStatusChanged
    | MemberClassChanged
    | BreachNotified
    | VotingRightsChanged
    | WalletRotated
    | RotationProposed
    | RotationApproved
    | RotationStopped
    | BodyCreated
    | SeatGranted
    | SeatEnded
    | ChairSet
    | MandateGranted
    | MandateRevoked
    | RegistrarChanged
    | ApproverChanged
    | FactoryChanged
    | DAOURIUpdate
    | RuleSet
    | KindSet
    | ActionListed
    | ActionUnlisted
    | Resolved
    | ResolvedFor
    | Anchored
    | ProposalCreated
    | ProposalFiled
    | ProposalReconvened
    | ProposalRevised
    | ProposalClosedEarly
    | MinutesRecorded
    | MinutesObjected
    | ApprovalRecorded
    | ProposalQueued
    | ProposalExecuted
    | ProposalCanceled
    | VoteCast
    | BallotCounted
    | BallotRefused
    | MemberRecused
    | VetoRaised
    | VetoWithdrawn
)

__all__ = [
    "AccessionRecorded",
    "ActionListed",
    "ActionUnlisted",
    "Anchored",
    "ApprovalRecorded",
    "ApproverChanged",
    "BallotCounted",
    "BallotRefused",
    "BodyCreated",
    "BreachNotified",
    "ChairSet",
    "DAOURIUpdate",
    "Event",
    "FactoryChanged",
    "KindSet",
    "MandateGranted",
    "MandateRevoked",
    "MemberAdmitted",
    "MemberClassChanged",
    "MemberRecused",
    "MemberStatusChanged",
    "MinutesObjected",
    "MinutesRecorded",
    "Place",
    "ProposalCanceled",
    "ProposalClosedEarly",
    "ProposalCreated",
    "ProposalExecuted",
    "ProposalFiled",
    "ProposalQueued",
    "ProposalReconvened",
    "ProposalRevised",
    "RegistrarChanged",
    "Resolved",
    "ResolvedFor",
    "RotationApproved",
    "RotationProposed",
    "RotationStopped",
    "RuleSet",
    "SeatEnded",
    "SeatGranted",
    "VetoRaised",
    "VetoWithdrawn",
    "VoteCast",
    "VotingRightsChanged",
    "WalletRotated",
]
