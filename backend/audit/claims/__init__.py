"""What the mirror claims: for each row a question to a contract, and the answer that the contract must give."""

from backend.audit.claims.claim import Claim, Difference, differences
from backend.audit.claims.law import claims_of_law
from backend.audit.claims.proposals import claims_of_proposals, next_proposals
from backend.audit.claims.roll import claims_of_bodies, claims_of_members, claims_of_offices

__all__ = [
    "Claim",
    "Difference",
    "claims_of_bodies",
    "claims_of_law",
    "claims_of_members",
    "claims_of_offices",
    "claims_of_proposals",
    "differences",
    "next_proposals",
]
