"""One module for each noun of the mirror; a record is one row of the noun's table.

Times are seconds of the chain's clock. Where a proposal stands is no column: it follows from facts, rule, tally and
time.
"""

from backend.database.records.bodies import BodyRecord, SeatRecord
from backend.database.records.consortia import ConsortiumRecord
from backend.database.records.kinds import KindActionRecord, KindRecord
from backend.database.records.mandates import MandateRecord, RotationRecord
from backend.database.records.members import (
    ClassRecord,
    EntitlementRecord,
    MemberRecord,
    StatusRecord,
    WalletRecord,
)
from backend.database.records.objections import MinutesRecord, ObjectionRecord, RecusalRecord, VetoRecord
from backend.database.records.proposals import ProposalAction, ProposalRecord
from backend.database.records.resolutions import AnchorRecord, ResolutionRecord
from backend.database.records.rules import RuleRecord
from backend.database.records.votes import EarlierVoteRecord, VoteRecord

__all__ = [
    "AnchorRecord",
    "BodyRecord",
    "ClassRecord",
    "ConsortiumRecord",
    "EarlierVoteRecord",
    "EntitlementRecord",
    "KindActionRecord",
    "KindRecord",
    "MandateRecord",
    "MemberRecord",
    "MinutesRecord",
    "ObjectionRecord",
    "ProposalAction",
    "ProposalRecord",
    "RecusalRecord",
    "ResolutionRecord",
    "RotationRecord",
    "RuleRecord",
    "SeatRecord",
    "StatusRecord",
    "VetoRecord",
    "VoteRecord",
    "WalletRecord",
]
