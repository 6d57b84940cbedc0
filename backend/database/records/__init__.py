"""One module for each noun of the mirror; a record is one row of the noun's table.

Times are seconds of the chain's clock. Where a proposal stands is no column: it follows from facts, rule, tally and
time.
"""

from backend.database.records.bodies import BodyRecord, SeatRecord
from backend.database.records.consortia import ConsortiumRecord
from backend.database.records.kinds import KindActionRecord, KindRecord
from backend.database.records.members import (
    ClassRecord,
    EntitlementRecord,
    MemberRecord,
    StatusRecord,
    WalletRecord,
)
from backend.database.records.proposals import ProposalAction, ProposalRecord
from backend.database.records.resolutions import ResolutionRecord
from backend.database.records.rules import RuleRecord
from backend.database.records.votes import VoteRecord

__all__ = [
    "BodyRecord",
    "ClassRecord",
    "ConsortiumRecord",
    "EntitlementRecord",
    "KindActionRecord",
    "KindRecord",
    "MemberRecord",
    "ProposalAction",
    "ProposalRecord",
    "ResolutionRecord",
    "RuleRecord",
    "SeatRecord",
    "StatusRecord",
    "VoteRecord",
    "WalletRecord",
]
