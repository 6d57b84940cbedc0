"""What a wallet is in the consortium now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import ConsortiumRecord, MemberRecord
from backend.domain.members import GONE
from backend.queries.consortium import Consortium


@dataclass(frozen=True, slots=True)
class WalletStanding:
    """What the newest block that was read makes of a wallet."""

    member_id: int | None
    """The member whose current wallet it is; None where it is none, or the member's that is gone."""
    holds_office: bool
    """Whether it is the registrar or the approver of the registry."""


def read_standing(session: Session, consortium: Consortium, wallet: str) -> WalletStanding:
    """Say what a wallet, spelt with its checksum, is now; a wallet that was replaced is nothing any more."""
    member = session.scalar(
        select(MemberRecord.member_id).where(
            MemberRecord.consortium_id == consortium.id,
            MemberRecord.wallet == wallet,
            MemberRecord.status.not_in(GONE),
        )
    )
    offices = session.get_one(ConsortiumRecord, consortium.id)
    return WalletStanding(member, wallet in (offices.registrar, offices.approver))


def is_present(session: Session, consortium: Consortium, member_id: int) -> bool:
    """Whether there is such a member and it is neither excluded nor gone."""
    status = session.scalar(
        select(MemberRecord.status).where(
            MemberRecord.consortium_id == consortium.id, MemberRecord.member_id == member_id
        )
    )
    return status is not None and status not in GONE
